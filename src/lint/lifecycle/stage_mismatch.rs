use super::super::{Check, Lint, Subject};
use super::{ids, passed_over, skipped_stage, way};
use crate::diagnostics::{Finding, Fix, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/stage-mismatch",
        severity: Severity::Error,
        summary: "`stage` is not the stage of the last recorded move.",
        why: "One of the two is wrong, and everybody who reads only the other one is misled: lists, expectations and deadlines follow \
              `stage`, the history and the age of the stage follow `lifecycle`.",
        fires: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-09-01, decision: approved-for-outreach}",
        says: "`stage` says negotiation, and the last recorded move of `acme` is to research",
        passes: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-09-01, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2026-10-01}",
        fix: "Add the move to `lifecycle`, or correct `stage`. `stage` may also be left out: then the last move tells it. \
              `partnerbook check --fix` sets `stage` to the last recorded one.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let (Some(stage), true) = (partner.entry.stage, partner.data.stage.is_some()) else { return };
    let moves = &partner.data.lifecycle;
    let last = moves.last().and_then(|last| partner.settings().stage_index(last.stage.as_deref()?));
    let Some(last) = last.filter(|last| *last != stage) else { return };
    // That it is too far ahead is told by `lifecycle/skipped-stage`.
    let is_ahead = |way: Vec<usize>| !passed_over(partner, &way, Some(last), stage).is_empty();
    if partner.hears_of(&skipped_stage::LINT) && way(partner).is_some_and(is_ahead) {
        return;
    }
    let (stage, last) = (ids(partner, &[stage]).join(""), ids(partner, &[last]).join(""));
    let message = format!("`stage` says {stage}, and the last recorded move of `{}` is to {last}", partner.id());
    let related = Place::Key(route!["lifecycle", moves.len() - 1, "stage"]);
    let finding = partner.finding(&LINT, route!["stage"], message).related(partner.path, related, "the last recorded move");
    let fix = Fix::new(format!("write `stage: {last}`, as the last recorded move says")).value(route!["stage"], last.as_str());
    found.push(finding.help(format!("add the move to {stage} under `lifecycle`, or write `stage: {last}`")).fix(fix));
}
