//! Workflow commands: GitHub Actions shows them as annotations in the files of a pull request.

use std::fmt::Write as _;

use super::Severity;
use super::report::{Item, Report, waiver};
use crate::text::plain::plain;

/// So many annotations of each severity does GitHub show for one step.
const SHOWN: usize = 10;

/// A workflow command a finding, the gravest first, since GitHub shows only the first ones; then the counts.
pub fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for item in report.gravest_first() {
        command(report, item, &mut out);
    }
    let _ = write!(out, "partnerbook: {}", report.counts.sentence());
    let counts = report.counts;
    if [counts.errors, counts.warnings, counts.notes].iter().any(|n| *n > SHOWN) {
        let _ = write!(out, " (GitHub shows {SHOWN} of each as annotations; this log has all of them)");
    }
    out.push('\n');
    out
}

fn command(report: &Report<'_>, item: &Item<'_>, out: &mut String) {
    let finding = item.finding;
    let level = match finding.severity {
        _ if finding.waived.is_some() => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let _ = write!(out, "::{level} file={}", property(&report.path(&finding.path)));
    let (start, end) = (item.region.start, item.region.end);
    let _ = write!(out, ",line={}", start.line);
    if start.line == end.line {
        let _ = write!(out, ",col={},endLine={},endColumn={}", start.utf16, end.line, end.utf16);
    } else {
        // GitHub drops an annotation's columns where it has several lines.
        let _ = write!(out, ",endLine={}", end.line);
    }
    let _ = write!(out, ",title={}::{}", property(finding.rule.name), data(&finding.message));
    for more in [finding.advice().map(|help| format!("help: {help}")), waiver(finding)].into_iter().flatten() {
        let _ = write!(out, "%0A{}", data(&more));
    }
    out.push('\n');
}

/// Text behind the `::`.
pub fn data(text: &str) -> String {
    plain(&text.replace("\r\n", "\n")).replace('%', "%25").replace('\n', "%0A")
}

/// Text as the value of a property.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
