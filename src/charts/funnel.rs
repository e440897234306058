//! How many partners are in each stage.

use super::draw::{real, share};
use super::parts::{bar, close_row, label, nothing, open_row};
use super::{Status, Text};

/// One stage.
#[derive(Debug, Clone, Default)]
pub struct Stage<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Where its name leads, encoded.
    pub href: Option<Text<'a>>,
    /// How many.
    pub count: f64,
    /// How many, in full.
    pub count_label: Text<'a>,
    /// What else is to be said.
    pub note: Text<'a>,
}

/// The stages, first to last.
#[derive(Debug, Clone, Default)]
pub struct Funnel<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// The stages.
    pub stages: Vec<Stage<'a>>,
}

/// Draws a row for each stage.
pub fn render(out: &mut String, chart: &Funnel) {
    if chart.stages.is_empty() {
        return nothing(out, "No stages.");
    }
    let most = chart.stages.iter().filter_map(|s| real(Some(s.count))).fold(0.0, f64::max);
    out.push_str("<ul class=\"ch-r\"");
    label(out, &chart.label);
    out.push('>');
    for stage in &chart.stages {
        open_row(out, stage.href.as_deref(), &stage.name);
        let part = real(Some(stage.count)).map_or(0.0, |count| share(count, most));
        if part > 0.0 {
            bar(out, "", 0.0, part);
        }
        close_row(out, Status::Grey, &stage.count_label, &[&stage.note]);
    }
    out.push_str("</ul>");
}
