//! What commands say: to standard output what was asked for, to standard error everything else. Colours only on a terminal.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Failure;
use crate::diagnostics::human::Human;
use crate::diagnostics::{Counts, Finding, Severity};
use crate::workspace::snapshot::{describe, text_of};

/// Set when standard output could not be written.
static FAILED: AtomicBool = AtomicBool::new(false);

/// Writes to standard output. A reader that has gone away is no error; anything else is, see [`output_failed`].
pub fn out(text: &str) {
    wrote(anstream::stdout().write_all(text.as_bytes()));
}

/// The same for bytes that another program reads: nothing is taken out of them.
pub fn raw(text: &str) {
    wrote(std::io::stdout().write_all(text.as_bytes()));
}

fn wrote(result: std::io::Result<()>) {
    if let Err(error) = result
        && error.kind() != std::io::ErrorKind::BrokenPipe
        && !FAILED.swap(true, Ordering::Relaxed)
    {
        err(&format!("error: cannot write to standard output: {}\n", describe(&error)));
    }
}

/// True when something that was to be written to standard output was lost.
pub fn output_failed() -> bool {
    FAILED.load(Ordering::Relaxed)
}

/// Writes to standard error.
pub fn err(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Says why a command could not do its work.
pub fn failure(failure: &Failure) {
    let red = anstyle::AnsiColor::BrightRed.on_default().bold();
    let bold = anstyle::Style::new().bold();
    err(&format!("{red}error{red:#}{bold}: {}{bold:#}\n", failure.message));
    if let Some(help) = &failure.help {
        err(&format!("  = help: {help}\n"));
    }
}

/// Shows findings in their order; those that are left out for the sake of length are counted.
pub fn findings(findings: &[&Finding], root: &std::path::Path, most: usize, write: fn(&str)) {
    let mut human = Human::new(|path: &str| text_of(&root.join(path)));
    // Where not all can be shown, the grave ones go first.
    let mut shown: Vec<&Finding> = findings.to_vec();
    if findings.len() > most {
        shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    }
    for finding in shown.iter().take(most) {
        write(&human.render(finding));
    }
    if findings.len() > most {
        write(&format!("… and {} more; `partnerbook check` shows all of them\n\n", findings.len() - most));
    }
}

/// True when a finding is at or over the threshold: errors, or with `strict` warnings too.
pub fn over_threshold(findings: &[Finding], strict: bool) -> bool {
    let threshold = if strict { Severity::Warning } else { Severity::Error };
    findings.iter().any(|finding| finding.waived.is_none() && finding.severity >= threshold)
}

/// The counts of findings in words.
pub fn counts(findings: &[Finding]) -> String {
    Counts::of(findings).sentence()
}

/// Says how many of the findings can be fixed, where there are any.
pub fn fixable(findings: &[Finding]) -> Option<String> {
    let fixable = findings.iter().filter(|finding| finding.can_be_fixed()).count();
    (fixable > 0).then(|| format!("{fixable} of them can be fixed with `partnerbook check --fix`\n"))
}

/// How many partners are on the site, in words.
pub fn partners(workspace: &crate::workspace::Workspace) -> String {
    match workspace.visible_partners().count() {
        1 => "1 partner".to_owned(),
        n => format!("{n} partners"),
    }
}
