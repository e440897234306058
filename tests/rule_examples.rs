//! The examples of every rule, which are also its documentation: one fires once and says what is written, the other is silent.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::collections::BTreeSet;

use common::Space;
use partnerbook::diagnostics::rules::{EXAMPLE_DAY, example};
use partnerbook::diagnostics::{Finding, Rule};
use partnerbook::lint;

/// What is found in the files of an example.
fn findings(text: &str) -> Vec<Finding> {
    let mut space = Space::empty().on(&EXAMPLE_DAY.to_string());
    for (path, text) in example(text) {
        space = space.file(&path, text);
    }
    space.site().workspace.findings
}

/// What `rule` says of an example.
fn said<'a>(rule: &Rule, findings: &'a [Finding]) -> Vec<&'a str> {
    findings.iter().filter(|finding| finding.rule == rule && finding.waived.is_none()).map(|finding| finding.message.as_str()).collect()
}

#[test]
fn every_rule_fires_in_its_first_example_and_is_silent_in_its_second() {
    let mut wrong = Vec::new();
    for rule in lint::rules() {
        let fires = findings(rule.fires);
        let found = said(rule, &fires);
        if found != [rule.says] {
            wrong.push(format!("{}: should say [{:?}], says {found:?}", rule.name, rule.says));
        }
        if let Some(finding) = fires.iter().find(|finding| finding.rule == rule)
            && finding.help.is_none()
        {
            wrong.push(format!("{}: gives no advice", rule.name));
        }
        let found = findings(rule.passes);
        if !said(rule, &found).is_empty() {
            wrong.push(format!("{}: should be silent, says {:?}", rule.name, said(rule, &found)));
        }
        // What does not parse is silent too.
        if let Some(input) = found.iter().find(|finding| finding.rule.category() == "input") {
            wrong.push(format!("{}: its second example has a mistake: {}", rule.name, input.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_says_what_it_is_for() {
    for rule in lint::rules() {
        for (what, text) in
            [("summary", rule.summary), ("why", rule.why), ("fires", rule.fires), ("passes", rule.passes), ("fix", rule.fix)]
        {
            assert!(!text.trim().is_empty(), "{} has no text for `{what}`", rule.name);
        }
        for (what, text) in [("summary", rule.summary), ("why", rule.why), ("fix", rule.fix)] {
            assert!(text.ends_with(['.', '?']), "{}: `{what}` is not made of sentences", rule.name);
        }
        assert!(!rule.says.ends_with('.') && !rule.says.contains('\n'), "{}: a message is one line without a full stop", rule.name);
    }
}

#[test]
fn what_drifts_is_told_by_rules_that_there_are() {
    let known: BTreeSet<&str> = lint::rules().map(|rule| rule.name).collect();
    let named = partnerbook::pages::findings::DRIFT.iter().flat_map(|(_, _, rules)| rules.iter().copied());
    let unknown: Vec<&str> = named.filter(|name| !known.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_rule_has_one_name() {
    let names: Vec<&str> = lint::rules().map(|rule| rule.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "two rules with one name");
    for category in lint::CATEGORIES {
        assert!(category.rules().all(|rule| rule.category() == category.name), "a rule in the wrong category");
        for lint in category.lints {
            let name = lint.rule.name.split('/').nth(1).unwrap().replace('-', "_");
            let file = format!("{}/src/lint/{}/{name}.rs", env!("CARGO_MANIFEST_DIR"), category.name);
            assert!(std::path::Path::new(&file).is_file(), "{} should be in {file}", lint.rule.name);
        }
    }
}
