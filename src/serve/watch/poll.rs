//! Looking at all files again and again, where nobody tells when one has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use walkdir::WalkDir;

use super::gather::{FEW, Git, PATIENCE_WITH_GIT};
use super::links::linked;
use super::{TOPS, relative};
use crate::serve::Change;
use crate::workspace::classify::is_ignored;

/// How often files are looked at, plus four times as long as that takes.
const POLL: Duration = Duration::from_millis(500);

/// So soon files are looked at once more where one is gone or empty: an editor may be about to write it anew.
const SOON: Duration = Duration::from_millis(100);

/// Looks at the files of a workspace again and again.
pub struct Poll {
    /// The files as they were when they were last told.
    told: Snapshot,
    /// The files as they were seen since then, where more may be on its way.
    seen: Option<Snapshot>,
    /// Since when something has changed that is not yet told.
    since: Option<Instant>,
    /// True where a file was gone or empty for the first time.
    unsettled: bool,
    next: Instant,
}

impl Poll {
    /// Looks for the first time.
    pub fn start(root: &Path, now: Instant) -> Poll {
        Poll { told: Snapshot::take(root), seen: None, since: None, unsettled: false, next: now + POLL }
    }

    /// When it is time to look again.
    pub fn next(&self) -> Instant {
        self.next
    }

    /// What has changed, when it is time to look. Many changes are told once there are no more of them, and that a file is gone or
    /// empty once it still is.
    pub fn look(&mut self, root: &Path, now: Instant, git: Git) -> Option<Change> {
        if now < self.next {
            return None;
        }
        let start = Instant::now();
        let files = Snapshot::take(root);
        let took = start.elapsed() * 5;
        let change = self.compare(files, now, git);
        self.next = now + took + if self.unsettled { SOON } else { POLL };
        change
    }

    fn compare(&mut self, files: Snapshot, now: Instant, git: Git) -> Option<Change> {
        self.unsettled = false;
        let Some(change) = self.told.changes(&files) else {
            (self.seen, self.since) = (None, None);
            return None;
        };
        let since = *self.since.get_or_insert(now);
        let few = matches!(&change, Change::Paths(paths) if paths.len() <= FEW);
        let locked = git == Git::Locked && now.saturating_duration_since(since) < PATIENCE_WITH_GIT;
        if let Change::Paths(paths) = &change {
            let was_so = |path: &String| self.seen.as_ref().is_some_and(|seen| seen.lacks(path));
            self.unsettled = paths.iter().any(|path| files.lacks(path) && !was_so(path));
        }
        if locked || self.unsettled || !(few || self.seen.as_ref() == Some(&files)) {
            self.seen = Some(files);
            return None;
        }
        (self.told, self.seen, self.since) = (files, None, None);
        Some(change)
    }
}

/// What tells one state of a file from the next, without reading it.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    time: Option<SystemTime>,
    size: u64,
    number: u64,
}

/// All files of a workspace at one moment.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    files: BTreeMap<String, Stamp>,
    /// What lies behind links to folders; paths do not tell where that is seen.
    behind_links: BTreeMap<String, Stamp>,
}

impl Snapshot {
    /// Looks at the workspace.
    pub fn take(root: &Path) -> Snapshot {
        let mut snapshot = Snapshot::default();
        for top in TOPS {
            list(&root.join(top), root, &mut snapshot.files);
        }
        for target in linked(root).folders {
            list(&target, root, &mut snapshot.behind_links);
        }
        snapshot
    }

    /// True where a file is not there, or there is nothing in it.
    fn lacks(&self, path: &str) -> bool {
        self.files.get(path).is_none_or(|stamp| stamp.size == 0)
    }

    /// What has changed since then; `None` where nothing has.
    pub fn changes(&self, now: &Snapshot) -> Option<Change> {
        if self.behind_links != now.behind_links {
            return Some(Change::Everything);
        }
        let differs = |a: &'_ Snapshot, b: &Snapshot| -> BTreeSet<String> {
            a.files.iter().filter(|(path, stamp)| b.files.get(*path) != Some(stamp)).map(|(path, _)| path.clone()).collect()
        };
        let mut paths = differs(self, now);
        paths.extend(differs(now, self));
        (!paths.is_empty()).then_some(Change::Paths(paths))
    }
}

fn list(top: &Path, root: &Path, files: &mut BTreeMap<String, Stamp>) {
    let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_ignored);
    for entry in WalkDir::new(top).into_iter().filter_entry(visible).flatten() {
        // A link to a file changes with the file.
        let Ok(meta) = std::fs::metadata(entry.path()).or_else(|_| entry.path().symlink_metadata()) else { continue };
        let Some(path) = relative(root, entry.path()) else { continue };
        if meta.is_file() {
            files.insert(path, Stamp { time: meta.modified().ok(), size: meta.len(), number: number(&meta) });
        } else if entry.path_is_symlink() {
            files.insert(path, Stamp { time: None, size: 0, number: 0 });
        }
    }
}

#[cfg(unix)]
fn number(meta: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sizes: &[(usize, u64)]) -> Snapshot {
        let files = sizes.iter().map(|(name, size)| (format!("content/{name}.md"), Stamp { time: None, size: *size, number: 0 })).collect();
        Snapshot { files, behind_links: BTreeMap::new() }
    }

    fn poll(told: Snapshot, now: Instant) -> Poll {
        Poll { told, seen: None, since: None, unsettled: false, next: now }
    }

    #[test]
    fn a_file_that_changes_comes_or_goes_is_told_once() {
        let now = Instant::now();
        let mut poll = poll(files(&[(1, 10), (2, 10), (3, 10)]), now);
        let change = poll.compare(files(&[(1, 10), (2, 11), (4, 10)]), now, Git::Idle);
        assert_eq!(change, None, "one of them is gone, perhaps for a moment");
        let change = poll.compare(files(&[(1, 10), (2, 11), (4, 10)]), now, Git::Idle);
        let paths = ["content/2.md", "content/3.md", "content/4.md"].map(str::to_owned);
        assert_eq!(change, Some(Change::Paths(paths.into())));
        assert_eq!(poll.compare(files(&[(1, 10), (2, 11), (4, 10)]), now, Git::Idle), None);
    }

    #[test]
    fn a_file_that_is_written_anew_is_never_gone() {
        let now = Instant::now();
        for between in [files(&[(1, 10)]), files(&[(1, 10), (2, 0)])] {
            let mut poll = poll(files(&[(1, 10), (2, 10)]), now);
            assert_eq!(poll.compare(between, now, Git::Idle), None);
            assert!(poll.unsettled, "it is looked at again soon");
            let change = poll.compare(files(&[(1, 10), (2, 12)]), now, Git::Idle);
            assert_eq!(change, Some(Change::Paths(["content/2.md".to_owned()].into())));
            assert!(!poll.unsettled);
        }
        // Another file that is written all the time does not hold it up.
        let mut poll = poll(files(&[(1, 10), (2, 10)]), now);
        assert_eq!(poll.compare(files(&[(1, 11)]), now, Git::Idle), None);
        assert!(poll.compare(files(&[(1, 12)]), now, Git::Idle).is_some());
    }

    #[test]
    fn many_files_are_told_once_they_are_all_there() {
        let now = Instant::now();
        let some: Vec<(usize, u64)> = (0..50).map(|at| (at, 1)).collect();
        let all: Vec<(usize, u64)> = (0..100).map(|at| (at, 1)).collect();
        let mut poll = poll(files(&[]), now);
        assert_eq!(poll.compare(files(&some), now, Git::Idle), None);
        assert_eq!(poll.compare(files(&all), now, Git::Idle), None, "there are more");
        assert!(matches!(poll.compare(files(&all), now, Git::Idle), Some(Change::Paths(paths)) if paths.len() == 100));
    }

    #[test]
    fn git_is_waited_for_but_not_for_ever() {
        let now = Instant::now();
        let mut poll = poll(files(&[(1, 10)]), now);
        assert_eq!(poll.compare(files(&[(1, 11)]), now, Git::Locked), None);
        assert!(poll.compare(files(&[(1, 11)]), now + PATIENCE_WITH_GIT, Git::Locked).is_some());
    }

    #[test]
    fn what_lies_behind_a_link_is_everything() {
        let now = Instant::now();
        let mut poll = poll(files(&[(1, 10)]), now);
        let linked = Snapshot { behind_links: files(&[(9, 1)]).files, ..files(&[(1, 10)]) };
        let again = || Snapshot { behind_links: files(&[(9, 1)]).files, ..files(&[(1, 10)]) };
        assert_eq!(poll.compare(linked, now, Git::Idle), None);
        assert_eq!(poll.compare(again(), now, Git::Idle), Some(Change::Everything));
    }
}
