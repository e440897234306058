use super::super::{Check, Lint, Subject};
use super::deadline;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::renewal::Window;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/renewal-approaching",
        severity: Severity::Note,
        summary: "In 61 to 90 days the term ends or, where it renews by itself, the last day to give notice comes.",
        why: "A good renewal takes two or three months: look at the numbers, ask the people on both sides, recommend, propose. Begun \
              later, it becomes a signature under the old terms.",
        fires: "\
stage: development
term: {start: 2025-02-10, end: 2027-02-09}
renewal: {recommendation: expand}",
        says: "the term of `acme` ends on 2027-02-09, in 81 days",
        passes: "\
stage: development
term: {start: 2025-02-10, end: 2027-02-19}",
        fix: "Assess the partnership, ask its stakeholders, and write a recommendation under `renewal`; the playbook `renewal` leads \
              through it. The note goes when the new term is written.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(renewal) = partner.measures.renewal.filter(|renewal| renewal.window == Some(Window::Approaching)) else { return };
    let recommended = partner.data.renewal.as_ref().and_then(|renewal| renewal.recommendation);
    let help = if recommended.is_some() {
        "agree on what follows with the partner, and write the new term once it is signed"
    } else {
        "begin to assess the partnership, so that a recommendation is there in time"
    };
    found.push(partner.finding(&LINT, route!["term", "end"], deadline(partner, &renewal)).help(help));
}
