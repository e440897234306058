//! Golden sites: small workspaces whose whole site is kept and compared byte by byte. A page that is missing, and one that
//! nobody expects, are failures too. `UPDATE_GOLDEN=1 cargo test --test golden` writes what is there now.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{DAY, Tree, build_command, status, tree};

/// The site of a workspace, without the static files of the theme, which are kept as they are in the theme.
fn site_of(workspace: &Path) -> Tree {
    let out = tempfile::tempdir().unwrap();
    let output = build_command(workspace, &out.path().join("site"), &["--quiet", &format!("--as-of={DAY}")]).output().unwrap();
    assert_eq!(status(&output), 0, "{}", common::said(&output));
    let mut site = tree(&out.path().join("site"));
    site.retain(|path, _| !path.starts_with("static/"));
    // The version and the stamp of the static files change without a change of the pages.
    for bytes in site.values_mut() {
        let text = String::from_utf8_lossy(bytes).replace(&format!("partnerbook {}", env!("CARGO_PKG_VERSION")), "partnerbook VERSION");
        *bytes = without_stamp(&text).into_bytes();
    }
    site
}

fn without_stamp(text: &str) -> String {
    let mut parts = text.split("?v=");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str("?v=STAMP");
        out.push_str(part.get(8..).unwrap());
    }
    out
}

fn golden(name: &str) {
    golden_files(name, |_| true);
}

/// The same, of those files only that `keep` names.
fn golden_files(name: &str, keep: fn(&str) -> bool) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let expected_folder = folder.join("expected");
    let mut site = site_of(&folder.join("workspace"));
    site.retain(|path, _| keep(path));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&expected_folder);
        for (path, bytes) in &site {
            common::write(&expected_folder.join(path), bytes);
        }
        return;
    }
    let expected = tree(&expected_folder);
    let mut wrong: Vec<String> = Vec::new();
    for (path, bytes) in &expected {
        match site.get(path) {
            None => wrong.push(format!("{path} is expected and was not made")),
            Some(made) if made != bytes => wrong.push(format!("{path} differs:\n{}", first_difference(bytes, made))),
            Some(_) => {}
        }
    }
    wrong.extend(site.keys().filter(|path| !expected.contains_key(*path)).map(|path| format!("{path} was made and is not expected")));
    assert!(wrong.is_empty(), "{}\nUPDATE_GOLDEN=1 cargo test --test golden writes what is there now", wrong.join("\n"));
}

fn first_difference(expected: &[u8], made: &[u8]) -> String {
    let (expected, made) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(made));
    let pairs = expected.lines().zip(made.lines()).enumerate();
    let different = pairs.into_iter().find(|(_, (a, b))| a != b);
    different.map_or_else(|| "  one of them is longer".to_owned(), |(at, (a, b))| format!("  line {}\n  - {a}\n  + {b}", at + 1))
}

#[test]
fn a_small_workspace() {
    golden("small");
}

#[test]
fn a_workspace_with_a_lifecycle_and_a_theme_of_its_own() {
    golden("own");
}

#[test]
fn what_other_programs_read() {
    golden_files("exports", |path| matches!(path, "data/partners.json" | "data/kpis.csv" | "calendar.ics"));
}
