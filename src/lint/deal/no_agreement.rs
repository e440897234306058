use super::super::{Check, Lint, Subject};
use super::has_agreement;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/no-agreement",
        severity: Severity::Error,
        summary: "From onboarding on, a partner has no agreement: neither its kind, nor the day of its signature, nor a document.",
        why: "Both sides put in people and money from onboarding on. What was only said is remembered differently by each of them, and \
              the difference shows when the first invoice, lead or complaint has to be shared.",
        fires: "\
stage: onboarding
owner: Dana Wells",
        says: "`acme` is in stage onboarding and has no agreement",
        passes: "\
stage: onboarding
owner: Dana Wells
agreement: {kind: letter of intent, signed: 2026-10-30}",
        fix: "Write what there is under `agreement`: its `kind` (a letter of intent is one), the day on which it was `signed`, a \
              `link` to the document. If nothing is written down yet, do that before more work goes in.",
        settings: "`lifecycle`: the `phase` of a stage says whether it comes before onboarding. A partner that says nothing of a stage is taken to be in the first one.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.is_from(Phase::Onboarding) && !has_agreement(partner) {
        let message = format!("`{}` is in stage {} and has no agreement", partner.id(), partner.stage_id());
        let finding = partner.finding(&LINT, route!["agreement"], message);
        found.push(finding.help("add `agreement: {kind: formal, signed: 2026-01-08, link: contract.pdf}` with what there is"));
    }
}
