//! Findings that say anything about files of any name: every format stays what it is.

use std::sync::Arc;

use partnerbook::diagnostics::baseline::Baseline;
use partnerbook::diagnostics::report::{Item, Partner, Report};
use partnerbook::diagnostics::texts::Texts;
use partnerbook::diagnostics::{
    Counts, Finding, Place, Rule, Severity, Waived, github, gitlab, identity, input, json, junit, markdown, sarif, short,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::cases;
use crate::common::DAY;

/// Text with what means something to one of the formats.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<String>(),
        1 => prop::sample::select(vec![
            "::error file=a,line=1::b", "\n::set-output name=x::y", "\r::stop-commands::t", "\r\n", "%0A::", "##[error]x", "|", "\\|", "`", "``",
            "@octocat", "#12", "!3", "https://example.com", "<!--", "</details>", "]]>", "<script>", "&#0;", "\u{0}", "\u{1b}[2J", "\u{fffe}",
            "\u{202e}", "[a](1)", "[x](https://example.com)", "{0}", "🎉", "\u{2028}", " ", "7 days", "2026-11-20",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn finding() -> impl Strategy<Value = Finding> {
    let rules = vec![&input::PLACEHOLDER, &input::BROKEN_LINK, &input::ORPHAN_PAGE, &input::BAD_YAML];
    let waived = (text(), text()).prop_map(|(reason, by)| Waived { reason: Some(reason), by: Some(by), until: DAY.parse().ok() });
    (
        prop::sample::select(rules),
        text(),
        text(),
        prop::option::of(text()),
        prop::option::of(waived),
        any::<(usize, usize)>(),
        any::<bool>(),
    )
        .prop_map(|(rule, path, message, help, waived, (a, b), about): (&'static Rule, _, _, _, _, _, bool)| {
            let path: Arc<str> = Arc::from(format!("content/{path}"));
            let place = Place::Span(a % 60..b % 60);
            let mut finding = Finding::new(rule, &path, place.clone(), message.clone()).maybe_help(help).related(&path, place, message);
            finding.waived = waived.map(Box::new);
            finding.partner = about.then_some(0);
            finding
        })
}

/// The sign at a place is a mention or a reference where a word follows.
fn refers(text: &str) -> bool {
    text.match_indices(['@', '#']).any(|(at, _)| !text[..at].ends_with('&') && text[at + 1..].starts_with(char::is_alphanumeric))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_format_stays_what_it_is(findings in prop::collection::vec(finding(), 0..5), source in text(), name in text()) {
        let texts = Texts::read(&findings, |_| source.clone());
        let fingerprints = identity::fingerprints(&findings);
        let with: Vec<(&Finding, &str)> = findings.iter().zip(&fingerprints).map(|(finding, print)| (finding, print.as_str())).collect();
        let partner = Partner { id: "acme", name: &name, owner: Some(&name) };
        let items: Vec<Item<'_>> = Report::items(&with, &texts, |finding| finding.partner.map(|_| partner));
        let report = Report { as_of: DAY.parse().unwrap(), folder: String::new(), counts: Counts::of(&findings), denies_notes: false, items };
        let n = findings.len();

        for (at, line) in short::render(&report).lines().enumerate() {
            prop_assert!(line.starts_with("content/") && line.contains(findings[at].rule.name), "{line}");
        }
        prop_assert_eq!(short::render(&report).matches('\n').count(), n);

        let commands = github::render(&report);
        // A reader takes a line feed, a carriage return or both for the end of a line.
        let lines: Vec<&str> = commands.trim_end_matches('\n').split(['\n', '\r']).collect();
        prop_assert_eq!(lines.len(), n + 1, "{}", commands);
        for line in &lines[..n] {
            let (properties, _) = line[2..].split_once("::").unwrap();
            let (command, properties) = properties.split_once(' ').unwrap();
            prop_assert!(matches!(command, "error" | "warning" | "notice"));
            let names: Vec<&str> = properties.split(',').map(|property| property.split('=').next().unwrap()).collect();
            prop_assert!(names[..2] == ["file", "line"] && names.last() == Some(&"title") && names.len() <= 6, "{line}");
        }
        prop_assert!(!lines[n].starts_with("::"));

        let made: Value = serde_json::from_str(&json::render(&report)).unwrap();
        for (finding, made) in findings.iter().zip(made["findings"].as_array().unwrap()) {
            prop_assert_eq!(made["message"].as_str(), Some(finding.message.as_str()));
        }
        let made: Value = serde_json::from_str(&sarif::render(&report)).unwrap();
        for result in made["runs"][0]["results"].as_array().unwrap() {
            let location = &result["locations"][0]["physicalLocation"];
            let uri = location["artifactLocation"]["uri"].as_str().unwrap();
            prop_assert!(uri.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}#?[]:".contains(&b)), "{uri}");
            let text = result["message"]["text"].as_str().unwrap();
            prop_assert!(!text.replace("\\]", "").contains("]("), "a link: {text}");
        }
        let made: Value = serde_json::from_str(&gitlab::render(&report)).unwrap();
        prop_assert_eq!(made.as_array().unwrap().len(), n);

        let xml = junit::render(&report);
        let tests = roxmltree::Document::parse(&xml).unwrap();
        let count = |name: &str| tests.descendants().filter(|node| node.has_tag_name(name)).count();
        prop_assert_eq!((count("testcase"), count("failure") + count("skipped") + count("system-out")), (n.max(1), n));

        let summary = markdown::render(&report);
        prop_assert!(!refers(&summary.replace("\n#", "\n")), "{}", summary);
        // Before a row of a finding is its partner; the table of counts starts with rules.
        let is_row = |line: &&str| ["| **", "|  |", "| – |"].iter().any(|start| line.starts_with(start));
        let rows: Vec<&str> = summary.lines().filter(is_row).collect();
        prop_assert_eq!(rows.len(), n);
        for row in rows {
            prop_assert!(matches!(row.matches('|').count(), 5 | 8), "{row}");
            prop_assert!(!row.replace("<code>", "").replace("</code>", "").contains('<'), "{row}");
        }
    }

    #[test]
    fn what_is_recorded_is_found_again(findings in prop::collection::vec(finding(), 0..8), days in 0..4000_u32) {
        let baseline = Baseline::of(&findings, &Baseline::default());
        prop_assert_eq!(&Baseline::parse(&baseline.to_text()).unwrap(), &baseline);
        let lines = if baseline.entries.is_empty() { 4 } else { baseline.entries.len() + 5 };
        prop_assert_eq!(baseline.to_text().lines().count(), lines);
        // On another day, further down, in another order, and graver.
        let later: Vec<Finding> = findings.iter().rev().cloned().map(|finding| {
            let message = finding.message.clone();
            let mut later = finding.severity(Severity::Error);
            later.place = Place::Line(days);
            later.message = if message.contains('`') { message } else { message.replace("7 days", &format!("{days} days")) };
            later
        }).collect();
        let found = baseline.find(&later);
        for (finding, entry) in later.iter().zip(&found) {
            let may_be = finding.waived.is_none() && finding.rule.name != "input/bad-yaml";
            prop_assert_eq!(entry.is_some(), may_be, "{:?}", finding.message);
        }
        // One more of what is there already is new.
        if let Some(one) = findings.iter().find(|finding| finding.waived.is_none() && finding.rule.name != "input/bad-yaml") {
            let more: Vec<Finding> = findings.iter().cloned().chain([one.clone()]).collect();
            prop_assert_eq!(baseline.find(&more).iter().flatten().count(), baseline.entries.len());
        }
    }
}
