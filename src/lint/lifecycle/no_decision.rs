use super::super::{Check, Lint, Subject};
use super::{Step, decision, steps};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/no-decision",
        severity: Severity::Error,
        summary: "A partner moved on from a stage, and the decision that ended the stage is not recorded.",
        why: "A partnership that slides from stage to stage was never chosen. The decision, with who made it and why, is what one comes \
              back to when the partnership is questioned a year later.",
        fires: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-07-06}
  - {stage: negotiation, entered: 2026-09-14}",
        says: "`acme` left research for negotiation on 2026-09-14, and no decision is recorded",
        passes: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-07-06, decision: approved-for-outreach, decided: 2026-09-10, by: Kim Sato}
  - {stage: negotiation, entered: 2026-09-14}",
        fix: "Add `decision` to the move that was left, best with `decided`, `by` and `reason`. The page of the lifecycle lists the \
              decisions of each stage.",
        settings: "`lifecycle` defines the decisions of each stage. A stage without any asks for none, and neither does a way back or out \
                   that no decision of the stage leads to: the first is explained by its `reason`, the second under `exit`.",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for step in steps(partner).filter(|step| step.from != step.to) {
        if step.stage.decisions.is_empty() || decision(step.left).is_some() || step.is_beyond_decisions() {
            continue;
        }
        let (left, entered) = (&step.stage.id, step.entered());
        let message = format!("`{}` left {left} for {entered}{}, and no decision is recorded", partner.id(), step.on());
        let finding = partner.finding(&LINT, route!["lifecycle", step.at, "decision"], message).help(help(&step));
        found.push(finding.related(partner.path, Place::Key(route!["lifecycle", step.at + 1, "stage"]), "the next move"));
    }
}

fn help(step: &Step<'_>) -> String {
    let fitting = step.fitting();
    if let [only] = fitting.as_slice() {
        return format!("add `decision: {only}` to this move");
    }
    let all = || step.stage.decisions.iter().map(|(word, _)| word.as_str()).collect();
    let words: Vec<&str> = if fitting.is_empty() { all() } else { fitting };
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    format!("add `decision: …` to this move: {}", text::list(&words, "or"))
}
