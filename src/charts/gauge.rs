//! Health, and what it is made of: a bar on a scale to 100 in which each category has its part, and a row for each.

use super::draw::{percent, real, share};
use super::parts::{bar, close_row, element, icon, label, open_row, text, upright};
use super::{Status, Text, Tick};

/// One category.
#[derive(Debug, Clone, Default)]
pub struct Part<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its weight.
    pub weight: f64,
    /// The weight in words: `weight 30`.
    pub weight_label: Text<'a>,
    /// Its own health, 0 to 100.
    pub value: Option<f64>,
    /// That in full, or the words for its absence.
    pub value_label: Text<'a>,
    /// How much of it is measured, in words: `coverage 100 %`.
    pub coverage_label: Text<'a>,
}

/// The health of a partner in one quarter.
#[derive(Debug, Clone, Default)]
pub struct Gauge<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// 0 to 100; `None` where it is unknown.
    pub value: Option<f64>,
    /// The number in full, or the words for its absence.
    pub value_label: Text<'a>,
    /// The band.
    pub status: Status,
    /// The word for the band.
    pub band_label: Text<'a>,
    /// What else is to be said: the quarter, the coverage.
    pub note: Text<'a>,
    /// Where the bands begin, by number.
    pub bands: Vec<Tick<'a>>,
    /// The categories, in the order in which they add up.
    pub parts: Vec<Part<'a>>,
}

/// Draws the number, the bar and the rows.
pub fn render(out: &mut String, chart: &Gauge) {
    out.push_str("<figure class=\"ch-ga\"><figcaption>");
    element(out, "<b>", &chart.value_label, "</b> ");
    out.push_str("<span>");
    icon(out, chart.status, false);
    text(out, &chart.band_label);
    out.push_str("</span> ");
    element(out, "<span>", &chart.note, "</span>");
    out.push_str("</figcaption><svg class=\"ch-b\" role=\"img\"");
    label(out, &chart.label);
    out.push('>');
    segments(out, chart);
    edges(out, &chart.bands);
    out.push_str("</svg>");
    rows(out, &chart.parts);
    out.push_str("</figure>");
}

/// The parts laid end to end: together they are as long as the number.
fn segments(out: &mut String, chart: &Gauge) {
    let Some(value) = real(chart.value) else { return };
    let whole = share(value, 100.0);
    let most = chart.parts.iter().map(|p| p.weight).filter(|w| w.is_finite()).fold(0.0, f64::max);
    let points = |part: &Part| real(part.value).map_or(0.0, |v| share(v, 100.0)) * share(part.weight, most);
    let sum: f64 = chart.parts.iter().map(points).sum();
    let mut from = 0.0;
    for part in &chart.parts {
        let width = share(points(part), sum) * whole;
        if width > 0.0 {
            bar(out, "", from, from + width);
            from += width;
        }
    }
    if from <= 0.0 && whole > 0.0 {
        bar(out, "", 0.0, whole);
    }
}

/// Where the bands begin, and the numbers below. Of those too close to each other, the last has the numbers of all.
fn edges(out: &mut String, bands: &[Tick]) {
    const CLOSE: f64 = 0.12;
    let places: Vec<f64> = bands.iter().map(|b| share(b.at, 100.0)).collect();
    let mut names = String::new();
    for (at, (band, &place)) in bands.iter().zip(&places).enumerate() {
        upright(out, "ch-edge", place, -3.0, 23.0);
        text(&mut names, &band.label);
        if places.get(at + 1).is_some_and(|next| (next - place).abs() < CLOSE) {
            names.push_str(" · ");
            continue;
        }
        out.push_str("<text x=\"");
        percent(out, place);
        out.push_str(if place > 1.0 - CLOSE / 2.0 { "\" y=\"37\" class=\"ch-end\">" } else { "\" y=\"37\">" });
        out.push_str(&names);
        out.push_str("</text>");
        names.clear();
    }
}

fn rows(out: &mut String, parts: &[Part]) {
    if parts.is_empty() {
        return;
    }
    out.push_str("<ul class=\"ch-r\">");
    for part in parts {
        open_row(out, None, &part.name);
        let length = real(part.value).map_or(0.0, |value| share(value, 100.0));
        if length > 0.0 {
            bar(out, "", 0.0, length);
        }
        close_row(out, Status::Grey, &part.value_label, &[&part.weight_label, &part.coverage_label]);
    }
    out.push_str("</ul>");
}
