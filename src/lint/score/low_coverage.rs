use super::super::{Check, Lint, Subject};
use super::rows;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::score::LEAST_COVERAGE;
use crate::measures::{Exact, words};
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
        fix: "Score more criteria, the heaviest first.",
        settings: "`scoring.criteria` defines the criteria and their weights.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let score = &partner.measures.score;
    // Nothing scored at all is another matter.
    if score.number.is_some() || score.rows.iter().all(|row| row.score.is_none()) {
        return;
    }
    let is_low = score.coverage < Exact::from(LEAST_COVERAGE).of_percent();
    let mut open: Vec<_> = rows(partner).filter(|(_, row)| row.score.is_none() && !row.weight.is_zero()).collect();
    if !is_low || open.is_empty() {
        return;
    }
    open.sort_by(|(_, a), (_, b)| b.weight.cmp(&a.weight));
    let message = format!(
        "{} of the weight of the scoring model is scored for `{}`, which is too little for a score",
        words::score_coverage(&score.coverage),
        partner.id()
    );
    let open: Vec<String> = open.iter().map(|(criterion, _)| format!("`{}`", criterion.id)).collect();
    let help = format!("score {} as well; {LEAST_COVERAGE} % of the weight is enough", text::list(&open, "or"));
    found.push(partner.finding(&LINT, route!["scores"], message).help(help));
}
