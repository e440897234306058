//! Computed numbers as pages show them: attainment, status, trend, health, with their units and words.

use super::html::Html;
use super::value::{Shown, Tone, badge};
use crate::charts;
use crate::measures::Exact;
use crate::measures::context::Context;
use crate::measures::{Band, Health};
use crate::measures::score::Score;
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::status::Status;
use crate::measures::targets::TargetsMet;
use crate::measures::trend::{Change, Tendency, Trend};
use crate::model::fx::is_currency;

/// Decimals of a percentage, a health and a score.
pub const PLACES: u32 = 1;
/// Decimals of a value that was put together from finer ones.
const PLACES_OF_SUM: u32 = 2;
/// Written values are shown with all of their decimals.
const ALL_PLACES: u32 = 28;

/// A number with its unit: a currency code before it, anything else behind it.
pub fn with_unit(number: &str, unit: &str) -> String {
    let (first, second) = if is_currency(unit) { (unit, number) } else { (number, unit) };
    let mut out = String::with_capacity(first.len() + 1 + second.len());
    out.push_str(first);
    if !first.is_empty() && !second.is_empty() {
        out.push(' ');
    }
    out.push_str(second);
    out
}

/// A value of a KPI without its unit: as it was written, or rounded where it was put together from finer values.
pub fn number(kpi: &KpiMeasures, measure: &PeriodMeasure, value: &Exact) -> String {
    let written = measure.period.granularity() == kpi.granularity;
    value.show(if written { ALL_PLACES } else { PLACES_OF_SUM }, &[])
}

/// A value of a KPI with its unit.
pub fn amount(kpi: &KpiMeasures, measure: &PeriodMeasure, value: &Exact) -> String {
    with_unit(&number(kpi, measure, value), &kpi.unit)
}

/// What should be reached, with its unit: the target, or the range.
pub fn target(kpi: &KpiMeasures, measure: &PeriodMeasure) -> Option<String> {
    if let Some((lo, hi)) = measure.range.as_deref() {
        return Some(with_unit(&format!("{}–{}", number(kpi, measure, lo), number(kpi, measure, hi)), &kpi.unit));
    }
    measure.target.as_ref().map(|target| amount(kpi, measure, target))
}

/// What was reached, as a value: the number with its unit, or the word for why there is none.
pub fn actual(kpi: &KpiMeasures, measure: &PeriodMeasure) -> Shown<'static> {
    match (&measure.actual, measure.partial, measure.status) {
        (Some(actual), None, Status::Open) => Shown::from(amount(kpi, measure, actual)).noted("so far"),
        (Some(actual), ..) => Shown::from(amount(kpi, measure, actual)),
        (None, Some(partial), _) => Shown::from(format!("{} of {} months", partial.have, partial.of)).noted("partial"),
        (None, None, Status::NotApplicable) => Shown::from("n/a"),
        (None, None, Status::Open) => Shown::from("open"),
        (None, None, _) => Shown::from("missing"),
    }
}

/// A fraction as a percentage that crosses no edge of the workspace's thresholds.
pub fn attainment(context: &Context<'_>, fraction: &Exact) -> String {
    format!("{} %", fraction.percent().show(PLACES, &context.thresholds.edges()))
}

/// A fraction as a percentage.
pub fn percent(fraction: &Exact) -> String {
    format!("{} %", fraction.percent().show(PLACES, &[Exact::HUNDRED]))
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
    badge(status.word(), tone(status))
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

/// A health of 0 to 100 that crosses no edge of its bands; always with one decimal.
pub fn health_number(context: &Context<'_>, number: &Exact) -> String {
    let rules = &context.settings.health;
    let shown = number.show(PLACES, &[Exact::from(rules.green), Exact::from(rules.yellow)]);
    if shown.contains('.') { shown } else { format!("{shown}.0") }
}

/// A health as a badge: its number and its band, or that it is not known.
pub fn health(context: &Context<'_>, number: Option<&Exact>, band: Band) -> Shown<'static> {
    match number {
        Some(number) => badge(format!("{} {}", health_number(context, number), band.word()), band_tone(band)),
        None => badge(band.word(), band_tone(band)),
    }
}

/// A weighted score as text: `4.3 of 5`; `None` where there is no number.
pub fn score(context: &Context<'_>, score: &Score) -> Option<String> {
    let highest = Exact::from(context.settings.scoring.highest);
    score.number.as_ref().map(|number| format!("{} of {}", number.show(PLACES, &[]), highest.show(PLACES, &[])))
}

/// How many targets were met, as text.
pub fn targets(targets: &TargetsMet) -> String {
    format!("{} of {}", targets.met, targets.of)
}

/// By how much a value has moved: `+20 %`, or in its unit where there was nothing before.
pub fn change(kpi: &KpiMeasures, change: &Change) -> String {
    let (text, unit) = match change {
        Change::Relative(share) => (share.percent().show(PLACES, &[]), "%"),
        Change::Absolute(moved) => (moved.show(PLACES_OF_SUM, &[]), kpi.unit.as_str()),
    };
    let sign = if text.starts_with('−') || text == "0" { "" } else { "+" };
    if unit == "%" { format!("{sign}{text} %") } else { with_unit(&format!("{sign}{text}"), unit) }
}

/// Writes a trend: an arrow, its word, and by how much the value has moved.
pub fn write_trend(html: &mut Html<'_>, kpi: &KpiMeasures, trend: Option<&Trend>) {
    let Some(trend) = trend else {
        html.none("none");
        return;
    };
    let arrow = match trend.tendency {
        Tendency::Improving => "▲ ",
        Tendency::Declining => "▼ ",
        Tendency::Stable => "▬ ",
        Tendency::New => "",
    };
    html.raw("<span class=\"trend is-").raw(trend.tendency.word()).raw("\"><span aria-hidden=\"true\">").raw(arrow).raw("</span>");
    html.raw(trend.tendency.word());
    if let Some(moved) = &trend.change {
        html.raw(" ").text(&change(kpi, moved));
    }
    html.raw("</span>");
}

/// How a health stands against the one of the quarter before, in points.
pub fn health_change(now: &Health, before: Option<&Exact>) -> Option<String> {
    let moved = now.number.as_ref()? - before?;
    let text = moved.show(PLACES, &[]);
    Some(if text.starts_with('−') || text == "0" { text } else { format!("+{text}") })
}
