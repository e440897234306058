//! `calendar.ics`: what is due, for calendar programs.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::ics::{day, line, text_line, uid};
use crate::measures::{Measures, PartnerMeasures};
use crate::model::review::Review;
use crate::model::values::{Action, Done};
use crate::text::{join, path, slug};
use crate::workspace::{PageId, PageKind, PartnerEntry, Workspace};

/// So many days back is the calendar kept, so that what was missed is still seen.
const DAYS_BACK: i64 = 30;

/// The kinds of events, as their categories.
pub const KINDS: [&str; 10] = ["Review", "Renewal", "Term end", "Milestone", "Action", "Goal", "Objective", "Meeting", "Pause", "Waiver"];

/// The kind of an event, by its place in [`KINDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Review,
    Renewal,
    TermEnd,
    Milestone,
    Action,
    Goal,
    Objective,
    Meeting,
    Pause,
    Waiver,
}

impl Kind {
    fn word(self) -> &'static str {
        KINDS[self as usize]
    }
}

/// Something that has a date.
struct Item<'a> {
    kind: Kind,
    /// What tells it from others of its kind. Not its date: what is put off stays the same event.
    key: String,
    date: Date,
    /// What happens.
    what: String,
    /// More about it, a line each.
    notes: Vec<String>,
    /// Who does it; the partner's owner where nobody is named.
    owner: Option<&'a str>,
    /// The page that says so.
    page: PageId,
    /// False for what is done, called off or too long ago. Such items still tell others of the same key apart.
    shown: bool,
}

/// An event as it is written, with what it is sorted by: the day, the partner's place, the kind, the id.
type Event = ((Date, usize, Kind, String), String);

/// `calendar.ics`: events of the partners on the site that have not left, by day. Each lasts the whole day.
pub fn calendar(workspace: &Workspace, measures: &Measures) -> String {
    let partners: Vec<_> = workspace.visible_partners().collect();
    let mut events: Vec<Event> = partners
        .par_iter()
        .flat_map_iter(|(at, partner)| {
            let measures = measures.partner(*at).filter(|measures| !measures.is_exited);
            measures.map_or_else(Vec::new, |measures| Partner { workspace, entry: partner, measures }.events(*at))
        })
        .collect();
    events.par_sort_unstable();
    let mut out = String::with_capacity(events.iter().map(|(_, text)| text.len()).sum::<usize>() + 512);
    out.push_str("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//partnerbook//partnerbook//EN\r\nCALSCALE:GREGORIAN\r\n");
    text_line(&mut out, "X-WR-CALNAME", &workspace.settings.title);
    for (_, text) in &events {
        out.push_str(text);
    }
    if events.is_empty() {
        // A calendar needs at least one component. This is one that nobody sees.
        out.push_str("BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}

/// A partner whose dates are collected.
struct Partner<'a> {
    workspace: &'a Workspace,
    entry: &'a PartnerEntry,
    measures: &'a PartnerMeasures,
}

impl<'a> Partner<'a> {
    /// The events of a partner that stands at this place.
    fn events(&self, place: usize) -> Vec<Event> {
        let mut items = Vec::new();
        self.reviews(&mut items);
        self.term(&mut items);
        self.plans(&mut items);
        self.meetings(&mut items);
        let first = self.first_day();
        for item in &mut items {
            // The format has four digits for a year, and no sign.
            item.shown &= item.date >= first && item.date.year() >= 0;
        }
        // Two that are called the same are told apart by their days, whichever stands first.
        let mut days: BTreeMap<(Kind, &str), Vec<Date>> = BTreeMap::new();
        for item in &items {
            days.entry((item.kind, &item.key)).or_default().push(item.date);
        }
        let mut events: BTreeMap<(Date, usize, Kind, String), String> = BTreeMap::new();
        for item in items.iter().filter(|item| item.shown) {
            let has_twin = days.get(&(item.kind, item.key.as_str())).is_some_and(|days| days.iter().any(|day| *day != item.date));
            let base = self.workspace.settings.base_url.as_deref().unwrap_or_default();
            let date = if has_twin { day(item.date) } else { String::new() };
            let id = uid(&[base, &self.entry.id, item.kind.word(), &item.key, &date]);
            // What stands in two places is one event: the first place, which is the partner's own file, goes before.
            events.entry((item.date, place, item.kind, id)).or_insert_with_key(|(.., id)| self.event(item, id));
        }
        events.into_iter().collect()
    }

    /// The first day of the calendar.
    fn first_day(&self) -> Date {
        self.workspace.as_of.checked_sub(jiff::Span::new().days(DAYS_BACK)).unwrap_or(Date::MIN)
    }

    fn event(&self, item: &Item<'_>, id: &str) -> String {
        let workspace = self.workspace;
        let mut out = String::with_capacity(320);
        out.push_str("BEGIN:VEVENT\r\n");
        line(&mut out, "UID", id);
        line(&mut out, "DTSTAMP", &join!(day(workspace.as_of), "T000000Z"));
        line(&mut out, "DTSTART;VALUE=DATE", &day(item.date));
        text_line(&mut out, "SUMMARY", &join!(self.entry.name(), ": ", item.what));
        let owner = item.owner.or(self.entry.data.owner.as_deref()).filter(|owner| !owner.is_empty());
        let owner = owner.map(|owner| join!("Owner: ", workspace.people.name(owner)));
        let notes: Vec<&str> = item.notes.iter().chain(&owner).map(String::as_str).collect();
        if !notes.is_empty() {
            text_line(&mut out, "DESCRIPTION", &notes.join("\n"));
        }
        text_line(&mut out, "CATEGORIES", item.kind.word());
        if let Some(base) = &workspace.settings.base_url {
            line(&mut out, "URL", &join!(base, path::encode(&workspace.pages[item.page].route)));
        }
        // Nobody is busy because something is due.
        line(&mut out, "TRANSP", "TRANSPARENT");
        out.push_str("END:VEVENT\r\n");
        out
    }

    fn item(&self, kind: Kind, key: impl Into<String>, date: Date, what: impl Into<String>) -> Item<'a> {
        let (key, what) = (key.into(), what.into());
        Item { kind, key, date, what, notes: Vec::new(), owner: None, page: self.entry.page, shown: true }
    }

    /// The newest review on the site.
    fn newest_review(&self) -> Option<(PageId, &'a Review, crate::model::period::Period)> {
        let mut pages = self.entry.reviews.iter().filter_map(|at| Some((*at, self.workspace.pages.get(*at)?)));
        pages.find(|(_, page)| !page.hidden).and_then(|(at, page)| match &page.kind {
            PageKind::Review(review, period) => Some((at, review.as_ref(), *period)),
            _ => None,
        })
    }

    /// The next review, and what the newest one asks to be done.
    fn reviews(&self, items: &mut Vec<Item<'a>>) {
        items.extend(self.actions(&self.entry.data.actions, self.entry.page));
        let Some((page, review, period)) = self.newest_review() else { return };
        items.extend(self.actions(&review.actions, page));
        let next = self.measures.next_review;
        let (key, what) = match next {
            Some(next) => (next.quarter.to_string(), join!("review of ", next.quarter.title())),
            None => (join!("after ", period.key()), "next review".to_owned()),
        };
        // A day that has long passed without a review says nothing any more.
        let (date, note) = match (review.next.filter(|planned| *planned >= self.first_day()), next) {
            (Some(date), _) => (date, join!("Planned in the review of ", period.title(), ".")),
            (None, Some(next)) => (next.overdue_from, "Nobody has planned it; from this day on it is overdue.".to_owned()),
            (None, None) => return,
        };
        let mut item = self.item(Kind::Review, key, date, what);
        item.notes.push(note);
        items.push(item);
    }

    fn actions(&self, actions: &'a [Action], page: PageId) -> impl Iterator<Item = Item<'a>> {
        actions.iter().filter_map(move |action| {
            let text = or(action.text.as_ref(), "action");
            let mut item = self.item(Kind::Action, text, action.due?, text);
            item.owner = action.owner.as_deref();
            item.page = page;
            item.shown = action.is_open();
            Some(item)
        })
    }

    /// The end of the term and the last day to decide on it, which are one event where they are one day.
    fn term(&self, items: &mut Vec<Item<'a>>) {
        let term = self.entry.data.term.as_ref();
        let Some(end) = term.and_then(|term| term.end) else { return };
        let renews = term.is_some_and(|term| term.auto_renew == Some(true));
        let deadline = self.measures.renewal.map(|renewal| renewal.deadline);
        if let Some(deadline) = deadline {
            let what = if deadline == end { "the term ends, decide on the renewal" } else { "last day to decide on the renewal" };
            let mut item = self.item(Kind::Renewal, end.to_string(), deadline, what);
            if deadline != end {
                item.notes.push(format!("The term ends on {end}."));
            }
            if renews {
                item.notes.push("The agreement renews by itself.".to_owned());
            }
            items.push(item);
        }
        if deadline != Some(end) {
            items.push(self.item(Kind::TermEnd, end.to_string(), end, "the term ends"));
        }
    }

    fn plans(&self, items: &mut Vec<Item<'a>>) {
        let data = &self.entry.data;
        let launch = data.launch.as_ref().and_then(|launch| launch.date);
        for milestone in &data.milestones {
            let Some(date) = milestone.due.and_then(|due| due.date(launch)) else { continue };
            let name = or(milestone.name.as_ref(), "milestone");
            let mut item = self.item(Kind::Milestone, name, date, name);
            item.shown = !milestone.done.is_some_and(Done::is_done);
            items.push(item);
        }
        for goal in &data.goals {
            let text = or(goal.text.as_ref(), "goal");
            items.extend(goal.due.map(|due| self.item(Kind::Goal, text, due, text)));
        }
        if let Some(objective) = &data.objective {
            let outcome = or(objective.outcome.as_ref(), "objective");
            items.extend(objective.by.map(|by| self.item(Kind::Objective, outcome, by, outcome)));
        }
        if let Some((hold, until)) = data.on_hold.as_ref().and_then(|hold| Some((hold, hold.until?))) {
            let mut item = self.item(Kind::Pause, "", until, "the pause ends");
            item.notes.extend(hold.reason.clone());
            items.push(item);
        }
        for waiver in &data.waive {
            let Some(until) = waiver.until else { continue };
            let rule = or(waiver.rule.as_ref(), "a rule");
            let mut item = self.item(Kind::Waiver, rule, until, join!("the waiver of ", rule, " ends"));
            item.notes.extend(waiver.reason.clone());
            items.push(item);
        }
    }

    /// Meetings that are planned: from today on, and not called off.
    fn meetings(&self, items: &mut Vec<Item<'a>>) {
        for meeting in &self.entry.data.meetings {
            let Some(date) = meeting.date else { continue };
            let forum = meeting.forum.as_deref().filter(|forum| !forum.is_empty());
            let what = forum.map_or_else(|| "meeting".to_owned(), |forum| join!(slug::title(forum), " meeting"));
            let mut item = self.item(Kind::Meeting, join!(forum.unwrap_or_default(), " ", day(date)), date, what);
            item.notes.extend(meeting.note.clone());
            item.shown = date >= self.workspace.as_of && meeting.held != Some(false);
            items.push(item);
        }
    }
}

/// A text, or a word where there is none.
fn or<'a>(text: Option<&'a String>, word: &'a str) -> &'a str {
    text.map(String::as_str).filter(|text| !text.is_empty()).unwrap_or(word)
}
