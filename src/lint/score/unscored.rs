use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/unscored",
        severity: Severity::Warning,
        summary: "From negotiation on, a partner has no scores.",
        why: "Terms are negotiated with this partner, and so not with others. Scores say on what that choice rests, and let somebody \
              else disagree with it.",
        fires: "stage: negotiation",
        says: "`acme` has no scores",
        passes: "\
stage: negotiation
scores: {strategic-fit: 4, distribution: 3, feasibility: 3, mutual-value: 4, decision-velocity: 3, risk: 2}",
        fix: "Score the partner on the criteria of the workspace under `scores`, with a word of evidence for each high one.",
        settings: "`scoring.criteria` defines the criteria.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let has_scores = partner.data.scores.iter().any(|(_, score)| score.score.is_some());
    if partner.is_from(Phase::Negotiation) && !has_scores {
        let criteria = &partner.settings().criteria;
        let first = criteria.first().map_or("strategic-fit", |criterion| criterion.id.as_str());
        let finding = partner.finding(&LINT, route!["scores"], format!("`{}` has no scores", partner.id()));
        found.push(finding.help(format!("add `scores: {{{first}: {{score: 4, evidence: …, on: {}}}, …}}`", partner.as_of())));
    }
}
