//! Counts by two things at once: partners by stage and health.

use super::draw::{real, share};
use super::parts::{icon, link, nothing, text};
use super::{Status, Text};

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column<'a> {
    /// Its name.
    pub label: Text<'a>,
    /// What it stands for, where it is a band of health.
    pub status: Option<Status>,
}

/// A count.
#[derive(Debug, Clone, Default)]
pub struct Cell<'a> {
    /// How many: a darker ground for more.
    pub count: f64,
    /// How many, in full.
    pub label: Text<'a>,
    /// Where it leads, encoded.
    pub href: Option<Text<'a>>,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row<'a> {
    /// Its name.
    pub label: Text<'a>,
    /// Where its name leads, encoded.
    pub href: Option<Text<'a>>,
    /// One for each column.
    pub cells: Vec<Cell<'a>>,
}

/// The counts.
#[derive(Debug, Clone, Default)]
pub struct Matrix<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// What the rows are: `Stage`.
    pub corner: Text<'a>,
    /// The columns; a few.
    pub columns: Vec<Column<'a>>,
    /// The rows.
    pub rows: Vec<Row<'a>>,
}

/// Draws a table.
pub fn render(out: &mut String, chart: &Matrix) {
    if chart.columns.is_empty() || chart.rows.is_empty() {
        return nothing(out, "Nothing to count.");
    }
    let most = chart.rows.iter().flat_map(|r| &r.cells).filter_map(|c| real(Some(c.count))).fold(0.0, f64::max);
    out.push_str("<table class=\"ch-m\"><caption class=\"vh\">");
    text(out, &chart.label);
    out.push_str("</caption><thead><tr><th scope=\"col\">");
    text(out, &chart.corner);
    out.push_str("</th>");
    for column in &chart.columns {
        out.push_str("<th scope=\"col\">");
        if let Some(status) = column.status {
            icon(out, status, false);
        }
        text(out, &column.label);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for row in &chart.rows {
        out.push_str("<tr><th scope=\"row\">");
        link(out, row.href.as_deref(), &row.label);
        out.push_str("</th>");
        for at in 0..chart.columns.len() {
            match row.cells.get(at) {
                Some(cell) => count(out, cell, most),
                None => out.push_str("<td>–</td>"),
            }
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
}

fn count(out: &mut String, cell: &Cell, most: f64) {
    let part = real(Some(cell.count)).map_or(0.0, |c| share(c, most));
    out.push_str(match part {
        p if p > 0.75 => "<td class=\"ch-4\">",
        p if p > 0.5 => "<td class=\"ch-3\">",
        p if p > 0.25 => "<td class=\"ch-2\">",
        p if p > 0.0 => "<td class=\"ch-1\">",
        _ => "<td>",
    });
    link(out, cell.href.as_deref(), &cell.label);
    out.push_str("</td>");
}
