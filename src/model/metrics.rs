//! `metrics.csv`: KPI values from another system.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::kpi::Actual;
use super::period::{Period, advice_for};
use crate::content::csv::{Cell, Row, parse};
use crate::content::read::{one_of, short};
use crate::content::{meant, scalar};
use crate::diagnostics::{Finding, Fix, Place, Rule, input};
use crate::text::{Span, suggest};

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
    let mut report = |problem: Problem| {
        let finding = Finding::new(problem.rule, path, Place::Span(problem.span), problem.message);
        findings.push(finding.maybe_help(problem.help).maybe_fix(problem.fix));
    };
    let mut metrics = Vec::new();
    if let Some((span, message)) = table.problem {
        report(Problem::new(&input::BAD_CSV, &span, format!("this line cannot be read: {message}")));
    }
    let Some(header) = &table.header else {
        return (metrics, findings);
    };
    let known = if of_workspace { COLUMNS } else { &COLUMNS[1..] };
    let names: Vec<String> = header.cells.iter().map(|cell| cell.text.to_lowercase()).collect();
    for (at, (cell, name)) in header.cells.iter().zip(&names).enumerate() {
        if !known.contains(&name.as_str()) && !name.starts_with("x-") && !name.is_empty() {
            let others = names.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, name)| name.as_str());
            let meant = suggest::certain_among(name, others, known);
            let problem = Problem::new(&input::UNKNOWN_KEY, &cell.span, format!("unknown column `{}`", short(&cell.text)));
            report(problem.help(one_of(name, known)).meant(text, cell, meant));
        }
    }
    let column = |name: &str| names.iter().position(|known| known == name);
    let required = if of_workspace { &COLUMNS[..4] } else { &COLUMNS[1..4] };
    let missing: Vec<&str> = required.iter().copied().filter(|name| column(name).is_none()).collect();
    if !missing.is_empty() {
        let message =
            format!("the first line has no column {}", missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
        report(Problem::new(&input::BAD_CSV, &header.span, message).help(format!("start the file with `{}`", known.join(","))));
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
            report(Problem::new(&input::BAD_CSV, &row.span, message).help("put a text with commas in it in quotes"));
            continue;
        }
        match metric(text, row, line, &cell, of_workspace) {
            // A quote that is not closed swallows the lines after it.
            Err(_) if text[row.span.clone()].contains('\n') => {
                report(Problem::new(&input::BAD_CSV, &row.span, "a quote in this line is not closed").help("close it, or remove it"));
            }
            Err(problem) => report(problem),
            Ok(metric) => {
                let key =
                    (metric.partner.as_ref().map(|(name, _)| name.to_lowercase()).unwrap_or_default(), metric.kpi.clone(), metric.period);
                if let std::collections::btree_map::Entry::Vacant(e) = seen.entry(key) {
                    e.insert(metric.span.clone());
                    metrics.push(metric);
                } else {
                    let message = format!("`{}` of {} is given twice", metric.kpi, metric.period);
                    report(Problem::new(&input::BAD_CSV, &row.span, message).help("keep one of the two lines"));
                }
            }
        }
    }
    (metrics, findings)
}

/// Something that is wrong in a `metrics.csv`.
struct Problem {
    rule: &'static Rule,
    span: Span,
    message: String,
    help: Option<String>,
    fix: Option<Fix>,
}

impl Problem {
    fn new(rule: &'static Rule, span: &Span, message: impl Into<String>) -> Problem {
        Problem { rule, span: span.clone(), message: message.into(), help: None, fix: None }
    }

    fn help(self, help: impl Into<String>) -> Problem {
        Problem { help: Some(help.into()), ..self }
    }

    /// With what was meant by a cell, where that is certain.
    fn meant(self, text: &str, cell: &Cell, meant: Option<&str>) -> Problem {
        let fix = meant.and_then(|new| Some(Fix::replacing(&cell.text, new).bytes(cell.span.clone(), cell.rewrite(text, new)?)));
        Problem { fix, ..self }
    }
}

fn metric<'a>(text: &str, row: &Row, line: u32, cell: &impl Fn(&str) -> Option<&'a Cell>, of_workspace: bool) -> Result<Metric, Problem> {
    let need = |name: &str| cell(name).ok_or_else(|| Problem::new(&input::BAD_CSV, &row.span, format!("this line has no `{name}`")));
    let partner = if of_workspace { Some(need("partner")?) } else { None };
    let kpi = need("kpi")?;
    let bad = |cell: &Cell, what: &str, help: String, meant: Option<&str>| {
        let message = format!("`{}` is not {what}", short(&cell.text));
        Problem::new(&input::BAD_VALUE, &cell.span, message).help(help).meant(text, cell, meant)
    };
    let period_cell = need("period")?;
    let period = Period::parse(&period_cell.text).ok_or_else(|| {
        let meant = Period::meant(&period_cell.text);
        bad(period_cell, "a period", advice_for(meant), meant.map(Period::key).as_deref())
    })?;
    let number = |cell: &Cell, help: String| bad(cell, "a number", help, meant::decimal(&cell.text).as_deref());
    let actual = match cell("actual") {
        None => Actual::Unknown,
        Some(cell) => Actual::parse(&cell.text).map_err(|help| number(cell, help))?,
    };
    let target = cell("target").map(|cell| scalar::decimal(&cell.text).map_err(|help| number(cell, help))).transpose()?;
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
