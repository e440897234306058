//! Any other Markdown page.

use serde_json::{Value, json};

use super::names::Names;
use super::prose;
use super::value::Entry;
use crate::text::path;
use crate::workspace::{PageKind, PageRef, Workspace};

/// What `page.hbs` receives; `children` are the entries of the folder that it is the index of.
pub fn view(workspace: &Workspace, page: &PageRef, children: &[Value], root: &str) -> Value {
    let names = Names { workspace };
    let partner = page.partner.map(|at| &workspace.partners[at]);
    let used_by: Vec<Entry<'_>> = page
        .used_by
        .iter()
        .filter_map(|(playbook, step)| {
            let page = &workspace.pages[*playbook];
            let PageKind::Playbook(playbook) = &page.kind else {
                return None;
            };
            let name = playbook.steps.get(*step).and_then(|step| step.name.clone());
            Some(Entry::new(page.title.as_str(), &page.route).note(name.map(|name| format!("step {}: {name}", step + 1))))
        })
        .collect();
    json!({
        "partner": partner.map(|partner| json!({"name": partner.name(), "href": path::encode(&workspace.pages[partner.page].route)})),
        "body": prose::html(workspace, page, root),
        "used_by": used_by,
        "children": children,
        "backlinks": names.backlinks(page),
    })
}
