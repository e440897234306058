//! List pages: one value with its partners, and all values of one kind.

use serde_json::{Value, json};

use super::partner::Names;
use super::value::{email, external, fact, share, text};
use crate::text::{path, slug};
use crate::workspace::Workspace;
use crate::workspace::lists::{ListKind, ListValue};

/// What `list.hbs` receives.
pub fn one(workspace: &Workspace, kind: ListKind, value: &ListValue) -> Value {
    let names = Names { workspace };
    let partners: Vec<Value> = value
        .partners
        .iter()
        .map(|at| {
            let partner = &workspace.partners[*at];
            json!({
                "name": partner.name(),
                "href": path::encode(&workspace.pages[partner.page].route),
                "summary": text(partner.data.summary.as_deref()),
                "stage": names.partner_stage(partner),
                "owner": names.owner(partner),
                "tier": names.tier(partner),
            })
        })
        .collect();
    let (about, facts) = about(workspace, kind, value);
    json!({"what": kind.words().0, "about": about, "facts": facts, "partners": partners})
}

/// What is known of a value itself.
fn about(workspace: &Workspace, kind: ListKind, value: &ListValue) -> (Value, Vec<Value>) {
    let settings = &workspace.settings;
    let (about, facts) = match kind {
        ListKind::Stage => match settings.stage_index(&value.key).map(|at| &settings.stages[at]) {
            None => (Value::Null, Vec::new()),
            Some(stage) => {
                let decisions: Vec<String> = stage.decisions.iter().map(|(word, _)| slug::title(word)).collect();
                let outputs: Vec<String> = stage.outputs.iter().map(|output| slug::title(output)).collect();
                let list = |items: Vec<String>| {
                    if items.is_empty() { Value::Null } else { Value::from(items) }
                };
                let facts = vec![
                    fact("Longest stay", stage.max_days.map_or(Value::Null, |days| Value::from(format!("{days} days")))),
                    fact("Decisions", list(decisions)),
                    fact("Leaves behind", list(outputs)),
                ];
                (text(Some(&stage.objective)), facts)
            }
        },
        ListKind::Tier => match settings.tier_index(&value.key).map(|at| &settings.tiers[at]) {
            None => (Value::Null, Vec::new()),
            Some(tier) => (Value::Null, vec![fact("Time to set up", text(tier.weeks.as_deref()))]),
        },
        ListKind::Model => match settings.model_index(&value.key).map(|at| &settings.models[at]) {
            None => (Value::Null, Vec::new()),
            Some(model) => {
                let commitment = model.commitment.map_or(Value::Null, |commitment| Value::from(slug::title(commitment.word())));
                (Value::Null, vec![fact("Commitment", commitment), fact("Exchange", text(model.exchange.as_deref()))])
            }
        },
        ListKind::Owner => match workspace.people.find(&value.key) {
            None => (Value::Null, Vec::new()),
            Some(person) => {
                let email = email(person.data.email.as_deref());
                let email = email.map_or(Value::Null, |email| external(email, &format!("mailto:{email}")));
                let gone = (!person.data.is_active()).then(|| "no longer active".to_owned());
                (text(person.data.role.as_deref()), vec![fact("Email", email), fact("Status", gone.map_or(Value::Null, Value::from))])
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
                ListKind::Stage => workspace.settings.stage_index(&value.key).map(|at| workspace.settings.stages[at].objective.clone()),
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
