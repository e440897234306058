use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::renewal::Window;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/no-recommendation",
        severity: Severity::Warning,
        summary: "The last day to decide on the renewal is 90 days away or less, and nobody has recommended what should follow.",
        why: "Whoever knows the partnership best has to say what it is worth before somebody else decides it by the calendar. A \
              recommendation that is written down can be argued with.",
        fires: "\
stage: development
term: {start: 2025-07-01, end: 2027-01-10}",
        says: "how to go on with `acme` is to be decided by 2027-01-10, and nobody has made a recommendation",
        passes: "\
stage: development
term: {start: 2025-07-01, end: 2027-01-10}
renewal: {recommendation: modify}",
        fix: "Write `renewal:` with a `recommendation`: `expand`, `renew`, `modify` or `sunset`. What leads to it is in the playbook \
              `renewal`: performance, value, survey.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let window = |window| matches!(window, Some(Window::Approaching | Window::Due));
    let Some(renewal) = partner.measures.renewal.filter(|renewal| window(renewal.window)) else { return };
    if partner.data.renewal.as_ref().is_some_and(|renewal| renewal.recommendation.is_some()) {
        return;
    }
    let (id, day) = (partner.id(), renewal.deadline);
    let message = format!("how to go on with `{id}` is to be decided by {day}, and nobody has made a recommendation");
    let finding = partner.finding(&LINT, route!["renewal", "recommendation"], message);
    let finding = finding.related(partner.path, Place::Key(route!["term", "end"]), "the term ends");
    found.push(finding.help("write `renewal: {recommendation: renew}`, or `expand`, `modify`, `sunset`"));
}
