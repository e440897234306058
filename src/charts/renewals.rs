//! The deadlines of the months to come: a row for each, with its mark on an axis of months.

use super::draw::{coordinate, real, share};
use super::parts::{close_row, label, line, nothing, open_row, place, shape, text};
use super::{Status, Text};

/// How near a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Window {
    /// Not near.
    #[default]
    Later,
    /// Near.
    Approaching,
    /// Near enough to act.
    Due,
    /// Past.
    Overdue,
}

impl Window {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Later => "",
            Self::Approaching => "approaching",
            Self::Due => "due",
            Self::Overdue => "overdue",
        }
    }

    const fn mark(self) -> (Status, bool) {
        match self {
            Self::Later => (Status::Grey, true),
            Self::Approaching => (Status::Yellow, true),
            Self::Due => (Status::Yellow, false),
            Self::Overdue => (Status::Red, false),
        }
    }
}

/// One deadline.
#[derive(Debug, Clone, Default)]
pub struct Deadline<'a> {
    /// The partner.
    pub name: Text<'a>,
    /// Where the name leads, encoded.
    pub href: Option<Text<'a>>,
    /// When, in months from the beginning of the axis; a day is a part of its month.
    pub at: f64,
    /// The date.
    pub date_label: Text<'a>,
    /// What else is to be said: `ends after 60 days of notice`.
    pub note: Text<'a>,
    /// How near it is.
    pub window: Window,
}

/// The deadlines, first to last.
#[derive(Debug, Clone, Default)]
pub struct Renewals<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// The names of the months on the axis, short ones: twelve of them.
    pub months: Vec<Text<'a>>,
    /// Today, in months from the beginning of the axis.
    pub today: f64,
    /// The deadlines.
    pub deadlines: Vec<Deadline<'a>>,
}

/// Draws a row for each deadline, below the names of the months.
pub fn render(out: &mut String, chart: &Renewals) {
    if chart.deadlines.is_empty() {
        return nothing(out, "No deadlines in these months.");
    }
    let months = chart.months.len() as f64;
    out.push_str("<ul class=\"ch-r ch-rn\"");
    label(out, &chart.label);
    out.push_str("><li class=\"ch-axis\" aria-hidden=\"true\"><p>");
    for month in &chart.months {
        out.push_str("<span>");
        text(out, month);
        out.push_str("</span>");
    }
    out.push_str("</p></li>");
    let today = share(chart.today, months);
    for deadline in &chart.deadlines {
        open_row(out, deadline.href.as_deref(), &deadline.name);
        if months > 0.0 {
            out.push_str("<line class=\"ch-months\" x2=\"100%\" y1=\"7\" y2=\"7\" pathLength=\"");
            coordinate(out, months);
            out.push_str("\"/>");
        }
        if let Some(at) = real(Some(deadline.at)) {
            let at = share(at, months);
            let (from, to) = if at < today { (at, today) } else { (today, at) };
            line(out, "ch-lead", (from, 7.0), (to, 7.0));
            place(out, at, 7.0);
            let (status, hollow) = deadline.window.mark();
            shape(out, status, hollow);
            out.push_str("</svg>");
        }
        close_row(out, Status::Grey, &deadline.date_label, &[deadline.window.word(), &deadline.note]);
    }
    out.push_str("</ul>");
}
