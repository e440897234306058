//! Values of coarser periods, put together from finer ones.

use std::borrow::Cow;

use super::context::{Context, MissingRate};
use super::exact::Exact;
use super::series::{KpiMeasures, Partial, PeriodMeasure, Reading};
use super::status::Status;
use crate::model::kpi::Aggregate;
use crate::model::period::{Granularity, Period};

/// Finer values as one coarser value; `None` where there are none.
pub fn aggregate<'a>(how: Aggregate, values: impl IntoIterator<Item = &'a Exact>) -> Option<Exact> {
    let mut values = values.into_iter().peekable();
    values.peek()?;
    match how {
        Aggregate::Sum => Some(values.fold(Exact::ZERO, |sum, value| sum + value)),
        Aggregate::Last => values.last().cloned(),
        Aggregate::Average => Exact::mean(values),
        Aggregate::Min => values.min().cloned(),
        Aggregate::Max => values.max().cloned(),
    }
}

/// The finer periods of a coarser one.
struct Parts<'a> {
    /// Those with a value.
    measured: Vec<&'a PeriodMeasure>,
    /// How many do not apply.
    not_applicable: usize,
    /// How many there are.
    of: usize,
}

impl Parts<'_> {
    fn complete(&self) -> bool {
        self.measured.len() + self.not_applicable == self.of
    }

    fn reading(&self, how: Aggregate) -> Reading {
        match aggregate(how, self.measured.iter().filter_map(|part| part.actual.as_ref())) {
            Some(value) if self.complete() => Reading::Value(value),
            None if self.complete() => Reading::NotApplicable,
            _ => Reading::Nothing,
        }
    }

    fn partial(&self) -> Option<Partial> {
        let have = self.measured.len() + self.not_applicable;
        let small = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
        (have > 0 && !self.complete()).then(|| Partial { have: small(have), of: small(self.of) })
    }
}

impl KpiMeasures {
    /// The KPI in any period of its own granularity or a coarser one; `None` in a finer one.
    ///
    /// A coarser value is there only where every finer one is. Finer periods that do not apply (`n/a`) are left out, of the
    /// actuals and of the targets; where none applies, the coarser one does not either. Where some are missing there is no
    /// value, and `partial` says how many there are. A target that is written for the coarser period goes before the
    /// finer ones put together.
    pub fn at(&self, context: &Context<'_>, period: Period) -> Option<PeriodMeasure> {
        if period.granularity() < self.granularity {
            return None;
        }
        if period.granularity() == self.granularity {
            return Some(self.listed(period).cloned().unwrap_or_else(|| {
                let target = self.goals.own(period, self.aggregate, context.fiscal_year_start());
                self.measure(context, period, Reading::Nothing, target, 1)
            }));
        }
        let parts = self.parts(context, period);
        let mut found = self.measure(
            context,
            period,
            parts.reading(self.aggregate),
            self.coarser_target(context, period, &parts),
            parts.of - parts.not_applicable,
        );
        found.partial = parts.partial();
        if context.is_closed(period)
            && let Some(actual) = &found.actual
        {
            let value = |period| match self.parts(context, period).reading(self.aggregate) {
                Reading::Value(value) => Some(value),
                _ => None,
            };
            found.trend = match value(period.previous()) {
                Some(before) => Some(self.trend(&before, actual, parts.measured.len())),
                // A period before it that has only some of its values is a gap all the same: this is not the first one.
                None if self.has_value_before(context, period) => None,
                None => Some(super::trend::Trend::NEW),
            };
        }
        Some(found)
    }

    /// The KPI as it enters a quarter: monthly values put together, quarterly ones as they are. A KPI kept by the year enters
    /// with the latest closed year that ended in the quarter or in the three quarters before.
    pub fn in_quarter(&self, context: &Context<'_>, quarter: Period) -> Option<Cow<'_, PeriodMeasure>> {
        let period = match self.granularity {
            Granularity::Year => year_of(quarter, context.fiscal_year_start()).filter(|year| context.is_closed(*year))?,
            _ => quarter,
        };
        match self.listed(period) {
            Some(found) => Some(Cow::Borrowed(found)),
            None => self.at(context, period).map(Cow::Owned),
        }
    }

    /// The value of a period in the workspace's currency, each part at the rate of its own period. `None` where there is no
    /// complete value.
    ///
    /// # Errors
    /// The rates that are missing.
    pub fn money_at(&self, context: &Context<'_>, currency: &str, period: Period) -> Result<Option<Exact>, Vec<MissingRate>> {
        if period.granularity() < self.granularity {
            return Ok(None);
        }
        let parts = self.parts(context, period);
        if !parts.complete() {
            return Ok(None);
        }
        let mut missing = Vec::new();
        let mut converted = Vec::with_capacity(parts.measured.len());
        for part in &parts.measured {
            match part.actual.as_ref().map(|actual| context.convert(actual, currency, part.period)) {
                Some(Ok(amount)) => converted.push(amount),
                Some(Err(rate)) => missing.push(rate),
                None => {}
            }
        }
        if missing.is_empty() { Ok(aggregate(self.aggregate, &converted)) } else { Err(missing) }
    }

    /// True when a period has some of its finer values, and not all.
    pub fn is_partial(&self, context: &Context<'_>, period: Period) -> bool {
        period.granularity() > self.granularity && self.parts(context, period).partial().is_some()
    }

    fn parts(&self, context: &Context<'_>, period: Period) -> Parts<'_> {
        let mut parts = Parts { measured: Vec::new(), not_applicable: 0, of: 0 };
        for part in period.parts(self.granularity, context.fiscal_year_start()) {
            parts.of += 1;
            match self.listed(part) {
                Some(found) if found.actual.is_some() => parts.measured.push(found),
                Some(found) if found.status == Status::NotApplicable => parts.not_applicable += 1,
                _ => {}
            }
        }
        parts
    }

    fn coarser_target(&self, context: &Context<'_>, period: Period, parts: &Parts<'_>) -> Option<Exact> {
        let start = context.fiscal_year_start();
        let of_parts = || {
            let targets: Option<Vec<Exact>> = if parts.complete() {
                parts.measured.iter().map(|part| part.target.clone()).collect()
            } else {
                period.parts(self.granularity, start).map(|part| self.goals.own(part, self.aggregate, start)).collect()
            };
            aggregate(self.aggregate, &targets?)
        };
        self.goals.written(period).or_else(of_parts).or_else(|| self.goals.of_finer(period, self.aggregate, start))
    }

    /// True when there is a finer value before a coarser period.
    fn has_value_before(&self, context: &Context<'_>, period: Period) -> bool {
        let within = |part: Period| part.within(period.granularity(), context.fiscal_year_start());
        self.periods.iter().any(|part| part.actual.is_some() && within(part.period).is_some_and(|within| within < period))
    }
}

/// The one year that ended in a quarter or in the three quarters before.
pub(super) fn year_of(quarter: Period, fiscal_year_start: i8) -> Option<Period> {
    let year = quarter.within(Granularity::Year, fiscal_year_start)?;
    let is_last = year.parts(Granularity::Quarter, fiscal_year_start).last() == Some(quarter);
    Some(if is_last { year } else { year.previous() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, exact, kpi, measured, measured_in, period, settings};
    use super::*;

    /// Actual, target, status, and what is there of what is needed.
    fn at(kpi: &KpiMeasures, context: &Context<'_>, text: &str) -> String {
        let Some(found) = kpi.at(context, period(text)) else { return "none".to_owned() };
        let number = |number: &Option<Exact>| number.as_ref().map_or("-".to_owned(), |number| number.show(2, &[]));
        let partial = found.partial.map_or(String::new(), |partial| format!(" {}/{}", partial.have, partial.of));
        let trend = found.trend.as_ref().map_or(String::new(), |trend| format!(" {}", trend.tendency.word()));
        format!("{} of {} {}{partial}{trend}", number(&found.actual), number(&found.target), found.status.word())
    }

    const MONTHS: &str = "2026-04: 10, 2026-05: 20, 2026-06: 40, 2026-07: 30, 2026-08: 20, 2026-09: 25, 2026-10: 9";

    #[test]
    fn months_become_quarters() {
        let quarter = |id: &str, how: &str, at_period: &str| {
            measured(id, &format!("{{{how}target: 25, actuals: {{{MONTHS}}}}}"), |kpi, context| at(kpi, context, at_period))
        };
        assert_eq!(quarter("leads", "", "2026-Q2"), "70 of 75 yellow new");
        assert_eq!(quarter("leads", "", "2026-Q3"), "75 of 75 green improving");
        assert_eq!(quarter("awareness", "", "2026-Q2"), "23.33 of 25 yellow new");
        assert_eq!(quarter("satisfaction", "", "2026-Q3"), "25 of 25 green declining");
        assert_eq!(quarter("leads", "aggregate: min, ", "2026-Q3"), "20 of 25 yellow improving");
        assert_eq!(quarter("leads", "aggregate: max, ", "2026-Q3"), "30 of 25 green declining");
        assert_eq!(quarter("leads", "", "2026-Q4"), "- of 75 open 1/3");
        assert_eq!(quarter("leads", "", "2026"), "- of 300 open 7/12");
        assert_eq!(quarter("leads", "", "2026-Q1"), "- of 75 missing");
        assert_eq!(quarter("leads", "", "2026-08"), "20 of 25 yellow declining");
    }

    #[test]
    fn quarters_become_fiscal_years_and_never_months() {
        let text = "{target: 100, actuals: {2026-Q1: 90, 2026-Q2: 110, 2026-Q3: 100, 2026-Q4: 120, 2025-Q4: 80}}";
        measured_in("fiscal_year_start: 7", "leads", text, |kpi, context| {
            assert_eq!(at(kpi, context, "2026"), "420 of 400 green", "one quarter of the year before is there, so it is not the first");
            assert_eq!(at(kpi, context, "2025"), "- of 400 missing 1/4");
            assert_eq!(at(kpi, context, "2026-06"), "none");
        });
    }

    #[test]
    fn what_does_not_apply_is_left_out_of_both_sides() {
        let text = "{target: 10, actuals: {2026-07: 9, 2026-08: n/a, 2026-09: 12, 2026-04: n/a, 2026-05: n/a, 2026-06: n/a}}";
        measured("leads", text, |kpi, context| {
            assert_eq!(at(kpi, context, "2026-Q3"), "21 of 20 green new");
            assert_eq!(at(kpi, context, "2026-Q2"), "- of - n/a");
        });
    }

    #[test]
    fn a_written_target_of_the_year_goes_first() {
        let text = "{target: {2025: 500}, actuals: {2025-Q1: 90, 2025-Q2: 110, 2025-Q3: 100, 2025-Q4: 120}}";
        measured("leads", text, |kpi, context| {
            assert_eq!(
                (at(kpi, context, "2025").as_str(), at(kpi, context, "2025-Q4").as_str()),
                ("420 of 500 yellow new", "120 of - no target improving")
            );
        });
    }

    #[test]
    fn a_range_and_a_baseline_add_up_as_well() {
        let text = "{direction: {range: [10, 20]}, actuals: {2026-07: 9, 2026-08: 25, 2026-09: 26}}";
        measured("leads", text, |kpi, context| assert_eq!(at(kpi, context, "2026-Q3"), "60 of - green new"));
        let text = "{target: 20, baseline: 10, actuals: {2026-07: 15, 2026-08: 15, 2026-09: 15}}";
        measured("leads", text, |kpi, context| {
            let found = kpi.at(context, period("2026-Q3")).unwrap();
            assert_eq!(found.attainment, Exact::ratio(1, 2));
        });
    }

    #[test]
    fn after_a_gap_a_quarter_has_no_trend() {
        let text = "{actuals: {2026-01: 1, 2026-02: 1, 2026-03: 1, 2026-04: 1, 2026-07: 1, 2026-08: 1, 2026-09: 1}}";
        measured("leads", text, |kpi, context| {
            assert_eq!(at(kpi, context, "2026-Q2"), "- of - missing 1/3");
            assert_eq!(at(kpi, context, "2026-Q3"), "3 of - no target");
        });
    }

    #[test]
    fn a_year_enters_the_quarters_after_it() {
        let text = "{target: 10, actuals: {2024: 8, 2025: 9, 2026: 11}}";
        measured("leads", text, |kpi, context| {
            let enters = |quarter: &str| kpi.in_quarter(context, period(quarter)).map(|found| found.period.to_string());
            assert_eq!(enters("2025-Q4").as_deref(), Some("2025"), "ended in it");
            assert_eq!(enters("2026-Q3").as_deref(), Some("2025"), "ended in the three quarters before");
            assert_eq!(enters("2025-Q3").as_deref(), Some("2024"));
            assert_eq!(enters("2026-Q4"), None, "the year is open");
        });
    }

    #[test]
    fn each_part_is_converted_at_its_own_rate() {
        let settings = settings("fx: {2026-Q2: {EUR: 2}, 2026-Q3: {EUR: 1.5}, 2026-08: {EUR: 3}}");
        let context = Context::new(&settings, day("2026-11-20"));
        let text = "{unit: EUR, actuals: {2026-06: 5, 2026-07: 10, 2026-08: 10, 2026-09: 10, 2026-03: 1, 2026-02: 1, 2026-01: 1}}";
        let kpi = KpiMeasures::new(&context, &kpi(&settings, "revenue", text));
        assert_eq!(kpi.money_at(&context, "EUR", period("2026-Q3")), Ok(Some(exact("60"))));
        assert_eq!(kpi.money_at(&context, "EUR", period("2026-06")), Ok(Some(exact("10"))));
        assert_eq!(kpi.money_at(&context, "EUR", period("2026-Q2")), Ok(None), "two months are missing");
        assert_eq!(kpi.money_at(&context, "USD", period("2026-Q1")), Ok(Some(exact("3"))));
        let missing = kpi.money_at(&context, "EUR", period("2026-Q1")).unwrap_err();
        assert_eq!(missing.len(), 3);
        assert!(kpi.is_partial(&context, period("2026-Q2")) && !kpi.is_partial(&context, period("2026-Q3")));
    }
}
