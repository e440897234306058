//! One line a finding, for editors and for `grep`.

use std::fmt::Write as _;

use super::report::{Report, waiver, word};
use crate::text::plain::one_line;

/// `path:line:column: severity[rule] message`.
pub fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for item in &report.items {
        let finding = item.finding;
        let at = item.region.start;
        let (path, message) = (one_line(&finding.path), one_line(&finding.message));
        let waived = waiver(finding).map(|waiver| format!(" ({})", one_line(&waiver))).unwrap_or_default();
        let _ = writeln!(out, "{path}:{}:{}: {}[{}] {message}{waived}", at.line, at.column, word(finding), finding.rule.name);
    }
    out
}
