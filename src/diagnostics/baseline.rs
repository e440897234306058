//! The baseline: findings that were there when a team started to check, so that only new ones count.
//!
//! A finding is recorded by its rule, its file and its message; lines are not. It is found again by all three, else by what
//! stays of the message when numbers and dates are left out (see [`super::identity`]): two recorded and three found is one new.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::identity::mask;
use super::{Finding, input};

/// The version of the file. It goes up when the meaning of something in it changes.
pub const VERSION: u32 = 1;

/// A finding as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The file, as a path relative to the workspace.
    pub path: String,
    /// The name of the rule.
    pub rule: String,
    /// What the finding said when it was recorded.
    pub message: String,
}

/// What a team started with.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// What is recorded, by path, rule and message.
    pub entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct File {
    version: u32,
    #[serde(default)]
    findings: Vec<Entry>,
}

impl Baseline {
    /// A baseline from the text of its file.
    ///
    /// # Errors
    /// In words, when it is none.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof => "it ends in the middle".to_owned(),
            serde_json::error::Category::Data => format!("it is not a baseline: {error}"),
            _ => format!("it is not JSON: {error}"),
        })?;
        if file.version != VERSION {
            return Err(format!("it has version {}, and this partnerbook reads version {VERSION}", file.version));
        }
        let mut entries = file.findings;
        entries.sort_unstable();
        Ok(Baseline { entries })
    }

    /// The text of the file: sorted, one finding a line.
    pub fn to_text(&self) -> String {
        let mut out = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
        for (at, entry) in self.entries.iter().enumerate() {
            out.push_str(if at == 0 { "\n    " } else { ",\n    " });
            // Texts alone: this cannot fail.
            out.push_str(&serde_json::to_string(entry).unwrap_or_default());
        }
        out.push_str(if self.entries.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        out
    }

    /// Which entry each finding is, by its place in the baseline. Each entry is one finding at most.
    pub fn find(&self, findings: &[Finding]) -> Vec<Option<usize>> {
        let mut found: Vec<Option<usize>> = vec![None; findings.len()];
        let mut free = vec![true; self.entries.len()];
        let may_be: Vec<usize> = (0..findings.len()).filter(|at| may_be_recorded(&findings[*at])).collect();
        // The very same first, so that what is new among many that are alike is told rightly.
        let mut same: FxHashMap<(&str, &str, &str), Vec<usize>> = FxHashMap::default();
        for (at, entry) in self.entries.iter().enumerate().rev() {
            same.entry((&entry.path, &entry.rule, &entry.message)).or_default().push(at);
        }
        for at in &may_be {
            let finding = &findings[*at];
            let entry = same.get_mut(&(&*finding.path, finding.rule.name, &*finding.message)).and_then(Vec::pop);
            if let Some(entry) = entry {
                free[entry] = false;
                found[*at] = Some(entry);
            }
        }
        let masks: Vec<String> = self.entries.par_iter().map(|entry| mask(&entry.message)).collect();
        let left: Vec<(usize, String)> =
            may_be.into_par_iter().filter(|at| found[*at].is_none()).map(|at| (at, mask(&findings[at].message))).collect();
        let mut alike: FxHashMap<(&str, &str, &str), Vec<usize>> = FxHashMap::default();
        for (at, entry) in self.entries.iter().enumerate().rev().filter(|(at, _)| free[*at]) {
            alike.entry((&entry.path, &entry.rule, &masks[at])).or_default().push(at);
        }
        for (at, mask) in &left {
            let finding = &findings[*at];
            found[*at] = alike.get_mut(&(&*finding.path, finding.rule.name, mask.as_str())).and_then(Vec::pop);
        }
        found
    }

    /// A baseline of all `findings` that may be recorded. What `before` has stays as it is written there, so that a new record of old
    /// findings changes no line.
    pub fn of(findings: &[Finding], before: &Baseline) -> Baseline {
        let known = before.find(findings);
        let mut entries: Vec<Entry> = findings
            .iter()
            .zip(known)
            .filter(|(finding, _)| may_be_recorded(finding))
            .map(|(finding, known)| {
                known.and_then(|at| before.entries.get(at)).cloned().unwrap_or_else(|| Entry {
                    path: finding.path.to_string(),
                    rule: finding.rule.name.to_owned(),
                    message: finding.message.clone(),
                })
            })
            .collect();
        entries.sort_unstable();
        Baseline { entries }
    }
}

/// What is waived is decided already, and what would be missing from the site cannot be put off.
fn may_be_recorded(finding: &Finding) -> bool {
    finding.waived.is_none() && !input::FIXED.contains(&finding.rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;

    fn finding(path: &str, message: &str) -> Finding {
        Finding::new(&input::PLACEHOLDER, &path.into(), Place::File, message)
    }

    fn new(baseline: &Baseline, findings: &[Finding]) -> Vec<String> {
        let found = baseline.find(findings);
        findings.iter().zip(found).filter(|(_, at)| at.is_none()).map(|(finding, _)| finding.message.clone()).collect()
    }

    #[test]
    fn what_is_recorded_is_found_again() {
        let old = [finding("a.md", "51 days ago"), finding("a.md", "9 days ago"), finding("b.md", "51 days ago")];
        let baseline = Baseline::of(&old, &Baseline::default());
        assert_eq!(Baseline::parse(&baseline.to_text()).unwrap(), baseline);
        assert_eq!(new(&baseline, &old), [""; 0]);
        let later = [finding("a.md", "52 days ago"), finding("a.md", "10 days ago"), finding("a.md", "1 day ago"), finding("c.md", "x")];
        assert_eq!(new(&baseline, &later), ["1 day ago", "x"], "two recorded and three found is one new");
        let moved = [finding("a.md", "2 days ago"), finding("a.md", "51 days ago"), finding("a.md", "9 days ago")];
        assert_eq!(new(&baseline, &moved), ["2 days ago"], "the very same goes first");
    }

    #[test]
    fn a_new_record_keeps_what_is_written() {
        let before = Baseline::of(&[finding("a.md", "51 days ago"), finding("a.md", "gone")], &Baseline::default());
        let after = Baseline::of(&[finding("a.md", "52 days ago"), finding("a.md", "new")], &before);
        assert_eq!(after.entries.iter().map(|entry| entry.message.as_str()).collect::<Vec<_>>(), ["51 days ago", "new"]);
    }

    #[test]
    fn some_findings_are_not_recorded() {
        let broken = Finding::new(&input::BAD_YAML, &"a.md".into(), Place::File, "x");
        let mut waived = finding("a.md", "y");
        waived.waived = Some(Box::new(crate::diagnostics::Waived { reason: None, by: None, until: None }));
        assert_eq!(Baseline::of(&[broken, waived], &Baseline::default()).to_text(), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        for (text, told) in [
            ("", "it ends in the middle"),
            ("<<<<<<<", "it is not JSON: expected value at line 1 column 1"),
            ("{}", "it is not a baseline: missing field `version` at line 1 column 2"),
            ("{\"version\": 2}", "it has version 2, and this partnerbook reads version 1"),
        ] {
            assert_eq!(Baseline::parse(text).unwrap_err(), told);
        }
    }
}
