//! Actuals and targets of a period, with what they are put together from.

use super::wording::{aggregated, equals, how, term};
use super::{Explanation, Input, OfPartner, Source};
use crate::measures::coarser::aggregate;
use crate::measures::exact::Exact;
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::status::Status;
use crate::measures::words;
use crate::model::kpi::Target;
use crate::model::period::{Granularity, Period};
use crate::text::join;
use crate::workspace::kpis::PartnerKpi;

/// A target and where it comes from.
pub(super) struct Goal {
    pub value: Exact,
    /// The period from which on it holds, where that is an earlier one.
    since: Option<Period>,
    source: Source,
    /// The targets of finer periods from which it is put together.
    parts: Vec<(Period, Goal)>,
}

/// Months, quarters or years.
pub(super) fn plural(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Month => "months",
        Granularity::Quarter => "quarters",
        Granularity::Year => "years",
    }
}

/// What was reached, or the word for why there is nothing.
pub(super) fn actual_shown(kpi: &KpiMeasures, found: &PeriodMeasure) -> String {
    match (&found.actual, found.partial, found.status) {
        (Some(actual), ..) => words::amount(kpi, found, actual),
        (None, Some(partial), _) => format!("partial, {} of {} there", partial.have, partial.of),
        (None, None, Status::NotApplicable) => "n/a".to_owned(),
        (None, None, Status::Open) => "nothing yet".to_owned(),
        (None, None, _) => "missing".to_owned(),
    }
}

impl OfPartner<'_> {
    /// The actual of a period as an input and, where it is put together from finer ones, how.
    pub(super) fn actual_of(
        &self,
        kpi: &PartnerKpi,
        measured: &KpiMeasures,
        found: &PeriodMeasure,
        label: &str,
    ) -> (Input, Option<Explanation>) {
        let shown = actual_shown(measured, found);
        if found.period.granularity() == measured.granularity {
            return (Input::new(label, shown, self.actual(kpi, found.period)), None);
        }
        let mut made = Explanation::new(join!("Actual of ", found.period.title()), shown.clone());
        made.formula = join!("its ", plural(measured.granularity), ", ", how(measured.aggregate));
        let mut terms = Vec::new();
        for period in found.period.parts(measured.granularity, self.context.fiscal_year_start()) {
            let Some(part) = measured.at(&self.context, period) else { continue };
            terms.extend(part.actual.as_ref().map(term));
            made.input(period.title(), actual_shown(measured, &part), self.actual(kpi, period));
        }
        if let Some(actual) = &found.actual {
            made.worked = equals(&aggregated(measured.aggregate, &terms), &words::number(measured, found, actual));
        } else if found.partial.is_some() {
            made.note("A value is put together only where all parts of it are there.");
        }
        (Input::new(label, shown, Source::Computed), Some(made))
    }

    /// The target of a period, found the way the measures find it.
    pub(super) fn goal(&self, kpi: &PartnerKpi, measured: &KpiMeasures, period: Period) -> Option<Goal> {
        if period.granularity() <= measured.granularity {
            return self.own_goal(kpi, measured, period);
        }
        let parts = || {
            let all: Vec<Period> = period.parts(measured.granularity, self.context.fiscal_year_start()).collect();
            let has = |period: &Period| measured.listed(*period).is_some_and(|found| found.actual.is_some());
            let answered =
                |period: &Period| has(period) || measured.listed(*period).is_some_and(|found| found.status == Status::NotApplicable);
            let wanted: Vec<Period> = if all.iter().all(answered) { all.into_iter().filter(has).collect() } else { all };
            let goals: Option<Vec<(Period, Goal)>> =
                wanted.into_iter().map(|part| Some((part, self.own_goal(kpi, measured, part)?))).collect();
            together(measured, goals?)
        };
        self.written_goal(kpi, period).or_else(parts).or_else(|| self.finer_goals(kpi, measured, period))
    }

    fn own_goal(&self, kpi: &PartnerKpi, measured: &KpiMeasures, period: Period) -> Option<Goal> {
        let always = || match &kpi.kpi.target {
            Some(Target::Always(number)) => {
                Some(Goal { value: Exact::from(*number), since: None, source: self.target_entry(kpi, None), parts: Vec::new() })
            }
            _ => None,
        };
        self.written_goal(kpi, period).or_else(always).or_else(|| self.finer_goals(kpi, measured, period))
    }

    fn written_goal(&self, kpi: &PartnerKpi, period: Period) -> Option<Goal> {
        let (from, number) = match (kpi.targets.get(period), &kpi.kpi.target) {
            (Some(single), _) => (period, *single),
            (None, Some(Target::From(series))) => {
                *series.0.iter().rfind(|(known, _)| known.granularity() == period.granularity() && *known <= period)?
            }
            _ => return None,
        };
        let since = Some(from).filter(|from| *from != period);
        Some(Goal { value: Exact::from(number), since, source: self.target_entry(kpi, Some(from)), parts: Vec::new() })
    }

    fn finer_goals(&self, kpi: &PartnerKpi, measured: &KpiMeasures, period: Period) -> Option<Goal> {
        [Granularity::Quarter, Granularity::Month].into_iter().filter(|finer| *finer < period.granularity()).find_map(|finer| {
            let parts = period.parts(finer, self.context.fiscal_year_start());
            let goals: Option<Vec<(Period, Goal)>> = parts.map(|part| Some((part, self.written_goal(kpi, part)?))).collect();
            together(measured, goals?)
        })
    }
}

/// The target of a period as an input and, where it is put together from finer ones, how.
pub(super) fn target_of(measured: &KpiMeasures, found: &PeriodMeasure, goal: &Goal) -> (Input, Option<Explanation>) {
    let shown = words::amount(measured, found, &goal.value);
    let input = Input::new(since("target", goal), shown.clone(), goal.source.clone());
    if goal.parts.is_empty() {
        return (input, None);
    }
    let mut made = Explanation::new(join!("Target of ", found.period.title()), shown);
    made.formula = join!("the targets of its ", plural(goal.parts[0].0.granularity()), ", ", how(measured.aggregate));
    let terms: Vec<String> = goal.parts.iter().map(|(_, part)| term(&part.value)).collect();
    made.worked = equals(&aggregated(measured.aggregate, &terms), &words::number(measured, found, &goal.value));
    for (period, part) in &goal.parts {
        made.input(since(&period.title(), part), words::with_unit(&words::any(&part.value), &measured.unit), part.source.clone());
    }
    (input, Some(made))
}

fn together(measured: &KpiMeasures, parts: Vec<(Period, Goal)>) -> Option<Goal> {
    let value = aggregate(measured.aggregate, parts.iter().map(|(_, part)| &part.value))?;
    Some(Goal { value, since: None, source: Source::Computed, parts })
}

fn since(label: &str, goal: &Goal) -> String {
    match goal.since {
        Some(from) => join!(label, ", since ", from.title()),
        None => label.to_owned(),
    }
}
