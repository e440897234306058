use super::super::{Check, Lint, Subject};
use super::{away, days_late, ended, renews_by_itself};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/expired",
        severity: Severity::Error,
        summary: "The term of the agreement has ended, and the partner has not left.",
        why: "Both sides go on working without terms: shares, exclusivity, data and liability are open again, and nobody decided \
              that. Where a term renews by itself, the next day to give notice passes unseen.",
        fires: "\
stage: development
term: {start: 2024-10-01, end: 2026-09-30}",
        says: "the term of `acme` ended on 2026-09-30, 51 days ago",
        passes: "\
stage: development
term: {start: 2026-10-01, end: 2028-09-30}",
        fix: "Sign a new term and write it under `term`, or end the partnership and record the exit.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((end, days)) = ended(partner).and_then(|end| Some((end, days_late(partner, end)?))) else { return };
    let id = partner.id();
    if renews_by_itself(partner) {
        let message = format!("the term of `{id}` ended on {end} and renews by itself; its new end is not written down");
        let finding = partner.finding(&LINT, route!["term", "end"], message);
        found.push(finding.help("write the day on which the present term ends"));
        return;
    }
    let message = format!("the term of `{id}` ended on {end}, {}", away(-days));
    let exit = partner.settings().stages.last().map_or("exited", |stage| stage.id.as_str());
    let help = format!("sign a new term and write it under `term`, or move the partner to {exit}");
    found.push(partner.finding(&LINT, route!["term", "end"], message).help(help));
}
