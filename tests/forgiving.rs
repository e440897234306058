//! What is forgiven: spellings and short forms that mean one thing only, and what is not, because it would change a value.

#![allow(missing_docs)]

mod common;

use common::{Space, grave};

fn acme(front: &str) -> Space {
    Space::new().partner("acme", &format!("name: Acme\n{front}"), "")
}

#[track_caller]
fn nothing_is_wrong(space: &Space) {
    assert_eq!(grave(&space.findings()), [""; 0]);
}

#[test]
fn one_value_stands_for_a_list_and_a_text_for_a_record() {
    let space = acme(
        "tags: crm, emea\ngoals: [Two launches]\nstatus: At Risk\nmodel: Co-Selling\nwebsite: acme.example/shop\nforums: {working: week}",
    );
    nothing_is_wrong(&space);
    let built = space.build();
    let page = built.page("partners/acme.html");
    assert!(page.contains("Two launches") && page.contains("At risk") && page.contains("https://acme.example/shop"), "{page}");
    assert!(built.has("tags/crm.html") && built.has("tags/emea.html") && built.has("models/co-selling.html"));
}

#[test]
fn a_comma_in_a_number_is_never_a_smaller_number() {
    assert_eq!(
        acme("investment: {ours: 120,000}").findings(),
        ["content/partners/acme.md:3:24 error input/bad-value a comma ends a value here, so `000` is not part of the number before it"]
    );
    let shares = acme("kpis: {revenue: {actuals: {2026-Q1: 1,5}}}").findings();
    assert!(shares[0].contains("error input/bad-value a comma ends a value here"), "{shares:?}");
}

#[test]
fn kpis_and_models_are_found_in_any_spelling() {
    nothing_is_wrong(&acme("kpis: {Revenue: {target: 5}}\nobjective: {metric: REVENUE}"));
    nothing_is_wrong(&acme("model: own_model").file("partnerbook.yaml", "models: {Own Model: {name: Ours, commitment: high}}\n"));
}

#[test]
fn the_teams_own_numbers_stay_as_they_are_written() {
    let space = acme("x-version: 1.10\nx-count: 12")
        .file("themes/default/partner.hbs", "{{#if partner.x.version}}{{partner.x.version}} {{partner.x.count}}{{/if}}\n");
    assert!(space.build().page("partners/acme.html").contains("1.10 12"));
}

#[test]
fn pages_that_partnerbook_makes_can_be_linked_to() {
    let space = acme("tags: [crm]")
        .file("content/index.md", "[a](partners) [b](tags/crm.md) [c](/stages/index.html) [d](partners/acme.html) [[acme]]\n");
    nothing_is_wrong(&space);
    let built = space.build();
    let home = built.page("index.html");
    for target in ["partners/index.html", "tags/crm.html", "stages/index.html", "partners/acme.html"] {
        assert!(home.contains(&format!("<a href=\"{target}\">")), "{target} in {home}");
    }
}

#[test]
fn a_draft_does_not_stand_in_the_way_of_a_page() {
    let space = Space::new()
        .partner("dup", "name: Secret\ndraft: true", "[[nowhere]]")
        .file("content/library/dup.md", "# Duplicate\n")
        .file("content/index.md", "[[dup]]\n");
    let built = space.build();
    assert!(built.page("index.html").contains("<a href=\"library/dup.html\">"));
    assert!(built.findings.iter().all(|finding| finding.contains(" note ")), "{:?}", built.findings);
}

#[test]
fn check_finds_what_is_wrong_in_every_template() {
    for template in ["not-found", "redirect", "partner"] {
        let space = acme("redirect_from: old.md").file(&format!("themes/default/{template}.hbs"), "{{nothing.here}}\n");
        let output = common::program().arg("-C").arg(space.root()).args(["check", "--as-of=2026-11-20"]).output();
        let said = output.as_ref().map(common::said).unwrap_or_default();
        assert!(said.contains(&format!("themes/default/{template}.hbs:1:1")), "{said}");
    }
}

#[test]
fn rules_that_keep_a_partner_on_the_site_cannot_be_softened() {
    let space = Space::new().file("content/partners/acme.md", "no front matter").file("partnerbook.yaml", "lint: {\"input/*\": off}\n");
    assert_eq!(space.findings(), ["content/partners/acme.md:1:1 error input/no-front-matter this partner has no front matter"]);
}

#[test]
fn steps_of_playbooks_lead_to_their_documents() {
    let space = Space::new().file("content/library/letter.md", "# Letter\n").file(
        "content/playbooks/greet.yaml",
        "name: Greet\nsteps:\n  - {name: Write, template: library/letter.md, prompt: Hello}\n  - {name: Send, template: letter}\n",
    );
    let built = space.build();
    assert_eq!(built.page("playbooks/greet.html").matches("<a href=\"../library/letter.html\">").count(), 2);
    assert_eq!(built.page("library/letter.html").matches("../playbooks/greet.html").count(), 2, "and the document lists its playbooks");
}
