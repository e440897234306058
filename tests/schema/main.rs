//! The schemas of `partnerbook schema` and what reads the files agree: on every key, on every real file, on what is wrong and on
//! what is forgiven.

#![allow(clippy::unwrap_used, clippy::panic, clippy::case_sensitive_file_extension_comparisons, missing_docs)]

mod command;
#[path = "../common/mod.rs"]
mod common;
mod files;
mod generated;
mod keys;
mod tables;

use std::collections::BTreeMap;

use common::Space;
use partnerbook::commands::schema::built_in;
use partnerbook::content::schema::Words;
use partnerbook::diagnostics::{Finding, input};
use partnerbook::model::schema::SchemaKind;
use partnerbook::workspace::classify::Kind;
use serde_json::{Map, Value};

/// The schema of a kind, with these words.
fn schema_with(kind: SchemaKind, words: &Words) -> Value {
    serde_json::to_value(kind.schema(words, "")).unwrap()
}

/// The schema of a kind, with the built-in words.
fn schema(kind: SchemaKind) -> Value {
    schema_with(kind, &built_in())
}

/// The validators of all kinds.
struct Validators(BTreeMap<&'static str, jsonschema::Validator>);

impl Validators {
    fn new(words: &Words) -> Validators {
        let make = |kind: SchemaKind| (kind.word(), jsonschema::draft7::new(&schema_with(kind, words)).unwrap());
        Validators(SchemaKind::ALL.into_iter().map(make).collect())
    }

    /// What the schema says against the YAML of a file; nothing where it is fine.
    fn judge(&self, kind: SchemaKind, yaml: &str) -> Vec<String> {
        let value = json(serde_yaml::from_str(yaml).unwrap());
        self.0[kind.word()].iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

/// YAML as editors see it: a mapping has texts as keys.
fn json(yaml: serde_yaml::Value) -> Value {
    match yaml {
        serde_yaml::Value::Mapping(map) => {
            let key = |key: serde_yaml::Value| match json(key) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            Value::Object(map.into_iter().map(|(name, value)| (key(name), json(value))).collect::<Map<_, _>>())
        }
        serde_yaml::Value::Sequence(items) => items.into_iter().map(json).collect(),
        serde_yaml::Value::Tagged(tagged) => json(tagged.value),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// The kind of the file at a path, where there is a schema for it.
fn kind_of(path: &str) -> Option<SchemaKind> {
    Some(match Kind::of(path)? {
        Kind::Partner(_) => SchemaKind::Partner,
        Kind::Review(..) => SchemaKind::Review,
        Kind::Issue(_) => SchemaKind::Issue,
        Kind::Page(_) => SchemaKind::Page,
        Kind::Settings => SchemaKind::Settings,
        Kind::People => SchemaKind::People,
        Kind::Playbook(_) => SchemaKind::Playbook,
        Kind::Metrics(_) | Kind::Asset | Kind::Theme(_) => return None,
    })
}

/// The path at which a test puts a file of this kind.
fn path_of(kind: SchemaKind) -> &'static str {
    match kind {
        SchemaKind::Partner => "content/partners/acme.md",
        SchemaKind::Review => "content/partners/sound/qbr/2026-Q3.md",
        SchemaKind::Issue => "content/partners/sound/issues/slow.md",
        SchemaKind::Page => "content/page.md",
        SchemaKind::Settings => "partnerbook.yaml",
        SchemaKind::People => "content/people.yaml",
        SchemaKind::Playbook => "content/playbooks/run.yaml",
    }
}

/// True for a finding that a schema can have as well: an unknown key, a wrong type, a bad value.
fn is_of_schemas(finding: &Finding) -> bool {
    [&input::UNKNOWN_KEY, &input::WRONG_TYPE, &input::BAD_VALUE].contains(&finding.rule)
}

/// What the reader says against a file of this kind.
fn read(kind: SchemaKind, yaml: &str) -> Vec<Finding> {
    let path = path_of(kind);
    let text = if path.ends_with(".md") { format!("---\n{yaml}\n---\n") } else { yaml.to_owned() };
    let findings = Space::new().file(path, text).site().workspace.findings;
    findings.into_iter().filter(|finding| finding.path.as_ref() == path).collect()
}

/// The same, of what a schema can say too.
fn read_like_a_schema(kind: SchemaKind, yaml: &str) -> Vec<String> {
    read(kind, yaml).into_iter().filter(is_of_schemas).map(|finding| format!("{}: {}", finding.rule.name, finding.message)).collect()
}

/// The schema that another one leads to, and the name of its definition.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> (&'a Value, &'a str) {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(path) => {
            let name = path.rsplit('/').next().unwrap();
            (&root["definitions"][name], name)
        }
        None => (schema, ""),
    }
}
