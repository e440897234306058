//! A KPI of a partner over time.

use super::attainment::{Aim, attainment};
use super::context::Context;
use super::exact::Exact;
use super::goals::{self, Goals};
use super::status::Status;
use super::trend::{Better, Tendency, Trend};
use crate::model::kpi::{Actual, Aggregate, Category, Direction};
use crate::model::period::{Granularity, Period};
use crate::workspace::kpis::PartnerKpi;

/// Gaps of more periods than this are not filled: somebody has mistyped a year.
const LONGEST_GAP: i32 = 100;

/// How many of the finer values of a period there are, where some are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partial {
    /// So many are there.
    pub have: u8,
    /// So many are needed.
    pub of: u8,
}

/// A KPI in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodMeasure {
    /// The period.
    pub period: Period,
    /// What was reached, in the unit of the KPI. In an open period it is what was written so far.
    pub actual: Option<Exact>,
    /// What should be reached, where that is no range.
    pub target: Option<Exact>,
    /// The bounds of a range in this period, both included.
    pub range: Option<Box<(Exact, Exact)>>,
    /// A fraction: 1 is 100 %. Only in closed periods; never below 0, and not capped.
    pub attainment: Option<Exact>,
    /// Its colour, or why it has none.
    pub status: Status,
    /// Compared with the period before; only in closed periods. None after a gap.
    pub trend: Option<Trend>,
    /// For a coarser period: that some of its finer values are missing.
    pub partial: Option<Partial>,
}

/// What is known of a period.
pub(super) enum Reading {
    Value(Exact),
    NotApplicable,
    Nothing,
}

/// A KPI of a partner over time.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiMeasures {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// A word, a currency code, `%`, or nothing.
    pub unit: String,
    /// What it says something about.
    pub category: Option<Category>,
    /// Its weight in its category; never negative.
    pub weight: Exact,
    /// Which way is better.
    pub direction: Direction,
    /// Where it started.
    pub baseline: Option<Exact>,
    /// How its finer values become coarser ones.
    pub aggregate: Aggregate,
    /// True where the values of several partners can be added up.
    pub adds_up: bool,
    /// The granularity of its values: the declared one, else the one of most of them.
    pub granularity: Granularity,
    /// True when values of several granularities are written. Those of another one than `granularity` are not looked at.
    pub mixed: bool,
    /// True when targets are written only for longer periods than values. They hold in those, and single periods have none.
    pub coarse_targets: bool,
    /// Its periods, ascending: every one from the first that is written to the latest closed one that has an actual or a target,
    /// with the gaps between them, and open ones that have a value.
    pub periods: Vec<PeriodMeasure>,
    pub(super) goals: Goals,
}

impl KpiMeasures {
    /// The measures of a KPI.
    pub fn new(context: &Context<'_>, kpi: &PartnerKpi) -> KpiMeasures {
        let goals = Goals::new(kpi);
        let (granularity, mixed) = goals::granularity(&kpi.kpi, &goals);
        let mut new = KpiMeasures {
            id: kpi.id.clone(),
            name: kpi.name(),
            unit: kpi.kpi.unit.clone().unwrap_or_default(),
            category: kpi.kpi.category,
            weight: kpi.kpi.weight.map_or(Exact::ONE, Exact::from).not_below_zero(),
            direction: kpi.kpi.direction.unwrap_or(Direction::Higher),
            baseline: kpi.kpi.baseline.map(Exact::from),
            aggregate: kpi.kpi.aggregation(),
            adds_up: kpi.kpi.adds_up(),
            granularity,
            mixed,
            coarse_targets: goals.are_coarser(granularity),
            periods: Vec::new(),
            goals,
        };
        let periods = new.listed_periods(context, kpi);
        let mut known: Option<(Period, Exact)> = None;
        new.periods.reserve_exact(periods.len());
        for period in periods {
            let reading = match kpi.kpi.actuals.get(period) {
                Some(Actual::Value(number)) => Reading::Value(Exact::from(*number)),
                Some(Actual::NotApplicable) => Reading::NotApplicable,
                Some(Actual::Unknown) | None => Reading::Nothing,
            };
            let target = new.goals.own(period, new.aggregate, context.fiscal_year_start());
            let mut measure = new.measure(context, period, reading, target, 1);
            if let Some(actual) = measure.actual.as_ref().filter(|_| context.is_closed(period)) {
                measure.trend = match &known {
                    None => Some(Trend::NEW),
                    Some((before, value)) => (before.next() == period).then(|| new.trend(value, actual, 1)),
                };
                known = Some((period, actual.clone()));
            }
            new.periods.push(measure);
        }
        new
    }

    /// The category in which it counts for health: a financial KPI is a business one.
    pub fn health_category(&self) -> Option<Category> {
        match self.category {
            Some(Category::Financial) => Some(Category::Business),
            category => category,
        }
    }

    /// The measure of a period that is in the list.
    pub fn listed(&self, period: Period) -> Option<&PeriodMeasure> {
        self.periods.binary_search_by_key(&period, |known| known.period).ok().and_then(|at| self.periods.get(at))
    }

    /// The newest closed period with a value.
    pub fn latest(&self, context: &Context<'_>) -> Option<&PeriodMeasure> {
        self.periods.iter().rev().find(|known| known.actual.is_some() && context.is_closed(known.period))
    }

    /// The period that stands for the KPI: the newest closed one with a value, else the newest.
    pub fn current(&self, context: &Context<'_>) -> Option<&PeriodMeasure> {
        self.latest(context).or(self.periods.last())
    }

    /// The number of consecutive declines up to the newest closed period with a value. Two declines need three periods in a
    /// row; a gap ends the run.
    pub fn declining_run(&self, context: &Context<'_>) -> usize {
        let from_latest = self.periods.iter().rev().skip_while(|known| known.actual.is_none() || !context.is_closed(known.period));
        from_latest.take_while(|known| known.trend.as_ref().is_some_and(|trend| trend.tendency == Tendency::Declining)).count()
    }

    /// The age of the data: days from the end of the newest period with a value, 0 for one that has not ended. `None` where
    /// nothing was ever measured.
    pub fn data_age(&self, context: &Context<'_>) -> Option<i32> {
        let newest = self.periods.iter().rev().find(|known| known.actual.is_some())?;
        let last = newest.period.last_day(context.fiscal_year_start())?;
        Some((context.as_of - last).get_days().max(0))
    }

    /// The bounds of a range in a period made of `parts` finer ones. What is added up over several periods has bounds that are.
    fn better(&self, parts: usize) -> Better {
        match self.direction {
            Direction::Higher => Better::Higher,
            Direction::Lower => Better::Lower,
            Direction::Range(lo, hi) => Better::Within(self.times(&Exact::from(lo), parts), self.times(&Exact::from(hi), parts)),
        }
    }

    fn times(&self, number: &Exact, parts: usize) -> Exact {
        match self.aggregate {
            Aggregate::Sum => number * &Exact::from(i64::try_from(parts).unwrap_or(1)),
            _ => number.clone(),
        }
    }

    pub(super) fn trend(&self, before: &Exact, actual: &Exact, parts: usize) -> Trend {
        Trend::between(&self.better(parts), before, actual)
    }

    /// All but the trend, of a period made of `parts` finer ones.
    pub(super) fn measure(
        &self,
        context: &Context<'_>,
        period: Period,
        reading: Reading,
        target: Option<Exact>,
        parts: usize,
    ) -> PeriodMeasure {
        let better = self.better(parts);
        let range = match &better {
            Better::Within(lo, hi) => Some(Box::new((lo.clone(), hi.clone()))),
            _ => None,
        };
        let mut new =
            PeriodMeasure { period, actual: None, target, range, attainment: None, status: Status::Missing, trend: None, partial: None };
        let actual = match reading {
            Reading::NotApplicable => {
                new.status = Status::NotApplicable;
                return new;
            }
            Reading::Nothing => None,
            Reading::Value(actual) => Some(actual),
        };
        if !context.is_closed(period) {
            new.status = Status::Open;
        } else if let Some(actual) = &actual {
            let aim = match (better, &new.target) {
                (Better::Within(lo, hi), _) => Some(Aim::Within(lo, hi)),
                (Better::Higher, Some(target)) => Some(Aim::AtLeast(target.clone())),
                (Better::Lower, Some(target)) => Some(Aim::AtMost(target.clone())),
                (_, None) => None,
            };
            let baseline = self.baseline.as_ref().map(|baseline| self.times(baseline, parts));
            match aim.map(|aim| attainment(&aim, baseline.as_ref(), actual)) {
                None => new.status = Status::NoTarget,
                Some(Err(reason)) => new.status = Status::NoFormula(reason),
                Some(Ok(attained)) => {
                    new.status = context.thresholds.status(&attained);
                    new.attainment = Some(attained);
                }
            }
        }
        new.actual = actual;
        new
    }

    /// The periods of the list, ascending.
    fn listed_periods(&self, context: &Context<'_>, kpi: &PartnerKpi) -> Vec<Period> {
        let own = |period: &Period| period.granularity() == self.granularity;
        let actuals = kpi.kpi.actuals.0.iter().map(|(period, _)| *period);
        let mut written: Vec<Period> = actuals.chain(self.goals.periods()).filter(own).collect();
        written.sort_unstable();
        written.dedup();
        let (closed, open): (Vec<Period>, Vec<Period>) = written.into_iter().partition(|period| context.is_closed(*period));
        let mut all = Vec::with_capacity(closed.len() + open.len());
        let latest = context.latest_closed(self.granularity);
        let is_aimed =
            matches!(self.direction, Direction::Range(..)) || self.goals.own(latest, self.aggregate, context.fiscal_year_start()).is_some();
        let end = closed.last().copied().filter(|last| is_aimed && latest.ordinal() - last.ordinal() <= LONGEST_GAP).map(|_| latest);
        for period in closed.into_iter().chain(end) {
            match all.last().map(|last: &Period| last.ordinal() + 1..=period.ordinal()) {
                Some(gap) if gap.end() - gap.start() < LONGEST_GAP => {
                    all.extend(gap.map(|ordinal| Period::from_ordinal(self.granularity, ordinal)));
                }
                _ => all.push(period),
            }
        }
        let has_reading = |period: &Period| kpi.kpi.actuals.get(*period).is_some_and(|actual| *actual != Actual::Unknown);
        all.extend(open.into_iter().filter(has_reading));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{measured, measured_in, period};
    use super::*;

    /// Every period with its status, and its trend where it has one.
    fn list(kpi: &KpiMeasures, _: &Context<'_>) -> Vec<String> {
        let trend = |measure: &PeriodMeasure| measure.trend.as_ref().map_or(String::new(), |trend| format!(" {}", trend.tendency.word()));
        kpi.periods.iter().map(|measure| format!("{} {}{}", measure.period, measure.status.word(), trend(measure))).collect()
    }

    #[test]
    fn a_quarter_has_status_attainment_and_trend() {
        let text = "{target: 500000, actuals: {2026-Q2: 375000, 2026-Q3: 450000}}";
        measured("revenue", text, |kpi, context| {
            let latest = kpi.latest(context).unwrap();
            assert_eq!(latest.attainment.as_ref().map(|fraction| fraction.percent().show(1, &[])).as_deref(), Some("90"));
            assert_eq!((latest.status, latest.period), (Status::Yellow, context.quarter));
            assert_eq!(list(kpi, context), ["2026-Q2 red new", "2026-Q3 yellow improving"]);
            assert_eq!(kpi.data_age(context), Some(51), "from 30 September to 20 November");
        });
    }

    #[test]
    fn gaps_are_listed_and_have_no_trend() {
        let text = "{target: 10, actuals: {2025-Q1: 10, 2025-Q2: null, 2025-Q4: n/a, 2026-Q1: 9, 2026-Q4: 12}}";
        let expected = [
            "2025-Q1 green new",
            "2025-Q2 missing",
            "2025-Q3 missing",
            "2025-Q4 n/a",
            "2026-Q1 yellow",
            "2026-Q2 missing",
            "2026-Q3 missing",
            "2026-Q4 open",
        ];
        assert_eq!(measured("leads", text, list), expected);
    }

    #[test]
    fn without_a_target_the_list_ends_with_the_last_value() {
        assert_eq!(
            measured("leads", "{actuals: {2025-Q3: 10, 2025-Q4: 12}}", list),
            ["2025-Q3 no target new", "2025-Q4 no target improving"]
        );
        assert_eq!(measured("leads", "{target: 5}", list), [] as [&str; 0], "nothing was ever written for a period");
        let target = "{target: {2026-Q1: 5, 2026-Q3: 6}, actuals: {2026-Q2: 5}}";
        assert_eq!(measured("leads", target, list), ["2026-Q1 missing", "2026-Q2 green new", "2026-Q3 missing"]);
        let range = "{direction: {range: [4, 6]}, actuals: {2026-Q1: 5}}";
        assert_eq!(measured("leads", range, list), ["2026-Q1 green new", "2026-Q2 missing", "2026-Q3 missing"]);
    }

    #[test]
    fn absurd_gaps_are_not_filled() {
        let text = "{target: 5, actuals: {0001-Q1: 5, 2026-Q2: 5, 9999-Q4: 5, 9999-Q3: null}}";
        assert_eq!(measured("leads", text, list), ["0001-Q1 green new", "2026-Q2 green", "2026-Q3 missing", "9999-Q4 open"]);
        assert_eq!(measured("leads", "{target: 5, actuals: {1999-Q1: 5}}", list), ["1999-Q1 green new"]);
        assert_eq!(measured("leads", "{target: 5, actuals: {2001-Q3: 5, 2026-Q3: 5}}", |kpi, _| kpi.periods.len()), 101);
        assert_eq!(measured("leads", "{target: 5, actuals: {2001-Q2: 5, 2026-Q3: 5}}", |kpi, _| kpi.periods.len()), 2);
    }

    #[test]
    fn two_declines_need_three_periods_in_a_row() {
        let run = |actuals: &str| measured("leads", &format!("{{actuals: {{{actuals}}}}}"), KpiMeasures::declining_run);
        assert_eq!(run("2026-Q1: 10, 2026-Q2: 9, 2026-Q3: 8"), 2);
        assert_eq!(run("2026-Q1: 10, 2026-Q2: 9, 2026-Q3: 8, 2026-Q4: 1"), 2, "the open quarter says nothing yet");
        assert_eq!(run("2025-Q4: 10, 2026-Q1: 9, 2026-Q2: 8, 2026-Q3: n/a"), 2, "up to the newest value");
        assert_eq!(run("2025-Q4: 10, 2026-Q1: 9, 2026-Q3: 8"), 0, "a gap");
        assert_eq!(run("2026-Q1: 8, 2026-Q2: 9, 2026-Q3: 8"), 1);
        assert_eq!(run("2026-Q1: 10, 2026-Q2: 9, 2026-Q3: 9"), 0);
        assert_eq!(run("2026-Q3: 9"), 0);
    }

    #[test]
    fn one_slip_does_not_take_the_others_away() {
        let text = "{actuals: {2026-Q1: 1, 2026-Q2: 2, 2026-08: 3}}";
        measured("leads", text, |kpi, _| assert_eq!((kpi.granularity, kpi.mixed, kpi.periods.len()), (Granularity::Quarter, true, 2)));
        let even = "{actuals: {2026-Q2: 2, 2026-08: 3}}";
        measured("leads", even, |kpi, _| assert_eq!((kpi.granularity, kpi.mixed), (Granularity::Month, true)));
        let declared = "{frequency: year, actuals: {2026-Q1: 1, 2026-Q2: 2, 2025: 3}}";
        measured("leads", declared, |kpi, _| assert_eq!(kpi.granularity, Granularity::Year));
        let undeclared = "{frequency: year, actuals: {2026-Q1: 1}}";
        measured("leads", undeclared, |kpi, _| assert_eq!((kpi.granularity, kpi.mixed), (Granularity::Quarter, false)));
    }

    #[test]
    fn the_targets_of_years_do_not_hold_in_quarters() {
        let text = "{target: {2026: 100}, actuals: {2026-Q1: 20}}";
        measured("leads", text, |kpi, _| assert_eq!((kpi.coarse_targets, kpi.periods[0].status), (true, Status::NoTarget)));
        let months = "{target: {2026-01: 5}, actuals: {2026-Q1: 12}}";
        measured("leads", months, |kpi, _| {
            assert_eq!((kpi.coarse_targets, kpi.periods[0].target.clone()), (false, Some(Exact::from(15))));
        });
    }

    #[test]
    fn a_period_closes_with_the_fiscal_year() {
        let text = "{target: 5, actuals: {2027-Q1: 4, 2027-Q2: 9}}";
        let all = measured_in("fiscal_year_start: 7", "leads", text, list);
        assert_eq!(all, ["2027-Q1 yellow new", "2027-Q2 open"], "July to September, and October to December");
    }

    #[test]
    fn strange_numbers_have_a_reason_and_no_colour() {
        measured("leads", "{target: -5, actuals: {2026-Q3: 4}}", |kpi, _| {
            assert_eq!(kpi.periods[0].status, Status::NoFormula(super::super::attainment::NoFormula::NegativeTarget));
        });
        measured("leads", "{weight: -2, actuals: {2026-Q3: 4}}", |kpi, _| {
            assert_eq!((kpi.weight.clone(), kpi.listed(period("2026-Q2")).is_none()), (Exact::ZERO, true));
        });
    }
}
