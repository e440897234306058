//! The rules about what is read: what keeps a workspace from being understood. They are found where files are read and resolved.

use super::Severity::{Error, Note, Warning};
use super::rules::Rule;

/// A file cannot be read: it is not UTF-8, far too large, or a link that loops or leaves the workspace.
pub static UNREADABLE: Rule = Rule {
    name: "input/unreadable",
    severity: Error,
    summary: "A file cannot be read: it is not UTF-8, far too large, or a link that loops or leaves the workspace.",
    why: "What cannot be read is not on the site, and whoever looks there for the partner finds nothing. Such a file \
          comes from a program that saves in an old encoding, from a disk that has failed, or is no text at all.",
    fires: "=== content/partners/acme.md\n---\nname: Acme\0Corp\n---",
    says: "this file has a NUL character in it, so it is not text",
    passes: "\
=== content/partners/acme.md
---
name: Acme Corp
---",
    fix: "Save the file as UTF-8; every editor can. What is not text does not belong in a file that ends in `.md`, \
          `.yaml` or `.csv`. Texts may be 8 MB large, and symbolic links have to stay inside the workspace.",
    settings: "",
};

/// Git's conflict markers are still in a file.
pub static MERGE_CONFLICT: Rule = Rule {
    name: "input/merge-conflict",
    severity: Error,
    summary: "Git's conflict markers are still in a file.",
    why: "Two people have changed the same lines, and nobody has decided between them. Read as it stands, the file would \
          say both.",
    fires: "<<<<<<< HEAD\nowner: Dana Wells\n=======\nowner: Kim Sato\n>>>>>>> handover",
    says: "a merge conflict is left in this file",
    passes: "owner: Kim Sato",
    fix: "Keep one of the two sides, or write what both should have been, and remove the three lines with the markers.",
    settings: "",
};

/// A partner file has no front matter, or it is not closed.
pub static NO_FRONT_MATTER: Rule = Rule {
    name: "input/no-front-matter",
    severity: Error,
    summary: "A partner file has no front matter, or it is not closed.",
    why: "Everything that is known of a partner is in the front matter of its file, between two lines `---`. Without it \
          there is not even a name to show.",
    fires: "\
=== content/partners/acme.md
# Acme

CRM vendor.",
    says: "this partner has no front matter",
    passes: "\
=== content/partners/acme.md
---
name: Acme
---

CRM vendor.",
    fix: "Start the file with a line `---`, write `name: …` and whatever else is known below it, and close it with \
          another line `---`.",
    settings: "",
};

/// YAML does not parse.
pub static BAD_YAML: Rule = Rule {
    name: "input/bad-yaml",
    severity: Error,
    summary: "YAML does not parse.",
    why: "The file cannot be understood as it is written, so nothing of it is on the site and nothing of it is checked. \
          The rest of the workspace is read all the same.",
    fires: "summary: CRM vendor: the best in its market",
    says: "a `:` inside a value",
    passes: "summary: \"CRM vendor: the best in its market\"",
    fix: "Go to the place that is shown. Most often a text with a colon, a bracket or a `#` needs quotes, a line is \
          indented too far or too little, or a key is written twice.",
    settings: "",
};

/// A metrics.csv cannot be understood.
pub static BAD_CSV: Rule = Rule {
    name: "input/bad-csv",
    severity: Error,
    summary: "A metrics.csv cannot be understood.",
    why: "Values that cannot be read are missing from every chart and every average, and a KPI without values looks as \
          if nobody measured it.",
    fires: "\
=== content/partners/acme/metrics.csv
kpi,quarter,actual
revenue,2026-Q3,450000",
    says: "the first line has no column `period`",
    passes: "\
summary: CRM vendor
=== content/partners/acme/metrics.csv
kpi,period,actual
revenue,2026-Q3,450000",
    fix: "The first line names the columns: `partner,kpi,period,actual`, and `target` and `note` where they are wanted. \
          In a partner's own folder there is no column `partner`. Put texts with commas in quotes.",
    settings: "",
};

/// A key that nobody reads.
pub static UNKNOWN_KEY: Rule = Rule {
    name: "input/unknown-key",
    severity: Warning,
    summary: "A key that nobody reads.",
    why: "What stands under a key that nobody reads is not shown, not checked and not counted, and whoever wrote it \
          believes that it is.",
    fires: "onwer: Dana Wells",
    says: "unknown key `onwer`",
    passes: "owner: Dana Wells",
    fix: "Correct the key. A key of your team's own starts with `x-`, such as `x-crm-id`; it is kept and can be shown.",
    settings: "",
};

/// A value of another type than its key takes.
pub static WRONG_TYPE: Rule = Rule {
    name: "input/wrong-type",
    severity: Error,
    summary: "A value of another type than its key takes.",
    why: "The value is left out, since nobody can say what was meant: a date where a mapping should be, a word where a \
          number should be.",
    fires: "term: until summer",
    says: "`term` takes a mapping with keys such as `start`, not text",
    passes: "term: {start: 2026-01-08, end: 2027-06-30}",
    fix: "Write the value in the form that its key takes; `docs/workspace.md` has the form of every key.",
    settings: "",
};

/// A word outside its vocabulary, an impossible date or period, a number out of range.
pub static BAD_VALUE: Rule = Rule {
    name: "input/bad-value",
    severity: Error,
    summary: "A word outside its vocabulary, an impossible date or period, a number out of range.",
    why: "The value is left out, and with it all that follows from it: a stage that nobody knows puts the partner into \
          no list, and a day that is not in the calendar into no reminder.",
    fires: "status: thriveing",
    says: "`thriveing` is not a value of `status`",
    passes: "status: thriving",
    fix: "Write one of the words that the key knows, or a day or period that there is: `2026-11-20`, `2026-Q3`.",
    settings: "`lifecycle`, `models`, `tiers`, `scoring` and `kpis` define words of the workspace's own.",
};

/// Two files claim one id.
pub static DUPLICATE_ID: Rule = Rule {
    name: "input/duplicate-id",
    severity: Error,
    summary: "Two files claim one id.",
    why: "Links and numbers find a partner by its id. With two of the same name one of them is not on the site, and \
          nobody can say which of the two a link means.",
    fires: "\
summary: CRM vendor
=== content/partners/acme-corp.md
---
name: Acme Corp
id: acme
---",
    says: "the partner `acme` is defined twice",
    passes: "\
summary: CRM vendor
=== content/partners/acme-corp.md
---
name: Acme Corp
---",
    fix: "Rename one of the two files, give one of them another `id`, or put the two together if they are one partner. \
          Letter case does not keep ids apart.",
    settings: "",
};

/// Two files claim one page of the site.
pub static URL_COLLISION: Rule = Rule {
    name: "input/url-collision",
    severity: Error,
    summary: "Two files claim one page of the site.",
    why: "Only one of the two files can have the page; the other one would be lost without a word.",
    fires: "\
=== content/index.md
[Terms](library/terms.md), [new terms](library/Terms.md)
=== content/library/terms.md
Old terms.
=== content/library/Terms.md
New terms.",
    says: "`library/terms.html` and `library/Terms.html` differ only in letter case, and many disks and servers cannot keep them apart",
    passes: "\
=== content/index.md
[Terms](library/terms.md), [new terms](library/new-terms.md)
=== content/library/terms.md
Old terms.
=== content/library/new-terms.md
New terms.",
    fix: "Rename one of the two files, and the links to it.",
    settings: "",
};

/// A link, image, template or reference that leads nowhere.
pub static BROKEN_LINK: Rule = Rule {
    name: "input/broken-link",
    severity: Error,
    summary: "A link, image, template or reference that leads nowhere.",
    why: "Whoever follows the link stands in front of nothing. A reference that leads nowhere, to a KPI or a partner, \
          takes part in no number and no list.",
    fires: "\
relations: {parent: globexx}
=== content/partners/globex.md
---
name: Globex
---",
    says: "there is no partner `globexx`",
    passes: "\
relations: {parent: globex}
=== content/partners/globex.md
---
name: Globex
---",
    fix: "Correct the name or the path, or write the page that is missing. Paths are seen from the file that the link \
          stands in; with a leading `/`, from `content/`.",
    settings: "",
};

/// A link to a heading that its page does not have.
pub static BROKEN_ANCHOR: Rule = Rule {
    name: "input/broken-anchor",
    severity: Error,
    summary: "A link to a heading that its page does not have.",
    why: "The page opens at its top, and the reader has to guess which part was meant. It happens whenever a heading is \
          reworded.",
    fires: "\
=== content/partners/acme.md
---
name: Acme
---
See [the terms](#payment-terms).

## Terms of payment",
    says: "this page has no heading `#payment-terms`",
    passes: "\
=== content/partners/acme.md
---
name: Acme
---
See [the terms](#terms-of-payment).

## Terms of payment",
    fix: "Correct what follows the `#`. The anchor of a heading is its words in small letters, with hyphens for blanks; \
          the words as they are will do as well.",
    settings: "",
};

/// A wiki link that two pages could mean.
pub static AMBIGUOUS_LINK: Rule = Rule {
    name: "input/ambiguous-link",
    severity: Warning,
    summary: "A wiki link that two pages could mean.",
    why: "The link leads to one of the pages, and perhaps not to the one that was meant. When a page is added, it may \
          lead elsewhere.",
    fires: "\
=== content/index.md
Our [[plan]]; see also [ours](sales/plan.md), [theirs](product/plan.md).
=== content/sales/plan.md
Sell more.
=== content/product/plan.md
Build less.",
    says: "`plan` could mean 2 pages",
    passes: "\
=== content/index.md
Our [plan](sales/plan.md); see also [theirs](product/plan.md).
=== content/sales/plan.md
Sell more.
=== content/product/plan.md
Build less.",
    fix: "Link to the file, or give one of the pages an `id` or alias that no other one has.",
    settings: "",
};

/// A placeholder is left in text or in a field.
pub static PLACEHOLDER: Rule = Rule {
    name: "input/placeholder",
    severity: Warning,
    summary: "A placeholder is left in text or in a field.",
    why: "A blank that nobody filled in looks like an answer in every list and every export. In a text that the partner \
          may see, it looks worse.",
    fires: "summary: TBD",
    says: "`summary` still holds a placeholder",
    passes: "summary: CRM vendor whose marketplace reaches our mid-market buyers",
    fix: "Fill it in, or remove the key or the sentence: what is missing is told where it matters. Documents that are \
          used as templates of playbook steps may have blanks.",
    settings: "",
};

/// A page that nothing links to.
pub static ORPHAN_PAGE: Rule = Rule {
    name: "input/orphan-page",
    severity: Note,
    summary: "A page that nothing links to.",
    why: "A page that nothing leads to is found by nobody, and goes stale unseen.",
    fires: "\
=== content/library/pricing.md
# How we price

By seat.",
    says: "no page links to `How we price`",
    passes: "\
=== content/index.md
See [how we price](library/pricing.md).
=== content/library/pricing.md
# How we price

By seat.",
    fix: "Link to it from where somebody would look for it, or remove it. Pages in a partner's folder need no link: the \
          partner's page lists them.",
    settings: "",
};

/// HTML in Markdown, which will be shown as text.
pub static RAW_HTML: Rule = Rule {
    name: "input/raw-html",
    severity: Warning,
    summary: "HTML in Markdown, which will be shown as text.",
    why: "HTML is never passed on to the site, so that nobody can put a script into it. What was meant as layout stands \
          there as letters.",
    fires: "\
=== content/index.md
Our partners are <b>important</b>.",
    says: "HTML is shown as text",
    passes: "\
=== content/index.md
Our partners are **important**.",
    fix: "Write it in Markdown. HTML that is meant to be seen goes into backticks.",
    settings: "",
};

/// Front matter and metrics.csv disagree on one value.
pub static CONFLICTING_ACTUALS: Rule = Rule {
    name: "input/conflicting-actuals",
    severity: Error,
    summary: "Front matter and metrics.csv disagree on one value.",
    why: "Two people look up one number and get two answers. Until somebody decides, every total, chart and status that \
          the number is part of is a guess.",
    fires: "\
kpis:
  revenue: {actuals: {2026-Q3: 450000}}
=== content/metrics.csv
partner,kpi,period,actual
acme,revenue,2026-Q3,425000",
    says: "`revenue` of acme in 2026-Q3: this says 425,000, another source says 450,000",
    passes: "\
kpis:
  revenue: {target: 500000}
=== content/metrics.csv
partner,kpi,period,actual
acme,revenue,2026-Q3,425000",
    fix: "Find out which of the two is right and keep it in one place. What is exported from another system belongs into \
          `metrics.csv`, what somebody knows in the partner's file.",
    settings: "",
};

/// A template of the theme does not parse, or asks for something that is not there.
pub static BAD_TEMPLATE: Rule = Rule {
    name: "input/bad-template",
    severity: Error,
    summary: "A template of the theme does not parse, or asks for something that is not there.",
    why: "Pages are made from the templates of the theme. One that is broken leaves out all pages that it is used for.",
    fires: "\
=== themes/default/people.hbs
{{#each people}}<p>{{name}}</p>",
    says: "this template does not parse: something is missing here, or before it",
    passes: "\
=== themes/default/people.hbs
<p>Our people</p>",
    fix: "Correct the template at the place that is shown; `docs/templates.md` says what each one receives. Without the \
          file in `themes/`, the built-in template is used.",
    settings: "`theme` says which folder of `themes/` is used.",
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
