//! Findings of a workspace as people are told them: their severity, their waivers, their places and their one order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::waiver::{self, unused};
use crate::diagnostics::{Edit, Finding, Fix, Keys, Place, Severity};
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

/// What is to be found in one file.
#[derive(Default)]
struct Wanted<'a> {
    places: Vec<(&'a mut Place, Option<&'a mut u32>)>,
    fixes: Vec<&'a mut Option<Fix>>,
}

/// Finds the place and the line of every finding in its file, and sorts by path, place, rule and message. Each file is read once.
/// Fixes get the bytes that they change; one that finds nothing to change is dropped.
pub fn sort(workspace: &mut Workspace) {
    let mut findings = std::mem::take(&mut workspace.findings);
    let mut by_path: BTreeMap<Arc<str>, Wanted<'_>> = BTreeMap::new();
    let is_located = |place: &Place| matches!(place, Place::Span(_));
    for finding in &mut findings {
        for other in finding.related.iter_mut().filter(|other| other.place != Place::File && !is_located(&other.place)) {
            by_path.entry(other.path.clone()).or_default().places.push((&mut other.place, None));
        }
        if finding.place != Place::File && finding.line == 0 {
            by_path.entry(finding.path.clone()).or_default().places.push((&mut finding.place, Some(&mut finding.line)));
        }
        if finding.fix.as_ref().is_some_and(|fix| !fix.edits.iter().all(|edit| is_located(&edit.place))) {
            by_path.entry(finding.path.clone()).or_default().fixes.push(&mut finding.fix);
        }
    }
    let read = &*workspace;
    by_path.into_par_iter().for_each(|(path, Wanted { places, fixes })| {
        let text = read.text(&path);
        let keys = Keys::new(&text);
        let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        for fix in fixes {
            *fix = fix.take().and_then(|fix| {
                let edits = fix.edits.iter().map(|edit| keys.locate(edit)).collect::<Option<Vec<Edit>>>()?;
                Some(Fix { edits, ..fix })
            });
        }
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
    workspace.findings = findings;
}
