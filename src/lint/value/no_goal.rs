use super::super::{Check, Lint, Subject};
use super::{is_blank, written};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/no-goal",
        severity: Severity::Error,
        summary: "From negotiation on, a partner has neither an objective nor a goal.",
        why: "Without a goal nobody can say whether a partnership works. Terms are then negotiated without knowing what they should \
              bring, and every review ends with an impression.",
        fires: "\
stage: negotiation
model: reseller",
        says: "nobody has written what the partnership with `acme` is for",
        passes: "\
stage: negotiation
model: reseller
objective:
  outcome: Their installers sell to 20 customers
  metric: customers
  target: 20
  by: 2027-12-31",
        fix: "Write an `objective` with its outcome, the KPI that tells (`metric`), the number to reach (`target`) and a date (`by`). \
              Smaller aims go into `goals`.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let has_objective = partner.data.objective.as_ref().is_some_and(|objective| !is_blank(objective));
    let has_goal = partner.data.goals.iter().any(|goal| written(&goal.text).is_some() || written(&goal.kpi).is_some());
    if !partner.is_from(Phase::Negotiation) || has_objective || has_goal {
        return;
    }
    let message = format!("nobody has written what the partnership with `{}` is for", partner.id());
    let finding = partner.finding(&LINT, route!["objective"], message);
    found.push(finding.help("add `objective: {outcome: …, metric: revenue, target: 100000, by: 2027-12-31}`"));
}
