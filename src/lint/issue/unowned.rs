use super::super::{Check, Lint, Subject};
use super::{is_empty, is_grave, name};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "issue/unowned",
        severity: Severity::Error,
        summary: "An open issue is critical or high, and has no owner.",
        why: "A grave issue without an owner is discussed in every meeting and solved in none. One person, on one of the two sides, \
              answers for it from the day on which it is opened.",
        fires: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/slow-leads.md
---
severity: high
status: open
opened: 2026-11-16
---
# Leads are called too late",
        says: "the issue `Leads are called too late` of `acme` is high, and has no owner",
        passes: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/slow-leads.md
---
severity: high
status: open
opened: 2026-11-16
owner: Dana Wells
---
# Leads are called too late",
        fix: "Agree today on who takes care of it, and write the person's id or name as `owner`.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (page, issue) in partner.issues().filter(|(_, issue)| issue.is_open() && is_grave(issue)) {
        if is_empty(issue.owner.as_deref()) {
            let severity = issue.severity.map_or("grave", |severity| severity.word());
            let message = format!("{} is {severity}, and has no owner", name(partner, page));
            let finding = partner.finding_in(&LINT, &page.path, Place::Key(route!["owner"]), message);
            found.push(finding.help("add `owner: …` with a person's id or name"));
        }
    }
}
