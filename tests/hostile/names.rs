//! Names of files: whatever a disk can hold has its page, and links lead to it.

use crate::common::site::{broken_links, links_of};
use crate::common::{Built, Space, grave};

/// Asserts that all links of the site work and that `from` links to each of `to`.
#[track_caller]
fn leads(built: &Built, from: &str, to: &[&str]) {
    assert_eq!(broken_links(&built.pages), [""; 0]);
    let links = links_of(&built.pages, from);
    for to in to {
        assert!(links.contains(*to), "{from} has no link to {to}: {links:?}");
    }
}

#[test]
fn every_name_of_a_partner_has_its_page() {
    let names = [
        "two words",
        "a..b",
        "%41",
        "100%",
        "it's",
        "a&b",
        "c#",
        "d+e",
        "f;g",
        "h,i=j",
        "(k)",
        "[l]",
        "{m}",
        "@n",
        "~o",
        "🎉 party",
        "日本",
        "עברית",
        "Ünïcödé",
        "..p",
        "q.md",
        "r.html",
        "-s",
        "$t",
        "`u`",
        "v^w",
        "x!",
    ];
    let mut space = Space::new();
    let mut links = String::new();
    for name in names {
        space = space.partner(name, &format!("name: 'Partner {}'", name.replace('\'', "''")), "");
        let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
        links += &format!("- [x]({encoded}.md)\n");
    }
    let names: Vec<&str> = names.into_iter().filter(|name| !name.starts_with('.')).collect();
    links = links.replace("- [x](%2E%2Ep.md)\n", "");
    let built = space.partner("all", "name: All", &links).build();
    built.finds(&[]);
    let expected: Vec<String> = names.iter().map(|name| format!("partners/{name}.html")).collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    leads(&built, "partners/all.html", &expected);
    leads(&built, "partners/index.html", &expected);
    assert!(!built.has("partners/..p.html"), "hidden files are not read");
}

#[test]
#[cfg(unix)]
fn names_that_windows_forbids_are_changed_and_linked() {
    let built = Space::new()
        .partner("what?", "name: What", "")
        .partner("a\"b", "name: Quote", "")
        .partner("CON", "name: Con", "")
        .partner("c:d", "name: Colon", "")
        .partner("back\\slash", "name: Slash", "")
        .partner("new\nline", "name: Line", "")
        .partner(
            "all",
            "name: All",
            "[1](what%3F.md) [2](a%22b.md) [3](CON.md) [4](c%3Ad.md) [5](<back%5Cslash.md>) [6](new%0Aline.md) [[con]] [[what?]]",
        )
        .build();
    built.finds(&[]);
    leads(
        &built,
        "partners/all.html",
        &[
            "partners/what-.html",
            "partners/a-b.html",
            "partners/c-d.html",
            "partners/-CON.html",
            "partners/back-slash.html",
            "partners/new-line.html",
        ],
    );
}

#[test]
fn links_typed_in_the_other_unicode_form_lead_there() {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}");
    let built = Space::new()
        .partner(composed, "name: Composed", "")
        .file(&format!("content/library/{decomposed}.md"), "# Decomposed\n\n## Caf\u{e9}\n")
        .file(&format!("content/library/{decomposed}.txt"), "text")
        .partner(
            "all",
            &format!("name: All\nrelations: {{integrates_with: [{decomposed}]}}"),
            &format!("[1]({decomposed}.md) [2](../library/{composed}.md#{decomposed}) [3](../library/{composed}.txt) [[ALL]]"),
        )
        .build();
    assert_eq!(grave(&built.findings), [""; 0]);
    leads(
        &built,
        "partners/all.html",
        &[&format!("partners/{composed}.html"), &format!("library/{decomposed}.html"), &format!("library/{decomposed}.txt")],
    );
}

#[test]
#[cfg(target_os = "linux")]
fn two_partners_that_differ_by_case_or_form_are_one_id() {
    Space::new()
        .partner("Acme", "name: One", "")
        .partner("acme", "name: Two", "")
        .partner("caf\u{e9}", "name: One", "")
        .partner("cafe\u{301}", "name: Two", "")
        .build()
        .finds(&[
            "content/partners/acme.md:1:1 error input/duplicate-id the partner `acme` is defined twice",
            "content/partners/café.md:1:1 error input/duplicate-id the partner `café` is defined twice",
        ]);
}

#[test]
fn a_file_and_a_folder_of_one_partner_are_one_id() {
    let built = Space::new().partner("acme", "name: File", "").file("content/partners/acme/index.md", "---\nname: Folder\n---\n").build();
    built.finds(&["content/partners/acme/index.md:1:1 error input/duplicate-id the partner `acme` is defined twice"]);
    assert!(built.page("partners/acme.html").contains("File"));
}

#[test]
fn an_id_in_the_front_matter_may_not_take_another_ones_place() {
    Space::new()
        .partner("zenith", "name: Zenith\nid: Sound", "")
        .build()
        .finds(&["content/partners/zenith.md:3:5 error input/duplicate-id the partner `Sound` is defined twice"]);
}

#[test]
#[cfg(target_os = "linux")]
fn two_pages_or_files_that_differ_by_case_are_a_collision() {
    let built = Space::new()
        .file("content/library/Plan.md", "# One\n")
        .file("content/library/plan.md", "# Two\n")
        .file("content/library/a.PDF", "one")
        .file("content/library/a.pdf", "two")
        .file("content/Library/b.pdf", "one")
        .file("content/library/b.pdf", "two")
        .build();
    built.finds(&[
        "content/library/a.pdf:1:1 error input/url-collision `library/a.pdf` and `library/a.PDF` differ only in letter case, and many disks and servers cannot keep them apart",
        "content/library/b.pdf:1:1 error input/url-collision `library/b.pdf` and `Library/b.pdf` differ only in letter case, and many disks and servers cannot keep them apart",
        "content/library/plan.md:1:1 error input/url-collision `library/plan.html` and `library/Plan.html` differ only in letter case, and many disks and servers cannot keep them apart",
    ]);
    assert_eq!(built.pages["library/a.PDF"], b"one");
}

#[test]
fn two_files_that_want_one_page_are_a_collision() {
    let built = Space::new()
        .file("content/library/plan.md", "# One\n")
        .file("content/library/plan.html", "<p>two</p>")
        .file("content/library/plan.markdown", "# Three\n")
        .file("content/404.html", "mine")
        .file("content/data/partners.json", "{}")
        .file("content/data/kpis.csv", "mine")
        .file("content/calendar.ics", "mine")
        .file("content/partners/index.html", "mine")
        .build();
    built.finds(&[
        "content/404.html:1:1 error input/url-collision `404.html` is a page that partnerbook makes itself",
        "content/calendar.ics:1:1 error input/url-collision `calendar.ics` is a page that partnerbook makes itself",
        "content/data/kpis.csv:1:1 error input/url-collision `data/kpis.csv` is a page that partnerbook makes itself",
        "content/data/partners.json:1:1 error input/url-collision `data/partners.json` is a page that partnerbook makes itself",
        "content/library/plan.html:1:1 error input/url-collision two files want to be `library/plan.html`",
        "content/library/plan.md:1:1 error input/url-collision two files want to be `library/plan.html`",
        "content/partners/index.html:1:1 error input/url-collision `partners/index.html` is a page that partnerbook makes itself",
    ]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_page_that_lost_its_place_is_not_linked() {
    let built = Space::new()
        .file("content/library/Plan.md", "# One\n")
        .file("content/library/plan.md", "# Two\n")
        .file("content/partners/sound/Notes.md", "# One\n")
        .file("content/partners/sound/notes.md", "# Two\n")
        .partner("acme", "name: Acme", "[one](../library/Plan.md) [two](../library/plan.md)")
        .build();
    assert_eq!(broken_links(&built.pages), [""; 0]);
}

#[test]
fn a_page_and_a_folder_of_one_name_are_a_collision() {
    let built = Space::new()
        .file("content/library/plan.md", "# One\n")
        .file("content/library/plan.html/inner.md", "# Two\n")
        .file("content/tool", "a file without an ending")
        .file("content/Tool/inner.txt", "a file in a folder")
        .build();
    assert_eq!(built.status, 1, "{}", built.said);
    assert_eq!(grave(&built.findings).len(), 2, "{:?}", built.findings);
    assert!(built.has("partners/sound.html"));
}

#[test]
fn an_id_that_is_no_file_name_is_refused_and_the_partner_keeps_the_name_of_its_file() {
    for (id, shown) in [
        ("../x", "../x"),
        ("a/b", "a/b"),
        ("CON", "CON"),
        (".hidden", ".hidden"),
        ("index", "index"),
        ("'a:b'", "a:b"),
        ("'a\\b'", "a\\b"),
        ("'..'", ".."),
    ] {
        let built = Space::new().partner("acme", &format!("name: Acme\nid: {id}"), "").build();
        built.finds(&[&format!("content/partners/acme.md:3:5 error input/bad-value `{shown}` cannot be an id")]);
        assert!(built.has("partners/acme.html"), "{id}");
    }
    for id in ["", "''", "~"] {
        let built = Space::new().partner("acme", &format!("name: Acme\nid: {id}"), "").build();
        built.finds(&[]);
        assert!(built.has("partners/acme.html"), "{id}");
    }
}

#[test]
fn an_address_that_a_page_had_lies_in_the_site() {
    let built = Space::new()
        .partner(
            "acme",
            "name: Acme\nredirect_from: [../../etc/passwd, 'https://evil.example/x', 'a?b', old/acme.md, /older.html, sound.html, partners/sound.html, '..', .partnerbook/x.html, a/../.git/config]",
            "",
        )
        .build();
    built.finds(&[
        "content/partners/acme.md:3:1 error input/url-collision `partners/sound.html`, named in `redirect_from`, is a page of this site",
        "content/partners/acme.md:3:17 error input/bad-value `../../etc/passwd` is not an address of this site",
        "content/partners/acme.md:3:35 error input/bad-value `https://evil.example/x` is not an address of this site",
        "content/partners/acme.md:3:61 error input/bad-value `a?b` is not an address of this site",
        "content/partners/acme.md:3:127 error input/bad-value `..` is not an address of this site",
        "content/partners/acme.md:3:133 error input/bad-value `.partnerbook/x.html` is not an address of this site",
        "content/partners/acme.md:3:154 error input/bad-value `a/../.git/config` is not an address of this site",
    ]);
    leads(&built, "old/acme.html", &["partners/acme.html"]);
    leads(&built, "older.html", &["partners/acme.html"]);
}

#[test]
fn a_folder_of_pages_without_a_partner_is_said_once() {
    let built = Space::new()
        .file("content/partners/gone/notes.md", "# Notes\n")
        .file("content/partners/gone/qbr/2026-Q3.md", "Words.\n")
        .file("content/partners/gone/logo.svg", "<svg/>")
        .build();
    built.finds(&[
        "content/partners/gone/notes.md:1:1 error input/broken-link this file belongs to the partner `gone`, which does not exist",
    ]);
    let left: Vec<&String> = built.pages.keys().filter(|path| path.contains("gone")).collect();
    assert_eq!(left, [""; 0], "without its partner a page, or a file that only its pages show, would hang in the air");
    assert_eq!(broken_links(&built.pages), [""; 0]);
}

#[test]
fn a_review_whose_name_is_no_period_is_reported() {
    Space::new()
        .file("content/partners/sound/qbr/autumn.md", "Words.\n")
        .file("content/partners/sound/qbr/2026-Q5.md", "Words.\n")
        .build()
        .finds(&[
            "content/partners/sound/qbr/2026-Q5.md:1:1 error input/bad-value the name of this review is not a period",
            "content/partners/sound/qbr/autumn.md:1:1 error input/bad-value the name of this review is not a period",
        ]);
}

#[test]
fn names_as_long_as_a_disk_can_hold_have_a_page() {
    let long = "n".repeat(252);
    let wide = "日".repeat(80);
    let tag = "t".repeat(400);
    let built = Space::new()
        .partner(&long, &format!("name: Long\ntags: [{tag}]\nowner: {tag}"), "")
        .partner(&wide, "name: Wide", "")
        .file(&format!("content/library/{long}.md"), "# Long\n")
        .build();
    assert!(built.said.contains("Built"), "{}", built.said);
    assert_eq!(broken_links(&built.pages), [""; 0]);
    let partners = built.pages.values().filter(|page| String::from_utf8_lossy(page).contains("<h1><bdi>Long</bdi></h1>"));
    assert_eq!(partners.count(), 1);
}
