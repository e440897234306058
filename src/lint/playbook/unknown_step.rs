use super::super::{Check, Lint, Subject};
use super::{Words, advice, id, of_run};
use crate::content::read::short;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "playbook/unknown-step",
        severity: Severity::Error,
        summary: "A run names a step or a success criterion that its playbook does not have.",
        why: "Progress is told by comparing what was done with what the playbook asks for. A step under another name counts as \
              something else, and the real one stays open.",
        fires: "\
playbooks: [{playbook: recruit, started: 2026-09-01, done: [Discovery cal]}]
=== content/playbooks/recruit.yaml
name: Recruit a partner
steps: [Ideal partner profile, Discovery call]",
        says: "the playbook `recruit` has no step `Discovery cal`",
        passes: "\
playbooks: [{playbook: recruit, started: 2026-09-01, done: [Discovery call]}]
=== content/playbooks/recruit.yaml
name: Recruit a partner
steps: [Ideal partner profile, Discovery call]",
        fix: "Write steps under `done` and criteria under `met` as the playbook has them; capitals and blanks make no difference. If \
              the playbook was changed, change its runs with it.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, run) in partner.data.playbooks.iter().enumerate() {
        let Some((page, playbook)) = of_run(partner.whole, run) else { continue };
        let (steps, criteria) = (Words::steps(partner.whole, page, playbook), Words::criteria(&playbook.success));
        for (key, written, known, others, kind, other_kind) in [
            ("done", &run.done, &steps, &criteria, "step", "a criterion: write it under `met`"),
            ("met", &run.met, &criteria, &steps, "success criterion", "a step: write it under `done`"),
        ] {
            for (place, word) in written.iter().enumerate().filter(|(_, word)| !known.has(word)) {
                let message = format!("the playbook `{}` has no {kind} `{}`", id(page), short(word));
                let help = if others.has(word) {
                    format!("`{}` is {other_kind}", short(word))
                } else if known.all.is_empty() {
                    format!("add it to `{}`, or remove it here", page.path)
                } else {
                    advice(word, &known.all)
                };
                found.push(partner.finding(&LINT, route!["playbooks", at, key, place], message).help(help));
            }
        }
    }
}
