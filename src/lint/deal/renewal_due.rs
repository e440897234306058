use super::super::{Check, Lint, Subject};
use super::{away, deadline, ended};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::renewal::Window;
use crate::model::agreement::Recommendation;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/renewal-due",
        severity: Severity::Warning,
        summary: "In 60 days or less the term ends or, where it renews by itself, the last day to give notice comes or has passed \
                  without a recommendation to go on.",
        why: "From now on every week without a decision is one less to negotiate in. A term that ends takes prices, exclusivity and \
              support with it; one that renews by itself binds both sides for another term.",
        fires: "\
stage: development
term: {start: 2025-01-08, end: 2027-01-07}
renewal: {recommendation: renew}",
        says: "the term of `acme` ends on 2027-01-07, in 48 days",
        passes: "\
stage: development
term: {start: 2025-01-20, end: 2027-01-20}
renewal: {recommendation: renew}",
        fix: "Decide. Then write the new term under `term`, or give notice, move the partner to the exit and plan it there.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(renewal) = partner.measures.renewal else { return };
    let recommended = partner.data.renewal.as_ref().and_then(|renewal| renewal.recommendation);
    let goes_on = matches!(recommended, Some(Recommendation::Renew | Recommendation::Expand));
    let message = match renewal.window {
        Some(Window::Due) => deadline(partner, &renewal),
        // Past its deadline and not over is only what renews by itself. Where that is what was recommended, all is well.
        Some(Window::Overdue) if ended(partner).is_none() && !goes_on => {
            let (id, day, when) = (partner.id(), renewal.deadline, away(renewal.days));
            format!("notice to `{id}` had to be given by {day}, {when}; its term now renews by itself")
        }
        _ => return,
    };
    let help = match recommended {
        Some(Recommendation::Renew | Recommendation::Expand) => "agree on the next term and write it under `term`",
        Some(Recommendation::Modify) => "agree on the changed terms and write the next term under `term`",
        Some(Recommendation::Sunset) => "tell the partner, and plan the exit",
        None => "decide whether to expand, renew, modify or end it",
    };
    found.push(partner.finding(&LINT, route!["term", "end"], message).help(help));
}
