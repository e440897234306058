//! Rules of the category `value`, by example.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Space;

/// What a rule says of a partner with this front matter: `line:column message`.
fn said(rule: &str, settings: &str, front_matter: &str) -> Vec<String> {
    let space = Space::empty().file("partnerbook.yaml", settings).partner("acme", &format!("name: Acme\n{front_matter}"), "");
    let found = space.all_findings();
    let of_rule = found.iter().filter_map(|line| {
        let (place, message) = line.split_once(&format!(" {rule} "))?;
        let place = place.strip_prefix("content/partners/acme.md:")?.split(' ').next()?;
        Some(format!("{place} {message}"))
    });
    of_rule.collect()
}

#[test]
fn a_goal_is_asked_for_from_negotiation_until_the_partner_has_left() {
    let count = |stage: &str| said("value/no-goal", "", &format!("stage: {stage}")).len();
    assert_eq!(["research", "negotiation", "review", "exited", "nowhere"].map(count), [0, 1, 1, 0, 0]);
    assert_eq!(said("value/no-goal", "", "stage: review\ngoals: [Two joint launches]"), [""; 0]);
    assert_eq!(
        said("value/no-goal", "", "stage: review\nobjective: {}\ngoals: [{due: 2027-01-01}]").len(),
        1,
        "nothing is written in them"
    );
}

#[test]
fn an_objective_without_anything_is_missing_and_not_vague() {
    assert_eq!(said("value/vague-objective", "", "objective: {outcome: ''}"), [""; 0]);
    assert_eq!(
        said("value/vague-objective", "", "objective: {target: 5}"),
        ["3:1 the objective of `acme` has no outcome, no metric and no date"]
    );
}

#[test]
fn a_goal_is_missed_where_what_was_over_by_its_day_is_not_enough() {
    let missed = |objective: &str, kpi: &str| {
        !said("value/goal-missed", "", &format!("objective: {{outcome: A, {objective}}}\nkpis: {kpi}")).is_empty()
    };
    let kpi = "{leads: {target: 5, actuals: {2026-Q1: 4, 2026-Q2: 5, 2026-Q3: 6, 2026-Q4: 1}}}";
    assert!(missed("metric: leads, target: 16, by: 2026-09-30", kpi), "4 + 5 + 6 are 15");
    assert!(!missed("metric: Leads, target: 15, by: 2026-09-30", kpi), "exactly reached");
    assert!(missed("metric: leads, target: 99, by: 2026-11-15", kpi), "what was over by that day counts");
    assert!(!missed("metric: leads, target: 15, by: 2026-11-15", kpi), "and was enough");
    assert!(!missed("metric: leads, target: 99, by: 2026-12-31", kpi), "not over yet");
    assert!(!missed("metric: leads, target: 99, by: 2026-06-30", "{leads: {actuals: {2026-Q1: 4, 2026-Q3: 6}}}"), "a value is missing");
    let longer = "{leads: {actuals: {2025-Q2: 90, 2025-Q3: 1, 2025-Q4: 1, 2026-Q1: n/a, 2026-Q2: 1}}}";
    assert!(missed("metric: leads, target: 50, by: 2026-06-30", longer), "the year before does not count");
    let points = "{satisfaction: {actuals: {2026-Q1: 8.5, 2026-Q2: 7.9, 2026-Q3: 8.8}}}";
    assert!(missed("metric: satisfaction, target: 8, by: 2026-06-30", points), "points are read at the end");
    assert!(missed("metric: support-tickets, target: 10, by: 2026-06-30", "{support-tickets: {unit: \"%\", actuals: {2026-Q2: 11}}}"));
    assert!(!missed("metric: support-tickets, target: 10, by: 2026-06-30", "{support-tickets: {unit: \"%\", actuals: {2026-Q2: 10}}}"));
}

#[test]
fn high_commitment_asks_for_numbers() {
    let said = |front_matter: &str| said("value/not-quantified", "models: {barter: high}", front_matter);
    assert_eq!(
        said("stage: negotiation\nmodel: barter"),
        ["2:7 `acme` has no investment of ours and no expected return, and its model barter asks for high commitment"]
    );
    assert_eq!(said("stage: research\nmodel: barter").len(), 1, "from the first day on");
    assert_eq!(said("stage: development\nmodel: integration"), [""; 0], "medium");
    assert_eq!(said("stage: development\nmodel: strategic-alliance\nreturns: 500").len(), 1);
}

#[test]
fn a_row_is_one_sided_where_its_empty_side_belongs() {
    assert_eq!(
        said("value/one-sided", "", "exchange:\n  - they_provide: Reach\n  - joint_value: Both\n  - {we_provide: A, they_provide: B}"),
        [
            "4:5 row 1 of the exchange with `acme` says what they provide, and not what we provide",
            "5:5 row 2 of the exchange with `acme` says neither what we provide nor what they provide"
        ]
    );
}

#[test]
fn a_tier_is_known_in_any_case() {
    assert_eq!(said("value/unjustified-tier", "tiers: {Gold: {}}", "tier: gold"), [""; 0]);
    assert_eq!(said("value/unjustified-tier", "", "tier: gold"), ["3:7 `acme` is in tier `gold`, which the settings do not define"]);
}

#[test]
fn requirements_of_a_tier_are_checked_as_far_as_they_can_be() {
    let unmet = |requirement: &str, front_matter: &str| {
        let settings = format!("tiers: {{gold: {{requirements: [\"{requirement}\"]}}}}");
        let found = said("value/unjustified-tier", &settings, &format!("stage: onboarding\ntier: gold\n{front_matter}"));
        found.iter().map(|line| line.split_once("asks for: ").unwrap().1.to_owned()).collect::<String>()
    };
    let leads = "kpis: {leads: {target: 5, actuals: {2026-Q2: 50, 2026-Q3: 20, 2026-Q4: 90}}}";
    assert_eq!(unmet("leads >= 21", leads), "`leads` was 20 leads in 2026-Q3, not at least 21 leads");
    assert_eq!((unmet("Leads at least 20 a quarter", leads), unmet("leads <= 20", leads)), (String::new(), String::new()));
    assert_eq!(unmet("leads at most 19", leads), "`leads` was 20 leads in 2026-Q3, not at most 19 leads");
    let scores = "scores: {strategic-fit: 3, distribution: 3, feasibility: 3, mutual-value: 3, decision-velocity: 3, risk: 3}";
    assert_eq!(
        (unmet("score >= 60 %", scores).as_str(), unmet("score >= 61%", scores).as_str()),
        ("", "its score is 60 %, not at least 61 %")
    );
    assert_eq!(unmet("signoffs.head-office", "signoffs: {strategy: 2026-01-05, head-office: no}"), "`signoffs.head-office` is missing");
    assert_eq!(unmet("signoffs.head-office", "signoffs: {head-office: 2026-01-05}"), "");
    assert_eq!((unmet("kpis", ""), unmet("kpis", leads)), ("`kpis` is missing".to_owned(), String::new()));
    // What is not known yet, and words for people.
    for requirement in ["leads >= 5", "health >= 80", "score >= 70", "revenues >= 5", "leads >= many", "A sponsor who answers"] {
        assert_eq!(unmet(requirement, "kpis: {leads: {target: 5}}"), "", "{requirement}");
    }
    let settings = "tiers: {gold: {requirements: [agreement]}}";
    assert_eq!(said("value/unjustified-tier", settings, "stage: negotiation\ntier: gold"), [""; 0], "until onboarding a tier is a plan");
}
