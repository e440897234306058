//! SARIF 2.1.0, for code scanning on GitHub and for viewers in editors.
//!
//! Paths are relative to `%SRCROOT%`, which is left for the reader to know: nothing in the file names this computer.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::json::{line, push_list};
use super::report::{Item, Report};
use super::texts::{Point, Region};
use super::{Rule, Severity};
use crate::text::path;
use crate::text::plain::{cut, plain};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The base of all paths.
const ROOT: &str = "%SRCROOT%";
/// The most characters of a description that GitHub takes.
const LONGEST: usize = 1024;

/// All findings, one a line.
pub fn render(report: &Report<'_>) -> String {
    let mut rules: BTreeMap<&str, (&Rule, usize)> = BTreeMap::new();
    for item in &report.items {
        rules.entry(item.finding.rule.name).or_insert((item.finding.rule, 0));
    }
    for (at, (_, index)) in rules.values_mut().enumerate() {
        *index = at;
    }
    let described: Vec<String> = rules.values().map(|(rule, _)| line(&descriptor(rule))).collect();
    let results: Vec<String> = report
        .items
        .par_iter()
        .map(|item| line(&result(report, item, rules.get(item.finding.rule.name).map_or(0, |(_, index)| *index))))
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    let home = match env!("CARGO_PKG_REPOSITORY") {
        "" => String::new(),
        address => format!(",\"informationUri\":{}", line(&address)),
    };
    let mut out = format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":");
    let _ = write!(out, "{{\"name\":\"partnerbook\",\"version\":\"{version}\"{home},\"rules\":");
    push_list(&mut out, &described);
    let bases = json!({ ROOT: { "description": { "text": "The top of the repository." } } });
    let _ = write!(out, "}}}},\"columnKind\":\"utf16CodeUnits\",\"originalUriBaseIds\":{bases},\"results\":");
    push_list(&mut out, &results);
    out.push_str("}]}\n");
    out
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Help,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

fn descriptor(rule: &Rule) -> Descriptor {
    let why = if rule.why.is_empty() { rule.summary } else { rule.why };
    let help = |bold: &str, fence: &str| {
        let mut parts = vec![why.to_owned()];
        for (title, text) in [("How to put it right", rule.fix), ("Settings", rule.settings)] {
            if !text.is_empty() {
                parts.push(format!("{bold}{title}:{bold} {text}"));
            }
        }
        for (title, example) in [("It fires here", rule.fires), ("It is silent here", rule.passes)] {
            if !example.is_empty() {
                let example = example.trim_matches('\n');
                let example = if fence.is_empty() { example.to_owned() } else { format!("{fence}\n{example}\n{fence}") };
                parts.push(format!("{bold}{title}:{bold}\n\n{example}"));
            }
        }
        parts.join("\n\n")
    };
    Descriptor {
        id: rule.name,
        short_description: Message { text: cut(rule.summary, LONGEST) },
        full_description: Message { text: cut(why, LONGEST) },
        help: Help { text: help("", ""), markdown: help("**", "````") },
        default_configuration: Configuration { level: rule.severity.word() },
        properties: Properties {
            tags: [rule.category()],
            precision: "very-high",
            severity: match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            },
        },
    }
}

fn result(report: &Report<'_>, item: &Item<'_>, index: usize) -> Value {
    let finding = item.finding;
    let help = finding.advice().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": finding.rule.name,
        "ruleIndex": index,
        "level": finding.severity.word(),
        "message": { "text": text(&format!("{}{help}", finding.message)) },
        "locations": [{ "physicalLocation": location(report, &finding.path, item.region) }],
        "partialFingerprints": { "partnerbook/v1": item.fingerprint },
        "suppressions": [],
    });
    if let Some(waived) = finding.waived.as_deref() {
        let mut suppression = json!({ "kind": "inSource", "status": "accepted" });
        if let Some(reason) = &waived.reason {
            suppression["justification"] = Value::from(plain(reason));
        }
        result["suppressions"] = json!([suppression]);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().zip(&item.related).enumerate().map(|(at, (other, region))| {
            json!({
                "id": at + 1,
                "physicalLocation": location(report, &other.path, *region),
                "message": { "text": text(&other.label) },
            })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(report: &Report<'_>, path: &str, region: Region) -> Value {
    let Region { start: Point { line, utf16: column, .. }, end } = region;
    json!({
        "artifactLocation": { "uri": uri(&report.path(path)), "uriBaseId": ROOT },
        "region": { "startLine": line, "startColumn": column, "endLine": end.line, "endColumn": end.utf16 },
    })
}

/// A path as a relative URI. A colon in its first part would end the name of a scheme.
pub fn uri(file: &str) -> String {
    path::encode(file).replace(':', "%3A")
}

/// The text of a message. In one, `[words](target)` is a link; where people wrote something like it, the brackets are escaped.
pub fn text(message: &str) -> String {
    let message = plain(message);
    if !message.contains("](") {
        return message;
    }
    message.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
