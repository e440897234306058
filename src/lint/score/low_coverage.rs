use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::score::LEAST_COVERAGE;
use crate::measures::{Exact, words};
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/low-coverage",
        severity: Severity::Warning,
        summary: "Criteria with less than 60 % of the weight are scored, so there is no weighted score.",
        why: "A score made of the two things that we happened to know says more about us than about the partner. Below 60 % no number \
              is shown, and the partner cannot be compared with others.",
        fires: "scores: {strategic-fit: 4, distribution: 3, risk: 2}",
        says: "55 % of the weight of the scoring model is scored for `acme`, which is too little for a score",
        passes: "scores: {strategic-fit: 4, distribution: 3, feasibility: 3, risk: 2}",
        fix: "Score more criteria, the heaviest first.\n\n\
              A partner of whom nothing is scored is told by `score/unscored`.",
        settings: "`scoring.criteria` defines the criteria and their weights.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let score = &partner.measures.score;
    // That nothing is scored at all is told by `score/unscored`; before negotiation there need not be anything.
    let is_unscored = score.rows.iter().all(|row| row.score.is_none());
    let is_told = !partner.is_from(Phase::Negotiation) || partner.hears_of(&super::unscored::LINT);
    if score.number.is_some() || (is_unscored && is_told) {
        return;
    }
    let is_low = score.coverage < Exact::from(LEAST_COVERAGE).of_percent();
    let is_open = |id: &str| partner.data.scores.get(id).is_none_or(|score| score.score.is_none());
    let criteria = partner.settings().criteria.iter().filter(|criterion| criterion.weight > Decimal::ZERO);
    let mut open: Vec<_> = criteria.filter(|criterion| is_open(&criterion.id)).collect();
    if !is_low || open.is_empty() {
        return;
    }
    open.sort_by_key(|criterion| Reverse(criterion.weight));
    let message = format!(
        "{} of the weight of the scoring model is scored for `{}`, which is too little for a score",
        words::score_coverage(&score.coverage),
        partner.id()
    );
    let open: Vec<String> = open.iter().map(|criterion| format!("`{}`", criterion.id)).collect();
    let help = format!("score {} as well; {LEAST_COVERAGE} % of the weight is enough", text::list(&open, "or"));
    found.push(partner.finding(&LINT, route!["scores"], message).help(help));
}
