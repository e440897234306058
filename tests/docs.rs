//! The documents name everything that there is: every key, every rule, every template, every option.

#![allow(missing_docs, clippy::unwrap_used)]

use clap::CommandFactory as _;
use partnerbook::content::read::Record;
use partnerbook::diagnostics::rules;
use partnerbook::model::{agreement, governance, issue, kpi, page, partner, plan, playbook, review, settings_file, values};

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

fn keys<T: Record>() -> &'static [&'static str] {
    T::KEYS
}

#[test]
fn every_key_is_in_the_reference() {
    let all = [
        keys::<partner::Partner>(),
        keys::<partner::Profile>(),
        keys::<partner::Move>(),
        keys::<partner::OnHold>(),
        keys::<partner::Objective>(),
        keys::<partner::Goal>(),
        keys::<partner::Benefits>(),
        keys::<partner::Exchange>(),
        keys::<partner::Pitch>(),
        keys::<partner::Investment>(),
        keys::<partner::Returns>(),
        keys::<partner::Score>(),
        keys::<partner::Account>(),
        keys::<partner::Risk>(),
        keys::<partner::Signal>(),
        keys::<partner::Expansion>(),
        keys::<partner::Insight>(),
        keys::<partner::PlaybookRun>(),
        keys::<partner::Exit>(),
        keys::<partner::Waiver>(),
        keys::<governance::Role>(),
        keys::<governance::Champion>(),
        keys::<governance::Forum>(),
        keys::<governance::Meeting>(),
        keys::<governance::DecisionRight>(),
        keys::<agreement::Agreement>(),
        keys::<agreement::Term>(),
        keys::<agreement::Renewal>(),
        keys::<agreement::Commercial>(),
        keys::<agreement::Exclusivity>(),
        keys::<agreement::Ip>(),
        keys::<agreement::ExitTerms>(),
        keys::<plan::Deal>(),
        keys::<plan::PlanStep>(),
        keys::<plan::Launch>(),
        keys::<plan::Milestone>(),
        keys::<plan::Phase>(),
        keys::<kpi::Kpi>(),
        keys::<values::Action>(),
        keys::<values::LongMoney>(),
        keys::<review::Review>(),
        keys::<review::Win>(),
        keys::<review::Challenge>(),
        keys::<review::Initiative>(),
        keys::<review::Ask>(),
        keys::<issue::Issue>(),
        keys::<issue::Impact>(),
        keys::<issue::WayOut>(),
        keys::<issue::Escalated>(),
        keys::<page::PageMeta>(),
        keys::<playbook::Playbook>(),
        keys::<playbook::PlaybookStep>(),
        keys::<playbook::Person>(),
        keys::<settings_file::SettingsFile>(),
        keys::<settings_file::StageDef>(),
        keys::<settings_file::LifecycleDef>(),
        keys::<settings_file::ModelDef>(),
        keys::<settings_file::TierDef>(),
        keys::<settings_file::Criterion>(),
        keys::<settings_file::Scoring>(),
        keys::<settings_file::KpiStatus>(),
        keys::<settings_file::Health>(),
    ];
    assert_named("docs/workspace.md", all.into_iter().flatten().copied());
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
fn every_rule_is_in_the_reference() {
    assert_named("docs/workspace.md", rules::ALL.iter().map(|rule| rule.name));
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
