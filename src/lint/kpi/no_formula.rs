use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::Status;
use crate::measures::attainment::NoFormula;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/no-formula",
        severity: Severity::Error,
        summary: "A KPI has a value and a target, and no attainment follows from the two.",
        why: "Such a KPI has no colour and counts for nothing, although somebody agreed on a target and somebody measures it.",
        fires: "kpis: {partner-profitability: {target: -10, actuals: {2026-Q3: -4}}}",
        says: "`partner-profitability` of `acme` has no attainment in 2026-Q3: the target is below 0 and there is no baseline to measure from",
        passes: "kpis: {partner-profitability: {target: -10, baseline: -25, actuals: {2026-Q3: -4}}}",
        fix: "Add a `baseline` where the target is below 0; write a target that differs from the baseline and lies on its better side; \
              use `direction: higher` or `lower` instead of a range with a bound of 0 or below.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (kpi, measures) in partner.kpis() {
        let Some(latest) = measures.latest(&partner.whole.context) else { continue };
        let Status::NoFormula(reason) = latest.status else { continue };
        let key = match reason {
            NoFormula::NegativeTarget => "target",
            NoFormula::BaselineIsTarget | NoFormula::BaselineBeyondTarget => "baseline",
            NoFormula::ZeroBound | NoFormula::NegativeBound => "direction",
        };
        let message = format!("`{}` of `{}` has no attainment in {}: {}", kpi.id, partner.id(), latest.period, reason.reason());
        found.push(partner.finding(&LINT, route!["kpis", &kpi.id, key], message).help(reason.advice()));
    }
}
