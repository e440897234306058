//! What somebody has to do for a partner, wherever it was agreed.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::super::{Lint, Subject};
use super::is_held;
use crate::content::read::short;
use crate::diagnostics::{Finding, Place};
use crate::model::review::Review;
use crate::model::values::Action;
use crate::route;
use crate::text::slug;
use crate::workspace::PageRef;

/// An open action, and where it stands.
pub struct Open<'a> {
    /// The action.
    pub action: &'a Action,
    /// What has to be done.
    pub text: &'a str,
    path: &'a Arc<str>,
    at: usize,
}

impl<'a> Open<'a> {
    /// Where it stands.
    pub fn place(&self) -> (&'a Arc<str>, Place) {
        (self.path, Place::Key(route!["actions", self.at]))
    }

    /// A finding about one of its keys.
    pub fn finding(&self, partner: &Subject<'_>, lint: &'static Lint, key: &str, says: &str) -> Finding {
        let message = format!("the action `{}` of `{}` {says}", short(self.text), partner.id());
        partner.finding_in(lint, self.path, Place::Key(route!["actions", self.at, key.to_owned()]), message)
    }
}

/// The open actions that count today: of the partner's own file, of its newest review, and of its issues. Of older reviews none
/// do: what the newest one took up stands there, and what it did not take up is told by `cadence/dropped-action`. One that stands
/// open in two files in the same words is one action, that of the first; one that is done in a review or issue is done.
pub fn current<'a>(partner: &Subject<'a>) -> Vec<Open<'a>> {
    let mut lists: Vec<(&Arc<str>, &[Action])> = vec![(partner.path, &partner.data.actions)];
    let reviews = partner.reviews().take(prepared(partner) + 1);
    lists.extend(reviews.map(|(page, _, review)| (&page.path, review.actions.as_slice())));
    lists.extend(partner.issues().map(|(page, issue)| (&page.path, issue.actions.as_slice())));
    let text = |action: &'a Action| action.text.as_deref().filter(|text| !text.is_empty());
    // What comes round again stands twice in one list; it is what another file says that counts.
    let done = |own: &Arc<str>, text: &str| {
        let others = lists.iter().skip(1).filter(|(path, _)| *path != own).flat_map(|(_, actions)| *actions);
        others
            .filter(|action| !action.is_open())
            .any(|action| action.text.as_deref().is_some_and(|other| slug::fold(other) == slug::fold(text)))
    };
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut found = Vec::new();
    for (path, actions) in &lists {
        let open = actions.iter().enumerate().filter(|(_, action)| action.is_open());
        let mut own = Vec::new();
        for (at, action) in open {
            let Some(text) = text(action) else { continue };
            if !seen.contains(&slug::fold(text)) && !done(path, text) {
                own.push(slug::fold(text));
                found.push(Open { action, text, path, at });
            }
        }
        seen.extend(own);
    }
    found
}

/// How many of the newest reviews are only prepared, and not held yet.
fn prepared(partner: &Subject<'_>) -> usize {
    partner.reviews().take_while(|(_, period, review)| !is_held(partner, *period, review)).count()
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
            let Some(text) = action.text.as_deref().filter(|text| !text.is_empty()) else { continue };
            if !taken_up.contains(&slug::fold(text)) {
                let open = Open { action, text, path: &page.path, at };
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
