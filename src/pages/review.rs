//! The page of a quarterly review.

use serde_json::{Value, json};

use super::partner::{Names, kpi_name};
use super::value::{date, entry, state, text};
use super::{kpis, prose};
use crate::model::period::{Granularity, Period};
use crate::model::review::Review;
use crate::model::values::Action;
use crate::object;
use crate::text::{path, slug};
use crate::workspace::{PageId, PageKind, PageRef, Workspace};

/// Actions for templates.
pub fn actions(names: &Names<'_>, actions: &[Action]) -> Vec<Value> {
    actions
        .iter()
        .map(|action| {
            json!({
                "text": text(action.text.as_deref()),
                "owner": names.person(action.owner.as_deref()),
                "due": date(action.due),
                "state": state(action.done, action.due, names.as_of()),
            })
        })
        .collect()
}

/// What `review.hbs` receives.
pub fn view(workspace: &Workspace, page: &PageRef, review: &Review, period: Period, root: &str) -> Value {
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
    let mut siblings: Vec<PageId> = partner.map(|partner| partner.reviews.clone()).unwrap_or_default();
    siblings.reverse();
    let here = siblings.iter().position(|at| std::ptr::eq(&raw const workspace.pages[*at], page));
    let neighbour = |at: Option<usize>| at.and_then(|at| siblings.get(at)).map(|at| neighbour(&workspace.pages[*at]));
    object!({
        "partner": object!({
            "name": partner.map_or("", |partner| partner.name()),
            "href": partner.map_or_else(String::new, |partner| path::encode(&workspace.pages[partner.page].route)),
            "stage": partner.map(|partner| names.partner_stage(partner)),
            "owner": partner.map(|partner| names.owner(partner)),
        }),
        "period": period.title(),
        "date": date(review.date),
        "next": date(review.next),
        "signed_off": date(review.signed_off),
        "attendees": review.attendees.iter().map(|who| names.person(Some(who))).collect::<Vec<_>>(),
        "summary": text(review.summary.as_deref()),
        "wins": review.wins.iter().map(|win| json!({
            "title": win.title.as_deref().unwrap_or_default(),
            "impact": text(win.impact.as_deref()),
            "kpi": win.kpi.as_deref().map(|id| partner.map_or_else(|| slug::title(id), |partner| kpi_name(workspace, partner, id))),
        })).collect::<Vec<_>>(),
        "challenges": review.challenges.iter().map(|challenge| json!({
            "title": challenge.title.as_deref().unwrap_or_default(),
            "impact": text(challenge.impact.as_deref()),
            "root_cause": text(challenge.root_cause.as_deref()),
            "action": text(challenge.action.as_deref()),
            "owner": names.person(challenge.owner.as_deref()),
            "due": date(challenge.due),
        })).collect::<Vec<_>>(),
        "initiatives": review.initiatives.iter().map(|initiative| json!({
            "text": text(initiative.text.as_deref()),
            "goal": text(initiative.goal.as_deref()),
            "due": date(initiative.due),
        })).collect::<Vec<_>>(),
        "asks": review.asks.iter().map(|ask| json!({
            "kind": ask.kind.map(|kind| slug::title(kind.word())),
            "text": ask.text.as_deref().unwrap_or_default(),
        })).collect::<Vec<_>>(),
        "actions": actions(&names, &review.actions),
        "kpis": partner.map(|partner| kpis::tables(&partner.kpis, until_now, most)).unwrap_or_default(),
        "body": prose::html(workspace, page, root),
        "previous": neighbour(here.and_then(|at| at.checked_sub(1))),
        "following": neighbour(here.map(|at| at + 1)),
        "backlinks": names.backlinks(page),
    })
}

fn neighbour(page: &PageRef) -> Value {
    let words = match &page.kind {
        PageKind::Review(_, period) => period.title(),
        _ => page.title.clone(),
    };
    entry(&words, &page.route, None, None, None)
}
