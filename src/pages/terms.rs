//! Sections of a partner page about who works together and what was agreed.

use serde_json::{Value, json};

use super::partner::Names;
use super::sections::{list, percent, words};
use super::value::{Section, Tone, badge, external, fact, time};
use crate::model::partner::Partner;
use crate::model::values::Done;
use crate::text::slug::title;
use crate::workspace::PartnerEntry;
use crate::workspace::links::Target;

/// People on both sides.
pub fn people(names: &Names<'_>, data: &Partner) -> Option<Value> {
    let mut section = Section::default();
    let rows = data
        .roles
        .iter()
        .map(|role| {
            vec![
                role.role.as_deref().map_or(Value::Null, |role| Value::from(title(role))),
                names.person(role.ours.as_deref()),
                names.person(role.theirs.as_deref()),
            ]
        })
        .collect();
    section.table(&[("Role", false), ("Ours", false), ("Theirs", false)], rows);
    if let Some(champion) = &data.champion {
        section.facts([
            fact("Champion", names.person(champion.name.as_deref())),
            fact("Champion since", time(champion.since)),
            fact("Champion lost", time(champion.lost)),
        ]);
    }
    section.finish("people", "People")
}

/// Who meets whom, and who decides.
pub fn governance(names: &Names<'_>, data: &Partner) -> Option<Value> {
    let mut section = Section::default();
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
            let attendees: Vec<Value> = forum.attendees.iter().map(|who| names.person(Some(who))).collect();
            vec![
                Value::from(title(name)),
                forum.every.map_or(Value::Null, |every| Value::from(title(every.word()))),
                forum.minutes.map_or(Value::Null, |minutes| Value::from(format!("{minutes} min"))),
                if attendees.is_empty() { Value::Null } else { Value::Array(attendees) },
                words(&forum.purpose),
                time(held),
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
            vec![
                time(meeting.date),
                meeting.forum.as_deref().map_or(Value::Null, |forum| Value::from(title(forum))),
                held,
                words(&meeting.note),
            ]
        })
        .collect();
    section.table(&[("Meeting", false), ("Forum", false), ("State", false), ("Note", false)], rows);
    let rows = data
        .decision_rights
        .iter()
        .map(|right| {
            vec![
                right.decision.as_deref().map_or(Value::Null, |decision| Value::from(title(decision))),
                words(&right.authority),
                words(&right.process),
            ]
        })
        .collect();
    section.table(&[("Decision", false), ("Authority", false), ("Process", false)], rows);
    if !data.escalation.is_empty() {
        let levels: Vec<String> = data.escalation.iter().map(|level| title(level)).collect();
        section.facts([fact("Escalation", Value::from(levels.join(" → ")))]);
    }
    section.facts(data.signoffs.iter().map(|(name, done)| fact(&format!("Signed off: {}", title(name).to_lowercase()), done_value(*done))));
    section.finish("governance", "Governance")
}

/// A day, yes or no.
pub fn done_value(done: Done) -> Value {
    match done {
        Done::On(date) => time(Some(date)),
        Done::Yes => Value::from("yes"),
        Done::No => Value::from("no"),
    }
}

/// What was agreed.
pub fn agreement(names: &Names<'_>, partner: &PartnerEntry) -> Option<Value> {
    let data = &partner.data;
    let mut section = Section::default();
    if let Some(agreement) = &data.agreement {
        let document = agreement.link.as_ref().map_or(Value::Null, |link| output(names, partner, link, link));
        section.facts([
            fact("Agreement", agreement.kind.as_deref().map_or(Value::Null, |kind| Value::from(title(kind)))),
            fact("Signed", time(agreement.signed)),
            fact("Document", document),
        ]);
    }
    if let Some(term) = &data.term {
        section.facts([
            fact("Term starts", time(term.start)),
            fact("Term ends", time(term.end)),
            fact("Notice", term.notice_days.map_or(Value::Null, |days| Value::from(format!("{days} days")))),
            fact("Renews by itself", term.auto_renew.map_or(Value::Null, |auto| Value::from(if auto { "yes" } else { "no" }))),
        ]);
    }
    if let Some(renewal) = &data.renewal {
        section.facts([
            fact("Renewal recommendation", renewal.recommendation.map_or(Value::Null, |word| Value::from(title(word.word())))),
            fact("Renewal steps done", list(&renewal.done)),
        ]);
    }
    if let Some(commercial) = &data.commercial {
        section.facts([
            fact("Revenue model", commercial.revenue_model.as_deref().map_or(Value::Null, |model| Value::from(title(model)))),
            fact("Our share", percent(commercial.our_share)),
            fact("Their share", percent(commercial.partner_share)),
            fact("Payment", words(&commercial.payment)),
        ]);
    }
    if let Some(exclusivity) = &data.exclusivity {
        section.facts([
            fact("Exclusive for", words(&exclusivity.scope)),
            fact("Exclusive in", words(&exclusivity.geography)),
            fact("Exclusive from", time(exclusivity.from)),
            fact("Exclusive until", time(exclusivity.until)),
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
pub fn output(names: &Names<'_>, partner: &PartnerEntry, shown: &str, written: &str) -> Value {
    match partner.outputs.iter().find(|(link, _)| link == written).map(|(_, target)| target) {
        Some(Target::External(address)) => external(shown, address),
        Some(target) => match super::prose::address(names.workspace, target, "") {
            Some(href) => json!({"text": shown, "href": href}),
            None => Value::from(shown),
        },
        None => Value::from(shown),
    }
}
