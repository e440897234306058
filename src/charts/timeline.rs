//! The stages of a partnership on an axis of days: one row for each, the current one open to the right.

use super::draw::{Scale, real};
use super::parts::{bar, close_row, label, line, nothing, open_row, place, text, upright};
use super::{Status, Text, Tick};

/// The shortest stay that is drawn, as part of the axis.
const LEAST: f64 = 0.01;

/// One stay in a stage.
#[derive(Debug, Clone, Default)]
pub struct Stay<'a> {
    /// The stage.
    pub name: Text<'a>,
    /// Where its name leads, encoded.
    pub href: Option<Text<'a>>,
    /// The day on which it began, counted from any day.
    pub from: f64,
    /// The day on which it ended; `None` where it goes on.
    pub to: Option<f64>,
    /// How long, in full: `128 days`.
    pub days_label: Text<'a>,
    /// From when to when, in words.
    pub dates_label: Text<'a>,
    /// It is on hold.
    pub on_hold: bool,
}

/// The life of a partnership so far.
#[derive(Debug, Clone, Default)]
pub struct Timeline<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// Where the axis begins: the day of the first stage, and its date.
    pub from: Tick<'a>,
    /// Where the axis ends: today, and its date.
    pub to: Tick<'a>,
    /// The stays, first to last. A stage may come again.
    pub stays: Vec<Stay<'a>>,
}

/// Draws a row for each stay, and the axis below them.
pub fn render(out: &mut String, chart: &Timeline) {
    if chart.stays.is_empty() {
        return nothing(out, "No stage is dated.");
    }
    let axis = Scale::new(chart.from.at, chart.to.at);
    let at = |day: f64| if axis.is_flat() { 1.0 } else { axis.at(day) };
    out.push_str("<ul class=\"ch-r ch-tl\"");
    label(out, &chart.label);
    out.push('>');
    for stay in &chart.stays {
        open_row(out, stay.href.as_deref(), &stay.name);
        upright(out, "ch-now", 1.0, -8.0, 18.0);
        let ended = real(stay.to);
        if let Some(from) = real(Some(stay.from)) {
            let to = ended.map_or(1.0, at);
            // What began today can be seen, too.
            let from = if to - at(from) < LEAST { to - LEAST } else { at(from) };
            if stay.on_hold {
                line(out, "ch-hatch", (from, 7.0), (to, 7.0));
            } else {
                bar(out, "", from, to);
            }
            if ended.is_none() {
                place(out, 1.0, 7.0);
                out.push_str("<path d=\"M1-7 9 0 1 7z\"/></svg>");
            }
        }
        let open = if ended.is_none() { "goes on" } else { "" };
        let hold = if stay.on_hold { "on hold" } else { "" };
        close_row(out, Status::Grey, &stay.days_label, &[&stay.dates_label, open, hold]);
    }
    out.push_str("<li class=\"ch-axis\" aria-hidden=\"true\"><p><span>");
    text(out, &chart.from.label);
    out.push_str("</span><span>");
    text(out, &chart.to.label);
    out.push_str("</span></p></li></ul>");
}
