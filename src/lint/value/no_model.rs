use super::super::{Check, Lint, Subject};
use super::written;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/no-model",
        severity: Severity::Error,
        summary: "From negotiation on, a partner has no partnership model.",
        why: "The model says how the two make money together, and how much that asks of both. A referral and a joint product need \
              different terms, different people and different numbers; whoever negotiates without a model negotiates all of them.",
        fires: "\
stage: negotiation
objective: Their advisers send us leads",
        says: "`acme` has no partnership model",
        passes: "\
stage: negotiation
model: referral
objective: Their advisers send us leads",
        fix: "Write `model:` with one of the models of the workspace.",
        settings: "`models` adds models to the known ones, and changes them.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.is_from(Phase::Negotiation) && written(&partner.data.model).is_none() {
        let models: Vec<String> = partner.settings().models.iter().map(|model| format!("`{}`", model.id)).collect();
        let finding = partner.finding(&LINT, route!["model"], format!("`{}` has no partnership model", partner.id()));
        found.push(finding.help(format!("add `model: …` with {}", text::list(&models, "or"))));
    }
}
