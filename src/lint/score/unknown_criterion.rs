use super::super::{Check, Lint, Subject};
use crate::content::read::{one_of, short};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/unknown-criterion",
        severity: Severity::Error,
        summary: "A score is given for a criterion that the scoring model does not have.",
        why: "Such a score counts for nothing. Most often it is a slip, and the criterion that was meant stays without a score.",
        fires: "scores: {strategic-fti: 5, distribution: 4}",
        says: "`strategic-fti` is not a criterion of the scoring model",
        passes: "scores: {strategic-fit: 5, distribution: 4}",
        fix: "Write the criterion as the settings do, or add it to the scoring model.",
        settings: "`scoring.criteria` defines the criteria, in place of the known ones.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let criteria = &partner.settings().criteria;
    for id in partner.data.scores.keys().filter(|id| criteria.iter().all(|criterion| criterion.id != *id)) {
        let known: Vec<&str> = criteria.iter().map(|criterion| criterion.id.as_str()).collect();
        let message = format!("`{}` is not a criterion of the scoring model", short(id));
        found.push(partner.finding_in(&LINT, partner.path, Place::Name(route!["scores", id.to_owned()]), message).help(one_of(id, &known)));
    }
}
