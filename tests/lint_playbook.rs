//! The rules about playbooks and their runs: what counts as the same name, and that one slip is one finding.

#![allow(missing_docs)]

mod common;

use common::Space;

const ONBOARD: &str = "\
name: Onboard a partner
steps: [Agreement, {name: Training plan, template: library/plan.md}, {template: library/plan.md}]
success: [Agreement signed, Team trained]
";

/// A workspace with the playbook `onboard`, and a partner with this front matter.
fn space(front_matter: &str) -> Space {
    Space::empty().file("content/playbooks/onboard.yaml", ONBOARD).file("content/library/plan.md", "# Enablement").partner(
        "acme",
        &format!("name: Acme\n{front_matter}"),
        "",
    )
}

/// `rule message | advice` of all findings about playbooks.
fn said(space: &Space) -> Vec<String> {
    let findings = space.site().workspace.findings;
    let playbook = findings.iter().filter(|finding| finding.rule.category() == "playbook");
    let line = |finding: &partnerbook::diagnostics::Finding| {
        format!(
            "{} {} | {}",
            finding.rule.name.trim_start_matches("playbook/"),
            finding.message,
            finding.help.as_deref().unwrap_or_default()
        )
    };
    playbook.map(line).collect()
}

#[test]
fn names_are_compared_as_people_do() {
    let run = "playbooks: [{playbook: Onboard A Partner, finished: 2026-09-01, done: [agreement, training  PLAN, Enablement], met: [agreement-signed, team trained]}]";
    let found = said(&space(run));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_a_playbook_lacks_comes_with_what_may_have_been_meant() {
    let found = said(&space(
        "playbooks: [{playbook: onboarding}, {playbook: renewal}, {playbook: onboard, done: [Training, Team trained, Lunch], met: [Team traned]}]",
    ));
    assert_eq!(
        found,
        [
            "unknown there is no playbook `onboarding` | did you mean `onboard`?",
            "unknown there is no playbook `renewal` | write one of `onboard`",
            "unknown-step the playbook `onboard` has no step `Training` | did you mean `Training plan`?",
            "unknown-step the playbook `onboard` has no step `Team trained` | `Team trained` is a criterion: write it under `met`",
            "unknown-step the playbook `onboard` has no step `Lunch` | write one of `Agreement`, `Training plan`, `Enablement`",
            "unknown-step the playbook `onboard` has no success criterion `Team traned` | did you mean `Team trained`?",
        ]
    );
}

#[test]
fn one_slip_is_one_finding() {
    let rules = |front_matter: &str| -> Vec<String> {
        said(&space(front_matter)).iter().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
    };
    let signed = "agreement: {signed: 2026-09-01}";
    assert_eq!(rules(signed), ["not-run"]);
    assert_eq!(rules(&format!("{signed}\nplaybooks: [onbord]")), ["unknown"], "a run of it, misspelt");
    assert!(rules("agreement: {signed: 2026-11-21}").is_empty(), "it will be signed");
    let met = |met: &str| rules(&format!("playbooks: [{{playbook: onboard, finished: 2026-09-01, met: [{met}]}}]"));
    assert_eq!(met("Agreement signed, Team traned"), ["unknown-step"], "met, misspelt");
    assert_eq!(met("Agreement signed"), ["finished-with-open-criteria"]);
    let broken = space("playbooks: [recruit]").file("content/playbooks/recruit.yaml", "name: [\n");
    assert!(said(&broken).is_empty(), "a playbook that cannot be read is a finding already");
}

#[test]
fn only_the_exit_is_asked_of_who_has_left() {
    let left = "stage: exited\nagreement: {signed: 2026-01-01}\nplaybooks: [{playbook: nothing, finished: 2026-09-01, done: [x]}]";
    assert!(said(&space(left)).is_empty(), "this workspace has no playbook for it");
    let with_exit = |front_matter: &str| said(&space(front_matter).file("content/playbooks/exit.yaml", "steps: [Plan]"));
    assert_eq!(
        with_exit(left),
        [
            "not-run `acme` has left, and the playbook `exit` was never run | start one under `playbooks`, as `{playbook: exit, started: …}`, or add the run that there was"
        ]
    );
    assert!(with_exit("stage: exited\nplaybooks: [exit]").is_empty());
    assert!(with_exit("stage: exited\nlifecycle: [{stage: research}, {stage: exited}]").is_empty(), "it was never a partner");
}

#[test]
fn a_missing_document_is_told_at_its_step_and_nowhere_else() {
    let missing = "name: Greet\nsteps:\n  - name: Write\n    template: library/paln.md\n  - Wait\n";
    let found = space("owner: Kim").file("content/playbooks/greet.yaml", missing).all_findings();
    assert_eq!(
        found,
        ["content/playbooks/greet.yaml:4:15 error playbook/missing-template there is no document `library/paln.md` for the step `Write`"]
    );
}
