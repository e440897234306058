//! `partnerbook check --fix` and `--diff`: puts right what has one certain answer.

mod rounds;
mod show;
mod write;

use super::Failure;
use crate::diagnostics::Finding;
pub use rounds::{Look, Outcome, run as plan};
pub use show::{diff, report};

/// What was put right.
pub struct Report {
    /// Put right, in the order of files and lines.
    pub fixed: Vec<Finding>,
    /// Left as it is although there is a fix, and why.
    pub left: Vec<(Finding, String)>,
    /// Files that could not be written.
    pub failures: Vec<Failure>,
}

/// Writes the files.
pub fn fix(plan: Outcome) -> Report {
    let Outcome { changes, mut fixed, left } = plan;
    let mut failures = Vec::new();
    for (path, change) in &changes {
        if let Err(why) = write::replace(&change.target, &change.before, &change.after) {
            failures.push(Failure::new(format!("cannot write {path}: {why}"), "it is as it was".to_owned()));
            fixed.retain(|finding| finding.path != *path);
        }
    }
    Report { fixed, left, failures }
}
