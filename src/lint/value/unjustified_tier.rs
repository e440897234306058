use super::super::{Check, Lint, Subject};
use super::requirement::unmet;
use super::written;
use crate::content::read::{one_of, short};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/unjustified-tier",
        severity: Severity::Warning,
        summary: "A partner is in a tier that the workspace does not define, or, from onboarding on, in one whose requirements it does not meet.",
        why: "A tier decides how much of our time a partner gets. One that is given as a favour takes that time from partners who have \
              earned it, and the next partner will ask for the same.",
        fires: "\
stage: development
tier: gold
kpis: {revenue: {target: 50000, actuals: {2026-Q2: 41000, 2026-Q3: 38500}}}
=== partnerbook.yaml
tiers:
  silver: Silver
  gold: {name: Gold, requirements: [agreement, revenue >= 50000, A sponsor who answers]}",
        says: "`acme` does not meet what tier `gold` asks for: `agreement` is missing; `revenue` was USD 38,500 in 2026-Q3, not at least USD 50,000",
        passes: "\
stage: development
tier: gold
agreement: {kind: formal, signed: 2026-01-08}
kpis: {revenue: {target: 50000, actuals: {2026-Q2: 41000, 2026-Q3: 52000}}}
=== partnerbook.yaml
tiers:
  silver: Silver
  gold: {name: Gold, requirements: [agreement, revenue >= 50000, A sponsor who answers]}",
        fix: "Write the tier that fits, or do what the tier asks for. A tier that the settings do not know is a slip, or belongs into \
              `tiers`.\n\n\
              Three kinds of requirements are checked; any other is for people alone:\n\n\
              - a key of the partner's file that must be there: `agreement`, `signoffs.head-office`;\n\
              - a number of a KPI in its newest closed period: `revenue >= 50000`, `support-tickets <= 20`;\n\
              - the score in percent of the highest, or the health: `score >= 70`, `health >= 80`.\n\n\
              What has no value yet is no finding.",
        settings: "`tiers` defines the tiers and their `requirements`.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(written) = written(&partner.data.tier) else { return };
    let settings = partner.settings();
    let Some(tier) = settings.tier_index(written).and_then(|at| settings.tiers.get(at)) else {
        let tiers: Vec<&str> = settings.tiers.iter().map(|tier| tier.id.as_str()).collect();
        let message = format!("`{}` is in tier `{}`, which the settings do not define", partner.id(), short(written));
        found.push(partner.finding(&LINT, route!["tier"], message).help(one_of(written, &tiers)));
        return;
    };
    // Until then the tier is a plan.
    if !partner.is_from(Phase::Onboarding) {
        return;
    }
    let open: Vec<(usize, String)> =
        tier.requirements.iter().enumerate().filter_map(|(at, text)| Some((at, unmet(partner, text)?))).collect();
    if open.is_empty() {
        return;
    }
    let reasons: Vec<&str> = open.iter().map(|(_, reason)| reason.as_str()).collect();
    let message = format!("`{}` does not meet what tier `{}` asks for: {}", partner.id(), tier.id, reasons.join("; "));
    let mut finding = partner.finding(&LINT, route!["tier"], message);
    for (at, _) in &open {
        let place = Place::Key(route!["tiers", &tier.id, "requirements", *at]);
        finding = finding.related(&partner.whole.settings_path, place, "what the tier asks for");
    }
    let others: Vec<String> = settings.tiers.iter().filter(|other| other.id != tier.id).map(|other| format!("`{}`", other.id)).collect();
    found.push(finding.help(match others.as_slice() {
        [] => "do what the tier asks for".to_owned(),
        others => format!("do what the tier asks for, or write a tier that fits, such as {}", text::list(others, "or")),
    }));
}
