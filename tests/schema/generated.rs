//! Documents made of the schemas themselves, sound ones and broken ones, are judged alike.

use std::sync::OnceLock;

use partnerbook::model::schema::SchemaKind;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{Validators, built_in, read_like_a_schema, resolve, schema};

/// Numbers that decide; when they are used up, everything is plain and small.
struct Dice<'a>(std::slice::Iter<'a, u16>);

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        self.0.next().map_or(0, |number| usize::from(*number) % sides.max(1))
    }
    fn pick<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.roll(values.len())]
    }
}

/// Values that are wrong in most places, and fine in some.
fn odd() -> Vec<Value> {
    vec![
        json!([]),
        json!({}),
        json!({ "zz": 1 }),
        json!([[1]]),
        json!("no such word"),
        json!("2026-02-30"),
        json!("2024-02-29"),
        json!("12,5"),
        json!(" 12.5 "),
        json!(""),
        json!("yes"),
        json!("n/a"),
        json!("30d"),
        json!("2026-Q3"),
        json!("medium"),
        json!(-3),
        json!(12),
        json!(true),
        Value::Null,
    ]
}

/// Texts for the definitions that a pattern describes.
fn texts(name: &str) -> &'static [&'static str] {
    match name {
        "date" | "done" => &["2026-11-20", "0001-01-01", "2024-02-29"],
        "due" => &["2026-11-20", "30d", "1 y"],
        "number" | "actual" | "target" | "positive-number" | "score" | "criterion" | "returns" => &["7", "0.5", "1e3"],
        "whole-number" | "month" => &["7"],
        "yes-no" => &["no", "ON"],
        "launch" => &["2026-11-20"],
        "website" => &["acme.example", "https://acme.example"],
        "address" => &["https://acme.example"],
        "currency" => &["EUR", "chf"],
        // A theme must be there, and an old address must not be that of another page.
        "folder" => &["default"],
        "old-address" => &["old/plan.md"],
        _ => &["Alpha", "beta 2"],
    }
}

struct Maker<'a> {
    root: &'a Value,
    dice: Dice<'a>,
    odd: &'a [Value],
}

impl Maker<'_> {
    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let root = self.root;
        let (meant, name) = resolve(root, schema);
        // What only the reader knows: that the lower bound comes first, that a decision leads to a stage of this very file, that
        // there is such a theme.
        match name {
            "pair" => return self.dice.pick(&[json!([1, 5]), json!([1]), json!([1, 2, 3]), json!("x")]).clone(),
            "way" => return self.dice.pick(&[json!("next"), json!("stay"), json!(["back"]), json!({})]).clone(),
            "folder" => return json!("default"),
            _ => {}
        }
        if self.dice.roll(6) == 5 {
            return self.dice.pick(self.odd).clone();
        }
        self.sound(meant, name, depth)
    }

    /// One of these words, but none that turns off what the reader says.
    fn word(&mut self, words: &[Value]) -> Value {
        let word = self.dice.pick(words);
        if word == "off" { json!("note") } else { word.clone() }
    }

    fn sound(&mut self, schema: &Value, name: &str, depth: usize) -> Value {
        if let Some(words) = schema["enum"].as_array() {
            return self.word(words);
        }
        if let Some(any) = schema.get("anyOf").or(schema.get("allOf")).and_then(Value::as_array) {
            let words = any.iter().find_map(|schema| schema["enum"].as_array());
            let chosen = self.dice.roll(any.len());
            return match (words, &any[chosen]) {
                // The other spelling of a word.
                (Some(words), other) if other.get("pattern").is_some() => json!(self.word(words).as_str().unwrap().to_uppercase()),
                (_, other) => {
                    let (meant, inner) = resolve(self.root, other);
                    self.sound(meant, if inner.is_empty() { name } else { inner }, depth)
                }
            };
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => vec!["number", "boolean", "null"],
        };
        match *self.dice.pick(&types) {
            "object" => self.object(schema, depth),
            "array" => {
                let count = if depth > 4 { 0 } else { self.dice.roll(3) };
                (0..count).map(|_| self.value(&schema["items"], depth + 1)).collect()
            }
            "number" => json!(self.dice.pick(&[7, 1, 12])),
            "integer" => json!(self.dice.pick(&[7, 12])),
            "boolean" => json!(self.dice.roll(2) == 1),
            "string" => json!(self.dice.pick(texts(name))),
            _ => Value::Null,
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut out = Map::new();
        let properties: Vec<(&String, &Value)> = schema["properties"].as_object().into_iter().flatten().collect();
        for (key, inner) in &properties {
            let is_needed = schema["required"].as_array().is_some_and(|needed| needed.iter().any(|needed| needed == key.as_str()));
            if is_needed && self.dice.roll(20) != 19 {
                out.insert((*key).clone(), self.value(inner, depth + 1));
            }
        }
        let count = if depth > 4 || properties.is_empty() { 0 } else { self.dice.roll(6) };
        for _ in 0..count {
            let (key, inner) = *self.dice.pick(&properties);
            let value = self.value(inner, depth + 1);
            out.insert(key.clone(), value);
        }
        let patterns: Vec<(&String, &Value)> = schema["patternProperties"].as_object().into_iter().flatten().collect();
        for (pattern, inner) in patterns {
            let key = match pattern.as_str() {
                "^x-" => "x-own",
                period if period.contains("[Qq]") => *self.dice.pick(&["2026-Q3", "2026", "2026-09"]),
                _ => "EUR",
            };
            if self.dice.roll(3) == 2 {
                out.insert(key.to_owned(), if key == "x-own" { json!([1, { "a": "b" }]) } else { self.value(inner, depth + 1) });
            }
        }
        let rest = &schema["additionalProperties"];
        if rest.is_object() && self.dice.roll(2) == 1 {
            out.insert("own-word".to_owned(), self.value(rest, depth + 1));
        }
        if !rest.is_object() && self.dice.roll(15) == 14 {
            out.insert("zz".to_owned(), json!(1));
        }
        Value::Object(out)
    }
}

/// What all cases share: made once.
type Parts = (Validators, Vec<(SchemaKind, Value)>, Vec<Value>);
static PARTS: OnceLock<Parts> = OnceLock::new();

fn parts() -> &'static Parts {
    PARTS.get_or_init(|| {
        let schemas = SchemaKind::ALL.into_iter().map(|kind| (kind, schema(kind))).collect();
        (Validators::new(&built_in()), schemas, odd())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn documents_of_the_schemas_words_are_judged_alike(kind in 0..7usize, numbers in proptest::collection::vec(any::<u16>(), 4..160)) {
        let (validators, schemas, odd) = parts();
        // Half of them partners, which have most of the keys.
        let (kind, root) = &schemas[if numbers[0] % 2 == 0 { 0 } else { kind }];
        let mut maker = Maker { root, dice: Dice(numbers.iter()), odd };
        let yaml = maker.object(root, 0).to_string();
        let (said, errors) = (read_like_a_schema(*kind, &yaml), validators.judge(*kind, &yaml));
        prop_assert_eq!(said.is_empty(), errors.is_empty(), "{} {}: the reader says {:?}, the schema says {:?}", kind.word(), yaml, said, errors);
    }
}
