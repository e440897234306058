use super::super::subject::place_in;
use super::super::{Check, Lint, Subject};
use super::{is_held, unbalanced_review};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/review-incomplete",
        severity: Severity::Warning,
        summary: "A review has no summary, wins, challenges or actions, or the newest one has no date for the next.",
        why: "A review is read by people who were not there: a sponsor before the next call, a new owner in a year. They need what \
              was good, what was not, who does what about it, and when it will be asked for.",
        fires: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
summary: Ahead of plan, with too few referrals.
wins: [{title: Joint case study, impact: Three new customers}]
challenges: [{title: Few referrals from them, root_cause: No training}]
---",
        says: "the review of `acme` for 2026-Q3 has no actions or next date",
        passes: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
summary: Ahead of plan, with too few referrals.
wins: [{title: Joint case study, impact: Three new customers}]
challenges: [{title: Few referrals from them, root_cause: No training}]
actions: [{text: Train their sales team, owner: dana, due: 2026-12-15}]
next: 2027-01-12
---",
        fix: "Add what is missing: `summary`, `wins`, `challenges`, `actions`, `next`. A review is judged once it has been held: \
              from its `date` on, or without one from the end of its quarter on. Where it has wins or challenges and not both, \
              `cadence/unbalanced-review` says so instead.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (place, (page, period, review)) in partner.reviews().enumerate() {
        if !is_held(partner, period, review) {
            continue;
        }
        // One without the other is told by `cadence/unbalanced-review`.
        let neither = review.wins.is_empty() && review.challenges.is_empty();
        let lacks = |is_empty: bool| neither || (is_empty && !partner.hears_of(&unbalanced_review::LINT));
        let missing: Vec<(&str, &str)> = [
            ("summary", "summary", review.summary.as_deref().is_none_or(str::is_empty)),
            ("wins", "wins", lacks(review.wins.is_empty())),
            ("challenges", "challenges", lacks(review.challenges.is_empty())),
            ("actions", "actions", review.actions.is_empty()),
            // Of an older review the next one has been held.
            ("next", "next date", place == 0 && review.next.is_none()),
        ]
        .into_iter()
        .filter_map(|(key, words, missing)| missing.then_some((key, words)))
        .collect();
        let Some((first, _)) = missing.first() else { continue };
        let words: Vec<&str> = missing.iter().map(|(_, words)| *words).collect();
        let keys: Vec<String> = missing.iter().map(|(key, _)| format!("`{key}: …`")).collect();
        let message = format!("the review of `{}` for {period} has no {}", partner.id(), text::list(&words, "or"));
        let finding = partner.finding_in(&LINT, &page.path, place_in(review, route![*first]), message);
        found.push(finding.help(format!("add {}", text::list(&keys, "and"))));
    }
}
