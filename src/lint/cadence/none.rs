use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/none",
        severity: Severity::Error,
        summary: "A partner in onboarding or later has no regular meeting.",
        why: "Partnerships that nobody meets about run on goodwill until the first problem, and then nobody knows whom to call. A \
              short meeting with a fixed rhythm costs little and is where trouble is heard first.",
        fires: "\
stage: onboarding
owner: dana",
        says: "`acme` is in stage onboarding and has no regular meeting",
        passes: "\
stage: onboarding
owner: dana
forums:
  working: {every: fortnight, minutes: 30, attendees: [dana], purpose: Operations}",
        fix: "Agree on a rhythm with the partner and write it under `forums`: a name, `every`, and best who takes part.",
        settings: "`lifecycle`: the `phase` of a stage says whether it comes before onboarding. A partner that says nothing of a stage is \
                   taken to be in the first one.",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.is_from(Phase::Onboarding) && partner.data.forums.is_empty() {
        let message = format!("`{}` is in stage {} and has no regular meeting", partner.id(), partner.stage_id());
        let finding = partner.finding(&LINT, route!["forums"], message);
        found.push(finding.help("agree on one and add it, such as `forums: {working: {every: fortnight}}`"));
    }
}
