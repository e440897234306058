use super::super::{Check, Lint, Subject};
use super::{ids, passed_over, way};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/skipped-stage",
        severity: Severity::Error,
        summary: "A partner moved forward over a stage that it never entered, or its `stage` is further on than its recorded moves reach.",
        why: "Each stage leaves something behind that the next one stands on: an evaluation, an agreement, a plan. A stage that was \
              skipped is work that nobody did, and it comes back later as a partnership without goals, terms or an owner.",
        fires: "\
stage: onboarding
lifecycle:
  - {stage: research, entered: 2025-11-01, decision: approved-for-outreach}
  - {stage: onboarding, entered: 2026-02-01}",
        says: "`acme` moved from research to onboarding on 2026-02-01; negotiation was never entered",
        passes: "\
stage: onboarding
lifecycle:
  - {stage: research, entered: 2025-11-01, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2025-12-15, decision: proceed-to-onboarding}
  - {stage: onboarding, entered: 2026-02-01}",
        fix: "If the stage did happen, add the move with its date. If it did not, go back and do its work, or waive the rule and \
              say why it was not needed.",
        settings: "`lifecycle` defines the stages. A decision that leads to a stage by its name (`fast-track: onboarding`) makes that \
                   move regular, and leaving is possible from every stage.",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(way) = way(partner) else { return };
    let mut from = None;
    for (at, to) in way.iter().copied().enumerate() {
        let skipped = passed_over(partner, &way, from, to);
        if !skipped.is_empty() {
            let entry = &partner.data.lifecycle[at];
            let on = entry.entered.map(|day| format!(" on {day}")).unwrap_or_default();
            let stage = ids(partner, &[to]).join("");
            let moved = match from {
                Some(from) => format!("moved from {} to {stage}{on}", ids(partner, &[from]).join("")),
                None => format!("started in stage {stage}{on}"),
            };
            let mut finding = partner.finding(&LINT, route!["lifecycle", at, "stage"], message(partner, &moved, &skipped));
            if at > 0 {
                finding = finding.related(partner.path, Place::Key(route!["lifecycle", at - 1, "stage"]), "the move before");
            }
            found.push(finding.help(help(partner, &skipped)));
        }
        from = Some(to);
    }
    if let (Some(last), Some(stage), true) = (from, partner.entry.stage, partner.data.stage.is_some()) {
        let skipped = passed_over(partner, &way, Some(last), stage);
        if !skipped.is_empty() {
            let moved = format!("is in stage {}, and its last recorded move is to {}", partner.stage_id(), ids(partner, &[last]).join(""));
            let finding = partner.finding(&LINT, route!["stage"], message(partner, &moved, &skipped));
            let related = Place::Key(route!["lifecycle", way.len() - 1, "stage"]);
            found.push(finding.related(partner.path, related, "the last recorded move").help(help(partner, &skipped)));
        }
    }
}

fn message(partner: &Subject<'_>, moved: &str, skipped: &[usize]) -> String {
    let (names, were) = (ids(partner, skipped), if skipped.len() == 1 { "was" } else { "were" });
    format!("`{}` {moved}; {} {were} never entered", partner.id(), text::list(&names, "and"))
}

fn help(partner: &Subject<'_>, skipped: &[usize]) -> String {
    let names = text::list(&ids(partner, skipped), "and");
    match skipped {
        [_] => format!("add the move to {names} with its date under `lifecycle`, or do the work of that stage first"),
        _ => format!("add the moves to {names} with their dates under `lifecycle`, or do the work of those stages first"),
    }
}
