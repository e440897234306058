use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::actions::overdue;
use crate::measures::stage::days_between;
use crate::measures::words;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/action-overdue",
        severity: Severity::Warning,
        summary: "An open action of the partner, of its newest review or of an issue is past its due date.",
        why: "The partner remembers what was promised. An action that is late and talked about costs little; one that is late and \
              silent costs trust.",
        fires: "\
actions:
  - {text: Book the enablement session, owner: Dana Wells, due: 2026-10-15}",
        says: "the action `Book the enablement session` of `acme` was due on 2026-10-15, 36 days ago, and is not done",
        passes: "\
actions:
  - {text: Book the enablement session, owner: Dana Wells, due: 2026-10-15, done: 2026-10-12}",
        fix: "Write `done` with the day on which it was done. If it is not done, agree on a new `due` with those who wait for it, or \
              remove it if it is not needed any more.\n\n\
              Actions of older reviews do not count here: the newest review takes up what is still to be done.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (open, due) in overdue(partner.whole.workspace, partner.entry) {
        let days = days_between(due, partner.as_of()).unwrap_or_default();
        let ago = if days == 1 { "yesterday".to_owned() } else { format!("{} ago", words::days(days)) };
        let finding = open.finding(partner, &LINT, "due", &format!("was due on {due}, {ago}, and is not done"));
        found.push(finding.help("write `done: …` with the day, or agree on a new `due`"));
    }
}
