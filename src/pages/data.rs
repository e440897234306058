//! Files for machines: `data/partners.json`, `feed.xml`, `sitemap.xml`.

use std::fmt::Write as _;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::content::markdown::escape;
use crate::model::kpi::{Actual, Series};
use crate::model::partner::Partner;
use crate::text::path;
use crate::workspace::{PageKind, PartnerEntry, Workspace};

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

/// The Atom feed: reviews, moves and issues, newest first.
pub fn feed(workspace: &Workspace, base: &str) -> String {
    let mut entries: Vec<(Date, String, String, String)> = Vec::new();
    for page in workspace.pages.iter().filter(|page| !page.hidden) {
        let partner = page.partner.map_or("", |at| workspace.partners[at].name());
        match &page.kind {
            PageKind::Review(review, _) => {
                if let Some(date) = review.date {
                    entries.push((
                        date,
                        format!("{partner}: {}", page.title),
                        page.route.clone(),
                        review.summary.clone().unwrap_or_default(),
                    ));
                }
            }
            PageKind::Issue(issue) => {
                if let Some(date) = issue.resolved.or(issue.opened) {
                    let what = if issue.is_open() { "Issue opened" } else { "Issue resolved" };
                    entries.push((date, format!("{partner}: {}", page.title), page.route.clone(), what.to_owned()));
                }
            }
            PageKind::Partner(at) => {
                let last = workspace.partners[*at].data.lifecycle.last();
                if let Some((stage, date)) = last.and_then(|last| Some((last.stage.as_deref()?, last.entered?))) {
                    let title = workspace.settings.stage_index(stage).map_or(stage, |at| workspace.settings.stages[at].title.as_str());
                    entries.push((date, format!("{partner} entered {}", title.to_lowercase()), page.route.clone(), String::new()));
                }
            }
            _ => {}
        }
    }
    entries.retain(|(date, ..)| *date <= workspace.as_of);
    entries.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)).then_with(|| a.2.cmp(&b.2)));
    entries.truncate(50);
    let updated = entries.first().map_or(workspace.as_of, |(date, ..)| *date);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let _ = write!(
        out,
        "<title>{}</title>\n<id>{base}</id>\n<link href=\"{base}\"/>\n<link rel=\"self\" href=\"{base}feed.xml\"/>\n<updated>{updated}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
        xml(&workspace.settings.title),
        xml(workspace.settings.company.as_deref().unwrap_or(&workspace.settings.title)),
        base = xml(base),
    );
    for (date, title, route, summary) in entries {
        let url = xml(&format!("{base}{}", path::encode(&route)));
        // The day keeps two events of one page apart.
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{url}#{date}</id>\n<link href=\"{url}\"/>\n<updated>{date}T00:00:00Z</updated>\n<summary>{}</summary>\n</entry>\n",
            xml(&title),
            xml(&summary),
        );
    }
    out.push_str("</feed>\n");
    out
}

/// The most addresses that a sitemap may hold, by its protocol.
pub const SITEMAP_MOST: usize = 50_000;

/// The path of one part of a large sitemap.
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

/// A sitemap of pages: the whole, one part of it, or, where they do not fit into one file, the index of the parts.
pub fn sitemap(pages: &[&str], part: Option<usize>, base: &str) -> String {
    let address = |path: &str| xml(&format!("{base}{}", path::encode(path)));
    let (list, entry, addresses): (_, _, Vec<String>) = match part {
        None if pages.len() > SITEMAP_MOST => {
            ("sitemapindex", "sitemap", (0..pages.len().div_ceil(SITEMAP_MOST)).map(|part| address(&sitemap_part(part))).collect())
        }
        _ => ("urlset", "url", pages.iter().skip(part.unwrap_or(0) * SITEMAP_MOST).take(SITEMAP_MOST).map(|page| address(page)).collect()),
    };
    let mut out = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{list} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for address in addresses {
        let _ = writeln!(out, "<{entry}><loc>{address}</loc></{entry}>");
    }
    let _ = writeln!(out, "</{list}>");
    out
}

/// Text for XML: escaped, and without the control characters that XML cannot hold.
fn xml(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect();
    escape(&plain)
}
