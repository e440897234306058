//! Findings: one type for everything that is wrong in a workspace, and one renderer file per output format.

pub mod baseline;
pub mod fix;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod identity;
pub mod input;
pub mod json;
pub mod junit;
mod keys;
pub mod markdown;
pub mod report;
pub mod rules;
pub mod sarif;
pub mod short;
pub mod statistics;
pub mod texts;

use std::borrow::Cow;
use std::sync::Arc;

use crate::text::{Span, count};
pub use fix::{Edit, Fix};
pub use keys::Keys;
pub use rules::Rule;

/// How grave a finding is. Errors of the `input` category keep a site from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be put right.
    Warning,
    /// Must be put right.
    Error,
}

impl Severity {
    /// The word shown for it.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One step of a key route: a key of a mapping, or the place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value under this key.
    Key(Cow<'static, str>),
    /// The element at this place, from 0.
    Index(usize),
}

// Most keys are words of the program; large portfolios have so many findings that copies of them would be felt.
impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Step::Key(Cow::Borrowed(key))
    }
}
impl From<&String> for Step {
    fn from(key: &String) -> Self {
        Step::Key(Cow::Owned(key.clone()))
    }
}
impl From<String> for Step {
    fn from(key: String) -> Self {
        Step::Key(Cow::Owned(key))
    }
}
impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}

/// A key route from its steps: `route!["lifecycle", 2, "stage"]`.
#[macro_export]
macro_rules! route {
    ($($step:expr),* $(,)?) => { vec![$($crate::diagnostics::Step::from($step)),*] };
}

/// Where a finding points. Line and column are computed only when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A byte range of the file.
    Span(Span),
    /// The value at a key route of the YAML (of the front matter, in a Markdown file); where it is missing, the nearest parent that is there.
    Key(Vec<Step>),
    /// The key itself at the end of a key route, for one that should not be there.
    Name(Vec<Step>),
    /// A whole line, from 1.
    Line(u32),
}

/// A second place that helps to understand a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file, as a path relative to the workspace.
    pub path: Arc<str>,
    /// Where in it.
    pub place: Place,
    /// The line, as in [`Finding::line`].
    pub line: u32,
    /// What is to be seen there.
    pub label: String,
}

/// A decision to live with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// Why.
    pub reason: Option<String>,
    /// Who decided it.
    pub by: Option<String>,
    /// Until when.
    pub until: Option<jiff::civil::Date>,
}

/// One thing that is wrong: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Its severity in this workspace.
    pub severity: Severity,
    /// The file, as a path relative to the workspace.
    pub path: Arc<str>,
    /// Where in it.
    pub place: Place,
    /// What is wrong, in one plain sentence with the facts in it.
    pub message: String,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// Other places to look at.
    pub related: Vec<Related>,
    /// What puts it right, where that is certain.
    pub fix: Option<Box<Fix>>,
    /// The partner that it is about, by its place in the workspace; known once findings are settled.
    pub partner: Option<usize>,
    /// The byte at which its place starts, as far as it decides the order within a line; known once findings are settled.
    pub start: u32,
    /// The line in its file, from 1; known once findings are settled, and 0 for a file as a whole.
    pub line: u32,
    /// That it is waived. A waived finding is shown as such and counts for nothing.
    pub waived: Option<Box<Waived>>,
    /// That the baseline has it. Then it counts for nothing and is not shown.
    pub recorded: bool,
}

impl Finding {
    /// A finding of `rule` in the file at `path`, with the rule's own severity.
    pub fn new(rule: &'static Rule, path: &Arc<str>, place: Place, message: impl Into<String>) -> Self {
        Finding {
            rule,
            severity: rule.severity,
            path: path.clone(),
            place,
            message: message.into(),
            help: None,
            related: Vec::new(),
            fix: None,
            partner: None,
            start: 0,
            line: 0,
            waived: None,
            recorded: false,
        }
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With advice, where there is any.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.map(Cow::Owned);
        self
    }

    /// Graver, or less so, than its rule usually is.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With another place to look at.
    #[must_use]
    pub fn related(mut self, path: &Arc<str>, place: Place, label: impl Into<String>) -> Self {
        self.related.reserve_exact(1);
        self.related.push(Related { path: path.clone(), place, line: 0, label: label.into() });
        self
    }

    /// True where it counts: it is neither waived nor in the baseline.
    pub fn counts(&self) -> bool {
        self.waived.is_none() && !self.recorded
    }

    /// With a change that puts it right for certain.
    #[must_use]
    pub fn fix(self, fix: Fix) -> Self {
        self.maybe_fix(Some(fix))
    }

    /// With a change that puts it right, where one is certain.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.map(Box::new);
        self
    }

    /// What to do about it: the advice of the rule, or what the fix does.
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref().or(self.fix.as_ref().map(|fix| fix.title.as_str()))
    }

    /// True where `partnerbook check --fix` would put it right.
    pub fn can_be_fixed(&self) -> bool {
        self.fix.is_some() && self.waived.is_none()
    }

    /// True for what keeps a site from being published: the workspace, or a part of it, cannot be understood.
    pub fn blocks_publishing(&self) -> bool {
        self.severity == Severity::Error && self.waived.is_none() && self.rule.category() == "input"
    }
}

/// How many findings of each severity there are; those that are waived and those in the baseline apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Findings that are waived.
    pub waived: usize,
    /// Findings in the baseline.
    pub recorded: usize,
}

impl Counts {
    /// Counts `findings`.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            match finding.severity {
                _ if finding.waived.is_some() => counts.waived += 1,
                _ if finding.recorded => counts.recorded += 1,
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// How many there are that count.
    pub fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    /// How many there are of the gravest severity that occurs.
    pub fn gravest(self) -> Option<(usize, Severity)> {
        let all = [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.notes, Severity::Note)];
        all.into_iter().find(|(n, _)| *n > 0)
    }

    /// `1 error, 2 warnings`; `no findings` where there are none. What does not count is added: `no findings, 3 waived`.
    pub fn sentence(self) -> String {
        let part = |n: usize, word: &str| (n > 0).then(|| count(n, word));
        let mut parts: Vec<String> =
            [part(self.errors, "error"), part(self.warnings, "warning"), part(self.notes, "note")].into_iter().flatten().collect();
        if parts.is_empty() {
            parts.push("no findings".to_owned());
        }
        if self.waived > 0 {
            parts.push(format!("{} waived", self.waived));
        }
        if self.recorded > 0 {
            parts.push(format!("{} in the baseline", self.recorded));
        }
        parts.join(", ")
    }
}

/// The bytes of one place in `text`; see [`Keys::span_of`].
pub fn span_of(text: &str, place: &Place) -> Span {
    Keys::new(text).span_of(place)
}
