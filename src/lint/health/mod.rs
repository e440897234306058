//! Partnerships in trouble are seen in time, and somebody decides.

mod concentration;
mod low_value;
mod red;
mod status_contradicts;
pub(super) mod unknown;
mod warning_signal;
mod yellow;

use super::{Lint, Subject};
use crate::diagnostics::{Finding, Place};
use crate::measures::words::{attainment, health_number};
use crate::measures::{Band, Exact};
use crate::model::partner::Signal;
use crate::route;

/// The rules of this category.
pub static LINTS: &[&Lint] =
    &[&red::LINT, &yellow::LINT, &unknown::LINT, &status_contradicts::LINT, &warning_signal::LINT, &low_value::LINT, &concentration::LINT];

/// What is said of a health that lies in this band: the number, and the KPI to begin with.
fn of_band(partner: &Subject<'_>, lint: &'static Lint, band: Band) -> Option<Finding> {
    let health = &partner.measures.health;
    let number = health.number.as_ref().filter(|_| health.band == band)?;
    let number = health_number(&partner.whole.context, number);
    let message = format!("the health of `{}` is {} in {}: {number} of 100", partner.id(), band.word(), health.quarter);
    let finding = partner.finding_in(lint, partner.path, Place::Name(route!["kpis"]), message);
    Some(finding.help(match heaviest(partner) {
        Some((id, reached)) => format!("begin with `{id}`, whose attainment is {reached}; {}", why(partner)),
        None => why(partner),
    }))
}

/// The KPI that takes most from the health: its id and its attainment.
fn heaviest<'a>(partner: &Subject<'a>) -> Option<(&'a str, String)> {
    let mut worst: Option<(Exact, usize, &Exact)> = None;
    for category in &partner.measures.health.categories {
        let measured: Exact = category.kpis.iter().filter(|kpi| kpi.capped.is_some()).map(|kpi| kpi.weight.clone()).sum();
        for kpi in &category.kpis {
            let (Some(capped), Some(reached)) = (&kpi.capped, &kpi.attainment) else { continue };
            let Some(weight) = (&category.weight * &kpi.weight).over(&measured) else { continue };
            let taken = &weight * &(&Exact::ONE - capped);
            if taken > Exact::ZERO && worst.as_ref().is_none_or(|(most, ..)| taken > *most) {
                worst = Some((taken, kpi.kpi, reached));
            }
        }
    }
    let (_, at, reached) = worst?;
    Some((partner.measures.kpis.get(at)?.id.as_str(), attainment(&partner.whole.context, reached)))
}

/// How one finds out where the number comes from.
fn why(partner: &Subject<'_>) -> String {
    format!("`partnerbook why {} health` shows all of it", partner.argument())
}

/// The warning signals that are there today and not cleared, with their places in the partner's file. One without a known type is a finding already.
fn uncleared<'a>(partner: &Subject<'a>) -> impl Iterator<Item = (usize, &'a Signal)> {
    let as_of = partner.as_of();
    let open = move |signal: &Signal| {
        signal.kind.is_some() && signal.date.is_none_or(|day| day <= as_of) && signal.cleared.is_none_or(|day| day > as_of)
    };
    partner.data.signals.iter().enumerate().filter(move |(_, signal)| open(signal))
}
