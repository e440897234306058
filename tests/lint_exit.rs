//! The rules about exits: who is judged by them, and what counts as open.

#![allow(missing_docs)]

mod common;

use common::Space;

/// What the rules about exits say of a partner `acme` with this front matter: `rule message`, in the order of the file.
fn said(front_matter: &str) -> Vec<String> {
    let findings = Space::empty().partner("acme", &format!("name: Acme\n{front_matter}"), "").site().workspace.findings;
    let exit = findings.iter().filter(|finding| finding.rule.category() == "exit");
    exit.map(|finding| format!("{} {}", finding.rule.name.trim_start_matches("exit/"), finding.message)).collect()
}

#[test]
fn an_exit_of_which_nothing_is_written_is_one_finding() {
    assert_eq!(
        said("stage: exited"),
        ["undocumented `acme` has left, and nothing says why it ended, when that was decided or who decided that"]
    );
    assert_eq!(
        said("stage: exited\nexit: {trigger: weak-roi, decided: 2026-11-01, by: kim}"),
        [
            "open-checklist `acme` has left with `customers-transitioned`, `access-revoked`, `finances-settled` and `post-mortem` open",
            "unapproved `acme` has left without the approval of leadership and legal",
        ]
    );
    assert!(said("stage: review\nexit: {trigger: weak-roi}").is_empty(), "it has not left yet");
}

#[test]
fn where_nobody_wants_to_hear_of_the_one_rule_the_others_speak() {
    let off = Space::empty().file("partnerbook.yaml", "lint: {exit/undocumented: off}");
    let findings = off.partner("acme", "name: Acme\nstage: exited", "").site().workspace.findings;
    let exit: Vec<&str> = findings.iter().filter(|finding| finding.rule.category() == "exit").map(|finding| finding.rule.name).collect();
    assert_eq!(exit, ["exit/open-checklist", "exit/unapproved"]);
    let turned_down = "name: Acme\nlifecycle: [{stage: research, entered: 2026-01-01}, {stage: exited, entered: 2026-03-01}]";
    let off = Space::empty().file("partnerbook.yaml", "lint: {exit/undocumented: off}").partner("acme", turned_down, "");
    assert!(off.site().workspace.findings.iter().all(|finding| finding.rule.category() != "exit"));
}

#[test]
fn who_was_turned_down_was_never_a_partner() {
    let left_from = |stage: &str, more: &str| {
        said(&format!(
            "stage: exited\nlifecycle: [{{stage: {stage}, entered: 2026-01-01}}, {{stage: exited, entered: 2026-03-01}}]\n{more}"
        ))
    };
    assert!(left_from("research", "").is_empty() && left_from("negotiation", "").is_empty());
    assert_eq!((left_from("onboarding", "").len(), left_from("development", "").len()), (1, 1));
    assert_eq!(left_from("negotiation", "agreement: {signed: 2026-02-01}").len(), 1, "who has signed was one");
    assert_eq!(left_from("research", "forums: {working: week}"), ["still-running `acme` has left, and this goes on: the forum `working`"]);
}

#[test]
fn items_and_approvals_are_found_however_they_are_spelt() {
    let exit = |approvals: &str, checklist: &str| {
        said(&format!(
            "stage: exited\nexit: {{trigger: weak-roi, decided: 2026-11-01, by: kim, approvals: {{{approvals}}}, checklist: {{{checklist}}}}}"
        ))
    };
    let all = "Customers transitioned: yes, Access_revoked: yes, finances-settled: yes, post mortem: yes";
    assert!(exit("Leadership: 2026-11-01, Legal: yes", all).is_empty());
    assert_eq!(exit("leadership: yes, legal: no", all), ["unapproved `acme` has left without the approval of legal"]);
    assert_eq!(
        exit("leadership: yes, legal: yes", &all.replace("post mortem: yes", "post mortem: no, badges-returned: no")),
        ["open-checklist `acme` has left with `post mortem` and `badges-returned` open"]
    );
}

#[test]
fn everything_that_goes_on_is_named() {
    let running = said(
        "stage: exited
lifecycle: [{stage: research, entered: 2026-01-01}, {stage: exited, entered: 2026-03-01}]
forums: {working: week, executive: quarter}
actions: [{text: Send the last bill}, {text: Thank them, done: yes}]
playbooks: [{playbook: recruit, started: 2026-01-01}, {playbook: exit, finished: 2026-03-01}]",
    );
    assert_eq!(
        running,
        [
            "still-running `acme` has left, and these go on: the action `Send the last bill`, the forum `working`, the forum `executive` and the playbook `recruit`"
        ]
    );
}
