//! The lifecycle of a partner: the stepper and the timeline.

use super::html::Html;
use super::names::Names;
use super::{diagrams, terms};
use crate::measures::Context;
use crate::measures::stage::{StageAge, days_of_moves};
use crate::measures::words::days;
use crate::text::slug;
use crate::workspace::lists::ListKind;
use crate::workspace::{PartnerEntry, Workspace};

/// The path of the page of a stage.
pub fn stage_route<'w>(workspace: &'w Workspace, id: &str) -> &'w str {
    workspace.lists.get(ListKind::Stage, id).map_or("stages/index.html", |list| list.route.as_str())
}

/// Writes the stages with what the partner has done of them.
pub fn stepper(html: &mut Html<'_>, workspace: &Workspace, partner: &PartnerEntry, age: &StageAge) {
    let stages = &workspace.settings.stages;
    let Some(current) = partner.stage else {
        return;
    };
    let moves = &partner.data.lifecycle;
    let entered: Vec<Option<usize>> = moves.iter().map(|m| m.stage.as_deref().and_then(|id| workspace.settings.stage_index(id))).collect();
    let last = stages.len() - 1;
    // A partner may leave from any stage; what lies between was not skipped.
    let furthest = if current == last { entered.iter().flatten().filter(|s| **s != last).max().copied().unwrap_or(0) } else { current };
    html.raw("<ol class=stepper aria-label=Stages>\n");
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
        html.raw("<li class=\"is-").raw(state).raw(if at == current { "\" aria-current=step>" } else { "\">" });
        html.raw("<a href=\"").route(stage_route(workspace, &stage.id)).between("\">", &stage.title, "</a>");
        // Whoever has left has nothing ahead.
        let state = if current == last && state == "ahead" { "never entered" } else { state };
        html.raw("<span class=vh> (").raw(state).raw(")</span>");
        if at == current && at != last && (age.on_hold || age.days.is_some()) {
            html.between("<small>", &age.days.map_or_else(|| "on hold".to_owned(), days), "</small>");
        }
        html.raw("\n");
    }
    html.raw("</ol>\n");
}

/// Writes the moves of a partner, oldest first.
pub fn timeline(html: &mut Html<'_>, names: Names<'_>, context: &Context<'_>, partner: &PartnerEntry) {
    let moves = &partner.data.lifecycle;
    let settings = &names.workspace.settings;
    let lasted = days_of_moves(context, &partner.data);
    html.section("lifecycle", "Lifecycle");
    diagrams::lifecycle(html, names, context, partner);
    html.raw("<ol class=timeline>\n");
    for (at, entry) in moves.iter().enumerate() {
        let id = entry.stage.as_deref().unwrap_or_default();
        let stage = settings.stage(id);
        let title = stage.map_or(id, |stage| stage.title.as_str());
        html.raw("<li><p class=tl-h><a href=\"").route(stage_route(names.workspace, id)).between("\">", title, "</a> ");
        if let Some(entered) = entry.entered {
            html.day(entered);
        }
        if let Some(number) = lasted.get(at).copied().flatten() {
            html.raw(" <span class=days>").raw(&days(number)).raw("</span>");
        }
        html.raw("</p>\n");
        if let Some(decision) = entry.decision.as_deref().filter(|decision| !decision.is_empty()) {
            html.between("<p><strong>", &slug::title(decision), "</strong>");
            if let Some(by) = entry.by.as_deref().filter(|by| !by.is_empty()) {
                html.raw(" by ").text(names.workspace.people.name(by));
            }
            if let Some(decided) = entry.decided {
                html.raw(" on ").day(decided);
            }
            html.raw("</p>\n");
        }
        if let Some(reason) = entry.reason.as_deref().filter(|reason| !reason.is_empty()) {
            html.between("<p class=muted>", reason, "</p>\n");
        }
        if !entry.outputs.is_empty() {
            html.raw("<p class=muted>Outputs: ");
            for (at, (name, link)) in entry.outputs.iter().enumerate() {
                html.raw(if at > 0 { ", " } else { "" });
                html.value(&terms::output(names, partner, slug::title(name), link), "none");
            }
            html.raw("</p>\n");
        }
        html.raw("\n");
    }
    html.raw("</ol></section>\n");
}
