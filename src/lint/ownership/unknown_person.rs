use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{Check, Lint, Subject};
use super::filled;
use crate::content::read::short;
use crate::diagnostics::{Finding, Place, Rule, Severity, Step};
use crate::model::issue::Issue;
use crate::model::review::Review;
use crate::model::values::{Action, Done};
use crate::route;
use crate::text::slug;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/unknown-person",
        severity: Severity::Warning,
        summary: "An id of a person is not in `people.yaml`, or somebody who is marked as inactive there is still relied on.",
        why: "An action that belongs to somebody who is not there is done by nobody. After somebody leaves, this is the list of what \
              has to be handed over.",
        fires: "\
owner: dana
actions:
  - {text: Book the enablement session, owner: kim, due: 2026-12-04}
=== content/people.yaml
dana: {name: Dana Wells}
kim: {name: Kim Sato, active: false}",
        says: "`kim` is marked as inactive in people.yaml",
        passes: "\
owner: dana
actions:
  - {text: Book the enablement session, owner: dana, due: 2026-12-04}
  - {text: Send the price list, owner: kim, due: 2026-05-04, done: 2026-05-02}
=== content/people.yaml
dana: {name: Dana Wells}
kim: {name: Kim Sato, active: false}",
        fix: "Correct the id, add the person to `content/people.yaml`, or name whoever has taken over.\n\n\
              One word in small letters is taken for an id; a full name is fine without an entry. Records of the past may name people \
              who have left: decisions, things done, meetings held.",
        settings: "Silent in a workspace without `people.yaml`.",
    },
    check: Check::Partner(check),
    ages: false,
};

/// How much a key relies on the person that it names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// The person has to be there today.
    Current,
    /// The person was there at the time.
    Past,
    /// Somebody of the partner's, who need not be in `people.yaml`, but has to be there today.
    Theirs,
}

/// Places of one file that name one person, in the order in which they were met.
type Mentions<'a> = BTreeMap<(Arc<str>, String), Vec<(&'a str, Vec<Step>)>>;

/// The people that a partner's files name and that are not there, each with all places of a file.
struct Search<'s, 'a> {
    partner: &'s Subject<'a>,
    unknown: Mentions<'a>,
    inactive: Mentions<'a>,
}

impl<'a> Search<'_, 'a> {
    fn see(&mut self, path: &Arc<str>, name: Option<&'a String>, used: Use, route: impl FnOnce() -> Vec<Step>) {
        let Some(name) = filled(name) else { return };
        let mentions = match self.partner.whole.workspace.people.find(name) {
            Some(person) if used != Use::Past && !person.data.is_active() => &mut self.inactive,
            // The partner itself may have something to do.
            None if used != Use::Theirs && is_id(name) && slug::fold(name) != slug::fold(self.partner.id()) => &mut self.unknown,
            _ => return,
        };
        mentions.entry((path.clone(), slug::fold(name))).or_default().push((name, route()));
    }

    fn actions(&mut self, path: &Arc<str>, actions: &'a [Action], are_current: bool) {
        for (at, action) in actions.iter().enumerate() {
            let used = if are_current && action.is_open() { Use::Current } else { Use::Past };
            self.see(path, action.owner.as_ref(), used, || route!["actions", at, "owner"]);
        }
    }

    fn own_file(&mut self, path: &Arc<str>) {
        let data = self.partner.data;
        self.see(path, data.owner.as_ref(), Use::Current, || route!["owner"]);
        for (at, entry) in data.lifecycle.iter().enumerate() {
            self.see(path, entry.by.as_ref(), Use::Past, || route!["lifecycle", at, "by"]);
        }
        for (at, role) in data.roles.iter().enumerate() {
            self.see(path, role.ours.as_ref(), Use::Current, || route!["roles", at, "ours"]);
            self.see(path, role.theirs.as_ref(), Use::Theirs, || route!["roles", at, "theirs"]);
        }
        for (id, forum) in data.forums.iter() {
            for (at, attendee) in forum.attendees.iter().enumerate() {
                self.see(path, Some(attendee), Use::Current, || route!["forums", &id.to_owned(), "attendees", at]);
            }
        }
        for (at, step) in data.plan.iter().enumerate() {
            let is_done = step.done.is_some_and(Done::is_done);
            self.see(path, step.ours.as_ref(), if is_done { Use::Past } else { Use::Current }, || route!["plan", at, "ours"]);
            if !is_done {
                self.see(path, step.theirs.as_ref(), Use::Theirs, || route!["plan", at, "theirs"]);
            }
        }
        for (at, risk) in data.risks.iter().enumerate() {
            self.see(path, risk.owner.as_ref(), Use::Current, || route!["risks", at, "owner"]);
        }
        self.actions(path, &data.actions, true);
        self.see(path, data.exit.as_ref().and_then(|exit| exit.by.as_ref()), Use::Past, || route!["exit", "by"]);
        for (at, waiver) in data.waive.iter().enumerate() {
            self.see(path, waiver.by.as_ref(), Use::Past, || route!["waive", at, "by"]);
        }
    }

    /// What is open of the newest review is still to be done; older ones are records.
    fn review(&mut self, path: &Arc<str>, review: &'a Review, is_newest: bool) {
        for (at, attendee) in review.attendees.iter().enumerate() {
            self.see(path, Some(attendee), Use::Past, || route!["attendees", at]);
        }
        for (at, challenge) in review.challenges.iter().enumerate() {
            self.see(path, challenge.owner.as_ref(), Use::Past, || route!["challenges", at, "owner"]);
        }
        self.actions(path, &review.actions, is_newest);
    }

    fn issue(&mut self, path: &Arc<str>, issue: &'a Issue) {
        let used = if issue.is_open() { Use::Current } else { Use::Past };
        self.see(path, issue.owner.as_ref(), used, || route!["owner"]);
        self.actions(path, &issue.actions, issue.is_open());
    }
}

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let people = &partner.whole.workspace.people;
    if people.all.is_empty() {
        return;
    }
    let mut search = Search { partner, unknown: Mentions::new(), inactive: Mentions::new() };
    search.own_file(partner.path);
    for (at, (page, _, review)) in partner.reviews().enumerate() {
        search.review(&page.path, review, at == 0);
    }
    for (page, issue) in partner.issues() {
        search.issue(&page.path, issue);
    }
    for ((path, _), places) in search.unknown {
        let Some((name, _)) = places.first() else { continue };
        let name = short(name);
        let help = match people.nearest(&name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{name}` to content/people.yaml, or write the full name"),
        };
        found.extend(finding(partner, &path, &places, format!("nobody in people.yaml has the id `{name}`"), &help));
    }
    for ((path, _), places) in search.inactive {
        let Some((name, _)) = places.first() else { continue };
        let message = format!("`{}` is marked as inactive in people.yaml", short(name));
        found.extend(finding(partner, &path, &places, message, "name whoever has taken over"));
    }
}

/// One finding for all places of a file.
fn finding(partner: &Subject<'_>, path: &Arc<str>, places: &[(&str, Vec<Step>)], message: String, help: &str) -> Option<Finding> {
    let ((_, first), others) = places.split_first()?;
    let finding = partner.finding_in(&LINT, path, Place::Key(first.clone()), message).help(help.to_owned());
    Some(others.iter().fold(finding, |finding, (_, route)| finding.related(path, Place::Key(route.clone()), "here too")))
}

/// True for what is written like an id: one word in small letters. In scripts without small letters a word is a name.
fn is_id(text: &str) -> bool {
    text.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_' | '.')) && text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn one_word_in_small_letters_is_an_id() {
        assert!(["dana", "dana-w", "d.wells", "søren", "dana2"].into_iter().all(is_id));
        assert!(
            ["Dana", "Dana Wells", "legal team", "dana@acme.example", "dana/kim", "湊健一", "2", ""].into_iter().all(|text| !is_id(text))
        );
    }
}
