use super::super::{Check, Lint, Subject};
use super::outlives;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "waiver/expired",
        severity: Severity::Error,
        summary: "The end date of a waiver has passed.",
        why: "From that day on the finding counts again. Somebody has to decide anew: is the matter settled, or does it go on?",
        fires: "waive: [{rule: kpi/stale, reason: CRM migration, by: kim, until: 2026-10-31}]",
        says: "the waiver of `kpi/stale` ended on 2026-10-31",
        passes: "waive: [{rule: kpi/stale, reason: CRM migration, by: kim, until: 2027-01-31}]",
        fix: "Put right what it was about and remove the waiver, or decide on a new `until` and say why in `reason`.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, waiver) in partner.data.waive.iter().enumerate() {
        let (Some(rule), Some(until)) = (waiver.rule.as_deref(), waiver.until) else { continue };
        if until < partner.as_of() && (!partner.has_left || outlives(waiver)) {
            let message = format!("the waiver of `{rule}` ended on {until}");
            let finding = partner.finding(&LINT, route!["waive", at, "until"], message);
            found.push(finding.help("remove it, or decide on a new end date"));
        }
    }
}
