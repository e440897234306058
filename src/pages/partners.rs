//! The index of all partners.

use serde_json::{Value, json};

use super::partner::{Names, status_badge};
use super::value::{date, text};
use crate::model::partner::Status;
use crate::text::{path, slug};
use crate::workspace::lists::{ListKind, Lists};
use crate::workspace::{PartnerEntry, Workspace};

/// What `partners.hbs` receives.
pub fn view(workspace: &Workspace, body: &str) -> Value {
    let names = Names { workspace };
    let partners: Vec<Value> = workspace.visible_partners().map(|(_, partner)| row(&names, partner)).collect();
    json!({"body": body, "partners": partners, "filters": filters(workspace)})
}

fn row(names: &Names<'_>, partner: &PartnerEntry) -> Value {
    let data = &partner.data;
    let workspace = names.workspace;
    let unknown = workspace.settings.stages.len();
    json!({
        "name": partner.name(),
        "href": path::encode(&workspace.pages[partner.page].route),
        "summary": text(data.summary.as_deref()),
        "stage": names.partner_stage(partner),
        "stage_order": partner.stage.unwrap_or(unknown),
        "tier": names.tier(partner),
        "tier_order": data.tier.as_deref().and_then(|tier| workspace.lists.place(ListKind::Tier, tier)).unwrap_or(usize::from(u16::MAX)),
        "model": names.model(partner),
        "owner": names.owner(partner),
        "status": status_badge(data.status),
        "reviewed": date(data.reviewed),
        "term_end": date(data.term.as_ref().and_then(|term| term.end)),
        "tags": data.tags,
    })
}

fn filters(workspace: &Workspace) -> Vec<Value> {
    let of = |key: &str, kind: ListKind, lists: &Lists| {
        let options: Vec<Value> = lists
            .of(kind)
            .iter()
            .filter(|value| !value.partners.is_empty())
            .map(|value| json!({"value": value.key, "label": value.title, "count": value.partners.len()}))
            .collect();
        json!({"key": key, "label": kind.words().0, "options": options})
    };
    let mut statuses = std::collections::BTreeMap::<Status, usize>::new();
    for (_, partner) in workspace.visible_partners() {
        if let Some(status) = partner.data.status {
            *statuses.entry(status).or_default() += 1;
        }
    }
    let statuses: Vec<Value> = statuses
        .into_iter()
        .map(|(status, count)| json!({"value": status.word(), "label": slug::title(status.word()), "count": count}))
        .collect();
    vec![
        of("stage", ListKind::Stage, &workspace.lists),
        of("tier", ListKind::Tier, &workspace.lists),
        of("model", ListKind::Model, &workspace.lists),
        of("owner", ListKind::Owner, &workspace.lists),
        of("tag", ListKind::Tag, &workspace.lists),
        json!({"key": "status", "label": "Status", "options": statuses}),
    ]
}
