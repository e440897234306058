use super::super::subject::place_in;
use super::super::{Check, Lint, Subject};
use super::{is_empty, is_grave, is_new, name};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::issue::Issue;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "issue/incomplete",
        severity: Severity::Warning,
        summary: "Fields are missing that an issue should have by now.",
        why: "Whoever decides about an issue was rarely there when it began. What it does to whom, why it came about and who takes care \
              of it are what a sponsor asks first, on either side.",
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
owner: Dana Wells
reason: gap
actions: [{text: Call each lead within a day, owner: Dana Wells, due: 2026-12-15}]
---
# Leads are called too late",
        says: "the issue `Leads are called too late` of `acme` has no impact or root cause",
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
owner: Dana Wells
reason: gap
impact: {business: One lead in five had bought elsewhere}
root_cause: Leads went to an inbox that one person read
actions: [{text: Call each lead within a day, owner: Dana Wells, due: 2026-12-15}]
---
# Leads are called too late",
        fix: "Add what is missing.\n\n\
              Due from the first day: `severity`, `status`, `opened`, `reason`, `owner`, and at least one line of `impact`. Due once \
              somebody works on it, and after a week in any case: `root_cause` and `actions`. A resolved issue needs neither owner nor \
              actions. The options and the resolution have rules of their own, and a grave issue without \
              owner is told by `issue/unowned`.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (page, issue) in partner.issues() {
        let missing = missing(partner, issue);
        let Some((first, _)) = missing.first() else { continue };
        let words: Vec<&str> = missing.iter().map(|(_, words)| *words).collect();
        let keys: Vec<String> = missing.iter().map(|(key, _)| format!("`{key}: …`")).collect();
        let message = format!("{} has no {}", name(partner, page), text::list(&words, "or"));
        let finding = partner.finding_in(&LINT, &page.path, place_in(issue, route![*first]), message);
        found.push(finding.help(format!("add {}", text::list(&keys, "and"))));
    }
}

/// The fields that are due and not there: keys, and words for a sentence.
fn missing(partner: &Subject<'_>, issue: &Issue) -> Vec<(&'static str, &'static str)> {
    let (is_open, is_new) = (issue.is_open(), is_new(partner, issue));
    // Of a grave issue that is told by `issue/unowned`.
    let asks_owner = is_open && !(is_grave(issue) && partner.hears_of(&super::unowned::LINT));
    let says_impact = issue.impact.as_ref().is_some_and(|impact| {
        [&impact.business, &impact.relationship, &impact.timeline].into_iter().any(|words| !is_empty(words.as_deref()))
    });
    let fields = [
        ("severity", "severity", issue.severity.is_none()),
        ("status", "status", issue.status.is_none() && issue.resolved.is_none()),
        ("opened", "opening date", issue.opened.is_none()),
        ("reason", "reason", issue.reason.is_none()),
        ("owner", "owner", asks_owner && is_empty(issue.owner.as_deref())),
        ("impact", "impact", !says_impact),
        ("root_cause", "root cause", !is_new && is_empty(issue.root_cause.as_deref())),
        ("actions", "actions", is_open && !is_new && issue.actions.is_empty()),
    ];
    fields.into_iter().filter_map(|(key, words, missing)| missing.then_some((key, words))).collect()
}
