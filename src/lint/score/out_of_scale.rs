use super::super::{Check, Lint, Subject};
use super::{rows, score_of};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::{Exact, words};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/out-of-scale",
        severity: Severity::Error,
        summary: "A score is not on the scale of the workspace.",
        why: "A 7 of 5 lifts the weighted score above what any partner can reach, and the comparison of partners, for which scores are \
              there, no longer holds.",
        fires: "scores: {strategic-fit: 7, distribution: 4}",
        says: "`strategic-fit` of `acme` is scored 7, and the scale goes from 1 to 5",
        passes: "scores: {strategic-fit: 5, distribution: 4}",
        fix: "Write a score that is on the scale.",
        settings: "`scoring.scale` holds the lowest and the highest score, `[1, 5]` by default.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let scale = &partner.settings().scoring;
    let [lowest, highest] = [scale.lowest, scale.highest].map(|end| words::written(&Exact::from(end)));
    for (criterion, row) in rows(partner).filter(|(_, row)| row.off_scale) {
        let Some(score) = &row.score else { continue };
        let message = format!(
            "`{}` of `{}` is scored {}, and the scale goes from {lowest} to {highest}",
            criterion.id,
            partner.id(),
            words::written(score)
        );
        found.push(partner.finding(&LINT, score_of(criterion), message).help(format!("write a score from {lowest} to {highest}")));
    }
}
