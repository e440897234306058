use super::super::{Check, Lint, Subject};
use super::{is_empty, name};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "issue/no-resolution",
        severity: Severity::Error,
        summary: "An issue is resolved, and does not say how or when.",
        why: "The resolution is what is left of an issue: the next person with the same trouble looks it up, and without a date nobody can \
              say how long such things take.",
        fires: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/slow-leads.md
---
severity: medium
status: resolved
opened: 2026-10-01
resolved: 2026-11-06
---
# Leads are called too late",
        says: "the issue `Leads are called too late` of `acme` is resolved, and does not say how",
        passes: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/slow-leads.md
---
severity: medium
status: resolved
opened: 2026-10-01
resolved: 2026-11-06
resolution: Leads go straight into the CRM, and are called within a day
---
# Leads are called too late",
        fix: "Add `resolved` with the day, and in one sentence the `resolution`. If it is not resolved after all, correct `status`.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (page, issue) in partner.issues().filter(|(_, issue)| !issue.is_open()) {
        let (says, help) = match (is_empty(issue.resolution.as_deref()), issue.resolved.is_none()) {
            (true, true) => ("how or when", "add `resolution: …` and `resolved: …` with the day"),
            (true, false) => ("how", "add `resolution: …` in one sentence"),
            (false, true) => ("when", "add `resolved: …` with the day"),
            (false, false) => continue,
        };
        let message = format!("{} is resolved, and does not say {says}", name(partner, page));
        let key = if issue.status.is_some() { "status" } else { "resolved" };
        found.push(partner.finding_in(&LINT, &page.path, Place::Key(route![key]), message).help(help));
    }
}
