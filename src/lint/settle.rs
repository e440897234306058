//! Findings of a workspace as people are told them: their severity, their waivers, their places and their one order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::waiver::{self, unused};
use crate::diagnostics::{Finding, Keys, Place, Severity, input};
use crate::workspace::snapshot::text_of;
use crate::workspace::{PartnerId, Workspace};

/// Gives every finding its severity in this workspace, its partner and its waiver, and puts all into their one order.
pub fn settle(workspace: &mut Workspace) {
    let mut findings = std::mem::take(&mut workspace.findings);
    {
        let templates: BTreeSet<&str> =
            workspace.pages.iter().filter(|page| !page.used_by.is_empty()).map(|page| page.path.as_ref()).collect();
        let drafts: BTreeSet<&str> =
            workspace.pages.iter().filter(|page| page.hidden && page.draft).map(|page| page.path.as_ref()).collect();
        let owners = Owners::new(workspace);
        findings.retain_mut(|finding| {
            // The blanks of a template document are its purpose.
            if finding.rule == &input::PLACEHOLDER && templates.contains(finding.path.as_ref()) {
                return false;
            }
            let Some(severity) = workspace.settings.severity_of(finding.rule, finding.severity) else {
                return false;
            };
            // What is wrong with a draft keeps nobody from publishing the rest.
            finding.severity = if drafts.contains(finding.path.as_ref()) { Severity::Note } else { severity };
            finding.partner = finding.partner.or_else(|| owners.of(&finding.path));
            true
        });
    }
    let used = waiver::apply(workspace, &mut findings);
    findings.extend(unused::find(workspace, &used));
    workspace.findings = findings;
    sort(&workspace.root, &mut workspace.findings);
}

/// Which partner a file belongs to.
struct Owners<'a> {
    pages: FxHashMap<&'a str, PartnerId>,
    folders: FxHashMap<&'a str, PartnerId>,
}

impl<'a> Owners<'a> {
    fn new(workspace: &'a Workspace) -> Owners<'a> {
        let pages = workspace.pages.iter().filter_map(|page| Some((page.path.as_ref(), page.partner?))).collect();
        let folder = |at: PartnerId| {
            let path = workspace.partner_page(at).path.as_ref();
            path.strip_suffix("/index.md").or_else(|| path.rsplit_once('.').map(|(stem, _)| stem)).unwrap_or(path)
        };
        let folders = (0..workspace.partners.len()).map(|at| (folder(at), at)).collect();
        Owners { pages, folders }
    }

    fn of(&self, path: &str) -> Option<PartnerId> {
        let own = || self.folders.get(path.rsplit_once('/')?.0);
        self.pages.get(path).or_else(own).copied()
    }
}

/// Finds the place of every finding in its file and sorts by path, place, rule and message. Each file is read once.
pub fn sort(root: &Path, findings: &mut [Finding]) {
    let mut by_path: BTreeMap<Arc<str>, Vec<&mut Place>> = BTreeMap::new();
    for finding in findings.iter_mut() {
        for (path, place) in std::iter::once((&finding.path, &mut finding.place))
            .chain(finding.related.iter_mut().map(|other| (&other.path, &mut other.place)))
        {
            if !matches!(place, Place::File | Place::Span(_)) {
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
