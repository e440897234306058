//! `partnerbook check`.

use std::path::Path;

use super::progress::Progress;
use super::{FINDINGS, FINE, Failure, as_of, find_workspace, report};
use crate::cli::CheckArgs;
use crate::site::Site;
use crate::workspace::Workspace;

/// Checks the workspace.
///
/// # Errors
/// When the workspace is not found.
pub fn run(dir: Option<&Path>, args: &CheckArgs) -> Result<u8, Failure> {
    let root = find_workspace(dir)?;
    let day = as_of(&args.as_of)?;
    let progress = Progress::start(args.quiet);
    // Collisions of paths and mistakes in templates show only once the site is laid out.
    let workspace = Site::check(Workspace::load_to_check(&root, day, args.drafts));
    drop(progress);
    let findings = &workspace.findings;
    report::findings(findings, &root, usize::MAX, report::out);
    if !args.quiet {
        report::out(&format!("Checked {}: {}\n", report::partners(&workspace), report::counts(findings)));
    }
    let status = if report::over_threshold(findings, args.strict) { FINDINGS } else { FINE };
    std::mem::forget(workspace);
    Ok(status)
}
