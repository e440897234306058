use super::super::{Check, Lint, Subject};
use super::actions;
use crate::diagnostics::{Finding, Rule, Severity};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/action-without-due",
        severity: Severity::Warning,
        summary: "An open action of the partner, of its newest review or of an issue has no due date.",
        why: "Without a date an action is never late, so nobody ever asks about it.",
        fires: "\
actions:
  - {text: Book the enablement session, owner: Dana Wells}",
        says: "the action `Book the enablement session` of `acme` has no due date",
        passes: "\
actions:
  - {text: Book the enablement session, owner: Dana Wells, due: 2026-12-15}",
        fix: "Agree on a day with its owner and write it as `due`.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for open in actions::current(partner) {
        if open.action.due.is_none() {
            found.push(open.finding(partner, &LINT, "due", "has no due date").help("add `due: …` with the day that its owner agrees to"));
        }
    }
}
