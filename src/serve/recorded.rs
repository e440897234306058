//! What a team started with, beside what is found now: only what is not in the baseline counts at the terminal.
//!
//! One entry stands for one finding, so that it takes all findings to tell which of them are recorded.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use rustc_hash::FxHashMap;

use super::Update;
use crate::diagnostics::baseline::Baseline;
use crate::diagnostics::{Counts, Finding};
use crate::workspace::snapshot::describe;

/// What makes a finding the same as one before. One that has only moved is.
type Key = (&'static str, Arc<str>, String);

/// The baseline of a workspace, as its file is.
#[derive(Default)]
pub struct Recorded {
    file: Option<PathBuf>,
    /// Tells whether the file has changed.
    stamp: Option<(Option<SystemTime>, u64)>,
    baseline: Option<Baseline>,
    /// How often each finding is there that counts; empty without a baseline.
    known: FxHashMap<Key, usize>,
}

impl Recorded {
    /// The baseline in a file, which need not be there, and what counts beside it.
    pub fn start(file: Option<PathBuf>, findings: &[Finding]) -> (Recorded, Counts) {
        let mut recorded = Recorded { file, ..Recorded::default() };
        // Where it cannot be read, everything counts; the next change says why.
        let _ = recorded.read();
        let (counts, _) = recorded.learn(findings);
        (recorded, counts)
    }

    /// Leaves out of an update what is recorded. `findings` are all there are now. Gives what counts, and why the baseline cannot
    /// be read any more, where that is so; then the last good one holds.
    pub fn apply(&mut self, findings: &[Finding], update: &mut Update) -> (Counts, Option<String>) {
        let mut counts = None;
        // The difference is told with the baseline of before: what somebody has recorded meanwhile is not put right.
        if self.baseline.is_some() {
            let mut left = std::mem::take(&mut self.known);
            let (now, beside) = self.learn(findings);
            counts = Some(now);
            update.new.clear();
            for finding in beside {
                match left.get_mut(&key(finding)).filter(|n| **n > 0) {
                    Some(n) => *n -= 1,
                    None => update.new.push(finding.clone()),
                }
            }
            update.gone = left.into_values().sum();
        }
        let (read, trouble) = match self.read() {
            Ok(read) => (read, None),
            Err(why) => (false, Some(why)),
        };
        if read {
            counts = Some(self.learn(findings).0);
            let is_known = |finding: &Finding| self.baseline.is_none() || self.known.contains_key(&key(finding));
            update.new.retain(is_known);
        }
        (counts.unwrap_or_else(|| Counts::of(findings)), trouble)
    }

    /// Takes in what counts beside the baseline, and gives it; nothing of that without one.
    fn learn<'f>(&mut self, findings: &'f [Finding]) -> (Counts, Vec<&'f Finding>) {
        self.known.clear();
        let Some(baseline) = &self.baseline else { return (Counts::of(findings), Vec::new()) };
        let found = baseline.find(findings);
        let mut beside: Vec<&Finding> = findings.iter().zip(&found).filter(|(_, at)| at.is_none()).map(|(finding, _)| finding).collect();
        let counts = Counts { recorded: found.iter().flatten().count(), ..Counts::of(beside.iter().copied()) };
        beside.retain(|finding| finding.counts());
        for finding in &beside {
            *self.known.entry(key(finding)).or_default() += 1;
        }
        (counts, beside)
    }

    /// Reads the file again where it has changed. True where it has.
    fn read(&mut self) -> Result<bool, String> {
        let Some(file) = &self.file else { return Ok(false) };
        let stamp = std::fs::metadata(file).ok().map(|meta| (meta.modified().ok(), meta.len()));
        if stamp == self.stamp {
            return Ok(false);
        }
        self.stamp = stamp;
        self.baseline = match std::fs::read_to_string(file) {
            Ok(text) => Some(Baseline::parse(&text)?),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(describe(&error)),
        };
        Ok(true)
    }
}

fn key(finding: &Finding) -> Key {
    (finding.rule.name, finding.path.clone(), finding.message.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Place, input};

    fn finding(message: &str) -> Finding {
        Finding::new(&input::PLACEHOLDER, &"a.md".into(), Place::File, message)
    }

    /// What is new, how much is gone, and what counts, after a change to these findings.
    fn after(recorded: &mut Recorded, findings: &[Finding]) -> (Vec<String>, usize, String) {
        let mut update = Update::default();
        let (counts, trouble) = recorded.apply(findings, &mut update);
        assert_eq!(trouble, None);
        (update.new.into_iter().map(|finding| finding.message).collect(), update.gone, counts.sentence())
    }

    #[test]
    fn one_entry_stands_for_one_finding_and_the_file_is_read_again() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| unreachable!("{error}"));
        let file = folder.path().join("baseline.json");
        let write = |findings: &[Finding]| {
            let text = Baseline::of(findings, &Baseline::default()).to_text();
            assert!(std::fs::write(&file, text).is_ok());
        };
        let (one, two) = (finding("one"), finding("two"));
        write(std::slice::from_ref(&one));
        let (mut recorded, counts) = Recorded::start(Some(file.clone()), std::slice::from_ref(&one));
        assert_eq!(counts.sentence(), "no findings, 1 in the baseline");
        let told = |new: &[&str], gone: usize, sentence: &str| {
            (new.iter().map(|message| (*message).to_owned()).collect::<Vec<_>>(), gone, sentence.to_owned())
        };
        let twice = [one.clone(), one.clone()];
        assert_eq!(after(&mut recorded, &twice), told(&["one"], 0, "1 warning, 1 in the baseline"), "the second is not recorded");
        let both = [one.clone(), two];
        assert_eq!(after(&mut recorded, &both), told(&["two"], 1, "1 warning, 1 in the baseline"));
        write(&both);
        assert_eq!(after(&mut recorded, &both), told(&[], 0, "no findings, 2 in the baseline"), "recorded, not put right");
        assert_eq!(after(&mut recorded, &[]), told(&[], 0, "no findings"), "what is recorded may go");
        assert!(std::fs::write(&file, "<<<<<<<").is_ok());
        let (_, trouble) = recorded.apply(&both, &mut Update::default());
        assert!(trouble.is_some());
        assert_eq!(after(&mut recorded, &both), told(&[], 0, "no findings, 2 in the baseline"), "the last good one, told once");
    }
}
