use super::super::{Check, Lint, Subject};
use super::{decision, known_decision, steps};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/back-without-reason",
        severity: Severity::Warning,
        summary: "A partner went back to an earlier stage, and nobody wrote why.",
        why: "Going back costs both sides months, and it is often right. Without the reason nobody learns what the earlier stage had \
              missed, and the next partnership trips over the same thing.",
        fires: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-02-02, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2026-04-06, decision: proceed-to-onboarding}
  - {stage: onboarding, entered: 2026-07-01}
  - {stage: negotiation, entered: 2026-10-12}",
        says: "`acme` went back from onboarding to negotiation on 2026-10-12, and nobody wrote why",
        passes: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-02-02, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2026-04-06, decision: proceed-to-onboarding}
  - {stage: onboarding, entered: 2026-07-01, reason: The terms did not cover personal data}
  - {stage: negotiation, entered: 2026-10-12}",
        fix: "Add `reason` to the move that was left.",
        settings: "`lifecycle` defines the order of the stages. A decision that names its stage, as `maintain-partnership: development` \
                   does in a review, makes that way regular; it needs no reason.",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for step in steps(partner).filter(super::Step::is_back) {
        let is_explained = [step.left, step.next].iter().any(|entry| entry.reason.as_deref().is_some_and(|reason| !reason.is_empty()));
        let target = decision(step.left).and_then(|word| known_decision(step.stage, word)).map(|(_, target)| target);
        // Where a decision names the stage, another one is wrong, and that is told.
        if is_explained || (step.is_named() && target != Some("back")) {
            continue;
        }
        let (left, entered) = (&step.stage.id, step.entered());
        let message = format!("`{}` went back from {left} to {entered}{}, and nobody wrote why", partner.id(), step.on());
        let finding = partner.finding(&LINT, route!["lifecycle", step.at, "reason"], message).help("add `reason: …` to this move");
        found.push(finding.related(partner.path, Place::Key(route!["lifecycle", step.at + 1, "stage"]), "the move back"));
    }
}
