//! `metrics.csv`: KPI values from another system.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::kpi::Actual;
use super::period::{Period, advice};
use crate::content::csv::{Cell, Row, parse};
use crate::content::read::{one_of, short};
use crate::content::scalar;
use crate::diagnostics::{Finding, Place, input};
use crate::text::Span;

/// One line of a `metrics.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// The partner as it is written, and where; `None` in a partner's own file.
    pub partner: Option<(String, Span)>,
    /// The KPI's id.
    pub kpi: String,
    /// Where the id is written.
    pub kpi_span: Span,
    /// The period.
    pub period: Period,
    /// The value.
    pub actual: Actual,
    /// The target, where there is one.
    pub target: Option<Decimal>,
    /// A remark.
    pub note: Option<String>,
    /// The bytes of the value in the file.
    pub span: Span,
    /// The line, from 1.
    pub line: u32,
}

const COLUMNS: &[&str] = &["partner", "kpi", "period", "actual", "target", "note"];

/// Reads a `metrics.csv`; the one of the workspace has a `partner` column. What cannot be read is a finding, the rest is kept.
pub fn read(path: &Arc<str>, text: &str, of_workspace: bool) -> (Vec<Metric>, Vec<Finding>) {
    let table = parse(text);
    let mut findings = Vec::new();
    let mut report = |rule, span: &Span, message: String, help: Option<String>| {
        findings.push(Finding::new(rule, path, Place::Span(span.clone()), message).maybe_help(help));
    };
    let mut metrics = Vec::new();
    if let Some((span, message)) = &table.problem {
        report(&input::BAD_CSV, span, format!("this line cannot be read: {message}"), None);
    }
    let Some(header) = &table.header else {
        return (metrics, findings);
    };
    let known = if of_workspace { COLUMNS } else { &COLUMNS[1..] };
    let names: Vec<String> = header.cells.iter().map(|cell| cell.text.to_lowercase()).collect();
    for (cell, name) in header.cells.iter().zip(&names) {
        if !known.contains(&name.as_str()) && !name.starts_with("x-") && !name.is_empty() {
            report(&input::UNKNOWN_KEY, &cell.span, format!("unknown column `{}`", short(&cell.text)), Some(one_of(name, known)));
        }
    }
    let column = |name: &str| names.iter().position(|known| known == name);
    let required = if of_workspace { &COLUMNS[..4] } else { &COLUMNS[1..4] };
    let missing: Vec<&str> = required.iter().copied().filter(|name| column(name).is_none()).collect();
    if !missing.is_empty() {
        let message =
            format!("the first line has no column {}", missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
        report(&input::BAD_CSV, &header.span, message, Some(format!("start the file with `{}`", known.join(","))));
        return (metrics, findings);
    }
    let mut seen: std::collections::BTreeMap<(String, String, Period), Span> = std::collections::BTreeMap::new();
    let (mut line, mut counted) = (1, 0);
    for row in &table.rows {
        line += u32::try_from(memchr::memchr_iter(b'\n', &text.as_bytes()[counted..row.span.start]).count()).unwrap_or(u32::MAX);
        counted = row.span.start;
        let cell = |name: &str| column(name).and_then(|at| row.cells.get(at)).filter(|cell| !cell.text.is_empty());
        if row.cells.len() > header.cells.len() {
            let message = format!("this line has {} cells, the first line has {}", row.cells.len(), header.cells.len());
            report(&input::BAD_CSV, &row.span, message, Some("put a text with commas in it in quotes".to_owned()));
            continue;
        }
        match metric(row, line, &cell, of_workspace) {
            Err((span, message, help)) => {
                // A quote that is not closed swallows the lines after it.
                let swallowed = text[row.span.clone()].contains('\n');
                let rule = if span == row.span { &input::BAD_CSV } else { &input::BAD_VALUE };
                if swallowed {
                    report(
                        &input::BAD_CSV,
                        &row.span,
                        "a quote in this line is not closed".to_owned(),
                        Some("close it, or remove it".to_owned()),
                    );
                } else {
                    report(rule, &span, message, help);
                }
            }
            Ok(metric) => {
                let key =
                    (metric.partner.as_ref().map(|(name, _)| name.to_lowercase()).unwrap_or_default(), metric.kpi.clone(), metric.period);
                if let std::collections::btree_map::Entry::Vacant(e) = seen.entry(key) {
                    e.insert(metric.span.clone());
                    metrics.push(metric);
                } else {
                    let message = format!("`{}` of {} is given twice", metric.kpi, metric.period);
                    report(&input::BAD_CSV, &row.span, message, Some("keep one of the two lines".to_owned()));
                }
            }
        }
    }
    (metrics, findings)
}

type Problem = (Span, String, Option<String>);

fn metric<'a>(row: &Row, line: u32, cell: &impl Fn(&str) -> Option<&'a Cell>, of_workspace: bool) -> Result<Metric, Problem> {
    let need = |name: &str| cell(name).ok_or_else(|| (row.span.clone(), format!("this line has no `{name}`"), None));
    let partner = if of_workspace { Some(need("partner")?) } else { None };
    let kpi = need("kpi")?;
    let period_cell = need("period")?;
    let bad = |cell: &Cell, message: String, help: String| (cell.span.clone(), message, Some(help));
    let period = Period::parse(&period_cell.text)
        .ok_or_else(|| bad(period_cell, format!("`{}` is not a period", short(&period_cell.text)), advice()))?;
    let actual = match cell("actual") {
        None => Actual::Unknown,
        Some(cell) => Actual::parse(&cell.text).map_err(|help| bad(cell, format!("`{}` is not a number", short(&cell.text)), help))?,
    };
    let target = match cell("target") {
        None => None,
        Some(cell) => {
            Some(scalar::decimal(&cell.text).map_err(|help| bad(cell, format!("`{}` is not a number", short(&cell.text)), help))?)
        }
    };
    Ok(Metric {
        partner: partner.map(|cell| (cell.text.clone(), cell.span.clone())),
        kpi: kpi.text.clone(),
        kpi_span: kpi.span.clone(),
        period,
        actual,
        target,
        note: cell("note").map(|cell| cell.text.clone()),
        span: cell("actual").map_or(row.span.clone(), |cell| cell.span.clone()),
        line,
    })
}
