use super::super::settings::{is_known, nearest};
use super::super::{Check, Lint, Subject, rules};
use crate::content::read::short;
use crate::diagnostics::{Finding, Fix, Rule, Severity};
use crate::route;
use crate::text::suggest;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "waiver/incomplete",
        severity: Severity::Error,
        summary: "A waiver does not say which rule it is about, why, who decided it, or until when.",
        why: "A waiver is a decision: somebody takes on a risk, for a reason, for a time. Without those three it would only be a way to \
              make a warning go away, so it waives nothing.",
        fires: "waive: [{rule: kpi/stale, by: kim, until: 2027-01-31}]",
        says: "the waiver of `kpi/stale` does not say why",
        passes: "waive: [{rule: kpi/stale, reason: CRM migration until January, by: kim, until: 2027-01-31}]",
        fix: "Write all four: `rule`, `reason`, `by` and `until`.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, waiver) in partner.data.waive.iter().enumerate() {
        let Some(rule) = waiver.rule.as_deref().filter(|rule| !rule.is_empty()) else {
            let finding = partner.finding(&LINT, route!["waive", at], "this waiver does not say which rule it is about");
            found.push(finding.help("add `rule: …` with the name of a rule, such as `kpi/stale`"));
            continue;
        };
        if !is_known(rule) {
            let message = format!("this waiver is about `{}`, and there is no such rule", short(rule));
            let certain = suggest::certain(rule, rules().map(|rule| rule.name));
            let fix = certain.map(|meant| Fix::replacing(rule, meant).value(route!["waive", at, "rule"], meant));
            found.push(partner.finding(&LINT, route!["waive", at, "rule"], message).help(nearest(rule)).maybe_fix(fix));
            continue;
        }
        let missing: Vec<&str> = [
            ("why", waiver.reason.as_deref().is_none_or(str::is_empty)),
            ("who decided it", waiver.by.as_deref().is_none_or(str::is_empty)),
            ("until when", waiver.until.is_none()),
        ]
        .into_iter()
        .filter_map(|(what, missing)| missing.then_some(what))
        .collect();
        if !missing.is_empty() {
            let message = format!("the waiver of `{rule}` does not say {}", crate::text::list(&missing, "or"));
            let finding = partner.finding(&LINT, route!["waive", at], message);
            found.push(finding.help("write `{rule: …, reason: …, by: …, until: 2027-01-31}`"));
        }
    }
}
