use super::super::{Check, Lint, Subject};
use super::of_band;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::Band;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "health/yellow",
        severity: Severity::Note,
        summary: "The health of a partner in the latest closed quarter is yellow.",
        why: "Something is behind plan, and there is still time to do something about it in the quarter that runs.",
        fires: "\
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q3: 80000}}
  referrals-received: {target: 10, actuals: {2026-Q3: 9}}",
        says: "the health of `acme` is yellow in 2026-Q3: 85.0 of 100",
        passes: "\
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q3: 95000}}
  referrals-received: {target: 10, actuals: {2026-Q3: 9}}",
        fix: "Look at the KPI that weighs most, and put it on the list for the next meeting.",
        settings: "`health` sets the weights of the categories, and from where on a health is yellow and green.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    found.extend(of_band(partner, &LINT, Band::Yellow));
}
