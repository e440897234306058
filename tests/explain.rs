//! Explanations name the right line, wherever an input is written.

// The methods themselves are not general enough: they are of one lifetime.
#![allow(clippy::redundant_closure_for_method_calls)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Space;
use partnerbook::measures::Measures;
use partnerbook::measures::explain::{Explanation, OfPartner, OfPortfolio, Source};
use partnerbook::model::period::Period;

/// The explanation that `ask` gives of the partner `acme`.
fn told(space: &Space, ask: impl FnOnce(&OfPartner<'_>) -> Explanation) -> Explanation {
    let workspace = space.workspace();
    let measures = Measures::new(&workspace);
    let at = workspace.partners.iter().position(|entry| entry.id == "acme").unwrap();
    ask(&OfPartner::new(&workspace, &workspace.partners[at], measures.partner(at).unwrap()))
}

/// The first KPI in a period.
fn kpi(space: &Space, period: &str) -> Explanation {
    told(space, |of| of.kpi(0, Period::parse(period).unwrap()).unwrap())
}

/// The value and the source of an input, of the explanation itself or of one of its parts.
#[track_caller]
fn input(explanation: &Explanation, label: &str) -> String {
    let all = explanation.all_inputs();
    let found = all.iter().find(|input| input.label == label).unwrap_or_else(|| panic!("no {label} in {explanation:#?}"));
    format!("{} {}", found.value, found.source)
}

fn acme(yaml: &str) -> Space {
    Space::empty().partner("acme", yaml, "")
}

#[test]
fn the_next_review_comes_after_the_last_look_at_the_whole() {
    let with = |reviewed: &str| {
        let front = format!("name: Acme\nlifecycle: [{{stage: development, entered: 2025-01-12}}]\nreviewed: {reviewed}\n");
        let review = "---\nsummary: A slow start.\n---\n";
        told(&acme(&front).file("content/partners/acme/qbr/2025-Q2.md", review), |of| of.next_review())
    };
    let before = with("2025-07-01");
    assert_eq!((before.result.as_str(), before.all_inputs().len()), ("Q3 2025, overdue since 2025-10-30", 2));
    let after = with("2026-10-10");
    assert_eq!(after.result, "Q4 2026, overdue from 2027-01-30 on");
    assert_eq!(input(&after, "last review"), "Q2 2025 content/partners/acme/qbr/2025-Q2.md:1");
    assert_eq!(input(&after, "last looked at"), "2026-10-10 content/partners/acme.md:4");
}

#[test]
fn definitions_come_from_the_partner_the_settings_or_nowhere() {
    let settings = "currency: EUR\nkpis:\n  Leads:\n    direction: lower\n    target:\n      2026-q1: 30\n      2026-Q3: 20\n";
    let space =
        acme("name: Acme\nkpis:\n  leads:\n    actuals:\n      2026-q2: 33\n      2026-Q3: 22\n").file("partnerbook.yaml", settings);
    let explained = kpi(&space, "2026-Q2");
    assert_eq!(input(&explained, "actual"), "33 leads content/partners/acme.md:6");
    assert_eq!(input(&explained, "target, since Q1 2026"), "30 leads partnerbook.yaml:6");
    assert_eq!(input(&explained, "direction"), "lower is better partnerbook.yaml:4");
    assert_eq!(input(&explained, "green from"), "100 % built-in default");
    assert_eq!(explained.worked, "2 − 33 ÷ 30 = 90 %");
    assert_eq!(input(&kpi(&space, "2026-Q3"), "target"), "20 leads partnerbook.yaml:7");
}

#[test]
fn what_only_a_metrics_file_knows_has_its_line() {
    let space = acme("name: Acme").file("content/partners/acme/metrics.csv", "kpi,period,actual,target\n\n# by hand\nleads,2026-Q3,5,10\n");
    let explained = kpi(&space, "2026-Q3");
    assert_eq!(input(&explained, "actual"), "5 leads content/partners/acme/metrics.csv:4");
    assert_eq!(input(&explained, "target"), "10 leads content/partners/acme/metrics.csv:4");
}

#[test]
fn a_missing_value_points_to_where_it_would_stand() {
    let space = acme("name: Acme\nkpis:\n  leads:\n    target: 10\n    actuals:\n      2026-Q2: 5\n");
    let explained = kpi(&space, "2026-Q3");
    assert_eq!((explained.result.as_str(), explained.worked.as_str()), ("missing", ""));
    assert_eq!(input(&explained, "actual"), "missing content/partners/acme.md:6");
    assert!(explained.notes[0].starts_with("The period is over"));
}

#[test]
fn baselines_and_ranges_are_told() {
    let space = acme("name: Acme\nkpis:\n  nps:\n    baseline: 6\n    target: 8\n    actuals: {2026-Q3: 5}\n");
    let explained = kpi(&space, "2026-Q3");
    assert_eq!(explained.worked, "(5 − 6) ÷ (8 − 6) = −50 %, which counts as 0 %");
    assert_eq!(input(&explained, "baseline"), "6 content/partners/acme.md:5");
    let space = acme(
        "name: Acme\nkpis:\n  load:\n    aggregate: sum\n    direction: {range: [10, 20]}\n    actuals: {2026-07: 10, 2026-08: 15, 2026-09: 15}\n",
    );
    let explained = kpi(&space, "2026-Q3");
    assert_eq!(explained.worked, "40 lies within 30 and 60: 100 %");
    assert_eq!(input(&explained, "lower bound"), "30 content/partners/acme.md:6");
    assert!(explained.notes[0].contains("times the number of months"), "{:?}", explained.notes);
}

#[test]
fn an_open_period_is_not_rated() {
    let space = acme("name: Acme\nkpis:\n  leads: {target: 10, actuals: {2026-Q4: 5}}\n");
    let explained = kpi(&space, "2026-Q4");
    assert_eq!((explained.result.as_str(), explained.parts.len()), ("open", 0));
    assert_eq!(explained.notes, ["Q4 2026 is not over yet. It is rated once it is."]);
    assert!(told(&space, |of| of.health(Period::Quarter(2026, 4))).notes[0].contains("not over yet"));
}

#[test]
fn investments_take_the_latest_rate() {
    let yaml = "name: Acme\ninvestment:\n  ours: {amount: 100, currency: EUR}\nkpis:\n  revenue: {actuals: {2026-Q2: 300, 2026-Q3: 30}}\n";
    let space = acme(yaml).file("partnerbook.yaml", "fx:\n  2026-q2:\n    EUR: 2\n  2026-Q3:\n    eur: 1.5\n");
    let explained = told(&space, |of| of.roi());
    assert_eq!((explained.result.as_str(), explained.worked.as_str()), ("+120 %, multiple 2.2", "(330 − 150) ÷ 150 = +120 %"));
    assert_eq!(input(&explained, "rate of EUR, Q3 2026"), "1.5 partnerbook.yaml:5");
    assert_eq!(input(&explained, "cost, our investment"), "EUR 100 content/partners/acme.md:4");
    let without = told(&acme(yaml), |of| of.roi());
    assert_eq!(without.result, "no number, since there is no rate for EUR in Q3 2026");
}

#[test]
fn the_longest_stay_is_on_the_line_of_its_stage() {
    let settings = "lifecycle:\n  exit: gone\n  stages:\n    - id: gone\n    - id: first\n    - id: second\n      max_days: 10\n";
    let space = acme("name: Acme\nlifecycle: [{stage: second, entered: 2026-11-01}]\nstatus: on-hold").file("partnerbook.yaml", settings);
    let explained = told(&space, |of| of.stage_age());
    assert_eq!(explained.result, "Second; on hold, so it does not age");
    assert_eq!(input(&explained, "longest stay"), "10 days partnerbook.yaml:7");
    assert_eq!(input(&explained, "status"), "on-hold content/partners/acme.md:4");
}

#[test]
fn vetoes_and_gaps_of_a_score_are_told() {
    let settings = "scoring:\n  criteria:\n    fit: {weight: 50, minimum: 3}\n    reach: 50\n";
    let space = acme("name: Acme\nscores:\n  fit: 2\n").file("partnerbook.yaml", settings);
    let explained = told(&space, |of| of.score());
    assert_eq!((explained.result.as_str(), explained.worked.as_str()), ("not enough data", "coverage 50 % is under 60 %"));
    assert_eq!(
        (input(&explained, "Fit, score"), input(&explained, "Reach, weight")),
        ("2 content/partners/acme.md:4".into(), "50 partnerbook.yaml:4".into())
    );
    assert_eq!(explained.parts[1].result, "not passed");
    assert!(explained.notes.iter().any(|note| note.contains("veto")));
}

#[test]
fn a_sum_tells_who_is_left_out() {
    let space = acme("name: Acme\nkpis:\n  leads: {actuals: {2026-07: 1, 2026-08: 2}}\n").partner(
        "globex",
        "name: Globex\nkpis:\n  leads: {actuals: {2026-Q3: 7}}",
        "",
    );
    let workspace = space.workspace();
    let measures = Measures::new(&workspace);
    let of = OfPortfolio::new(&workspace, &measures);
    let explained = of.sum("Leads", Period::Quarter(2026, 3)).unwrap();
    assert_eq!((explained.result.as_str(), explained.worked.as_str()), ("7 leads", "7"));
    assert_eq!(explained.notes, ["Acme has not all months of it, and is left out."]);
    assert!(matches!(explained.inputs[0].source, Source::File { line: 4, .. }));
    assert!(of.sum("nothing", Period::Year(2025)).is_none());
    assert_eq!(of.concentration().result, "none, since there is no revenue");
}
