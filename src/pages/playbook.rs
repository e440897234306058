//! Playbooks.

use serde_json::{Value, json};

use super::names::Names;
use super::prose::address;
use super::value::{Shown, date, text};
use crate::model::playbook::Playbook;
use crate::text::{path, slug};
use crate::workspace::links::Target;
use crate::workspace::{PageId, PageKind, PageRef, Workspace};

/// The runs of every playbook, by its page.
pub type Runs = std::collections::BTreeMap<PageId, Vec<Value>>;

/// Collects the runs of all playbooks in one go over the partners.
pub fn runs(workspace: &Workspace) -> Runs {
    let names = Names { workspace };
    let mut runs = Runs::new();
    for (_, partner) in workspace.visible_partners() {
        for run in &partner.data.playbooks {
            let Some(at) = run.playbook.as_deref().and_then(|id| workspace.playbooks.get(&slug::fold(id))) else {
                continue;
            };
            let PageKind::Playbook(playbook) = &workspace.pages[*at].kind else {
                continue;
            };
            runs.entry(*at).or_default().push(json!({
                "partner": names.partner(partner),
                "started": date(run.started),
                "finished": date(run.finished),
                "done": run.done.len().min(playbook.steps.len()),
                "total": playbook.steps.len(),
                "met": run.met.len().min(playbook.success.len()),
                "criteria": playbook.success.len(),
            }));
        }
    }
    runs
}

/// What `playbook.hbs` receives.
pub fn view(workspace: &Workspace, page: &PageRef, playbook: &Playbook, runs: &[Value]) -> Value {
    let names = Names { workspace };
    let steps: Vec<Value> = playbook
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let target = page.targets.get(at).unwrap_or(&Target::Nowhere);
            let words = match (target, step.template.as_deref()) {
                (Target::Page(page, _), _) => workspace.pages[*page].title.clone(),
                (_, Some(template)) => path::file_name(template).to_owned(),
                (_, None) => String::new(),
            };
            let template = match address(workspace, target, "") {
                Some(href) => json!({"text": words, "href": href}),
                None => text(Some(&words)),
            };
            json!({
                "number": at + 1,
                "name": step.name.clone().unwrap_or_else(|| words.clone()),
                "template": template,
                "prompt": text(step.prompt.as_deref()),
            })
        })
        .collect();
    let stage = playbook.stage.as_deref();
    json!({
        "description": text(playbook.description.as_deref()),
        "warning": text(playbook.warning.as_deref()),
        "stage": match stage.and_then(|id| workspace.settings.stage(id)) {
            Some(stage) => names.listed(crate::workspace::lists::ListKind::Stage, Some(&stage.id)),
            None => Shown::from(stage.map(slug::title)),
        },
        "steps": steps,
        "success": playbook.success,
        "runs": runs,
        "backlinks": names.backlinks(page),
    })
}

/// What `playbooks.hbs` receives.
pub fn list(workspace: &Workspace, runs: &Runs, body: &str) -> Value {
    let playbooks: Vec<Value> = workspace
        .pages
        .iter()
        .enumerate()
        .filter_map(|(at, page)| {
            let PageKind::Playbook(playbook) = &page.kind else {
                return None;
            };
            Some(json!({
                "name": page.title,
                "href": path::encode(&page.route),
                "description": text(playbook.description.as_deref()),
                "steps": playbook.steps.len(),
                "runs": runs.get(&at).map_or(0, Vec::len),
            }))
        })
        .collect();
    json!({"playbooks": playbooks, "body": body})
}
