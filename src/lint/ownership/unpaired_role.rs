use std::collections::BTreeSet;

use super::super::{Check, Lint, Subject};
use super::filled;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::governance::Role;
use crate::model::settings::plain;
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/unpaired-role",
        severity: Severity::Warning,
        summary: "From onboarding on, a role is filled on one side only.",
        why: "A partnership is kept by pairs of people: somebody here who knows whom to call over there. A role without its counterpart \
              is the place where questions wait and promises are lost.",
        fires: "\
stage: onboarding
roles:
  - {role: executive-sponsor, ours: Kim Sato, theirs: Sam Lee}
  - {role: technical-lead, ours: Dana Wells}",
        says: "the technical-lead of `acme` is named on our side only",
        passes: "\
stage: onboarding
roles:
  - {role: executive-sponsor, ours: Kim Sato, theirs: Sam Lee}
  - {role: technical-lead, ours: Dana Wells, theirs: Noor Haddad}",
        fix: "Ask the other side who it is, and add the name. If the partnership does not need the role, remove its line.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !partner.is_from(Phase::Onboarding) {
        return;
    }
    let roles = &partner.data.roles;
    // The two sides of a role may stand in two lines.
    let named_by = |side: fn(&Role) -> Option<&String>| -> BTreeSet<String> {
        roles.iter().filter(|role| filled(side(role)).is_some()).filter_map(|role| role.role.as_deref().map(plain)).collect()
    };
    let (ours, theirs) = (named_by(|role| role.ours.as_ref()), named_by(|role| role.theirs.as_ref()));
    for (at, role) in roles.iter().enumerate() {
        let (filled_by, missing, others) = match (filled(role.ours.as_ref()), filled(role.theirs.as_ref())) {
            (Some(_), None) => ("our", "theirs", &theirs),
            (None, Some(_)) => ("their", "ours", &ours),
            _ => continue,
        };
        if role.role.as_deref().is_some_and(|name| others.contains(&plain(name))) {
            continue;
        }
        let message = match filled(role.role.as_ref()) {
            Some(name) => format!("the {name} of `{}` is named on {filled_by} side only", partner.id()),
            None => format!("a role of `{}` is filled on {filled_by} side only", partner.id()),
        };
        let finding = partner.finding(&LINT, route!["roles", at, missing], message);
        found.push(finding.help(format!("add `{missing}: …` with the name of the person")));
    }
}
