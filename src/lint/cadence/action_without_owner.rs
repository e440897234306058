use super::super::{Check, Lint, Subject};
use super::actions;
use crate::diagnostics::{Finding, Rule, Severity};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/action-without-owner",
        severity: Severity::Error,
        summary: "An open action of the partner, of its newest review or of an issue has no owner.",
        why: "What everybody agreed to and nobody took is not done. The next meeting then begins with finding out who was meant.",
        fires: "\
actions:
  - {text: Book the enablement session, due: 2026-12-15}",
        says: "the action `Book the enablement session` of `acme` has no owner",
        passes: "\
actions:
  - {text: Book the enablement session, owner: Dana Wells, due: 2026-12-15}",
        fix: "Ask who does it, on either side, and write the person's id or name as `owner`. If nobody will, remove the action.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for open in actions::current(partner) {
        if open.action.owner.as_deref().is_none_or(str::is_empty) {
            let finding = open.finding(partner, &LINT, "owner", "has no owner");
            found.push(finding.help("add `owner: …` with a person's id or name"));
        }
    }
}
