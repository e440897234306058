//! `JUnit` XML, as GitLab and Jenkins read it: a suite for each partner, a failed test for each error and warning, and one that has
//! passed for each note, which has the text of the note as its output.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::Severity;
use super::report::{Item, Report, waiver, word};
use crate::text::plain::one_line;

/// All findings by partner; those of no partner by file. Without findings it is one test that has passed.
pub fn render(report: &Report<'_>) -> String {
    let mut suites: Vec<(&str, Vec<&Item<'_>>)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for item in &report.items {
        let name = item.partner.map_or(item.finding.path.as_ref(), |partner| partner.id);
        let at = *places.entry(name).or_insert_with(|| {
            suites.push((name, Vec::new()));
            suites.len() - 1
        });
        suites[at].1.push(item);
    }
    let all = report.items.len();
    let failures = report.items.iter().filter(|item| fails(report, item)).count();
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let _ = writeln!(out, "<testsuites name=\"partnerbook\" tests=\"{}\" failures=\"{failures}\" errors=\"0\">", all.max(1));
    if suites.is_empty() {
        out.push_str("  <testsuite name=\"partnerbook\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n");
        out.push_str("    <testcase name=\"no findings\" classname=\"partnerbook\" time=\"0\"/>\n  </testsuite>\n");
    }
    for (name, items) in &suites {
        suite(report, name, items, &mut out);
    }
    out.push_str("</testsuites>\n");
    out
}

/// True for what is neither waived nor, unless notes are denied, a note.
fn fails(report: &Report<'_>, item: &Item<'_>) -> bool {
    item.finding.waived.is_none() && (item.finding.severity > Severity::Note || report.denies_notes)
}

fn suite(report: &Report<'_>, name: &str, items: &[&Item<'_>], out: &mut String) {
    let skipped = items.iter().filter(|item| item.finding.waived.is_some()).count();
    let failures = items.iter().filter(|item| fails(report, item)).count();
    let _ = writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">",
        escape(name),
        items.len(),
    );
    let mut names: FxHashMap<(&str, String), usize> = FxHashMap::default();
    for item in items {
        let finding = item.finding;
        let mut case = format!("{}: {}", finding.rule.name, one_line(&finding.message));
        // Readers take two tests of one name for one.
        let nth = names.entry((&finding.path, case.clone())).or_default();
        *nth += 1;
        if *nth > 1 {
            let _ = write!(case, " ({nth})");
        }
        let path = escape(&report.path(&finding.path));
        let _ = writeln!(out, "    <testcase name=\"{}\" classname=\"{path}\" file=\"{path}\" time=\"0\">", escape(&case));
        if let Some(waiver) = waiver(finding) {
            let _ = writeln!(out, "      <skipped message=\"{}\"/>", escape(&one_line(&waiver)));
        } else {
            let at = item.region.start;
            let word = word(finding);
            let message = escape(&one_line(&finding.message));
            let (open, close) = if fails(report, item) {
                (format!("<failure message=\"{message}\" type=\"{word}\">"), "</failure>")
            } else {
                ("<system-out>".to_owned(), "</system-out>")
            };
            let _ = write!(out, "      {open}{path}:{}:{}: {word}[{}] {message}", at.line, at.column, finding.rule.name);
            if let Some(help) = finding.advice() {
                let _ = write!(out, "\nhelp: {}", escape(help));
            }
            let _ = writeln!(out, "{close}");
        }
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n");
}

/// Text in XML 1.0, in an element or an attribute. Characters that it cannot hold, not even as references, are replaced.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
