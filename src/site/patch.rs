//! A site of which a part has changed.

use std::collections::BTreeSet;
use std::mem::discriminant;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::frame::Frame;
use super::render::{Site, once_each};
use super::routes::Route;
use super::theme::Theme;
use crate::diagnostics::{Finding, input};
use crate::lint::{self, settle};
use crate::model::partner::Partner;
use crate::pages::findings::Findings;
use crate::pages::playbook;
use crate::workspace::PartnerId;
use crate::workspace::patch::{Patch, Scope};
use crate::workspace::resolve::{Resolved, is_meant_blank};

/// The findings that were made anew.
pub struct Patched {
    /// As they were.
    pub before: Vec<Finding>,
    /// As they are.
    pub after: Vec<Finding>,
}

impl Site {
    /// Puts a patch into the site. `read` gives the findings from reading the files in its scope.
    pub fn patch(&mut self, patch: Patch, resolved: &Resolved, read: impl FnOnce(&Self, &Scope) -> Vec<Finding>) -> Patched {
        let scope = patch.scope(&self.workspace);
        let whole: BTreeSet<&str> = lint::rules().filter(|rule| lint::is_about_whole(rule)).map(|rule| rule.name).collect();
        let is_made_anew =
            |finding: &Finding| scope.has(finding) || finding.rule == &input::ORPHAN_PAGE || whole.contains(finding.rule.name);
        let before = self.workspace.findings.extract_if(.., |finding| is_made_anew(finding)).collect();
        let partners: Vec<PartnerId> = scope.partners.iter().copied().collect();
        let data = |site: &Site| -> Vec<Arc<Partner>> { partners.iter().map(|at| site.workspace.partners[*at].data.clone()).collect() };
        let old = data(self);
        let mut found = patch.apply(&mut self.workspace, resolved);
        let accounts = old.iter().zip(&data(self)).any(|(old, new)| old.accounts != new.accounts);
        found.extend(read(self, &scope).into_iter().filter(|finding| !is_meant_blank(&self.workspace, finding)));
        self.measures.update(&self.workspace, &scope.partners, accounts);
        // What is wrong with the settings is as it was.
        found.extend(lint::check_partners(&self.workspace, &self.measures, &partners));
        found.extend(lint::check_whole(&self.workspace, &self.measures));
        self.runs = playbook::runs(&self.workspace);
        self.tell(found);
        let after = self.workspace.findings.iter().filter(|finding| is_made_anew(finding)).cloned().collect();
        Patched { before, after }
    }

    /// Loads the style sheets, scripts and other static files of the theme again. Its templates have to be as they were.
    pub fn restyle(&mut self) {
        self.theme = Theme::load(&self.workspace).0;
        self.frame = Frame::new(&self.workspace, &self.routes, &self.theme.stamp);
        self.skeletons = self.skeletons();
    }

    /// What is wrong with the templates of the workspace's own, as far as one page of each kind tells.
    pub fn failures(&self) -> Vec<Finding> {
        if !self.theme.has_own_templates() {
            return Vec::new();
        }
        let kind = |route: &Route| {
            let page = match route {
                Route::Page(at) => self.workspace.pages.get(*at),
                _ => None,
            };
            (discriminant(route), page.map(|page| discriminant(&page.kind)))
        };
        let mut seen = FxHashSet::default();
        let first = self.routes.all.iter().filter(|(_, route)| route.has_template() && seen.insert(kind(route)));
        once_each(first.filter_map(|(at, route)| self.render(at, route).err()).map(|finding| *finding).collect())
    }

    /// Adds findings, and what follows from them.
    pub fn tell(&mut self, found: Vec<Finding>) {
        settle::add(&mut self.workspace, found);
        self.findings = Findings::new(&self.workspace);
        self.routes.settle(&self.workspace);
    }
}
