//! JSON, for programs of one's own. `docs/checking.md` describes it.

use rayon::prelude::*;
use serde::Serialize;

use super::Counts;
use super::report::{Item, Report, documentation};
use super::texts::Point;

/// The version of the format. It goes up when something changes its name or its meaning; new keys may come without that.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    offset: usize,
}

impl From<Point> for Place {
    fn from(point: Point) -> Place {
        Place { line: point.line, column: point.column, offset: point.offset }
    }
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    start: Place,
    end: Place,
    label: &'a str,
}

#[derive(Serialize)]
struct Waived<'a> {
    reason: Option<&'a str>,
    by: Option<&'a str>,
    until: Option<jiff::civil::Date>,
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    start: Place,
    end: Place,
    message: &'a str,
    help: Option<&'a str>,
    partner: Option<&'a str>,
    owner: Option<&'a str>,
    related: Vec<Related<'a>>,
    waived: Option<Waived<'a>>,
    fingerprint: &'a str,
    documentation: String,
}

/// All findings, one a line.
pub fn render(report: &Report<'_>) -> String {
    let findings: Vec<String> = report.items.par_iter().map(|item| line(&found(item))).collect();
    let mut out = format!("{{\"version\":{VERSION},\"as_of\":{},\"counts\":{},\"findings\":", line(&report.as_of), counts(report.counts));
    push_list(&mut out, &findings);
    out.push_str("}\n");
    out
}

/// Adds a list with one element a line.
pub fn push_list(out: &mut String, lines: &[String]) {
    // Large portfolios have many findings, so the text is not copied again.
    out.reserve(lines.iter().map(|line| line.len() + 2).sum::<usize>() + 64);
    out.push('[');
    for (at, line) in lines.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(line);
    }
    out.push_str(if lines.is_empty() { "]" } else { "\n]" });
}

/// Counts as an object.
pub fn counts(counts: Counts) -> String {
    let Counts { errors, warnings, notes, waived, recorded } = counts;
    format!("{{\"errors\":{errors},\"warnings\":{warnings},\"notes\":{notes},\"waived\":{waived},\"baseline\":{recorded}}}")
}

/// A value on one line. There are only texts, numbers and lists in what is written here, so it cannot fail.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn found<'a>(item: &'a Item<'_>) -> Found<'a> {
    let finding = item.finding;
    Found {
        rule: finding.rule.name,
        severity: finding.severity.word(),
        path: &finding.path,
        start: item.region.start.into(),
        end: item.region.end.into(),
        message: &finding.message,
        help: finding.advice(),
        partner: item.partner.map(|partner| partner.id),
        owner: item.partner.and_then(|partner| partner.owner),
        related: finding
            .related
            .iter()
            .zip(&item.related)
            .map(|(other, at)| Related { path: &other.path, start: at.start.into(), end: at.end.into(), label: &other.label })
            .collect(),
        waived: finding.waived.as_deref().map(|waived| Waived {
            reason: waived.reason.as_deref(),
            by: waived.by.as_deref(),
            until: waived.until,
        }),
        fingerprint: item.fingerprint,
        documentation: documentation(finding),
    }
}
