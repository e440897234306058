use super::super::{Check, Lint, Subject};
use super::{exclusivity, is_blank};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::{route, text};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/exclusivity-incomplete",
        severity: Severity::Warning,
        summary: "An exclusivity does not say for what it holds, where, or until when.",
        why: "Exclusivity is the most expensive thing that one gives away: it closes the door to every other partner. Without scope, \
              place and end it closes more doors than anybody meant, and for longer.",
        fires: "\
exclusivity:
  scope: CRM sync
  from: 2026-01-08",
        says: "the exclusivity of `acme` does not say where or until when it holds",
        passes: "\
exclusivity:
  scope: CRM sync
  geography: DACH
  from: 2026-01-08
  until: 2027-01-07",
        fix: "Add what is missing from the agreement. If the agreement does not say it either, that is worth a talk before it is \
              renewed. `exclusivity: none` says that there is none.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(claim) = exclusivity(partner) else { return };
    let missing: Vec<(&str, &str)> = [
        ("scope", "for what", is_blank(claim.scope.as_ref())),
        ("geography", "where", is_blank(claim.geography.as_ref())),
        ("until", "until when", claim.until.is_none()),
    ]
    .into_iter()
    .filter_map(|(key, what, missing)| missing.then_some((key, what)))
    .collect();
    let Some((first, _)) = missing.first() else { return };
    let (keys, what): (Vec<String>, Vec<&str>) = missing.iter().map(|(key, what)| (format!("`{key}`"), *what)).unzip();
    let message = format!("the exclusivity of `{}` does not say {} it holds", partner.id(), text::list(&what, "or"));
    let finding = partner.finding(&LINT, route!["exclusivity", *first], message);
    found.push(finding.help(format!("add {} under `exclusivity`", text::list(&keys, "and"))));
}
