//! Values for templates that a workspace has of its own. The built-in ones need none of them, so they are made only where
//! somebody may ask for them.

use serde_json::{Map, Value, json};

use super::data;
use super::names::Names;
use super::partner::status_badge;
use super::value::{Shown, date, text};
use crate::measures::PartnerMeasures;
use crate::measures::stage::Maturity;
use crate::model::review::Review;
use crate::text::path;
use crate::workspace::lists::ListKind;
use crate::workspace::{PartnerEntry, Workspace};

/// A partner in short: what lists and headings need.
pub fn partner(workspace: &Workspace, partner: &PartnerEntry) -> Value {
    let names = Names { workspace };
    let data = &partner.data;
    let tags: Vec<Shown<'_>> = data.tags.iter().map(|tag| names.listed(ListKind::Tag, Some(tag))).collect();
    json!({
        "id": partner.id,
        "name": partner.name(),
        "href": path::encode(&workspace.pages[partner.page].route),
        "aliases": data.aliases,
        "summary": text(data.summary.as_deref()),
        "website": text(data.website.as_deref()),
        "draft": data.draft == Some(true),
        "status": status_badge(data.status),
        "stage": names.partner_stage(partner),
        "tier": names.tier(partner),
        "model": names.model(partner),
        "owner": names.owner(partner),
        "tags": tags,
        "reviewed": date(data.reviewed),
        "term_end": date(data.term.as_ref().and_then(|term| term.end)),
        "maturity": Maturity::of(&partner.data, workspace.as_of).map(Maturity::title),
        "x": data.x,
    })
}

/// Adds what `partner.hbs` receives: `partner` in short, and `data`, all that `data/partners.json` says of it.
pub fn of_partner(values: &mut Map<String, Value>, workspace: &Workspace, entry: &PartnerEntry, measures: &PartnerMeasures) {
    values.insert("partner".to_owned(), partner(workspace, entry));
    values.insert("data".to_owned(), data::partner_value(workspace, entry, measures));
}

/// Adds what `review.hbs` receives: its partner, and `review`, what its file says.
pub fn of_review(
    values: &mut Map<String, Value>,
    workspace: &Workspace,
    entry: Option<(&PartnerEntry, &PartnerMeasures)>,
    review: &Review,
) {
    if let Some((entry, measures)) = entry {
        of_partner(values, workspace, entry, measures);
    }
    values.insert("review".to_owned(), serde_json::to_value(review).unwrap_or_default());
}

/// Adds what lists of partners receive: `partners`, each in short.
pub fn of_list<'p>(values: &mut Map<String, Value>, workspace: &Workspace, partners: impl Iterator<Item = &'p PartnerEntry>) {
    values.insert("partners".to_owned(), partners.map(|entry| partner(workspace, entry)).collect());
}
