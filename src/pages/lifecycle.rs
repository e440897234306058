//! The lifecycle of a partner: the stepper and the timeline.

use jiff::civil::Date;

use super::html::Html;
use super::names::Names;
use super::terms;
use crate::content::scalar::grouped;
use crate::model::settings_file::Phase;
use crate::text::slug;
use crate::workspace::lists::ListKind;
use crate::workspace::{PartnerEntry, Workspace};

/// Days from one day to another; `None` where the second is before the first.
pub fn days_between(from: Date, to: Date) -> Option<i32> {
    Some((to - from).get_days()).filter(|days| *days >= 0)
}

/// Where the partnership stands since its launch: launch (months 1–3), ramp-up (4–6), steady state, and renewal in the last
/// 90 days of the term.
pub fn maturity(partner: &PartnerEntry, as_of: Date) -> Option<&'static str> {
    let days = |from: Date, to: Date| (to - from).get_days();
    if let Some(end) = partner.data.term.as_ref().and_then(|term| term.end)
        && (0..=90).contains(&days(as_of, end))
    {
        return Some("Renewal");
    }
    let launch = partner.data.launch.as_ref()?.date.filter(|date| *date <= as_of)?;
    let span = launch.until((jiff::Unit::Month, as_of)).ok()?;
    Some(match span.get_months() {
        0..=2 => "Launch",
        3..=5 => "Ramp-up",
        _ => "Steady state",
    })
}

/// A number of days, for people.
pub fn days(number: i32) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{} days", grouped(&rust_decimal::Decimal::from(number))) }
}

fn stage_route<'w>(workspace: &'w Workspace, id: &str) -> &'w str {
    workspace.lists.get(ListKind::Stage, id).map_or("stages/index.html", |list| list.route.as_str())
}

/// Writes the stages with what the partner has done of them.
pub fn stepper(html: &mut Html<'_>, workspace: &Workspace, partner: &PartnerEntry) {
    let stages = &workspace.settings.stages;
    let Some(current) = partner.stage else {
        return;
    };
    let moves = &partner.data.lifecycle;
    let entered: Vec<Option<usize>> = moves.iter().map(|m| m.stage.as_deref().and_then(|id| workspace.settings.stage_index(id))).collect();
    let last = stages.len() - 1;
    // A partner may leave from any stage; what lies between was not skipped.
    let furthest = if current == last { entered.iter().flatten().filter(|s| **s != last).max().copied().unwrap_or(0) } else { current };
    html.raw("<ol class=\"stepper\" aria-label=\"Stages\">\n");
    for (at, stage) in stages.iter().enumerate() {
        // The exit is shown once it is taken.
        if at == last && current != last {
            continue;
        }
        let state = if at == current {
            "current"
        } else if entered.contains(&Some(at)) {
            "done"
        } else if at < furthest && !moves.is_empty() {
            "skipped"
        } else {
            "ahead"
        };
        html.raw("<li class=\"is-").raw(state).raw(if at == current { "\" aria-current=\"step\">" } else { "\">" });
        html.raw("<a href=\"").route(stage_route(workspace, &stage.id)).between("\">", &stage.title, "</a>");
        html.raw("<span class=\"vh\"> (").raw(state).raw(")</span>");
        if at == current
            && at != last
            && let Some(note) = time_in_stage(partner, workspace.as_of)
        {
            html.raw("<small>").raw(&note).raw("</small>");
        }
        html.raw("</li>\n");
    }
    html.raw("</ol>\n");
}

fn time_in_stage(partner: &PartnerEntry, as_of: Date) -> Option<String> {
    // A partner on hold does not age.
    if partner.data.on_hold.as_ref().is_some_and(|hold| hold.until.is_none_or(|until| until >= as_of)) {
        return Some("on hold".to_owned());
    }
    let entered = partner.data.lifecycle.last()?.entered?;
    days_between(entered, as_of).map(days)
}

/// Writes the moves of a partner, oldest first.
pub fn timeline(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry) {
    let moves = &partner.data.lifecycle;
    let settings = &names.workspace.settings;
    html.section("lifecycle", "Lifecycle").raw("<ol class=\"timeline\">\n");
    for (at, entry) in moves.iter().enumerate() {
        let id = entry.stage.as_deref().unwrap_or_default();
        let stage = settings.stage_index(id).map(|at| &settings.stages[at]);
        let is_exit = stage.is_some_and(|stage| stage.phase == Phase::Exited);
        let end = match moves.get(at + 1) {
            Some(next) => next.entered,
            None => (!is_exit).then_some(names.as_of()),
        };
        let title = stage.map_or(id, |stage| stage.title.as_str());
        html.raw("<li><p class=\"tl-h\"><a href=\"").route(stage_route(names.workspace, id)).between("\">", title, "</a> ");
        if let Some(entered) = entry.entered {
            html.day(entered);
        }
        if let Some(number) = entry.entered.zip(end).and_then(|(from, to)| days_between(from, to)) {
            html.raw(" <span class=\"days\">").raw(&days(number)).raw("</span>");
        }
        html.raw("</p>\n");
        if let Some(decision) = entry.decision.as_deref().filter(|decision| !decision.is_empty()) {
            html.between("<p><strong>", &slug::title(decision), "</strong>");
            if let Some(by) = entry.by.as_deref().filter(|by| !by.is_empty()) {
                html.between(" by ", names.workspace.people.name(by), "");
            }
            if let Some(decided) = entry.decided {
                html.raw(" on ").day(decided);
            }
            html.raw("</p>\n");
        }
        if let Some(reason) = entry.reason.as_deref().filter(|reason| !reason.is_empty()) {
            html.between("<p class=\"muted\">", reason, "</p>\n");
        }
        if !entry.outputs.is_empty() {
            html.raw("<p class=\"muted\">Outputs: ");
            for (at, (name, link)) in entry.outputs.iter().enumerate() {
                html.raw(if at > 0 { ", " } else { "" });
                html.value(&terms::output(names, partner, slug::title(name), link), "none");
            }
            html.raw("</p>\n");
        }
        html.raw("</li>\n");
    }
    html.raw("</ol></section>\n");
}
