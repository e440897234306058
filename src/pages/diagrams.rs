//! Diagrams of what a partner's file says: its life so far, the exchange, who meets whom, the risks.

use jiff::civil::Date;

use super::html::Html;
use super::lifecycle::stage_route;
use super::names::Names;
use crate::charts::{self, Text, Tick};
use crate::content::scalar::human_date;
use crate::measures::Context;
use crate::measures::stage::{days_of_moves, is_on_hold};
use crate::measures::words::days;
use crate::model::partner::Partner;
use crate::model::settings_file::Phase;
use crate::model::values::Level;
use crate::text::{path, slug};
use crate::workspace::PartnerEntry;

/// A day on an axis: days from the first day of the calendar.
fn on_axis(day: Date) -> f64 {
    f64::from((day - Date::new(1, 1, 1).unwrap_or(day)).get_days())
}

/// Writes the stages of a partner on an axis of days; nothing where fewer than two moves are dated.
pub fn lifecycle(html: &mut Html<'_>, names: Names<'_>, context: &Context<'_>, partner: &PartnerEntry) {
    let moves = &partner.data.lifecycle;
    let dated: Vec<Date> = moves.iter().filter_map(|entry| entry.entered).collect();
    let (Some(first), Some(last)) = (dated.iter().min(), dated.iter().max()) else {
        return;
    };
    if dated.len() < 2 {
        return;
    }
    let settings = &names.workspace.settings;
    let is_exit = |id: &str| settings.stage(id).is_some_and(|stage| stage.phase == Phase::Exited);
    let on_hold = is_on_hold(&partner.data, context.as_of);
    let lasted = days_of_moves(context, &partner.data);
    let stays = moves.iter().enumerate().filter_map(|(at, entry)| {
        let (from, id) = (entry.entered?, entry.stage.as_deref().unwrap_or_default());
        let next = moves.get(at + 1).map(|next| next.entered);
        let to = match next {
            Some(next) => Some(next.unwrap_or(from)),
            None if is_exit(id) => Some(from),
            None => None,
        };
        let title = settings.stage(id).map_or(id, |stage| stage.title.as_str());
        let until = to.filter(|to| *to > from).map(|to| format!(" to {}", human_date(to))).unwrap_or_default();
        Some(charts::timeline::Stay {
            name: title.into(),
            href: Some(format!("{}{}", html.root(), path::encode(stage_route(names.workspace, id))).into()),
            from: on_axis(from),
            to: to.map(on_axis),
            days_label: lasted.get(at).copied().flatten().map(days).unwrap_or_default().into(),
            dates_label: format!("{}{until}", human_date(from)).into(),
            on_hold: on_hold && next.is_none(),
        })
    });
    let end = context.as_of.max(*last);
    let chart = charts::timeline::Timeline {
        label: format!("Stages from {} to {}", human_date(*first), human_date(end)).into(),
        from: Tick { at: on_axis(*first), label: human_date(*first).into() },
        to: Tick { at: on_axis(end), label: human_date(end).into() },
        stays: stays.collect(),
    };
    charts::timeline::render(html.buffer(), &chart);
}

/// Writes who gives what, and what comes of it.
pub fn exchange(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry) {
    let text = |text: &'_ Option<String>| -> Text<'static> { text.clone().unwrap_or_default().into() };
    let deals = partner.data.exchange.iter().map(|row| charts::exchange::Deal {
        ours: text(&row.we_provide),
        theirs: text(&row.they_provide),
        together: text(&row.joint_value),
    });
    let chart = charts::exchange::Exchange {
        label: format!("What we and {} exchange", partner.name()).into(),
        us: names.workspace.settings.company.as_deref().unwrap_or("We").into(),
        them: partner.name().into(),
        deals: deals.collect(),
    };
    charts::exchange::render(html.buffer(), &chart);
}

/// Writes who meets whom, the rarest meeting first, and how things are escalated; nothing where neither is written down.
pub fn governance(html: &mut Html<'_>, names: Names<'_>, data: &Partner) {
    if data.forums.is_empty() && data.escalation.is_empty() {
        return;
    }
    let mut forums: Vec<_> = data.forums.iter().collect();
    forums.sort_by_key(|(_, forum)| std::cmp::Reverse(forum.every));
    let forums = forums.into_iter().map(|(name, forum)| charts::governance::Forum {
        name: slug::title(name).into(),
        interval: forum.every.map(|every| format!("every {}", every.word())).unwrap_or_default().into(),
        attendees: forum.attendees.iter().map(|who| Text::from(names.workspace.people.name(who))).collect(),
        purpose: forum.purpose.as_deref().unwrap_or_default().into(),
        note: forum.minutes.map(|minutes| format!("{minutes} min")).unwrap_or_default().into(),
    });
    let chart = charts::governance::Governance {
        label: "Who meets, and how things are escalated".into(),
        forums: forums.collect(),
        escalation: data.escalation.iter().map(|level| slug::title(level).into()).collect(),
    };
    charts::governance::render(html.buffer(), &chart);
}

/// Writes the risks by likelihood and impact; nothing where none is graded.
pub fn risks(html: &mut Html<'_>, data: &Partner) {
    if data.risks.iter().all(|risk| risk.likelihood.is_none() && risk.impact.is_none()) {
        return;
    }
    let level = |level: Option<Level>| {
        level.map(|level| match level {
            Level::L => charts::risks::Level::Low,
            Level::M => charts::risks::Level::Medium,
            Level::H => charts::risks::Level::High,
        })
    };
    let risks = data.risks.iter().map(|risk| charts::risks::Risk {
        text: risk.risk.as_deref().unwrap_or_default().into(),
        likelihood: level(risk.likelihood),
        impact: level(risk.impact),
        note: "".into(),
    });
    let chart = charts::risks::Risks { label: "Risks by likelihood and impact".into(), risks: risks.collect() };
    charts::risks::render(html.buffer(), &chart);
}
