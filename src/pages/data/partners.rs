//! `data/partners.json`: every partner for other programs.

use std::io;

use jiff::civil::Date;
use serde::Serialize;

use super::measures::{KpiRecord, MeasuresRecord};
use super::numbers::Edges;
use super::portfolio::PortfolioRecord;
use super::{Sink, in_chunks};
use crate::measures::{Context, Measures, PartnerMeasures};
use crate::model::partner::Partner;
use crate::text::path;
use crate::workspace::{PartnerEntry, Workspace};

/// The version of the form of `data/partners.json`. It grows when a field changes its meaning or goes away.
pub const VERSION: u32 = 2;

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
    measures: MeasuresRecord<'a>,
    kpis: Vec<KpiRecord<'a>>,
    reviews: Vec<String>,
    /// What the partner's file says, under the keys of the file. Its KPIs are in `kpis`.
    written: &'a Partner,
}

/// `data/partners.json`: every partner on the site, one a line, and all of them together.
///
/// # Errors
/// What the sink says.
pub fn partners_json(workspace: &Workspace, measures: &Measures, sink: &mut Sink<'_>) -> io::Result<()> {
    let context = Measures::context(workspace);
    let edges = Edges::new(&context);
    let settings = &workspace.settings;
    let head = Head { version: VERSION, as_of: workspace.as_of, title: &settings.title, currency: &settings.currency };
    // Nothing in these types can fail to become JSON: keys are strings, numbers are text.
    let head = serde_json::to_vec(&head).unwrap_or_default();
    let mut start = head.strip_suffix(b"}").unwrap_or_default().to_vec();
    start.extend_from_slice(b",\"partners\":[");
    let partners: Vec<_> = workspace.visible_partners().enumerate().collect();
    in_chunks(sink, &start, &partners, b"\n],\n\"portfolio\":", |out, (place, (at, partner))| {
        out.extend_from_slice(if *place > 0 { b",\n" } else { b"\n" });
        if let Some(measures) = measures.partner(*at) {
            let _ = serde_json::to_writer(out, &record(workspace, &context, &edges, partner, measures));
        }
    })?;
    sink(&serde_json::to_vec(&PortfolioRecord::new(workspace, &measures.portfolio)).unwrap_or_default())?;
    sink(b"}\n")
}

/// What `data/partners.json` says of a partner, for templates.
pub fn partner_value(workspace: &Workspace, partner: &PartnerEntry, measures: &PartnerMeasures) -> serde_json::Value {
    let context = Measures::context(workspace);
    serde_json::to_value(record(workspace, &context, &Edges::new(&context), partner, measures)).unwrap_or_default()
}

fn record<'a>(
    workspace: &'a Workspace,
    context: &Context<'a>,
    edges: &Edges,
    partner: &'a PartnerEntry,
    measures: &'a PartnerMeasures,
) -> PartnerRecord<'a> {
    let reviews = partner.reviews.iter().map(|at| &workspace.pages[*at]).filter(|page| !page.hidden);
    PartnerRecord {
        id: &partner.id,
        name: partner.name(),
        url: path::encode(&workspace.pages[partner.page].route),
        source: &workspace.pages[partner.page].path,
        stage: partner.stage.map(|at| workspace.settings.stages[at].id.as_str()),
        model: partner.model.map(|at| workspace.settings.models[at].id.as_str()),
        owner: crate::workspace::lists::owner_key(workspace, partner),
        measures: MeasuresRecord::new(context, edges, measures),
        kpis: partner.kpis.iter().zip(&measures.kpis).map(|(kpi, measures)| KpiRecord::new(context, edges, kpi, measures)).collect(),
        reviews: reviews.map(|page| path::encode(&page.route)).collect(),
        written: &partner.data,
    }
}
