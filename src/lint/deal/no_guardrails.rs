use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::{route, text};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/no-guardrails",
        severity: Severity::Warning,
        summary: "In negotiation, a deal lacks walk-away points, limits of support or success criteria.",
        why: "Under the pressure of a closing date everything looks acceptable. What was written down before holds the line: what we \
              will not sign, what we will not support, and how both sides will know that it worked.",
        fires: "\
stage: negotiation
deal:
  walk_away: [Exclusivity before a pilot]",
        says: "the deal with `acme` has no limits of support or success criteria",
        passes: "\
stage: negotiation
deal:
  walk_away: [Exclusivity before a pilot]
  support_limits: [Business hours]
  success_criteria: [Five pilot customers]",
        fix: "Write all three under `deal`, one line each is enough: `walk_away`, `support_limits`, `success_criteria`.",
        settings: "`lifecycle`: it holds in stages whose `phase` is negotiation.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.phase != Some(Phase::Negotiation) {
        return;
    }
    let deal = partner.data.deal.as_ref();
    let is_missing = |list: Option<&Vec<String>>| list.is_none_or(|list| list.iter().all(|text| text.trim().is_empty()));
    let missing: Vec<(&str, &str)> = [
        ("walk_away", "walk-away points", is_missing(deal.map(|deal| &deal.walk_away))),
        ("support_limits", "limits of support", is_missing(deal.map(|deal| &deal.support_limits))),
        ("success_criteria", "success criteria", is_missing(deal.map(|deal| &deal.success_criteria))),
    ]
    .into_iter()
    .filter_map(|(key, what, missing)| missing.then_some((key, what)))
    .collect();
    let Some((first, _)) = missing.first() else { return };
    let (keys, what): (Vec<String>, Vec<&str>) = missing.iter().map(|(key, what)| (format!("`{key}`"), *what)).unzip();
    let message = format!("the deal with `{}` has no {}", partner.id(), text::list(&what, "or"));
    let finding = partner.finding(&LINT, route!["deal", *first], message);
    found.push(finding.help(format!("write {} under `deal`", text::list(&keys, "and"))));
}
