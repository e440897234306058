//! Files that were read again, put into a resolved workspace: as long as nothing changes that other pages see of them.
//!
//! What follows from a file is computed by the functions with which `resolve` does it. What is decided here is which part of a
//! workspace a file can change: its page, its partner, the lists, and the backlinks of the pages that it links to. Whatever else others
//! see of it (`looks_the_same`) must be as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::classify::Kind;
use super::document::{Content, Document};
use super::links::{self, Target};
use super::lists::Lists;
use super::model::{PageId, PageKind, PageRef, PartnerEntry, PartnerId, Workspace};
use super::quarters::quarters;
use super::references::{self, Around};
use super::resolve::Resolved;
use crate::diagnostics::{Finding, input};
use crate::model::partner::Partner;

/// What some files change.
pub struct Patch {
    /// Pages with their new content.
    pages: Vec<(PageId, Document)>,
    /// Partners as they are with it, and what is wrong with their references.
    partners: BTreeMap<PartnerId, (PartnerEntry, Vec<Finding>)>,
    /// All lists as they are with it.
    lists: Lists,
}

/// What of a workspace is looked at again.
#[derive(Debug, Default)]
pub struct Scope {
    /// Partners with all their pages.
    pub partners: BTreeSet<PartnerId>,
    /// Pages without a partner.
    pub pages: BTreeSet<Arc<str>>,
}

impl Scope {
    /// True for a finding that is made anew.
    pub fn has(&self, finding: &Finding) -> bool {
        finding.partner.is_some_and(|partner| self.partners.contains(&partner)) || self.pages.contains(&finding.path)
    }

    /// True for a file in it.
    pub fn has_file(&self, workspace: &Workspace, path: &str) -> bool {
        workspace.owner_of(path).is_some_and(|partner| self.partners.contains(&partner)) || self.pages.contains(path)
    }
}

impl Patch {
    /// What `documents` change; `None` where that is more than a patch can hold. Then `resolved` is of no use any more. `written` gives
    /// what the file of a partner says, which may have been changed in the workspace.
    pub fn plan(
        workspace: &Workspace,
        resolved: &mut Resolved,
        documents: Vec<Document>,
        written: impl Fn(&str) -> Option<Arc<Partner>>,
    ) -> Option<Patch> {
        // Without partners the first finding makes an entry of the menu.
        workspace.partners.first()?;
        let mut patch = Patch { pages: Vec::new(), partners: BTreeMap::new(), lists: Lists::default() };
        let mut touched: BTreeSet<PartnerId> = BTreeSet::new();
        for document in documents {
            if document.kind == Kind::Asset {
                continue;
            }
            if let (Kind::Metrics(Some(_)), Content::Metrics(lines)) = (&document.kind, &document.content) {
                let partner = workspace.owner_of(&document.path)?;
                resolved.metrics.replace(&document.path, partner, lines.clone()).then_some(())?;
                touched.insert(partner);
                continue;
            }
            let at = *workspace.by_path.get(&document.path)?;
            let page = &workspace.pages[at];
            if !looks_the_same(workspace, at, &document) {
                return None;
            }
            touched.extend(page.partner);
            patch.pages.push((at, document));
        }
        let hidden = references::hidden(workspace);
        let Resolved { index, metrics } = resolved;
        let around =
            Around { settings: &workspace.settings, pages: &workspace.pages, hidden: &hidden, index, metrics, as_of: workspace.as_of };
        for at in touched {
            let old = workspace.partners.get(at).filter(|_| !hidden[at])?;
            let mut new = PartnerEntry {
                id: old.id.clone(),
                page: old.page,
                data: written(&workspace.pages[old.page].path)?,
                reviews: old.reviews.clone(),
                issues: old.issues.clone(),
                pages: old.pages.clone(),
                ..PartnerEntry::default()
            };
            let findings = references::of_partner(&around, at, &mut new);
            let pages = |entry: &PartnerEntry| links::pages_of(entry.outputs.iter().map(|(_, target)| target)).collect::<BTreeSet<_>>();
            let quarters =
                |entry: &PartnerEntry| entry.quarters.iter().map(|quarter| (quarter.page, quarter.route.clone())).collect::<Vec<_>>();
            if new.related != old.related || quarters(&new) != quarters(old) || pages(&new) != pages(old) {
                return None;
            }
            patch.partners.insert(at, (new, findings));
        }
        let partners = workspace.visible_partners().map(|(at, old)| (at, patch.partners.get(&at).map_or(old, |(new, _)| new)));
        patch.lists = Lists::of_partners(workspace, partners);
        // Other pages link to those of lists.
        patch.lists.has_same_pages(&workspace.lists).then_some(())?;
        // Two files that want to be one are a matter of both.
        let scope = patch.scope(workspace);
        let between = |finding: &&Finding| [&input::DUPLICATE_ID, &input::URL_COLLISION].contains(&finding.rule);
        let is_alone = !workspace.findings.iter().filter(between).any(|finding| scope.has(finding));
        is_alone.then_some(patch)
    }

    /// What is looked at again.
    pub fn scope(&self, workspace: &Workspace) -> Scope {
        let alone = self.pages.iter().map(|(at, _)| &workspace.pages[*at]).filter(|page| page.partner.is_none());
        Scope { partners: self.partners.keys().copied().collect(), pages: alone.map(|page| page.path.clone()).collect() }
    }

    /// Puts everything in its place and gives what resolving finds in its [`Patch::scope`].
    pub fn apply(self, workspace: &mut Workspace, resolved: &Resolved) -> Vec<Finding> {
        let scope = self.scope(workspace);
        let mut found = Vec::new();
        let mut changed = Vec::new();
        for (at, document) in self.pages {
            changed.push((at, links::leads_to(workspace, at).collect::<Vec<PageId>>()));
            put(&mut workspace.pages[at], document);
        }
        for (at, (mut entry, mut findings)) in self.partners {
            // Whether a review was held stands in its own file.
            entry.quarters = quarters(&entry, &workspace.pages, workspace.as_of, workspace.settings.fiscal_year_start);
            workspace.partners[at] = entry;
            found.append(&mut findings);
        }
        for (at, _) in &changed {
            if !matches!(workspace.pages[*at].kind, PageKind::Playbook(_)) {
                workspace.pages[*at].targets = links::of_page(workspace, &resolved.index, *at).0;
            }
        }
        for (at, before) in changed {
            links::relink(workspace, at, &before);
        }
        for at in 0..workspace.pages.len() {
            let page = &workspace.pages[at];
            if page.partner.map_or_else(|| scope.pages.contains(&page.path), |partner| scope.partners.contains(&partner)) {
                found.extend(references::of_page(workspace, at));
                found.extend(links::of_page(workspace, &resolved.index, at).1);
            }
        }
        found.extend(links::orphans(workspace));
        workspace.lists = self.lists;
        found
    }
}

fn put(page: &mut PageRef, document: Document) {
    page.lines = document.lines;
    match (document.content, &mut page.kind) {
        (Content::Partner(_, prose), _) => page.markdown = prose,
        (Content::Review(new, prose), PageKind::Review(old, _)) => (*old, page.markdown) = (new, prose),
        (Content::Issue(new, prose), PageKind::Issue(old)) => (*old, page.markdown) = (new, prose),
        (Content::Page(new, prose), PageKind::Page(old)) => (*old, page.markdown) = (new, prose),
        _ => {}
    }
}

/// True where another page links to a heading of this one, or to one that is nowhere.
fn may_be_linked_into(workspace: &Workspace, at: PageId) -> bool {
    let into = |target: &Target| matches!(target, Target::Page(to, Some(_)) if *to == at);
    let is_linked = workspace.pages.iter().enumerate().any(|(from, page)| from != at && page.targets.iter().any(into));
    let rule = &input::BROKEN_ANCHOR;
    let own = &workspace.pages[at].path;
    is_linked
        || workspace.settings.severity_of(rule, rule.severity).is_none()
        || workspace.findings.iter().any(|finding| finding.rule == rule && finding.path != *own)
}

/// True where other pages see nothing new of a page: its name and address, the places in it to which they link, and whether it is
/// there at all.
fn looks_the_same(workspace: &Workspace, at: PageId, document: &Document) -> bool {
    let page = &workspace.pages[at];
    let (Content::Partner(_, prose) | Content::Review(_, prose) | Content::Issue(_, prose) | Content::Page(_, prose)) = &document.content
    else {
        return false;
    };
    let has_same_headings = || page.markdown.headings == prose.headings || !may_be_linked_into(workspace, at);
    if page.hidden || page.title != document.title || !has_same_headings() {
        return false;
    }
    match (&page.kind, &document.content) {
        (PageKind::Partner(at), Content::Partner(new, _)) => {
            let old = &workspace.partners[*at].data;
            let sections = |data: &Partner| [data.value.is_some(), data.exchange.is_empty(), data.lifecycle.is_empty()];
            (&old.name, &old.id, &old.aliases, &old.draft, &old.redirect_from)
                == (&new.name, &new.id, &new.aliases, &new.draft, &new.redirect_from)
                && sections(old) == sections(new)
        }
        (PageKind::Review(old, period), Content::Review(new, _)) => {
            let is_same_period = matches!(document.kind, Kind::Review(_, Some(other)) if other == *period);
            is_same_period && (&old.draft, &old.redirect_from) == (&new.draft, &new.redirect_from)
        }
        (PageKind::Issue(old), Content::Issue(new, _)) => (&old.draft, &old.redirect_from) == (&new.draft, &new.redirect_from),
        (PageKind::Page(old), Content::Page(new, _)) => old == new,
        _ => false,
    }
}
