use super::super::subject::place_in;
use super::super::{Check, Lint, Subject};
use super::{is_empty, is_new, name};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "issue/few-options",
        severity: Severity::Note,
        summary: "An open issue has fewer than two options, or none of them is recommended.",
        why: "With one option there is nothing to decide, and with none recommended nobody has thought it through. Two ways out and a \
              recommendation are what makes a decision quick.",
        fires: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/slow-leads.md
---
severity: medium
status: in-progress
opened: 2026-10-01
options:
  - {option: A second reader for the inbox, pros: At once, cons: Same again at holidays, effort: none}
---
# Leads are called too late",
        says: "the issue `Leads are called too late` of `acme` has only one option",
        passes: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/slow-leads.md
---
severity: medium
status: in-progress
opened: 2026-10-01
options:
  - {option: A second reader for the inbox, pros: At once, cons: Same again at holidays, effort: none}
  - {option: Leads go straight into the CRM, pros: Same day, cons: Security review, effort: 4 days}
recommended: Leads go straight into the CRM
---
# Leads are called too late",
        fix: "Add another way out under `options`, if only to wait, and write the one to take as `recommended`.\n\n\
              In the first week of an issue that nobody works on yet, the rule waits.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (page, issue) in partner.issues().filter(|(_, issue)| issue.is_open() && !is_new(partner, issue)) {
        let is_recommended = !is_empty(issue.recommended.as_deref());
        let (says, help) = match issue.options.len() {
            0 => ("has no options".to_owned(), "add two or more ways out under `options`, and `recommended: …`"),
            1 => ("has only one option".to_owned(), "add another way out under `options`, and the one to take as `recommended`"),
            n if !is_recommended => (format!("has {n} options, and none is recommended"), "add `recommended: …` with the one to take"),
            _ => continue,
        };
        let message = format!("{} {says}", name(partner, page));
        found.push(partner.finding_in(&LINT, &page.path, place_in(issue, route!["options"]), message).help(help));
    }
}
