use super::super::{Check, Lint, Subject};
use super::{away, days_late, is_done, row_name};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/plan-overdue",
        severity: Severity::Warning,
        summary: "A row of the mutual action plan is past its due date and not done.",
        why: "The plan is the one list that both sides look at. A date that passes without a word tells the partner that the others \
              do not count either.",
        fires: "\
plan:
  - {step: Security review, ours: Dana Wells, theirs: Sam Lee, exit_criteria: Report signed, due: 2026-09-11}",
        says: "`Security review` was due on 2026-09-11, 70 days ago, and is not done",
        passes: "\
plan:
  - {step: Security review, ours: Dana Wells, theirs: Sam Lee, exit_criteria: Report signed, due: 2026-09-11, done: 2026-09-10}",
        fix: "Write `done:` with the day if it is done. If not, agree on a new date with the partner; if nobody needs it any more, \
              remove the row.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, row) in partner.data.plan.iter().enumerate().filter(|(_, row)| !is_done(row.done)) {
        let Some((due, days)) = row.due.and_then(|due| Some((due, days_late(partner, due)?))) else { continue };
        let message = format!("{} was due on {due}, {}, and is not done", row_name(at, row), away(-days));
        let finding = partner.finding(&LINT, route!["plan", at, "due"], message);
        found.push(finding.help("write `done:` with the day, or agree on a new date with the partner"));
    }
}
