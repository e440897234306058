use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::ModelCommitment;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/not-quantified",
        severity: Severity::Warning,
        summary: "A partner whose model asks for high commitment has no investment or no expected return.",
        why: "A joint product or a strategic alliance costs people and years. Without the two numbers nobody can say what it may cost, \
              or notice that it no longer pays, and there is no return on investment to show.",
        fires: "\
stage: negotiation
model: co-development
investment: {ours: 120000}",
        says: "`acme` has no expected return, and its model co-development asks for high commitment",
        passes: "\
stage: negotiation
model: co-development
investment: {ours: 120000}
returns: {expected: 500000, by: 2028-12-31}",
        fix: "Write what we put in, `investment: {ours: 120000}`, and what should come back, `returns: {expected: 500000, by: 2028-12-31}`. \
              A rough estimate is better than none.",
        settings: "`models` says how much commitment a model asks for.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(asking) = partner.asking(ModelCommitment::High) else { return };
    let has_cost = partner.data.investment.as_ref().is_some_and(|investment| investment.ours.is_some());
    let has_return = partner.data.returns.as_ref().is_some_and(|returns| returns.expected.is_some());
    let (route, missing, help) = match (has_cost, has_return) {
        (true, true) => return,
        (true, false) => (route!["returns", "expected"], vec!["no expected return"], "add `returns: {expected: …, by: …}`"),
        (false, true) => (route!["investment", "ours"], vec!["no investment of ours"], "add `investment: {ours: …}`"),
        (false, false) => (
            route!["investment", "ours"],
            vec!["no investment of ours", "no expected return"],
            "add `investment: {ours: …}` and `returns: {expected: …, by: …}`",
        ),
    };
    let message = format!("`{}` has {}{asking}", partner.id(), text::list(&missing, "and"));
    found.push(partner.finding(&LINT, route, message).help(help));
}
