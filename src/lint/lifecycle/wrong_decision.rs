use super::super::{Check, Lint, Subject};
use super::{Step, decision, known_decision, leads_to, passed_over, skipped_stage, step, steps, way};
use crate::content::read::{one_of, short};
use crate::diagnostics::{Finding, Fix, Place, Rule, Severity};
use crate::model::settings::Stage;
use crate::route;
use crate::text::{self, suggest};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/wrong-decision",
        severity: Severity::Error,
        summary: "A recorded decision is none of its stage, or leads elsewhere than to the next recorded stage.",
        why: "Either the decision is written down wrongly, or the partner went somewhere that nobody decided on. Both make the record \
              useless at the moment when somebody asks who agreed to this.",
        fires: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-07-06, decision: needs-more-research}
  - {stage: negotiation, entered: 2026-09-14}",
        says: "`needs-more-research` means to stay in research, and `acme` moved to negotiation on 2026-09-14",
        passes: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-05-04, decision: needs-more-research}
  - {stage: research, entered: 2026-07-06, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2026-09-14}",
        fix: "Correct the decision, or the move that follows it. If more was decided in between, record that as a move of its own: a \
              stage may be entered again.",
        settings: "`lifecycle` defines the decisions of each stage and where they lead: `next`, `stay`, `back` (to any earlier stage), \
                   `exit` or a stage. A stage without decisions takes any word, and what was \
                   decided is not held against a way back or out that no decision of the stage leads to.",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let settings = partner.settings();
    for (at, entry) in partner.data.lifecycle.iter().enumerate() {
        let stage = entry.stage.as_deref().and_then(|id| settings.stage(id));
        let (Some(stage), Some(word)) = (stage.filter(|stage| !stage.decisions.is_empty()), decision(entry)) else { continue };
        if known_decision(stage, word).is_none() {
            let message = format!("`{}` is not a decision of {}", short(word), stage.id);
            let help = step(partner, at).map_or_else(|| advice(stage, word), |step| unknown(&step, word));
            let certain = suggest::certain(word, stage.decisions.iter().map(|(known, _)| known.as_str()));
            let fix = certain.map(|meant| Fix::replacing(word, meant).value(route!["lifecycle", at, "decision"], meant));
            found.push(partner.finding(&LINT, route!["lifecycle", at, "decision"], message).help(help).maybe_fix(fix));
        }
    }
    let way = way(partner);
    for step in steps(partner) {
        let Some((word, target)) = decision(step.left).and_then(|word| known_decision(step.stage, word)) else { continue };
        if leads_to(settings, target, step.from, step.to) != Some(false) || step.is_beyond_decisions() {
            continue;
        }
        // That a stage was passed over on the way on is told by `lifecycle/skipped-stage`.
        let skipped = way.as_ref().is_some_and(|way| !passed_over(partner, way, Some(step.from), step.to).is_empty());
        if target == "next" && skipped && partner.hears_of(&skipped_stage::LINT) {
            continue;
        }
        let moved = if step.from == step.to { format!("entered {} again", step.entered()) } else { format!("moved to {}", step.entered()) };
        let message = format!("`{word}` {}, and `{}` {moved}{}", meaning(&step, target), partner.id(), step.on());
        let fitting: Vec<String> = step.fitting().iter().map(|word| format!("`{word}`")).collect();
        let help = match fitting.as_slice() {
            [] => "correct the decision, or the move that follows it".to_owned(),
            words => format!("write {}, or correct the move that follows", text::list(words, "or")),
        };
        let finding = partner.finding(&LINT, route!["lifecycle", step.at, "decision"], message).help(help);
        found.push(finding.related(partner.path, Place::Key(route!["lifecycle", step.at + 1, "stage"]), "the next move"));
    }
}

/// What a decision means, for a sentence.
fn meaning(step: &Step<'_>, target: &str) -> String {
    let id = |at: usize| step.settings.stages.get(at).map_or("", |stage| stage.id.as_str());
    let left = &step.stage.id;
    match target {
        "next" => format!("leads from {left} to {}", id(step.from + 1)),
        "stay" => format!("means to stay in {left}"),
        "back" => format!("leads from {left} back to an earlier stage"),
        "exit" => format!("leads from {left} to {}", id(step.settings.stages.len().saturating_sub(1))),
        stage => format!("leads from {left} to {stage}"),
    }
}

/// Advice for a word that the stage does not know.
fn unknown(step: &Step<'_>, word: &str) -> String {
    match (step.is_beyond_decisions(), step.is_exit()) {
        (true, true) => "leave it out: how and why a partnership ended is written under `exit`".to_owned(),
        (true, false) => "leave it out, and write why the partner went back into `reason`".to_owned(),
        _ => advice(step.stage, word),
    }
}

fn advice(stage: &Stage, word: &str) -> String {
    let words: Vec<&str> = stage.decisions.iter().map(|(word, _)| word.as_str()).collect();
    one_of(word, &words)
}
