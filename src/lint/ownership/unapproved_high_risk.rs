use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Place, Rule, Severity, Step};
use crate::model::settings::plain;
use crate::model::settings_file::{ModelCommitment, Phase};
use crate::model::values::Level;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/unapproved-high-risk",
        severity: Severity::Error,
        summary: "From onboarding on, a partnership with a risk that is likely and grave, or with a model of very high commitment, has no \
                  sign-off from head office.",
        why: "Such a partnership can cost more than the team that runs it may decide on. Head office has to know of it before the work \
              begins, not when the damage is done.",
        fires: "\
stage: onboarding
risks:
  - {risk: They are bought by a competitor, likelihood: H, impact: H, mitigation: Exit clause, owner: Dana Wells}",
        says: "head office has not signed off `acme`, which has a risk of high likelihood and high impact",
        passes: "\
stage: onboarding
risks:
  - {risk: They are bought by a competitor, likelihood: H, impact: H, mitigation: Exit clause, owner: Dana Wells}
signoffs: {head-office: 2026-10-01}",
        fix: "Get the sign-off and write its day into `signoffs: {head-office: …}`, or reduce the risk and say how in `mitigation`.",
        settings: "`models` says how much commitment each partnership model asks for.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !partner.is_from(Phase::Onboarding) {
        return;
    }
    let data = partner.data;
    let sign_off = data.signoffs.iter().find(|(name, _)| plain(name) == "head-office");
    if sign_off.is_some_and(|(_, done)| done.is_done() && done.date().is_none_or(|day| day <= partner.as_of())) {
        return;
    }
    let is_grave = |(_, risk): &(usize, &crate::model::partner::Risk)| risk.likelihood == Some(Level::H) && risk.impact == Some(Level::H);
    let risks: Vec<usize> = data.risks.iter().enumerate().filter(is_grave).map(|(at, _)| at).collect();
    let mut reasons: Vec<String> = Vec::new();
    let mut places: Vec<(Vec<Step>, &str)> = Vec::new();
    match risks.len() {
        0 => {}
        1 => reasons.push("has a risk of high likelihood and high impact".to_owned()),
        n => reasons.push(format!("has {n} risks of high likelihood and high impact")),
    }
    places.extend(risks.iter().map(|at| (route!["risks", *at, "risk"], "high likelihood, high impact")));
    if partner.asks_for(ModelCommitment::VeryHigh) {
        reasons.push("asks for very high commitment".to_owned());
        places.push((route!["model"], "this model asks for very high commitment"));
    }
    if reasons.is_empty() {
        return;
    }
    let message = format!("head office has not signed off `{}`, which {}", partner.id(), crate::text::list(&reasons, "and"));
    let key = sign_off.map_or("head-office", |(name, _)| name).to_owned();
    let finding =
        partner.finding(&LINT, route!["signoffs", &key], message).help("write `signoffs: {head-office: …}` with the day of the sign-off");
    found.push(places.into_iter().fold(finding, |finding, (route, label)| finding.related(partner.path, Place::Key(route), label)));
}
