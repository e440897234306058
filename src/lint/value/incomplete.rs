use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::partner::Benefits;
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/incomplete",
        severity: Severity::Error,
        summary: "From negotiation on, the value for us, for the partner or for the customer is not written down.",
        why: "A partnership lasts as long as all three gain. The side for which nobody can name a gain is the side that stops answering, \
              and most often it is the customer whom both have forgotten.",
        fires: "\
stage: negotiation
value:
  us: [Reach in the north]
  partner: [A feature that their customers ask for]",
        says: "the value of the partnership with `acme` for the customer is not written down",
        passes: "\
stage: negotiation
value:
  us: [Reach in the north]
  partner: [A feature that their customers ask for]
  customer: [One bill for both]",
        fix: "Fill in `value: {us: […], partner: […], customer: […]}`, a few words for each. If there is nothing to write, that is the \
              finding.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !partner.is_from(Phase::Negotiation) {
        return;
    }
    let nothing = Benefits::default();
    let value = partner.data.value.as_ref().unwrap_or(&nothing);
    let is_missing = |texts: &[String]| texts.iter().all(String::is_empty);
    let (keys, missing): (Vec<&str>, Vec<&str>) = [
        ("us", "us", is_missing(&value.us)),
        ("partner", "the partner", is_missing(&value.partner)),
        ("customer", "the customer", is_missing(&value.customer)),
    ]
    .into_iter()
    .filter_map(|(key, words, missing)| missing.then_some((key, words)))
    .unzip();
    let Some(first) = keys.first() else { return };
    let message = format!("the value of the partnership with `{}` for {} is not written down", partner.id(), text::list(&missing, "and"));
    let finding = partner.finding(&LINT, route!["value", *first], message);
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}: […]`")).collect();
    found.push(finding.help(format!("add {} under `value`", text::list(&keys, "and"))));
}
