use super::super::{Check, Lint, Subject};
use super::length;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::kpi::Actual;
use crate::model::period::Period;
use crate::route;
use crate::text;

/// At most so many periods are named.
const NAMED: usize = 4;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/mixed-periods",
        severity: Severity::Error,
        summary: "The values of a KPI are written for periods of different lengths.",
        why: "A month cannot be compared with a quarter. The values of the length that occurs less often are left out of every number, \
              so somebody has measured for nothing.",
        fires: "kpis: {leads: {target: 20, actuals: {2026-Q1: 18, 2026-Q2: 22, 2026-08: 9}}}",
        says: "`leads` of `acme` is kept by the quarter, and its value for 2026-08 is left out",
        passes: "kpis: {leads: {target: 20, actuals: {2026-Q1: 18, 2026-Q2: 22, 2026-Q3: 27}}}",
        fix: "Keep the values of a KPI all by the month, all by the quarter, or all by the year. Quarters and years are put together from \
              months by themselves.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (kpi, measures) in partner.kpis().filter(|(_, measures)| measures.mixed) {
        let others: Vec<Period> =
            kpi.kpi.actuals.0.iter().map(|(period, _)| *period).filter(|period| period.granularity() != measures.granularity).collect();
        let Some(first) = others.first().copied() else { continue };
        let mut named: Vec<String> = others.iter().take(NAMED).map(Period::to_string).collect();
        if others.len() > NAMED {
            named.push(format!("{} more periods", others.len() - NAMED));
        }
        let (value, is) = if others.len() == 1 { ("value", "is") } else { ("values", "are") };
        let kept = length(measures.granularity);
        let message = format!(
            "`{}` of `{}` is kept by the {kept}, and its {value} for {} {is} left out",
            kpi.id,
            partner.id(),
            text::list(&named, "and")
        );
        let (path, place) = match partner.actual(kpi, first) {
            (path, Place::Key(_)) => (path, Place::Name(route!["kpis", &kpi.id, "actuals", &first.to_string()])),
            given => given,
        };
        let is_known = kpi.kpi.actuals.get(first).is_some_and(|actual| *actual != Actual::Unknown);
        let help = if is_known {
            format!("write all values by the {kept}, or all by the {}", length(first.granularity()))
        } else {
            format!("write all values by the {kept}")
        };
        found.push(partner.finding_in(&LINT, &path, place, message).help(help));
    }
}
