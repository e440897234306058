//! The meetings of forums: which were held, and which were not.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::super::Subject;
use crate::model::governance::{Forum, Meeting};
use crate::text::slug;
use crate::workspace::forums;

/// A forum and its past meetings.
pub struct Row<'a> {
    /// The name of the forum.
    pub name: &'a str,
    /// The forum.
    pub forum: &'a Forum,
    /// Its meetings, oldest first: the place of each in the partner's file, its day, and what is written of it. Those without a date
    /// do not say when.
    pub meetings: Vec<(usize, Date, &'a Meeting)>,
}

impl<'a> Row<'a> {
    /// The last one that took place, which is what an entry means unless it says otherwise: its place and its day.
    pub fn last_held(&self) -> Option<(usize, Date)> {
        self.meetings.iter().rfind(|(_, _, meeting)| meeting.held != Some(false)).map(|(at, day, _)| (*at, *day))
    }

    /// The meetings after that one, which were not held, where there are two or more.
    pub fn cancelled(&self) -> Option<&[(usize, Date, &'a Meeting)]> {
        let held = self.meetings.iter().rposition(|(_, _, meeting)| meeting.held != Some(false));
        self.meetings.get(held.map_or(0, |held| held + 1)..).filter(|row| row.len() >= 2)
    }
}

/// The forums of a partner with their meetings, in the order of its file. Names ignore case.
pub fn by_forum<'a>(partner: &Subject<'a>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = partner.data.forums.iter().map(|(name, forum)| Row { name, forum, meetings: Vec::new() }).collect();
    let places: FxHashMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (slug::fold(row.name), at)).collect();
    for (at, meeting) in partner.data.meetings.iter().enumerate() {
        let (Some(forum), Some(day)) = (meeting.forum.as_deref(), meeting.date) else { continue };
        // A slip is a finding of its own.
        let forum = forums::slip(partner.data, forum).unwrap_or(forum);
        if let Some(row) = places.get(&slug::fold(forum)).and_then(|place| rows.get_mut(*place)).filter(|_| day <= partner.as_of()) {
            row.meetings.push((at, day, meeting));
        }
    }
    for row in &mut rows {
        row.meetings.sort_by_key(|(_, day, _)| *day);
    }
    rows
}
