//! The rules about what is read: what keeps a workspace from being understood. They are found where files are read and resolved.

use super::Severity::{Error, Note, Warning};
use super::rules::Rule;

/// A file cannot be read: it is not UTF-8, far too large, or a link that loops or leaves the workspace.
pub static UNREADABLE: Rule = Rule {
    name: "input/unreadable",
    severity: Error,
    summary: "A file cannot be read: it is not UTF-8, far too large, or a link that loops or leaves the workspace.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// Git's conflict markers are still in a file.
pub static MERGE_CONFLICT: Rule = Rule {
    name: "input/merge-conflict",
    severity: Error,
    summary: "Git's conflict markers are still in a file.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A partner file has no front matter, or it is not closed.
pub static NO_FRONT_MATTER: Rule = Rule {
    name: "input/no-front-matter",
    severity: Error,
    summary: "A partner file has no front matter, or it is not closed.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// YAML does not parse.
pub static BAD_YAML: Rule = Rule {
    name: "input/bad-yaml",
    severity: Error,
    summary: "YAML does not parse.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A metrics.csv cannot be understood.
pub static BAD_CSV: Rule = Rule {
    name: "input/bad-csv",
    severity: Error,
    summary: "A metrics.csv cannot be understood.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A key that nobody reads.
pub static UNKNOWN_KEY: Rule = Rule {
    name: "input/unknown-key",
    severity: Warning,
    summary: "A key that nobody reads.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A value of another type than its key takes.
pub static WRONG_TYPE: Rule = Rule {
    name: "input/wrong-type",
    severity: Error,
    summary: "A value of another type than its key takes.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A word outside its vocabulary, an impossible date or period, a number out of range.
pub static BAD_VALUE: Rule = Rule {
    name: "input/bad-value",
    severity: Error,
    summary: "A word outside its vocabulary, an impossible date or period, a number out of range.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// Two files claim one id.
pub static DUPLICATE_ID: Rule = Rule {
    name: "input/duplicate-id",
    severity: Error,
    summary: "Two files claim one id.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// Two files claim one page of the site.
pub static URL_COLLISION: Rule = Rule {
    name: "input/url-collision",
    severity: Error,
    summary: "Two files claim one page of the site.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A link, image, template or reference that leads nowhere.
pub static BROKEN_LINK: Rule = Rule {
    name: "input/broken-link",
    severity: Error,
    summary: "A link, image, template or reference that leads nowhere.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A link to a heading that its page does not have.
pub static BROKEN_ANCHOR: Rule = Rule {
    name: "input/broken-anchor",
    severity: Error,
    summary: "A link to a heading that its page does not have.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A wiki link that two pages could mean.
pub static AMBIGUOUS_LINK: Rule = Rule {
    name: "input/ambiguous-link",
    severity: Warning,
    summary: "A wiki link that two pages could mean.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A placeholder is left in text or in a field.
pub static PLACEHOLDER: Rule = Rule {
    name: "input/placeholder",
    severity: Warning,
    summary: "A placeholder is left in text or in a field.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A page that nothing links to.
pub static ORPHAN_PAGE: Rule = Rule {
    name: "input/orphan-page",
    severity: Note,
    summary: "A page that nothing links to.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// HTML in Markdown, which will be shown as text.
pub static RAW_HTML: Rule = Rule {
    name: "input/raw-html",
    severity: Warning,
    summary: "HTML in Markdown, which will be shown as text.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// Front matter and metrics.csv disagree on one value.
pub static CONFLICTING_ACTUALS: Rule = Rule {
    name: "input/conflicting-actuals",
    severity: Error,
    summary: "Front matter and metrics.csv disagree on one value.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// A template of the theme does not parse, or asks for something that is not there.
pub static BAD_TEMPLATE: Rule = Rule {
    name: "input/bad-template",
    severity: Error,
    summary: "A template of the theme does not parse, or asks for something that is not there.",
    why: "",
    fires: "",
    says: "",
    passes: "",
    fix: "",
    settings: "",
};

/// All of them, in the order in which they are documented.
pub static ALL: &[&Rule] = &[
    &UNREADABLE,
    &MERGE_CONFLICT,
    &NO_FRONT_MATTER,
    &BAD_YAML,
    &BAD_CSV,
    &UNKNOWN_KEY,
    &WRONG_TYPE,
    &BAD_VALUE,
    &DUPLICATE_ID,
    &URL_COLLISION,
    &BROKEN_LINK,
    &BROKEN_ANCHOR,
    &AMBIGUOUS_LINK,
    &PLACEHOLDER,
    &ORPHAN_PAGE,
    &RAW_HTML,
    &CONFLICTING_ACTUALS,
    &BAD_TEMPLATE,
];

/// Rules that a workspace cannot soften: what they find would be missing from the site.
pub static FIXED: &[&Rule] = &[&UNREADABLE, &MERGE_CONFLICT, &NO_FRONT_MATTER, &BAD_YAML, &DUPLICATE_ID, &URL_COLLISION, &BAD_TEMPLATE];
