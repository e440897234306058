//! Unmeasured partnerships cannot be improved.
//!
//! One cause is one finding: where nothing is measured at all, `kpi/unmeasured` speaks alone; where a KPI is no longer kept,
//! `kpi/stale` does.

mod declining;
mod gap;
mod gap_without_issue;
mod missing_actual;
mod missing_rate;
mod mixed_periods;
mod no_formula;
mod no_target;
mod one_category;
mod prose;
mod stale;
mod stated;
mod typed_number_differs;
pub(super) mod unmeasured;

use std::sync::Arc;

use super::{Lint, Subject};
use crate::diagnostics::Place;
use crate::measures::{KpiMeasures, PeriodMeasure, Status, is_measured, words};
use crate::model::kpi::Commitment;
use crate::model::period::{Granularity, Period};
use crate::model::settings_file::Phase;
use crate::route;
use crate::workspace::kpis::PartnerKpi;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[
    &unmeasured::LINT,
    &no_target::LINT,
    &missing_actual::LINT,
    &stale::LINT,
    &gap::LINT,
    &gap_without_issue::LINT,
    &declining::LINT,
    &mixed_periods::LINT,
    &no_formula::LINT,
    &missing_rate::LINT,
    &typed_number_differs::LINT,
    &one_category::LINT,
];

/// A KPI whose newest value is so many periods behind the latest closed one is still kept.
const STILL_KEPT: i32 = 2;

/// The first of the last four closed quarters.
fn first_quarter(partner: &Subject<'_>) -> Period {
    Period::from_ordinal(Granularity::Quarter, partner.whole.context.quarter.ordinal() - 3)
}

/// True where nothing is measured of a partner of whom something should be: it has no KPI, or none with a value in the last four
/// closed quarters or since.
fn is_unmeasured(partner: &Subject<'_>) -> bool {
    if !partner.is_from(Phase::Onboarding) {
        return false;
    }
    partner.entry.kpis.is_empty() || !is_measured(&partner.whole.context, partner.entry)
}

/// True where `kpi/unmeasured` tells that nothing is measured, and the other rules need not.
pub(super) fn tells_unmeasured(partner: &Subject<'_>) -> bool {
    partner.hears_of(&unmeasured::LINT) && is_unmeasured(partner)
}

/// True for what somebody has said of a period: a value, or that it does not apply.
fn is_read(measure: &PeriodMeasure) -> bool {
    measure.actual.is_some() || measure.status == Status::NotApplicable
}

/// The newest period of which anything is said.
fn newest<'a>(partner: &Subject<'_>, kpi: &'a KpiMeasures) -> Option<&'a PeriodMeasure> {
    kpi.periods.iter().rfind(|measure| is_read(measure) && partner.whole.context.has_begun(measure.period))
}

/// How many closed periods there are after the newest one of which anything is said.
fn periods_behind(partner: &Subject<'_>, kpi: &KpiMeasures) -> Option<i32> {
    let newest = newest(partner, kpi)?;
    Some(partner.whole.context.latest_closed(kpi.granularity).ordinal() - newest.period.ordinal())
}

/// True where the newest value of a KPI is more than two periods old.
fn is_stale(partner: &Subject<'_>, kpi: &KpiMeasures) -> bool {
    periods_behind(partner, kpi).is_some_and(|behind| behind > STILL_KEPT)
}

/// The latest closed period of a KPI, where its attainment is red.
fn missed<'a>(partner: &Subject<'_>, kpi: &'a KpiMeasures) -> Option<&'a PeriodMeasure> {
    let latest = kpi.listed(partner.whole.context.latest_closed(kpi.granularity))?;
    (latest.status == Status::Red && !tells_unmeasured(partner)).then_some(latest)
}

/// True where a contract asks for a target, and nobody has opened an issue about anything.
fn is_contractual_without_issue(partner: &Subject<'_>, kpi: &PartnerKpi) -> bool {
    partner.hears_of(&gap_without_issue::LINT)
        && kpi.kpi.commitment == Some(Commitment::Contractual)
        && !partner.issues().any(|(_, issue)| issue.is_open())
}

/// How far a KPI has missed its target, in words.
fn shortfall(partner: &Subject<'_>, kpi: &KpiMeasures, measure: &PeriodMeasure) -> Option<String> {
    Some(format!(
        "`{}` of `{}` reached {} of its target in {}: {}, target {}",
        kpi.id,
        partner.id(),
        words::attainment(&partner.whole.context, measure.attainment.as_ref()?),
        measure.period,
        words::amount(kpi, measure, measure.actual.as_ref()?),
        words::target(kpi, measure)?
    ))
}

/// Where a value of a period should be written: beside the newest value before it, in the file in which that stands.
fn place_for(partner: &Subject<'_>, kpi: &PartnerKpi, period: Period) -> (Arc<str>, Place) {
    let own = || Place::Key(route!["kpis", &kpi.id, "actuals", &period.to_string()]);
    if kpi.given.iter().any(|given| given.period == period && !given.target) {
        return partner.actual(kpi, period);
    }
    let before = kpi.kpi.actuals.0.iter().rfind(|(known, _)| *known < period && known.granularity() == period.granularity());
    let line = before.and_then(|(known, _)| kpi.given.iter().find(|given| given.period == *known && !given.target));
    line.map_or_else(|| (partner.path.clone(), own()), |given| (given.path.clone(), Place::Line(given.line)))
}

/// What the length of a period is called.
fn length(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Month => "month",
        Granularity::Quarter => "quarter",
        Granularity::Year => "year",
    }
}
