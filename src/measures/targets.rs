//! How many targets a partner has met. This is never called health.

use std::borrow::Cow;

use super::context::Context;
use super::exact::Exact;
use super::series::{KpiMeasures, PeriodMeasure};
use super::status::Status;
use crate::model::period::Period;

/// How many targets were met in a quarter: `met of of`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TargetsMet {
    /// KPIs that are green.
    pub met: usize,
    /// KPIs that are green, yellow or red.
    pub of: usize,
    /// The plain mean of their attainments, a fraction; `None` where there are none.
    pub mean: Option<Exact>,
    /// The same with every attainment at most 1.
    pub mean_capped: Option<Exact>,
}

impl TargetsMet {
    /// The targets of a quarter. KPIs kept by the month or the year enter as they do into health, those without a category too.
    pub fn new(context: &Context<'_>, kpis: &[KpiMeasures], quarter: Period) -> TargetsMet {
        let (met, of) = TargetsMet::counted(context, kpis, quarter);
        let attained: Vec<Exact> = rated(context, kpis, quarter).filter_map(|found| found.attainment.clone()).collect();
        TargetsMet {
            met,
            of,
            mean: Exact::mean(&attained),
            mean_capped: Exact::mean(&attained.into_iter().map(|fraction| fraction.min(Exact::ONE)).collect::<Vec<_>>()),
        }
    }

    /// How many targets of a quarter were met, of how many.
    pub fn counted(context: &Context<'_>, kpis: &[KpiMeasures], quarter: Period) -> (usize, usize) {
        rated(context, kpis, quarter).fold((0, 0), |(met, of), found| (met + usize::from(found.status == Status::Green), of + 1))
    }
}

/// What is rated in a quarter.
fn rated<'a>(context: &Context<'_>, kpis: &'a [KpiMeasures], quarter: Period) -> impl Iterator<Item = Cow<'a, PeriodMeasure>> {
    kpis.iter().filter_map(move |kpi| kpi.in_quarter(context, quarter)).filter(|found| found.status.is_rated())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, partner, settings};
    use super::*;

    fn met(front_matter: &str) -> (String, String) {
        let settings = settings("");
        let context = Context::new(&settings, day("2026-11-20"));
        let kpis: Vec<KpiMeasures> = partner(&settings, front_matter).kpis.iter().map(|kpi| KpiMeasures::new(&context, kpi)).collect();
        let found = TargetsMet::new(&context, &kpis, context.quarter);
        let show = |mean: Option<Exact>| mean.map_or("none".to_owned(), |mean| mean.percent().show(1, &[]));
        (format!("{} of {}", found.met, found.of), format!("{} {}", show(found.mean), show(found.mean_capped)))
    }

    #[test]
    fn targets_are_counted() {
        let four = "kpis:
  revenue: {target: 500000, actuals: {2026-Q2: 375000, 2026-Q3: 450000}}
  customers: {target: 50, actuals: {2026-Q3: 62}}
  co-marketing: {target: 4, actuals: {2026-Q3: 4}}
  satisfaction: {target: 8, actuals: {2026-Q3: 7.5}}";
        assert_eq!(met(four), ("2 of 4".to_owned(), "101.9 95.9".to_owned()));
    }

    #[test]
    fn what_is_not_rated_does_not_count() {
        let none = "kpis: {leads: {actuals: {2026-Q3: 5}}, customers: {target: 5, actuals: {2026-Q3: n/a}}, roi: {target: 5, actuals: {2026-Q4: 5}}}";
        assert_eq!(met(none), ("0 of 0".to_owned(), "none none".to_owned()));
        let others = "kpis: {own: {target: 5, actuals: {2025: 5}}, leads: {target: 5, actuals: {2026-07: 5, 2026-08: 5, 2026-09: 4}}}";
        assert_eq!(met(others).0, "1 of 2");
    }
}
