//! YAML: our tree says the same as another reader.

use partnerbook::content::yaml::parse;
use proptest::prelude::*;
use serde_json::Value;

use crate::{cases, soup};

/// A text that YAML can hold in one line, whatever is in it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z][a-zA-Z0-9 ._/-]{0,12}",
        2 => "[ -~]{0,12}",
        1 => "[ -~éüß日本🎉]{0,12}",
        1 => "[a-z: #'\"\\\\\n\t-]{0,16}",
        1 => prop::sample::select(&["", "~", "null", "true", "yes", "no", "1", "-0.5", "1e3", "0x1f", "2026-11-20", "a: b", "- a", "#c", " a ", "a #b", "'", "\"", "\\", "[a]", "{a}", "*a", "&a", "!a", "|", ">", "%", "@", "`", "---", "..."][..]).prop_map(str::to_owned),
    ]
}

/// Values of strings, lists and mappings.
fn value() -> impl Strategy<Value = Value> {
    let leaf = text().prop_map(Value::String);
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map(text(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A string in one of the ways in which YAML writes them; the numbers say which.
fn scalar(text: &str, styles: &mut impl Iterator<Item = u8>) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '/' | '_'))
        && !matches!(text.to_ascii_lowercase().as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n");
    let single = text.chars().all(|c| !c.is_control());
    match styles.next().unwrap_or(0) % 3 {
        0 if plain => text.to_owned(),
        1 if single => format!("'{}'", text.replace('\'', "''")),
        _ => serde_json::to_string(text).unwrap(),
    }
}

/// A value as YAML, in the block or in the flow style.
fn write(value: &Value, indent: usize, styles: &mut impl Iterator<Item = u8>) -> String {
    let flow = styles.next().unwrap_or(0).is_multiple_of(2);
    let pad = " ".repeat(indent);
    match value {
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Array(items) if flow || indent == usize::MAX => {
            let items: Vec<String> = items.iter().map(|item| flow_value(item, styles)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) if flow => {
            let entries: Vec<String> =
                map.iter().map(|(key, item)| format!("{}: {}", scalar(key, styles), flow_value(item, styles))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(items) => items.iter().map(|item| format!("\n{pad}- {}", write(item, indent + 2, styles))).collect(),
        Value::Object(map) => {
            map.iter().map(|(key, item)| format!("\n{pad}{}: {}", scalar(key, styles), write(item, indent + 2, styles))).collect()
        }
        Value::String(text) => scalar(text, styles),
        other => other.to_string(),
    }
}

fn flow_value(value: &Value, styles: &mut impl Iterator<Item = u8>) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| flow_value(item, styles)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<String> =
                map.iter().map(|(key, item)| format!("{}: {}", scalar(key, styles), flow_value(item, styles))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::String(text) => scalar(text, styles),
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn what_is_written_is_read(value in value(), styles in prop::collection::vec(any::<u8>(), 64)) {
        let text = format!("{}\n", write(&value, 0, &mut styles.into_iter()));
        let tree = parse(&text, 0..text.len());
        prop_assert_eq!(&tree.problems, &[], "{}", text);
        prop_assert_eq!(tree.root.to_json(), value.clone(), "{}", text);
        let other: Value = serde_yaml::from_str(&text).unwrap();
        prop_assert_eq!(other, value, "{}", text);
    }

    #[test]
    fn what_another_writer_writes_is_read(value in value()) {
        let text = serde_yaml::to_string(&value).unwrap();
        let tree = parse(&text, 0..text.len());
        prop_assert_eq!(&tree.problems, &[], "{}", text);
        prop_assert_eq!(tree.root.to_json(), value, "{}", text);
    }

    #[test]
    fn a_part_of_a_file_is_read_like_a_whole_one(before in "\\PC{0,9}", text in soup::yaml()) {
        let (tree, whole) = (parse(&text, 0..text.len()), format!("{before}{text}"));
        let inside = parse(&whole, before.len()..whole.len());
        prop_assert_eq!(tree.root.to_json(), inside.root.to_json());
        prop_assert_eq!(tree.problems.len(), inside.problems.len());
    }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn what_both_readers_understand_means_the_same(text in soup::yaml()) {
        let text = text + "\n";
        let tree = parse(&text, 0..text.len());
        let tags = text.contains(['!', '&', '*', '?', '<', '\u{85}', '\u{2028}', '\u{feff}', '|', '>', '%']) || text.contains("---");
        if let (true, false, Ok(other)) = (tree.problems.is_empty(), tags, serde_yaml::from_str::<Value>(&text)) {
            let ours = tree.root.to_json();
            prop_assert!(same(&ours, &other), "{}\n{} {}", text, ours, other);
        }
    }
}

/// The same value, but for numbers: ours stay text where a number would not come back as it is written.
fn same(ours: &Value, other: &Value) -> bool {
    match (ours, other) {
        (Value::String(text), Value::Number(_)) => serde_yaml::from_str::<Value>(text).is_ok_and(|number| number == *other),
        (Value::Array(ours), Value::Array(other)) => ours.len() == other.len() && ours.iter().zip(other).all(|(a, b)| same(a, b)),
        (Value::Object(ours), Value::Object(other)) => {
            ours.len() == other.len() && ours.iter().zip(other).all(|((a, x), (b, y))| a == b && same(x, y))
        }
        (ours, other) => ours == other,
    }
}
