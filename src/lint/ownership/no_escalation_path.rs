use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/no-escalation-path",
        severity: Severity::Note,
        summary: "From onboarding on, the partnership has no escalation path.",
        why: "Sooner or later two teams disagree. If the way up is agreed while all is well, raising a matter is a step of a process; \
              if it is not, it is an attack.",
        fires: "\
stage: onboarding
owner: Dana Wells",
        says: "`acme` has no escalation path",
        passes: "\
stage: onboarding
owner: Dana Wells
escalation: [working team, partnership managers, executive sponsors, formal dispute]",
        fix: "Write the levels under `escalation`, the lowest first.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.is_from(Phase::Onboarding) && partner.data.escalation.is_empty() {
        let finding = partner.finding(&LINT, route!["escalation"], format!("`{}` has no escalation path", partner.id()));
        found.push(finding.help("add `escalation: [working team, partnership managers, executive sponsors]`"));
    }
}
