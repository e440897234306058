//! What somebody has to do for a partner, wherever it was agreed.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::stage::is_on_hold;
use crate::model::values::Action;
use crate::text::{slug, written};
use crate::workspace::{PageKind, PageRef, PartnerEntry, Workspace};

/// An open action, and where it stands.
pub struct Open<'a> {
    /// The action.
    pub action: &'a Action,
    /// What has to be done.
    pub text: &'a str,
    /// The page of the file in which it stands.
    pub page: &'a PageRef,
    /// Its place among the `actions` there.
    pub at: usize,
}

/// The open actions that count today: of the partner's own file, of its newest review, and of its issues. Of older reviews none
/// do: what the newest one took up stands there, and what it did not take up is told by `cadence/dropped-action`. One that stands
/// open in two files in the same words is one action, that of the first; one that is done in a review or issue is done.
pub fn current<'a>(workspace: &'a Workspace, partner: &'a PartnerEntry) -> Vec<Open<'a>> {
    let mut lists: Vec<(&PageRef, &[Action])> = vec![(&workspace.pages[partner.page], &partner.data.actions)];
    let shown = |at: &usize| workspace.pages.get(*at).filter(|page| !page.hidden);
    // Beside the newest review that was held, those that are prepared.
    let mut was_held = false;
    for quarter in &partner.quarters {
        let Some(page) = quarter.page.as_ref().and_then(shown).filter(|_| !was_held) else { continue };
        if let PageKind::Review(review, _) = &page.kind {
            lists.push((page, review.actions.as_slice()));
            was_held = quarter.held;
        }
    }
    lists.extend(partner.issues.iter().filter_map(shown).filter_map(|page| match &page.kind {
        PageKind::Issue(issue) => Some((page, issue.actions.as_slice())),
        _ => None,
    }));
    // What comes round again stands twice in one list; it is what another file says that counts.
    let done = |own: &Arc<str>, text: &str| {
        let others = lists.iter().skip(1).filter(|(page, _)| page.path != *own).flat_map(|(_, actions)| *actions);
        others
            .filter(|action| !action.is_open())
            .any(|action| action.text.as_deref().is_some_and(|other| slug::fold(other) == slug::fold(text)))
    };
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut found = Vec::new();
    for (page, actions) in &lists {
        let open = actions.iter().enumerate().filter(|(_, action)| action.is_open());
        let mut own = Vec::new();
        for (at, action) in open {
            let Some(text) = written(&action.text) else { continue };
            if !seen.contains(&slug::fold(text)) && !done(&page.path, text) {
                own.push(slug::fold(text));
                found.push(Open { action, text, page, at });
            }
        }
        seen.extend(own);
    }
    found
}

/// Those of them that were due before today, with their days. On hold nothing is overdue.
pub fn overdue<'a>(workspace: &'a Workspace, partner: &'a PartnerEntry) -> Vec<(Open<'a>, Date)> {
    if is_on_hold(&partner.data, workspace.as_of) {
        return Vec::new();
    }
    let due = |open: Open<'a>| open.action.due.filter(|due| *due < workspace.as_of).map(|due| (open, due));
    current(workspace, partner).into_iter().filter_map(due).collect()
}
