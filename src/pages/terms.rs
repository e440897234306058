//! Sections of a partner page about who works together and what was agreed.

use std::borrow::Cow;

use super::diagrams;
use super::names::Names;
use super::section::{Section, fact};
use super::sections::{list, percent, words};
use super::value::{Address, Shown, Tone, badge, external};
use crate::measures::words::days;
use crate::model::partner::Partner;
use crate::model::values::Done;
use crate::text::slug::title;
use crate::workspace::PartnerEntry;
use crate::workspace::links::Target;

/// People on both sides.
pub fn people<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = data
        .roles
        .iter()
        .map(|role| {
            vec![Shown::from(role.role.as_deref().map(title)), names.person(role.ours.as_deref()), names.person(role.theirs.as_deref())]
        })
        .collect();
    section.table(&[("Role", false), ("Ours", false), ("Theirs", false)], rows);
    if let Some(champion) = &data.champion {
        section.facts([
            fact("Champion", names.person(champion.name.as_deref())),
            fact("Champion since", Shown::from(champion.since)),
            fact("Champion lost", Shown::from(champion.lost)),
        ]);
    }
    section.finish("people", "People")
}

/// Who meets whom, and who decides.
pub fn governance<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    section.drawn(|html| diagrams::governance(html, names, data));
    let rows = data
        .forums
        .iter()
        .map(|(name, forum)| {
            let held = data
                .meetings
                .iter()
                .filter(|meeting| {
                    meeting.forum.as_deref().is_some_and(|forum| forum.eq_ignore_ascii_case(name)) && meeting.held != Some(false)
                })
                .filter_map(|meeting| meeting.date.filter(|date| *date <= names.as_of()))
                .max();
            let attendees: Vec<Shown<'a>> = forum.attendees.iter().map(|who| names.person(Some(who))).collect();
            vec![
                Shown::from(title(name)),
                forum.every.map_or(Shown::Nothing, |every| Shown::from(title(every.word()))),
                forum.minutes.map_or(Shown::Nothing, |minutes| Shown::from(format!("{minutes} min"))),
                Shown::List(attendees),
                words(&forum.purpose),
                Shown::from(held),
            ]
        })
        .collect();
    let columns = [("Forum", false), ("Every", false), ("Length", false), ("Attendees", false), ("Purpose", false), ("Last held", false)];
    section.table(&columns, rows);
    let mut meetings: Vec<_> = data.meetings.iter().collect();
    meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.date));
    let rows = meetings
        .iter()
        .map(|meeting| {
            let held = match meeting.held {
                Some(false) => badge("not held", Tone::Warn),
                _ if meeting.date.is_some_and(|date| date > names.as_of()) => badge("planned", Tone::Quiet),
                _ => badge("held", Tone::Good),
            };
            vec![Shown::from(meeting.date), Shown::from(meeting.forum.as_deref().map(title)), held, words(&meeting.note)]
        })
        .collect();
    section.table(&[("Meeting", false), ("Forum", false), ("State", false), ("Note", false)], rows);
    let rows = data
        .decision_rights
        .iter()
        .map(|right| vec![Shown::from(right.decision.as_deref().map(title)), words(&right.authority), words(&right.process)])
        .collect();
    section.table(&[("Decision", false), ("Authority", false), ("Process", false)], rows);
    section.facts(data.signoffs.iter().map(|(name, done)| fact(format!("Signed off: {}", title(name).to_lowercase()), done_value(*done))));
    section.finish("governance", "Governance")
}

/// A day, yes or no.
pub fn done_value(done: Done) -> Shown<'static> {
    match done {
        Done::On(date) => Shown::from(Some(date)),
        Done::Yes => Shown::from("yes"),
        Done::No => Shown::from("no"),
    }
}

/// What was agreed.
pub fn agreement<'a>(names: Names<'a>, partner: &'a PartnerEntry) -> Option<Section<'a>> {
    let data = &partner.data;
    let mut section = Section::default();
    if let Some(agreement) = &data.agreement {
        let document = agreement.link.as_ref().map_or(Shown::Nothing, |link| output(names, partner, link.as_str(), link));
        section.facts([
            fact("Agreement", Shown::from(agreement.kind.as_deref().map(title))),
            fact("Signed", Shown::from(agreement.signed)),
            fact("Document", document),
        ]);
    }
    if let Some(term) = &data.term {
        section.facts([
            fact("Term starts", Shown::from(term.start)),
            fact("Term ends", Shown::from(term.end)),
            fact("Notice", term.notice_days.map_or(Shown::Nothing, |notice| Shown::from(days(notice)))),
            fact("Renews by itself", term.auto_renew.map_or(Shown::Nothing, |auto| Shown::from(if auto { "yes" } else { "no" }))),
        ]);
    }
    if let Some(renewal) = &data.renewal {
        section.facts([
            fact("Renewal recommendation", renewal.recommendation.map_or(Shown::Nothing, |word| Shown::from(title(word.word())))),
            fact("Renewal steps done", list(&renewal.done)),
        ]);
    }
    if let Some(commercial) = &data.commercial {
        section.facts([
            fact("Revenue model", Shown::from(commercial.revenue_model.as_deref().map(title))),
            fact("Our share", percent(commercial.our_share)),
            fact("Their share", percent(commercial.partner_share)),
            fact("Payment", words(&commercial.payment)),
        ]);
    }
    if let Some(exclusivity) = &data.exclusivity {
        section.facts([
            fact("Exclusive for", words(&exclusivity.scope)),
            fact("Exclusive in", words(&exclusivity.geography)),
            fact("Exclusive from", Shown::from(exclusivity.from)),
            fact("Exclusive until", Shown::from(exclusivity.until)),
            fact("Exceptions", list(&exclusivity.exceptions)),
        ]);
    }
    if let Some(ip) = &data.ip {
        section.facts([
            fact("What each had before", words(&ip.pre_existing)),
            fact("What is made together", words(&ip.joint)),
            fact("Licences", words(&ip.licensing)),
        ]);
    }
    if let Some(terms) = &data.exit_terms {
        section.facts([
            fact("Notice of exit", words(&terms.notice)),
            fact("Winding down", words(&terms.wind_down)),
            fact("Data on exit", words(&terms.data)),
            fact("Non-compete", words(&terms.non_compete)),
        ]);
    }
    section.finish("agreement", "Agreement and terms")
}

/// A document that front matter links to.
pub fn output<'a>(names: Names<'a>, partner: &'a PartnerEntry, shown: impl Into<Cow<'a, str>>, written: &str) -> Shown<'a> {
    let shown = shown.into();
    match partner.outputs.iter().find(|(link, _)| link == written).map(|(_, target)| target) {
        Some(Target::External(address)) => external(shown, address.as_str()),
        Some(target) => match super::prose::address(names.workspace, target, "") {
            Some(href) => Shown::Link(shown, Address::Inside(Cow::Owned(href)), None),
            None => Shown::Text(shown),
        },
        None => Shown::Text(shown),
    }
}
