use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/no-decision-rights",
        severity: Severity::Note,
        summary: "From onboarding on, it is not written down who decides what.",
        why: "Two companies have two chains of command. As long as nobody has agreed who may decide on prices, releases or words, small \
              questions go to the top and big ones are decided by whoever is in the room.",
        fires: "\
stage: onboarding
owner: Dana Wells",
        says: "it is not written down who decides what with `acme`",
        passes: "\
stage: onboarding
owner: Dana Wells
decision_rights:
  - {decision: strategic, authority: Executive sponsors, process: Joint approval}
  - {decision: operational, authority: Partnership managers, process: One decides and tells the other}",
        fix: "Agree with the partner who decides on what, and write it under `decision_rights`. Three lines are enough: strategic, \
              operational and daily decisions.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.is_from(Phase::Onboarding) && partner.data.decision_rights.is_empty() {
        let message = format!("it is not written down who decides what with `{}`", partner.id());
        let finding = partner.finding(&LINT, route!["decision_rights"], message);
        found.push(finding.help("add `decision_rights: [{decision: …, authority: …, process: …}]`"));
    }
}
