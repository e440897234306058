//! Computed numbers as pages show them: attainment, status, trend, health, with their units and words.

use super::html::Html;
use super::value::{Shown, Tone, badge};
use crate::charts;
use crate::measures::context::Context;
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::status::Status;
use crate::measures::trend::Trend;
pub use crate::measures::words::{
    PLACES, amount, attainment, change, health_change, health_coverage, health_number, met, number, percent, score, score_coverage,
    score_share, signed_percent, target, targets, veto, with_unit,
};
use crate::measures::{Band, Exact};
use crate::model::period::Granularity;
use crate::text::join;

/// What was reached, as a value: the number with its unit, or the word for why there is none.
pub fn actual(kpi: &KpiMeasures, measure: &PeriodMeasure) -> Shown<'static> {
    match (&measure.actual, measure.partial, measure.status) {
        (Some(actual), None, Status::Open) => Shown::from(amount(kpi, measure, actual)).noted("so far"),
        (Some(actual), ..) => Shown::from(amount(kpi, measure, actual)),
        (None, Some(partial), _) => {
            let finer = if kpi.granularity == Granularity::Month { "months" } else { "quarters" };
            Shown::from(format!("{} of {} {finer}", partial.have, partial.of)).noted("partial")
        }
        (None, None, Status::NotApplicable) => Shown::from("n/a"),
        (None, None, Status::Open) => Shown::from("open"),
        (None, None, _) => Shown::from("missing"),
    }
}

/// The colour of a status.
pub fn tone(status: Status) -> Tone {
    match status {
        Status::Green => Tone::Good,
        Status::Yellow => Tone::Warn,
        Status::Red => Tone::Bad,
        _ => Tone::Quiet,
    }
}

/// A status as a badge.
pub fn status(status: Status) -> Shown<'static> {
    let badge = badge(status.word(), tone(status));
    match status {
        Status::NoFormula(why) => badge.noted(why.reason()),
        _ => badge,
    }
}

/// The mark of a status in charts.
pub fn mark(status: Status) -> charts::Status {
    match status {
        Status::Green => charts::Status::Green,
        Status::Yellow => charts::Status::Yellow,
        Status::Red => charts::Status::Red,
        _ => charts::Status::Grey,
    }
}

/// The colour of a band.
pub fn band_tone(band: Band) -> Tone {
    match band {
        Band::Green => Tone::Good,
        Band::Yellow => Tone::Warn,
        Band::Red => Tone::Bad,
        Band::Unknown => Tone::Quiet,
    }
}

/// The mark of a band in charts.
pub fn band_mark(band: Band) -> charts::Status {
    match band {
        Band::Green => charts::Status::Green,
        Band::Yellow => charts::Status::Yellow,
        Band::Red => charts::Status::Red,
        Band::Unknown => charts::Status::Grey,
    }
}

/// A health as a badge: its number and its band, or that it is not known.
pub fn health(context: &Context<'_>, number: Option<&Exact>, band: Band) -> Shown<'static> {
    match number {
        Some(number) => badge(join!(health_number(context, number), " ", band.word()), band_tone(band)),
        None => badge(band.word(), band_tone(band)),
    }
}

/// Writes a trend: an arrow, its word, and by how much the value has moved.
pub fn write_trend(html: &mut Html<'_>, kpi: &KpiMeasures, trend: Option<&Trend>) {
    let Some(trend) = trend else {
        html.none("none");
        return;
    };
    html.raw("<span class=\"is-").raw(trend.tendency.word()).raw("\">");
    html.raw(trend.tendency.word());
    if let Some(moved) = &trend.change {
        html.raw(" ").text(&change(kpi, moved));
    }
    html.raw("</span>");
}
