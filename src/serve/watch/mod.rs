//! Notices what changes on disk: by being told, or by looking again and again where nobody tells.

pub mod gather;
mod links;
mod place;
mod poll;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use self::gather::Gather;
use self::links::Targets;
use self::place::Repository;
use super::Change;
use crate::workspace::classify::{CONTENT, SETTINGS, is_ignored};

/// Everything of a workspace that is read.
const TOPS: [&str; 3] = [SETTINGS, CONTENT, THEMES];
const THEMES: &str = "themes";
/// How often the thread wakes where nothing happens, so that somebody can ask for the day.
const TICK: Duration = Duration::from_secs(5);

/// How changes are noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// The system tells.
    Told,
    /// All files are looked at again and again, for this reason.
    Polling(String),
}

/// What the thread is woken by.
pub enum Signal {
    /// Something happened on disk.
    Event(notify::Result<Event>),
    /// The end.
    Stop,
}

/// Notices changes of a workspace.
pub struct Watch {
    root: PathBuf,
    repository: Repository,
    signals: Receiver<Signal>,
    source: Source,
    gather: Gather,
    /// Files that were not there before: what an editor makes to write into, most often, and then renames.
    made: BTreeSet<String>,
    /// Why it looks for itself from now on, until that is told.
    fallen: Option<String>,
    /// True until it has looked for itself once.
    is_new: bool,
}

enum Source {
    Told { watcher: RecommendedWatcher, links: Targets },
    Polling(poll::Poll),
}

/// What [`Watch::wait`] saw.
pub enum Seen {
    /// A change.
    Change(Change),
    /// The system tells no more, for this reason; files are looked at from now on. What has happened meanwhile is not known.
    Polling(String),
    /// Nothing, for a while.
    Nothing,
    /// The end.
    Stop,
}

impl Watch {
    /// Starts to watch. What happens from here on is noticed, and everything is looked at once, since it was read while folder after
    /// folder began to be watched. The sender ends it.
    pub fn start(root: &Path, poll: bool) -> (Watch, How, Sender<Signal>) {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (sender, signals) = channel();
        let (source, how) = match source(&root, poll, &sender) {
            Ok(source) => (source, How::Told),
            Err(reason) => (Source::Polling(poll::Poll::start(&root, Instant::now())), How::Polling(reason)),
        };
        let repository = Repository::of(&root);
        let mut gather = Gather::default();
        gather.everything(Instant::now());
        (Watch { root, repository, signals, source, gather, made: BTreeSet::new(), fallen: None, is_new: true }, how, sender)
    }

    /// Waits for the next change, or for a while.
    pub fn wait(&mut self) -> Seen {
        let end = Instant::now() + TICK;
        loop {
            let now = Instant::now();
            let wait = match &self.source {
                Source::Polling(poll) => poll.next().min(end).saturating_duration_since(now),
                Source::Told { .. } => self.gather.wait(now).unwrap_or_else(|| end.saturating_duration_since(now)),
            };
            match self.signals.recv_timeout(wait) {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Seen::Stop,
                Ok(Signal::Event(event)) => {
                    self.take_in(event);
                    // The rest of a burst is taken in before anything is asked of the disk.
                    loop {
                        match self.signals.try_recv() {
                            Ok(Signal::Event(event)) => self.take_in(event),
                            Ok(Signal::Stop) => return Seen::Stop,
                            Err(_) => break,
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Some(reason) = self.fallen.take() {
                return Seen::Polling(reason);
            }
            let now = Instant::now();
            let change = match &mut self.source {
                Source::Polling(_) if std::mem::take(&mut self.is_new) => Some(Change::Everything),
                Source::Polling(poll) => poll.look(&self.root, now, self.repository.state()),
                Source::Told { .. } => self.gathered(now),
            };
            match change {
                Some(change) => return Seen::Change(change),
                None if now >= end => return Seen::Nothing,
                None => {}
            }
        }
    }

    fn gathered(&mut self, now: Instant) -> Option<Change> {
        self.gather.wait(now)?;
        // Few paths are asked for; many take their time anyway.
        let passing = |path: &String| self.made.contains(path) && self.root.join(path).symlink_metadata().is_err();
        let gone = |path: &String| std::fs::metadata(self.root.join(path)).map_or(true, |meta| meta.is_file() && meta.len() == 0);
        let unsettled = self.gather.paths().iter().take(8).any(|path| gone(path) && !passing(path));
        let mut change = self.gather.ready(now, unsettled, self.repository.state())?;
        if let Change::Paths(paths) = &mut change {
            paths.retain(|path| !passing(path));
        }
        self.made.clear();
        Some(change).filter(|change| *change != Change::Paths(BTreeSet::new()))
    }

    /// Takes an event in, or leaves it out.
    fn take_in(&mut self, event: notify::Result<Event>) {
        let now = Instant::now();
        let event = match event {
            Ok(event) if event.need_rescan() => return self.gather.lost(now),
            Ok(event) if is_reading(event.kind) => return,
            Ok(event) => event,
            Err(error) => {
                // More folders than the system lets us watch: what is told from now on is not all there is.
                if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) {
                    self.source = Source::Polling(poll::Poll::start(&self.root, now));
                    self.gather = Gather::default();
                    self.fallen = Some(words(&error));
                }
                return;
            }
        };
        let made = event.kind == EventKind::Create(CreateKind::File);
        let is_new = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any);
        for path in &event.paths {
            self.path(path, made, is_new, now);
        }
    }

    /// `made` says that a file was made, `is_new` that anything may have come: a folder with all that is in it, or a link.
    fn path(&mut self, path: &Path, made: bool, is_new: bool, now: Instant) {
        let Source::Told { watcher, links } = &mut self.source else { return };
        let is_linked =
            |path: &Path| links.files.iter().any(|file| path == file) && !relative(&self.root, path).is_some_and(|own| is_read(&own));
        if is_linked(path) || links.folders.iter().any(|folder| path.starts_with(folder)) {
            self.gather.everything(now);
            return;
        }
        if path == self.root {
            return;
        }
        let Some(path) = relative(&self.root, path) else {
            // A name that is not text cannot be told by a path.
            if path.starts_with(self.root.join(CONTENT)) {
                self.gather.everything(now);
            }
            return;
        };
        if !is_read(&path) {
            return;
        }
        let full = self.root.join(&path);
        if is_new {
            let Targets { folders, files } = links::linked_below(&self.root, &full);
            if !folders.is_empty() || !files.is_empty() {
                self.gather.everything(now);
            }
            for target in folders {
                if watcher.watch(&target, RecursiveMode::Recursive).is_ok() {
                    links.folders.push(target);
                }
            }
            for target in files {
                if watch_file(watcher, &self.root, &links.folders, &target).is_ok() && !links.files.contains(&target) {
                    links.files.push(target);
                }
            }
        }
        // A folder that was made, or has come back, is watched from here on, and then read.
        if (path == CONTENT || path == THEMES) && full.is_dir() {
            let _ = watcher.watch(&full, RecursiveMode::Recursive);
        }
        if made && !self.gather.paths().contains(&path) {
            self.made.insert(path.clone());
        }
        self.gather.path(path, now);
    }
}

/// Has the system tell of changes.
///
/// # Errors
/// Why it cannot, or does not.
fn source(root: &Path, poll: bool, sender: &Sender<Signal>) -> Result<Source, String> {
    if poll {
        return Err("--poll asks for it".to_owned());
    }
    let links = links::linked(root);
    // Each may be a disk of its own.
    let mut places: Vec<PathBuf> = TOPS.iter().map(|top| root.join(top)).collect();
    places.extend(links.folders.iter().chain(&links.files).cloned());
    if let Some(kind) = place::silent_disk(&places) {
        return Err(format!("the workspace lies on a disk ({kind}) that does not tell of changes"));
    }
    let sender = sender.clone();
    let send = move |event: notify::Result<Event>| {
        // Files are read all the time, above all by ourselves.
        if !event.as_ref().is_ok_and(|event| is_reading(event.kind) && !event.need_rescan()) {
            let _ = sender.send(Signal::Event(event));
        }
    };
    let config = Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(send, config).map_err(|error| words(&error))?;
    watcher.watch(root, RecursiveMode::NonRecursive).map_err(|error| words(&error))?;
    for top in [CONTENT, THEMES].map(|top| root.join(top)) {
        if top.symlink_metadata().is_ok_and(|meta| meta.is_dir()) {
            watcher.watch(&top, RecursiveMode::Recursive).map_err(|error| words(&error))?;
        }
    }
    for folder in &links.folders {
        watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| words(&error))?;
    }
    for file in &links.files {
        watch_file(&mut watcher, root, &links.folders, file).map_err(|error| words(&error))?;
    }
    Ok(Source::Told { watcher, links })
}

/// Watches the folder of a single file, since many editors write a new file in place of the old one. A folder that is watched with
/// all that is in it stays so.
fn watch_file(watcher: &mut RecommendedWatcher, root: &Path, folders: &[PathBuf], file: &Path) -> notify::Result<()> {
    let is_watched = |folder: &Path| {
        folder == root
            || [CONTENT, THEMES].iter().any(|top| folder.starts_with(root.join(top)))
            || folders.iter().any(|whole| folder.starts_with(whole))
    };
    match file.parent() {
        Some(folder) if !is_watched(folder) => watcher.watch(folder, RecursiveMode::NonRecursive),
        _ => Ok(()),
    }
}

/// True for what happens when a file is only read.
fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}

/// A path as it is from the top of the workspace, with `/` between its parts.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}

/// True for a path that is read, or is a folder of such.
fn is_read(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next().is_some_and(|top| TOPS.contains(&top)) && !parts.any(is_ignored)
}

fn words(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system lets a program watch no more folders".to_owned(),
        notify::ErrorKind::Io(error) => format!("the system does not tell of changes: {}", crate::workspace::snapshot::describe(error)),
        _ => "the system does not tell of changes".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_no_change() {
        let read = |path: &str| is_read(path);
        assert!(read("partnerbook.yaml") && read("content/partners/acme.md") && read("themes/own/static/style.css") && read("content"));
        assert!(!read("site/index.html") && !read(".git/index") && !read("README.md") && !read("contents/a.md"));
        assert!(!read("content/.acme.md.swp") && !read("content/.obsidian/a.md") && !read("content/acme.md~") && !read("content/a.tmp"));
    }

    #[test]
    fn reading_a_file_is_no_change() {
        assert!(is_reading(EventKind::Access(AccessKind::Open(AccessMode::Any))));
        assert!(!is_reading(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(!is_reading(EventKind::Create(notify::event::CreateKind::File)));
    }
}
