use super::super::{Check, Lint, Subject};
use super::{Unreviewed, unreviewed};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::words;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/never-reviewed",
        severity: Severity::Error,
        summary: "A partner is in development or later for more than 120 days, and has neither a `reviewed` date nor any review.",
        why: "After four months there is something to see: results that fall short, or a success that deserves more. If nobody \
              looks, the partnership goes on unchanged, whichever of the two it is.",
        fires: "\
stage: development
lifecycle:
  - {stage: development, entered: 2026-07-01}",
        says: "`acme` entered stage development on 2026-07-01, 142 days ago, and was never reviewed",
        passes: "\
stage: development
lifecycle:
  - {stage: development, entered: 2026-07-01}
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
summary: A slow start with good people.
---",
        fix: "Look at the partnership together and write the review: `partnerbook new qbr acme` makes the file. If it was looked at \
              in another way, write the day as `reviewed:`.",
        settings: "`lifecycle`: a stage counts as development by its `phase`.",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(Unreviewed { at, stage, since, days }) = unreviewed(partner) else { return };
    let message = format!("`{}` entered stage {stage} on {since}, {} ago, and was never reviewed", partner.id(), words::days(days));
    let finding = partner.finding(&LINT, route!["reviewed"], message);
    // Nothing is written there, or a day that is to come.
    let day = match partner.data.reviewed {
        Some(day) => format!("correct `reviewed`, since {day} is to come"),
        None => "add `reviewed: …`".to_owned(),
    };
    let help = format!("hold a review and write it down with `partnerbook new qbr {}`, or {day}", partner.argument());
    let related = Place::Key(route!["lifecycle", at, "entered"]);
    found.push(finding.help(help).related(partner.path, related, "since this move"));
}
