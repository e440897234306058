use super::super::{Check, Lint, Subject};
use super::{rows, score_of};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::{Exact, words};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/no-evidence",
        severity: Severity::Note,
        summary: "A score of 4 or 5 has no evidence.",
        why: "High scores decide, and they are the ones that hope writes. One fact beside the number lets the next reader see why it \
              was given and whether it still holds.",
        fires: "\
scores:
  strategic-fit: {score: 5, evidence: Same buyer in 31 of 40 accounts}
  distribution: 4",
        says: "`distribution` of `acme` is scored 4 without evidence",
        passes: "\
scores:
  strategic-fit: {score: 5, evidence: Same buyer in 31 of 40 accounts}
  distribution: {score: 4, evidence: 210 certified installers}",
        fix: "Add `evidence`, a few words with a fact in them, or a lower score.",
        settings: "Where `scoring.scale` is another one than `[1, 5]`, the rule is about scores in the upper quarter of the scale.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let scale = &partner.settings().scoring;
    let (lowest, highest) = (Exact::from(scale.lowest), Exact::from(scale.highest));
    let quarter = (&highest - &lowest).over(&Exact::from(4)).unwrap_or_default();
    let high = &highest - &quarter;
    for (criterion, row) in rows(partner) {
        let Some(score) = row.score.as_ref().filter(|score| **score >= high && !row.off_scale) else { continue };
        if row.evidence.as_deref().is_none_or(str::is_empty) {
            let message = format!("`{}` of `{}` is scored {} without evidence", criterion.id, partner.id(), words::written(score));
            let help = format!("write `{}: {{score: {}, evidence: …}}`", criterion.id, words::written(score));
            found.push(partner.finding(&LINT, score_of(criterion), message).help(help));
        }
    }
}
