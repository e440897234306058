use super::super::{Check, Lint, Subject};
use super::{has_agreement, is_blank};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::{ModelCommitment, Phase};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/no-exit-terms",
        severity: Severity::Warning,
        summary: "From onboarding on, a partnership that asks for medium commitment or more has no exit terms.",
        why: "Notice, winding down and data are agreed in an hour while both sides want to begin, and in months of letters once one \
              of them wants to leave. Shared customers pay for the difference.",
        fires: "\
stage: development
model: reseller
agreement: {kind: formal, signed: 2026-01-08}",
        says: "nothing says what holds when the reseller partnership with `acme` ends",
        passes: "\
stage: development
model: reseller
agreement: {kind: formal, signed: 2026-01-08}
exit_terms: {notice: 90 days, wind_down: 6 months, data: Delete within 30 days, non_compete: none}",
        fix: "Write `exit_terms` as they are agreed: `notice`, `wind_down`, `data`, `non_compete`. If they are not agreed, put them \
              on the list for the next renewal.\n\n\
              A partner that has no agreement at all is told by `deal/no-agreement`.",
        settings: "`models` say how much commitment each asks for.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    // Without an agreement nothing is agreed; that is told by `deal/no-agreement`.
    if !partner.is_from(Phase::Onboarding)
        || !partner.asks_for(ModelCommitment::Medium)
        || (!has_agreement(partner) && partner.hears_of(&super::no_agreement::LINT))
    {
        return;
    }
    let is_written = partner.data.exit_terms.as_ref().is_some_and(|terms| {
        [&terms.notice, &terms.wind_down, &terms.data, &terms.non_compete].iter().any(|text| !is_blank(text.as_ref()))
    });
    if !is_written {
        let model = partner.model().map_or("", |model| model.id.as_str());
        let message = format!("nothing says what holds when the {model} partnership with `{}` ends", partner.id());
        let finding = partner.finding(&LINT, route!["exit_terms"], message);
        found.push(finding.help("add `exit_terms:` with `notice`, `wind_down`, `data` and `non_compete`"));
    }
}
