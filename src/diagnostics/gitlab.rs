//! GitLab's Code Quality report: a list of JSON objects, shown in merge requests.

use serde::Serialize;

use super::json::line;
use super::report::{Item, Report, waiver};
use super::{Finding, Severity};
use crate::text::plain::one_line;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// All findings, one a line.
pub fn render(report: &Report<'_>) -> String {
    let issues: Vec<String> = report.items.iter().map(|item| line(&issue(report, item))).collect();
    if issues.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", issues.join(",\n")) }
}

fn issue<'a>(report: &Report<'_>, item: &'a Item<'_>) -> Issue<'a> {
    let finding = item.finding;
    let waived = waiver(finding).map(|waiver| format!(" ({waiver})")).unwrap_or_default();
    Issue {
        description: one_line(&format!("{}{waived}", finding.message)),
        check_name: finding.rule.name,
        fingerprint: item.fingerprint,
        severity: severity(finding),
        location: Location { path: report.path(&finding.path), lines: Lines { begin: item.region.start.line } },
    }
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        _ if finding.waived.is_some() => "info",
        _ if finding.blocks_publishing() => "blocker",
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
