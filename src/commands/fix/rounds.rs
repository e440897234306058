//! Which fixes hold: they are tried together on texts in memory, and the whole workspace is looked at again.
//!
//! One fix may make room for the next: a key that is put right shows that its value is wrong too. What a fix brings up is put right
//! along with it, or the fix is not made. Where what is tried together leaves something worse than it was, it is taken apart until
//! the culprits stand alone, so that nothing is ever to be undone.

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

/// So often the workspace is looked at, at most; what is not tried by then is told. A few times is what it takes.
const LOOKS: usize = 300;
/// So many fixes may follow from one another before they are held to go on for ever.
const CHAIN: usize = 10;

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

/// What tells findings apart, wherever they move: no fix adds a line.
type Identity = (Arc<str>, u32, &'static str, String);

fn identity(finding: &Finding) -> Identity {
    (finding.path.clone(), finding.line, finding.rule.name, finding.message.clone())
}

/// Finds out what the fixes of the selected findings change.
pub fn run(look: &Look<'_>, is_selected: &dyn Fn(&Finding) -> bool) -> Outcome {
    let mut rounds =
        Rounds { look, is_selected, looks: 0, files: BTreeMap::new(), findings: Vec::new(), fixed: Vec::new(), refused: BTreeMap::new() };
    let mut files = BTreeMap::new();
    rounds.findings = rounds.look(&mut files);
    rounds.files = files;
    let mut refused_after = 0;
    while rounds.looks < LOOKS {
        let open: Vec<Finding> = rounds.findings.iter().filter(|finding| rounds.is_open(finding)).cloned().collect();
        if !open.is_empty() {
            rounds.attempt(&open);
        } else if rounds.fixed.len() == refused_after || rounds.looks > LOOKS / 2 {
            break;
        } else {
            // What did not hold may hold now that others are made.
            refused_after = rounds.fixed.len();
            rounds.refused.retain(|(path, ..), _| !rounds.files.contains_key(path));
        }
    }
    rounds.outcome()
}

/// Files in which less is understood than before, or in which one of the fixes did not put right what it was for; and what there is.
fn worse(before: &[Finding], after: &[Finding], tried: &[Finding]) -> BTreeMap<Arc<str>, String> {
    let mut rules: BTreeMap<(&Arc<str>, &'static str), isize> = BTreeMap::new();
    let mut same: BTreeMap<Identity, isize> = BTreeMap::new();
    // What is tried has to go, and nothing else may take its place.
    for (findings, sign) in [(before, -1), (after, 1), (tried, 1)] {
        for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
            // What is understood at last may well have something wrong with it: that a partner is unmeasured, for example.
            if finding.rule.category() == "input" {
                *rules.entry((&finding.path, finding.rule.name)).or_default() += sign;
            }
            *same.entry(identity(finding)).or_default() += sign;
        }
    }
    let more = rules.into_iter().filter(|(_, more)| *more > 0);
    let mut worse: BTreeMap<_, _> = more.map(|((path, rule), _)| (path.clone(), format!("it would bring up {rule}"))).collect();
    for finding in tried.iter().filter(|finding| same.get(&identity(finding)).is_some_and(|more| *more > 0)) {
        worse.insert(finding.path.clone(), "it would not be enough".to_owned());
    }
    worse
}

/// A file that fixes may change.
#[derive(Clone)]
struct File {
    /// Where it lies. Links may lead to it from other paths.
    target: Arc<Path>,
    before: Arc<str>,
    now: Arc<str>,
}

type Files = BTreeMap<Arc<str>, File>;

/// Makes all of these fixes that do not get in each other's way, and tells which.
fn make<'f>(files: &mut Files, findings: impl Iterator<Item = &'f Finding>) -> Vec<Finding> {
    let mut changes: BTreeMap<Arc<Path>, Changes<'f>> = BTreeMap::new();
    let mut made = Vec::new();
    for finding in findings {
        let Some(file) = files.get(&finding.path) else { continue };
        if changes.entry(file.target.clone()).or_default().add(&file.now, edits(finding)) {
            made.push(finding.clone());
        }
    }
    for file in files.values_mut() {
        if let Some(changes) = changes.get(&file.target) {
            file.now = Arc::from(changes.apply(&file.now));
        }
    }
    made
}

struct Rounds<'a> {
    look: &'a Look<'a>,
    is_selected: &'a dyn Fn(&Finding) -> bool,
    /// So often the workspace has been looked at.
    looks: usize,
    /// The files with what holds so far, and what is found in the workspace then.
    files: Files,
    findings: Vec<Finding>,
    fixed: Vec<Finding>,
    /// Why a fix is not made.
    refused: BTreeMap<Identity, String>,
}

impl Rounds<'_> {
    fn can_be_fixed(&self, finding: &Finding) -> bool {
        finding.can_be_fixed() && (self.is_selected)(finding)
    }

    fn is_open(&self, finding: &Finding) -> bool {
        self.can_be_fixed(finding) && !self.refused.contains_key(&identity(finding))
    }

    /// Looks at the workspace and keeps the texts of all files that have something to fix. Places are only good for the very text
    /// in which they were found, so it is looked at again where there are new ones.
    fn look(&mut self, files: &mut Files) -> Vec<Finding> {
        loop {
            self.looks += 1;
            let findings = self.look.findings(&files.iter().map(|(path, file)| (path.clone(), file.now.clone())).collect());
            if !self.keep(&findings, files) {
                return findings;
            }
        }
    }

    /// True where the text of another file is kept now.
    fn keep(&mut self, findings: &[Finding], files: &mut Files) -> bool {
        let known = files.len();
        for finding in findings {
            if files.contains_key(&finding.path) || !self.is_open(finding) {
                continue;
            }
            match read(self.look.root, &finding.path) {
                Ok(file) => {
                    let other = files.values().find(|other| other.target == file.target);
                    let file = other.cloned().unwrap_or(file);
                    files.insert(finding.path.clone(), file);
                }
                Err(why) => drop(self.refused.insert(identity(finding), why)),
            }
        }
        files.len() > known
    }

    /// Tries these fixes together, with the fixes of what they bring up, and those that do not hold in smaller parts.
    fn attempt(&mut self, wanted: &[Finding]) {
        if self.looks >= LOOKS {
            return;
        }
        // Other fixes may have moved them since.
        let wanted: BTreeSet<Identity> = wanted.iter().map(identity).collect();
        let known: BTreeSet<Identity> = self.findings.iter().map(identity).collect();
        let mut files = self.files.clone();
        let open = self.findings.iter().filter(|finding| self.is_open(finding) && wanted.contains(&identity(finding)));
        let tried = make(&mut files, open.clone());
        if tried.is_empty() {
            let open: Vec<Identity> = open.map(identity).collect();
            return self.refused.extend(open.into_iter().map(|finding| (finding, "it does not fit what is written there".to_owned())));
        }
        let mut made = tried.clone();
        let mut worse_in = BTreeMap::new();
        for _ in 0..CHAIN {
            let after = self.look(&mut files);
            worse_in = worse(&self.findings, &after, &tried);
            if worse_in.is_empty() {
                (self.files, self.findings) = (files, after);
                self.fixed.extend(made);
                return;
            }
            let is_new = |finding: &&Finding| finding.rule.category() == "input" && !known.contains(&identity(finding));
            let more = make(&mut files, after.iter().filter(is_new).filter(|finding| self.is_open(finding)));
            if more.is_empty() {
                break;
            }
            made.extend(more);
        }
        self.take_apart(tried, &worse_in);
    }

    /// Tries in two parts what did not hold together. What cannot be parted is to blame.
    fn take_apart(&mut self, tried: Vec<Finding>, worse_in: &BTreeMap<Arc<str>, String>) {
        let mut of_file: BTreeMap<Arc<str>, BTreeSet<Identity>> = BTreeMap::new();
        for finding in &tried {
            of_file.entry(finding.path.clone()).or_default().insert(identity(finding));
        }
        let late: BTreeSet<&Identity> = of_file.values().flat_map(|all| all.iter().skip(all.len().div_ceil(2))).collect();
        let is_suspect = |finding: &Finding| worse_in.contains_key(&finding.path);
        let is_page = |finding: &Finding| finding.path.ends_with(".md");
        let is_late = |finding: &Finding| late.contains(&identity(finding));
        let middle = tried.get(tried.len() / 2).map(|finding| finding.path.clone());
        // A page that is worse for its only fix has itself to blame. Settings and the like change what is found in others.
        let are_to_blame = tried.iter().all(|finding| is_suspect(finding) && is_page(finding));
        let is_behind = |finding: &Finding| !are_to_blame && Some(&finding.path) >= middle.as_ref();
        let ways: [&dyn Fn(&Finding) -> bool; 4] = [&is_suspect, &|finding| !is_page(finding), &is_behind, &is_late];
        for way in ways {
            let (second, first): (Vec<Finding>, Vec<Finding>) = tried.iter().cloned().partition(way);
            if !first.is_empty() && !second.is_empty() {
                self.attempt(&first);
                return self.attempt(&second);
            }
        }
        let elsewhere = worse_in.iter().next().map(|(path, why)| format!("{why} in {path}")).unwrap_or_default();
        for finding in &tried {
            let why = worse_in.get(&finding.path).unwrap_or(&elsewhere);
            self.refused.insert(identity(finding), why.clone());
        }
    }

    fn outcome(mut self) -> Outcome {
        let untried = || "too many others had to be tried one by one".to_owned();
        let left = self.findings.iter().filter(|finding| self.can_be_fixed(finding));
        let left = left.map(|finding| (finding.clone(), self.refused.get(&identity(finding)).cloned().unwrap_or_else(untried))).collect();
        let mut changes: BTreeMap<Arc<str>, Change> = BTreeMap::new();
        let mut targets: BTreeSet<Arc<Path>> = BTreeSet::new();
        for (path, file) in self.files {
            if file.now != file.before && targets.insert(file.target.clone()) {
                let (before, after) = (file.before.to_string(), file.now.to_string());
                changes.insert(path, Change { target: file.target.to_path_buf(), before, after });
            }
        }
        self.fixed.sort_by_key(|finding| (finding.path.clone(), finding.line));
        Outcome { changes, fixed: self.fixed, left }
    }
}

fn read(root: &Path, path: &str) -> Result<File, String> {
    let target = write::target(root, path)?;
    let text: Arc<str> = Arc::from(String::from_utf8(read_limited(&target)?).map_err(|_| "it is not UTF-8 text".to_owned())?);
    Ok(File { target: Arc::from(target), before: text.clone(), now: text })
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
