//! What is tolerated is tolerated by somebody, for a reason, until a day.

mod expired;
mod incomplete;
pub(super) mod unused;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{CATEGORIES, Check, Lint};
use crate::diagnostics::{Finding, Rule, Waived, input};
use crate::model::partner::Waiver;
use crate::text::written;
use crate::workspace::{PartnerId, Workspace};

/// The rules of this category.
pub static LINTS: &[&Lint] = &[&incomplete::LINT, &expired::LINT, &unused::LINT];

/// Waivers by their partner and their place in its file.
pub(super) type Used = FxHashSet<(PartnerId, usize)>;

/// Marks the findings that are waived, and tells which waivers were of use. One that does not say why, who and until when waives
/// nothing.
pub(super) fn apply(workspace: &Workspace, findings: &mut [Finding]) -> Used {
    let mut used = Used::default();
    for finding in findings.iter_mut() {
        let Some(partner) = finding.partner else { continue };
        if finding.rule.category() == "waiver" || input::FIXED.contains(&finding.rule) {
            continue;
        }
        let mut holding: Option<&Waiver> = None;
        for (at, waiver) in workspace.partners[partner].data.waive.iter().enumerate().filter(|(_, waiver)| waives(waiver, finding.rule)) {
            used.insert((partner, at));
            // Where several fit, the one that holds longest is told.
            let until = waiver.until.unwrap_or(Date::MAX);
            if is_complete(waiver) && until >= workspace.as_of && holding.is_none_or(|known| known.until.is_some_and(|known| known < until))
            {
                holding = Some(waiver);
            }
        }
        finding.waived = holding.map(|waiver| {
            let by = waiver.by.as_deref().map(|by| workspace.people.name(by).to_owned());
            Box::new(Waived { reason: waiver.reason.clone(), by, until: waiver.until })
        });
    }
    used
}

/// True where somebody has decided it, for a reason, until a day.
fn is_complete(waiver: &Waiver) -> bool {
    written(&waiver.reason).is_some() && written(&waiver.by).is_some() && waiver.until.is_some()
}

/// True where a waiver names this rule, or its category.
fn waives(waiver: &Waiver, rule: &Rule) -> bool {
    let is_meant = |pattern: &str| pattern == rule.name || pattern.strip_suffix("/*") == Some(rule.category());
    waiver.rule.as_deref().is_some_and(is_meant)
}

/// True where what a waiver names is judged for a partner that has left.
fn outlives(waiver: &Waiver) -> bool {
    let judges = |lint: &Lint| matches!(lint.check, Check::Everyone(_)) && waives(waiver, &lint.rule);
    CATEGORIES.iter().flat_map(|category| category.lints).any(|lint| judges(lint)) || input::ALL.iter().any(|rule| waives(waiver, rule))
}
