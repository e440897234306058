use super::super::{Check, Lint, Subject};
use super::{rows, score_of};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::{Exact, words};
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/veto",
        severity: Severity::Error,
        summary: "From onboarding on, a criterion is scored under its minimum.",
        why: "A minimum is for what nothing else makes up for. Reach does not help with a partner whose strategy leads elsewhere, \
              whatever the total says.",
        fires: "\
stage: onboarding
scores: {strategic-fit: 2, distribution: 5, feasibility: 5, mutual-value: 5}
=== partnerbook.yaml
scoring:
  criteria:
    strategic-fit: {weight: 25, minimum: 3}
    distribution: {weight: 25}
    feasibility: {weight: 25}
    mutual-value: {weight: 25}",
        says: "`strategic-fit` of `acme` is scored 2, under its minimum of 3",
        passes: "\
stage: onboarding
scores: {strategic-fit: 3, distribution: 5, feasibility: 5, mutual-value: 5}
=== partnerbook.yaml
scoring:
  criteria:
    strategic-fit: {weight: 25, minimum: 3}
    distribution: {weight: 25}
    feasibility: {weight: 25}
    mutual-value: {weight: 25}",
        fix: "If the score is no longer right, write the new one with its evidence and date. If it is, decide whether to go on, and waive \
              the rule with the reason if you do.",
        settings: "`scoring.criteria` gives a criterion its `minimum`. Where less is better (`inverse`), the minimum is of what counts: \
                   on a scale from 1 to 5, a risk of 4 counts as 2.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !partner.is_from(Phase::Onboarding) {
        return;
    }
    for (criterion, row) in rows(partner).filter(|(_, row)| row.veto && !row.off_scale) {
        let (Some(score), Some(counts), Some(minimum)) = (&row.score, &row.effective, criterion.minimum) else { continue };
        let counts = if criterion.inverse { format!(", which counts as {}", words::written(counts)) } else { String::new() };
        let message = format!(
            "`{}` of `{}` is scored {}{counts}, under its minimum of {}",
            criterion.id,
            partner.id(),
            words::written(score),
            words::written(&Exact::from(minimum))
        );
        let minimum = Place::Key(route!["scoring", "criteria", &criterion.id, "minimum"]);
        let finding = partner.finding(&LINT, score_of(criterion), message);
        found.push(
            finding
                .related(&partner.whole.settings_path, minimum, "the minimum")
                .help("write a new score with its evidence, or decide whether the partnership should go on"),
        );
    }
}
