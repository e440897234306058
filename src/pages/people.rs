//! The people of the workspace.

use serde_json::{Value, json};

use super::value::{email, text};
use crate::text::path;
use crate::workspace::Workspace;
use crate::workspace::lists::ListKind;
use crate::workspace::people::PersonEntry;

/// What `people.hbs` receives: our own people first, then those of each partner.
pub fn view(workspace: &Workspace) -> Value {
    let mut groups = Vec::new();
    let row = |person: &PersonEntry| {
        let list = workspace.lists.get(ListKind::Owner, &person.id);
        json!({
            "id": person.id,
            "name": person.name(),
            "role": text(person.data.role.as_deref()),
            "email": text(email(person.data.email.as_deref())),
            "href": list.map(|list| path::encode(&list.route)),
            "active": person.data.is_active(),
            "owns": list.map_or(0, |list| list.partners.len()),
        })
    };
    let ours: Vec<Value> = workspace.people.all.iter().filter(|person| person.data.partner().is_none()).map(row).collect();
    if !ours.is_empty() {
        groups.push(json!({"title": workspace.settings.company.as_deref().unwrap_or("Our people"), "people": ours}));
    }
    let mut sides: Vec<(usize, Vec<Value>)> = Vec::new();
    let mut by_partner: Vec<&PersonEntry> = workspace.people.all.iter().filter(|person| person.partner.is_some()).collect();
    by_partner.sort_by_key(|person| person.partner);
    for person in by_partner {
        let Some(partner) = person.partner.filter(|at| !workspace.partner_page(*at).hidden) else {
            continue;
        };
        match sides.last_mut() {
            Some((known, rows)) if *known == partner => rows.push(row(person)),
            _ => sides.push((partner, vec![row(person)])),
        }
    }
    groups.extend(sides.into_iter().map(|(partner, rows)| json!({"title": workspace.partners[partner].name(), "people": rows})));
    let nowhere: Vec<Value> =
        workspace.people.all.iter().filter(|person| person.data.partner().is_some() && person.partner.is_none()).map(row).collect();
    if !nowhere.is_empty() {
        groups.push(json!({"title": "Others", "people": nowhere}));
    }
    json!({"groups": groups})
}
