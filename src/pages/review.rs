//! The page of a quarterly review.

use serde_json::{Map, Value};

use super::html::Html;
use super::names::Names;
use super::partner::kpi_name;
use super::parts::Parts;
use super::value::{Shown, Tone, state};
use super::{kpis, prose};
use crate::model::period::{Granularity, Period};
use crate::model::review::{Challenge, Review};
use crate::model::values::Action;
use crate::text::slug;
use crate::workspace::{PageKind, PageRef, PartnerEntry, Workspace};

/// Writes what somebody has to do.
pub fn actions(html: &mut Html<'_>, names: Names<'_>, actions: &[Action]) {
    html.open_table("Actions", "").columns(["Action", "Owner", "Due", "State"]).raw("<tbody>\n");
    for action in actions {
        html.raw("<tr>").cell(&Shown::from(action.text.as_deref()), "none");
        html.cell(&names.person(action.owner.as_deref()), "no owner");
        html.raw("<td>").day_or(action.due, "no date").raw("</td>");
        html.cell(&state(action.done, action.due, names.as_of()), "none").raw("</tr>\n");
    }
    html.close_table();
}

/// What `review.hbs` receives.
pub fn view(workspace: &Workspace, page: &PageRef, review: &Review, period: Period, root: &str) -> Map<String, Value> {
    let names = Names { workspace };
    let partner = page.partner.map(|at| &workspace.partners[at]);
    let start = workspace.settings.fiscal_year_start;
    let last = period.last_day(start);
    let until_now = |other: Period| other.last_day(start) <= last;
    let most = |granularity| match granularity {
        Granularity::Month => 3,
        Granularity::Quarter => 4,
        Granularity::Year => 2,
    };
    let mut parts = Parts::new(root);
    parts.add("header", |html| header(html, names, partner, review, period));
    parts.add("summary", |html| {
        if let Some(summary) = review.summary.as_deref().filter(|summary| !summary.is_empty()) {
            html.between("<section aria-label=\"Summary\"><p class=\"lead\">", summary, "</p></section>\n");
        }
    });
    parts.add("kpis", |html| kpis::tables(html, partner.map_or(&[][..], |partner| &partner.kpis), until_now, most));
    parts.add("wins", |html| wins(html, workspace, partner, review));
    parts.add("challenges", |html| challenges(html, names, &review.challenges));
    parts.add("initiatives", |html| initiatives(html, review));
    parts.add("asks", |html| asks(html, review));
    parts.add("actions", |html| {
        html.section("actions", "Actions");
        if review.actions.is_empty() {
            html.raw("<p class=\"empty\">No actions agreed</p>\n");
        } else {
            actions(html, names, &review.actions);
        }
        html.raw("</section>\n");
    });
    parts.add("about", |html| prose::section(html, workspace, page, None));
    parts.add("pager", |html| pager(html, workspace, partner, page));
    parts.backlinks(&names.backlinks(page));
    parts.finish()
}

fn header(html: &mut Html<'_>, names: Names<'_>, partner: Option<&PartnerEntry>, review: &Review, period: Period) {
    html.raw("<h1>");
    if let Some(partner) = partner {
        html.link(partner.name(), &names.workspace.pages[partner.page].route);
    }
    html.between(" <span>", &period.title(), "</span></h1>\n<dl class=\"inline\">\n");
    html.raw("<div><dt>Held</dt><dd>").day_or(review.date, "not dated").raw("</dd></div>\n");
    let mut fact = |label: &str, value: &Shown<'_>| {
        if !value.is_nothing() {
            html.between("<div><dt>", label, "</dt><dd>").value(value, "none").raw("</dd></div>\n");
        }
    };
    fact("Attendees", &Shown::List(review.attendees.iter().map(|who| names.person(Some(who))).collect()));
    if let Some(partner) = partner {
        fact("Owner", &names.owner(partner));
        fact("Stage", &names.partner_stage(partner));
    }
    fact("Next review", &Shown::from(review.next));
    html.raw("<div><dt>Signed off</dt><dd>").day_or(review.signed_off, "not yet").raw("</dd></div>\n</dl>\n");
}

fn wins(html: &mut Html<'_>, workspace: &Workspace, partner: Option<&PartnerEntry>, review: &Review) {
    if review.wins.is_empty() {
        return;
    }
    html.section("wins", "Wins").raw("<ul class=\"points\">\n");
    for win in &review.wins {
        html.between("<li><strong>", win.title.as_deref().unwrap_or_default(), "</strong>");
        if let Some(impact) = win.impact.as_deref().filter(|impact| !impact.is_empty()) {
            html.between("<span>", impact, "</span>");
        }
        if let Some(id) = &win.kpi {
            let name = partner.map_or_else(|| slug::title(id), |partner| kpi_name(workspace, partner, id));
            html.between("<small class=\"note\">", &name, "</small>");
        }
        html.raw("</li>\n");
    }
    html.raw("</ul></section>\n");
}

fn challenges(html: &mut Html<'_>, names: Names<'_>, challenges: &[Challenge]) {
    if challenges.is_empty() {
        return;
    }
    html.section("challenges", "Challenges");
    for challenge in challenges {
        html.between("<div class=\"case\">\n<h3>", challenge.title.as_deref().unwrap_or_default(), "</h3>\n<dl class=\"facts wide\">\n");
        for (label, text) in [("Impact", &challenge.impact), ("Root cause", &challenge.root_cause), ("Action", &challenge.action)] {
            if let Some(text) = text.as_deref().filter(|text| !text.is_empty()) {
                html.between("<div><dt>", label, "</dt><dd>").text(text).raw("</dd></div>\n");
            }
        }
        html.raw("<div><dt>Owner</dt><dd>").value(&names.person(challenge.owner.as_deref()), "no owner");
        if let Some(due) = challenge.due {
            html.raw(", due ").day(due);
        }
        html.raw("</dd></div>\n</dl></div>\n");
    }
    html.raw("</section>\n");
}

fn initiatives(html: &mut Html<'_>, review: &Review) {
    if review.initiatives.is_empty() {
        return;
    }
    html.section("initiatives", "Initiatives").open_table("Initiatives", "").columns(["Initiative", "Goal", "Due"]).raw("<tbody>\n");
    for initiative in &review.initiatives {
        html.raw("<tr>").cell(&Shown::from(initiative.text.as_deref()), "none").cell(&Shown::from(initiative.goal.as_deref()), "none");
        html.raw("<td>").day_or(initiative.due, "no date").raw("</td></tr>\n");
    }
    html.close_table().raw("</section>\n");
}

fn asks(html: &mut Html<'_>, review: &Review) {
    if review.asks.is_empty() {
        return;
    }
    html.section("asks", "Asks").raw("<ul class=\"asks\">\n");
    for ask in &review.asks {
        html.raw("<li>");
        if let Some(kind) = ask.kind {
            html.badge(&slug::title(kind.word()), Tone::Info).raw(" ");
        }
        html.text(ask.text.as_deref().unwrap_or_default()).raw("</li>\n");
    }
    html.raw("</ul></section>\n");
}

/// Writes the ways to the reviews before and after.
fn pager(html: &mut Html<'_>, workspace: &Workspace, partner: Option<&PartnerEntry>, page: &PageRef) {
    let reviews = partner.map_or(&[][..], |partner| &partner.reviews);
    let here = reviews.iter().position(|at| std::ptr::eq(&raw const workspace.pages[*at], page));
    // Reviews are kept newest first.
    let before = here.and_then(|at| reviews.get(at + 1));
    let after = here.and_then(|at| at.checked_sub(1)).and_then(|at| reviews.get(at));
    if before.is_none() && after.is_none() {
        return;
    }
    html.raw("<nav class=\"pager\" aria-label=\"Reviews\">\n");
    if let Some(page) = before.map(|at| &workspace.pages[*at]) {
        html.raw("<a rel=\"prev\" href=\"").route(&page.route).raw("\">").icon("left").raw("<span><small>Review before</small>");
        html.text(&title(page)).raw("</span></a>\n");
    }
    if let Some(page) = after.map(|at| &workspace.pages[*at]) {
        html.raw("<a rel=\"next\" href=\"").route(&page.route).raw("\"><span><small>Review after</small>").text(&title(page));
        html.raw("</span>").icon("right").raw("</a>\n");
    }
    html.raw("</nav>\n");
}

fn title(page: &PageRef) -> String {
    match &page.kind {
        PageKind::Review(_, period) => period.title(),
        _ => page.title.clone(),
    }
}
