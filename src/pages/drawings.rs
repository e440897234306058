//! From measures to the inputs of charts.

use std::borrow::Cow;

use super::figures::{self, attainment, band_mark, health_number, mark, number, percent, target, with_unit};
use super::html::Html;
use crate::charts::{self, Tick};
use crate::measures::Exact;
use crate::measures::context::Context;
use crate::measures::health::Health;
use crate::measures::score::Score;
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::status::Status;
use crate::text::{join, slug};

/// Periods that a history shows at most.
const HISTORY: usize = 12;
/// Periods that a sparkline shows at most.
const SPARK: usize = 12;

fn drawn(number: Option<&Exact>) -> Option<f64> {
    number.map(Exact::drawn)
}

/// Writes a KPI's values as a line small enough for a table cell; nothing for fewer than two values.
pub fn sparkline(html: &mut Html<'_>, kpi: &KpiMeasures, until: usize) {
    let shown = &kpi.periods[until.saturating_sub(SPARK)..until];
    let values: Vec<Option<f64>> = shown.iter().map(|measure| drawn(measure.actual.as_ref())).collect();
    let measured: Vec<&PeriodMeasure> = shown.iter().filter(|measure| measure.actual.is_some()).collect();
    let (Some(first), Some(last)) = (measured.first(), measured.last()) else {
        return;
    };
    if measured.len() < 2 {
        return;
    }
    let value = |measure: &PeriodMeasure| measure.actual.as_ref().map(|actual| number(kpi, measure, actual)).unwrap_or_default();
    let mut label = String::with_capacity(64);
    for (word, measure) in [("From ", first), (" to ", last)] {
        label.push_str(word);
        label.push_str(&value(measure));
        label.push_str(" in ");
        measure.period.write_title(&mut label);
    }
    let target = shown.last().and_then(|measure| drawn(measure.target.as_ref()));
    let open = shown.last().is_some_and(|measure| measure.status == Status::Open);
    charts::sparkline::render(html.buffer(), &charts::sparkline::Sparkline { label: label.into(), values: &values, target, open });
}

/// Writes a KPI against its target over time.
pub fn history(html: &mut Html<'_>, kpi: &KpiMeasures) {
    let shown = &kpi.periods[kpi.periods.len().saturating_sub(HISTORY)..];
    let points: Vec<charts::history::Point<'_>> = shown
        .iter()
        .map(|measure| {
            let range = measure.range.as_deref();
            charts::history::Point {
                period: measure.period.title().into(),
                value: drawn(measure.actual.as_ref()),
                value_label: measure.actual.as_ref().map(|actual| number(kpi, measure, actual)).unwrap_or_default().into(),
                target: drawn(range.map(|(lo, _)| lo).or(measure.target.as_ref())),
                target_to: drawn(range.map(|(_, hi)| hi)),
                target_label: target(kpi, measure).unwrap_or_default().into(),
                status: mark(measure.status),
                open: measure.status == Status::Open,
            }
        })
        .collect();
    let mut label = String::with_capacity(kpi.name.len() + 24 * shown.len());
    label.push_str(&kpi.name);
    let mut before = " by period: ";
    for (measure, actual) in shown.iter().filter_map(|measure| Some((measure, measure.actual.as_ref()?))) {
        label.push_str(before);
        measure.period.write_title(&mut label);
        label.push(' ');
        label.push_str(&number(kpi, measure, actual));
        before = ", ";
    }
    if before != ", " {
        label.push_str(" by period: no values");
    }
    charts::history::render(html.buffer(), &charts::history::History { label: label.into(), points, legend: false });
}

/// Writes a health with the categories it is made of.
pub fn gauge(html: &mut Html<'_>, context: &Context<'_>, health: &Health) {
    let rules = &context.settings.health;
    let parts: Vec<charts::gauge::Part<'_>> = health
        .categories
        .iter()
        .filter(|category| !category.weight.is_zero())
        .map(|category| charts::gauge::Part {
            name: slug::title(category.category.word()).into(),
            weight: category.weight.drawn(),
            weight_label: join!("weight ", category.weight.show(2, &[])).into(),
            value: drawn(category.value.as_ref()),
            value_label: category.value.as_ref().map_or_else(|| "not measured".to_owned(), |value| health_number(context, value)).into(),
            coverage_label: join!("coverage ", percent(&category.coverage)).into(),
        })
        .collect();
    let band = health.band.word();
    let shown = health.number.as_ref().map(|number| health_number(context, number));
    let note = join!("coverage ", figures::health_coverage(context, &health.coverage));
    let label = match &shown {
        Some(shown) => join!("Health ", shown, " of 100, ", band, ", ", note),
        None => join!("Health unknown, ", note),
    };
    let tick = |number: rust_decimal::Decimal| Tick { at: Exact::from(number).drawn(), label: number.normalize().to_string().into() };
    charts::gauge::render(
        html.buffer(),
        &charts::gauge::Gauge {
            label: label.into(),
            value: drawn(health.number.as_ref()),
            value_label: shown.map_or(Cow::Borrowed("no number"), Cow::Owned),
            status: band_mark(health.band),
            band_label: band.into(),
            note: note.into(),
            bands: vec![tick(rules.yellow), tick(rules.green)],
            parts,
        },
    );
}

/// Writes the criteria of a score against the scale.
pub fn scores(html: &mut Html<'_>, context: &Context<'_>, score: &Score) {
    let settings = context.settings;
    let (lowest, highest) = (Exact::from(settings.scoring.lowest), Exact::from(settings.scoring.highest));
    let criteria: Vec<charts::scores::Criterion<'_>> = score
        .rows
        .iter()
        .map(|row| {
            let criterion = &settings.criteria[row.criterion];
            let counts = row.effective.as_ref().filter(|_| criterion.inverse).map(|counts| counts.show(2, &[]));
            let shown = row.score.as_ref().map_or_else(|| "not scored".to_owned(), |score| score.show(2, &[]));
            charts::scores::Criterion {
                name: criterion.name.as_str().into(),
                score: drawn(row.score.as_ref()),
                score_label: shown.into(),
                weight_label: join!("weight ", criterion.weight.normalize().to_string()).into(),
                minimum: criterion.minimum.map(|minimum| Exact::from(minimum).drawn()),
                minimum_label: criterion.minimum.map(|minimum| format!("minimum {}", minimum.normalize())).unwrap_or_default().into(),
                below: row.veto,
                inverse: criterion.inverse,
                inverse_label: counts.map(|counts| join!("low is good: counts as ", counts)).unwrap_or_default().into(),
            }
        })
        .collect();
    let label = join!("Scores from ", lowest.show(2, &[]), " to ", highest.show(2, &[]));
    let chart = charts::scores::Scores { label: label.into(), scale: (lowest.drawn(), highest.drawn()), criteria };
    charts::scores::render(html.buffer(), &chart);
}

/// What an attainment comes to, for a list.
pub fn attained(context: &Context<'_>, kpi: &KpiMeasures, measure: &PeriodMeasure) -> String {
    match (&measure.attainment, &measure.actual) {
        (Some(fraction), _) => attainment(context, fraction),
        (None, Some(actual)) => with_unit(&number(kpi, measure, actual), &kpi.unit),
        (None, None) => measure.status.word().to_owned(),
    }
}
