//! What is tolerated is tolerated by somebody, for a reason, until a day.

mod expired;
mod incomplete;
pub(super) mod unused;

use rustc_hash::FxHashSet;

use super::{CATEGORIES, Lint};
use crate::diagnostics::{Finding, Rule, Waived, input};
use crate::model::partner::Waiver;
use crate::workspace::{PartnerId, Workspace};

/// The rules of this category.
pub static LINTS: &[&Lint] = &[&incomplete::LINT, &expired::LINT, &unused::LINT];

/// Waivers by their partner and their place in its file.
pub(super) type Used = FxHashSet<(PartnerId, usize)>;

/// Marks the findings that are waived, and tells which waivers were of use. One that is not complete holds all the same: it is a
/// finding of its own, and one cause is one finding.
pub(super) fn apply(workspace: &Workspace, findings: &mut [Finding]) -> Used {
    let mut used = Used::default();
    for finding in findings.iter_mut() {
        let Some(partner) = finding.partner else { continue };
        if finding.rule.category() == "waiver" || input::FIXED.contains(&finding.rule) {
            continue;
        }
        for (at, waiver) in workspace.partners[partner].data.waive.iter().enumerate() {
            if !waives(waiver, finding.rule) {
                continue;
            }
            used.insert((partner, at));
            if waiver.until.is_none_or(|until| until >= workspace.as_of) {
                let by = waiver.by.as_deref().map(|by| workspace.people.name(by).to_owned());
                finding.waived = Some(Box::new(Waived { reason: waiver.reason.clone(), by, until: waiver.until }));
            }
        }
    }
    used
}

/// True where a waiver names this rule, or its category.
fn waives(waiver: &Waiver, rule: &Rule) -> bool {
    waiver.rule.as_deref().is_some_and(|pattern| rule.is_meant_by(pattern.trim()))
}

/// True where what a waiver names is judged for a partner that has left.
fn outlives(waiver: &Waiver) -> bool {
    let Some(rule) = waiver.rule.as_deref() else { return false };
    let category = rule.split('/').next().unwrap_or_default();
    ["input", "lifecycle", "exit"].contains(&category) && CATEGORIES.iter().any(|known| known.name == category)
}
