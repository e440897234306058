use jiff::civil::Date;

use super::super::{Check, Lint, Subject};
use super::written as text_of;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::coarser::aggregate;
use crate::measures::{Exact, KpiMeasures, Status, words};
use crate::model::kpi::{Aggregate, Direction};
use crate::model::period::{Granularity, Period};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/goal-missed",
        severity: Severity::Warning,
        summary: "The date of an objective is past, and its metric has not reached the target.",
        why: "An objective that ran out and was missed is a decision that nobody has taken: to go on with a new one, to change how the \
              two work together, or to stop.",
        fires: "\
objective: {outcome: Win customers in Austria, metric: customers, target: 20, by: 2026-06-30}
kpis: {customers: {target: 5, actuals: {2025-Q3: 3, 2025-Q4: 4, 2026-Q1: 4, 2026-Q2: 5, 2026-Q3: 5}}}",
        says: "the objective of `acme` ended on 2026-06-30 with 16 customers in the four quarters to 2026-Q2, and its target was 20 customers",
        passes: "\
objective: {outcome: Win customers in Austria, metric: customers, target: 20, by: 2026-06-30}
kpis: {customers: {target: 5, actuals: {2025-Q3: 5, 2025-Q4: 5, 2026-Q1: 4, 2026-Q2: 7, 2026-Q3: 5}}}",
        fix: "Say in a review what became of it, and write a new objective with a date that lies ahead, or decide how to go on.\n\n\
              A KPI that is added up (`aggregate: sum`, as revenue and customers are) is compared over the twelve months that end with \
              the objective; any other with its newest value until then. Nothing is said while one of these values is missing.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(objective) = &partner.data.objective else { return };
    let (Some(metric), Some(target), Some(by)) = (text_of(&objective.metric), objective.target, objective.by) else { return };
    let Some((written, kpi)) = partner.kpis().find(|(kpi, _)| kpi.id.eq_ignore_ascii_case(metric)) else { return };
    let target = Exact::from(target);
    let Some(reached) = reached(partner, kpi, by) else { return };
    let is_missed = match kpi.direction {
        Direction::Higher => reached.value < target,
        Direction::Lower => reached.value > target,
        Direction::Range(..) => false,
    };
    if is_missed {
        let amount = |number: &Exact| words::with_unit(&words::any(number), &kpi.unit);
        let message = format!(
            "the objective of `{}` ended on {by} with {} in {}, and its target was {}",
            partner.id(),
            amount(&reached.value),
            reached.when,
            amount(&target)
        );
        let (path, place) = partner.actual(written, reached.last);
        let finding = partner.finding(&LINT, route!["objective", "target"], message).related(&path, place, "the last value that counts");
        found.push(finding.help("decide how to go on, and write an objective with a date that lies ahead"));
    }
}

/// What a metric had reached at the end of an objective.
struct Reached {
    value: Exact,
    /// In which periods, in words.
    when: String,
    /// The last of them with a value.
    last: Period,
}

/// What a KPI had reached in the last period that was over by a day; `None` before that day, or where values are missing.
fn reached(partner: &Subject<'_>, kpi: &KpiMeasures, by: Date) -> Option<Reached> {
    let context = &partner.whole.context;
    // The last period that was over by that day: what came after it is too late.
    let around = Period::of_day(kpi.granularity, by, context.fiscal_year_start());
    let is_over = around.last_day(context.fiscal_year_start()).is_some_and(|last| last <= by);
    let end = if is_over { around } else { around.previous() };
    if by >= partner.as_of() || !context.is_closed(end) || kpi.mixed {
        return None;
    }
    let (count, title) = match kpi.granularity {
        Granularity::Month => (12, "the twelve months to "),
        Granularity::Quarter => (4, "the four quarters to "),
        Granularity::Year => (1, ""),
    };
    let first = end.ordinal() - (count - 1);
    let until_end = || kpi.periods.iter().filter(|measure| measure.period <= end);
    let last = until_end().rfind(|measure| measure.actual.is_some() && measure.period.ordinal() >= first)?;
    if kpi.aggregate != Aggregate::Sum {
        return Some(Reached { value: last.actual.clone()?, when: last.period.to_string(), last: last.period });
    }
    // From the first value on; before it there was nothing to add up.
    let since = until_end().skip_while(|measure| measure.actual.is_none());
    let window: Vec<_> = since.filter(|measure| measure.period.ordinal() >= first).collect();
    let is_whole = window.iter().all(|measure| measure.status != Status::Missing) && window.last()?.period == end;
    let value = aggregate(Aggregate::Sum, window.iter().filter_map(|measure| measure.actual.as_ref()))?;
    is_whole.then(|| Reached { value, when: format!("{title}{end}"), last: last.period })
}
