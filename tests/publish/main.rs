//! Publishing: the output folder holds the old site or the new one, whole, and what is not ours in it is left alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_push_string,
    clippy::format_collect,
    missing_docs
)]

#[path = "../common/mod.rs"]
mod common;

mod interrupted;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use common::{Space, build_command, differences, said, same, status, tree, write};

/// When each file was last written.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    tree(folder)
        .into_keys()
        .map(|path| {
            let meta = fs::symlink_metadata(folder.join(&path)).unwrap();
            (path, meta.modified().unwrap())
        })
        .collect()
}

/// The names in the folder beside which the site lies.
fn beside(out: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(out.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Builds into `out`: the exit status and what was said.
fn build_into(space: &Space, out: &Path) -> (i32, String) {
    let output = build_command(&space.root(), out, &["--as-of=2026-11-20"]).output().unwrap();
    (status(&output), said(&output))
}

/// Asserts that a build into `out` is refused for a reason, and changes nothing in `watched`.
#[track_caller]
fn is_refused(space: &Space, out: &Path, why: &str, watched: &Path) {
    let before = tree(watched);
    let (status, said) = build_into(space, out);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains(why), "{said}");
    same(&tree(watched), &before);
}

#[test]
fn a_folder_with_something_else_in_it_is_refused() {
    let space = Space::new();
    write(&space.out().join("thesis.txt"), "years of work");
    is_refused(&space, &space.out(), "is not empty and was not made by partnerbook", &space.out());
    assert_eq!(beside(&space.out()), ["site", "workspace"]);
}

#[test]
fn a_folder_whose_marker_is_somebody_elses_is_refused() {
    let space = Space::new();
    write(&space.out().join(".partnerbook"), "something else\nindex.html\n");
    write(&space.out().join("index.html"), "mine");
    is_refused(&space, &space.out(), "was not made by partnerbook", &space.out());
}

#[test]
fn an_empty_folder_is_taken() {
    let space = Space::new();
    fs::create_dir(space.out()).unwrap();
    assert_eq!(space.build_with(&[]).status, 0);
    assert!(space.out().join("index.html").is_file());
}

#[test]
fn folders_that_are_missing_are_made() {
    let space = Space::new();
    let out = space.beside("a/b/c");
    assert_eq!(build_into(&space, &out).0, 0);
    assert!(out.join("index.html").is_file());
}

#[test]
fn a_file_is_refused() {
    let space = Space::new();
    write(&space.out(), "a file");
    let (status, said) = build_into(&space, &space.out());
    assert_eq!(status, 2);
    assert!(said.contains("is a file, not a folder"), "{said}");
    assert_eq!(fs::read(space.out()).unwrap(), b"a file");
}

#[test]
fn a_folder_that_holds_the_workspace_or_is_read_is_refused() {
    let space = Space::new().file("themes/own/static/a.css", "");
    let root = space.root();
    for (out, why) in [
        (root.clone(), "contains the workspace"),
        (root.join("."), "contains the workspace"),
        (root.join("content/.."), "contains the workspace"),
        (root.parent().unwrap().to_owned(), "contains the workspace"),
        (PathBuf::from("/"), "contains the workspace"),
        (root.join("content"), "lies in `content/`"),
        (root.join("content/site"), "lies in `content/`"),
        (root.join("content/new/site"), "lies in `content/`"),
        (root.join("content/../content/x"), "lies in `content/`"),
        (root.join("themes"), "lies in `themes/`"),
        (root.join("themes/own/site"), "lies in `themes/`"),
    ] {
        is_refused(&space, &out, why, &root);
    }
}

#[test]
#[cfg(unix)]
fn a_link_into_what_is_read_is_refused() {
    let space = Space::new();
    std::os::unix::fs::symlink(space.root().join("content"), space.out()).unwrap();
    is_refused(&space, &space.out().join("site"), "lies in `content/`", &space.root());
    is_refused(&space, &space.out(), "lies in `content/`", &space.root());
}

#[test]
fn the_folder_in_the_workspace_is_not_read() {
    let space = Space::new();
    let inside = space.root().join("site");
    for _ in 0..2 {
        assert_eq!(build_into(&space, &inside).0, 0);
    }
    assert_eq!(build_into(&space, &space.out()).0, 0);
    same(&tree(&inside), &tree(&space.out()));
}

#[test]
#[cfg(unix)]
fn an_output_that_is_a_link_stays_one() {
    let space = Space::new();
    let real = space.beside("real/place");
    fs::create_dir_all(&real).unwrap();
    std::os::unix::fs::symlink(&real, space.out()).unwrap();
    for name in ["One", "Two"] {
        space.write("content/partners/sound.md", format!("---\nname: {name}\n---\nFine.\n"));
        assert_eq!(build_into(&space, &space.out()).0, 0);
        assert!(fs::symlink_metadata(space.out()).unwrap().is_symlink());
        let page = fs::read_to_string(real.join("partners/sound.html")).unwrap();
        assert!(page.contains(name));
        assert_eq!(beside(&real), ["place"]);
    }
}

#[test]
fn what_others_put_there_survives() {
    let space = Space::new().partner("acme", "name: Acme", "");
    assert_eq!(space.build_with(&[]).status, 0);
    let out = space.out();
    let mut foreign = vec!["CNAME", ".git/HEAD", ".git/objects/ab/cd", "partners/photo.jpg", "downloads/a/b.zip", ".htaccess"];
    for path in &foreign {
        write(&out.join(path), format!("foreign {path}"));
    }
    fs::create_dir_all(out.join("empty/inner")).unwrap();
    fs::create_dir_all(out.join("partners/empty")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("CNAME", out.join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", out.join("dangling")).unwrap();
        foreign.extend(["link", "dangling"]);
    }
    let before = times(&out);
    let bytes = tree(&out);
    space.remove("content/partners/acme.md");
    space.write("content/partners/other.md", "---\nname: Other\n---\n");
    assert_eq!(space.build_with(&[]).status, 0);
    let (after, bytes_after) = (times(&out), tree(&out));
    for path in foreign {
        assert_eq!(bytes_after.get(path), bytes.get(path), "{path}");
        if !path.contains("link") && path != "dangling" {
            assert_eq!(after.get(path), before.get(path), "{path}");
        }
    }
    assert!(out.join("empty/inner").is_dir() && out.join("partners/empty").is_dir());
    assert!(!out.join("partners/acme.html").exists() && out.join("partners/other.html").is_file());
}

#[test]
fn what_is_deleted_is_gone_with_its_empty_folder() {
    let space = Space::new().file("content/library/deep/er/page.md", "# Page\n").file("content/partners/sound/files/a.txt", "a");
    assert_eq!(space.build_with(&[]).status, 0);
    assert!(space.out().join("library/deep/er/page.html").is_file());
    space.remove("content/library/deep/er/page.md");
    space.remove("content/partners/sound/files/a.txt");
    assert_eq!(space.build_with(&[]).status, 0);
    for gone in ["library", "partners/sound/files"] {
        assert!(!space.out().join(gone).exists(), "{gone}");
    }
}

#[test]
fn an_unchanged_workspace_changes_nothing() {
    let space = Space::new().partner("acme", "name: Acme", "![a](acme/a.svg)").file("content/partners/acme/a.svg", "<svg/>");
    assert_eq!(space.build_with(&[]).status, 0);
    let (bytes, before) = (tree(&space.out()), times(&space.out()));
    let folder = fs::metadata(space.out()).unwrap().modified().unwrap();
    let again = space.build_with(&[]);
    assert_eq!(again.status, 0);
    assert!(again.said.contains("nothing has changed"), "{}", again.said);
    same(&tree(&space.out()), &bytes);
    assert_eq!(times(&space.out()), before);
    assert_eq!(fs::metadata(space.out()).unwrap().modified().unwrap(), folder);
}

#[test]
fn a_changed_page_changes_only_the_files_that_show_it() {
    let space =
        Space::new().partner("acme", "name: Acme", "One. [[beta]]").partner("beta", "name: Beta", "").partner("gamma", "name: Gamma", "");
    assert_eq!(space.build_with(&[]).status, 0);
    let (bytes, before) = (tree(&space.out()), times(&space.out()));
    space.write("content/partners/acme.md", "---\nname: Acme\n---\nTwo. [[gamma]]");
    assert_eq!(space.build_with(&[]).status, 0);
    let (bytes_after, after) = (tree(&space.out()), times(&space.out()));
    let changed = differences(&bytes, &bytes_after);
    assert_eq!(changed, ["partners/acme.html", "partners/beta.html", "partners/gamma.html"]);
    for path in bytes.keys().filter(|path| *path != ".partnerbook" && !changed.contains(&path.as_str())) {
        assert_eq!(after[path], before[path], "{path}");
    }
}

#[test]
fn a_page_that_was_changed_or_removed_by_hand_is_made_again() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    let whole = tree(&space.out());
    write(&space.out().join("partners/sound.html"), "vandalised");
    fs::remove_file(space.out().join("404.html")).unwrap();
    assert_eq!(space.build_with(&[]).status, 0);
    same(&tree(&space.out()), &whole);
}

#[test]
#[cfg(unix)]
fn a_page_that_somebody_replaced_by_a_link_is_made_again_without_following_it() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    let whole = tree(&space.out());
    let precious = space.beside("precious.txt");
    write(&precious, "precious");
    let page = space.out().join("partners/sound.html");
    fs::remove_file(&page).unwrap();
    std::os::unix::fs::symlink(&precious, &page).unwrap();
    assert_eq!(space.build_with(&[]).status, 0);
    same(&tree(&space.out()), &whole);
    assert_eq!(fs::read(&precious).unwrap(), b"precious");
}

#[test]
fn a_page_whose_place_is_taken_is_refused_and_nothing_is_lost() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    write(&space.out().join("partners/acme.html"), "mine");
    space.write("content/partners/acme.md", "---\nname: Acme\n---\n");
    is_refused(&space, &space.out(), "was not made by partnerbook", &space.out());
    assert_eq!(beside(&space.out()), ["site", "workspace"]);
}

#[test]
fn a_folder_of_pages_whose_place_is_taken_is_refused_and_nothing_is_lost() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    write(&space.out().join("library"), "a file of mine");
    space.write("content/library/page.md", "# Page\n");
    is_refused(&space, &space.out(), "library", &space.out());
    let other = Space::new();
    assert_eq!(other.build_with(&[]).status, 0);
    write(&other.out().join("about.html/inner.txt"), "mine");
    other.write("content/about.md", "# About\n");
    is_refused(&other, &other.out(), "about.html", &other.out());
}

#[test]
fn a_build_that_fails_leaves_the_site_as_it_is() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    let (bytes, before) = (tree(&space.out()), times(&space.out()));
    space.write("content/partners/sound.md", "---\nname: [\n---\n");
    assert_eq!(space.build_with(&[]).status, 1);
    space.write("content/partners/sound.md", "---\nname: Other\nnonsense: 1\n---\n");
    assert_eq!(space.build_with(&["--strict"]).status, 1);
    same(&tree(&space.out()), &bytes);
    assert_eq!(times(&space.out()), before);
    assert_eq!(beside(&space.out()), ["site", "workspace"]);
}
