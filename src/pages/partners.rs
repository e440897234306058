//! The index of all partners.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::figures::{health, health_change};
use super::findings::{self, Findings};
use super::html::Html;
use super::lists::{ROWS, name_cell};
use super::names::Names;
use super::partner::next_review;
use super::parts::Parts;
use crate::diagnostics::Counts;
use crate::measures::{Band, Context, Exact, Measures, PartnerMeasures};
use crate::model::partner::Status;
use crate::text::slug;
use crate::workspace::lists::{ListKind, Lists};
use crate::workspace::{PartnerEntry, PartnerId, Workspace};

/// What `partners.hbs` receives.
pub fn view(workspace: &Workspace, measures: &Measures, findings: &Findings, body: &str, parts: &mut Parts<'_>) -> Value {
    let partners: Vec<(PartnerId, &PartnerEntry)> = workspace.visible_partners().collect();
    let root = parts.root();
    let rows: Vec<String> = partners.par_chunks(ROWS).map(|chunk| rows(workspace, measures, findings, chunk, root)).collect();
    parts.add_written("rows", rows.iter().map(String::as_str));
    json!({"body": body, "count": partners.len(), "filters": filters(workspace, measures, &partners)})
}

fn rows(workspace: &Workspace, measures: &Measures, findings: &Findings, partners: &[(PartnerId, &PartnerEntry)], root: &str) -> String {
    let (names, context) = (Names { workspace }, Measures::context(workspace));
    let mut html = Html::new(root);
    for (at, partner) in partners {
        row(&mut html, names, &context, partner, &measures.partners[*at], findings.counts(workspace, *at));
    }
    html.finish()
}

/// Writes a row, with what the filters and sorting ask for.
fn row(html: &mut Html<'_>, names: Names<'_>, context: &Context<'_>, partner: &PartnerEntry, measures: &PartnerMeasures, counts: Counts) {
    let (data, workspace) = (&partner.data, names.workspace);
    html.raw("<tr");
    if !data.tags.is_empty() {
        html.raw(" data-tag=\"|");
        for tag in &data.tags {
            html.text(tag).raw("|");
        }
        html.raw("\"");
    }
    if let Some(status) = data.status {
        html.raw(" data-status=\"").raw(status.word()).raw("\"");
    }
    // Those that have left are in no band.
    html.raw(" data-health=\"").raw(if measures.is_exited { "" } else { measures.health.band.word() }).raw("\">");
    name_cell(html, workspace, partner);
    let tier_order = data.tier.as_deref().and_then(|tier| workspace.lists.place(ListKind::Tier, tier)).unwrap_or(usize::from(u16::MAX));
    let stage_order = partner.stage.unwrap_or(workspace.settings.stages.len());
    for (order, value) in [(stage_order, names.partner_stage(partner)), (tier_order, names.tier(partner))] {
        html.raw("<td data-v=\"").show(order).raw("\">").value(&value, "none");
    }
    html.cell(&names.model(partner), "none").cell(&names.owner(partner), "no owner");
    computed(html, context, partner, measures);
    let (next, day) = next_review(context, workspace, partner, measures);
    html.raw("<td");
    if let Some(day) = day {
        html.raw(" data-v=\"").show(day).raw("\"");
    }
    html.raw(">").value(&next, if measures.is_exited { "none" } else { "never reviewed" }).raw("<td>");
    match &measures.renewal {
        Some(renewal) => html.day(renewal.deadline).note(renewal.window.map_or("", |window| window.word())),
        None => html.none("none"),
    };
    findings::cell(html, &workspace.pages[partner.page].route, counts);
    html.raw("\n");
}

/// Health, its change against the quarter before, and the score.
fn computed(html: &mut Html<'_>, context: &Context<'_>, partner: &PartnerEntry, measures: &PartnerMeasures) {
    let found = &measures.health;
    match &found.number {
        Some(number) => {
            html.raw("<td data-v=\"").raw(&number.plain(1, &[])).raw("\"><a class=plain href=\"").route(&partner.scorecard_route());
            html.raw("\">").value(&health(context, Some(number), found.band), "unknown").raw("</a>");
        }
        None if measures.kpis.is_empty() => {
            html.raw("<td>").none("not measured");
        }
        None => {
            html.raw("<td>").none("unknown");
        }
    }
    let before = measures.health_by_quarter.iter().find(|known| known.quarter == found.quarter.previous());
    let before: Option<&Exact> = before.and_then(|before| before.number.as_ref());
    match (health_change(found, before), found.number.as_ref().zip(before)) {
        (Some(change), Some((now, then))) => {
            html.raw("<td data-v=\"").raw(&(now - then).plain(1, &[])).raw("\">").raw(&change);
        }
        _ => {
            html.raw("<td>").none("none");
        }
    }
    match &measures.score.number {
        Some(score) => {
            html.raw("<td><a class=plain href=\"").route(&partner.scorecard_route()).raw("#s-scores\">");
            html.raw(&score.show(1, &[])).raw("</a>");
            if measures.score.rows.iter().any(|row| row.veto) {
                html.note("vetoed");
            }
            html
        }
        None => html.raw("<td>").none("none"),
    };
}

fn filters(workspace: &Workspace, measures: &Measures, partners: &[(PartnerId, &PartnerEntry)]) -> Vec<Value> {
    let of = |key: &str, kind: ListKind, lists: &Lists| {
        let options: Vec<Value> = lists
            .of(kind)
            .iter()
            .filter(|value| !value.partners.is_empty())
            .map(|value| json!({"value": value.key, "label": value.title, "count": value.partners.len()}))
            .collect();
        json!({"key": key, "label": kind.words().0, "options": options})
    };
    let option = |word: &str, count: usize| (count > 0).then(|| json!({"value": word, "label": slug::title(word), "count": count}));
    let statuses = Status::WORDS.iter().filter_map(|word| {
        let has = |(_, partner): &&(PartnerId, &PartnerEntry)| partner.data.status.is_some_and(|status| status.word() == *word);
        option(word, partners.iter().filter(has).count())
    });
    let bands = Band::ALL.into_iter().filter_map(|band| option(band.word(), measures.portfolio.count(band)));
    vec![
        of("stage", ListKind::Stage, &workspace.lists),
        of("tier", ListKind::Tier, &workspace.lists),
        of("model", ListKind::Model, &workspace.lists),
        of("owner", ListKind::Owner, &workspace.lists),
        of("tag", ListKind::Tag, &workspace.lists),
        json!({"key": "health", "label": "Health", "options": bands.collect::<Vec<_>>()}),
        json!({"key": "status", "label": "Status", "options": statuses.collect::<Vec<_>>()}),
    ]
}
