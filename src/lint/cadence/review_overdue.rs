use super::super::{Check, Lint, Subject};
use super::{is_held, never_reviewed, unreviewed};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::reviews::overdue;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/review-overdue",
        severity: Severity::Error,
        summary: "30 days after the end of a quarter, a partner in development or later has no review of it.",
        why: "The review is where both sides agree on what the numbers mean and who does what next. A quarter that is not looked at \
              soon after its end is not looked at at all, and its lessons are paid for again in the next one.",
        fires: "\
stage: development
lifecycle:
  - {stage: development, entered: 2026-03-01}
=== content/partners/acme/qbr/2026-Q2.md
---
date: 2026-07-08
summary: Ahead of plan.
---",
        says: "the review of `acme` for 2026-Q3 is overdue",
        passes: "\
stage: development
lifecycle:
  - {stage: development, entered: 2026-03-01}
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
summary: Still ahead of plan.
---",
        fix: "Hold the review and write it down: `partnerbook new qbr acme 2026-Q3` makes the file. A later review makes up for an \
              earlier one that was missed, and so does a look at the partnership as a whole: with `reviewed: …` only the quarters that \
              ended after that day are asked for. Where no move is dated, only the latest quarter is. A review that is prepared \
              counts from its `date` on.\n\n\
              A partner that was never reviewed at all, for more than 120 days, is told by `cadence/never-reviewed`.",
        settings: "`fiscal_year_start` decides when quarters end. `lifecycle`: a stage counts as development by its `phase`. A \
                   partner that says nothing of a stage is taken to be in the first one.",
    },
    check: Check::Partner(check),
    ages: true,
};

/// So many quarters are named one by one.
const NAMED: usize = 4;

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    // That there was never any is told by `cadence/never-reviewed`.
    if unreviewed(partner).is_some() && partner.hears_of(&never_reviewed::LINT) {
        return;
    }
    let quarters: Vec<String> = overdue(&partner.whole.context, partner.entry).iter().map(ToString::to_string).collect();
    let id = partner.id();
    let (message, last) = match quarters.as_slice() {
        [] => return,
        [one] => (format!("the review of `{id}` for {one} is overdue"), one),
        [.., last] if quarters.len() <= NAMED => (format!("the reviews of `{id}` for {} are overdue", text::list(&quarters, "and")), last),
        [first, .., last] => (format!("the reviews of `{id}` for {} quarters, {first} to {last}, are overdue", quarters.len()), last),
    };
    let mut finding = partner.finding(&LINT, route!["name"], message);
    let newest = partner.reviews().next();
    if let Some((page, period, review)) = newest {
        let label = if is_held(partner, period, review) { "the newest review" } else { "it is prepared, and not held yet" };
        finding = finding.related(&page.path, Place::File, label);
    }
    // One that is prepared has its file already.
    let is_there = newest.is_some_and(|(_, period, _)| period.to_string() == *last);
    let help = if is_there {
        "hold the review; it counts from its `date` on".to_owned()
    } else {
        format!("hold the review, and write it down with `partnerbook new qbr {} {last}`", partner.argument())
    };
    found.push(finding.help(help));
}
