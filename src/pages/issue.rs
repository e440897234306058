//! The page of an issue, and the list of all of them.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::html::Html;
use super::names::Names;
use super::prose;
use super::review::actions;
use super::value::{Shown, Tone, badge, date, text};
use crate::measures::stage::days_between;
use crate::model::issue::{Issue, IssueSeverity, IssueStatus};
use crate::text::{path, slug};
use crate::workspace::{PageKind, PageRef, Workspace};

fn severity(issue: &Issue) -> Shown<'static> {
    issue.severity.map_or(Shown::Nothing, |severity| {
        let tone = match severity {
            IssueSeverity::Critical | IssueSeverity::High => Tone::Bad,
            IssueSeverity::Medium => Tone::Warn,
            IssueSeverity::Low => Tone::Quiet,
        };
        badge(slug::title(severity.word()), tone)
    })
}

fn status(issue: &Issue) -> Shown<'static> {
    issue.status.map_or(Shown::Nothing, |status| {
        let tone = match status {
            IssueStatus::Open => Tone::Warn,
            IssueStatus::InProgress => Tone::Info,
            IssueStatus::Resolved => Tone::Good,
        };
        badge(slug::title(status.word()), tone)
    })
}

/// How an issue is marked in a list.
pub fn tone(issue: &Issue) -> Option<Tone> {
    if !issue.is_open() {
        return Some(Tone::Good);
    }
    match issue.severity {
        Some(IssueSeverity::Critical | IssueSeverity::High) => Some(Tone::Bad),
        Some(IssueSeverity::Medium) => Some(Tone::Warn),
        _ => None,
    }
}

/// Days that it has been, or was, open.
pub fn age(issue: &Issue, as_of: Date) -> Option<i32> {
    let end = if issue.is_open() { Some(as_of) } else { issue.resolved };
    days_between(issue.opened?, end?)
}

/// What `issue.hbs` receives.
pub fn view(workspace: &Workspace, page: &PageRef, issue: &Issue, root: &str) -> Value {
    let names = Names { workspace };
    let partner = page.partner.map(|at| &workspace.partners[at]);
    let mut actions_html = Html::new(root);
    if !issue.actions.is_empty() {
        actions(&mut actions_html, names, issue.actions.iter());
    }
    let impact = issue.impact.as_ref();
    let impact: Vec<Value> = [
        ("Business", impact.and_then(|i| i.business.as_deref())),
        ("Relationship", impact.and_then(|i| i.relationship.as_deref())),
        ("Timeline", impact.and_then(|i| i.timeline.as_deref())),
    ]
    .into_iter()
    .filter_map(|(label, words)| Some(json!({"label": label, "value": words.filter(|words| !words.is_empty())?})))
    .collect();
    let recommended = crate::text::written(&issue.recommended);
    let is_recommended = |option: &str| recommended.is_some_and(|word| slug::fold(word) == slug::fold(option));
    let in_table = issue.options.iter().any(|way| way.option.as_deref().is_some_and(is_recommended));
    json!({
        "partner": {
            "name": partner.map_or("", |partner| partner.name()),
            "href": partner.map_or_else(String::new, |partner| path::encode(&workspace.pages[partner.page].route)),
        },
        "severity": severity(issue),
        "status": status(issue),
        "reason": issue.reason.map(|reason| slug::title(reason.word())),
        "owner": names.person(issue.owner.as_deref()),
        "opened": date(issue.opened),
        "resolved": date(issue.resolved),
        "age_days": age(issue, workspace.as_of),
        "impact": impact,
        "root_cause": text(issue.root_cause.as_deref()),
        "recommended": if in_table { None } else { recommended },
        "resolution": text(issue.resolution.as_deref()),
        "options": issue.options.iter().map(|way| json!({
            "option": way.option.as_deref().unwrap_or_default(),
            "pros": text(way.pros.as_deref()),
            "cons": text(way.cons.as_deref()),
            "effort": text(way.effort.as_deref()),
            "recommended": way.option.as_deref().is_some_and(is_recommended),
        })).collect::<Vec<_>>(),
        "actions": actions_html.finish(),
        "escalated": issue.escalated.iter().map(|step| json!({
            "level": slug::title(step.level.as_deref().unwrap_or_default()),
            "on": date(step.on),
        })).collect::<Vec<_>>(),
        "body": prose::html(workspace, page, root),
        "backlinks": names.backlinks(page),
    })
}

/// The visible issues: the gravest and oldest first.
pub fn all(workspace: &Workspace) -> Vec<(&PageRef, &Issue)> {
    let mut all: Vec<(&PageRef, &Issue)> = workspace
        .pages
        .iter()
        .filter(|page| !page.hidden)
        .filter_map(|page| match &page.kind {
            PageKind::Issue(issue) => Some((page, issue.as_ref())),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(page, issue)| (issue.severity.is_none(), issue.severity, issue.opened.is_none(), issue.opened, page.route.as_str()));
    all
}

/// What `issues.hbs` receives.
pub fn list(workspace: &Workspace) -> Value {
    let names = Names { workspace };
    let (open, resolved): (Vec<_>, Vec<_>) = all(workspace).into_iter().partition(|(_, issue)| issue.is_open());
    let rows = |issues: Vec<(&PageRef, &Issue)>| -> Vec<Value> {
        issues
            .into_iter()
            .map(|(page, issue)| {
                json!({
                    "title": page.title,
                    "href": path::encode(&page.route),
                    "partner": page.partner.map(|at| names.partner(&workspace.partners[at])),
                    "severity": severity(issue),
                    "status": status(issue),
                    "owner": names.person(issue.owner.as_deref()),
                    "opened": date(issue.opened),
                    "age_days": age(issue, workspace.as_of),
                })
            })
            .collect()
    };
    json!({"open": rows(open), "resolved": rows(resolved)})
}
