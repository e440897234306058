//! What commands say: to standard output what was asked for, to standard error everything else. Colours only on a terminal.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Failure;
use crate::diagnostics::human::Human;
use crate::diagnostics::texts::Texts;
use crate::diagnostics::{Counts, Finding, Severity};
use crate::workspace::snapshot::{describe, text_of};

/// Set when standard output could not be written.
static FAILED: AtomicBool = AtomicBool::new(false);

/// Writes to standard output. A reader that has gone away is no error; anything else is, see [`output_failed`].
pub fn out(text: &str) {
    written(anstream::stdout().write_all(text.as_bytes()));
}

/// True where standard output shows colours.
pub fn is_coloured() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// The same, byte by byte, for what programs read.
pub fn out_exactly(text: &str) {
    let mut out = std::io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

fn written(result: std::io::Result<()>) {
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
    let mut shown: Vec<&Finding> = findings.to_vec();
    let left = shown.len().saturating_sub(most);
    // Where not all can be shown, the grave ones go first.
    if left > 0 {
        shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        shown.truncate(most);
    }
    let texts = Texts::read(shown.iter().copied(), |path: &str| text_of(&root.join(path)));
    Human::new(&texts, true).write_all(&shown, write);
    if left > 0 {
        write(&format!("… and {left} more; `partnerbook check` shows all of them\n\n"));
    }
}

/// True when one of the findings counts and is at or over the threshold.
pub fn reaches<'a>(findings: impl IntoIterator<Item = &'a Finding>, threshold: Severity) -> bool {
    findings.into_iter().any(|finding| finding.counts() && finding.severity >= threshold)
}

/// The counts of findings in words.
pub fn counts(findings: &[Finding]) -> String {
    Counts::of(findings).sentence()
}

/// How many partners are on the site, in words.
pub fn partners(workspace: &crate::workspace::Workspace) -> String {
    crate::text::count(workspace.visible_partners().count(), "partner")
}

/// A path as people would type it from here.
pub fn shown(path: &std::path::Path) -> String {
    let Ok(here) = std::env::current_dir() else { return path.display().to_string() };
    let real = here.canonicalize();
    let inner = [Some(&here), real.as_ref().ok()].into_iter().flatten().find_map(|here| path.strip_prefix(here).ok());
    inner.filter(|inner| !inner.as_os_str().is_empty()).unwrap_or(path).display().to_string()
}
