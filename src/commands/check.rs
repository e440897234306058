//! `partnerbook check`.

use std::path::Path;

use super::fix::{self, Look};
use super::progress::Progress;
use super::{FAILED, FINDINGS, FINE, Failure, as_of, find_workspace, report};
use crate::cli::CheckArgs;
use crate::site::Site;
use crate::workspace::Workspace;

/// Checks the workspace.
///
/// # Errors
/// When the workspace is not found. A file that cannot be fixed is no error here; the exit status tells.
pub fn run(dir: Option<&Path>, args: &CheckArgs) -> Result<u8, Failure> {
    let root = find_workspace(dir)?;
    let day = as_of(&args.as_of)?;
    let progress = Progress::start(args.quiet);
    let look = Look { root: &root, as_of: day, drafts: args.drafts };
    let plan = (args.fix || args.diff).then(|| fix::plan(&look, &|_| true));
    if let Some(plan) = plan.as_ref().filter(|_| args.diff) {
        drop(progress);
        return Ok(fix::diff(plan, args.quiet));
    }
    let fixes = plan.map(fix::fix);
    // Collisions of paths and mistakes in templates show only once the site is laid out.
    let mut site = Site::new(Workspace::load(&root, day, args.drafts));
    site.try_templates();
    drop(progress);
    let findings = &site.workspace.findings;
    if let Some(fixes) = fixes.as_ref().filter(|_| !args.quiet) {
        fix::report(fixes, report::out);
    }
    report::findings(&findings.iter().filter(|finding| finding.waived.is_none()).collect::<Vec<_>>(), &root, usize::MAX, report::out);
    if !args.quiet {
        let fixed = fixes.as_ref().map(|fixes| format!(", {} fixed", fixes.fixed.len())).unwrap_or_default();
        report::out(&format!("Checked {}: {}{fixed}\n", report::partners(&site.workspace), report::counts(findings)));
        if let Some(hint) = report::fixable(findings).filter(|_| fixes.is_none()) {
            report::out(&hint);
        }
    }
    let failures = fixes.map(|fixes| fixes.failures).unwrap_or_default();
    failures.iter().for_each(report::failure);
    let status = match failures.is_empty() {
        false => FAILED,
        true if report::over_threshold(findings, args.strict) => FINDINGS,
        true => FINE,
    };
    std::mem::forget(site);
    Ok(status)
}
