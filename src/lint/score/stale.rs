use super::super::{Check, Lint, Subject};
use super::rows;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/stale",
        severity: Severity::Warning,
        summary: "The newest dated score of a partner is over 12 months old.",
        why: "Partners are bought, change their strategy and lose their champions. A score from before all that still looks like a \
              judgement of today.",
        fires: "\
scores:
  strategic-fit: {score: 3, on: 2025-06-02}
  distribution: {score: 3, on: 2025-10-14}",
        says: "the newest score of `acme` is of 2025-10-14, over 12 months ago",
        passes: "\
scores:
  strategic-fit: {score: 3, on: 2025-06-02}
  distribution: {score: 3, on: 2026-10-14}",
        fix: "Go through the scores again, and write `on` with the day for each that you have looked at, changed or not.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let scored = rows(partner).filter(|(_, row)| row.score.is_some());
    // A day that is to come says nothing of how old the others are.
    let dated = scored.filter_map(|(criterion, row)| Some((row.on.filter(|on| *on <= partner.as_of())?, criterion)));
    let Some((on, criterion)) = dated.max_by_key(|(on, _)| *on) else { return };
    let Some(limit) = jiff::Span::new().try_months(12).ok().and_then(|year| partner.as_of().checked_sub(year).ok()) else { return };
    if on < limit {
        let message = format!("the newest score of `{}` is of {on}, over 12 months ago", partner.id());
        let finding = partner.finding(&LINT, route!["scores", &criterion.id, "on"], message);
        found.push(finding.help(format!("go through the scores again and write `on: {}` for each", partner.as_of())));
    }
}
