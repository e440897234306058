//! The people of a workspace, and who is meant by a name.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::index::Index;
use super::model::PartnerId;
use crate::content::read::Dict;
use crate::diagnostics::{Finding, Place, input};
use crate::model::playbook::Person;
use crate::route;
use crate::text::{slug, suggest};

/// Somebody in `people.yaml`.
#[derive(Debug, Clone)]
pub struct PersonEntry {
    /// The id.
    pub id: String,
    /// What is known.
    pub data: Person,
    /// The partner they work for; `None` for our own people.
    pub partner: Option<PartnerId>,
}

impl PersonEntry {
    /// The name that people read.
    pub fn name(&self) -> &str {
        self.data.name.as_deref().unwrap_or(&self.id)
    }
}

/// Everybody in `people.yaml`, by name.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The people, by name.
    pub all: Vec<PersonEntry>,
    /// The file; `None` where there is none.
    pub path: Option<Arc<str>>,
    by_name: FxHashMap<String, usize>,
    /// Their ids.
    suggestions: Vec<suggest::Candidate>,
}

impl People {
    /// Reads the people and finds the partners they work for.
    pub fn new(file: Option<(Arc<str>, Arc<Dict<Person>>)>, index: &Index, findings: &mut Vec<Finding>) -> People {
        let Some((path, dict)) = file else {
            return People::default();
        };
        let mut all: Vec<PersonEntry> = Vec::with_capacity(dict.0.len());
        let mut seen: FxHashMap<String, String> = FxHashMap::default();
        for (id, data) in Arc::unwrap_or_clone(dict).0 {
            if let Some(first) = seen.insert(slug::fold(&id), id.clone()) {
                let message = format!("the person `{id}` is there twice, as `{first}` too");
                findings.push(Finding::new(&input::DUPLICATE_ID, &path, Place::Key(route![&id]), message).help("keep one of the two"));
                continue;
            }
            let partner = data.partner().and_then(|side| match index.partner(side) {
                Ok(partner) => Some(partner),
                Err(true) => None,
                Err(false) => {
                    let near = index.partner_advice(side).unwrap_or_else(|| "write `us`, or the id of a partner".to_owned());
                    let finding =
                        Finding::new(&input::BROKEN_LINK, &path, Place::Key(route![&id, "side"]), format!("there is no partner `{side}`"))
                            .help(near);
                    findings.push(finding);
                    None
                }
            });
            all.push(PersonEntry { id, data, partner });
        }
        all.sort_by_cached_key(|person| (slug::fold(person.name()), slug::fold(&person.id)));
        let mut by_name = FxHashMap::default();
        for (at, person) in all.iter().enumerate() {
            by_name.insert(slug::fold(&person.id), at);
        }
        // An id goes before somebody else's name.
        for (at, person) in all.iter().enumerate() {
            by_name.entry(slug::fold(person.name())).or_insert(at);
        }
        let suggestions = all.iter().map(|person| suggest::Candidate::new(&person.id)).collect();
        People { all, path: Some(path), by_name, suggestions }
    }

    /// The id that is nearest to one that there is not.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        suggest::nearest_of(id, &self.suggestions)
    }

    /// The person of an id or name.
    pub fn find(&self, text: &str) -> Option<&PersonEntry> {
        self.by_name.get(&slug::fold(text.trim())).and_then(|at| self.all.get(*at))
    }

    /// What people read for an id or name: the person's name, or the text itself.
    pub fn name<'a>(&'a self, text: &'a str) -> &'a str {
        self.find(text).map_or(text, PersonEntry::name)
    }
}
