//! Rules about health, warning signals and risks: where they begin and end, and which of them tells what.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Space;

/// A workspace with one partner, `acme`.
fn acme(front: &str) -> Space {
    Space::empty().partner("acme", &format!("name: Acme\n{front}"), "")
}

/// What the rules of health find: severity, rule, message.
fn told(space: &Space) -> Vec<String> {
    let findings = space.site().workspace.findings;
    let of_health = findings.iter().filter(|finding| finding.rule.category() == "health");
    of_health
        .map(|finding| format!("{} {} {}", finding.severity.word(), finding.rule.name.replace("health/", ""), finding.message))
        .collect()
}

/// The rules of health that find something.
fn rules(space: &Space) -> Vec<String> {
    told(space).iter().map(|told| told.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
}

/// Two KPIs that make up 60 % of the health, with these attainments in percent in the second and the third quarter.
fn kpis(second: i32, third: i32) -> String {
    let actuals = format!("{{target: 100, actuals: {{2026-Q2: {second}, 2026-Q3: {third}}}}}");
    format!("kpis: {{revenue: {actuals}, referrals-received: {actuals}}}")
}

#[test]
fn two_red_quarters_without_a_decision_are_low_value_and_not_red_besides() {
    let red = kpis(60, 69);
    let says = "error low-value the health of `acme` was red in 2026-Q2 (60.0) and 2026-Q3 (69.0), and no decision to rework or end it is recorded since";
    assert_eq!(told(&acme(&format!("stage: review\n{red}"))), [says]);
    assert_eq!(told(&acme(&kpis(70, 69))), ["error red the health of `acme` is red in 2026-Q3: 69.0 of 100"], "70 is yellow");
    let off = acme(&red).file("partnerbook.yaml", "lint: {health/low-value: off}");
    assert_eq!(rules(&off), ["red"], "where nobody wants to hear of the one rule, the other speaks");
    assert_eq!(rules(&acme(&format!("on_hold: A merger\n{red}"))), ["low-value"], "numbers do not wait");
    assert_eq!(rules(&acme(&format!("exit: {{trigger: weak-roi}}\n{red}"))), ["red"]);
}

#[test]
fn a_decision_counts_from_the_first_day_of_what_is_red() {
    let decided = |kpis: &str, entry: &str| {
        rules(&acme(&format!("lifecycle: [{{stage: review, entered: 2026-02-01, {entry}}}]\n{kpis}"))).contains(&"low-value".to_owned())
    };
    let quarters = kpis(60, 60);
    assert!(!decided(&quarters, "decision: rework-partnership, decided: 2026-04-01"));
    assert!(decided(&quarters, "decision: rework-partnership, decided: 2026-03-31"));
    assert!(decided(&quarters, "decision: maintain-partnership, decided: 2026-10-01"), "to go on changes nothing");
    assert!(!decided(&quarters, "decision: Retire-Partnership"), "the last move is of today");
    let moved =
        "lifecycle: [{stage: review, entered: 2026-01-05, decision: rework-partnership}, {stage: negotiation, entered: 2026-02-01}]";
    assert_eq!(rules(&acme(&format!("{moved}\n{quarters}"))), ["low-value"], "it was made before the next move");
    // A year that is red is seen in the year after it.
    let years = quarters.replace("2026-Q2", "2024").replace("2026-Q3", "2025");
    assert!(decided(&years, "decision: maintain-partnership, decided: 2026-02-10"));
    assert!(!decided(&years, "decision: rework-partnership, decided: 2026-02-10"));
}

#[test]
fn an_unknown_health_is_told_from_development_on_and_not_before_the_values_can_be_there() {
    let little = |stage: &str, actuals: &str| {
        format!("stage: {stage}\nkpis: {{revenue: {{target: 100, actuals: {{{actuals}}}}}, satisfaction: {{target: 8}}}}")
    };
    assert_eq!(
        told(&acme(&little("development", "2026-Q3: 90"))),
        ["warning unknown the health of `acme` in 2026-Q3 is unknown: 30 % of it has values and targets, and it takes 60 %"]
    );
    let help = acme(&little("development", "2026-Q3: 90"))
        .site()
        .workspace
        .findings
        .into_iter()
        .find_map(|finding| finding.help.filter(|_| finding.rule.name == "health/unknown"));
    assert_eq!(
        help.as_deref(),
        Some("write the values of `satisfaction` and add a KPI in operational or strategic; `partnerbook why acme health` shows all of it")
    );
    assert_eq!(rules(&acme(&little("onboarding", "2026-Q3: 90"))), Vec::<String>::new());
    assert_eq!(rules(&acme(&little("development", "2025-Q3: 90"))), Vec::<String>::new(), "nothing for four quarters is `kpi/unmeasured`");
    assert_eq!(rules(&acme(&little("development", "2025-Q4: 90"))), ["unknown"]);
    assert_eq!(rules(&acme(&format!("stage: development\n{}", kpis(90, 90)))), Vec::<String>::new(), "60 % is enough");
    let second = format!("stage: development\n{}", kpis(90, 90).replace(", 2026-Q3: 90", ""));
    assert_eq!(rules(&acme(&second).on("2026-10-29")), Vec::<String>::new(), "values of the quarter are still collected");
    assert_eq!(rules(&acme(&second).on("2026-10-30")), ["unknown"]);
}

#[test]
fn at_risk_may_be_green_for_a_reason() {
    let at_risk = |more: &str| acme(&format!("status: at-risk\n{}\n{more}", kpis(95, 95)));
    let says = "warning status-contradicts `acme` is declared at-risk, and its health is green in 2026-Q3: 95.0 of 100";
    assert_eq!(told(&at_risk("")), [says]);
    assert_eq!(rules(&at_risk("signals: [{type: unresponsive, date: 2026-11-01}]")), ["warning-signal"]);
    let issue = |front: &str| at_risk("").file("content/partners/acme/issues/slow.md", format!("---\n{front}\n---\n"));
    assert_eq!(rules(&issue("severity: high")), Vec::<String>::new());
    assert_eq!(rules(&issue("severity: high\nstatus: resolved")), ["status-contradicts"]);
}

#[test]
fn two_signals_are_an_error() {
    let signals = "signals: [{type: declining, date: 2026-10-01, cleared: 2026-11-20}, {type: unresponsive}, {type: misalignment, date: 2026-11-02, cleared: 2026-11-21}]";
    assert_eq!(
        told(&acme(signals)),
        ["error warning-signal 2 warning signals of `acme` are not cleared: unresponsive and misalignment since 2026-11-02"],
        "one that ends tomorrow has not ended"
    );
    let one = "warning warning-signal a warning signal of `acme` is not cleared: declining since 2026-11-20";
    assert_eq!(told(&acme("signals: [{type: declining, date: 2026-11-20}, {type: misalignment, date: 2026-11-21}]")), [one], "to come");
}

#[test]
fn a_share_of_just_40_percent_is_not_too_much() {
    let portfolio = |revenues: &[&str]| {
        let mut space = Space::empty();
        for (at, revenue) in revenues.iter().enumerate() {
            let front = format!("name: P{at}\nkpis: {{revenue: {{actuals: {{2026-Q3: {revenue}}}}}}}");
            space = space.partner(&format!("p{at}"), &front, "");
        }
        space
    };
    assert_eq!(told(&portfolio(&["40", "30", "30"])), Vec::<String>::new());
    assert_eq!(
        told(&portfolio(&["30", "40.001", "29.999"])),
        ["warning concentration `p1` brings 40.001 % of the portfolio's revenue of the last four closed quarters, more than 40 %"]
    );
    assert_eq!(told(&portfolio(&["100"])), Vec::<String>::new(), "one partner is all there is");
    let left = portfolio(&["30", "30"]).partner("gone", "name: Gone\nstage: exited\nkpis: {revenue: {actuals: {2026-Q3: 60}}}", "");
    assert_eq!(told(&left), Vec::<String>::new(), "what has left is not to be depended on");
}

#[test]
fn one_cause_of_an_unknown_health_is_one_finding() {
    let about = |front: &str| {
        let findings = acme(&format!("stage: development\n{front}")).site().workspace.findings;
        let names: Vec<&str> = findings.iter().map(|finding| finding.rule.name).collect();
        let wanted = ["health/unknown", "kpi/one-category", "kpi/unmeasured", "kpi/no-target", "input/wrong-type", "input/bad-value"];
        names.into_iter().filter(|name| wanted.contains(name)).collect::<Vec<_>>()
    };
    let three = |target: &str, actual: &str| {
        format!(
            "kpis:\n  revenue: {{target: {target}, actuals: {{2026-Q3: {actual}}}}}\n  satisfaction: {{target: 8, actuals: {{2026-Q3: 8}}}}\n  priority-alignment: {{target: 4, actuals: {{2026-Q3: 4}}}}"
        )
    };
    assert_eq!(about(&three("10", "9")), ["kpi/one-category"], "70 % are enough");
    assert_eq!(about(&three("10", "null")), ["health/unknown", "kpi/one-category"], "a value is missing, and a category");
    assert_eq!(
        about("kpis: {revenue: {target: 10, actuals: {2026-Q3: 9}}}"),
        ["health/unknown"],
        "categories are missing, and that is why"
    );
    // What could not be read is told where it stands, and by nothing that looks at all KPIs.
    assert_eq!(about(&three("[10]", "9")), ["kpi/one-category", "input/wrong-type"]);
    let only = |actual: &str| about(&format!("kpis: {{revenue: {{target: 10, actuals: {{2026-Q3: {actual}}}}}}}"));
    assert_eq!((only("null"), only("ten")), (vec!["kpi/one-category", "kpi/unmeasured"], vec!["kpi/one-category", "input/wrong-type"]));
    assert_eq!(told(&acme("signals: [{type: declining, date: 2026-10-01, cleared: soon}]")), [""; 0], "when it was over cannot be read");
    let waits = about(&(three("null", "9") + "\n  leads: {source: TBD}"));
    assert!(waits.contains(&"health/unknown"), "a placeholder is no value: {waits:?}");
}

#[test]
fn where_nobody_wants_to_hear_of_the_one_rule_the_others_speak() {
    let about = |lint: &str| {
        let space = acme("stage: development").file("partnerbook.yaml", format!("lint: {{{lint}}}"));
        let findings = space.site().workspace.findings;
        let own = findings.iter().filter(|finding| matches!(finding.rule.category(), "kpi" | "health"));
        own.map(|finding| format!("{} {}", finding.rule.name, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(about(""), ["kpi/unmeasured `acme` has no KPI"]);
    assert_eq!(
        about("kpi/unmeasured: off"),
        ["health/unknown the health of `acme` in 2026-Q3 is unknown: 0 % of it has values and targets, and it takes 60 %"]
    );
    assert_eq!(
        about("kpi/unmeasured: off, health/unknown: off"),
        ["kpi/one-category `acme` has no business, no operational, no relationship and no strategic KPI"]
    );
}

#[test]
fn two_quarters_of_one_year_say_so() {
    let low = |kpis: &str| {
        told(&acme(&format!("stage: review\n{kpis}"))).into_iter().filter(|line| line.contains("low-value")).collect::<Vec<_>>()
    };
    let year = "kpis: {revenue: {target: 100, actuals: {2025: 60}}, referrals-received: {target: 100, actuals: {2025: 60}}}";
    assert_eq!(
        low(year),
        [
            "error low-value the health of `acme` was red in 2026-Q2 (60.0) and 2026-Q3 (60.0), both from the values of 2025, and no decision to rework or end it is recorded since"
        ]
    );
    let mixed =
        low("kpis: {revenue: {target: 100, actuals: {2025: 60}}, referrals-received: {target: 100, actuals: {2026-Q2: 60, 2026-Q3: 50}}}");
    assert!(mixed.len() == 1 && !mixed[0].contains("both from"), "the quarters have values of their own: {mixed:?}");
}
