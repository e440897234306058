use super::super::{Check, Lint, Subject};
use super::{is_stale, tells_unmeasured};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::words;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/declining",
        severity: Severity::Warning,
        summary: "A KPI has become worse twice in a row, or more often.",
        why: "One bad quarter is an accident. Two in a row are a direction, and it shows long before a target is missed.",
        fires: "kpis: {leads: {target: 20, actuals: {2026-Q1: 31, 2026-Q2: 27, 2026-Q3: 24}}}",
        says: "`leads` of `acme` has declined twice in a row, from 31 leads in 2026-Q1 to 24 leads in 2026-Q3",
        passes: "kpis: {leads: {target: 20, actuals: {2026-Q1: 31, 2026-Q2: 27, 2026-Q3: 29}}}",
        fix: "Find out what has changed, and say so in the next review. A movement of 2 % or less is no decline, and of a KPI with \
              `direction: lower` a rise is one.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if tells_unmeasured(partner) {
        return;
    }
    let context = &partner.whole.context;
    for (kpi, measures) in partner.kpis().filter(|(_, measures)| !is_stale(partner, measures)) {
        let run = measures.declining_run(context);
        let Some(latest) = measures.latest(context).filter(|_| run >= 2) else { continue };
        let before = i32::try_from(run).ok().and_then(|run| latest.period.ordinal().checked_sub(run));
        let Some(first) = before.and_then(|at| measures.periods.iter().find(|measure| measure.period.ordinal() == at)) else { continue };
        let (Some(from), Some(to)) = (&first.actual, &latest.actual) else { continue };
        let times = if run == 2 { "twice".to_owned() } else { format!("{run} times") };
        let message = format!(
            "`{}` of `{}` has declined {times} in a row, from {} in {} to {} in {}",
            kpi.id,
            partner.id(),
            words::amount(measures, first, from),
            first.period,
            words::amount(measures, latest, to),
            latest.period
        );
        let (path, place) = partner.actual(kpi, latest.period);
        found.push(
            partner.finding_in(&LINT, &path, place, message).help("say in the next review what has changed, and what is done about it"),
        );
    }
}
