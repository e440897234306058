use super::super::{Check, Lint, Whole};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::{Exact, words};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/weights",
        severity: Severity::Error,
        summary: "The weights of the workspace's scoring model do not sum to 100.",
        why: "People read a weight of 25 as a quarter of the score. Where the weights sum to something else that is not so, and a \
              criterion that was added or forgotten has quietly changed the weight of all others.",
        fires: "\
=== partnerbook.yaml
scoring:
  criteria:
    strategic-fit: {weight: 50}
    distribution: {weight: 30}
    risk: {weight: 10, inverse: true}",
        says: "the weights of the scoring model sum to 90, not 100",
        passes: "\
=== partnerbook.yaml
scoring:
  criteria:
    strategic-fit: {weight: 50}
    distribution: {weight: 40}
    risk: {weight: 10, inverse: true}",
        fix: "Change the weights under `scoring.criteria` until they sum to 100. A criterion without a weight counts for nothing.",
        settings: "`scoring.criteria` defines the criteria and their weights. Without it a model holds whose weights sum to 100.",
    },
    check: Check::Workspace(check),
    ages: false,
};

fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    // A weight below 0 counts as none.
    let sum: Exact = whole.settings.criteria.iter().map(|criterion| Exact::from(criterion.weight).not_below_zero()).sum();
    if sum == Exact::HUNDRED {
        return;
    }
    let away = &sum - &Exact::HUNDRED;
    let (by, what) = if away.is_negative() { (away.abs(), "missing") } else { (away, "too much") };
    let help = format!("change them so that they sum to 100; {} is {what}", words::any(&by));
    let message = format!("the weights of the scoring model sum to {}, not 100", words::any(&sum));
    found.push(whole.in_settings(&LINT, route!["scoring", "criteria"], message).help(help));
}
