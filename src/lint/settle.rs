//! Findings of a workspace as people are told them: their severity, their waivers, their places and their one order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::waiver::{self, unused};
use crate::diagnostics::{Finding, Keys, Place, Rule, Severity, input};
use crate::text::Span;
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

/// A finding in a file, while its place is looked for.
struct Placed<'f> {
    place: &'f mut Place,
    line: &'f mut u32,
    /// Set where another finding tells the same cause.
    told: &'f mut bool,
    /// True for a value that could not be read.
    is_cause: bool,
    /// True for a finding about what was read.
    is_input: bool,
}

/// What rules say of a value that could not be read is not told: to them it looks as if it were missing.
const CAUSES: [&Rule; 3] = [&input::BAD_VALUE, &input::WRONG_TYPE, &input::PLACEHOLDER];

/// Finds the place and the line of every finding in its file, and sorts by path, place, rule and message. Each file is read once.
/// What only follows from a value that could not be read is dropped.
pub fn sort(root: &Path, findings: &mut Vec<Finding>) {
    let mut told = vec![false; findings.len()];
    let mut by_path: BTreeMap<Arc<str>, (Vec<Placed<'_>>, Vec<&mut Place>)> = BTreeMap::new();
    for (Finding { rule, path, place, line, related, .. }, told) in findings.iter_mut().zip(&mut told) {
        for other in related.iter_mut().filter(|other| !matches!(other.place, Place::File | Place::Span(_))) {
            by_path.entry(other.path.clone()).or_default().1.push(&mut other.place);
        }
        if *place != Place::File && *line == 0 {
            let placed = Placed { place, line, told, is_cause: CAUSES.contains(rule), is_input: rule.category() == "input" };
            by_path.entry(path.clone()).or_default().0.push(placed);
        }
    }
    by_path.into_par_iter().for_each(|(path, (placed, related))| {
        let text = text_of(&root.join(path.as_ref()));
        in_file(&text, placed, related);
    });
    let mut told = told.into_iter();
    findings.retain(|_| !told.next().unwrap_or_default());
    let start = |finding: &Finding| match &finding.place {
        Place::Span(span) => span.start,
        _ => 0,
    };
    findings.sort_by(|a, b| (&a.path, start(a), a.rule.name, &a.message).cmp(&(&b.path, start(b), b.rule.name, &b.message)));
}

fn in_file(text: &str, placed: Vec<Placed<'_>>, related: Vec<&mut Place>) {
    let keys = Keys::new(text);
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let causes: Vec<Span> = placed.iter().filter(|found| found.is_cause).map(|found| keys.span_of(found.place)).collect();
    for Placed { place, line, told, is_input, .. } in placed {
        if !is_input && !causes.is_empty() {
            let extent = keys.extent_of(place);
            *told = extent.is_some_and(|extent| causes.iter().any(|cause| cause.start < extent.end && extent.start < cause.end));
        }
        let span = keys.span_of(place);
        *line = u32::try_from(ends.partition_point(|end| *end < span.start) + 1).unwrap_or(u32::MAX);
        *place = Place::Span(span);
    }
    for place in related {
        *place = Place::Span(keys.span_of(place));
    }
}
