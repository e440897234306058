//! Partners are chosen on evidence.

mod below_pass;
mod low_coverage;
mod no_evidence;
mod out_of_scale;
mod stale;
mod unknown_criterion;
mod unscored;
mod veto;
mod weights;

use super::{Lint, Subject};
use crate::diagnostics::Step;
use crate::measures::score::ScoreRow;
use crate::model::settings::ScoringCriterion;
use crate::route;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[
    &weights::LINT,
    &out_of_scale::LINT,
    &unknown_criterion::LINT,
    &unscored::LINT,
    &no_evidence::LINT,
    &low_coverage::LINT,
    &below_pass::LINT,
    &veto::LINT,
    &stale::LINT,
];

/// The criteria with the partner's scores, in the order of the settings; none at all where nothing is scored.
fn rows<'a>(partner: &Subject<'a>) -> impl Iterator<Item = (&'a ScoringCriterion, &'a ScoreRow)> {
    let criteria = &partner.settings().criteria;
    partner.measures.score.rows.iter().filter_map(|row| Some((criteria.get(row.criterion)?, row)))
}

/// Where the score of a criterion is written.
fn score_of(criterion: &ScoringCriterion) -> Vec<Step> {
    route!["scores", &criterion.id, "score"]
}

/// True where a score is not one of the scale: nothing that follows from it can be trusted.
fn is_off_scale(partner: &Subject<'_>) -> bool {
    partner.measures.score.rows.iter().any(|row| row.off_scale)
}
