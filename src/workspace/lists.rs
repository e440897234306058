//! List pages: which partners share a stage, tier, model, owner or tag.

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{PartnerEntry, PartnerId, Workspace};
use crate::model::settings::tier_title;
use crate::text::slug;

/// What partners are listed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    /// The stage.
    Stage,
    /// The tier.
    Tier,
    /// The partnership model.
    Model,
    /// The owner.
    Owner,
    /// A tag.
    Tag,
}

impl ListKind {
    /// All kinds.
    pub const ALL: [ListKind; 5] = [ListKind::Stage, ListKind::Tier, ListKind::Model, ListKind::Owner, ListKind::Tag];

    /// The folder of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            ListKind::Stage => "stages",
            ListKind::Tier => "tiers",
            ListKind::Model => "models",
            ListKind::Owner => "owners",
            ListKind::Tag => "tags",
        }
    }

    /// One of them, and several.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            ListKind::Stage => ("Stage", "Stages"),
            ListKind::Tier => ("Tier", "Tiers"),
            ListKind::Model => ("Model", "Models"),
            ListKind::Owner => ("Owner", "Owners"),
            ListKind::Tag => ("Tag", "Tags"),
        }
    }
}

/// One value and its partners.
#[derive(Debug, Clone)]
pub struct ListValue {
    /// The word in the files: a stage's id, a tag, a person's id.
    pub key: String,
    /// What people read.
    pub title: String,
    /// The page.
    pub route: String,
    /// Its partners, by name.
    pub partners: Vec<PartnerId>,
}

/// All values of all kinds.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    values: [Vec<ListValue>; 5],
    places: [FxHashMap<String, usize>; 5],
}

impl Lists {
    /// Sorts the visible partners into lists. Stages come in the order of the lifecycle, tiers and models in the order of the
    /// settings, owners and tags by name.
    pub fn new(workspace: &Workspace) -> Lists {
        Lists::of_partners(workspace, workspace.visible_partners())
    }

    /// The same for partners as they are about to be.
    pub fn of_partners<'a>(workspace: &Workspace, partners: impl Iterator<Item = (PartnerId, &'a PartnerEntry)>) -> Lists {
        let mut lists = Lists::default();
        let settings = &workspace.settings;
        for stage in &settings.stages {
            lists.declare(ListKind::Stage, &stage.id, &stage.title);
        }
        for tier in &settings.tiers {
            lists.declare(ListKind::Tier, &tier.id, &tier.title);
        }
        for model in &settings.models {
            lists.declare(ListKind::Model, &model.id, &model.title);
        }
        for (at, partner) in partners {
            for (kind, key) in keys(workspace, partner) {
                let title = match kind {
                    ListKind::Owner => workspace.people.name(&key).to_owned(),
                    ListKind::Tag => key.clone(),
                    ListKind::Tier => tier_title(&key, None),
                    _ => slug::title(&key),
                };
                let place = lists.declare(kind, &key, &title);
                let partners = &mut lists.values[kind as usize][place].partners;
                if partners.last() != Some(&at) {
                    partners.push(at);
                }
            }
        }
        lists.settle();
        lists
    }

    fn declare(&mut self, kind: ListKind, key: &str, title: &str) -> usize {
        let values = &mut self.values[kind as usize];
        *self.places[kind as usize].entry(slug::fold(key)).or_insert_with(|| {
            values.push(ListValue { key: key.to_owned(), title: title.to_owned(), route: String::new(), partners: Vec::new() });
            values.len() - 1
        })
    }

    /// Drops declared values that nobody uses (all stages stay: an empty one tells something), sorts and names the pages.
    fn settle(&mut self) {
        for kind in ListKind::ALL {
            let values = &mut self.values[kind as usize];
            values.retain(|value| kind == ListKind::Stage || !value.partners.is_empty());
            if matches!(kind, ListKind::Owner | ListKind::Tag) {
                values.sort_by_cached_key(|value| (slug::fold(&value.title), value.key.clone()));
            }
            let mut taken: FxHashSet<String> = FxHashSet::default();
            for value in values.iter_mut() {
                let base = match slug::value(&value.key) {
                    index if index == "index" => "index-".to_owned(),
                    base => base,
                };
                let mut name = base.clone();
                let mut n = 2;
                while !taken.insert(name.clone()) {
                    name = format!("{base}-{n}");
                    n += 1;
                }
                value.route = format!("{}/{name}.html", kind.folder());
            }
            self.places[kind as usize] = values.iter().enumerate().map(|(at, value)| (slug::fold(&value.key), at)).collect();
        }
    }

    /// True where both have the same pages with the same titles, whoever is on them.
    pub fn has_same_pages(&self, other: &Lists) -> bool {
        let pages = |lists: &Lists, kind: ListKind| -> Vec<(String, String, String)> {
            lists.of(kind).iter().map(|value| (value.key.clone(), value.title.clone(), value.route.clone())).collect()
        };
        ListKind::ALL.into_iter().all(|kind| pages(self, kind) == pages(other, kind))
    }

    /// The values of a kind.
    pub fn of(&self, kind: ListKind) -> &[ListValue] {
        &self.values[kind as usize]
    }

    /// The value of a kind by its key.
    pub fn get(&self, kind: ListKind, key: &str) -> Option<&ListValue> {
        self.place(kind, key).and_then(|at| self.values[kind as usize].get(at))
    }

    /// The place of a value among those of its kind.
    pub fn place(&self, kind: ListKind, key: &str) -> Option<usize> {
        self.places[kind as usize].get(&slug::fold(key)).copied()
    }
}

/// The lists that a partner stands in: kind and key.
fn keys(workspace: &Workspace, partner: &PartnerEntry) -> Vec<(ListKind, String)> {
    let mut keys = Vec::with_capacity(4 + partner.data.tags.len());
    if let Some(stage) = partner.stage {
        keys.push((ListKind::Stage, workspace.settings.stages[stage].id.clone()));
    }
    if let Some(tier) = filled(partner.data.tier.as_ref()) {
        keys.push((ListKind::Tier, tier.to_owned()));
    }
    if let Some(model) = partner.model {
        keys.push((ListKind::Model, workspace.settings.models[model].id.clone()));
    }
    if let Some(owner) = owner_key(workspace, partner) {
        keys.push((ListKind::Owner, owner.to_owned()));
    }
    keys.extend(partner.data.tags.iter().filter(|tag| !tag.is_empty()).map(|tag| (ListKind::Tag, tag.clone())));
    keys
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}

/// The key of a partner's owner: the person's id, or the name as written.
pub fn owner_key<'a>(workspace: &'a Workspace, partner: &'a PartnerEntry) -> Option<&'a str> {
    let owner = filled(partner.data.owner.as_ref())?;
    Some(workspace.people.find(owner).map_or(owner, |person| person.id.as_str()))
}
