//! The index of all partners.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::html::Html;
use super::lists::{ROWS, name_cell};
use super::names::Names;
use super::partner::status_badge;
use crate::model::partner::Status;
use crate::text::slug;
use crate::workspace::lists::{ListKind, Lists};
use crate::workspace::{PartnerEntry, Workspace};

/// What `partners.hbs` receives.
pub fn view(workspace: &Workspace, body: &str, root: &str) -> Value {
    let partners: Vec<&PartnerEntry> = workspace.visible_partners().map(|(_, partner)| partner).collect();
    let rows: Vec<String> = partners.par_chunks(ROWS).map(|chunk| rows(workspace, chunk, root)).collect();
    json!({"body": body, "count": partners.len(), "rows": rows.concat(), "filters": filters(workspace)})
}

fn rows(workspace: &Workspace, partners: &[&PartnerEntry], root: &str) -> String {
    let names = Names { workspace };
    let mut html = Html::new(root);
    for partner in partners {
        row(&mut html, names, partner);
    }
    html.finish()
}

/// Writes a row, with what the filters and sorting ask for.
fn row(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry) {
    let (data, workspace) = (&partner.data, names.workspace);
    html.raw("<tr");
    if !data.tags.is_empty() {
        html.raw(" data-tags=\"|");
        for tag in &data.tags {
            html.text(tag).raw("|");
        }
        html.raw("\"");
    }
    html.raw(">");
    name_cell(html, workspace, partner);
    let tier_order = data.tier.as_deref().and_then(|tier| workspace.lists.place(ListKind::Tier, tier)).unwrap_or(usize::from(u16::MAX));
    let stage_order = partner.stage.unwrap_or(workspace.settings.stages.len());
    for (order, value) in [(stage_order, names.partner_stage(partner)), (tier_order, names.tier(partner))] {
        html.raw("<td data-v=\"").show(order).raw("\">").value(&value, "none").raw("</td>");
    }
    for value in [names.model(partner), names.owner(partner), status_badge(data.status)] {
        html.cell(&value, "none");
    }
    html.raw("<td>").day_or(data.reviewed, "never").raw("</td><td>");
    html.day_or(data.term.as_ref().and_then(|term| term.end), "none").raw("</td></tr>\n");
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
