//! Every partner moves through the stages, and what is decided on the way is recorded.

mod skipped_stage;
mod stage_mismatch;

use super::{Lint, Subject};

/// The rules of this category.
pub static LINTS: &[&Lint] = &[&skipped_stage::LINT, &stage_mismatch::LINT];

/// The stages of the recorded moves, by their places in the lifecycle, oldest first. `None` where one of them is not known: that
/// is a finding already, and nothing can be said of the way that a partner took.
fn way(partner: &Subject<'_>) -> Option<Vec<usize>> {
    partner.data.lifecycle.iter().map(|entry| partner.settings().stage_index(entry.stage.as_deref()?)).collect()
}

/// The stages between two, in order, that were never entered. What a decision of the first one leads to is not passed over, and
/// everybody may leave from everywhere.
fn passed_over(partner: &Subject<'_>, way: &[usize], from: Option<usize>, to: usize) -> Vec<usize> {
    let stages = &partner.settings().stages;
    let leads_there = |from: usize| {
        let id = stages.get(to).map_or("", |stage| stage.id.as_str());
        stages.get(from).is_some_and(|stage| stage.decisions.iter().any(|(_, target)| target.eq_ignore_ascii_case(id)))
    };
    // The exit is always the last one.
    if to + 1 >= stages.len() || from.is_some_and(leads_there) {
        return Vec::new();
    }
    let first = from.map_or(0, |from| from + 1);
    (first..to).filter(|stage| !way.contains(stage)).collect()
}

/// The ids of stages, for a sentence.
fn ids<'a>(partner: &Subject<'a>, stages: &[usize]) -> Vec<&'a str> {
    stages.iter().filter_map(|at| partner.settings().stages.get(*at)).map(|stage| stage.id.as_str()).collect()
}
