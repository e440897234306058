//! The list of rules. A rule's name is `category/what-is-wrong`; it is the same in findings, settings and documents.

use super::Severity;

/// One rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `category/what-is-wrong`.
    pub name: &'static str,
    /// Its severity unless the workspace says otherwise.
    pub severity: Severity,
    /// When it fires, in a few words.
    pub summary: &'static str,
}

impl Rule {
    /// The part of the name before the slash.
    pub fn category(&self) -> &'static str {
        self.name.split('/').next().unwrap_or_default()
    }
}

/// Every category that a workspace may name in `lint:`.
pub const CATEGORIES: &[&str] = &[
    "input",
    "lifecycle",
    "ownership",
    "value",
    "score",
    "kpi",
    "cadence",
    "health",
    "risk",
    "issue",
    "deal",
    "exit",
    "playbook",
    "waiver",
    "change",
];

macro_rules! rules {
    ($($id:ident = $name:literal, $severity:ident, $summary:literal;)*) => {
        $(#[doc = $summary] pub static $id: Rule = Rule { name: $name, severity: Severity::$severity, summary: $summary };)*
        /// All rules, in the order in which they are documented.
        pub static ALL: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    UNREADABLE = "input/unreadable", Error, "A file cannot be read: it is not UTF-8, far too large, or a link that loops or leaves the workspace.";
    MERGE_CONFLICT = "input/merge-conflict", Error, "Git's conflict markers are still in a file.";
    NO_FRONT_MATTER = "input/no-front-matter", Error, "A partner file has no front matter, or it is not closed.";
    BAD_YAML = "input/bad-yaml", Error, "YAML does not parse.";
    BAD_CSV = "input/bad-csv", Error, "A metrics.csv cannot be understood.";
    UNKNOWN_KEY = "input/unknown-key", Warning, "A key that nobody reads.";
    WRONG_TYPE = "input/wrong-type", Error, "A value of another type than its key takes.";
    BAD_VALUE = "input/bad-value", Error, "A word outside its vocabulary, an impossible date or period, a number out of range.";
    DUPLICATE_ID = "input/duplicate-id", Error, "Two files claim one id.";
    URL_COLLISION = "input/url-collision", Error, "Two files claim one page of the site.";
    BROKEN_LINK = "input/broken-link", Error, "A link, image, template or reference that leads nowhere.";
    BROKEN_ANCHOR = "input/broken-anchor", Error, "A link to a heading that its page does not have.";
    AMBIGUOUS_LINK = "input/ambiguous-link", Warning, "A wiki link that two pages could mean.";
    PLACEHOLDER = "input/placeholder", Warning, "A placeholder is left in text or in a field.";
    ORPHAN_PAGE = "input/orphan-page", Note, "A page that nothing links to.";
    RAW_HTML = "input/raw-html", Warning, "HTML in Markdown, which will be shown as text.";
    CONFLICTING_ACTUALS = "input/conflicting-actuals", Error, "Front matter and metrics.csv disagree on one value.";
    BAD_TEMPLATE = "input/bad-template", Error, "A template of the theme does not parse, or asks for something that is not there.";
}

/// Rules that a workspace cannot soften: what they find would be missing from the site.
pub static FIXED: &[&Rule] = &[&UNREADABLE, &MERGE_CONFLICT, &NO_FRONT_MATTER, &BAD_YAML, &DUPLICATE_ID, &URL_COLLISION, &BAD_TEMPLATE];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
