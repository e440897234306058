//! Which fixes hold: they are tried together on texts in memory, and the whole workspace is looked at again after each round.
//!
//! One fix may make room for the next: a key that is put right shows that its value is wrong too. So there are rounds, until
//! nothing is left to fix. A round that brings up something new is undone where it did, and tried again there fix by fix.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::write;
use crate::diagnostics::{Finding, Place};
use crate::lint::settle;
use crate::site::Site;
use crate::text::edit::Changes;
use crate::workspace::Workspace;
use crate::workspace::snapshot::{Texts, read_limited};

/// So often the workspace is looked at, at most. Two or three times is what it takes.
const ROUNDS: usize = 100;

/// How the workspace is looked at.
pub struct Look<'a> {
    /// Its folder.
    pub root: &'a Path,
    /// The day.
    pub as_of: Date,
    /// True to look at drafts as if they were on the site.
    pub drafts: bool,
}

impl Look<'_> {
    fn findings(&self, texts: &Texts) -> Vec<Finding> {
        let mut workspace = Site::check(Workspace::load_with(self.root, self.as_of, self.drafts, Arc::new(texts.clone())));
        settle::locate(&mut workspace, |finding| finding.fix.is_some());
        workspace.findings
    }
}

/// A file that is changed.
pub struct Change {
    /// Where it lies, behind all links.
    pub target: PathBuf,
    /// What it holds.
    pub before: String,
    /// What it is to hold.
    pub after: String,
}

/// What came out of it.
#[derive(Default)]
pub struct Outcome {
    /// The files that change, by path.
    pub changes: BTreeMap<Arc<str>, Change>,
    /// What is put right.
    pub fixed: Vec<Finding>,
    /// What is left as it is, and why.
    pub left: Vec<(Finding, String)>,
}

/// What tells findings apart, wherever they move.
type Identity = (Arc<str>, &'static str, String);

fn identity(finding: &Finding) -> Identity {
    (finding.path.clone(), finding.rule.name, finding.message.clone())
}

/// Finds out what the fixes of the selected findings change.
pub fn run(look: &Look<'_>, is_selected: &dyn Fn(&Finding) -> bool) -> Outcome {
    let mut rounds = Rounds::new(look, is_selected);
    let first = rounds.pinned(look.findings(&Texts::new()));
    let mut findings = first.clone();
    let mut fixed: Vec<Finding> = Vec::new();
    for _ in 0..ROUNDS {
        findings = rounds.pinned(findings);
        let mut batch = rounds.batch(&findings);
        if batch.is_empty() {
            batch = rounds.second_chance(&findings);
        }
        if batch.is_empty() {
            break;
        }
        let texts = rounds.texts_with(&batch);
        let after = look.findings(&texts);
        let tried = batch.values().flat_map(|tried| tried.findings.iter().copied());
        let brought = brought(&findings, &after, tried, |finding| !rounds.can_be_fixed(finding));
        if brought.is_empty() {
            for finding in batch.into_values().flat_map(|tried| tried.findings) {
                rounds.refused.remove(&identity(finding));
                fixed.push(finding.clone());
            }
            for (path, text) in texts {
                rounds.write(&path, &text);
            }
            findings = after;
        } else {
            rounds.blame(&batch, &brought);
        }
    }
    // What was let pass for the time being, because it had a fix of its own, may have stayed.
    loop {
        let brought = brought(&first, &findings, [], |_| true);
        let changed: Vec<Arc<str>> =
            rounds.files.iter().filter(|(_, file)| file.now != file.before).map(|(path, _)| path.clone()).collect();
        let Some((anywhere, why)) = brought.iter().next().filter(|_| !changed.is_empty()) else {
            return rounds.outcome(fixed, &findings);
        };
        let elsewhere = format!("{why} in {anywhere}");
        let blamed = changed.iter().any(|path| brought.contains_key(path));
        for path in &changed {
            if let Some(why) = brought.get(path).or((!blamed).then_some(&elsewhere)) {
                rounds.undo(path, why, &mut fixed);
            }
        }
        findings = look.findings(&rounds.texts());
    }
}

/// Files in which more cannot be understood than before, or in which a fix did not put right what it was for; and what there is.
fn brought<'f>(
    before: &[Finding],
    after: &[Finding],
    fixed: impl IntoIterator<Item = &'f Finding>,
    counts: impl Fn(&Finding) -> bool,
) -> BTreeMap<Arc<str>, String> {
    let mut rules: BTreeMap<(&Arc<str>, &'static str), isize> = BTreeMap::new();
    let mut same: BTreeMap<Identity, isize> = BTreeMap::new();
    for (findings, sign) in [(before, -1), (after, 1)] {
        for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
            // What is understood at last may well have something wrong with it: that a partner is unmeasured, for example.
            if finding.rule.category() == "input" && counts(finding) {
                *rules.entry((&finding.path, finding.rule.name)).or_default() += sign;
            }
            *same.entry(identity(finding)).or_default() += sign;
        }
    }
    let mut brought = BTreeMap::new();
    for finding in fixed {
        let more = same.entry(identity(finding)).or_default();
        *more += 1;
        if *more > 0 {
            brought.insert(finding.path.clone(), "it would not be enough".to_owned());
        }
    }
    for ((path, rule), more) in rules {
        if more > 0 {
            brought.insert(path.clone(), format!("it would bring up {rule}"));
        }
    }
    brought
}

/// A file that fixes may change.
struct File {
    target: PathBuf,
    before: Arc<str>,
    now: Arc<str>,
}

/// A fix that is not made.
struct Refused {
    finding: Finding,
    why: String,
    /// True when nothing else was tried at the same time, so that nothing else can be to blame.
    alone: bool,
}

/// What is tried in one file.
struct Tried<'a> {
    findings: Vec<&'a Finding>,
    text: Arc<str>,
}

struct Rounds<'a> {
    look: &'a Look<'a>,
    is_selected: &'a dyn Fn(&Finding) -> bool,
    files: BTreeMap<Arc<str>, File>,
    /// The paths of each file: there are several where links lead to it.
    names: BTreeMap<PathBuf, Vec<Arc<str>>>,
    refused: BTreeMap<Identity, Refused>,
    /// Files in which one fix at a time is tried.
    careful: BTreeSet<Arc<str>>,
    /// True once one file at a time is tried.
    one_file: bool,
}

impl<'a> Rounds<'a> {
    fn new(look: &'a Look<'a>, is_selected: &'a dyn Fn(&Finding) -> bool) -> Rounds<'a> {
        Rounds {
            look,
            is_selected,
            files: BTreeMap::new(),
            names: BTreeMap::new(),
            refused: BTreeMap::new(),
            careful: BTreeSet::new(),
            one_file: false,
        }
    }

    fn can_be_fixed(&self, finding: &Finding) -> bool {
        finding.can_be_fixed() && (self.is_selected)(finding) && !self.refused.contains_key(&identity(finding))
    }

    /// The same findings once the texts are kept of all files that have something to fix. Places are only good for the very text
    /// in which they were found, so the workspace is looked at again where there are new ones.
    fn pinned(&mut self, mut findings: Vec<Finding>) -> Vec<Finding> {
        while self.pin(&findings) {
            findings = self.look.findings(&self.texts());
        }
        findings
    }

    fn pin(&mut self, findings: &[Finding]) -> bool {
        let mut pinned = false;
        for finding in findings {
            if self.files.contains_key(&finding.path) || !self.can_be_fixed(finding) {
                continue;
            }
            let read = |path: &Path| String::from_utf8(read_limited(path)?).map_err(|_| "it is not UTF-8 text".to_owned());
            match write::target(self.look.root, &finding.path).and_then(|target| Ok((read(&target)?, target))) {
                Ok((text, target)) => {
                    let text: Arc<str> = Arc::from(text);
                    self.names.entry(target.clone()).or_default().push(finding.path.clone());
                    self.files.insert(finding.path.clone(), File { target, before: text.clone(), now: text });
                    pinned = true;
                }
                Err(why) => self.refuse(finding, &why, true),
            }
        }
        pinned
    }

    fn texts(&self) -> Texts {
        self.files.iter().map(|(path, file)| (path.clone(), file.now.clone())).collect()
    }

    /// The texts with what is tried, in a file of several names by all of them.
    fn texts_with(&self, batch: &BTreeMap<Arc<str>, Tried<'_>>) -> Texts {
        let mut texts = self.texts();
        for (path, tried) in batch {
            for alias in self.aliases(path) {
                texts.insert(alias, tried.text.clone());
            }
        }
        texts
    }

    /// All paths at which the same file is found.
    fn aliases(&self, path: &str) -> Vec<Arc<str>> {
        self.files.get(path).and_then(|file| self.names.get(&file.target)).cloned().unwrap_or_default()
    }

    /// What is tried next: in each file all fixes that do not get in each other's way. Of a file with several names, one name
    /// has its turn.
    fn batch<'f>(&self, findings: &'f [Finding]) -> BTreeMap<Arc<str>, Tried<'f>> {
        let mut by_path: BTreeMap<&Arc<str>, Vec<&Finding>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| self.can_be_fixed(finding)) {
            by_path.entry(&finding.path).or_default().push(finding);
        }
        let mut batch = BTreeMap::new();
        let mut targets: BTreeSet<&PathBuf> = BTreeSet::new();
        for (path, fixable) in by_path {
            let Some(file) = self.files.get(path).filter(|file| !targets.contains(&file.target)) else { continue };
            if self.one_file && !batch.is_empty() {
                break;
            }
            let most = if self.careful.contains(path) { 1 } else { usize::MAX };
            let mut changes = Changes::default();
            let mut tried = Vec::new();
            for finding in fixable {
                if tried.len() < most && changes.add(&file.now, edits(finding)) {
                    tried.push(finding);
                }
            }
            if !tried.is_empty() {
                targets.insert(&file.target);
                batch.insert(path.clone(), Tried { findings: tried, text: Arc::from(changes.apply(&file.now)) });
            }
        }
        batch
    }

    /// A fix that was refused together with those of other files, by itself: what it was blamed for may have come from there.
    fn second_chance<'f>(&mut self, findings: &'f [Finding]) -> BTreeMap<Arc<str>, Tried<'f>> {
        for finding in findings {
            let (Some(refused), Some(file)) = (self.refused.get_mut(&identity(finding)), self.files.get(&finding.path)) else { continue };
            let mut changes = Changes::default();
            if !std::mem::replace(&mut refused.alone, true) && changes.add(&file.now, edits(finding)) {
                let text = Arc::from(changes.apply(&file.now));
                return BTreeMap::from([(finding.path.clone(), Tried { findings: vec![finding], text })]);
            }
        }
        BTreeMap::new()
    }

    /// Draws the conclusion from a round that failed: a fix that was tried alone is refused, several are tried one by one.
    fn blame(&mut self, batch: &BTreeMap<Arc<str>, Tried<'_>>, brought: &BTreeMap<Arc<str>, String>) {
        let elsewhere = brought.iter().next().map(|(path, why)| format!("{why} in {path}")).unwrap_or_default();
        // What shows only in files that were not changed could come from any that was.
        let anywhere = !batch.keys().any(|path| brought.contains_key(path));
        if anywhere && batch.len() > 1 {
            self.one_file = true;
            return;
        }
        for (path, tried) in batch {
            let Some(why) = brought.get(path).or(anywhere.then_some(&elsewhere)) else { continue };
            if let [one] = tried.findings.as_slice() {
                self.refuse(one, why, batch.len() == 1);
            } else {
                self.careful.insert(path.clone());
            }
        }
    }

    fn refuse(&mut self, finding: &Finding, why: &str, alone: bool) {
        self.refused.insert(identity(finding), Refused { finding: finding.clone(), why: why.to_owned(), alone });
    }

    fn write(&mut self, path: &Arc<str>, text: &Arc<str>) {
        if let Some(file) = self.files.get_mut(path) {
            file.now = text.clone();
        }
    }

    /// Gives a file back what it held.
    fn undo(&mut self, path: &Arc<str>, why: &str, fixed: &mut Vec<Finding>) {
        for alias in self.aliases(path) {
            if let Some(file) = self.files.get_mut(&alias) {
                file.now = file.before.clone();
            }
            for finding in fixed.extract_if(.., |finding| finding.path == alias) {
                self.refuse(&finding, why, true);
            }
        }
    }

    /// `findings` are the last ones: what has gone in the meantime is not told.
    fn outcome(self, mut fixed: Vec<Finding>, findings: &[Finding]) -> Outcome {
        let mut changes: BTreeMap<Arc<str>, Change> = BTreeMap::new();
        let mut targets: BTreeSet<PathBuf> = BTreeSet::new();
        for (path, file) in self.files {
            if file.now != file.before && targets.insert(file.target.clone()) {
                changes.insert(path, Change { target: file.target, before: file.before.to_string(), after: file.now.to_string() });
            }
        }
        fixed.sort_by_key(|finding| (finding.path.clone(), finding.line));
        let there: BTreeSet<Identity> = findings.iter().map(identity).collect();
        let left =
            self.refused.into_iter().filter(|(identity, _)| there.contains(identity)).map(|(_, left)| (left.finding, left.why)).collect();
        Outcome { changes, fixed, left }
    }
}

/// The changes of a fix. While findings were settled, every place became a span.
fn edits(finding: &Finding) -> Vec<(crate::text::Span, &str)> {
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    edits
        .filter_map(|edit| match &edit.place {
            Place::Span(span) => Some((span.clone(), edit.text.as_str())),
            _ => None,
        })
        .collect()
}
