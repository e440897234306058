//! Findings of a workspace: their severity in it, their places, and their one order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::model::Workspace;
use super::snapshot::text_of;
use crate::diagnostics::{Finding, Keys, Place, Severity, rules};

impl Workspace {
    /// Gives every finding its severity in this workspace and puts all into their one order.
    pub fn settle_findings(&mut self) {
        let templates: BTreeSet<Arc<str>> =
            self.pages.iter().filter(|page| !page.used_by.is_empty()).map(|page| page.path.clone()).collect();
        let drafts: BTreeSet<Arc<str>> = self.pages.iter().filter(|page| page.hidden && page.draft).map(|page| page.path.clone()).collect();
        let settings = &self.settings;
        self.findings.retain_mut(|finding| {
            // The blanks of a template document are its purpose.
            if finding.rule == &rules::PLACEHOLDER && templates.contains(&finding.path) {
                return false;
            }
            let Some(severity) = settings.severity(finding) else {
                return false;
            };
            // What is wrong with a draft keeps nobody from publishing the rest.
            finding.severity = if drafts.contains(&finding.path) { Severity::Note } else { severity };
            true
        });
        sort_findings(&self.root, &mut self.findings);
    }
}

/// Finds the place of every finding in its file and sorts by path, place, rule and message. Each file is read once.
pub fn sort_findings(root: &Path, findings: &mut [Finding]) {
    let mut by_path: BTreeMap<Arc<str>, Vec<&mut Place>> = BTreeMap::new();
    for finding in findings.iter_mut() {
        for (path, place) in std::iter::once((&finding.path, &mut finding.place))
            .chain(finding.related.iter_mut().map(|other| (&other.path, &mut other.place)))
        {
            if matches!(place, Place::Key(_)) {
                by_path.entry(path.clone()).or_default().push(place);
            }
        }
    }
    by_path.into_par_iter().for_each(|(path, places)| {
        let text = text_of(&root.join(path.as_ref()));
        let keys = Keys::new(&text);
        for place in places {
            *place = Place::Span(keys.span_of(place));
        }
    });
    let start = |finding: &Finding| match &finding.place {
        Place::Span(span) => span.start,
        _ => 0,
    };
    findings.sort_by(|a, b| (&a.path, start(a), a.rule.name, &a.message).cmp(&(&b.path, start(b), b.rule.name, &b.message)));
}
