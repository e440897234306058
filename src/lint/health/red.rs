use super::super::{Check, Lint, Subject};
use super::{low_value, of_band};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::Band;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "health/red",
        severity: Severity::Error,
        summary: "The health of a partner in the latest closed quarter is red.",
        why: "Most of what the two sides agreed on is not being reached. A quarter like this can be explained; if nobody does, the next \
              one is likely to be the same.",
        fires: "\
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q2: 100000, 2026-Q3: 60000}}
  referrals-received: {target: 10, actuals: {2026-Q2: 10, 2026-Q3: 7}}",
        says: "the health of `acme` is red in 2026-Q3: 65.0 of 100",
        passes: "\
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q2: 100000, 2026-Q3: 95000}}
  referrals-received: {target: 10, actuals: {2026-Q2: 10, 2026-Q3: 9}}",
        fix: "Find out with the partner what holds the numbers back, beginning with the KPI that weighs most, and write down who does \
              what: as actions of the review, or as an issue. A target that nobody believes in any more is better changed by \
              agreement than missed again.\n\n\
              A health that is red for the second quarter in a row is told by `health/low-value`.",
        settings: "`health` sets the weights of the categories, and from where on a health is yellow.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if low_value::since(partner).is_none() || !partner.hears_of(&low_value::LINT) {
        found.extend(of_band(partner, &LINT, Band::Red));
    }
}
