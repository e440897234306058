//! What somebody has to do for a partner, wherever it was agreed.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::super::{Lint, Subject};
use super::is_held;
use crate::content::read::short;
use crate::diagnostics::{Finding, Place};
use crate::measures::actions;
pub use crate::measures::actions::Open;
use crate::model::review::Review;
use crate::route;
use crate::text::{slug, written};
use crate::workspace::PageRef;

impl<'a> Open<'a> {
    /// Where it stands.
    pub fn place(&self) -> (&'a Arc<str>, Place) {
        (&self.page.path, Place::Key(route!["actions", self.at]))
    }

    /// A finding about one of its keys.
    pub fn finding(&self, partner: &Subject<'_>, lint: &'static Lint, key: &str, says: &str) -> Finding {
        let message = format!("the action `{}` of `{}` {says}", short(self.text), partner.id());
        partner.finding_in(lint, &self.page.path, Place::Key(route!["actions", self.at, key.to_owned()]), message)
    }
}

/// The open actions of a partner that count today.
pub fn current<'a>(partner: &Subject<'a>) -> Vec<Open<'a>> {
    actions::current(partner.whole.workspace, partner.entry)
}

/// An open action that no later review takes up.
pub struct Dropped<'a> {
    /// The action.
    pub open: Open<'a>,
    /// The review in which it was agreed, by its period.
    pub agreed: String,
    /// The review that should have taken it up, by its period.
    pub newest: String,
    /// The page of that review.
    pub page: &'a PageRef,
}

/// The open actions of the review before the newest that was held, which neither that one nor any other file takes up. Reviews of
/// months that lie between two reviews of quarters count as the one before.
pub fn dropped<'a>(partner: &Subject<'a>) -> Vec<Dropped<'a>> {
    let mut found = Vec::new();
    let mut reviews = partner.reviews();
    let mut taken_up = FxHashSet::default();
    for action in partner.data.actions.iter().chain(partner.issues().flat_map(|(_, issue)| &issue.actions)) {
        taken_up.extend(action.text.as_deref().map(slug::fold));
    }
    let newest = loop {
        let Some((page, period, review)) = reviews.next() else { return found };
        taken_up.extend(mentions(review));
        if is_held(partner, period, review) {
            break (page, period);
        }
    };
    let (newest_page, newest_period) = newest;
    for (page, period, review) in reviews {
        for (at, action) in review.actions.iter().enumerate().filter(|(_, action)| action.is_open()) {
            let Some(text) = written(&action.text) else { continue };
            if !taken_up.contains(&slug::fold(text)) {
                let open = Open { action, text, page, at };
                found.push(Dropped { open, agreed: period.to_string(), newest: newest_period.to_string(), page: newest_page });
            }
        }
        taken_up.extend(mentions(review));
        if period.granularity() == newest_period.granularity() {
            break;
        }
    }
    found
}

/// Everything that a review says is done or asked for, in words that can be compared.
fn mentions(review: &Review) -> impl Iterator<Item = String> {
    let actions = review.actions.iter().map(|action| &action.text);
    let challenges = review.challenges.iter().map(|challenge| &challenge.action);
    let initiatives = review.initiatives.iter().map(|initiative| &initiative.text);
    let asks = review.asks.iter().map(|ask| &ask.text);
    actions.chain(challenges).chain(initiatives).chain(asks).filter_map(|text| text.as_deref().map(slug::fold))
}
