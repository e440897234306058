use super::super::{Check, Lint, Subject};
use super::{WEEK, name};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::stage::days_between;
use crate::measures::words;
use crate::model::issue::IssueSeverity;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "issue/critical-open",
        severity: Severity::Warning,
        summary: "A critical issue has been open for more than 7 days.",
        why: "Critical means that it stops the partnership. After a week without a solution it is a matter for the next level up, or it \
              was not critical.",
        fires: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/data-residency.md
---
severity: critical
status: in-progress
opened: 2026-11-02
owner: Dana Wells
---
# Records must stay in Germany",
        says: "the issue `Records must stay in Germany` of `acme` is critical, and has been open for 18 days",
        passes: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/issues/data-residency.md
---
severity: critical
status: in-progress
opened: 2026-11-16
owner: Dana Wells
---
# Records must stay in Germany",
        fix: "Solve it, or raise it to the next level of the escalation path and record that under `escalated`. If it is not critical any \
              more, write the severity that it has now.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (page, issue) in partner.issues() {
        if issue.severity != Some(IssueSeverity::Critical) || !issue.is_open() {
            continue;
        }
        let Some(days) = issue.opened.and_then(|opened| days_between(opened, partner.as_of())).filter(|days| *days > WEEK) else {
            continue;
        };
        let message = format!("{} is critical, and has been open for {}", name(partner, page), words::days(days));
        let finding = partner.finding_in(&LINT, &page.path, Place::Key(route!["opened"]), message);
        found.push(finding.help("raise it to the next level of the escalation path, or write the severity that it has now"));
    }
}
