//! Findings of a workspace as people are told them: their severity, their waivers, their places and their one order.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::health::unknown;
use super::kpi::unmeasured;
use super::waiver::{self, unused};
use crate::content::key_lines::{KeyLines, KeyPlace};
use crate::diagnostics::{Edit, Finding, Fix, Keys, Place, Rule, Severity, input};
use crate::text::Span;
use crate::workspace::Workspace;
use crate::workspace::classify::SETTINGS;

/// Gives every finding its severity in this workspace, its partner and its waiver. What is off is dropped, and so is what only
/// follows from a value that could not be read.
pub fn judge(workspace: &mut Workspace) {
    let mut findings = std::mem::take(&mut workspace.findings);
    weigh(workspace, &mut findings);
    let mut unused = waive(workspace, &mut findings);
    findings.append(&mut unused);
    workspace.findings = findings;
}

/// Does all of it, the lines and the order too, for findings that come to others, which are settled.
pub fn add(workspace: &mut Workspace, mut found: Vec<Finding>) {
    weigh(workspace, &mut found);
    place(workspace, &mut found);
    let mut findings = std::mem::take(&mut workspace.findings);
    findings.retain(|finding| finding.rule != &unused::LINT.rule);
    findings.append(&mut found);
    let mut unused = waive(workspace, &mut findings);
    place(workspace, &mut unused);
    findings.append(&mut unused);
    // Nearly all are in their order already, of which this kind of sorting makes use.
    findings.sort_by(order);
    workspace.findings = findings;
}

/// Severities and partners. What is off is dropped.
fn weigh(workspace: &Workspace, found: &mut Vec<Finding>) {
    without_consequences(workspace, found);
    found.retain_mut(|finding| {
        let Some(severity) = workspace.settings.severity_of(finding.rule, finding.severity) else {
            return false;
        };
        // What is wrong with a draft keeps nobody from publishing the rest.
        let is_draft = workspace.page_at(&finding.path).is_some_and(|page| page.hidden && page.draft);
        finding.severity = if is_draft { Severity::Note } else { severity };
        // A partner that is kept off the site has no page on which anybody would look.
        let partner = finding.partner.or_else(|| workspace.owner_of(&finding.path));
        finding.partner = partner.filter(|at| !workspace.partner_page(*at).hidden);
        true
    });
}

/// Waivers; gives the findings about those that waive nothing.
fn waive(workspace: &Workspace, findings: &mut [Finding]) -> Vec<Finding> {
    let used = waiver::apply(workspace, findings);
    unused::find(workspace, &used)
}

/// What rules say of a value that could not be read is not told: to them it looks as if it were missing.
const CAUSES: [&Rule; 3] = [&input::BAD_VALUE, &input::WRONG_TYPE, &input::PLACEHOLDER];

/// Finds the line of every finding and sorts by path, place, rule and message.
pub fn sort(workspace: &mut Workspace) {
    let mut findings = std::mem::take(&mut workspace.findings);
    // Paths that collide are found after the rest was judged.
    for finding in findings.iter_mut().filter(|finding| finding.rule == &input::URL_COLLISION) {
        finding.partner = workspace.owner_of(&finding.path).filter(|at| !workspace.partner_page(*at).hidden);
    }
    place(workspace, &mut findings);
    // Two that are alike in all of this are alike.
    findings.par_sort_unstable_by(order);
    workspace.findings = findings;
}

fn order(a: &Finding, b: &Finding) -> Ordering {
    (&a.path, a.line, a.start, a.rule.name, &a.message).cmp(&(&b.path, b.line, b.start, b.rule.name, &b.message))
}

/// Finds the line of every finding. Where keys stand is known, so only few files are read.
fn place(workspace: &Workspace, findings: &mut [Finding]) {
    let mut unknown: BTreeMap<Arc<str>, Vec<&mut Finding>> = BTreeMap::new();
    for finding in findings {
        let place = match &finding.place {
            Place::File => Some(KeyPlace { line: 0, start: 0 }),
            Place::Line(line) => Some(KeyPlace { line: *line, start: 0 }),
            Place::Key(route) | Place::Name(route) => lines_of(workspace, &finding.path).and_then(|lines| lines.locate(route)),
            Place::Span(_) => None,
        };
        for other in &mut finding.related {
            other.line = match &other.place {
                Place::Line(line) => *line,
                Place::Key(route) | Place::Name(route) => {
                    lines_of(workspace, &other.path).and_then(|lines| lines.locate(route)).map_or(0, |place| place.line)
                }
                Place::File | Place::Span(_) => 0,
            };
        }
        match place {
            Some(place) => (finding.line, finding.start) = (place.line, place.start),
            None => unknown.entry(finding.path.clone()).or_default().push(finding),
        }
    }
    unknown.into_par_iter().for_each(|(path, found)| {
        let text = workspace.text(&path);
        let (keys, ends) = (Keys::new(&text), ends(&text));
        for finding in found {
            let start = keys.span_of(&finding.place).start;
            finding.line = line_of(&ends, start);
            finding.start = u32::try_from(start).unwrap_or(u32::MAX);
        }
    });
}

/// Where the keys of a file stand.
fn lines_of<'a>(workspace: &'a Workspace, path: &str) -> Option<&'a KeyLines> {
    if path == SETTINGS { Some(&workspace.settings_lines) } else { workspace.page_at(path).map(|page| &page.lines) }
}

/// Where the lines of a text end.
fn ends(text: &str) -> Vec<usize> {
    memchr::memchr_iter(b'\n', text.as_bytes()).collect()
}

fn line_of(ends: &[usize], at: usize) -> u32 {
    u32::try_from(ends.partition_point(|end| *end < at) + 1).unwrap_or(u32::MAX)
}

/// Rules that find too little in all of a mapping. A value anywhere in it that could not be read looks to them as if it were missing.
const OF_ALL: [&Rule; 2] = [&unmeasured::LINT.rule, &unknown::LINT.rule];

/// Drops findings about a value that could not be read, about a row of a list with such a value in it, and about a key that is there
/// and mistyped.
fn without_consequences(workspace: &Workspace, findings: &mut Vec<Finding>) {
    let mut causes: FxHashMap<Arc<str>, Vec<(Place, &Rule)>> = FxHashMap::default();
    let is_cause = |finding: &&Finding| CAUSES.contains(&finding.rule) && finding.place != Place::File;
    // What the workspace does not want to hear of explains nothing.
    let is_heard = |finding: &&Finding| workspace.settings.severity_of(finding.rule, finding.severity).is_some();
    for finding in workspace.findings.iter().filter(is_cause).chain(findings.iter().filter(is_cause).filter(is_heard)) {
        causes.entry(finding.path.clone()).or_default().push((finding.place.clone(), finding.rule));
    }
    // `onwer: dana` is an owner to everybody but a program.
    let mut slips: FxHashMap<Arc<str>, Vec<(Place, String)>> = FxHashMap::default();
    let is_slip = |finding: &&Finding| finding.rule == &input::UNKNOWN_KEY;
    for finding in workspace.findings.iter().filter(is_slip).chain(findings.iter().filter(is_slip).filter(is_heard)) {
        let meant = finding.help.as_deref().and_then(|help| help.strip_prefix("did you mean `")?.strip_suffix("`?"));
        if let Some(key) = meant {
            slips.entry(finding.path.clone()).or_default().push((finding.place.clone(), key.to_owned()));
        }
    }
    if causes.is_empty() && slips.is_empty() {
        return;
    }
    let mut suspects: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if finding.rule.category() != "input" && (causes.contains_key(&finding.path) || slips.contains_key(&finding.path)) {
            suspects.entry(finding.path.clone()).or_default().push(at);
        }
    }
    let mut told = vec![false; findings.len()];
    for (path, suspects) in suspects {
        let text = workspace.text(&path);
        let keys = Keys::new(&text);
        let causes: Vec<(Span, &Rule)> =
            causes.get(&path).into_iter().flatten().map(|(place, rule)| (keys.span_of(place), *rule)).collect();
        let slips: Vec<(Span, String)> =
            slips.get(&path).into_iter().flatten().map(|(place, key)| (keys.span_of(place), key.clone())).collect();
        for at in suspects {
            if slips.iter().any(|(slip, key)| keys.is_missing_for(&findings[at].place, slip.start, key)) {
                told[at] = true;
                continue;
            }
            let touches = |value: Span, (cause, _): &(Span, &Rule)| cause.start < value.end && value.start < cause.end;
            let value = keys.decides(&findings[at].place);
            told[at] = value.is_some_and(|value| causes.iter().any(|cause| touches(value.clone(), cause)));
            if !told[at] && OF_ALL.contains(&findings[at].rule) {
                let all = keys.whole(&findings[at].place);
                let mut unread = causes.iter().filter(|(_, rule)| *rule != &input::PLACEHOLDER);
                told[at] = all.is_some_and(|all| unread.any(|cause| touches(all.clone(), cause)));
            }
        }
    }
    let mut told = told.into_iter();
    findings.retain(|_| !told.next().unwrap_or_default());
}

/// What is to be found in one file.
#[derive(Default)]
struct Wanted<'f> {
    places: Vec<&'f mut Place>,
    fixes: Vec<&'f mut Option<Box<Fix>>>,
}

/// Turns the places of the findings that are wanted, of what is related to them and of their fixes into bytes. A fix that finds
/// nothing to change is dropped. Each file is read once.
pub fn locate(workspace: &mut Workspace, mut wanted: impl FnMut(&Finding) -> bool) {
    let mut findings = std::mem::take(&mut workspace.findings);
    let mut by_path: BTreeMap<Arc<str>, Wanted<'_>> = BTreeMap::new();
    let is_found = |place: &Place| matches!(place, Place::File | Place::Span(_));
    for finding in findings.iter_mut().filter(|finding| wanted(finding)) {
        let Finding { path, place, related, fix, .. } = finding;
        if !is_found(place) {
            by_path.entry(path.clone()).or_default().places.push(place);
        }
        for other in related.iter_mut().filter(|other| !is_found(&other.place)) {
            by_path.entry(other.path.clone()).or_default().places.push(&mut other.place);
        }
        if fix.as_ref().is_some_and(|fix| !fix.edits.iter().all(|edit| is_found(&edit.place))) {
            by_path.entry(path.clone()).or_default().fixes.push(fix);
        }
    }
    let read = &*workspace;
    by_path.into_par_iter().for_each(|(path, Wanted { places, fixes })| {
        let text = read.text(&path);
        let keys = Keys::new(&text);
        for fix in fixes {
            *fix = fix.take().and_then(|fix| {
                let edits = fix.edits.iter().map(|edit| keys.locate(edit)).collect::<Option<Vec<Edit>>>()?;
                Some(Box::new(Fix { edits, ..*fix }))
            });
        }
        for place in places {
            *place = Place::Span(keys.span_of(place));
        }
    });
    workspace.findings = findings;
}
