//! Words and links for ids.

use std::borrow::Cow;

use jiff::civil::Date;

use super::value::{Address, Entry, Shown, link};
use crate::model::playbook::Playbook;
use crate::text::{path, slug};
use crate::workspace::lists::{ListKind, owner_key};
use crate::workspace::{PageId, PageKind, PageRef, PartnerEntry, Workspace};

/// Words and links for ids: people, stages, tiers, models.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
}

impl<'a> Names<'a> {
    /// The day on which the workspace is looked at.
    pub fn as_of(&self) -> Date {
        self.workspace.as_of
    }

    /// The currency of plain amounts.
    pub fn currency(&self) -> &'a str {
        &self.workspace.settings.currency
    }

    /// A person, linked where there is a page about them; null for nobody.
    pub fn person(&self, who: Option<&'a str>) -> Shown<'a> {
        let Some(who) = who.filter(|who| !who.is_empty()) else {
            return Shown::Nothing;
        };
        match self.workspace.people.find(who) {
            None => match self.workspace.lists.get(ListKind::Owner, who) {
                Some(list) => link(who, &list.route),
                None => Shown::from(who),
            },
            Some(person) => {
                if let Some(list) = self.workspace.lists.get(ListKind::Owner, &person.id) {
                    link(person.name(), &list.route)
                } else {
                    let href = format!("people/index.html#{}", path::encode_fragment(&person.id));
                    Shown::Link(Cow::Borrowed(person.name()), Address::Inside(Cow::Owned(href)), None)
                }
            }
        }
    }

    /// The title of a stage; nothing for none, the word itself for an unknown one.
    pub fn stage(&self, id: Option<&'a str>) -> Shown<'a> {
        let Some(id) = id else { return Shown::Nothing };
        let known = self.workspace.settings.stage(id);
        Shown::from(known.map_or(id, |stage| stage.title.as_str()))
    }

    /// A value of a list, linked to its page.
    pub fn listed(&self, kind: ListKind, key: Option<&'a str>) -> Shown<'a> {
        let Some(key) = key.filter(|key| !key.is_empty()) else {
            return Shown::Nothing;
        };
        match self.workspace.lists.get(kind, key) {
            Some(value) => link(value.title.as_str(), &value.route),
            None => Shown::from(key),
        }
    }

    /// The stage of a partner, linked.
    pub fn partner_stage(&self, partner: &'a PartnerEntry) -> Shown<'a> {
        match partner.stage {
            Some(at) => self.listed(ListKind::Stage, Some(&self.workspace.settings.stages[at].id)),
            None => Shown::from(partner.data.current_stage()),
        }
    }

    /// The owner of a partner, linked.
    pub fn owner(&self, partner: &'a PartnerEntry) -> Shown<'a> {
        self.listed(ListKind::Owner, owner_key(self.workspace, partner))
    }

    /// The model of a partner, linked.
    pub fn model(&self, partner: &'a PartnerEntry) -> Shown<'a> {
        match partner.model {
            Some(at) => self.listed(ListKind::Model, Some(&self.workspace.settings.models[at].id)),
            None => Shown::from(partner.data.model.as_deref()),
        }
    }

    /// The tier of a partner, linked.
    pub fn tier(&self, partner: &'a PartnerEntry) -> Shown<'a> {
        self.listed(ListKind::Tier, partner.data.tier.as_deref())
    }

    /// A partner, linked.
    pub fn partner(&self, partner: &'a PartnerEntry) -> Shown<'a> {
        let page = &self.workspace.pages[partner.page];
        if page.hidden { Shown::from(partner.name()) } else { link(partner.name(), &page.route) }
    }

    /// A playbook by its id or name, where it is on the site.
    pub fn playbook(&self, name: &str) -> Option<(&'a PageRef, &'a Playbook)> {
        let page = &self.workspace.pages[*self.workspace.playbooks.get(&slug::fold(name))?];
        match &page.kind {
            PageKind::Playbook(playbook) => Some((page, playbook.as_ref())),
            _ => None,
        }
    }

    /// Entries for pages.
    pub fn entries(&self, pages: &[PageId]) -> Vec<Entry<'a>> {
        pages.iter().filter_map(|page| self.workspace.pages.get(*page)).filter(|page| !page.hidden).map(|page| self.entry(page)).collect()
    }

    /// An entry for a page: its title, with the partner it belongs to.
    pub fn entry(&self, page: &'a PageRef) -> Entry<'a> {
        let note = match (&page.kind, page.partner) {
            (PageKind::Partner(_), _) | (_, None) => None,
            (_, Some(partner)) => Some(self.workspace.partners[partner].name()),
        };
        Entry::new(page.title.as_str(), &page.route).note(note)
    }

    /// The pages that link to a page.
    pub fn backlinks(&self, page: &PageRef) -> Vec<Entry<'a>> {
        self.entries(&page.backlinks)
    }
}
