use super::super::{Check, Lint, Subject};
use super::{is_stale, length, newest, periods_behind, tells_unmeasured};
use crate::diagnostics::{Finding, Rule, Severity};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/stale",
        severity: Severity::Warning,
        summary: "The newest actual of a KPI is more than two periods old.",
        why: "A number that nobody keeps up still stands on the page and looks like an answer. Either somebody has stopped looking, or \
              the KPI is no longer the right one.",
        fires: "\
kpis:
  revenue: {target: 40000, actuals: {2026-Q2: 41000, 2026-Q3: 43000}}
  leads: {target: 20, actuals: {2025-Q3: 18, 2025-Q4: 22}}",
        says: "the newest actual of `leads` of `acme` is of 2025-Q4, and 3 quarters have closed since",
        passes: "\
kpis:
  revenue: {target: 40000, actuals: {2026-Q2: 41000, 2026-Q3: 43000}}
  leads: {target: 20, actuals: {2025-Q3: 18, 2025-Q4: 22, 2026-Q1: 19, 2026-Q2: 24, 2026-Q3: 21}}",
        fix: "Write what was reached since, or remove the KPI if nobody needs it. Where the numbers cannot be had for a time, waive the \
              rule with the reason and a date.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if tells_unmeasured(partner) {
        return;
    }
    for (kpi, measures) in partner.kpis().filter(|(_, measures)| !measures.mixed && is_stale(partner, measures)) {
        let (Some(newest), Some(behind)) = (newest(partner, measures), periods_behind(partner, measures)) else { continue };
        let message = format!(
            "the newest actual of `{}` of `{}` is of {}, and {behind} {}s have closed since",
            kpi.id,
            partner.id(),
            newest.period,
            length(measures.granularity)
        );
        let (path, place) = partner.actual(kpi, newest.period);
        found.push(partner.finding_in(&LINT, &path, place, message).help("write what was reached since, or remove the KPI"));
    }
}
