//! Files that people wrote: what the reader takes is valid, and what it flags is not.

use std::path::{Path, PathBuf};

use partnerbook::commands::schema::words_of;
use partnerbook::content::front_matter::{Split, split};
use partnerbook::diagnostics::rules::example;
use partnerbook::lint;
use partnerbook::model::schema::SchemaKind;
use partnerbook::site::Site;
use partnerbook::workspace::Workspace;

use crate::common::{DAY, Space, tree};
use crate::{Validators, built_in, is_of_schemas, kind_of, read_like_a_schema};

/// The YAML of a file; none where it has none.
fn yaml_of(path: &str, text: &str) -> Option<String> {
    if !path.ends_with(".md") {
        return Some(text.trim_start_matches('\u{feff}').to_owned());
    }
    match split(text) {
        Split::Found { yaml, .. } => Some(text[yaml].to_owned()),
        _ => None,
    }
}

/// What the reader and the schemas say of the files of a workspace.
struct Judged {
    /// The files of which one says something and the other does not.
    differences: Vec<String>,
    /// The files of which both say something.
    flagged: Vec<String>,
    /// How many files there are.
    count: usize,
}

fn judge(root: &Path) -> Judged {
    let validators = Validators::new(&words_of(root).unwrap());
    let findings = Site::new(Workspace::load(root, DAY.parse().unwrap(), true)).workspace.findings;
    let mut out = Judged { differences: Vec::new(), flagged: Vec::new(), count: 0 };
    let settings = std::fs::read(root.join("partnerbook.yaml")).map(|bytes| ("partnerbook.yaml".to_owned(), bytes));
    let content = tree(&root.join("content")).into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes));
    for (path, bytes) in content.chain(settings) {
        let (Some(kind), Ok(text)) = (kind_of(&path), String::from_utf8(bytes)) else { continue };
        let Some(yaml) = yaml_of(&path, &text) else { continue };
        let said: Vec<&str> = findings
            .iter()
            .filter(|finding| finding.path.as_ref() == path && is_of_schemas(finding))
            .map(|finding| finding.message.as_str())
            .collect();
        let errors = validators.judge(kind, &yaml);
        if said.is_empty() != errors.is_empty() {
            out.differences.push(format!("{path}: the reader says {said:?}, the schema says {errors:?}"));
        } else if !errors.is_empty() {
            out.flagged.push(path);
        }
        out.count += 1;
    }
    out
}

#[track_caller]
fn all_agree(root: &Path, at_least: usize) -> Judged {
    let judged = judge(root);
    assert!(judged.differences.is_empty(), "{}", judged.differences.join("\n"));
    assert!(judged.count >= at_least, "only {} files in {}", judged.count, root.display());
    judged
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_sample_workspace_is_valid() {
    let judged = all_agree(&here(""), 40);
    assert!(judged.flagged.iter().all(|path| path == "partnerbook.yaml"), "{:?}", judged.flagged);
}

#[test]
fn the_golden_workspaces_are_judged_alike() {
    for name in ["small", "own", "exports"] {
        all_agree(&here(&format!("tests/golden/{name}/workspace")), 3);
    }
}

#[test]
fn real_portfolios_are_judged_alike() {
    for name in ["cncf-projects", "cncf-members"] {
        let folder = std::env::var_os("PARTNERBOOK_WORKSPACES").map_or_else(|| here("../shared/workspaces"), PathBuf::from);
        if folder.join(name).is_dir() {
            all_agree(&folder.join(name), 200);
        } else {
            println!("{} is not there, so nothing is tested", folder.join(name).display());
        }
    }
}

#[test]
fn the_examples_of_the_manual_are_judged_alike() {
    let text = std::fs::read_to_string(here("docs/workspace.md")).unwrap();
    let validators = Validators::new(&built_in());
    let blocks: Vec<&str> = text.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 2);
    for block in blocks {
        let kind = if block.starts_with("dana") { SchemaKind::People } else { SchemaKind::Settings };
        let said = read_like_a_schema(kind, block);
        let errors = validators.judge(kind, block);
        assert_eq!(said.is_empty(), errors.is_empty(), "{block}: {said:?}, {errors:?}");
    }
}

#[test]
fn the_examples_of_the_rules_are_judged_alike() {
    for rule in lint::rules() {
        let mut space = Space::empty();
        for (path, text) in example(rule.passes) {
            space = space.file(&path, text);
        }
        let judged = judge(&space.root());
        assert!(judged.differences.is_empty(), "{}: {}", rule.name, judged.differences.join("\n"));
    }
}
