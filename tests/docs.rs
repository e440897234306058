//! The documents name everything that there is: every key, every rule, every template, every option.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use clap::CommandFactory as _;
use common::records::records;
use partnerbook::measures::attainment::NoFormula;
use partnerbook::measures::renewal::Window;
use partnerbook::measures::stage::Maturity;
use partnerbook::measures::trend::Tendency;
use partnerbook::measures::{Band, Status};
use partnerbook::model::{agreement, issue, kpi, partner, review, settings_file, values};
use partnerbook::pages::data;
use serde_json::Value;

fn document(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// True when the word stands in the text by itself.
fn names(text: &str, word: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].chars().next_back().is_some_and(letter) && !text[at + word.len()..].chars().next().is_some_and(letter))
}

#[track_caller]
fn assert_named<'a>(document_name: &str, words: impl IntoIterator<Item = &'a str>) {
    let text = document(document_name);
    let missing: Vec<&str> = words.into_iter().filter(|word| !names(&text, word)).collect();
    assert!(missing.is_empty(), "{document_name} does not name {missing:?}");
}

#[test]
fn every_key_is_in_the_reference() {
    assert_named("docs/workspace.md", records().into_iter().flat_map(|(_, keys)| keys).copied());
}

#[test]
fn every_word_of_a_vocabulary_is_in_the_reference() {
    let all = [
        partner::Status::WORDS,
        partner::Visibility::WORDS,
        partner::SignalKind::WORDS,
        partner::Trigger::WORDS,
        agreement::Recommendation::WORDS,
        kpi::Category::WORDS,
        kpi::Aggregate::WORDS,
        kpi::Frequency::WORDS,
        kpi::Commitment::WORDS,
        kpi::Flow::WORDS,
        values::Interval::WORDS,
        review::AskKind::WORDS,
        issue::IssueSeverity::WORDS,
        issue::IssueStatus::WORDS,
        issue::Reason::WORDS,
        settings_file::Phase::WORDS,
        settings_file::ModelCommitment::WORDS,
        settings_file::LintLevel::WORDS,
    ];
    assert_named("docs/workspace.md", all.into_iter().flatten().copied());
    assert_named("docs/workspace.md", kpi::DEFAULTS.iter().map(|(id, ..)| *id));
}

#[test]
fn the_reference_of_rules_is_made_of_their_texts() {
    let path = format!("{}/docs/rules.md", env!("CARGO_MANIFEST_DIR"));
    let made = partnerbook::lint::document::reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert!(
        document("docs/rules.md") == made,
        "docs/rules.md is not what the rules say; `UPDATE_DOCS=1 cargo test --test docs` writes it anew"
    );
}

#[test]
fn every_template_is_in_its_document() {
    let folder = format!("{}/themes/default", env!("CARGO_MANIFEST_DIR"));
    let names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_named("docs/templates.md", names.iter().map(String::as_str).filter(|name| name.contains(".hbs")));
}

#[test]
fn every_command_is_in_the_readme() {
    let command = partnerbook::cli::Cli::command();
    assert_named("README.md", command.get_subcommands().map(clap::Command::get_name));
    let build = command.find_subcommand("build").unwrap().clone();
    let options: Vec<String> = build.get_arguments().filter_map(|arg| arg.get_long()).map(|long| format!("--{long}")).collect();
    assert_named("README.md", options.iter().map(String::as_str).filter(|option| *option != "--help" && *option != "--version"));
}

#[test]
fn every_option_of_serve_is_in_its_document() {
    let command = partnerbook::cli::Cli::command();
    let serve = command.find_subcommand("serve").unwrap();
    let options: Vec<String> = serve.get_arguments().filter_map(|arg| arg.get_long()).map(|long| format!("--{long}")).collect();
    assert!(options.len() > 5);
    assert_named("docs/serve.md", options.iter().map(String::as_str));
}

#[test]
fn every_option_and_format_of_check_is_in_its_document() {
    let command = partnerbook::cli::Cli::command();
    let check = command.find_subcommand("check").unwrap();
    let options: Vec<String> =
        check.get_arguments().filter(|arg| !arg.is_hide_set()).filter_map(|arg| arg.get_long()).map(|long| format!("--{long}")).collect();
    assert_named("docs/checking.md", options.iter().map(String::as_str));
    let words = |option: &str| check.get_arguments().find(|arg| arg.get_long() == Some(option)).unwrap().get_possible_values();
    let (formats, severities) = (words("format"), words("deny"));
    assert_named("docs/checking.md", formats.iter().chain(&severities).map(clap::builder::PossibleValue::get_name));
}

#[test]
fn every_field_of_findings_as_json_is_in_its_document() {
    let mut found = BTreeSet::new();
    paths(&serde_json::from_str(&document("tests/formats/expected/findings.json")).unwrap(), "", &mut found);
    assert_named("docs/checking.md", found.iter().map(|path| path.rsplit('.').next().unwrap()));
    assert!(document("docs/checking.md").contains(&format!("`version` is {}.", partnerbook::diagnostics::json::VERSION)));
    assert!(document("docs/checking.md").contains(&format!("\"version\": {},", partnerbook::diagnostics::baseline::VERSION)));
}

/// What is shown of a terminal is what a terminal shows: it stands in a transcript, which is run.
#[test]
fn what_the_document_on_checking_shows_is_what_is_said() {
    let transcripts = document("tests/cli/check.md") + &document("tests/cli/baseline.md");
    let text = document("docs/checking.md");
    let blocks: Vec<&str> = text.split("```console\n").skip(1).map(|rest| rest.split("```\n").next().unwrap()).collect();
    assert!(blocks.len() > 5);
    for command in blocks.iter().flat_map(|block| block.split("$ partnerbook ").skip(1)) {
        assert!(transcripts.contains(&format!("$ partnerbook {}\n", command.trim_end())), "not in a transcript: {command}");
    }
}

/// The cells in code of the first column of every table in a part of `docs/data.md`, each with the path in the title above it.
fn first_column(part: &str) -> Vec<String> {
    let text = document("docs/data.md");
    let part = text.split("\n## ").find(|found| found.starts_with(part)).unwrap();
    let mut names = Vec::new();
    let mut prefix = String::new();
    for line in part.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            prefix = title.split('`').nth(1).map_or_else(String::new, |path| format!("{path}."));
        }
        if let Some(name) = line.strip_prefix("| `").and_then(|row| row.split('`').next()) {
            names.push(format!("{prefix}{name}"));
        }
    }
    names
}

/// Every path to a value. What people write, and maps by period, have keys of their own.
fn paths(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                if !matches!(key.as_str(), "written" | "target" | "other_actuals" | "other_targets") {
                    paths(value, &path, found);
                }
                found.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| paths(item, &format!("{at}[]"), found)),
        _ => {}
    }
}

#[test]
fn every_field_of_the_json_is_in_its_document_and_the_reverse() {
    let mut found = BTreeSet::new();
    for workspace in ["exports", "small", "own"] {
        let json = document(&format!("tests/golden/{workspace}/expected/data/partners.json"));
        paths(&serde_json::from_str(&json).unwrap(), "", &mut found);
    }
    let named = first_column("data/partners.json");
    assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len(), "named once");
    let named: BTreeSet<String> = named.into_iter().collect();
    let (unnamed, unknown): (Vec<_>, Vec<_>) = (found.difference(&named).collect(), named.difference(&found).collect());
    assert!(unnamed.is_empty() && unknown.is_empty(), "docs/data.md does not name {unnamed:?}; nothing has {unknown:?}");
    assert!(document("docs/data.md").contains(&format!("this is version {}.", data::VERSION)));
}

#[test]
fn every_field_of_the_findings_is_in_its_document_and_the_reverse() {
    let mut found = BTreeSet::new();
    for workspace in ["small", "own"] {
        let json = document(&format!("tests/golden/{workspace}/expected/data/findings.json"));
        paths(&serde_json::from_str(&json).unwrap(), "", &mut found);
    }
    assert_eq!(first_column("data/findings.json").into_iter().collect::<BTreeSet<_>>(), found);
    assert!(document("docs/data.md").contains(&format!("this is {}.", data::FINDINGS_VERSION)));
}

#[test]
fn every_column_and_every_kind_of_event_is_in_its_document() {
    assert_eq!(first_column("data/kpis.csv"), data::COLUMNS);
    let calendar = first_column("calendar.ics");
    assert_eq!(calendar[..data::KINDS.len()], data::KINDS);
    let events = document("tests/golden/small/expected/calendar.ics") + &document("tests/golden/exports/expected/calendar.ics");
    let inside = events.split("BEGIN:VEVENT\r\n").skip(1).flat_map(|event| event.split("END:VEVENT").next().unwrap().lines());
    let used: BTreeSet<&str> = inside.filter(|line| !line.starts_with(' ')).map(|line| line.split([':', ';']).next().unwrap()).collect();
    let named: BTreeSet<&str> = calendar[data::KINDS.len()..].iter().map(String::as_str).collect();
    assert_eq!(named, used);
}

#[test]
fn every_word_of_the_data_is_in_its_document() {
    let statuses = [
        Status::Green,
        Status::Yellow,
        Status::Red,
        Status::NoTarget,
        Status::Missing,
        Status::NotApplicable,
        Status::Open,
        Status::NoFormula(NoFormula::ZeroBound),
    ];
    assert_named("docs/data.md", statuses.map(Status::word));
    assert_named("docs/data.md", Band::ALL.map(Band::word));
    assert_named("docs/data.md", [Maturity::Launch, Maturity::RampUp, Maturity::SteadyState, Maturity::Renewal].map(Maturity::word));
    assert_named("docs/data.md", [Window::Approaching, Window::Due, Window::Overdue].map(Window::word));
    assert_named("docs/data.md", [Tendency::New, Tendency::Improving, Tendency::Stable, Tendency::Declining].map(Tendency::word));
    let words = [kpi::Category::WORDS, kpi::Aggregate::WORDS, kpi::Frequency::WORDS, kpi::Commitment::WORDS, kpi::Flow::WORDS];
    assert_named("docs/data.md", words.into_iter().flatten().copied());
}
