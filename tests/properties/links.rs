//! Workspaces of any shape: every link of the site leads to something that is there.

use std::sync::Arc;

use partnerbook::diagnostics::input;
use partnerbook::site::Site;
use partnerbook::workspace::classify::Kind;
use partnerbook::workspace::document::Document;
use partnerbook::workspace::resolve::resolve;
use partnerbook::workspace::snapshot::{FileEntry, Snapshot};
use proptest::prelude::*;

use crate::cases;
use crate::common::site::broken_links;
use crate::common::{DAY, Tree};

const NAMES: &[&str] = &[
    "acme",
    "beta",
    "two words",
    "50%",
    "c#",
    "what?",
    "日本",
    "caf\u{e9}",
    "cafe\u{301}",
    "it's",
    "a&b",
    "q.md",
    "r.html",
    "index",
    "CON",
    "%41",
    "..x",
    "[l]",
    "x;y",
    "UPPER",
];

/// A link to one of the pages, or to something like it.
fn link() -> impl Strategy<Value = String> {
    let name = prop::sample::select(NAMES);
    let folder = prop::sample::select(&["", "./", "../", "../partners/", "/library/", "../library/", "qbr/", "deep/"][..]);
    let end = prop::sample::select(&[".md", "", "/", ".md#plan", "#Plan", ".md#größe", "#nope", ".txt", "/index.md", ".md?x=1"][..]);
    let shape = 0..6;
    (folder, name, end, shape).prop_map(|(folder, name, end, shape)| {
        let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
        match shape {
            0 => format!("[text]({folder}{encoded}{end})"),
            1 => format!("[text](<{folder}{name}{end}>)"),
            2 => format!("[[{name}]]"),
            3 => format!("[[{name}#plan|words]]"),
            4 => format!("![alt]({folder}{encoded}{end})"),
            _ => format!("[[{folder}{name}]]"),
        }
    })
}

fn body() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => link(),
        1 => prop::sample::select(&["## Plan\n", "## Größe\n", "### Plan\n", "## Own {#own id}\n", "Text[^1].\n\n[^1]: Note\n", "[^2]: Unused\n", "## KPIs {#s-kpis}\n", "# Title [[acme]]\n", "[top](#top) [x](#)"][..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.join("\n\n"))
}

fn front() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(NAMES).prop_map(|name| format!("'{}'", name.replace('\'', "''")));
    let line = prop_oneof![
        name().prop_map(|n| format!("relations: {{integrates_with: [{n}]}}")),
        name().prop_map(|n| format!("owner: {n}")),
        name().prop_map(|n| format!("tags: [{n}, 'other/tag']")),
        name().prop_map(|n| format!("aliases: [{n}]")),
        name().prop_map(|n| format!("redirect_from: [{n}, old/page.md]")),
        name().prop_map(|n| format!("id: {n}")),
        name().prop_map(|n| format!("playbooks: [{{playbook: {n}, done: [a]}}]")),
        name().prop_map(|n| format!("agreement: {{kind: formal, link: {n}}}")),
        Just("draft: true".to_owned()),
        Just("stage: research".to_owned()),
        Just("kpis: {revenue: {target: 5, actuals: {2026-Q1: 3}}}".to_owned()),
        Just("lifecycle: [{stage: research, entered: 2026-01-01, outputs: {shortlist: notes.md}}]".to_owned()),
    ];
    prop::collection::vec(line, 0..5).prop_map(|mut lines| {
        lines.sort();
        lines.dedup_by_key(|line| line.split(':').next().unwrap_or_default().to_owned());
        lines.join("\n")
    })
}

fn file() -> impl Strategy<Value = (String, String)> {
    let place = prop::sample::select(
        &[
            "partners/NAME.md",
            "partners/NAME.md",
            "partners/NAME/index.md",
            "partners/NAME/notes.md",
            "partners/NAME/qbr/2026-Q3.md",
            "partners/NAME/issues/NAME.md",
            "partners/NAME/NAME.txt",
            "library/NAME.md",
            "library/deep/NAME.md",
            "NAME.md",
            "library/NAME.txt",
            "playbooks/NAME.yaml",
            "library/index.md",
            "NAME/NAME.md",
        ][..],
    );
    (place, prop::sample::select(NAMES), front(), body()).prop_map(|(place, name, front, body)| {
        let path = format!("content/{}", place.replace("NAME", name));
        let text = if path.ends_with(".yaml") {
            format!("name: Book of {name}\nsteps: [{{name: a, template: ../library/acme.md}}, b]\n")
        } else if path.contains("/qbr/") || path.contains("/issues/") || !path.contains("/partners/") {
            body
        } else {
            format!("---\nname: The {name}\n{front}\n---\n{body}")
        };
        (path, text)
    })
}

/// The site of these files; `None` where two of them want one page, which is its own finding.
fn site_of(files: &[(String, String)]) -> Option<Tree> {
    let snapshot = Snapshot {
        root: std::env::temp_dir().join("a workspace that is not there"),
        as_of: DAY.parse().unwrap(),
        files: Vec::new(),
        findings: Vec::new(),
        links: false,
    };
    let mut documents: Vec<Document> = files
        .iter()
        .map(|(path, text)| {
            let entry = FileEntry { path: Arc::from(path.as_str()), kind: Kind::of(path).unwrap() };
            Document::read(&entry, Ok(text.clone().into_bytes()))
        })
        .collect();
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    documents.dedup_by(|a, b| a.path == b.path);
    let site = Site::new(resolve(&snapshot, documents, false));
    if site.workspace.findings.iter().any(|finding| finding.rule == &input::URL_COLLISION) {
        return None;
    }
    let pages = site
        .routes
        .all
        .iter()
        .map(|(path, route)| match site.bytes(path, route) {
            Ok(bytes) => (path.clone(), bytes.unwrap_or_default()),
            Err(finding) => panic!("{path}: {}", finding.message),
        })
        .collect();
    Some(pages)
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn every_link_of_the_site_leads_to_something(files in prop::collection::vec(file(), 1..14), base in any::<bool>()) {
        let mut files = files;
        files.push(("content/people.yaml".to_owned(), "acme: {name: Acme Person, side: beta, email: a@x.example}\n".to_owned()));
        if base {
            files.push(("partnerbook.yaml".to_owned(), "base_url: https://x.example/sub/\n".to_owned()));
        }
        let Some(mut pages) = site_of(&files) else {
            return Ok(());
        };
        if base {
            // A server shows this page at any address, so its links start at the top of the server.
            pages.remove("404.html");
        }
        prop_assert_eq!(broken_links(&pages), Vec::<String>::new());
    }
}
