//! The same workspace as of the same day is the same site, byte for byte, wherever and however it is built.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_push_string,
    missing_docs
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use partnerbook::site::Site;
use partnerbook::workspace::Workspace;
use partnerbook::workspace::snapshot::Snapshot;

use common::{DAY, Space, Tree, build_command, differences, program, said, same, status, tree, write};

/// The sample workspace of this repository, with more of everything.
fn sample() -> Space {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let space = Space::empty();
    for (path, bytes) in tree(&root.join("content")) {
        space.write(&format!("content/{path}"), bytes);
    }
    space.write("partnerbook.yaml", fs::read(root.join("partnerbook.yaml")).unwrap());
    // Files that want the same id or page: which of them has it may not depend on the order in which a disk lists them.
    for n in 0..9 {
        space.write(&format!("content/partners/claim-{n}.md"), format!("---\nname: Claim {n}\nid: claimed\n---\n"));
        space.write(&format!("content/library/plan.m{}", ["d", "arkdown"][n % 2]), format!("# Plan {n}\n"));
    }
    for n in 0..120 {
        space.write(
            &format!("content/partners/many-{n}/index.md"),
            format!("---\nname: Same name\naliases: [Twin]\ntags: [a, b, T{}]\nowner: Own{}\nstage: research\n---\n[[Twin]] [[many-{}]] [x](nowhere.md)\n", n % 9, n % 4, (n + 1) % 120),
        );
        space.write(&format!("content/partners/many-{n}/notes.md"), "# Notes\n\n[[notes]]\n");
    }
    space
}

/// A site and what was said while it was built, but for the time it took and the name of the folder.
fn outcome(root: &Path, out: &Path, environment: &[(&str, &str)]) -> (Tree, String) {
    let mut command = build_command(root, out, &["--as-of", DAY, "--keep-going"]);
    command.envs(environment.iter().copied());
    let output = command.output().unwrap();
    let _ = status(&output);
    let (site, said) = (tree(out), said(&output));
    assert!(site.len() > 300, "{said}");
    fs::remove_dir_all(out).unwrap();
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("Built ")).collect();
    (site, lines.join("\n"))
}

#[track_caller]
fn is_same(one: &(Tree, String), other: &(Tree, String)) {
    same(&one.0, &other.0);
    assert_eq!(one.1, other.1);
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let space = sample();
    let one = outcome(&space.root(), &space.out(), &[("RAYON_NUM_THREADS", "1")]);
    for threads in ["2", "8", "8", "8"] {
        is_same(&one, &outcome(&space.root(), &space.out(), &[("RAYON_NUM_THREADS", threads)]));
    }
}

#[test]
fn the_place_of_the_workspace_and_of_the_site_do_not_matter() {
    let space = sample();
    let one = outcome(&space.root(), &space.out(), &[]);
    let copy = space.beside("elsewhere/a copy of it");
    for (path, bytes) in tree(&space.root()) {
        write(&copy.join(path), bytes);
    }
    is_same(&one, &outcome(&copy, &space.beside("other site"), &[]));
    is_same(&one, &outcome(&copy, &copy.join("public"), &[]));
}

#[test]
fn the_way_in_which_the_workspace_is_named_does_not_matter() {
    let space = sample();
    let one = outcome(&space.root(), &space.out(), &[]);
    let mut command = program();
    command.current_dir(space.root().join("content/partners")).args(["build", "--keep-going", "--as-of", DAY, "--out"]).arg(space.out());
    let _ = status(&command.output().unwrap());
    same(&tree(&space.out()), &one.0);
}

#[test]
fn the_order_in_which_files_were_made_does_not_matter() {
    let space = sample();
    let one = outcome(&space.root(), &space.out(), &[]);
    let files: Vec<(String, Vec<u8>)> = tree(&space.root()).into_iter().collect();
    let backwards: Vec<usize> = (0..files.len()).rev().collect();
    // 7919 is a prime, so every file has its turn.
    let mixed: Vec<usize> = (0..files.len()).map(|n| n * 7919 % files.len()).collect();
    for (n, order) in [backwards, mixed].into_iter().enumerate() {
        let copy = space.beside(&format!("copy-{n}"));
        for at in order {
            let (path, bytes) = &files[at];
            write(&copy.join(path), bytes);
        }
        assert_eq!(tree(&copy).len(), files.len());
        is_same(&one, &outcome(&copy, &space.out(), &[]));
    }
}

#[test]
fn files_are_looked_at_in_the_order_of_their_paths() {
    let space = Space::empty();
    // So many that no disk lists them in this order by chance.
    for n in 0..100 {
        space.write(&format!("content/partners/{}/index.md", n * 37 % 100), "---\nname: A\n---\n");
        space.write(&format!("content/library/{}.md", n * 61 % 100), "# A\n");
    }
    let files = Snapshot::take(&space.root(), DAY.parse().unwrap()).files;
    assert_eq!(files.len(), 201);
    assert!(files.is_sorted_by(|a, b| a.path < b.path));
}

#[test]
fn the_times_of_files_do_not_matter() {
    let space = sample();
    let one = outcome(&space.root(), &space.out(), &[]);
    let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in tree(&space.root()).into_keys() {
        let file = fs::File::options().write(true).open(space.root().join(path)).unwrap();
        file.set_modified(past).unwrap();
    }
    is_same(&one, &outcome(&space.root(), &space.out(), &[]));
}

#[test]
fn the_language_and_the_clock_of_the_computer_do_not_matter() {
    let space = sample();
    let one = outcome(&space.root(), &space.out(), &[]);
    for environment in [
        [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        [("TZ", "Pacific/Pago_Pago"), ("LANG", "C"), ("LC_ALL", "POSIX")],
        [("TZ", "nonsense"), ("LANG", ""), ("LC_ALL", "de_DE")],
    ] {
        is_same(&one, &outcome(&space.root(), &space.out(), &environment));
    }
}

#[test]
fn what_was_in_the_folder_before_does_not_matter() {
    let space = sample();
    let fresh = outcome(&space.root(), &space.out(), &[]).0;
    let path = "content/partners/many-7/index.md";
    let text = fs::read(space.root().join(path)).unwrap();
    space.write(path, "---\nname: Another\ntags: [other]\n---\n");
    let build = || build_command(&space.root(), &space.out(), &["--as-of", DAY, "--keep-going"]).output().unwrap();
    let _ = status(&build());
    assert_ne!(tree(&space.out()), fresh);
    space.write(path, text);
    let _ = status(&build());
    same(&tree(&space.out()), &fresh);
}

/// The day that a site says it was made as of.
fn day(space: &Space, epoch: Option<&str>, as_of: Option<&str>) -> String {
    let out: PathBuf = space.out();
    let mut command = build_command(&space.root(), &out, &[]);
    command.env("TZ", "Pacific/Kiritimati");
    if let Some(epoch) = epoch {
        command.env("SOURCE_DATE_EPOCH", epoch);
    }
    if let Some(as_of) = as_of {
        command.args(["--as-of", as_of]);
    }
    let output = command.output().unwrap();
    if status(&output) == 2 {
        return said(&output);
    }
    let json: serde_json::Value = serde_json::from_slice(&fs::read(out.join("data/partners.json")).unwrap()).unwrap();
    json["as_of"].as_str().unwrap().to_owned()
}

#[test]
fn the_day_may_come_from_the_environment() {
    let space = Space::new();
    // 2026-11-20T23:59:59Z, which is the next day in the east of the Pacific's date line.
    assert_eq!(day(&space, Some("1795219199"), None), "2026-11-20");
    let from_environment = tree(&space.out());
    assert_eq!(day(&space, None, Some(DAY)), DAY);
    same(&tree(&space.out()), &from_environment);
    assert_eq!(day(&space, Some("0"), None), "1970-01-01");
    assert_eq!(day(&space, Some("-86400"), None), "1969-12-31");
}

#[test]
fn the_command_line_goes_before_the_environment() {
    let space = Space::new();
    assert_eq!(day(&space, Some("0"), Some(DAY)), DAY);
    assert_eq!(day(&space, Some("nonsense"), Some(DAY)), DAY);
}

#[test]
fn an_environment_that_is_no_day_is_said() {
    let space = Space::new();
    for nonsense in ["nonsense", "", "1e9", "99999999999999999999", "253402300800"] {
        let said = day(&space, Some(nonsense), None);
        assert!(said.contains(&format!("SOURCE_DATE_EPOCH is `{nonsense}`")), "{said}");
    }
}

/// Every file that is made for a workspace.
fn made(root: &Path) -> Tree {
    let site = Site::new(Workspace::load(root, DAY.parse().unwrap(), false));
    let files = site.routes.all.iter().map(|(path, route)| (path.clone(), site.bytes(path, route).unwrap().unwrap_or_default()));
    files.collect()
}

/// Built-in templates of which only parts differ are rendered once; those of a workspace are rendered for each page.
#[test]
fn a_copy_of_a_built_in_template_makes_the_same_pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut templates = tree(&root.join("themes/default"));
    templates.retain(|path, _| path.ends_with(".hbs"));
    for workspace in ["tests/golden/small/workspace", "tests/measures/fiscal"] {
        let space = Space::empty();
        for (path, bytes) in tree(&root.join(workspace)) {
            if !path.starts_with("themes/") {
                space.write(&path, bytes);
            }
        }
        let built_in = made(&space.root());
        assert!(built_in.keys().any(|path| path.contains("/qbr/")) && built_in.len() > 50, "{:?}", built_in.keys());
        let mut settings = fs::read_to_string(space.root().join("partnerbook.yaml")).unwrap();
        for (path, bytes) in &templates {
            let file = format!("themes/default/{path}");
            space.write(&file, bytes);
            let differ = made(&space.root());
            assert_eq!(differences(&built_in, &differ), [""; 0], "{workspace} with a copy of {path}");
            space.remove(&file);
        }
        settings.push_str("\ntheme: copied\n");
        space.write("partnerbook.yaml", settings);
        for (path, bytes) in &templates {
            space.write(&format!("themes/copied/{path}"), bytes);
        }
        assert_eq!(differences(&built_in, &made(&space.root())), [""; 0], "{workspace} with a theme of its own");
    }
}
