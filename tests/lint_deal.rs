//! The rules about agreements, renewals, exclusivity and plans, at their edges.

#![allow(missing_docs)]

mod common;

use common::Space;

/// What the rules of a category say of a partner `acme` with this front matter: `rule message`, in the order of the file.
fn said(front_matter: &str) -> Vec<String> {
    of(&Space::empty().partner("acme", &format!("name: Acme\n{front_matter}"), ""))
}

fn of(space: &Space) -> Vec<String> {
    let findings = space.site().workspace.findings;
    let deal = findings.iter().filter(|finding| finding.rule.category() == "deal");
    deal.map(|finding| format!("{} {}", finding.rule.name.trim_start_matches("deal/"), finding.message)).collect()
}

/// The rules that fire for a term, without what they say.
fn rules(term: &str) -> Vec<String> {
    said(term).iter().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}

#[test]
fn a_term_is_told_once_on_each_day_of_its_last_months() {
    let ends = |day: &str| rules(&format!("term: {{end: {day}}}\nrenewal: renew"));
    assert!(ends("2027-02-19").is_empty(), "in 91 days");
    assert_eq!((ends("2027-02-18"), ends("2027-01-20")), (vec!["renewal-approaching".to_owned()], vec!["renewal-approaching".to_owned()]));
    assert_eq!((ends("2027-01-19"), ends("2026-11-20")), (vec!["renewal-due".to_owned()], vec!["renewal-due".to_owned()]));
    assert_eq!(ends("2026-11-19"), ["expired"]);
    assert_eq!(said("term: {end: 2026-11-20}\nrenewal: renew"), ["renewal-due the term of `acme` ends on 2026-11-20, today"]);
}

#[test]
fn a_recommendation_is_missed_only_while_there_is_time_for_it() {
    assert!(rules("term: {end: 2027-02-19}").is_empty());
    assert_eq!(rules("term: {end: 2027-02-18}\nrenewal: {done: [assess]}"), ["renewal-approaching", "no-recommendation"]);
    assert_eq!(rules("renewal: {done: []}\nterm: {end: 2026-11-20}"), ["no-recommendation", "renewal-due"]);
    assert_eq!(rules("term: {end: 2026-11-19}"), ["expired"]);
}

#[test]
fn what_renews_by_itself_is_decided_by_its_notice() {
    let term = "term: {end: 2027-01-07, notice_days: 60, auto_renew: true}";
    assert_eq!(
        said(term),
        ["renewal-due notice to `acme` had to be given by 2026-11-08, 12 days ago; its term now renews by itself"],
        "and it is too late for a recommendation"
    );
    assert!(said(&format!("{term}\nrenewal: renew")).is_empty(), "it does what was recommended");
    assert_eq!(rules(&format!("{term}\nrenewal: sunset")), ["renewal-due"]);
    let space = Space::empty().partner("acme", "name: Acme\nowner: Kim\nterm: {end: 2026-11-19, auto_renew: true}", "");
    let findings = space.all_findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].contains("error deal/expired the term of `acme` ended on 2026-11-19 and renews by itself"), "{findings:?}");
}

#[test]
fn contracts_do_not_wait_for_a_partner_on_hold_but_plans_do() {
    let late = "status: on-hold\nterm: {end: 2026-11-19}\nplan: [{step: A, ours: B, theirs: C, exit_criteria: D, due: 2026-11-19}]\nmilestones: [{name: E, due: 2026-11-19}]";
    assert_eq!(rules(late), ["expired"]);
    assert_eq!(rules(&late.replace("on-hold", "active")), ["expired", "plan-overdue", "milestone-overdue"]);
    assert!(rules(&format!("{late}\nstage: exited")).is_empty(), "a partner that has left");
}

#[test]
fn an_agreement_is_asked_for_from_onboarding_on() {
    assert!(said("stage: negotiation\ndeal: {walk_away: [A], support_limits: [B], success_criteria: [C]}").is_empty());
    assert_eq!(said("stage: review"), ["no-agreement `acme` is in stage review and has no agreement"]);
    assert_eq!(rules("stage: onboarding\nagreement: {kind: ''}"), ["no-agreement"]);
    assert!(said("stage: onboarding\nagreement: letter of intent").is_empty());
    assert!(said("agreement: {kind: ''}").is_empty(), "a partner without a stage is in the first one, research");
    let member =
        Space::empty().file("partnerbook.yaml", "lifecycle: {exit: left, stages: [{id: member}]}").partner("acme", "name: Acme", "");
    let told = member.all_findings();
    assert!(told.iter().any(|line| line.contains("deal/no-agreement `acme` is in stage member and has no agreement")), "{told:?}");
}

#[test]
fn exit_terms_are_asked_for_where_there_is_much_to_leave() {
    let partner = |model: &str, more: &str| rules(&format!("stage: onboarding\nmodel: {model}\n{more}"));
    assert!(partner("co-marketing", "agreement: formal").is_empty(), "low commitment");
    let late = said("term: {end: 2023-11-20}");
    assert_eq!(late, ["expired the term of `acme` ended on 2023-11-20, 1,096 days ago"]);
    assert_eq!(partner("integration", "agreement: formal"), ["no-exit-terms"]);
    assert_eq!(partner("integration", "agreement: formal\nexit_terms: {notice: ''}"), ["no-exit-terms"]);
    assert!(partner("integration", "agreement: formal\nexit_terms: {notice: 90 days}").is_empty());
    assert_eq!(partner("integration", ""), ["no-agreement"], "where nothing is agreed, that is the one thing to say");
}

#[test]
fn shares_are_compared_exactly() {
    let shares = |ours: &str, theirs: &str| said(&format!("commercial: {{our_share: {ours}, partner_share: {theirs}}}"));
    assert!(shares("33.3333333333333333333333333", "66.6666666666666666666666667").is_empty());
    assert_eq!(
        shares("33.3333333333333333333333333", "66.6666666666666666666666666"),
        [
            "shares our share of 33.3333333333333333333333333 % and the partner's of 66.6666666666666666666666666 % sum to 99.9999999999999999999999999 %, not to 100 %"
        ]
    );
    assert!(said("commercial: {our_share: 80}").is_empty(), "one that is not known is not wrong");
    assert_eq!(shares("79228162514264337593543950335", "79228162514264337593543950335").len(), 1);
}

/// Partners by id, with what is exclusive for them.
fn exclusive(claims: &[(&str, &str)]) -> Vec<String> {
    let space = claims.iter().fold(Space::empty(), |space, (id, claim)| {
        space.partner(id, &format!("name: {id}\nexclusivity: {{scope: CRM sync, geography: DACH, {claim}}}"), "")
    });
    of(&space)
}

#[test]
fn two_exclusivities_meet_on_the_day_that_both_have() {
    let pair = |last: &str| exclusive(&[("acme", &format!("until: {last}")), ("globex", "from: 2027-01-01, until: 2027-12-31")]);
    assert!(pair("2026-12-31").is_empty());
    assert_eq!(
        pair("2027-01-01"),
        ["exclusivity-conflict `acme` and `globex` are both exclusive for CRM sync in DACH from 2027-01-01 to 2027-01-01"]
    );
    let over = [("acme", "until: 2026-11-19"), ("globex", "until: 2026-11-19")];
    assert!(exclusive(&over).is_empty(), "what is over is history");
    let left = [("acme", "until: 2027-11-19}\nstage: exited\nx-a: {a: b"), ("globex", "until: 2027-11-19")];
    assert!(exclusive(&left).is_empty(), "who has left has nothing any more");
}

#[test]
fn a_short_exclusivity_does_not_hide_a_long_one() {
    let claims = [
        ("acme", "from: 2026-01-01, until: 2028-12-31"),
        ("beta", "from: 2026-02-01, until: 2026-12-31"),
        ("globex", "from: 2027-06-01, until: 2027-12-31"),
    ];
    assert_eq!(
        exclusive(&claims),
        [
            "exclusivity-conflict `acme` and `beta` are both exclusive for CRM sync in DACH from 2026-02-01 to 2026-12-31",
            "exclusivity-conflict `acme` and `globex` are both exclusive for CRM sync in DACH from 2027-06-01 to 2027-12-31",
        ]
    );
}

#[test]
fn an_exclusivity_says_for_what_where_and_until_when() {
    assert_eq!(
        said("exclusivity: CRM sync"),
        ["exclusivity-incomplete the exclusivity of `acme` does not say where or until when it holds"]
    );
    assert_eq!(rules("exclusivity: {geography: DACH, until: 2026-11-20}"), ["exclusivity-incomplete"]);
    assert!(said("exclusivity: {geography: DACH, until: 2026-11-19}").is_empty(), "it is over");
    assert!(said("exclusivity: None").is_empty() && said("exclusivity: {scope: }").is_empty(), "there is none");
}

#[test]
fn a_row_of_the_plan_is_told_once_with_all_that_it_lacks() {
    assert_eq!(
        said("plan: [Security review, {exit_criteria: Signed, due: 2026-11-20}, {step: Pilot, done: 2026-10-01}]"),
        [
            "plan-row-incomplete `Security review` has no owner on our side, no owner on their side, no exit criteria and no due date",
            "plan-row-incomplete row 2 of the plan has no name, no owner on our side and no owner on their side",
        ]
    );
}

#[test]
fn a_milestone_is_late_from_the_day_after_it() {
    let milestone = |launch: &str, due: &str| rules(&format!("{launch}\nmilestones: [{{name: A, due: {due}}}]"));
    assert!(milestone("", "2026-11-20").is_empty());
    assert_eq!(milestone("", "2026-11-19"), ["milestone-overdue"]);
    assert!(milestone("launch: 2026-10-21", "30d").is_empty());
    assert_eq!(milestone("launch: 2026-10-20", "30d"), ["milestone-overdue"]);
    assert!(milestone("", "30d").is_empty(), "nobody knows when the launch was");
}
