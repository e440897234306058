//! The targets of a KPI, by period.

use super::coarser::aggregate;
use super::exact::Exact;
use crate::model::kpi::{Aggregate, Kpi, Series, Target};
use crate::model::period::{Granularity, Period};
use crate::workspace::kpis::PartnerKpi;
use rust_decimal::Decimal;

/// What is written of a KPI's targets.
///
/// - A single number holds in every period of the granularity in which values are kept, and in no other: a quarterly
///   target of 100 asks for 400 in a year that is added up, not for 100.
/// - A map holds from each of its periods on, among periods of the same granularity.
/// - A target of `metrics.csv` holds in its own period alone, and goes first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Goals {
    target: Option<Target>,
    single: Series<Decimal>,
}

impl Goals {
    pub(super) fn new(kpi: &PartnerKpi) -> Goals {
        Goals { target: kpi.kpi.target.clone(), single: kpi.targets.clone() }
    }

    /// The periods for which a target is written, in no order.
    pub(super) fn periods(&self) -> impl Iterator<Item = Period> {
        let map = match &self.target {
            Some(Target::From(series)) => series.0.as_slice(),
            _ => &[],
        };
        map.iter().chain(&self.single.0).map(|(period, _)| *period)
    }

    /// The target that is written for periods of this granularity, and holds in this one.
    pub(super) fn written(&self, period: Period) -> Option<Exact> {
        let of_map = || match &self.target {
            Some(from @ Target::From(_)) => from.at(period),
            _ => None,
        };
        self.single.get(period).copied().or_else(of_map).map(Exact::from)
    }

    /// The target in a period of the granularity in which values are kept. Targets of finer periods are put together like
    /// actuals, where all of them are there. Targets of coarser ones do not hold here: nobody has said how a year's target
    /// spreads over its quarters.
    pub(super) fn own(&self, period: Period, how: Aggregate, fiscal_year_start: i8) -> Option<Exact> {
        let always = || match self.target {
            Some(Target::Always(number)) => Some(Exact::from(number)),
            _ => None,
        };
        self.written(period).or_else(always).or_else(|| self.of_finer(period, how, fiscal_year_start))
    }

    /// The target of a period from those that are written for finer ones.
    pub(super) fn of_finer(&self, period: Period, how: Aggregate, fiscal_year_start: i8) -> Option<Exact> {
        [Granularity::Quarter, Granularity::Month].into_iter().filter(|finer| *finer < period.granularity()).find_map(|finer| {
            let parts: Option<Vec<Exact>> = period.parts(finer, fiscal_year_start).map(|part| self.written(part)).collect();
            aggregate(how, &parts?)
        })
    }

    /// True when targets are written, but only for longer periods than those in which values are kept.
    pub(super) fn are_coarser(&self, granularity: Granularity) -> bool {
        let always = matches!(self.target, Some(Target::Always(_)));
        let mut written = self.periods().peekable();
        !always && written.peek().is_some() && written.all(|period| period.granularity() > granularity)
    }
}

/// The granularity of a KPI: the declared one where any value is kept by it, else the one of most values, and of two with as
/// many the finer one. So one slip does not take the others away. The second result is true where values are mixed.
pub(super) fn granularity(kpi: &Kpi, goals: &Goals) -> (Granularity, bool) {
    let declared = kpi.frequency.map(crate::model::kpi::Frequency::granularity);
    let values = counts(kpi.actuals.0.iter().map(|(period, _)| *period));
    let mixed = values.iter().filter(|(_, count)| *count > 0).count() > 1;
    let of_values = match declared {
        Some(declared) if values.iter().any(|(granularity, count)| *granularity == declared && *count > 0) => Some(declared),
        _ => most(values),
    };
    let found = of_values.or(declared).or_else(|| most(counts(goals.periods())));
    (found.unwrap_or(Granularity::Quarter), mixed)
}

type Counts = [(Granularity, usize); 3];

fn counts(periods: impl Iterator<Item = Period>) -> Counts {
    let mut counts = [(Granularity::Month, 0), (Granularity::Quarter, 0), (Granularity::Year, 0)];
    for period in periods {
        counts[period.granularity() as usize].1 += 1;
    }
    counts
}

fn most(counts: Counts) -> Option<Granularity> {
    counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(granularity, count)| (*count, std::cmp::Reverse(*granularity)))
        .map(|(g, _)| g)
}
