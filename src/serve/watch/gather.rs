//! Many events become one change. Nothing here reads a clock or a disk: what time it is, and what a disk says, comes in.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::serve::Change;

/// So long nothing more happens after a file was saved.
const QUIET: Duration = Duration::from_millis(9);
/// The same after many files have changed, as when a branch is switched.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(120);
/// So many paths are few; of more, the rest may be on its way.
pub(super) const FEW: usize = 8;
/// An editor has taken a file away, or emptied it, and is about to write it anew.
const QUIET_UNSETTLED: Duration = Duration::from_millis(80);
/// A rebase writes one commit after the other.
const QUIET_IN_REBASE: Duration = Duration::from_millis(400);
/// Git is at work: it is waited for, though not for ever, since a lock can be left behind.
pub(super) const PATIENCE_WITH_GIT: Duration = Duration::from_secs(5);
/// A file that is written all the time does not hold up the others.
const MOST: Duration = Duration::from_secs(3);
/// Where more was lost than events, the system is out of breath. It gets twice as long each time, up to this.
const MOST_BREATH: Duration = Duration::from_secs(30);
/// How often the disk is asked whether an editor, or git, is done.
const ASK_AGAIN: Duration = Duration::from_millis(5);
/// From so many paths on, it is cheaper to look at everything.
const TOO_MANY: usize = 20_000;

/// What git is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Git {
    /// Nothing.
    Idle,
    /// It holds its lock: more files are about to change.
    Locked,
    /// A rebase is under way, or waits for somebody.
    Rebase,
}

/// Gathers events until they are one change.
#[derive(Debug, Default)]
pub struct Gather {
    paths: BTreeSet<String>,
    everything: bool,
    lost: bool,
    /// How often in a row events were lost.
    losses: u32,
    first: Option<Instant>,
    last: Option<Instant>,
    /// When git's lock was waited for in vain; it is ignored until it goes away.
    stale_lock: bool,
}

impl Gather {
    /// Something happened to a path of the workspace.
    pub fn path(&mut self, path: String, now: Instant) {
        self.touch(now);
        if self.paths.len() < TOO_MANY {
            self.paths.insert(path);
        } else {
            self.everything = true;
        }
    }

    /// Something happened, and what it was cannot be told by a path.
    pub fn everything(&mut self, now: Instant) {
        self.touch(now);
        self.everything = true;
    }

    /// The system could not keep up, so that events were lost.
    pub fn lost(&mut self, now: Instant) {
        self.everything(now);
        self.lost = true;
    }

    fn touch(&mut self, now: Instant) {
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// The paths so far.
    pub fn paths(&self) -> &BTreeSet<String> {
        &self.paths
    }

    /// How long to wait before asking again; `None` where nothing has happened.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        let last = self.last?;
        let left = (last + self.quiet(false, Git::Idle)).saturating_duration_since(now);
        // Where an editor or git is waited for, the disk is asked now and then.
        Some(if left.is_zero() { ASK_AGAIN } else { left.max(Duration::from_millis(1)) })
    }

    fn quiet(&self, unsettled: bool, git: Git) -> Duration {
        let usual = if self.lost {
            QUIET_AFTER_MANY.saturating_mul(1 << self.losses.min(16)).min(MOST_BREATH)
        } else if self.everything || self.paths.len() > FEW {
            QUIET_AFTER_MANY
        } else if unsettled {
            QUIET_UNSETTLED
        } else {
            QUIET
        };
        if git == Git::Rebase { usual.max(QUIET_IN_REBASE) } else { usual }
    }

    /// The change, once it is one. `unsettled` says that one of the paths is gone or empty, so that an editor may not be done.
    pub fn ready(&mut self, now: Instant, unsettled: bool, git: Git) -> Option<Change> {
        let (first, last) = (self.first?, self.last?);
        if git != Git::Locked {
            self.stale_lock = false;
        }
        let still = now.saturating_duration_since(last);
        if git == Git::Locked && !self.stale_lock {
            if still < PATIENCE_WITH_GIT {
                return None;
            }
            self.stale_lock = true;
        }
        let endless = !self.lost && git != Git::Locked && now.saturating_duration_since(first) >= MOST;
        if still < self.quiet(unsettled, git) && !endless {
            return None;
        }
        self.losses = if self.lost { self.losses + 1 } else { 0 };
        let change = if self.everything { Change::Everything } else { Change::Paths(std::mem::take(&mut self.paths)) };
        *self = Gather { losses: self.losses, stale_lock: self.stale_lock, ..Gather::default() };
        Some(change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    fn paths(all: &[&str]) -> Change {
        Change::Paths(all.iter().map(|path| (*path).to_owned()).collect())
    }

    #[test]
    fn a_saved_file_is_a_change_at_once() {
        let (mut gather, start) = (Gather::default(), Instant::now());
        assert_eq!(gather.ready(start, false, Git::Idle), None, "nothing has happened");
        gather.path("content/a.md".to_owned(), start);
        gather.path("content/a.md".to_owned(), start + ms(2));
        assert_eq!(gather.ready(start + ms(5), false, Git::Idle), None, "more may come");
        assert_eq!(gather.ready(start + ms(12), false, Git::Idle), Some(paths(&["content/a.md"])));
        assert_eq!(gather.ready(start + ms(500), false, Git::Idle), None, "told once");
    }

    #[test]
    fn an_editor_that_takes_a_file_away_first_gets_time_to_write_it() {
        let (mut gather, start) = (Gather::default(), Instant::now());
        gather.path("content/a.md".to_owned(), start);
        assert_eq!(gather.ready(start + ms(30), true, Git::Idle), None, "gone, for a moment");
        gather.path("content/a.md".to_owned(), start + ms(40));
        assert_eq!(gather.ready(start + ms(52), false, Git::Idle), Some(paths(&["content/a.md"])));
        gather.path("content/b.md".to_owned(), start);
        assert_eq!(gather.ready(start + ms(90), true, Git::Idle), Some(paths(&["content/b.md"])), "really gone");
    }

    #[test]
    fn a_checkout_is_one_change() {
        let (mut gather, start) = (Gather::default(), Instant::now());
        for at in 0..5_000 {
            gather.path(format!("content/{at}.md"), start + ms(at / 5));
        }
        assert_eq!(gather.ready(start + ms(1_050), false, Git::Idle), None, "many files: more is likely to come");
        assert_eq!(gather.ready(start + ms(1_500), false, Git::Locked), None, "git has not let go of its lock");
        let Some(Change::Paths(paths)) = gather.ready(start + ms(1_501), false, Git::Idle) else { unreachable!("one change") };
        assert_eq!(paths.len(), 5_000);
    }

    #[test]
    fn a_rebase_is_one_change() {
        let (mut gather, start) = (Gather::default(), Instant::now());
        for commit in 0..10 {
            gather.path(format!("content/{commit}.md"), start + ms(commit * 100));
            assert_eq!(gather.ready(start + ms(commit * 100 + 90), false, Git::Rebase), None);
        }
        assert!(gather.ready(start + ms(1_400), false, Git::Rebase).is_some());
    }

    #[test]
    fn a_lock_that_was_left_behind_is_waited_for_only_once() {
        let (mut gather, start) = (Gather::default(), Instant::now());
        gather.path("content/a.md".to_owned(), start);
        assert_eq!(gather.ready(start + ms(4_900), false, Git::Locked), None);
        assert!(gather.ready(start + ms(5_001), false, Git::Locked).is_some());
        gather.path("content/a.md".to_owned(), start + ms(6_000));
        assert!(gather.ready(start + ms(6_020), false, Git::Locked).is_some(), "at once");
    }

    #[test]
    fn a_file_that_never_rests_does_not_hold_up_the_others() {
        let (mut gather, start) = (Gather::default(), Instant::now());
        let told = (0..1_000).find(|at| {
            gather.path("content/log.md".to_owned(), start + ms(at * 5));
            gather.ready(start + ms(at * 5 + 1), false, Git::Idle).is_some()
        });
        assert_eq!(told, Some(600), "after three seconds");
    }

    #[test]
    fn lost_events_are_everything_and_never_a_storm() {
        let (mut gather, mut now) = (Gather::default(), Instant::now());
        let mut waited = Vec::new();
        for _ in 0..12 {
            gather.lost(now);
            let wait =
                (1..10_000).map(|at| ms(at * 10)).find(|wait| gather.ready(now + *wait, false, Git::Idle) == Some(Change::Everything));
            now += wait.unwrap_or_default();
            waited.push(wait.unwrap_or_default());
        }
        assert_eq!((waited[0], waited[1]), (ms(120), ms(240)));
        assert_eq!(waited.last(), Some(&MOST_BREATH));
        gather.path("content/a.md".to_owned(), now);
        assert!(gather.ready(now + ms(12), false, Git::Idle).is_some());
        gather.lost(now + ms(20));
        assert!(gather.ready(now + ms(150), false, Git::Idle).is_some(), "the system has its breath back");
    }
}
