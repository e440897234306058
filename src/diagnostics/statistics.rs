//! How often each rule has fired.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use super::json::{self, line};
use super::{Counts, Finding, Severity};

/// One line of the statistics.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Row<'a> {
    /// The name of the rule.
    pub rule: &'a str,
    /// How grave its findings are.
    pub severity: &'a str,
    /// How many there are.
    pub count: usize,
    /// How many partners they are about.
    pub partners: usize,
}

/// A row for each rule and severity: the most frequent first, then by name. Only what counts is counted.
pub fn rows<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Row<'a>> {
    let mut by_rule: BTreeMap<(&str, Severity), (usize, BTreeSet<usize>)> = BTreeMap::new();
    for finding in findings.into_iter().filter(|finding| finding.counts()) {
        let (count, partners) = by_rule.entry((finding.rule.name, finding.severity)).or_default();
        *count += 1;
        partners.extend(finding.partner);
    }
    let mut rows: Vec<Row<'_>> = by_rule
        .into_iter()
        .map(|((rule, severity), (count, partners))| Row { rule, severity: severity.word(), count, partners: partners.len() })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

/// A table for a terminal; empty where there is nothing.
pub fn table(rows: &[Row<'_>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let width = rows.iter().map(|row| row.rule.len()).max().unwrap_or_default();
    let mut out = format!("{:<width$}  severity  count  partners\n", "rule");
    for row in rows {
        let _ = writeln!(out, "{:<width$}  {:<8}  {:>5}  {:>8}", row.rule, row.severity, row.count, row.partners);
    }
    out.push('\n');
    out
}

/// The same as a JSON object.
pub fn render(as_of: Date, counts: Counts, rows: &[Row<'_>]) -> String {
    let rows: Vec<String> = rows.iter().map(line).collect();
    let rows = if rows.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", rows.join(",\n")) };
    let (version, day, counts) = (json::VERSION, line(&as_of), json::counts(counts));
    format!("{{\"version\":{version},\"as_of\":{day},\"counts\":{counts},\"statistics\":{rows}}}\n")
}
