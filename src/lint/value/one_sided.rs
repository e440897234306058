use super::super::{Check, Lint, Subject};
use super::written;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/one-sided",
        severity: Severity::Warning,
        summary: "A row of the value exchange has an empty side.",
        why: "What one side gives and the other does not answer is a present, and presents end. A row that stays half empty is the \
              part of the deal about which the two will disagree first.",
        fires: "\
exchange:
  - {we_provide: Sync engine, they_provide: Marketplace listing}
  - {we_provide: Two years of exclusivity}",
        says: "row 2 of the exchange with `acme` says what we provide, and not what they provide",
        passes: "\
exchange:
  - {we_provide: Sync engine, they_provide: Marketplace listing}
  - {we_provide: Two years of exclusivity, they_provide: 40 accounts a year}",
        fix: "Agree what stands on the other side and write it into the row. If nothing does, take the row out of the deal.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, row) in partner.data.exchange.iter().enumerate() {
        let (ours, theirs) = (written(&row.we_provide).is_some(), written(&row.they_provide).is_some());
        let (key, says) = match (ours, theirs) {
            (true, true) => continue,
            (true, false) => ("they_provide", "says what we provide, and not what they provide"),
            (false, true) => ("we_provide", "says what they provide, and not what we provide"),
            (false, false) => ("we_provide", "says neither what we provide nor what they provide"),
        };
        let message = format!("row {} of the exchange with `{}` {says}", at + 1, partner.id());
        let finding = partner.finding(&LINT, route!["exchange", at, key], message);
        found.push(finding.help(if ours || theirs {
            format!("add `{key}: …`, or take the row out of the deal")
        } else {
            "write `{we_provide: …, they_provide: …}`, or remove the row".to_owned()
        }));
    }
}
