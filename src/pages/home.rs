//! The home page: the portfolio at a glance.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::figures::health_number;
use super::parts::Parts;
use super::value::{Entry, Tone, share};
use super::{issue, portfolio, reviews};
use crate::diagnostics::Counts;
use crate::measures::actions;
use crate::measures::renewal::{Renewal, Window};
use crate::measures::{Band, Exact, Measures, is_measured};
use crate::model::review::AskKind;
use crate::model::settings_file::Phase;
use crate::text::path;
use crate::workspace::lists::ListKind;
use crate::workspace::{PageKind, PartnerEntry, PartnerId, Workspace};

/// The most entries of one kind that are shown at once.
const MOST: usize = 8;
/// How far ahead the end of a term is announced, in days.
const AHEAD: i32 = 90;

/// What `home.hbs` receives.
pub fn view(workspace: &Workspace, measures: &Measures, body: &str, parts: &mut Parts<'_>) -> Map<String, Value> {
    let partners: Vec<(PartnerId, &PartnerEntry)> = workspace.visible_partners().collect();
    let active: Vec<(PartnerId, &PartnerEntry)> = partners.iter().copied().filter(|(at, _)| !measures.partners[*at].is_exited).collect();
    parts.add("funnel", |html| portfolio::funnel(html, workspace));
    parts.add("matrix", |html| portfolio::matrix(html, workspace, measures));
    parts.add("sums", |html| portfolio::sums(html, workspace, measures));
    parts.add("concentration", |html| portfolio::concentration(html, workspace, measures));
    parts.add("accounts", |html| portfolio::accounts(html, workspace, measures));
    parts.add("renewals", |html| portfolio::renewals(html, workspace, measures));
    let mut values = Map::new();
    let mut put = |key: &str, value: Value| {
        values.insert(key.to_owned(), value);
    };
    put("body", json!(body));
    put("partners", json!(partners.len()));
    put("counts", json!(counts(workspace, measures, partners.len(), active.len())));
    put("tiers", json!(bars(workspace, ListKind::Tier)));
    put("models", json!(bars(workspace, ListKind::Model)));
    put("owners", json!(owners(workspace)));
    put("attention", json!(attention(workspace, measures, &active)));
    put("asks", json!(asks(workspace, &active)));
    let all: Vec<&PartnerEntry> = partners.iter().map(|(_, partner)| *partner).collect();
    put("changes", json!(changes(workspace, &all)));
    values
}

fn counts(workspace: &Workspace, measures: &Measures, partners: usize, active: usize) -> Vec<Value> {
    let issues = issue::all(workspace);
    let open = issues.iter().filter(|(_, issue)| issue.is_open()).count();
    let mut counts = Vec::new();
    let mut add = |number: usize, one: &str, many: &str, href: Option<&str>| {
        counts.push(json!({"label": if number == 1 { one } else { many }, "value": grouped(number), "href": href}));
    };
    add(partners, "partner", "partners", Some("partners/index.html"));
    add(active, "active", "active", None);
    for band in [Band::Green, Band::Yellow, Band::Red] {
        let number = measures.portfolio.count(band);
        if number > 0 {
            let label = format!("{} health", band.word());
            add(number, &label, &label, Some(&format!("partners/index.html#health={}", band.word())));
        }
    }
    let found = Counts::of(&workspace.findings);
    for (number, one, many) in [(found.errors, "error", "errors"), (found.warnings, "warning", "warnings")] {
        if number > 0 {
            add(number, one, many, Some("findings/index.html"));
        }
    }
    if !issues.is_empty() {
        add(open, "open issue", "open issues", Some("issues/index.html"));
    }
    counts
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

/// The owners with the most partners.
fn owners(workspace: &Workspace) -> Vec<Value> {
    let mut all = bars(workspace, ListKind::Owner);
    all.sort_by_key(|owner| std::cmp::Reverse(owner["count"].as_u64()));
    all.truncate(MOST);
    all
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

fn attention(workspace: &Workspace, measures: &Measures, active: &[(PartnerId, &PartnerEntry)]) -> Vec<Value> {
    let context = Measures::context(workspace);
    let partners: Vec<&PartnerEntry> = active.iter().map(|(_, partner)| *partner).collect();
    let route = |partner: &PartnerEntry| workspace.pages[partner.page].route.as_str();
    let issues: Vec<Entry<'_>> = issue::all(workspace)
        .into_iter()
        .filter(|(_, issue)| issue.is_open() && issue::tone(issue) == Some(Tone::Bad))
        .map(|(page, issue)| {
            let partner = page.partner.map(|at| workspace.partners[at].name());
            Entry::new(page.title.as_str(), &page.route).note(partner).time(issue.opened).tone(Some(Tone::Bad))
        })
        .collect();
    let mut red: Vec<(&Exact, &PartnerEntry)> = active
        .iter()
        .filter(|(at, _)| measures.partners[*at].health.band == Band::Red)
        .filter_map(|(at, partner)| Some((measures.partners[*at].health.number.as_ref()?, *partner)))
        .collect();
    red.sort_by(|a, b| a.0.cmp(b.0));
    let red = red.into_iter().map(|(number, partner)| {
        Entry::new(partner.name(), route(partner)).note(Some(format!("health {}", health_number(&context, number)))).tone(Some(Tone::Bad))
    });
    let late = partners.iter().filter(|partner| reviews::state(&context, partner, context.quarter) == reviews::State::Overdue);
    let late = late.map(|partner| {
        Entry::new(partner.name(), route(partner)).note(Some(format!("review of {}", context.quarter.title()))).tone(Some(Tone::Bad))
    });
    let mut renewals: Vec<(&Renewal, &PartnerEntry)> = active
        .iter()
        .filter_map(|(at, partner)| Some((measures.partners[*at].renewal.as_ref().filter(|renewal| renewal.window.is_some())?, *partner)))
        .collect();
    renewals.sort_by_key(|(renewal, _)| renewal.deadline);
    let renewals = renewals.into_iter().map(|(renewal, partner)| {
        let tone = if renewal.window == Some(Window::Overdue) { Tone::Bad } else { Tone::Warn };
        Entry::new(partner.name(), route(partner)).note(renewal.window.map(Window::word)).time(Some(renewal.deadline)).tone(Some(tone))
    });
    let phase = |partner: &PartnerEntry| partner.judged_stage().and_then(|at| workspace.settings.stages.get(at)).map(|stage| stage.phase);
    let unmeasured = active
        .iter()
        .filter(|(_, partner)| {
            matches!(phase(partner), Some(Phase::Onboarding | Phase::Development | Phase::Review)) && !is_measured(&context, partner)
        })
        .map(|(_, partner)| Entry::new(partner.name(), route(partner)).tone(Some(Tone::Warn)));
    let unowned: Vec<Entry<'_>> = partners
        .iter()
        .filter(|partner| crate::text::written(&partner.data.owner).is_none())
        .map(|partner| Entry::new(partner.name(), route(partner)).tone(Some(Tone::Warn)))
        .collect();
    [
        group("Red health", Some("partners/index.html#health=red"), red.collect()),
        group("Critical and high issues", Some("issues/index.html"), issues),
        group("Reviews overdue", Some("reviews/index.html#state=overdue"), late.collect()),
        group(&format!("Renewals within {AHEAD} days"), None, renewals.collect()),
        group("Overdue actions", None, overdue(workspace, &partners)),
        group("Nothing measured in the last four quarters", None, unmeasured.collect()),
        // In a workspace that names no owners at all, this would only be a list of everybody.
        group("Nobody owns them", None, if unowned.len() == partners.len() { Vec::new() } else { unowned }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the newest review of each partner asks for, decisions first.
fn asks(workspace: &Workspace, active: &[(PartnerId, &PartnerEntry)]) -> Vec<Value> {
    let mut all: Vec<(Option<AskKind>, Entry<'_>)> = Vec::new();
    for (_, partner) in active {
        let Some(page) = partner.reviews.first().map(|at| &workspace.pages[*at]) else { continue };
        let PageKind::Review(review, _) = &page.kind else { continue };
        for ask in &review.asks {
            let words = ask.text.as_deref().unwrap_or_default();
            let note = match ask.kind {
                Some(kind) => format!("{}, {}", kind.word(), partner.name()),
                None => partner.name().to_owned(),
            };
            all.push((ask.kind, Entry::new(words, &page.route).note(Some(note))));
        }
    }
    all.sort_by_key(|(kind, _)| (kind.is_none(), *kind));
    group("Decisions and asks", None, all.into_iter().map(|(_, entry)| entry).collect()).into_iter().collect()
}

/// The actions that are overdue, the oldest first.
fn overdue<'a>(workspace: &'a Workspace, partners: &[&'a PartnerEntry]) -> Vec<Entry<'a>> {
    let of = |partner: &&'a PartnerEntry| {
        let name = partner.name();
        actions::overdue(workspace, partner)
            .into_iter()
            .map(move |(open, due)| (due, Entry::new(open.text, &open.page.route).note(Some(name)).time(Some(due)).tone(Some(Tone::Bad))))
    };
    let mut late: Vec<(Date, Entry<'_>)> = partners.iter().flat_map(of).collect();
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
            let stage = last.stage.as_deref().and_then(|id| workspace.settings.stage(id));
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
