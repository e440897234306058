//! What `--fix` and `--diff` say.

use std::io::IsTerminal as _;

use anstyle::AnsiColor::{Green, Red};
use similar::TextDiff;

use super::super::{FINDINGS, FINE, report as say};
use super::Report;
use super::rounds::{Change, Outcome};
use crate::diagnostics::Finding;
use crate::text::count;
use crate::text::plain::plain;

/// Says what was put right, one line each, and why something was not.
pub fn report(report: &Report, write: fn(&str)) {
    let green = Green.on_default().bold();
    for finding in &report.fixed {
        write(&format!("{green}fixed{green:#} {}\n", line(finding, &title(finding))));
    }
    left(&report.left);
    if !report.fixed.is_empty() {
        write("\n");
    }
}

fn left(left: &[(Finding, String)]) {
    for (finding, why) in left {
        say::err(&format!("not fixed {}\n", line(finding, why)));
    }
}

fn line(finding: &Finding, what: &str) -> String {
    plain(&format!("{}:{} {}: {what}", finding.path, finding.line, finding.rule.name))
}

fn title(finding: &Finding) -> String {
    finding.fix.as_ref().map(|fix| fix.title.clone()).unwrap_or_default()
}

/// Shows what would be put right as a unified diff; nothing is written. The exit status tells whether there is anything.
pub fn diff(plan: &Outcome, quiet: bool) -> u8 {
    let colours = std::io::stdout().is_terminal();
    for (path, change) in &plan.changes {
        let text = unified(path, change);
        if colours { coloured(&text) } else { say::out_exactly(&text) }
    }
    if !quiet {
        left(&plan.left);
        let (findings, files) = (plan.fixed.len(), plan.changes.len());
        say::err(&match findings {
            0 => "Nothing would be fixed\n".to_owned(),
            n => format!("{} in {} would be fixed; `partnerbook check --fix` does it\n", count(n, "finding"), count(files, "file")),
        });
    }
    if plan.changes.is_empty() { FINE } else { FINDINGS }
}

/// The difference that a change makes, as `patch -p0` and `git apply -p0` take it.
fn unified(path: &str, change: &Change) -> String {
    // Lines end in a line feed and nothing else, as for the programs that read this.
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (before, after) = (lines(change.before.as_str()), lines(change.after.as_str()));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    diff.unified_diff().context_radius(3).header(path, path).to_string()
}

fn coloured(text: &str) {
    for line in text.split_inclusive('\n') {
        let style = match line.as_bytes() {
            [b'+', ..] => Green.on_default(),
            [b'-', ..] => Red.on_default(),
            _ => anstyle::Style::new(),
        };
        say::out(&format!("{style}{}{style:#}\n", plain(line.trim_end_matches(['\n', '\r']))));
    }
}
