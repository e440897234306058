//! The forums that meetings name.
//!
//! A meeting may be of a forum that is not there: it was held once, or the forum was given up. So only a slip of the fingers is
//! told, which would make a forum that meets look like one that does not.

use std::sync::Arc;

use crate::diagnostics::{Finding, Place, input};
use crate::model::partner::Partner;
use crate::route;
use crate::text::{slug, suggest};

/// The forum that was meant where a name is none, but a slip away from one. Case does not count.
pub fn slip<'a>(partner: &'a Partner, name: &str) -> Option<&'a str> {
    let is_one = partner.forums.keys().any(|known| slug::fold(known) == slug::fold(name));
    if is_one { None } else { suggest::certain(name, partner.forums.keys()) }
}

/// Meetings of a forum whose name is mistyped, each name once. Which of the two is right is not certain, so nothing is offered to fix it.
pub fn check(path: &Arc<str>, partner: &Partner) -> Vec<Finding> {
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for (at, meeting) in partner.meetings.iter().enumerate() {
        let Some(name) = meeting.forum.as_deref().filter(|name| !seen.contains(name)) else { continue };
        let Some(meant) = slip(partner, name) else { continue };
        seen.push(name);
        let place = Place::Key(route!["meetings", at, "forum"]);
        let finding = Finding::new(&input::BROKEN_LINK, path, place, format!("there is no forum `{name}`"));
        found.push(finding.help(format!("did you mean `{meant}`?")));
    }
    found
}
