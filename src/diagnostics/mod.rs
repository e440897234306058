//! Findings: one type for everything that is wrong in a workspace, and one renderer file per output format.

pub mod fix;
pub mod human;
pub mod input;
pub mod rules;

use std::sync::Arc;

use crate::content::rewrite;
use crate::text::Span;
pub use fix::{Edit, Fix};
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
    Key(String),
    /// The element at this place, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(key.to_owned())
    }
}
impl From<&String> for Step {
    fn from(key: &String) -> Self {
        Step::Key(key.clone())
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
    pub help: Option<String>,
    /// Other places to look at.
    pub related: Vec<Related>,
    /// What puts it right, where that is certain.
    pub fix: Option<Fix>,
    /// The partner that it is about, by its place in the workspace; known once findings are settled.
    pub partner: Option<usize>,
    /// The line in its file, from 1; known once findings are settled, and 0 for a file as a whole.
    pub line: u32,
    /// That it is waived. A waived finding is shown as such and counts for nothing.
    pub waived: Option<Box<Waived>>,
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
            line: 0,
            waived: None,
        }
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With advice, where there is any.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
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
        self.related.push(Related { path: path.clone(), place, label: label.into() });
        self
    }

    /// With a change that puts it right for certain.
    #[must_use]
    pub fn fix(self, fix: Fix) -> Self {
        self.maybe_fix(Some(fix))
    }

    /// With a change that puts it right, where one is certain.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
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

/// How many findings of each severity there are, waived ones apart.
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
}

impl Counts {
    /// Counts `findings`.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            match (&finding.waived, finding.severity) {
                (Some(_), _) => counts.waived += 1,
                (None, Severity::Error) => counts.errors += 1,
                (None, Severity::Warning) => counts.warnings += 1,
                (None, Severity::Note) => counts.notes += 1,
            }
        }
        counts
    }

    /// How many there are that are not waived.
    pub fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    /// `1 error, 2 warnings`; `no findings` where there are none. Waived ones are added: `no findings, 3 waived`.
    pub fn sentence(self) -> String {
        let part = |n: usize, word: &str| match n {
            0 => None,
            1 => Some(format!("1 {word}")),
            n => Some(format!("{n} {word}s")),
        };
        let mut parts: Vec<String> =
            [part(self.errors, "error"), part(self.warnings, "warning"), part(self.notes, "note")].into_iter().flatten().collect();
        if parts.is_empty() {
            parts.push("no findings".to_owned());
        }
        if self.waived > 0 {
            parts.push(format!("{} waived", self.waived));
        }
        parts.join(", ")
    }
}

/// The keys of a file, for finding places by their key routes. The YAML is parsed once, when it is first asked for.
pub struct Keys<'a> {
    text: &'a str,
    tree: std::cell::OnceCell<crate::content::yaml::Tree<'a>>,
}

impl<'a> Keys<'a> {
    /// The keys of a file with this text.
    pub fn new(text: &'a str) -> Self {
        Keys { text, tree: std::cell::OnceCell::new() }
    }

    /// The bytes of a place: the start of a file, a line, the key or value of a key route. They lie on character boundaries.
    pub fn span_of(&self, place: &Place) -> Span {
        let span = match place {
            Place::File => 0..0,
            Place::Span(span) => span.clone(),
            Place::Line(line) => crate::text::lines::span_of_line(self.text, *line),
            Place::Key(route) => self.tree().root.locate(route),
            Place::Name(route) => self.tree().root.locate_name(route),
        };
        crate::text::lines::clamp(self.text, &span)
    }

    /// An edit whose place is the bytes to change, with the bytes that take their place; `None` where nothing can be changed.
    pub fn locate(&self, edit: &Edit) -> Option<Edit> {
        let (span, text) = match &edit.place {
            Place::Span(span) => (span.clone(), edit.text.clone()),
            Place::Key(route) => {
                let node = self.tree().root.scalar_at(route)?;
                (node.span.clone(), rewrite::scalar(self.text.get(node.span.clone())?, node.text()?, &edit.text)?)
            }
            Place::Name(route) => {
                let key = self.tree().root.key_at(route)?;
                (key.span.clone(), rewrite::scalar(self.text.get(key.span.clone())?, &key.text, &edit.text)?)
            }
            Place::File | Place::Line(_) => return None,
        };
        self.text.get(span.clone()).map(|_| Edit { place: Place::Span(span), text })
    }

    fn tree(&self) -> &crate::content::yaml::Tree<'a> {
        use crate::content::front_matter::{Split, split};
        self.tree.get_or_init(|| {
            let range = match split(self.text) {
                Split::Found { yaml, .. } => yaml,
                Split::None { body } => body,
                Split::Unclosed { fence } => fence.start..self.text.len(),
            };
            crate::content::yaml::parse(self.text, range)
        })
    }
}

/// The bytes of one place in `text`; see [`Keys::span_of`].
pub fn span_of(text: &str, place: &Place) -> Span {
    Keys::new(text).span_of(place)
}
