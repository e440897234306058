//! Mistakes in a team's own templates: named with their file, line and column, once, and the old site stays.

use std::fs;

use crate::common::{Space, tree};

const BASE: &str = include_str!("../../themes/default/base.hbs");
const PARTNER: &str = include_str!("../../themes/default/partner.hbs");

/// Builds a site, then again with this template: what is said about it, once the old site is known to be untouched.
#[track_caller]
fn complaint(template: &str, text: &str) -> String {
    let space = Space::new().partner("acme", "name: Acme", "Words.").partner("beta", "name: Beta", "Words.");
    assert_eq!(space.build().status, 0);
    let before = tree(&space.out());
    space.write(&format!("themes/default/{template}.hbs"), text);
    space.write("content/partners/acme.md", "---\nname: Other\n---\n");
    let built = space.build_with(&[]);
    assert_eq!(built.status, 1, "{}", built.said);
    assert_eq!(built.said.matches("error[").count(), 1, "told once: {}", built.said);
    assert_eq!(tree(&space.out()), before, "the old site stays");
    let left: Vec<_> = fs::read_dir(space.out().parent().unwrap()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 2, "nothing is left beside it: {left:?}");
    built.said
}

/// `base` with `tag` on a line of its own at line 3, after two blanks.
fn with(base: &str, tag: &str) -> String {
    let mut lines: Vec<&str> = base.lines().collect();
    let line = format!("  {tag}");
    lines.insert(2, &line);
    lines.join("\n")
}

#[test]
fn a_template_that_does_not_parse() {
    let said = complaint("partner", "<p>\n<b>{{#if partner}}\n</b>\n");
    assert!(said.contains("--> themes/default/partner.hbs:"), "{said}");
    assert!(said.contains("does not parse"), "{said}");
    let said = complaint("base", "<p>\n  {{#each}\n");
    assert!(said.contains("--> themes/default/base.hbs:2:"), "{said}");
}

#[test]
fn a_variable_that_is_not_there() {
    for (template, text) in [("base", BASE), ("partner", PARTNER)] {
        let said = complaint(template, &with(text, "{{no_such_thing}}"));
        assert!(said.contains(&format!("--> themes/default/{template}.hbs:3:3")), "{said}");
        assert!(said.contains("there is no `no_such_thing` here"), "{said}");
    }
}

#[test]
fn a_part_of_a_value_that_is_not_there() {
    let said = complaint("partner", &with(PARTNER, "{{partner.no_such_thing}}"));
    assert!(said.contains("--> themes/default/partner.hbs:3:3"), "{said}");
    assert!(said.contains("no_such_thing"), "{said}");
}

#[test]
fn a_helper_that_is_not_there() {
    for (template, text) in [("base", BASE), ("partner", PARTNER)] {
        let said = complaint(template, &with(text, "{{shout page.title}}"));
        assert!(said.contains(&format!("--> themes/default/{template}.hbs:3:3")), "{said}");
        assert!(said.contains("there is no helper `shout`"), "{said}");
    }
}

#[test]
fn a_helper_without_what_it_needs() {
    for tag in ["{{show}}", "{{date}}", "{{entries}}", "{{facts}}", "{{links}}", "{{kpi_table}}", "{{block}}", "{{plural}}", "{{icon}}"] {
        let said = complaint("partner", &with(PARTNER, tag));
        assert!(said.contains("--> themes/default/partner.hbs:3:3"), "{tag}: {said}");
    }
}

#[test]
fn a_helper_with_a_value_of_another_type_does_not_panic() {
    for tag in [
        "{{date 5}}",
        "{{date partner}}",
        "{{entries \"x\"}}",
        "{{facts 1}}",
        "{{links null}}",
        "{{kpi_table true}}",
        "{{block 1}}",
        "{{plural \"x\" 1 2}}",
        "{{icon \"none\"}}",
        "{{icon 5}}",
        "{{show partner}}",
    ] {
        let space = Space::new().file("themes/default/partner.hbs", with(PARTNER, tag));
        let built = space.build_with(&[]);
        assert!(matches!(built.status, 0 | 1), "{tag}: {}", built.said);
    }
}

#[test]
fn a_partial_that_is_not_there() {
    let said = complaint("partner", &with(PARTNER, "{{> no-such-part}}"));
    assert!(said.contains("--> themes/default/partner.hbs:3:3"), "{said}");
}

#[test]
fn a_template_that_includes_itself() {
    let said = complaint("partner", &with(PARTNER, "{{> partner}}"));
    assert!(said.contains("themes/default/partner.hbs"), "{said}");
}

#[test]
fn a_template_that_is_not_text() {
    let space = Space::new().file("themes/default/partner.hbs", b"\xff\xfe{{\0").build_with(&[]);
    assert_eq!(space.status, 1, "{}", space.said);
    assert!(space.said.contains("themes/default/partner.hbs"), "{}", space.said);
}

#[test]
fn a_theme_that_is_not_there() {
    let built = Space::new().file("partnerbook.yaml", "theme: night\n").file("themes/nigth/style.css", "").build();
    built.finds(&["partnerbook.yaml:1:8 error input/bad-value there is no theme `night`"]);
    assert!(built.said.contains("did you mean `nigth`?"), "{}", built.said);
    let outside = Space::new().file("partnerbook.yaml", "theme: ../content\n").build();
    assert_eq!(outside.status, 1, "{}", outside.said);
}

#[test]
fn a_template_may_leave_out_what_it_likes() {
    let space = Space::new()
        .file("themes/default/partner.hbs", "<h1>{{partner.name}}</h1>")
        .file("themes/default/base.hbs", "{{{content}}}\n")
        .file("themes/default/static/style.css", "body {}")
        .file("themes/default/static/own file?.txt", "mine");
    let built = space.build_with(&[]);
    assert_eq!(built.status, 0, "{}", built.said);
    assert_eq!(built.page("partners/sound.html"), "<h1>Sound</h1>\n");
    assert_eq!(built.pages["static/style.css"], b"body {}");
}
