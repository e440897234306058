//! Communication and review: both sides talk, look back together, and do what they agreed.

mod action_overdue;
mod action_without_due;
mod action_without_owner;
pub(super) mod actions;
mod dropped_action;
mod meeting_overdue;
mod meetings;
mod never_reviewed;
mod none;
mod review_incomplete;
mod review_overdue;
mod two_cancelled;
mod unbalanced_review;

use jiff::civil::Date;

use super::{Lint, Subject};
use crate::measures::stage::{days_between, has_reviews, is_reviewed};
use crate::model::partner::Move;
use crate::model::period::Period;
use crate::model::review::Review;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[
    &none::LINT,
    &meeting_overdue::LINT,
    &two_cancelled::LINT,
    &never_reviewed::LINT,
    &review_overdue::LINT,
    &review_incomplete::LINT,
    &unbalanced_review::LINT,
    &action_without_owner::LINT,
    &action_without_due::LINT,
    &action_overdue::LINT,
    &dropped_action::LINT,
];

/// Days in development or later after which somebody should have looked at the partnership.
const UNREVIEWED: i32 = 120;

/// True where `cadence/never-reviewed` tells that a partner was not reviewed.
pub(super) fn tells_of_no_review(partner: &Subject<'_>) -> bool {
    partner.hears_of(&never_reviewed::LINT) && unreviewed(partner).is_some()
}

/// Since when nobody has looked at a partnership.
struct Unreviewed<'a> {
    /// The place in `lifecycle` of the first move to development or later.
    at: usize,
    /// The stage that was entered.
    stage: &'a str,
    /// When.
    since: Date,
    /// How many days ago.
    days: i32,
}

/// Since when nobody has looked at a partnership: there is neither `reviewed` nor a review, or only one that is to come. `None`
/// where somebody has, and before the 121st day.
fn unreviewed<'a>(partner: &Subject<'a>) -> Option<Unreviewed<'a>> {
    let context = &partner.whole.context;
    let was_looked_at = partner.data.reviewed.is_some_and(|day| day <= partner.as_of());
    if !is_reviewed(context, partner.entry)
        || was_looked_at
        || partner.reviews().any(|(_, period, review)| is_held(partner, period, review))
    {
        return None;
    }
    let stage_of = |entry: &Move| partner.settings().stage_index(entry.stage.as_deref()?);
    let mut moves = partner.data.lifecycle.iter().enumerate().filter_map(|(at, entry)| Some((at, entry, stage_of(entry)?)));
    let (at, first, stage) = moves.find(|(_, _, stage)| has_reviews(context, Some(*stage)))?;
    let since = first.entered?;
    let days = days_between(since, partner.as_of()).filter(|days| *days > UNREVIEWED)?;
    Some(Unreviewed { at, stage: partner.settings().stages.get(stage)?.id.as_str(), since, days })
}

/// True for a review that has taken place.
pub(super) fn is_held(partner: &Subject<'_>, period: Period, review: &Review) -> bool {
    review.is_held(period, partner.as_of(), partner.settings().fiscal_year_start)
}
