use super::super::{Check, Lint, Subject};
use super::{is_blank, is_done, row_name};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::plan::PlanStep;
use crate::{route, text};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/plan-row-incomplete",
        severity: Severity::Warning,
        summary: "A row of the mutual action plan that is not done lacks an owner on either side, exit criteria or a due date.",
        why: "A plan is mutual when each side has a name in each row. A row without a date does not become late, and one without exit \
              criteria is done when somebody says so.",
        fires: "\
plan:
  - step: Security review
    ours: Dana Wells
    exit_criteria: Report signed",
        says: "`Security review` has no owner on their side and no due date",
        passes: "\
plan:
  - step: Security review
    ours: Dana Wells
    theirs: Sam Lee
    exit_criteria: Report signed
    due: 2027-02-01",
        fix: "Fill in the row: `ours`, `theirs`, `exit_criteria`, `due`. A step that one side does alone still has somebody on the \
              other side who waits for it.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, row) in partner.data.plan.iter().enumerate().filter(|(_, row)| !is_done(row.done)) {
        let missing = missing(row);
        let Some((first, _)) = missing.first() else { continue };
        let what: Vec<String> = missing.iter().map(|(_, what)| format!("no {what}")).collect();
        let keys: Vec<String> = missing.iter().map(|(key, _)| format!("`{key}`")).collect();
        let message = format!("{} has {}", row_name(at, row), text::list(&what, "and"));
        let finding = partner.finding(&LINT, route!["plan", at, *first], message);
        found.push(finding.help(format!("add {} to this row", text::list(&keys, "and"))));
    }
}

/// What a row lacks: keys, and words for them.
fn missing(row: &PlanStep) -> Vec<(&'static str, &'static str)> {
    [
        ("step", "name", is_blank(row.step.as_ref())),
        ("ours", "owner on our side", is_blank(row.ours.as_ref())),
        ("theirs", "owner on their side", is_blank(row.theirs.as_ref())),
        ("exit_criteria", "exit criteria", is_blank(row.exit_criteria.as_ref())),
        ("due", "due date", row.due.is_none()),
    ]
    .into_iter()
    .filter_map(|(key, what, missing)| missing.then_some((key, what)))
    .collect()
}
