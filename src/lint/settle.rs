//! Findings of a workspace as people are told them: their severity, their waivers, their places and their one order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::waiver::{self, unused};
use crate::diagnostics::{Finding, Keys, Place, Severity};
use crate::workspace::snapshot::text_of;
use crate::workspace::{PartnerId, Workspace};

/// Gives every finding its severity in this workspace, its partner and its waiver. What is off is dropped.
pub fn judge(workspace: &mut Workspace) {
    let mut findings = std::mem::take(&mut workspace.findings);
    let drafts: BTreeSet<&str> = workspace.pages.iter().filter(|page| page.hidden && page.draft).map(|page| page.path.as_ref()).collect();
    let owners = Owners::new(workspace);
    findings.retain_mut(|finding| {
        let Some(severity) = workspace.settings.severity_of(finding.rule, finding.severity) else {
            return false;
        };
        // What is wrong with a draft keeps nobody from publishing the rest.
        finding.severity = if drafts.contains(finding.path.as_ref()) { Severity::Note } else { severity };
        finding.partner = finding.partner.or_else(|| owners.of(&finding.path));
        true
    });
    let used = waiver::apply(workspace, &mut findings);
    findings.extend(unused::find(workspace, &used));
    workspace.findings = findings;
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

/// Finds the place and the line of every finding in its file, and sorts by path, place, rule and message. Each file is read once.
pub fn sort(root: &Path, findings: &mut [Finding]) {
    let mut by_path: BTreeMap<Arc<str>, Vec<(&mut Place, Option<&mut u32>)>> = BTreeMap::new();
    for finding in findings.iter_mut() {
        for other in finding.related.iter_mut().filter(|other| !matches!(other.place, Place::File | Place::Span(_))) {
            by_path.entry(other.path.clone()).or_default().push((&mut other.place, None));
        }
        if finding.place != Place::File && finding.line == 0 {
            by_path.entry(finding.path.clone()).or_default().push((&mut finding.place, Some(&mut finding.line)));
        }
    }
    by_path.into_par_iter().for_each(|(path, places)| {
        let text = text_of(&root.join(path.as_ref()));
        let keys = Keys::new(&text);
        let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        for (place, line) in places {
            let span = keys.span_of(place);
            if let Some(line) = line {
                *line = u32::try_from(ends.partition_point(|end| *end < span.start) + 1).unwrap_or(u32::MAX);
            }
            *place = Place::Span(span);
        }
    });
    let start = |finding: &Finding| match &finding.place {
        Place::Span(span) => span.start,
        _ => 0,
    };
    findings.sort_by(|a, b| (&a.path, start(a), a.rule.name, &a.message).cmp(&(&b.path, start(b), b.rule.name, &b.message)));
}
