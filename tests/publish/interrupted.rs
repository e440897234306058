//! Builds that are killed, and builds at once.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::common::{Space, Tree, build_command, differences, said, same, status, tree, write};
use crate::{beside, build_into};

/// Writes one of two versions of a workspace; pages come and go, change and stay.
fn version(space: &Space, second: bool, partners: usize) {
    for n in 0..partners {
        let path = format!("content/partners/p{n:03}.md");
        let only = n % 7 == 0;
        if only && second {
            let _ = fs::remove_file(space.root().join(&path));
            continue;
        }
        let word = if second && n % 2 == 0 { "second" } else { "first" };
        space.write(&path, format!("---\nname: Partner {n}\ntags: [t{}]\n---\nThe {word} version.\n", n % 5));
    }
    let library = space.root().join("content/library");
    let _ = fs::remove_dir_all(&library);
    let name = if second { "b/second" } else { "a/first" };
    space.write(&format!("content/library/{name}.md"), "# Page\n");
}

/// The two versions of a workspace and the site of each; the second one is what the workspace is left at.
fn two_versions(partners: usize) -> (Space, [Tree; 2]) {
    let space = Space::new();
    let sites = [false, true].map(|second| {
        version(&space, second, partners);
        let out = space.beside("reference");
        assert_eq!(build_into(&space, &out).0, 0);
        tree(&out)
    });
    fs::remove_dir_all(space.beside("reference")).unwrap();
    (space, sites)
}

/// A number below `end`, another one each time.
fn any(state: &mut u64, end: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % end
}

#[test]
#[cfg(unix)]
fn killed_at_any_moment_a_build_leaves_the_old_site_or_the_new_one() {
    let (space, sites) = two_versions(300);
    let out = space.out();
    assert_eq!(build_into(&space, &out).0, 0);
    write(&out.join("foreign.txt"), "foreign");
    let whole = |out: &Path| {
        let mut site = tree(out);
        assert_eq!(site.remove("foreign.txt").as_deref(), Some(&b"foreign"[..]));
        site.remove(".partnerbook-lock");
        sites.iter().position(|one| *one == site)
    };
    assert_eq!(whole(&out), Some(1));
    let mut state = 2026;
    let (mut killed, mut seen) = (0, [0, 0]);
    for round in 0..40 {
        version(&space, round % 2 == 1, 300);
        let mut child = build_command(&space.root(), &out, &["--as-of=2026-11-20", "--quiet"]).stderr(Stdio::null()).spawn().unwrap();
        // Half of the rounds wait until a random number of files is written, the others until the new site appears.
        let files = any(&mut state, 330) as usize;
        let marker = fs::read(out.join(".partnerbook")).unwrap();
        while child.try_wait().unwrap().is_none() {
            let stop =
                if round % 4 < 2 { staged(&out) >= files } else { fs::read(out.join(".partnerbook")).ok().as_ref() != Some(&marker) };
            if stop {
                break;
            }
        }
        child.kill().unwrap();
        killed += usize::from(child.wait().unwrap().code().is_none());
        let Some(which) = whole(&out) else {
            let site = tree(&out);
            let differ = sites.each_ref().map(|one| differences(one, &site));
            panic!("round {round}: neither the one site nor the other: {differ:?}");
        };
        seen[which] += 1;
    }
    assert!(killed > 10, "most builds were killed before their end, not {killed}");
    assert!(seen[0] > 2 && seen[1] > 2, "{seen:?}");
    version(&space, false, 300);
    assert_eq!(build_into(&space, &out).0, 0);
    assert_eq!(whole(&out), Some(0));
    assert_eq!(beside(&out), ["site", "workspace"], "leftovers are cleaned up");
}

/// How many files a build has written so far into the folder beside the output.
#[cfg(unix)]
fn staged(out: &Path) -> usize {
    let stage = beside(out).into_iter().find(|name| name.starts_with(".site.partnerbook-"));
    stage.map_or(0, |name| walkdir::WalkDir::new(out.with_file_name(name)).into_iter().flatten().count())
}

#[test]
fn what_a_killed_build_left_behind_is_cleaned_up() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    let whole = tree(&space.out());
    // A stage, an old site that was not yet removed, and the lock that was not yet removed from the new one.
    write(&space.beside(".site.partnerbook-1/.partnerbook-lock"), "");
    write(&space.beside(".site.partnerbook-1/index.html"), "half");
    write(&space.beside(".site.partnerbook-2/.partnerbook"), "partnerbook site 1\nindex.html\n");
    write(&space.beside(".site.partnerbook-2/index.html"), "old");
    write(&space.beside(".site.partnerbook-2/foreign.txt"), "foreign");
    write(&space.beside(".site.partnerbook-mine/file.txt"), "not a site");
    write(&space.beside(".sitemap/file.txt"), "not a site");
    space.write("content/partners/acme.md", "---\nname: Acme\n---\n");
    assert_eq!(space.build_with(&[]).status, 0);
    assert_eq!(beside(&space.out()), [".site.partnerbook-mine", ".sitemap", "site", "workspace"]);
    assert_eq!(fs::read(space.out().join("foreign.txt")).unwrap(), b"foreign", "what is not ours comes home");
    let new: Vec<String> = tree(&space.out()).into_keys().filter(|path| !whole.contains_key(path)).collect();
    assert_eq!(new, ["foreign.txt", "partners/acme.html", "partners/acme/scorecard.html"]);
}

#[test]
fn a_lock_that_was_left_in_the_site_is_cleaned_up() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    let whole = tree(&space.out());
    write(&space.out().join(".partnerbook-lock"), "");
    assert_eq!(space.build_with(&[]).status, 0);
    same(&tree(&space.out()), &whole);
}

#[test]
fn an_old_site_that_was_moved_aside_comes_back() {
    let space = Space::new();
    assert_eq!(space.build_with(&[]).status, 0);
    write(&space.out().join("foreign.txt"), "foreign");
    let whole = tree(&space.out());
    // Killed between the two steps of a system that cannot exchange folders.
    fs::rename(space.out(), space.beside(".site.partnerbook-1-old")).unwrap();
    space.write("content/partners/sound.md", "---\nname: [\n---\n");
    assert_eq!(space.build_with(&[]).status, 1);
    space.write("content/partners/sound.md", "---\nname: Sound\n---\nFine.\n");
    assert_eq!(space.build_with(&[]).status, 0);
    same(&tree(&space.out()), &whole);
}

#[test]
fn builds_at_once_do_not_mix_their_sites() {
    let (space, sites) = two_versions(20);
    let other = Space::new();
    version(&other, false, 20);
    let out = space.out();
    for round in 0..12 {
        let children: Vec<_> = (0..4)
            .map(|n| {
                let from = if n % 2 == 0 { &space } else { &other };
                let mut command = build_command(&from.root(), &out, &["--as-of=2026-11-20"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        let mut fine = 0;
        for child in children {
            let output = child.wait_with_output().unwrap();
            match status(&output) {
                0 => fine += 1,
                _ => assert!(said(&output).contains("another build is writing"), "{}", said(&output)),
            }
        }
        assert!(fine > 0, "one of them has built");
        let site = tree(&out);
        let which = sites.iter().position(|one| *one == site);
        assert!(which.is_some(), "round {round}: {:?}", site.keys());
        assert_eq!(beside(&out), ["site", "workspace"], "round {round}");
    }
}
