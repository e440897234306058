use super::super::{Check, Lint, Subject};
use super::name;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "risk/no-mitigation",
        severity: Severity::Warning,
        summary: "A risk does not say what is done about it.",
        why: "A risk that is only written down happens just the same. To accept it is a mitigation too, if somebody has decided that.",
        fires: "\
risks:
  - {risk: Dependency grows, likelihood: M, impact: H, owner: Dana Wells}",
        says: "the risk `Dependency grows` of `acme` has no mitigation",
        passes: "\
risks:
  - {risk: Dependency grows, likelihood: M, impact: H, mitigation: Second marketplace by June, owner: Dana Wells}",
        fix: "Write under `mitigation` what makes it less likely or less bad, or that it is accepted and why.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, risk) in partner.data.risks.iter().enumerate() {
        if risk.mitigation.as_deref().is_none_or(str::is_empty) {
            let message = format!("{} of `{}` has no mitigation", name(at, risk), partner.id());
            let finding = partner.finding(&LINT, route!["risks", at, "mitigation"], message);
            found.push(finding.help("add `mitigation: …`: what is done about it, or that it is accepted and why"));
        }
    }
}
