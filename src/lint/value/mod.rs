//! Win, win, win: what a partnership is for, and what is in it for whom.

mod goal_missed;
mod incomplete;
mod no_goal;
mod no_model;
mod not_quantified;
mod one_sided;
mod requirement;
mod unjustified_tier;
mod vague_objective;

use super::Lint;
use crate::model::partner::Objective;
use crate::text::written;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[
    &no_goal::LINT,
    &vague_objective::LINT,
    &goal_missed::LINT,
    &no_model::LINT,
    &incomplete::LINT,
    &one_sided::LINT,
    &not_quantified::LINT,
    &unjustified_tier::LINT,
];

/// True for an objective in which nothing is written.
fn is_blank(objective: &Objective) -> bool {
    written(&objective.outcome).is_none() && written(&objective.metric).is_none() && objective.target.is_none() && objective.by.is_none()
}
