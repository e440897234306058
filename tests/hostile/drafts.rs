//! Drafts: nothing of what is not yet to be seen reaches any file of the site.

use crate::common::Space;
use crate::common::site::broken_links;

fn space() -> Space {
    let yaml = "name: Hushhush\ndraft: true\ntags: [hushtag]\nowner: Hushowner\nredirect_from: [hushold.md]\nrelations: {parent: sound}\naliases: [Hushalias]\nplaybooks: [{playbook: recruit, started: 2026-01-01}]\nlifecycle: [{stage: research, entered: 2026-11-01}]";
    Space::new()
        .file("partnerbook.yaml", "base_url: https://x.example\n")
        .file("content/partners/hush/index.md", format!("---\n{yaml}\n---\n[[sound]] hush\n"))
        .file("content/partners/hush/qbr/2026-Q3.md", "---\ndate: 2026-10-01\nsummary: hush\n---\nhush\n")
        .file("content/partners/hush/qbr/slides.pdf", "hush")
        .file("content/partners/hush/issues/x.md", "---\ntitle: hush\nopened: 2026-10-01\nstatus: open\n---\n")
        .file("content/partners/hush/notes.md", "# hush\n\n[[sound]]\n")
        .file("content/partners/hush/contract.pdf", "hush")
        .file("content/library/hushpage.md", "---\ntitle: hush page\nsummary: hush\ndraft: true\n---\n[[sound]]\n")
        .file("content/people.yaml", "hushperson: {name: Hush Person, side: hush}\n")
        .file("content/playbooks/recruit.yaml", "name: Recruit\nsteps: [a]\n")
        .file("content/metrics.csv", "partner,kpi,period,actual\nhush,revenue,2026-Q1,424242\n")
        .partner(
            "acme",
            "name: Acme\nrelations: {same: [hush]}",
            "[[hush|a]] [b](hush/index.md) [c](hush/notes.md) [d](../library/hushpage.md) [e](hush/contract.pdf)",
        )
}

#[test]
fn nothing_of_a_draft_is_in_the_site() {
    let mut built = space().build_with(&[]);
    assert_eq!(built.status, 0, "{}", built.said);
    for (path, bytes) in &built.pages {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let leaks = path.contains("hush") || text.contains("hush") || text.contains("424242");
        assert!(!leaks, "{path}: {text}");
    }
    // A server shows this page at any address, so its links start at the top of the server.
    built.pages.remove("404.html");
    assert_eq!(broken_links(&built.pages), [""; 0]);
}

#[test]
fn with_drafts_all_of_it_is() {
    let built = space().build_with(&["--drafts"]);
    assert_eq!(built.status, 0, "{}", built.said);
    for path in
        ["partners/hush.html", "partners/hush/contract.pdf", "partners/hush/qbr/2026-Q3.html", "library/hushpage.html", "hushold.html"]
    {
        assert!(built.has(path), "{path}");
    }
    assert!(built.page("feed.xml").contains("Hushhush"));
}
