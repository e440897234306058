//! Rules about issues: what is due when, and which of them tells what.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Space;

/// What is found of an issue with this front matter, of a partner with that one: `line rule message`.
fn told_of(partner: &str, issue: &str) -> Vec<String> {
    let text = if issue.is_empty() { "Only words.\n".to_owned() } else { format!("---\n{issue}\n---\n") };
    let space = Space::empty().partner("acme", &format!("name: Acme\n{partner}"), "").file("content/partners/acme/issues/slow.md", text);
    let lines = space.all_findings();
    let own = lines.iter().filter_map(|line| {
        let (place, rest) = line.strip_prefix("content/partners/acme/issues/slow.md:")?.split_once(':')?;
        let (_, rest) = rest.split_once(" issue/")?;
        Some(format!("{place} {}", rest.replace("the issue `Slow` of `acme` ", "")))
    });
    own.collect()
}

fn told(issue: &str) -> Vec<String> {
    told_of("", issue)
}

const FIRST_DAY: &str = "severity: medium\nreason: gap\nowner: dana\nimpact: Leads are lost";

#[test]
fn a_new_issue_need_not_know_its_cause() {
    assert_eq!(told(&format!("{FIRST_DAY}\nstatus: open\nopened: 2026-11-13")), Vec::<String>::new(), "seven days");
    let due = ["2 few-options has no options", "2 incomplete has no root cause or actions"];
    assert_eq!(told(&format!("{FIRST_DAY}\nstatus: open\nopened: 2026-11-12")), due);
    assert_eq!(told(&format!("{FIRST_DAY}\nstatus: in-progress\nopened: 2026-11-19")), due, "somebody works on it");
    assert_eq!(told("status: open\nopened: 2026-11-20"), ["2 incomplete has no severity, reason, owner or impact"]);
}

#[test]
fn the_owner_of_a_grave_issue_is_told_once() {
    let grave = "severity: high\nreason: gap\nimpact: Leads are lost\nstatus: open\nopened: 2026-11-20";
    assert_eq!(told(grave), ["2 unowned is high, and has no owner"]);
    let space = Space::empty().file("partnerbook.yaml", "lint: {issue/unowned: off}").partner("acme", "name: Acme", "");
    let found = space.file("content/partners/acme/issues/slow.md", format!("---\n{grave}\n---\n")).all_findings();
    assert!(found.iter().any(|line| line.contains("issue/incomplete the issue `Slow` of `acme` has no owner")), "{found:?}");
}

#[test]
fn an_issue_of_mere_words_lacks_everything() {
    assert_eq!(
        told(""),
        [
            "1 few-options has no options",
            "1 incomplete has no severity, status, opening date, reason, owner, impact, root cause or actions"
        ]
    );
}

#[test]
fn a_resolved_issue_tells_its_story() {
    let story = "severity: high\nopened: 2026-01-01\nreason: gap\nimpact: Leads are lost\nroot_cause: An inbox";
    assert_eq!(told(&format!("{story}\nresolved: 2026-02-01\nresolution: A form")), Vec::<String>::new());
    assert_eq!(told(&format!("{story}\nresolved: 2026-02-01")), ["7 no-resolution is resolved, and does not say how"]);
    assert_eq!(told(&format!("{story}\nstatus: resolved\nresolution: A form")), ["7 no-resolution is resolved, and does not say when"]);
    assert_eq!(
        told("status: resolved"),
        [
            "2 incomplete has no severity, opening date, reason, impact or root cause",
            "2 no-resolution is resolved, and does not say how or when"
        ]
    );
}

#[test]
fn the_owner_of_a_grave_issue_is_missed_once() {
    let owner =
        |severity: &str| told(&format!("severity: {severity}\nstatus: open\nopened: 2026-11-19\nreason: gap\nimpact: Leads are lost"));
    assert_eq!(owner("critical"), ["2 unowned is critical, and has no owner"]);
    assert_eq!(owner("low"), ["2 incomplete has no owner"]);
}

#[test]
fn a_critical_issue_has_seven_days() {
    let issue = |opened: &str| {
        format!(
            "severity: critical\nstatus: open\nowner: dana\nreason: gap\nimpact: All stops\nroot_cause: A law\noptions: [A, B]\nrecommended: A\nactions: [C]\nopened: {opened}"
        )
    };
    assert_eq!(told(&issue("2026-11-13")), Vec::<String>::new());
    assert_eq!(told(&issue("2026-11-12")), ["11 critical-open is critical, and has been open for 8 days"]);
    assert_eq!(told_of("on_hold: A merger", &issue("2026-11-12")), Vec::<String>::new());
}

#[test]
fn two_options_and_none_recommended() {
    let found = told("status: in-progress\noptions: [A, B]");
    assert!(found.contains(&"3 few-options has 2 options, and none is recommended".to_owned()), "{found:?}");
}

#[test]
fn a_level_is_skipped_once_and_the_lowest_need_not_be_named() {
    let path = "escalation: [working team, partnership managers, directors, sponsors]";
    let skipped = |escalated: &str| {
        let found = told_of(path, &format!("status: open\nescalated: [{escalated}]"));
        found.iter().filter_map(|line| line.split_once("skipped-level ").map(|(_, says)| says.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(skipped("partnership-managers, Directors"), Vec::<String>::new());
    assert_eq!(
        skipped("directors, {level: sponsors}"),
        ["was escalated to directors past partnership managers"],
        "who goes on from there skips nobody anew"
    );
    assert_eq!(skipped("sponsors"), ["was escalated to sponsors past partnership managers and directors"]);
    assert_eq!(skipped("the queen"), Vec::<String>::new());
    let dated = |managers: &str| skipped(&format!("{{level: directors, on: 2026-10-05}}, {{level: partnership managers, on: {managers}}}"));
    assert_eq!((dated("2026-10-04").len(), dated("2026-10-06").len()), (0, 1), "by date, in whatever order they are written");
}
