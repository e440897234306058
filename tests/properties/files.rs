//! Files of any kind with anything in them: nothing panics, and findings lie in their files.

use std::sync::Arc;

use partnerbook::content::front_matter::{Split, split};
use partnerbook::content::{csv, yaml};
use partnerbook::diagnostics::human::Human;
use partnerbook::diagnostics::texts::Texts;
use partnerbook::diagnostics::{Finding, Place, span_of};
use partnerbook::site::Site;
use partnerbook::text::Span;
use partnerbook::workspace::classify::Kind;
use partnerbook::workspace::document::Document;
use partnerbook::workspace::resolve::resolve;
use partnerbook::workspace::snapshot::{FileEntry, Snapshot};
use proptest::prelude::*;

use crate::common::DAY;
use crate::{cases, soup};

const PATHS: &[&str] = &[
    "partnerbook.yaml",
    "content/people.yaml",
    "content/metrics.csv",
    "content/partners/acme.md",
    "content/partners/beta/index.md",
    "content/partners/beta/metrics.csv",
    "content/partners/beta/qbr/2026-Q3.md",
    "content/partners/beta/issues/slow.md",
    "content/partners/beta/notes.md",
    "content/playbooks/recruit.yaml",
    "content/library/index.md",
    "content/index.md",
];

fn entry(path: &str) -> FileEntry {
    FileEntry { path: Arc::from(path), kind: Kind::of(path).unwrap() }
}

/// A snapshot of a workspace that lies on no disk.
fn nowhere() -> Snapshot {
    Snapshot {
        root: std::env::temp_dir().join("a workspace that is not there"),
        as_of: DAY.parse().unwrap(),
        files: Vec::new(),
        findings: Vec::new(),
        links: false,
    }
}

#[track_caller]
fn lies_in(span: &Span, text: &str, what: &str) {
    assert!(span.start <= span.end && text.get(span.clone()).is_some(), "{what}: {span:?} in {text:?}");
}

/// Asserts that a place lies in its file, on the boundaries of characters, before anybody moves it there.
#[track_caller]
fn is_a_place(place: &Place, text: &str, what: &str) {
    match place {
        Place::File | Place::Line(_) => {}
        Place::Span(span) => lies_in(span, text, what),
        Place::Key(route) | Place::Name(route) => {
            let range = match split(text) {
                Split::Found { yaml, .. } => yaml,
                _ => 0..text.len(),
            };
            let root = yaml::parse(text, range).root;
            lies_in(&root.locate(route), text, what);
            lies_in(&root.locate_name(route), text, what);
        }
    }
    lies_in(&span_of(text, place), text, what);
}

#[track_caller]
fn are_places<'a>(findings: &[Finding], text_of: impl Fn(&str) -> &'a str) {
    for finding in findings {
        is_a_place(&finding.place, text_of(&finding.path), &finding.message);
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            is_a_place(&edit.place, text_of(&finding.path), &finding.message);
        }
        for other in &finding.related {
            is_a_place(&other.place, text_of(&other.path), &other.label);
        }
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn reading_a_file_never_panics_and_findings_lie_in_it(path in prop::sample::select(PATHS), bytes in soup::bytes()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let document = Document::read(&entry(path), Ok(bytes));
        are_places(&document.findings, |_| &text);
        let texts = Texts::read(&document.findings, |_| text.clone());
        let human = Human::new(&texts, true);
        for finding in &document.findings {
            let shown = human.render(finding);
            prop_assert!(shown.contains(finding.rule.name));
        }
    }

    #[test]
    fn cells_lie_in_their_table(text in soup::csv()) {
        let table = csv::parse(&text);
        for row in table.rows.iter().chain(&table.header) {
            lies_in(&row.span, &text, "row");
            for cell in &row.cells {
                lies_in(&cell.span, &text, &cell.text);
            }
        }
        if let Some((span, problem)) = &table.problem {
            lies_in(span, &text, problem);
        }
    }

    #[test]
    fn nodes_lie_in_their_text(text in soup::yaml()) {
        let tree = yaml::parse(&text, 0..text.len());
        check(&tree.root, &text);
        for problem in &tree.problems {
            lies_in(&problem.span, &text, &problem.message);
        }
    }
}

fn check(node: &yaml::Node<'_>, text: &str) {
    lies_in(&node.span, text, "node");
    match &node.value {
        yaml::Value::List(items) => items.iter().for_each(|item| check(item, text)),
        yaml::Value::Map(entries) => {
            for (key, value) in entries {
                lies_in(&key.span, text, &key.text);
                check(value, text);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn building_a_workspace_of_anything_never_panics(files in prop::collection::vec(soup::bytes(), PATHS.len())) {
        let documents = PATHS.iter().zip(&files).map(|(path, bytes)| Document::read(&entry(path), Ok(bytes.clone()))).collect();
        let site = Site::new(resolve(&nowhere(), documents, false));
        let texts: Vec<String> = files.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
        are_places(&site.workspace.findings, |path| {
            PATHS.iter().position(|known| *known == path).map_or("", |at| texts[at].as_str())
        });
        for (path, route) in &site.routes.all {
            if let Err(finding) = site.render(path, route) {
                panic!("{path}: {}", finding.message);
            }
        }
    }
}
