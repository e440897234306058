use super::super::{Check, Lint, Subject};
use super::is_held;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/unbalanced-review",
        severity: Severity::Note,
        summary: "A review has wins and no challenges, or challenges and no wins.",
        why: "A review in which everything went well was polite and not frank; one in which nothing did discourages the people who \
              have to put it right. Both hide half of what the next quarter can be built on.",
        fires: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
wins: [{title: Joint case study, impact: Three new customers}]
---",
        says: "the review of `acme` for 2026-Q3 has 1 win and no challenge",
        passes: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
wins: [{title: Joint case study, impact: Three new customers}]
challenges: [{title: Few referrals from them, root_cause: No training}]
---",
        fix: "Ask both sides for the other half, and add it.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (page, period, review) in partner.reviews().filter(|(_, period, review)| is_held(partner, *period, review)) {
        let (there, facts, help) = match (review.wins.len(), review.challenges.len()) {
            (0, n) if n > 0 => {
                ("challenges", format!("{} and no win", text::count(n, "challenge")), "add `wins: …`: what went well, and what it brought")
            }
            (n, 0) if n > 0 => (
                "wins",
                format!("{} and no challenge", text::count(n, "win")),
                "add `challenges: …`: what was hard, why, and what is done about it",
            ),
            _ => continue,
        };
        let message = format!("the review of `{}` for {period} has {facts}", partner.id());
        found.push(partner.finding_in(&LINT, &page.path, Place::Name(route![there]), message).help(help));
    }
}
