//! Rules of the lifecycle at their edges; what they say of plain cases is in their own examples.

#![allow(missing_docs)]

mod common;

use common::Space;

/// What the rules of the lifecycle say of a partner: rule and message.
fn told(front: &str) -> Vec<String> {
    of(&Space::empty().partner("acme", &format!("name: Acme\n{front}"), ""))
}

fn of(space: &Space) -> Vec<String> {
    let findings = space.site().workspace.findings;
    let own = findings.iter().filter_map(|finding| Some((finding.rule.name.strip_prefix("lifecycle/")?, finding)));
    // Every move of these examples would need its documents.
    own.filter(|(rule, _)| *rule != "missing-output").map(|(rule, finding)| format!("{rule}: {}", finding.message)).collect()
}

/// A lifecycle of the given moves.
fn moves(moves: &[&str]) -> String {
    let lines: Vec<String> = moves.iter().map(|entry| format!("  - {{stage: {entry}}}\n")).collect();
    format!("lifecycle:\n{}", lines.concat())
}

/// From research to onboarding, as it should be.
const TO_ONBOARDING: [&str; 2] =
    ["research, entered: 2026-03-02, decision: approved-for-outreach", "negotiation, entered: 2026-05-04, decision: proceed-to-onboarding"];

#[test]
fn leaving_asks_for_a_decision_where_the_stage_has_one_for_it() {
    assert_eq!(
        told(&moves(&["research, entered: 2026-09-01", "exited, entered: 2026-10-01"])),
        ["no-decision: `acme` left research for exited on 2026-10-01, and no decision is recorded"]
    );
    let [research, negotiation] = TO_ONBOARDING;
    let from_onboarding = |onboarding: &str| told(&moves(&[research, negotiation, onboarding, "exited, entered: 2026-10-01"]));
    assert!(from_onboarding("onboarding, entered: 2026-07-01").is_empty(), "onboarding has no decision to leave");
    assert!(
        from_onboarding("onboarding, entered: 2026-07-01, decision: requires-adjustment").is_empty(),
        "nor is another one held against it"
    );
    assert_eq!(
        from_onboarding("onboarding, entered: 2026-07-01, decision: reject"),
        ["wrong-decision: `reject` is not a decision of onboarding"]
    );
}

#[test]
fn a_stage_without_decisions_asks_for_none_and_takes_any() {
    let [research, negotiation] = TO_ONBOARDING;
    let onboarding = "onboarding, entered: 2026-07-01, decision: ready-for-campaign-execution";
    for development in ["development, entered: 2026-08-03", "development, entered: 2026-08-03, decision: time-to-look-back"] {
        assert!(told(&moves(&[research, negotiation, onboarding, development, "review, entered: 2026-11-02"])).is_empty());
    }
}

#[test]
fn decisions_lead_where_the_lifecycle_says() {
    let from = |stage: &str, decision: &str, to: &str| {
        let found = told(&moves(&[
            "research, entered: 2026-01-05, decision: approved-for-outreach",
            "negotiation, entered: 2026-02-02, decision: proceed-to-onboarding",
            "onboarding, entered: 2026-03-02, decision: ready-for-campaign-execution",
            "development, entered: 2026-08-03",
            &format!("{stage}, entered: 2026-11-01, reason: Agreed, decision: {decision}"),
            &format!("{to}, entered: 2026-11-02"),
        ]));
        found.into_iter().filter(|line| line.starts_with("wrong-decision")).collect::<Vec<_>>()
    };
    assert!(from("review", "rework-partnership", "onboarding").is_empty());
    assert!(from("review", "Rework partnership", "development").is_empty(), "in any spelling, and to any earlier stage");
    assert!(from("review", "retire-partnership", "exited").is_empty());
    assert_eq!(
        from("review", "rework-partnership", "exited"),
        ["wrong-decision: `rework-partnership` leads from review back to an earlier stage, and `acme` moved to exited on 2026-11-02"]
    );
    assert_eq!(
        from("review", "retire-partnership", "development"),
        ["wrong-decision: `retire-partnership` leads from review to exited, and `acme` moved to development on 2026-11-02"]
    );
    assert_eq!(
        from("research", "approved-for-outreach", "research"),
        ["wrong-decision: `approved-for-outreach` leads from research to negotiation, and `acme` entered research again on 2026-11-02"]
    );
    assert!(from("research", "needs-more-research", "research").is_empty());
}

#[test]
fn a_decision_without_a_further_move_waits_for_it() {
    for decision in ["needs-more-research", "approved-for-outreach", "reject"] {
        assert!(told(&moves(&[&format!("research, entered: 2026-11-02, decision: {decision}")])).is_empty());
    }
}

#[test]
fn a_stage_passed_over_is_one_finding() {
    let found = told(&moves(&["research, entered: 2026-09-01, decision: approved-for-outreach", "onboarding, entered: 2026-10-01"]));
    assert_eq!(found, ["skipped-stage: `acme` moved from research to onboarding on 2026-10-01; negotiation was never entered"]);
}

#[test]
fn a_stage_that_nobody_knows_is_a_bad_value_and_nothing_else() {
    let found = told(&moves(&["research, entered: 2026-09-01", "negotation, entered: 2026-10-01", "onboarding, entered: 2026-11-02"]));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_way_back_that_a_decision_names_needs_no_reason() {
    let back = |review: &str| {
        let [research, negotiation] = TO_ONBOARDING;
        let found = told(&moves(&[
            research,
            negotiation,
            "onboarding, entered: 2026-07-01, decision: ready-for-campaign-execution",
            "development, entered: 2026-08-03",
            &format!("review, entered: 2026-10-12, {review}"),
            "development, entered: 2026-11-02",
        ]));
        found.join("\n")
    };
    assert_eq!(back("decision: maintain-partnership"), "");
    assert_eq!(
        back("decision: rework-partnership"),
        "back-without-reason: `acme` went back from review to development on 2026-11-02, and nobody wrote why"
    );
    assert_eq!(back("decision: rework-partnership, reason: Their sales team is new"), "");
    assert_eq!(back("by: kim"), "no-decision: `acme` left review for development on 2026-11-02, and no decision is recorded");
}

#[test]
fn one_slip_in_a_date_is_one_finding() {
    let dates = |research: &str, negotiation: &str, onboarding: &str| {
        let found = told(&moves(&[
            &format!("research, decision: approved-for-outreach, entered: {research}"),
            &format!("negotiation, decision: proceed-to-onboarding, entered: {negotiation}"),
            &format!("onboarding, entered: {onboarding}"),
        ]));
        found.into_iter().filter(|line| !line.starts_with("stalled")).collect::<Vec<_>>()
    };
    assert!(dates("2026-09-01", "2026-09-01", "2026-11-20").is_empty(), "two moves on a day, and one today");
    assert_eq!(
        dates("2026-09-01", "2026-11-21", "2026-11-20"),
        ["dates-out-of-order: the move to negotiation is dated 2026-11-21, after today, 2026-11-20"]
    );
    assert_eq!(
        dates("2026-09-01", "2026-08-31", "2026-11-02"),
        ["dates-out-of-order: the move to negotiation is dated 2026-08-31, before the move above it on 2026-09-01"]
    );
    assert_eq!(
        dates("2026-11-11, decided: 2026-02-03", "2026-02-04", "2026-11-12"),
        ["dates-out-of-order: the move to negotiation is dated 2026-02-04, before the move above it on 2026-11-11"]
    );
    assert_eq!(
        dates("2026-09-01, decided: 2026-08-31", "2026-10-01", "2026-11-02"),
        ["dates-out-of-order: the decision on research is dated 2026-08-31, before the stage was entered on 2026-09-01"]
    );
}

#[test]
fn a_stage_may_take_as_long_as_it_should() {
    let research = |more: &str| told(&format!("{more}\n{}", moves(&["research, entered: 2026-08-21"])));
    assert!(told(&moves(&["research, entered: 2026-08-22"])).is_empty());
    assert_eq!(
        research("owner: Dana Wells"),
        ["stalled: `acme` has been in stage research since 2026-08-21: 91 days, and the stage should take 90 at most"]
    );
    assert!(research("on_hold: {until: 2027-01-31, reason: A merger}").is_empty());
    let long = Space::empty().file("partnerbook.yaml", "lifecycle: {stages: [{id: sandbox, max_days: 1460, phase: research}]}").partner(
        "acme",
        "name: Acme\nlifecycle: [{stage: sandbox, entered: 2018-08-28}]",
        "",
    );
    assert_eq!(
        of(&long),
        ["stalled: `acme` has been in stage sandbox since 2018-08-28: 3,006 days, and the stage should take 1,460 at most"]
    );
}

#[test]
fn outputs_are_asked_for_on_the_way_forward_however_they_are_spelled() {
    let missing = |from: &str, to: &str| {
        let space = Space::empty().partner("acme", &format!("name: Acme\n{}", moves(&[from, to])), "");
        let findings = space.site().workspace.findings;
        let found: Vec<String> = findings
            .iter()
            .filter(|finding| finding.rule.name == "lifecycle/missing-output")
            .map(|finding| finding.message.clone())
            .collect();
        found.join("\n")
    };
    let link = "https://docs.example";
    let all = format!("research, outputs: {{Shortlist: {link}, evaluation_notes: {link}, Outreach plan: {link}}}");
    assert_eq!(missing(&all, "negotiation"), "");
    assert_eq!(
        missing("research", "negotiation, entered: 2026-10-01"),
        "`acme` left research on 2026-10-01 without its shortlist, evaluation-notes and outreach-plan"
    );
    assert_eq!(missing("research", "exited") + &missing("research", "research") + &missing("onboarding", "negotiation"), "");
}

#[test]
fn half_a_year_of_development_needs_a_review() {
    let development = |entered: &str, more: &str| told(&format!("{more}\n{}", moves(&[&format!("development, entered: {entered}")])));
    let unreviewed = |found: Vec<String>| found.iter().filter(|line| line.starts_with("development-unreviewed")).count();
    assert_eq!(unreviewed(development("2026-05-24", "reviewed: 2026-01-05")), 0, "180 days");
    assert_eq!(unreviewed(development("2026-05-23", "reviewed: 2026-01-05")), 1);
    assert_eq!(unreviewed(development("2026-05-23", "tier: 1")), 0, "that is told by cadence/never-reviewed");
    assert_eq!(unreviewed(development("2026-05-23", "reviewed: 2026-05-22")), 1, "before it came there");
    assert_eq!(unreviewed(development("2026-05-23", "reviewed: 2026-05-23")), 0);
    assert_eq!(unreviewed(development("2026-05-23", "on_hold: A merger")), 0);
    let with = |period: &str, text: &str| {
        let space = Space::empty().partner("acme", &format!("name: Acme\n{}", moves(&["development, entered: 2026-05-23"])), "");
        unreviewed(of(&space.file(&format!("content/partners/acme/qbr/{period}.md"), text)))
    };
    assert_eq!(with("2026-Q1", ""), 1, "a quarter that ended before");
    assert_eq!(with("2026-Q2", ""), 0);
    assert_eq!(with("2026-Q1", "---\ndate: 2026-06-02\n---\n"), 0, "held since");
    let planned = Space::empty()
        .partner("acme", &format!("name: Acme\nreviewed: 2026-01-05\n{}", moves(&["development, entered: 2026-05-23"])), "")
        .file("content/partners/acme/qbr/2026-Q3.md", "---\ndate: 2026-11-21\n---\n");
    assert_eq!(unreviewed(of(&planned)), 1, "to be held tomorrow");
}

#[test]
fn an_own_lifecycle_has_its_own_ways() {
    let own = "lifecycle: {exit: left, stages: [{id: talking, decisions: {sign: next, skip-pilot: live, drop: exit}}, {id: pilot, decisions: {go: next, again: back}}, {id: live}, {id: large}]}\n";
    let space = |entries: &[&str]| {
        of(&Space::empty().file("partnerbook.yaml", own).partner("acme", &format!("name: Acme\n{}", moves(entries)), ""))
    };
    assert!(space(&["talking, decision: skip-pilot", "live"]).is_empty());
    assert!(space(&["talking, decision: drop", "left"]).is_empty());
    assert_eq!(
        space(&["talking, decision: sign", "pilot, decision: go", "talking"]),
        [
            "back-without-reason: `acme` went back from pilot to talking, and nobody wrote why",
            "wrong-decision: `go` leads from pilot to live, and `acme` moved to talking",
        ]
    );
    assert_eq!(
        space(&["talking, decision: skip-pilot", "live, entered: 2026-03-02", "large, entered: 2026-11-02"]),
        ["development-unreviewed: `acme` has been in stages live and large since 2026-03-02, 263 days, and was not reviewed in that time"]
    );
}
