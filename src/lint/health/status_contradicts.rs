use super::super::{Check, Lint, Subject};
use super::uncleared;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::Band;
use crate::measures::words::health_number;
use crate::model::issue::IssueSeverity;
use crate::model::partner::Status;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "health/status-contradicts",
        severity: Severity::Warning,
        summary: "A partner is declared active or thriving and its health is red, or declared at risk and its health is green.",
        why: "One of the two is out of date. Sponsors read the status and finance reads the numbers, and they will meet.",
        fires: "\
status: thriving
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q3: 60000}}
  referrals-received: {target: 10, actuals: {2026-Q3: 7}}",
        says: "`acme` is declared thriving, and its health is red in 2026-Q3: 65.0 of 100",
        passes: "\
status: at-risk
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q3: 60000}}
  referrals-received: {target: 10, actuals: {2026-Q3: 7}}",
        fix: "Write the status that is true today. If the numbers say too little, add the KPI that would show what you know.\n\n\
              A partner that is declared at risk may be green: a warning signal that is not cleared, or an open issue that is critical \
              or high, is reason enough.",
        settings: "`health` sets from where on a health is yellow and green.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let health = &partner.measures.health;
    let (Some(status), Some(number)) = (partner.data.status, &health.number) else { return };
    let help = match (status, health.band) {
        (Status::Active | Status::Thriving, Band::Red) => "write `status: at-risk`, or correct the numbers if they are wrong",
        (Status::AtRisk, Band::Green) if !has_reason(partner) => {
            "write `status: active`, or record what the numbers do not show under `signals` or as an issue"
        }
        _ => return,
    };
    let number = health_number(&partner.whole.context, number);
    let (id, word, band) = (partner.id(), status.word(), health.band.word());
    let message = format!("`{id}` is declared {word}, and its health is {band} in {}: {number} of 100", health.quarter);
    found.push(partner.finding(&LINT, route!["status"], message).help(help));
}

/// True where something besides the numbers says that a partner is at risk.
fn has_reason(partner: &Subject<'_>) -> bool {
    let is_grave = |severity| matches!(severity, Some(IssueSeverity::Critical | IssueSeverity::High));
    uncleared(partner).next().is_some() || partner.issues().any(|(_, issue)| issue.is_open() && is_grave(issue.severity))
}
