//! What `check` writes in each format, of one workspace with everything in it that could break one. `UPDATE_FORMATS=1 cargo test
//! --test formats` writes what is there now.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{DAY, Space, program, status, tree};
use serde_json::Value;

/// All formats with the ends of their files.
const FORMATS: [(&str, &str); 8] = [
    ("human", "txt"),
    ("short", "short.txt"),
    ("json", "json"),
    ("sarif", "sarif"),
    ("github", "github.txt"),
    ("gitlab", "gitlab.json"),
    ("junit", "xml"),
    ("markdown", "md"),
];

/// The rules of this workspace; others that come later change nothing here.
const SELECT: &str = "--select=input,lifecycle/stage-mismatch,ownership/no-owner";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// The workspace in a folder that is in no repository.
fn workspace() -> Space {
    tree(&folder().join("workspace")).iter().fold(Space::empty(), |space, (path, bytes)| space.file(path, bytes))
}

fn check(root: &Path, arguments: &[&str]) -> String {
    let output = program().arg("-C").arg(root).args(["check", "--as-of", DAY]).args(arguments).output().unwrap();
    assert!(status(&output) < 2, "{}", common::said(&output));
    assert!(output.stderr.is_empty(), "{}", common::said(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn in_format(root: &Path, format: &str, more: &[&str]) -> String {
    let text = check(root, &[&["--format", format, SELECT], more].concat());
    assert!((text.is_empty() || text.ends_with('\n')) && !text.contains(root.to_str().unwrap()), "{format}: {text}");
    text
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// SARIF without what changes when a rule is described in other words.
fn without_descriptions(sarif: &str) -> String {
    let mut sarif = json(sarif);
    let driver = &mut sarif["runs"][0]["tool"]["driver"];
    driver["version"] = "VERSION".into();
    for rule in driver["rules"].as_array_mut().unwrap() {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(rule.as_object_mut().unwrap().remove(key).unwrap()["text"].as_str().is_some_and(|text| !text.is_empty()));
        }
    }
    serde_json::to_string_pretty(&sarif).unwrap() + "\n"
}

#[test]
fn every_format_is_as_expected() {
    let space = workspace();
    let mut wrong = Vec::new();
    for (format, end) in FORMATS {
        let made = in_format(&space.root(), format, &["--show-waived"]);
        assert_eq!(made, in_format(&space.root(), format, &["--show-waived"]), "{format} is the same on every run");
        let made = if format == "sarif" { without_descriptions(&made) } else { made };
        let file = folder().join("expected").join(format!("findings.{end}"));
        if std::env::var_os("UPDATE_FORMATS").is_some() {
            common::write(&file, &made);
        } else if fs::read_to_string(&file).unwrap_or_default() != made {
            wrong.push(format!("{} differs; it is\n{made}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_FORMATS=1 cargo test --test formats writes what is there now", wrong.join("\n"));
}

#[test]
fn sarif_is_what_code_scanning_takes() {
    let space = workspace();
    let sarif = json(&in_format(&space.root(), "sarif", &["--show-waived"]));
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"].as_array().unwrap().len(), 1);
    let run = &sarif["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!((driver["name"].as_str(), driver["version"].as_str()), (Some("partnerbook"), Some(env!("CARGO_PKG_VERSION"))));
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert!(run["originalUriBaseIds"]["%SRCROOT%"].get("uri").is_none(), "where the repository is, the reader knows");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
            assert!(rule.pointer(text).unwrap().as_str().is_some_and(|text| !text.is_empty()), "{text}");
        }
        assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1024);
        assert!(matches!(rule["defaultConfiguration"]["level"].as_str().unwrap(), "error" | "warning" | "note"));
        assert!(matches!(rule["properties"]["problem.severity"].as_str().unwrap(), "error" | "warning" | "recommendation"));
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
    }
    let mut seen = BTreeSet::new();
    let results = run["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(matches!(result["level"].as_str().unwrap(), "error" | "warning" | "note"));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert!(seen.insert(result["partialFingerprints"]["partnerbook/v1"].as_str().unwrap()), "each has its own");
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let related = result.get("relatedLocations").and_then(Value::as_array).cloned().unwrap_or_default();
        for (at, other) in related.iter().enumerate() {
            assert_eq!(other["id"], at + 1);
            assert!(other["message"]["text"].is_string());
        }
        for location in related.iter().chain(result["locations"].as_array().unwrap()) {
            let file = &location["physicalLocation"]["artifactLocation"];
            let uri = file["uri"].as_str().unwrap();
            assert_eq!(file["uriBaseId"], "%SRCROOT%");
            assert!(uri.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}#:".contains(&b)) && !uri.starts_with('/'), "{uri}");
            assert!(space.root().join(partnerbook::text::path::decode(uri)).exists(), "{uri}");
            let region = &location["physicalLocation"]["region"];
            let at = |key: &str| region[key].as_u64().unwrap();
            assert!(at("startLine") > 0 && at("startColumn") > 0, "{region}");
            assert!((at("startLine"), at("startColumn")) <= (at("endLine"), at("endColumn")), "{region}");
        }
        assert!(result["suppressions"].is_array(), "where one has them, all have");
    }
    let waived: Vec<&Value> = results.iter().filter(|result| result["suppressions"] != Value::Array(Vec::new())).collect();
    assert_eq!(waived.len(), 1);
    assert_eq!(
        (waived[0]["suppressions"][0]["kind"].as_str(), waived[0]["suppressions"][0]["status"].as_str()),
        (Some("inSource"), Some("accepted"))
    );
    // Code scanning shows suppressed results as open ones, so they are there only when they are asked for.
    let without = json(&in_format(&space.root(), "sarif", &[]));
    assert_eq!(without["runs"][0]["results"].as_array().unwrap().len(), results.len() - 1);
    // A column after two emoji counts four units of UTF-16.
    let link = results.iter().find(|result| result["message"]["text"].as_str().unwrap().contains("\\[d\\](1)")).unwrap();
    assert_eq!(link["locations"][0]["physicalLocation"]["region"]["startColumn"], 13);
}

#[test]
fn other_formats_are_what_their_readers_take() {
    let space = workspace();
    let findings = json(&in_format(&space.root(), "json", &[]))["findings"].as_array().unwrap().clone();
    assert!(findings.len() > 10 && findings.iter().any(|finding| finding["waived"]["by"] == "Kim Sato"));

    let gitlab = json(&in_format(&space.root(), "gitlab", &[]));
    let issues = gitlab.as_array().unwrap();
    assert_eq!(issues.len(), findings.len() - 1, "without the waived one");
    assert_eq!(issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect::<BTreeSet<_>>().len(), issues.len());
    for issue in issues {
        assert!(matches!(issue["severity"].as_str().unwrap(), "info" | "minor" | "major" | "critical" | "blocker"));
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() > 0);
    }

    let junit = in_format(&space.root(), "junit", &[]);
    let tests = roxmltree::Document::parse(&junit).unwrap();
    let count = |name: &str| tests.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!((count("testcase"), count("failure"), count("skipped")), (findings.len(), findings.len() - 2, 1));
    assert_eq!(count("system-out"), 1, "a note has passed");
    let denied = in_format(&space.root(), "junit", &["--deny", "notes"]);
    assert_eq!((denied.matches("<failure ").count(), denied.matches("<system-out>").count()), (findings.len() - 1, 0));

    let github = in_format(&space.root(), "github", &[]);
    assert_eq!(github.lines().count(), findings.len(), "a line for each but the waived one, and the counts");
    let commands: Vec<&str> =
        github.lines().filter(|line| line.starts_with("::")).map(|line| line[2..].split(' ').next().unwrap()).collect();
    let mut sorted = commands.clone();
    sorted.sort_by_key(|command| ["error", "warning", "notice"].iter().position(|known| known == command).unwrap());
    assert_eq!(commands, sorted, "errors first");

    let markdown = in_format(&space.root(), "markdown", &[]);
    assert!(!markdown.contains("@octocat") && !markdown.contains("<b>") && !markdown.contains("#12 "), "{markdown}");
    assert!(
        in_format(&space.root(), "short", &[])
            .lines()
            .all(|line| line.contains(": error[") || line.contains(": warning[") || line.contains(": note["))
    );
}

#[test]
fn without_findings_every_format_says_so() {
    let space = Space::empty();
    let made = |format: &str| in_format(&space.root(), format, &[]);
    assert_eq!(made("human"), "Checked 0 partners: no findings in what was selected\n");
    assert_eq!((made("short").as_str(), made("gitlab").as_str()), ("", "[]\n"));
    assert_eq!(made("github"), "partnerbook: no findings\n");
    assert_eq!(made("markdown"), "### partnerbook: no findings\n\nAs of 2026-11-20.\n");
    assert_eq!(json(&made("json"))["findings"], Value::Array(Vec::new()));
    assert_eq!(json(&made("sarif"))["runs"][0]["results"], Value::Array(Vec::new()));
    let junit = made("junit");
    let tests = roxmltree::Document::parse(&junit).unwrap();
    assert_eq!(tests.descendants().filter(|node| node.has_tag_name("testcase") && node.first_child().is_none()).count(), 1);
}

#[test]
fn platforms_are_told_where_the_workspace_is_in_its_repository() {
    let space = Space::empty();
    let root = space.root().join("docs/our partners");
    common::write(&root.join("partnerbook.yaml"), "");
    common::write(&root.join("content/partners/acme.md"), "---\nname: Acme\nowner: dana\n---\nTBD\n");
    fs::create_dir(space.root().join(".git")).unwrap();
    for (format, path) in [
        ("sarif", "\"docs/our%20partners/content/partners/acme.md\""),
        ("github", "file=docs/our partners/content/partners/acme.md,"),
        ("gitlab", "\"docs/our partners/content/partners/acme.md\""),
        ("junit", "\"docs/our partners/content/partners/acme.md\""),
        ("markdown", "docs/our partners/content/partners/acme.md:5<"),
        ("json", "\"content/partners/acme.md\""),
        ("short", "content/partners/acme.md:5:1:"),
    ] {
        let made = in_format(&root, format, &[]);
        assert!(made.contains(path), "{format}: {made}");
    }
}

#[test]
fn a_file_holds_what_would_be_shown() {
    let space = workspace();
    for (format, _) in FORMATS {
        let file = space.beside("out");
        let said = check(&space.root(), &["--format", format, SELECT, "--output", file.to_str().unwrap()]);
        let shown = in_format(&space.root(), format, &[]);
        let summary = "Checked 2 partners: 5 errors, 7 warnings, 1 note, 1 waived in what was selected\n";
        assert!(said.starts_with(summary), "{said}");
        let expected = shown.split(summary).next().unwrap();
        assert_eq!(fs::read_to_string(file).unwrap(), expected, "{format}");
    }
}

#[test]
fn a_summary_fits_into_a_comment() {
    let text = format!("---\nname: Many\nowner: dana\n---\n{}", "TBD\n\n".repeat(3000));
    let space = Space::empty().file("content/partners/many.md", text);
    let made = in_format(&space.root(), "markdown", &[]);
    assert!((50_000..=60_000).contains(&made.len()), "{}", made.len());
    let (_, end) = made.rsplit_once("\nLeft out, so that this fits into a comment: ").unwrap();
    let left: usize = end.strip_suffix(" warnings. `partnerbook check` shows all of them.\n").unwrap().parse().unwrap();
    let listed = made.matches("still to be filled in").count();
    assert_eq!(left + listed, 3000);
    assert!(made.contains(&format!("<summary>{listed} of 3000 warnings</summary>")), "{made}");
}

#[test]
fn a_summary_of_many_errors_starts_with_what_is_most_frequent_and_leaves_room_for_warnings() {
    let space = (0..150).fold(Space::empty(), |space, at| space.partner(&format!("p{at}"), "name: One of many", "[a](b.md) TBD\n"));
    let made = in_format(&space.root(), "markdown", &[]);
    let start = "### partnerbook: 300 errors, 150 warnings

As of 2026-11-20, about 150 partners.

| rule | severity | findings | partners |
|---|---|--:|--:|
| `input/broken-link` | error | 150 | 150 |
| `ownership/no-owner` | error | 150 | 150 |
| `input/placeholder` | warning | 150 | 150 |

#### 100 of 300 errors
";
    assert!(made.starts_with(start), "{made}");
    assert!(made.contains("\n<details>\n<summary>150 warnings</summary>\n"), "{made}");
    assert!(
        made.ends_with("\n</details>\n\nLeft out, so that this fits into a comment: 200 errors. `partnerbook check` shows all of them.\n")
    );
}
