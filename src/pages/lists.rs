//! List pages: one value with its partners, and all values of one kind.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::findings::{self, Findings};
use super::html::Html;
use super::names::Names;
use super::parts::Parts;
use super::value::{Shown, Tone, email, external, share, text};
use crate::measures::stage::is_on_hold;
use crate::measures::words::days;
use crate::text::{path, slug};
use crate::workspace::lists::{ListKind, ListValue};
use crate::workspace::{PartnerEntry, PartnerId, Workspace};

/// What `list.hbs` receives.
pub fn one(workspace: &Workspace, findings: &Findings, kind: ListKind, value: &ListValue, parts: &mut Parts<'_>) -> Value {
    let root = parts.root();
    let rows: Vec<String> = value.partners.par_chunks(ROWS).map(|chunk| rows(workspace, findings, chunk, root)).collect();
    parts.add_written("rows", rows.iter().map(String::as_str));
    let (about, facts) = about(workspace, kind, value);
    json!({"what": kind.words().0, "about": about, "facts": facts, "count": value.partners.len()})
}

/// Rows that one thread writes at a time.
pub const ROWS: usize = 256;

fn rows(workspace: &Workspace, findings: &Findings, partners: &[PartnerId], root: &str) -> String {
    let names = Names { workspace };
    let mut rows = Html::new(root);
    for (at, partner) in partners.iter().map(|at| (*at, &workspace.partners[*at])) {
        rows.raw("<tr>");
        name_cell(&mut rows, workspace, partner);
        for value in [names.partner_stage(partner), names.tier(partner), names.owner(partner)] {
            rows.cell(&value, "none");
        }
        findings::cell(&mut rows, &workspace.pages[partner.page].route, findings.counts(workspace, at));
        rows.raw("\n");
    }
    rows.finish()
}

/// Writes the first cell of a partner's row.
pub fn name_cell(html: &mut Html<'_>, workspace: &Workspace, partner: &PartnerEntry) {
    html.raw("<th scope=row>").link(partner.name(), &workspace.pages[partner.page].route);
    if is_on_hold(&partner.data, workspace.as_of) {
        html.raw(" ").badge("on hold", Tone::Quiet);
    }
    if let Some(summary) = partner.data.summary.as_deref().filter(|summary| !summary.is_empty()) {
        html.between("<small>", summary, "</small>");
    }
}

/// A label and its value for a template; `None` where there is no value.
fn fact(label: &str, value: &Shown<'_>) -> Option<Value> {
    (!value.is_nothing()).then(|| json!({"label": label, "value": value}))
}

/// What is known of a value itself.
fn about(workspace: &Workspace, kind: ListKind, value: &ListValue) -> (Value, Vec<Value>) {
    let settings = &workspace.settings;
    let (about, facts) = match kind {
        ListKind::Stage => match settings.stage(&value.key) {
            None => (Value::Null, Vec::new()),
            Some(stage) => {
                let decisions: Vec<String> = stage.decisions.iter().map(|(word, _)| slug::title(word)).collect();
                let outputs: Vec<String> = stage.outputs.iter().map(|output| slug::title(output)).collect();
                let facts = vec![
                    fact("Longest stay", &stage.max_days.map(days).into()),
                    fact("Decisions", &Shown::from(decisions.as_slice())),
                    fact("Leaves behind", &Shown::from(outputs.as_slice())),
                ];
                (text(Some(&stage.objective)), facts)
            }
        },
        ListKind::Tier => match settings.tier_index(&value.key).map(|at| &settings.tiers[at]) {
            None => (Value::Null, Vec::new()),
            Some(tier) => {
                let requirements = Shown::from(tier.requirements.as_slice());
                (Value::Null, vec![fact("Time to set up", &tier.weeks.as_deref().into()), fact("Requirements", &requirements)])
            }
        },
        ListKind::Model => match settings.model_index(&value.key).map(|at| &settings.models[at]) {
            None => (Value::Null, Vec::new()),
            Some(model) => {
                let commitment = Shown::from(model.commitment.map(|commitment| slug::title(commitment.word())));
                (Value::Null, vec![fact("Commitment", &commitment), fact("Exchange", &model.exchange.as_deref().into())])
            }
        },
        ListKind::Owner => match workspace.people.find(&value.key) {
            None => (Value::Null, Vec::new()),
            Some(person) => {
                let email = email(person.data.email.as_deref());
                let email = email.map_or(Shown::Nothing, |email| external(email, format!("mailto:{email}")));
                let gone = Shown::from((!person.data.is_active()).then_some("no longer active"));
                (text(person.data.role.as_deref()), vec![fact("Email", &email), fact("Status", &gone)])
            }
        },
        ListKind::Tag => (Value::Null, Vec::new()),
    };
    (about, facts.into_iter().flatten().collect())
}

/// What `lists.hbs` receives.
pub fn all(workspace: &Workspace, kind: ListKind) -> Value {
    let values = workspace.lists.of(kind);
    let largest = values.iter().map(|value| value.partners.len()).max().unwrap_or(0);
    let rows: Vec<Value> = values
        .iter()
        .map(|value| {
            let note = match kind {
                ListKind::Stage => workspace.settings.stage(&value.key).map(|stage| stage.objective.clone()),
                ListKind::Owner => workspace.people.find(&value.key).and_then(|person| person.data.role.clone()),
                _ => None,
            };
            json!({
                "title": value.title,
                "href": path::encode(&value.route),
                "count": value.partners.len(),
                "share": share(value.partners.len(), largest),
                "note": note.filter(|note| !note.is_empty()),
            })
        })
        .collect();
    json!({"what": kind.words().1, "values": rows})
}
