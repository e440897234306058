//! The file of the baseline: read, applied to findings, written.

use std::path::{Path, PathBuf};

use super::Failure;
use super::report::shown;
use crate::diagnostics::Finding;
pub use crate::diagnostics::baseline::Baseline;
use crate::workspace::snapshot::describe;

/// The baseline of a workspace, beside its settings.
pub const FILE: &str = "partnerbook-baseline.json";

/// Where the baseline of a workspace is, unless another one is named.
pub fn default_file(root: &Path) -> PathBuf {
    root.join(FILE)
}

/// Reads a baseline; `None` where there is no such file.
///
/// # Errors
/// When it cannot be read, or is no baseline.
pub fn read(root: &Path, file: &Path) -> Result<Option<Baseline>, Failure> {
    let text = match std::fs::read(file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => Err(describe(&error)),
    };
    text.and_then(|text| Baseline::parse(&text)).map(Some).map_err(|why| {
        let help = if file == default_file(root) {
            "restore it, or record anew with `partnerbook check --write-baseline`; `partnerbook check --no-baseline` goes without it"
        } else {
            "name a file that `partnerbook check --write-baseline=FILE` has written"
        };
        Failure::new(format!("the baseline {} cannot be read: {why}", shown(file)), help.to_owned())
    })
}

/// Marks the findings that are recorded. Gives how many entries stand for nothing any more.
pub fn apply(baseline: &Baseline, findings: &mut [Finding]) -> usize {
    let found = baseline.find(findings);
    let used = found.iter().flatten().count();
    for (finding, entry) in findings.iter_mut().zip(found) {
        finding.recorded = entry.is_some();
    }
    baseline.entries.len() - used
}

/// Records findings. Gives the baseline that was written.
///
/// # Errors
/// When the file cannot be written, or is there and is something else.
pub fn write(root: &Path, file: &Path, findings: &[Finding]) -> Result<Baseline, Failure> {
    let before = match read(root, file) {
        Ok(before) => before.unwrap_or_default(),
        // Nothing else has this name; conflict markers are the usual reason.
        Err(_) if file == default_file(root) => Baseline::default(),
        Err(_) => {
            let message = format!("{} is there and is no baseline; it was not overwritten", shown(file));
            return Err(Failure::new(message, "name another file, or remove this one first".to_owned()));
        }
    };
    let after = Baseline::of(findings, &before);
    std::fs::write(file, after.to_text()).map_err(|error| unwritable(file, &error))?;
    Ok(after)
}

/// A file that could not be written.
pub fn unwritable(file: &Path, error: &std::io::Error) -> Failure {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir());
    let help = folder.map(|folder| format!("make the folder {} first", folder.display()));
    let why = if help.is_some() { "there is no such folder".to_owned() } else { describe(error) };
    Failure::new(format!("cannot write {}: {why}", shown(file)), help)
}
