//! Every key of every record is in a schema, and no other.

use std::collections::{BTreeMap, BTreeSet};

use partnerbook::diagnostics::input;
use partnerbook::model::schema::SchemaKind;
use serde_json::Value;

use crate::common::records::records;
use crate::{read, resolve, schema};

/// A record of a schema: how to come to it, and its keys.
struct Place {
    kind: SchemaKind,
    /// The keys on the way; none for an element of a list.
    way: Vec<Option<String>>,
    keys: Vec<String>,
}

impl Place {
    /// A document with this text as the record.
    fn document(&self, record: &str) -> String {
        self.way.iter().rev().fold(record.to_owned(), |inner, step| match step {
            Some(key) => format!("{{{key}: {inner}}}"),
            None => format!("[{inner}]"),
        })
    }
}

/// All records of all schemas. The keys of each schema are sorted here; their order is for people who read the file.
fn places() -> Vec<Place> {
    let mut places = Vec::new();
    for kind in SchemaKind::ALL {
        let root = schema(kind);
        let mut seen = BTreeSet::new();
        let mut open: Vec<(&Value, Vec<Option<String>>)> = vec![(&root, Vec::new())];
        while let Some((schema, way)) = open.pop() {
            let (schema, name) = resolve(&root, schema);
            if !name.is_empty() && !seen.insert(name) {
                continue;
            }
            let longer = |step: Option<&str>| way.iter().cloned().chain([step.map(str::to_owned)]).collect::<Vec<_>>();
            for part in ["anyOf", "allOf"] {
                open.extend(schema[part].as_array().into_iter().flatten().map(|inner| (inner, way.clone())));
            }
            open.extend(schema.get("items").map(|inner| (inner, longer(None))));
            let properties = schema["properties"].as_object();
            open.extend(properties.into_iter().flatten().map(|(key, inner)| (inner, longer(Some(key)))));
            if let Some(inner) = schema.get("additionalProperties").filter(|inner| inner.is_object()) {
                open.push((inner, longer(Some("any"))));
            }
            if schema["patternProperties"].get("^x-").is_some() {
                let keys = properties.unwrap().keys().cloned().collect();
                places.push(Place { kind, way, keys });
            }
        }
    }
    places
}

#[test]
fn the_schemas_and_the_records_have_the_same_keys() {
    let in_schemas: BTreeSet<Vec<String>> = places().into_iter().map(|place| place.keys).collect();
    let sorted = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
    let in_records: BTreeMap<Vec<String>, &str> = records().into_iter().map(|(name, keys)| (sorted(keys), name)).collect();
    let forgotten: Vec<_> = in_records.iter().filter(|(keys, _)| !in_schemas.contains(*keys)).collect();
    let unknown: Vec<_> = in_schemas.iter().filter(|keys| !in_records.contains_key(*keys)).collect();
    assert!(forgotten.is_empty(), "no schema has {forgotten:?}");
    assert!(unknown.is_empty(), "the list of records in tests/common lacks {unknown:?}");
}

#[test]
fn what_a_schema_names_is_read_and_what_it_does_not_name_is_not() {
    for place in places() {
        let all = place.keys.join(": , ") + ": , ";
        let unknown = |record: &str| {
            let found = read(place.kind, &place.document(record));
            found.into_iter().filter(|finding| *finding.rule == input::UNKNOWN_KEY).map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(unknown(&format!("{{{all}x-own: 1}}")), [""; 0], "{}: {:?}", place.kind.word(), place.way);
        let found = unknown("{zz: 1}");
        assert!(found.len() == 1 && found[0].contains("`zz`"), "{}: {:?}: {found:?}", place.kind.word(), place.way);
    }
}

/// Every schema with properties in it.
fn every_property<'a>(schema: &'a Value, at: &str, found: &mut Vec<(String, &'a Value)>) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                let inside = format!("{at}/{key}");
                if key == "properties" {
                    let properties = value.as_object().unwrap();
                    found.extend(properties.iter().map(|(key, value)| (format!("{at}/{key}"), value)));
                }
                every_property(value, &inside, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| every_property(item, at, found)),
        _ => {}
    }
}

#[test]
fn every_key_has_a_description_that_is_a_sentence() {
    for kind in SchemaKind::ALL {
        let schema = schema(kind);
        let mut found = Vec::new();
        every_property(&schema, kind.word(), &mut found);
        assert!(!found.is_empty() || kind == SchemaKind::People);
        for (at, property) in found {
            let text = property["description"].as_str().unwrap_or_default();
            // Keys that are words of the workspace are described by their names.
            let is_word =
                ["/scores/", "/kpis/", "/models/", "/tiers/", "/criteria/", "/lint/", "/weights/"].iter().any(|part| at.contains(part));
            assert!(!text.is_empty() && (is_word || text.ends_with('.') && text.contains(' ')), "{at}: `{text}`");
        }
        for (name, definition) in schema["definitions"].as_object().into_iter().flatten() {
            let words = definition["anyOf"].as_array().into_iter().flatten().filter_map(|part| Some((part.get("enum")?, part)));
            for (words, part) in words {
                let abouts = part["enumDescriptions"].as_array().map_or(0, Vec::len);
                assert_eq!(abouts, words.as_array().unwrap().len(), "{}: {name} has words without a description", kind.word());
            }
        }
    }
}

#[test]
fn a_schema_is_always_the_same_and_leads_nowhere_else() {
    for kind in SchemaKind::ALL {
        let words = crate::built_in();
        let text = serde_json::to_string_pretty(&kind.schema(&words, "")).unwrap();
        assert_eq!(text, serde_json::to_string_pretty(&kind.schema(&words, "")).unwrap());
        let schema: Value = serde_json::from_str(&text).unwrap();
        assert!(jsonschema::draft7::meta::is_valid(&schema), "{}", kind.word());
        for reference in text.split("\"$ref\": \"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let name = reference.strip_prefix("#/definitions/").unwrap();
            assert!(schema["definitions"].get(name).is_some(), "{}: {reference}", kind.word());
        }
        for name in schema["definitions"].as_object().into_iter().flatten().map(|(name, _)| name) {
            assert!(text.contains(&format!("\"#/definitions/{name}\"")), "{}: nothing leads to {name}", kind.word());
        }
        // In the order in which they are declared: the first key of the struct comes first in the file.
        let first = text.split("\"properties\": {").nth(1).and_then(|rest| rest.split('"').nth(1));
        let expected = match kind {
            SchemaKind::Review => "date",
            SchemaKind::Issue | SchemaKind::Page | SchemaKind::Settings => "title",
            _ => "name",
        };
        assert_eq!(first, Some(expected), "{}", kind.word());
    }
}
