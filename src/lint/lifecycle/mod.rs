//! Every partner moves through the stages, and what is decided on the way is recorded.

mod back_without_reason;
mod dates_out_of_order;
mod development_unreviewed;
mod missing_output;
mod no_decision;
mod no_history;
mod skipped_stage;
mod stage_mismatch;
mod stalled;
mod wrong_decision;

use super::{Lint, Subject};
use crate::model::partner::Move;
use crate::model::settings::{Settings, Stage, plain};

/// The rules of this category.
pub static LINTS: &[&Lint] = &[
    &skipped_stage::LINT,
    &no_history::LINT,
    &stage_mismatch::LINT,
    &no_decision::LINT,
    &wrong_decision::LINT,
    &back_without_reason::LINT,
    &dates_out_of_order::LINT,
    &stalled::LINT,
    &missing_output::LINT,
    &development_unreviewed::LINT,
];

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

/// Two recorded moves that follow each other, and whose stages are known.
struct Step<'a> {
    settings: &'a Settings,
    /// The place of the first one in `lifecycle`.
    at: usize,
    /// The first one; its decision is the one that led on.
    left: &'a Move,
    /// The second one.
    next: &'a Move,
    /// The stage of the first one.
    stage: &'a Stage,
    /// The places of their stages in the lifecycle.
    from: usize,
    to: usize,
}

/// The steps that a partner took, oldest first; a stage that was entered again is one as well.
fn steps<'a>(partner: &Subject<'a>) -> impl Iterator<Item = Step<'a>> {
    (0..partner.data.lifecycle.len()).filter_map(|at| step(partner, at))
}

/// The step from the move at this place to the one after it.
fn step<'a>(partner: &Subject<'a>, at: usize) -> Option<Step<'a>> {
    let settings = partner.settings();
    let stage_of = |entry: &Move| settings.stage_index(entry.stage.as_deref()?);
    let (left, next) = (partner.data.lifecycle.get(at)?, partner.data.lifecycle.get(at + 1)?);
    let (from, to) = (stage_of(left)?, stage_of(next)?);
    Some(Step { settings, at, left, next, stage: settings.stages.get(from)?, from, to })
}

impl<'a> Step<'a> {
    /// True where the partner left for good: the exit is always the last stage.
    fn is_exit(&self) -> bool {
        self.to + 1 == self.settings.stages.len()
    }

    /// True where an earlier stage was entered.
    fn is_back(&self) -> bool {
        self.to < self.from
    }

    /// The stage that was entered.
    fn entered(&self) -> &'a str {
        self.settings.stages.get(self.to).map_or("", |stage| stage.id.as_str())
    }

    /// The decisions of the stage that lead where the partner went.
    fn fitting(&self) -> Vec<&'a str> {
        let leads = |target: &str| leads_to(self.settings, target, self.from, self.to) == Some(true);
        self.stage.decisions.iter().filter(|(_, target)| leads(target)).map(|(word, _)| word.as_str()).collect()
    }

    /// True where a decision names the stage that was entered: then the step is a regular one, whatever its direction.
    fn is_named(&self) -> bool {
        self.stage.decisions.iter().any(|(_, target)| target.eq_ignore_ascii_case(self.entered()))
    }

    /// True for a step that no decision of the stage is about: going back, or leaving. It is told by its reason, or under `exit`.
    fn is_beyond_decisions(&self) -> bool {
        (self.is_back() || self.is_exit()) && self.fitting().is_empty()
    }

    /// ` on 2026-02-01`, where that is known.
    fn on(&self) -> String {
        self.next.entered.map(|day| format!(" on {day}")).unwrap_or_default()
    }
}

/// True where a decision that leads to `target` leads from one stage to another. `None` where there is no such stage.
fn leads_to(settings: &Settings, target: &str, from: usize, to: usize) -> Option<bool> {
    Some(match target {
        "next" => to == from + 1,
        "stay" => to == from,
        "back" => to < from,
        "exit" => to + 1 == settings.stages.len(),
        stage => settings.stage_index(stage)? == to,
    })
}

/// The decision that a move records, as it is written.
fn decision(entry: &Move) -> Option<&str> {
    entry.decision.as_deref().filter(|decision| !decision.is_empty())
}

/// A decision of a stage: its word, and where it leads. Case, blanks and underscores do not count.
pub(super) fn known_decision<'a>(stage: &'a Stage, word: &str) -> Option<(&'a str, &'a str)> {
    let word = plain(word);
    stage.decisions.iter().find(|(known, _)| plain(known) == word).map(|(known, target)| (known.as_str(), target.as_str()))
}
