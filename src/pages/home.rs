//! The home page: the portfolio at a glance.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::issue;
use super::value::{Entry, Tone, share};
use crate::model::settings_file::Phase;
use crate::text::path;
use crate::workspace::lists::ListKind;
use crate::workspace::{PageKind, PartnerEntry, Workspace};

/// The most entries of one kind that are shown at once.
const MOST: usize = 8;
/// How far ahead the end of a term is announced, in days.
const AHEAD: i32 = 90;

/// What `home.hbs` receives.
pub fn view(workspace: &Workspace, body: &str) -> Value {
    let active = |partner: &PartnerEntry| partner.stage.is_none_or(|at| workspace.settings.stages[at].phase != Phase::Exited);
    let partners: Vec<&PartnerEntry> = workspace.visible_partners().map(|(_, partner)| partner).collect();
    let issues = issue::all(workspace);
    let open = issues.iter().filter(|(_, issue)| issue.is_open()).count();
    let reviews = workspace.pages.iter().filter(|page| !page.hidden && matches!(page.kind, PageKind::Review(..))).count();
    let mut counts = vec![
        json!({"label": if partners.len() == 1 { "partner" } else { "partners" }, "value": grouped(partners.len()), "href": "partners/index.html"}),
        json!({"label": "active", "value": grouped(partners.iter().filter(|partner| active(partner)).count()), "href": null}),
    ];
    if !issues.is_empty() {
        counts.push(
            json!({"label": if open == 1 { "open issue" } else { "open issues" }, "value": grouped(open), "href": "issues/index.html"}),
        );
    }
    if reviews > 0 {
        counts.push(json!({"label": if reviews == 1 { "review" } else { "reviews" }, "value": grouped(reviews), "href": null}));
    }
    json!({
        "body": body,
        "counts": counts,
        "funnel": bars(workspace, ListKind::Stage),
        "tiers": bars(workspace, ListKind::Tier),
        "models": bars(workspace, ListKind::Model),
        "attention": attention(workspace, &partners.iter().copied().filter(|partner| active(partner)).collect::<Vec<_>>()),
        "changes": changes(workspace, &partners),
    })
}

fn grouped(n: usize) -> String {
    crate::content::scalar::grouped(&rust_decimal::Decimal::from(n))
}

fn bars(workspace: &Workspace, kind: ListKind) -> Vec<Value> {
    let values = workspace.lists.of(kind);
    let largest = values.iter().map(|value| value.partners.len()).max().unwrap_or(0);
    if largest == 0 {
        return Vec::new();
    }
    values
        .iter()
        .map(|value| {
            json!({
                "title": value.title,
                "href": path::encode(&value.route),
                "count": value.partners.len(),
                "share": share(value.partners.len(), largest),
            })
        })
        .collect()
}

/// A group of things that need attention; `None` where there is none. What does not fit is counted.
fn group(title: &str, href: Option<&str>, mut entries: Vec<Entry<'_>>) -> Option<Value> {
    if entries.is_empty() {
        return None;
    }
    let all = entries.len();
    entries.truncate(MOST);
    let title = if all > MOST { format!("{title} (the first {MOST} of {all})") } else { title.to_owned() };
    Some(json!({"title": title, "href": href, "entries": entries}))
}

fn attention(workspace: &Workspace, partners: &[&PartnerEntry]) -> Vec<Value> {
    let as_of = workspace.as_of;
    let route = |partner: &PartnerEntry| workspace.pages[partner.page].route.as_str();
    let mut terms: Vec<(Date, &PartnerEntry)> =
        partners.iter().filter_map(|partner| Some((partner.data.term.as_ref()?.end?, *partner))).collect();
    terms.sort_by_key(|(end, _)| *end);
    let days = |end: Date| (end - as_of).get_days();
    let of = |wanted: &dyn Fn(i32) -> bool, tone: Tone| -> Vec<Entry<'_>> {
        terms
            .iter()
            .filter(|(end, _)| wanted(days(*end)))
            .map(|(end, partner)| Entry::new(partner.name(), route(partner)).time(Some(*end)).tone(Some(tone)))
            .collect()
    };
    let issues: Vec<Entry<'_>> = issue::all(workspace)
        .into_iter()
        .filter(|(_, issue)| issue.is_open() && issue::tone(issue) == Some(Tone::Bad))
        .map(|(page, issue)| {
            let partner = page.partner.map(|at| workspace.partners[at].name());
            Entry::new(page.title.as_str(), &page.route).note(partner).time(issue.opened).tone(Some(Tone::Bad))
        })
        .collect();
    let unowned: Vec<Entry<'_>> = partners
        .iter()
        .filter(|partner| partner.data.owner.as_deref().unwrap_or_default().is_empty())
        .map(|partner| Entry::new(partner.name(), route(partner)).time(None).tone(Some(Tone::Warn)))
        .collect();
    [
        group("Critical and high issues", Some("issues/index.html"), issues),
        group("Terms that have ended", None, of(&|days| days < 0, Tone::Bad)),
        group(&format!("Terms that end within {AHEAD} days"), None, of(&|days| (0..=AHEAD).contains(&days), Tone::Warn)),
        group("Overdue actions", None, overdue(workspace, partners)),
        // In a workspace that names no owners at all, this would only be a list of everybody.
        group("Nobody owns them", None, if unowned.len() == partners.len() { Vec::new() } else { unowned }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn overdue<'a>(workspace: &'a Workspace, partners: &[&'a PartnerEntry]) -> Vec<Entry<'a>> {
    let mut late: Vec<(Date, Entry<'_>)> = Vec::new();
    for partner in partners {
        let latest = partner.reviews.first().map(|at| &workspace.pages[*at]);
        let of_review = latest.and_then(|page| match &page.kind {
            PageKind::Review(review, _) => Some((page.route.as_str(), review.actions.as_slice())),
            _ => None,
        });
        let own = (workspace.pages[partner.page].route.as_str(), partner.data.actions.as_slice());
        for (route, actions) in [Some(own), of_review].into_iter().flatten() {
            for action in actions.iter().filter(|action| action.is_open()) {
                if let (Some(due), Some(text)) = (action.due.filter(|due| *due < workspace.as_of), action.text.as_deref()) {
                    late.push((due, Entry::new(text, route).note(Some(partner.name())).time(Some(due)).tone(Some(Tone::Bad))));
                }
            }
        }
    }
    late.sort_by_key(|(due, _)| *due);
    late.into_iter().map(|(_, entry)| entry).collect()
}

/// What happened last, newest first: moves, reviews, issues.
fn changes<'a>(workspace: &'a Workspace, partners: &[&'a PartnerEntry]) -> Vec<Entry<'a>> {
    let mut events: Vec<(Date, String, Entry<'a>)> = Vec::new();
    let mut push = |date: Option<Date>, text: String, route: &'a str, note: String| {
        if let Some(date) = date.filter(|date| *date <= workspace.as_of) {
            let value = Entry::new(text.clone(), route).note(Some(note)).time(Some(date));
            events.push((date, text, value));
        }
    };
    for partner in partners {
        if let Some(last) = partner.data.lifecycle.last() {
            let stage = last.stage.as_deref().and_then(|id| workspace.settings.stage_index(id)).map(|at| &workspace.settings.stages[at]);
            let note = stage.map_or_else(|| "moved".to_owned(), |stage| format!("entered {}", stage.title.to_lowercase()));
            push(last.entered, partner.name().to_owned(), &workspace.pages[partner.page].route, note);
        }
        if let Some(page) = partner.reviews.first().map(|at| &workspace.pages[*at])
            && let PageKind::Review(review, period) = &page.kind
        {
            push(review.date, partner.name().to_owned(), &page.route, format!("{} review", period.title()));
        }
    }
    for (page, issue) in issue::all(workspace) {
        let partner = page.partner.map_or("", |at| workspace.partners[at].name());
        let (date, note) = if issue.is_open() { (issue.opened, "issue opened") } else { (issue.resolved, "issue resolved") };
        push(date, page.title.clone(), &page.route, format!("{partner}: {note}"));
    }
    events.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    events.into_iter().take(10).map(|(_, _, value)| value).collect()
}
