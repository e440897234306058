//! The workspace in memory, kept as it is on disk.
//!
//! Files are read again only where they may have changed, and parsed only where they have. A change that others do not see is put
//! into the site that is there; with any other the workspace is resolved anew from what was parsed. A file that cannot be
//! understood any more keeps its last good content, beside what is wrong with it now.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};
use std::ops::Bound;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::diagnostics::{Finding, input};
use crate::site::Site;
use crate::site::patch::Patched;
use crate::site::theme::Theme;
use crate::workspace::classify::{CONTENT, Kind, SETTINGS, is_ignored};
use crate::workspace::document::{Content, Document};
use crate::workspace::patch::Patch;
use crate::workspace::resolve::{Resolved, resolve_to_keep};
use crate::workspace::snapshot::{FileEntry, Snapshot, Stamp, Texts};

/// Files that were written within so long of the newest one are read to tell whether they have changed.
const MOMENT: Duration = Duration::from_secs(2);
/// With more files than this everything is resolved again.
const MOST_PATCHED: usize = 64;

/// What has changed on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Files or folders, by their path relative to the workspace with `/` between its parts: written, made, or gone.
    Paths(BTreeSet<String>),
    /// Nobody knows: everything is looked at again.
    Everything,
}

/// What an update has done.
#[derive(Debug, Default)]
pub struct Update {
    /// The files that are new, different or gone, in their order; none where only the day has changed.
    pub files: Vec<Arc<str>>,
    /// False where everything is as it was.
    pub changed: bool,
    /// Findings that were not there before, in their order.
    pub new: Vec<Finding>,
    /// How many findings are gone.
    pub gone: usize,
}

/// A file as it was read.
struct Held {
    /// What was understood of it; its last good content where it cannot be understood now.
    document: Document,
    /// Then: what was found when that was read, besides which stands why it cannot be understood.
    good: Option<Vec<Finding>>,
    /// Tells whether its bytes have changed.
    digest: u64,
    /// Tells whether they may have.
    stamp: Option<Stamp>,
}

/// The files of a workspace, read. There is no site of them yet.
pub struct Files {
    snapshot: Snapshot,
    files: BTreeMap<Arc<str>, Held>,
}

impl Files {
    /// Reads the files of the workspace at `root`.
    pub fn read(root: &Path, as_of: Date) -> Files {
        let snapshot = Snapshot::take(root, as_of);
        let read: Vec<(Arc<str>, Held)> =
            snapshot.files.par_iter().filter_map(|entry| Some((entry.path.clone(), read(&snapshot, entry, None)?))).collect();
        Files { snapshot, files: read.into_iter().collect() }
    }

    /// Makes the site.
    pub fn open(self, drafts: bool) -> Store {
        let Files { snapshot, files } = self;
        let mut templates = Texts::new();
        let (site, resolved) = make(&snapshot, &files, &mut templates, drafts, None);
        Store { snapshot, drafts, files, templates, resolved: Some(resolved), site: Arc::new(RwLock::new(site)) }
    }
}

/// The workspace in memory. Readers look at [`Store::site`]; one writer calls [`Store::update`].
pub struct Store {
    snapshot: Snapshot,
    drafts: bool,
    files: BTreeMap<Arc<str>, Held>,
    /// The templates that parsed when they were last read.
    templates: Texts,
    /// What the site was resolved with; `None` once it does not fit any more.
    resolved: Option<Resolved>,
    site: Arc<RwLock<Site>>,
}

impl Store {
    /// Reads the workspace at `root` as of a day. `drafts` puts drafts on the site.
    pub fn open(root: &Path, as_of: Date, drafts: bool) -> Store {
        Files::read(root, as_of).open(drafts)
    }

    /// The site. It is locked for writing only for moments.
    pub fn site(&self) -> Arc<RwLock<Site>> {
        self.site.clone()
    }

    /// Brings the site up to date.
    pub fn update(&mut self, change: &Change, as_of: Date) -> Update {
        let is_other_day = as_of != self.snapshot.as_of;
        self.snapshot.as_of = as_of;
        let Changed { files, only_content } = self.read_again(change);
        if files.is_empty() && only_content && !is_other_day {
            return Update::default();
        }
        let mut update = Update { files, changed: true, ..Update::default() };
        let documents = || update.files.iter().filter_map(|path| self.files.get(path)).map(|held| &held.document);
        let is_patch = only_content && !is_other_day && update.files.len() <= MOST_PATCHED;
        // The bytes of a file that is copied are read whenever somebody asks for them.
        if is_patch && documents().all(|document| document.kind == Kind::Asset) {
            return update;
        }
        let is_style = |document: &Document| matches!(&document.kind, Kind::Theme(name) if name.starts_with("static/"));
        let is_style = is_patch && documents().all(|document| document.kind == Kind::Asset || is_style(document));
        let documents: Vec<Document> = if is_patch { documents().cloned().collect() } else { Vec::new() };
        let lock = self.site.clone();
        let mut site = lock.write().unwrap_or_else(PoisonError::into_inner);
        if is_style && !site.workspace.findings.iter().any(|finding| finding.rule == &input::BAD_TEMPLATE) {
            site.restyle();
            return update;
        }
        let plan = self.resolved.take().filter(|_| is_patch).and_then(|mut resolved| {
            let written = |path: &str| match &self.files.get(path)?.document.content {
                Content::Partner(data, _) => Some(data.clone()),
                _ => None,
            };
            let patch = Patch::plan(&site.workspace, &mut resolved, documents, written)?;
            Some((patch, resolved))
        });
        if let Some((patch, resolved)) = plan {
            let Patched { before, after } = site.patch(patch, &resolved, |site, scope| {
                let read = self.files.values().flat_map(|held| &held.document.findings).chain(&self.snapshot.findings);
                read.filter(|finding| scope.has_file(&site.workspace, &finding.path)).cloned().collect()
            });
            self.resolved = Some(resolved);
            drop(site);
            (update.new, update.gone) = difference(&before, &after);
            return update;
        }
        drop(site);
        let before = lock.read().unwrap_or_else(PoisonError::into_inner);
        let (new, resolved) = make(&self.snapshot, &self.files, &mut self.templates, self.drafts, Some(&before));
        drop(before);
        self.resolved = Some(resolved);
        let old = std::mem::replace(&mut *lock.write().unwrap_or_else(PoisonError::into_inner), new);
        let new = lock.read().unwrap_or_else(PoisonError::into_inner);
        (update.new, update.gone) = difference(&old.workspace.findings, &new.workspace.findings);
        drop(new);
        // A large site takes a while to be forgotten.
        rayon::spawn(move || drop(old));
        update
    }

    /// Reads what may have changed.
    fn read_again(&mut self, change: &Change) -> Changed {
        let root = self.snapshot.root.clone();
        let is_there = |path: &str| std::fs::symlink_metadata(root.join(path)).is_ok();
        let is_file = |path: &str| std::fs::symlink_metadata(root.join(path)).is_ok_and(|meta| meta.is_file());
        let below = |path: &str| format!("{path}/");
        let is_known = |path: &String| {
            let inside = below(path);
            self.files.contains_key(path.as_str())
                || self
                    .files
                    .range::<str, _>((Bound::Included(inside.as_str()), Bound::Unbounded))
                    .next()
                    .is_some_and(|(first, _)| first.starts_with(&inside))
        };
        let paths: Option<BTreeSet<&String>> = match change {
            // A file behind a link has more than one path.
            Change::Paths(paths) if !self.snapshot.links => {
                Some(paths.iter().filter(|path| may_be_read(path) && (is_known(path) || is_there(path))).collect())
            }
            _ => None,
        };
        let is_named = |path: &str| {
            paths.as_ref().is_none_or(|paths| {
                paths.iter().any(|named| path.strip_prefix(named.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
            })
        };
        let mut changed = Changed { files: Vec::new(), only_content: true };
        let entries: Vec<FileEntry> = match &paths {
            Some(paths) if paths.iter().all(|path| self.files.contains_key(path.as_str()) && is_file(path)) => {
                let known = paths.iter().filter_map(|path| self.files.get(path.as_str()));
                known.map(|held| FileEntry { path: held.document.path.clone(), kind: held.document.kind.clone() }).collect()
            }
            _ => {
                let snapshot = Snapshot::take(&root, self.snapshot.as_of);
                let there: FxHashSet<&Arc<str>> = snapshot.files.iter().map(|entry| &entry.path).collect();
                let gone: Vec<Arc<str>> = self.files.keys().filter(|path| !there.contains(path)).cloned().collect();
                let is_new = |entry: &FileEntry| !self.files.contains_key(&entry.path);
                changed.only_content = gone.is_empty() && snapshot.findings == self.snapshot.findings && !snapshot.files.iter().any(is_new);
                let entries = snapshot.files.iter().filter(|entry| is_new(entry) || is_named(&entry.path)).cloned().collect();
                for path in gone {
                    self.files.remove(&path);
                    changed.files.push(path);
                }
                self.snapshot = snapshot;
                entries
            }
        };
        // What was written a moment ago may have been written again within the same moment.
        let newest = self.files.values().filter_map(|held| held.stamp?.time).max();
        let is_as_it_was = |entry: &FileEntry| {
            let known = self.files.get(&entry.path).and_then(|held| held.stamp);
            let is_old = || newest.zip(known?.time).map(|(newest, time)| newest.duration_since(time).is_ok_and(|age| age > MOMENT));
            paths.is_none() && is_old() == Some(true) && self.snapshot.stamp(&entry.path) == known
        };
        let read: Vec<(Arc<str>, Held)> = entries
            .par_iter()
            .filter(|entry| !is_as_it_was(entry))
            .filter_map(|entry| Some((entry.path.clone(), read(&self.snapshot, entry, self.files.get(&entry.path))?)))
            .collect();
        for (path, held) in read {
            changed.files.push(path.clone());
            self.files.insert(path, held);
        }
        changed.files.sort_unstable();
        changed
    }
}

/// What was read again.
struct Changed {
    /// The files that are new, different or gone, in their order.
    files: Vec<Arc<str>>,
    /// True where there are the same files as before.
    only_content: bool,
}

/// False for what no workspace reads.
fn may_be_read(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    (path == SETTINGS || [CONTENT, "themes"].contains(&top)) && !path.split('/').any(is_ignored)
}

/// Reads a file; `None` where it is as it was.
fn read(snapshot: &Snapshot, entry: &FileEntry, old: Option<&Held>) -> Option<Held> {
    // A file that is copied may be large, and nobody looks into it here.
    let (bytes, stamp) = match entry.kind {
        Kind::Asset => (Ok(Vec::new()), snapshot.stamp(&entry.path)),
        _ => snapshot.read_with_stamp(&entry.path),
    };
    let mut hasher = FxHasher::default();
    bytes.hash(&mut hasher);
    let digest = hasher.finish();
    if old.is_some_and(|old| old.digest == digest && (entry.kind != Kind::Asset || old.stamp == stamp)) {
        return None;
    }
    let mut document = Document::read(entry, bytes);
    let mut good = None;
    if let (Content::Broken, Some(Held { document: old, good: known, .. })) = (&document.content, old)
        && !matches!(old.content, Content::Broken)
    {
        let known = known.as_ref().unwrap_or(&old.findings);
        document = Document { findings: [document.findings, known.clone()].concat(), ..old.clone() };
        good = Some(known.clone());
    }
    Some(Held { document, good, digest, stamp })
}

/// Makes the site of what was read. A template that is of no use any more keeps its last good text, or that of the built-in one.
fn make(
    snapshot: &Snapshot,
    files: &BTreeMap<Arc<str>, Held>,
    templates: &mut Texts,
    drafts: bool,
    before: Option<&Site>,
) -> (Site, Resolved) {
    let resolve = || {
        let documents = files.values().map(|held| held.document.clone()).collect();
        resolve_to_keep(snapshot, documents, drafts)
    };
    let (workspace, mut resolved) = resolve();
    let mut site = Site::after(workspace, before);
    let is_bad = |finding: &&Finding| finding.rule == &input::BAD_TEMPLATE;
    let mut bad: Vec<Finding> = site.workspace.findings.iter().filter(is_bad).cloned().collect();
    bad.extend(site.failures());
    let good = |path: &Arc<str>| {
        let built_in = || Theme::builtin_text(path.splitn(3, '/').nth(2)?).map(Into::into);
        Some((path.clone(), templates.get(path).cloned().or_else(built_in)?))
    };
    let instead: Texts = bad.iter().filter_map(|finding| good(&finding.path)).collect();
    if !instead.is_empty() {
        bad.retain(|finding| instead.contains_key(&finding.path));
        let (mut workspace, again) = resolve();
        workspace.instead = Arc::new(instead);
        (site, resolved) = (Site::after(workspace, before), again);
        site.workspace.instead = Arc::default();
        site.tell(bad.clone());
    }
    let is_good = |path: &Arc<str>| !bad.iter().any(|finding| finding.path == *path);
    templates.retain(|path, _| files.contains_key(path));
    for (path, _) in site.workspace.theme_files.iter().filter(|(path, _)| path.ends_with(".hbs") && is_good(path)) {
        templates.insert(path.clone(), site.workspace.text(path).into());
    }
    (site, resolved)
}

/// The findings that are new, in their order, and how many are gone. One that has only moved is neither.
fn difference(before: &[Finding], after: &[Finding]) -> (Vec<Finding>, usize) {
    let key = |finding: &Finding| (finding.rule.name, finding.path.clone(), finding.message.clone());
    let mut known: FxHashMap<_, usize> = FxHashMap::default();
    for finding in before.iter().filter(|finding| finding.counts()) {
        *known.entry(key(finding)).or_default() += 1;
    }
    let mut new = Vec::new();
    for finding in after.iter().filter(|finding| finding.counts()) {
        match known.get_mut(&key(finding)).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => new.push(finding.clone()),
        }
    }
    (new, known.into_values().sum())
}
