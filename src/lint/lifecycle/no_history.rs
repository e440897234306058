use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/no-history",
        severity: Severity::Warning,
        summary: "A partner is past the first stage, and none of its moves is recorded.",
        why: "Nobody can say since when it is there, who decided it and what the stages before have left behind. Whoever takes the \
              partnership over starts from nothing, and how long a stage takes can never be learned from it.",
        fires: "stage: negotiation",
        says: "`acme` is in stage negotiation, and none of its moves is recorded",
        passes: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-07-06, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2026-09-14}",
        fix: "Add `lifecycle:` with the stages that the partner has been in, oldest first. A date that nobody remembers may be \
              left out.",
        settings: "`lifecycle` defines the stages.",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.data.lifecycle.is_empty() && partner.entry.stage.is_some_and(|stage| stage > 0) {
        let stage = partner.stage_id();
        let message = format!("`{}` is in stage {stage}, and none of its moves is recorded", partner.id());
        let finding = partner.finding(&LINT, route!["stage"], message);
        found.push(finding.help(format!("add `lifecycle:` with its moves, oldest first, ending in `{{stage: {stage}, entered: …}}`")));
    }
}
