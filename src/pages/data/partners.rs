//! `data/partners.json`: every partner for other programs.

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::model::kpi::{Actual, Series};
use crate::model::partner::Partner;
use crate::text::path;
use crate::workspace::{PartnerEntry, Workspace};

/// The version of the form of `data/partners.json`. It grows when a field changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// What `data/partners.json` starts with.
#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    as_of: Date,
    title: &'a str,
    currency: &'a str,
}

/// A partner in `data/partners.json`.
#[derive(Serialize)]
pub struct PartnerRecord<'a> {
    id: &'a str,
    name: &'a str,
    url: String,
    source: &'a str,
    stage: Option<&'a str>,
    model: Option<&'a str>,
    owner: Option<&'a str>,
    kpis: Vec<KpiRecord<'a>>,
    reviews: Vec<String>,
    /// What the partner's file says, under the keys of the file.
    written: &'a Partner,
}

#[derive(Serialize)]
struct KpiRecord<'a> {
    id: &'a str,
    name: String,
    category: Option<&'static str>,
    unit: Option<&'a str>,
    actuals: &'a Series<Actual>,
}

/// `data/partners.json`: every partner on the site. Amounts and values are strings of exact decimals.
pub fn partners_json(workspace: &Workspace) -> String {
    let partners: Vec<&PartnerEntry> = workspace.visible_partners().map(|(_, partner)| partner).collect();
    // Nothing in these types can fail to become JSON: keys are strings, numbers are text.
    let chunks: Vec<String> = partners
        .par_chunks(128)
        .map(|chunk| {
            let records: Vec<String> =
                chunk.iter().map(|partner| serde_json::to_string(&record(workspace, partner)).unwrap_or_default()).collect();
            records.join(",\n")
        })
        .collect();
    let settings = &workspace.settings;
    let head = Head { version: VERSION, as_of: workspace.as_of, title: &settings.title, currency: &settings.currency };
    let head = serde_json::to_string(&head).unwrap_or_default();
    let head = head.strip_suffix('}').unwrap_or_default();
    let mut out = String::with_capacity(head.len() + chunks.iter().map(|chunk| chunk.len() + 2).sum::<usize>() + 32);
    out.push_str(head);
    out.push_str(",\"partners\":[\n");
    for (at, chunk) in chunks.iter().enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "" });
        out.push_str(chunk);
    }
    out.push_str("\n]}\n");
    out
}

/// What `data/partners.json` says of a partner.
pub fn record<'a>(workspace: &'a Workspace, partner: &'a PartnerEntry) -> PartnerRecord<'a> {
    PartnerRecord {
        id: &partner.id,
        name: partner.name(),
        url: path::encode(&workspace.pages[partner.page].route),
        source: &workspace.pages[partner.page].path,
        stage: partner.stage.map(|at| workspace.settings.stages[at].id.as_str()),
        model: partner.model.map(|at| workspace.settings.models[at].id.as_str()),
        owner: crate::workspace::lists::owner_key(workspace, partner),
        kpis: partner
            .kpis
            .iter()
            .map(|kpi| KpiRecord {
                id: &kpi.id,
                name: kpi.name(),
                category: kpi.kpi.category.map(crate::model::kpi::Category::word),
                unit: kpi.kpi.unit.as_deref(),
                actuals: &kpi.kpi.actuals,
            })
            .collect(),
        reviews: partner.reviews.iter().map(|at| path::encode(&workspace.pages[*at].route)).collect(),
        written: &partner.data,
    }
}
