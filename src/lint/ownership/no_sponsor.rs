use super::super::{Check, Lint, Subject};
use super::filled;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::governance::Role;
use crate::model::settings_file::{ModelCommitment, Phase};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/no-sponsor",
        severity: Severity::Warning,
        summary: "From onboarding on, the partnership has no executive sponsor; an error where its model asks for high commitment or more.",
        why: "When priorities change, a partnership without a sponsor is the first to lose its people and its budget. The sponsor is \
              also the last step before a dispute becomes a formal one.",
        fires: "\
stage: onboarding
roles:
  - {role: partnership-manager, ours: Dana Wells, theirs: Sam Lee}",
        says: "`acme` has no executive sponsor",
        passes: "\
stage: onboarding
roles:
  - {role: executive-sponsor, ours: Kim Sato, theirs: Noor Haddad}
  - {role: partnership-manager, ours: Dana Wells, theirs: Sam Lee}",
        fix: "Find somebody on each side who can decide on money and priorities, and add the two under `roles` as `executive-sponsor`.",
        settings: "`models` says how much commitment each partnership model asks for.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !partner.is_from(Phase::Onboarding) {
        return;
    }
    let roles = &partner.data.roles;
    let sponsors = || roles.iter().enumerate().filter(|(_, role)| is_sponsor(role));
    // A sponsor on one side only is told by `ownership/unpaired-role`.
    let told = partner.hears_of(&super::unpaired_role::LINT);
    let sides = |role: &Role| [filled(role.ours.as_ref()).is_some(), filled(role.theirs.as_ref()).is_some()];
    if sponsors().any(|(_, role)| if told { sides(role).contains(&true) } else { sides(role) == [true, true] }) {
        return;
    }
    let place = match sponsors().next() {
        Some((at, _)) => Place::Key(route!["roles", at, "ours"]),
        None => Place::Name(route!["roles"]),
    };
    let asking = partner.asking(ModelCommitment::High);
    let severity = if asking.is_some() { Severity::Error } else { LINT.rule.severity };
    let message = format!("`{}` has no executive sponsor{}", partner.id(), asking.unwrap_or_default());
    let finding = partner.finding_in(&LINT, partner.path, place, message).severity(severity);
    found.push(finding.help("add `{role: executive-sponsor, ours: …, theirs: …}` under `roles`"));
}

/// However it is spelled: `executive-sponsor`, `Exec sponsor`, `sponsor`.
fn is_sponsor(role: &Role) -> bool {
    let words = role.role.as_deref().unwrap_or_default().to_lowercase();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| word == "sponsor")
}
