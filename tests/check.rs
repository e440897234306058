//! Which findings `check` shows and counts: by path, by rule, by baseline, and with which exit status.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::fs;
use std::path::Path;

use common::{DAY, Space, program, said, status};
use serde_json::Value;

/// A workspace with an error in one partner, a warning in another and a note beside them.
fn space() -> Space {
    Space::empty()
        .file("content/partners/acme/index.md", "---\nname: Acme\n---\n[x](nowhere.md)\n")
        .file("content/partners/acme/notes.md", "# Notes\n")
        .file("content/partners/acme-labs.md", "---\nname: Acme Labs\n---\nTBD\n")
        .file("content/library/alone.md", "# Alone\n")
}

fn run(here: &Path, arguments: &[&str]) -> (i32, String) {
    let output =
        program().current_dir(here).arg("check").args(["--as-of", DAY, "--format", "short", "--select", "input"]).args(arguments).output();
    let output = output.unwrap();
    (status(&output), said(&output))
}

/// The files in which something is shown.
fn files(told: &str) -> Vec<&str> {
    told.lines().map(|line| line.split(':').next().unwrap()).collect()
}

#[test]
fn paths_are_those_from_where_one_stands() {
    let space = space();
    let partners = space.root().join("content/partners");
    let all = ["content/library/alone.md", "content/partners/acme-labs.md", "content/partners/acme/index.md"];
    let root = space.root();
    let absolute = root.to_str().unwrap();
    for (here, path, expected) in [
        (root.as_path(), ".", &all[..]),
        (&root, absolute, &all),
        (&root, "content/partners", &all[1..]),
        (&root, "./content//partners/", &all[1..]),
        (&partners, "acme", &all[2..]),
        (&partners, "acme/index.md", &all[2..]),
        (&partners, "acme-labs.md", &all[1..2]),
        (&partners, "../library", &all[..1]),
        (&partners, "../..", &all),
        (&partners, "../../partnerbook.yaml", &[]),
    ] {
        let (status, told) = run(here, &[path]);
        assert_eq!(files(&told), expected, "{path} in {}: {told}", here.display());
        assert_eq!(status, i32::from(expected.contains(&all[2])), "only what is shown counts: {path}");
    }
}

#[test]
fn paths_that_are_not_there_are_told() {
    let space = space();
    let beside = space.beside("elsewhere");
    fs::create_dir(&beside).unwrap();
    let (status, told) = run(&beside, &["-C", "../workspace", "content/partners"]);
    assert_eq!(status, 2);
    assert!(told.contains("there is no file or folder content/partners"), "{told}");
    assert!(told.contains("paths start at the current folder; did you mean `../workspace/content/partners`?"), "{told}");
    let (status, told) = run(&beside, &["-C", "../workspace", "../workspace/content/partners/acme"]);
    assert_eq!((status, files(&told)), (1, vec!["content/partners/acme/index.md"]));
    let (status, told) = run(&beside, &["-C", "../workspace", "."]);
    assert!(status == 2 && told.contains(". is outside of the workspace"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_workspace_behind_a_link_is_the_same() {
    let space = space();
    let link = space.beside("link");
    std::os::unix::fs::symlink(space.root(), &link).unwrap();
    let (status, told) = run(&space.root(), &["-C", link.to_str().unwrap(), "content/partners/acme"]);
    assert_eq!((status, files(&told)), (1, vec!["content/partners/acme/index.md"]));
}

#[test]
fn the_threshold_can_be_lowered() {
    let space = space();
    for (path, statuses) in
        [("content/partners/acme", [1, 1, 1]), ("content/partners/acme-labs.md", [0, 1, 1]), ("content/library", [0, 0, 1])]
    {
        let of = |more: &[&str]| run(&space.root(), &[&[path], more].concat()).0;
        assert_eq!([of(&[]), of(&["--deny", "warnings"]), of(&["--deny=notes"])], statuses, "{path}");
        assert_eq!(of(&["--strict"]), statuses[1]);
    }
}

#[test]
fn what_is_waived_never_counts() {
    let waive = "waive: [{rule: input/placeholder, reason: Later, by: dana, until: 2027-01-01}]";
    let space = Space::empty().file("content/partners/a.md", format!("---\nname: A\n{waive}\n---\nTBD\n"));
    assert_eq!(run(&space.root(), &["--deny", "notes"]), (0, String::new()));
    let (status, told) = run(&space.root(), &["--deny", "notes", "--show-waived"]);
    assert_eq!(status, 0);
    assert_eq!(
        told,
        "content/partners/a.md:5:1: waived[input/placeholder] `TBD` is still to be filled in (waived until 2027-01-01 by dana: Later)\n"
    );
}

/// `check` of everything, with its baseline.
fn whole(space: &Space, arguments: &[&str]) -> (i32, String) {
    let output = program().current_dir(space.root()).args(["check", "--as-of", DAY, "--format", "short"]).args(arguments).output().unwrap();
    (status(&output), said(&output))
}

/// A workspace in which only input rules find something: it has no partners.
fn pages() -> Space {
    Space::empty().file("content/index.md", "# Home\n\n[a](library/a.md)\n").file("content/library/a.md", "# A\n\nTBD\n\n[x](nowhere.md)\n")
}

#[test]
fn a_baseline_stands_edits_elsewhere() {
    let space = pages();
    assert_eq!(whole(&space, &["--write-baseline"]).0, 0);
    let recorded = fs::read_to_string(space.root().join("partnerbook-baseline.json")).unwrap();
    assert_eq!(
        recorded,
        "{\n  \"version\": 1,\n  \"findings\": [\n    \
         {\"path\":\"content/library/a.md\",\"rule\":\"input/broken-link\",\"message\":\"there is no file `nowhere.md`\"},\n    \
         {\"path\":\"content/library/a.md\",\"rule\":\"input/placeholder\",\"message\":\"`TBD` is still to be filled in\"}\n  ]\n}\n"
    );
    space.write("content/library/a.md", "---\ntitle: Another\n---\n# Another title\n\nMore.\n\n[x](nowhere.md)\n\n## New\n\nTBD\n\nTBD\n");
    let (status, told) = whole(&space, &[]);
    assert_eq!((status, told.as_str()), (0, "content/library/a.md:14:1: warning[input/placeholder] `TBD` is still to be filled in\n"));
    let (_, again) = whole(&space, &["--write-baseline"]);
    assert!(again.contains("Recorded 3 findings in partnerbook-baseline.json"), "{again}");
    assert_eq!(whole(&space, &["--deny=notes"]), (0, String::new()));
}

#[test]
fn fingerprints_stand_edits_elsewhere_and_selections() {
    let fingerprints = |space: &Space, more: &[&str]| -> Vec<String> {
        let output = program().current_dir(space.root()).args(["check", "--format=json"]).args(more).output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        json["findings"].as_array().unwrap().iter().map(|finding| finding["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let space = pages().file("content/library/a.md", "TBD\n\nTBD\n\n[x](nowhere.md)\n");
    let before = fingerprints(&space, &["--select=input/placeholder,input/broken-link"]);
    assert_eq!(before.len(), 3);
    assert_eq!(fingerprints(&space, &["--select=input/placeholder", "content/library"]), before[..2]);
    space.write("content/library/a.md", "# Title\n\nText.\n\nTBD\n\nTBD and more\n\nMore.\n\n[x](nowhere.md)\n");
    assert_eq!(fingerprints(&space, &["--select=input/placeholder,input/broken-link"]), before);
}

#[test]
fn what_cannot_be_published_cannot_be_recorded() {
    let space = pages().file("content/people.yaml", "kim: [a, b\n");
    let (status, told) = whole(&space, &["--write-baseline"]);
    assert_eq!(status, 1, "{told}");
    assert!(told.contains("content/people.yaml:1:6: error[input/bad-yaml]"), "{told}");
    assert!(told.contains("Recorded 2 findings") && told.contains("1 error cannot be recorded"), "{told}");
    assert_eq!(files(&whole(&space, &[]).1), ["content/people.yaml"]);
}

#[test]
fn a_broken_baseline_is_told() {
    let space = pages().file("partnerbook-baseline.json", "<<<<<<< ours\n{}\n");
    let (status, told) = whole(&space, &[]);
    assert_eq!(status, 2);
    assert!(told.contains("the baseline partnerbook-baseline.json cannot be read: it is not JSON"), "{told}");
    let output = program().current_dir(space.root()).arg("build").output().unwrap();
    assert_eq!(common::status(&output), 2, "a build counts in the same way");
    assert_eq!(whole(&space, &["--no-baseline"]).0, 1);
    assert_eq!(whole(&space, &["--write-baseline"]).0, 0, "it is written anew");
    assert_eq!(whole(&space, &[]), (0, String::new()));
    space.write("partnerbook-baseline.json", [0xff, 0xfe]);
    assert!(whole(&space, &[]).1.contains("it is not UTF-8"));
}

#[test]
fn a_strict_build_counts_like_a_check() {
    let space = Space::new().file("content/library/a.md", "# A\n\nTBD\n");
    let build = |space: &Space| status(&space.command(&["--strict", "--quiet"]).output().unwrap());
    let strict = |space: &Space| whole(space, &["--deny", "warnings"]).0;
    assert_eq!((build(&space), strict(&space)), (1, 1));
    assert_eq!(whole(&space, &["--write-baseline"]).0, 0);
    assert_eq!((build(&space), strict(&space)), (0, 0));
    assert!(!common::tree(&space.out()).is_empty(), "it was published");
    space.write("content/library/a.md", "# A\n\nTBD\n\nTODO\n");
    assert_eq!((build(&space), strict(&space)), (1, 1));
    // What keeps a site from being published does so, recorded or not.
    space.write("content/library/a.md", "# A\n\n[x](nowhere.md)\n");
    assert_eq!(whole(&space, &["--write-baseline"]).0, 0);
    assert_eq!((build(&space), strict(&space)), (1, 0));
}
