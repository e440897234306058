//! Files that are not what they should be: not text, far too large, too deep, half written, links in circles.

use crate::common::{Space, grave};

const PARTNER: &str = "content/partners/acme.md";

/// A space with `acme.md` as it is given, beside a partner that nothing is wrong with.
fn acme(bytes: impl AsRef<[u8]>) -> Space {
    Space::new().file(PARTNER, bytes)
}

#[test]
fn aliases_of_yaml_are_refused_before_they_can_explode() {
    let mut text = "---\nname: Acme\nx-a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (this, last) in ('b'..='k').zip('a'..) {
        let row = vec![format!("*{last}"); 9].join(", ");
        text += &format!("x-{this}: &{this} [{row}]\n");
    }
    let built = acme(text + "---\n").build();
    assert_eq!(
        built.findings.first().map(String::as_str),
        Some("content/partners/acme.md:4:10 error input/bad-yaml a YAML alias (`*name`), which is not read here")
    );
    assert_eq!(built.findings.len(), 90, "each of the aliases");
    assert_eq!(built.status, 1);
    assert!(built.has("partners/sound.html") && !built.has("partners/acme.html"));
}

#[test]
fn yaml_may_be_nested_only_so_deep() {
    let brackets = "[".repeat(100_000);
    acme(format!("---\nname: Acme\nx-deep: {brackets}\n---\n"))
        .build()
        .finds(&["content/partners/acme.md:3:57 error input/bad-yaml recursion limit exceeded"]);
    let dashes = "- ".repeat(100_000);
    acme(format!("---\nname: Acme\nx-deep:\n  {dashes}x\n---\n"))
        .build()
        .finds(&["content/partners/acme.md:4:97 error input/bad-yaml recursion limit exceeded"]);
    let braces = "{a: ".repeat(100_000);
    Space::new()
        .file("content/people.yaml", &braces)
        .build()
        .finds(&["content/people.yaml:1:193 error input/bad-yaml recursion limit exceeded"]);
}

#[test]
fn markdown_may_be_nested_as_deep_as_it_likes() {
    for nest in ["[", "![", "> ", "- ", "* a\n", "**a ", "[a](", "`", "<", "[[", "_a"] {
        let body = nest.repeat(20_000);
        let built = acme(format!("---\nname: Acme\n---\n{body}\n")).build();
        assert!(built.has("partners/acme.html"), "{nest}: {}", built.said);
        assert!(built.has("partners/sound.html"), "{nest}");
    }
}

#[test]
fn text_that_is_not_utf8_is_reported_where_it_starts() {
    acme(b"---\nname: Acme\nsummary: caf\xe9 noir\n---\n")
        .build()
        .finds(&["content/partners/acme.md:3:13 error input/unreadable this file is not UTF-8 text from here on"]);
}

#[test]
fn utf16_is_not_utf8() {
    let text: Vec<u8> = "\u{feff}---\nname: Acme\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    acme(text).build().finds(&["content/partners/acme.md:1:1 error input/unreadable this file is not UTF-8 text from here on"]);
}

#[test]
fn a_byte_order_mark_and_the_line_ends_of_windows_are_nothing_to_talk_about() {
    let space = acme("\u{feff}---\r\nname: Acme\r\nsummary: |\r\n  One\r\n  two\r\ntags: [a, b]\r\n---\r\n# Acme\r\n\r\n- [Sound](sound.md)\r\n- [[sound]]\r\n")
        .file("content/people.yaml", "\u{feff}dana:\r\n  name: Dana\r\n")
        .file("content/metrics.csv", "\u{feff}partner,kpi,period,actual\r\nacme,revenue,2026-Q1,5\r\n")
        .file("content/library/page.md", "\u{feff}# Page\r\n\r\nSee [[acme]].\r\n")
        .file("content/index.md", "\u{feff}[Page](library/page.md)\r\n")
        .file("partnerbook.yaml", "\u{feff}title: Ours\r\n");
    let built = space.build();
    built.finds(&[]);
    assert_eq!(built.findings, [""; 0]);
    assert!(built.page("partners/acme.html").contains("One\ntwo"));
    assert!(built.page("index.html").contains("Ours"));
    assert!(built.page("library/page.html").contains("<h1>Page</h1>"));
}

#[test]
fn a_nul_makes_a_file_something_else_than_text() {
    acme("---\nname: Acme\n---\nSome \0 text\n")
        .build()
        .finds(&["content/partners/acme.md:4:6 error input/unreadable this file has a NUL character in it, so it is not text"]);
}

#[test]
fn a_text_far_too_large_is_not_read() {
    let space = acme("");
    let file = std::fs::File::create(space.root().join(PARTNER)).unwrap();
    file.set_len(50_000_000).unwrap();
    space.build().finds(&[
        "content/partners/acme.md:1:1 error input/unreadable this file is not read: it is 50 MB large; texts of more than 8 MB are not read",
    ]);
}

#[test]
fn a_large_file_that_is_only_copied_is_copied() {
    let space = Space::new();
    let path = "content/partners/sound/demo.mp4";
    space.write(path, "");
    let file = std::fs::File::options().write(true).open(space.root().join(path)).unwrap();
    file.set_len(50_000_000).unwrap();
    let built = space.build();
    built.finds(&[]);
    assert_eq!(built.pages["partners/sound/demo.mp4"].len(), 50_000_000);
}

#[test]
fn a_large_text_is_read() {
    let body = "A line of text that says nothing new.\n".repeat(190_000);
    assert!(body.len() > 7_000_000);
    let built = acme(format!("---\nname: Acme\n---\n{body}")).build();
    built.finds(&[]);
    assert!(built.page("partners/acme.html").len() > 7_000_000);
}

#[test]
fn markers_of_a_merge_are_reported_wherever_they_are() {
    let conflict = |ours: &str, theirs: &str| format!("<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> branch\n");
    acme(format!("---\n{}---\n", conflict("name: A", "name: B")))
        .build()
        .finds(&["content/partners/acme.md:2:1 error input/merge-conflict a merge conflict is left in this file"]);
    acme(format!("---\nname: A\n---\n\n{}", conflict("One", "Two")))
        .build()
        .finds(&["content/partners/acme.md:5:1 error input/merge-conflict a merge conflict is left in this file"]);
    let yaml = conflict("a: {name: A}", "a: {name: B}");
    Space::new()
        .file("content/people.yaml", format!("z: Zoe\n{yaml}"))
        .build()
        .finds(&["content/people.yaml:2:1 error input/merge-conflict a merge conflict is left in this file"]);
    let rows = conflict("sound,revenue,2026-Q1,1", "sound,revenue,2026-Q1,2");
    Space::new()
        .file("content/metrics.csv", format!("partner,kpi,period,actual\n{rows}"))
        .build()
        .finds(&["content/metrics.csv:2:1 error input/merge-conflict a merge conflict is left in this file"]);
    Space::new()
        .file("partnerbook.yaml", conflict("title: A", "title: B"))
        .build()
        .finds(&["partnerbook.yaml:1:1 error input/merge-conflict a merge conflict is left in this file"]);
    Space::new()
        .file("content/playbooks/recruit.yaml", format!("name: R\n{}", conflict("steps: []", "steps: [a]")))
        .build()
        .finds(&["content/playbooks/recruit.yaml:2:1 error input/merge-conflict a merge conflict is left in this file"]);
}

#[test]
fn markers_of_a_merge_are_seen_with_the_line_ends_of_windows() {
    acme("---\r\nname: A\r\n---\r\n<<<<<<< HEAD\r\nOne\r\n=======\r\nTwo\r\n>>>>>>> branch\r\n")
        .build()
        .finds(&["content/partners/acme.md:4:1 error input/merge-conflict a merge conflict is left in this file"]);
}

#[test]
fn a_heading_underlined_with_equal_signs_is_no_merge() {
    acme("---\nname: A\n---\nHeading\n=======\n\nText\n").build().finds(&[]);
}

#[test]
fn front_matter_that_is_missing_open_or_empty() {
    acme("# Acme\n\nA partner.\n")
        .build()
        .finds(&["content/partners/acme.md:1:1 error input/no-front-matter this partner has no front matter"]);
    acme("").build().finds(&["content/partners/acme.md:1:1 error input/no-front-matter this partner has no front matter"]);
    acme("\n---\nname: Acme\nstage: research\n\nWords.\n")
        .build()
        .finds(&["content/partners/acme.md:2:1 error input/no-front-matter the front matter that starts here is not closed"]);
    acme("---\n---\nWords.\n").build().finds(&["content/partners/acme.md:2:1 error input/bad-value partner `acme` has no name"]);
    acme("---\nname: ''\n---\nWords.\n").build().finds(&["content/partners/acme.md:2:7 error input/bad-value partner `acme` has no name"]);
}

#[test]
fn a_half_written_partner_is_a_partner_or_a_finding_wherever_it_ends() {
    let whole = include_str!("rich-partner.md");
    let space =
        acme(whole).file("content/people.yaml", "dana: Dana\nkim: Kim\n").file("content/partners/beta.md", "---\nname: Beta\n---\n");
    assert_eq!(grave(&space.findings()), [""; 0], "whole, it is sound");
    for end in 0..whole.len() {
        space.write(PARTNER, &whole.as_bytes()[..end]);
        let workspace = space.workspace();
        let there = workspace.partners.iter().any(|partner| partner.id == "acme");
        let told = workspace.findings.iter().any(|f| f.path.as_ref() == PARTNER && f.blocks_publishing());
        assert!(there || told, "cut at byte {end}: neither a partner nor a finding");
        if end % 50 == 0 {
            let site = partnerbook::site::Site::new(workspace);
            for (path, route) in &site.routes.all {
                assert!(site.render(path, route).is_ok(), "{path}, cut at byte {end}");
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn links_in_the_file_system() {
    use std::os::unix::fs::symlink;
    let space = Space::new().file("content/partners/real.md", "---\nname: Real\n---\n");
    let partners = space.root().join("content/partners");
    symlink("real.md", partners.join("twin.md")).unwrap();
    symlink("nowhere.md", partners.join("dangling.md")).unwrap();
    symlink("itself.md", partners.join("itself.md")).unwrap();
    symlink("..", partners.join("circle")).unwrap();
    symlink("/", partners.join("disk")).unwrap();
    symlink("/etc/hostname", partners.join("secret.txt")).unwrap();
    let built = space.build();
    built.finds(&[
        "content/partners/circle:1:1 error input/unreadable this symbolic link leads in a circle",
        "content/partners/dangling.md:1:1 error input/unreadable this symbolic link leads nowhere, or in a circle",
        "content/partners/disk:1:1 error input/unreadable this symbolic link leads out of the workspace",
        "content/partners/itself.md:1:1 error input/unreadable this symbolic link leads nowhere, or in a circle",
        "content/partners/secret.txt:1:1 error input/unreadable this symbolic link leads out of the workspace",
    ]);
    assert!(built.page("partners/twin.html").contains("Real"));
    assert!(!built.has("partners/secret.txt"));
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_a_link_inside_the_workspace_is_read() {
    let space = Space::new().file("content/library/shared/a.txt", "shared").file("content/library/shared/b.md", "# B\n");
    let folder = space.root().join("content/partners/sound");
    std::os::unix::fs::symlink("../library/shared", folder).unwrap();
    let built = space.build();
    built.finds(&[]);
    assert_eq!(built.pages["partners/sound/a.txt"], b"shared");
    assert!(built.has("partners/sound/b.html") && built.has("library/shared/b.html"));
}

#[test]
#[cfg(unix)]
fn a_file_that_nobody_may_read_is_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let space = acme("---\nname: Acme\n---\n");
    let path = space.root().join(PARTNER);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        return; // The superuser reads everything.
    }
    space
        .build()
        .finds(&["content/partners/acme.md:1:1 error input/unreadable this file is not read: it cannot be read: permission denied"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_not_utf8_is_reported() {
    use std::os::unix::ffi::OsStrExt as _;
    let space = Space::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    std::fs::write(space.root().join("content/partners").join(name), "x").unwrap();
    space.build().finds(&["content/partners/caf\u{fffd}.md:1:1 error input/unreadable the name of this file is not UTF-8"]);
}

#[test]
fn without_keep_going_nothing_is_published() {
    let built = acme("no front matter").build_with(&[]);
    assert_eq!(built.status, 1);
    assert!(built.pages.is_empty());
    let whole = acme("---\nname: Acme\n---\n").build_with(&[]);
    assert_eq!(whole.status, 0);
    assert!(whole.has("partners/acme.html"));
}

#[test]
fn sequences_that_steer_a_terminal_do_not_reach_it() {
    let space = acme("---\nname: \"A\u{1b}]0;owned\u{7}\"\nstage: \"\u{9b}2Jnope\"\n\u{1b}[2Jkey: 1\n---\n\u{1b}[31m<b>\u{8}\u{202e}</b> [x](\u{1b}[1A.md)\n")
        .file("content/partners/sound/\u{1b}[2Jname.md", "[x](nowhere.md)\n");
    for color in [false, true] {
        let mut command = space.command(&["--keep-going"]);
        if color {
            command.env("CLICOLOR_FORCE", "1");
        }
        let said = crate::common::said(&command.output().unwrap());
        assert!(said.contains("nowhere.md"), "{said}");
        // Colours are the only sequences that the program writes.
        for (at, _) in said.match_indices('\u{1b}') {
            let rest = &said[at + 1..];
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ';' || c == '[')).unwrap();
            assert!(color && rest[end..].starts_with('m'), "{:?}", &rest[..20.min(rest.len())]);
        }
        assert!(!said.contains("\u{1b}[31m<b>"), "not even colours of a file");
        for c in ['\u{9b}', '\u{7}', '\u{8}', '\u{202e}'] {
            assert!(!said.contains(c), "{c:?} in {said:?}");
        }
    }
}

#[test]
fn a_workspace_without_anything_in_it_is_a_site() {
    let built = Space::empty().build();
    assert_eq!((built.status, built.findings.len()), (0, 0));
    assert!(built.has("index.html") && built.has("partners/index.html") && built.has("404.html"));
}
