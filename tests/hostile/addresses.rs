//! Addresses that would run a program in the browser: they are text, however they are written.

use crate::common::site::{attributes, is_external};
use crate::common::{Built, Space, grave};

/// Schemes that may stand in a link of the site.
const HARMLESS: &[&str] = &["http", "https", "mailto", "tel"];

const NASTY: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#10;script:alert(1)",
    "java&#0;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#32;javascript:alert(1)",
    "&#xA0;javascript:alert(1)",
    "&#xFEFF;javascript:alert(1)",
    "&#x200B;javascript:alert(1)",
    "javascript://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://x.example/1",
    "view-source:x",
    "feed:javascript:alert(1)",
    "livescript:x",
    "intent:x",
    "x&#9;:y",
];

/// Every address in the site, by the attributes that browsers follow.
fn addresses(built: &Built) -> Vec<String> {
    built
        .pages
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .flat_map(|(_, bytes)| {
            attributes(
                std::str::from_utf8(bytes).unwrap(),
                &["href", "src", "xlink:href", "action", "formaction", "content", "data", "srcset", "poster"],
            )
        })
        .collect()
}

#[track_caller]
fn is_harmless(built: &Built) {
    for address in addresses(built) {
        // Browsers pass over white space and control characters at the start of an address and in its scheme.
        let seen: String =
            address.chars().filter(|c| !c.is_control() && !c.is_whitespace() && *c != '\u{feff}' && *c != '\u{200b}').collect();
        let scheme = seen.split(':').next().unwrap_or_default().to_ascii_lowercase();
        assert!(!is_external(&seen) || HARMLESS.contains(&scheme.as_str()), "{address:?}");
    }
}

#[test]
fn in_prose_they_are_broken_links() {
    for nasty in NASTY {
        let bare = !nasty.contains(['<', ' ']);
        let mut body = format!(
            "[a](<{0}>)\n\n![b](<{0}>)\n\n[c][ref]\n\n[[{0}|d]]\n\n[![e](<{0}>)](<{0}>)\n\n[ref]: <{0}> \"title\"\n",
            nasty.replace('<', "\\<").replace('>', "\\>")
        );
        if bare {
            body += &format!("\n[f]({nasty})\n\n<{nasty}>\n\n[g](  {nasty} 'title')\n");
        }
        let built = Space::new().partner("acme", "name: Acme", &body).build();
        is_harmless(&built);
        assert_eq!(built.status, 1, "{nasty}: {}", built.said);
        let broken = built.findings.iter().filter(|f| f.contains("input/broken-link")).count();
        assert!(broken >= 5, "{nasty}: {:#?}", built.findings);
    }
}

#[test]
fn a_tab_or_line_break_in_a_scheme_does_not_hide_it() {
    let built = Space::new()
        .partner(
            "acme",
            "name: Acme",
            "[a](java\tscript:x) [b](<java\tscript:x>) [[java\tscript:x]] [c](\tjavascript:x)\n\n[d]\n\n[d]:\njavascript:x\n",
        )
        .build();
    is_harmless(&built);
}

#[test]
fn in_front_matter_they_are_text() {
    let quoted: Vec<String> = NASTY.iter().map(|nasty| nasty.replace("&Tab;", "\t").replace('\'', "''")).collect();
    for nasty in quoted.iter().map(String::as_str).chain(["java\u{1}script:x", "\u{a0}javascript:x", "ja\u{ad}vascript:x"]) {
        let text = serde_json::to_string(nasty).unwrap();
        let yaml = format!(
            "name: Acme\nwebsite: {text}\nagreement: {{kind: formal, link: {text}}}\nowner: {text}\nlifecycle: [{{stage: research, entered: 2026-01-01, outputs: {{shortlist: {text}}}}}]\nrelations: {{parent: {text}}}\nscores: {{risk: {{score: 1, evidence: {text}}}}}\ntags: [{text}]"
        );
        let built = Space::new()
            .partner("acme", &yaml, "")
            .file("content/people.yaml", format!("dana: {{name: Dana, email: {text}}}\n"))
            .file("content/playbooks/p.yaml", format!("name: P\nsteps: [{{name: a, template: {text}}}]\n"))
            .build();
        assert!(built.has("partners/acme.html"), "{nasty}: {}", built.said);
        is_harmless(&built);
    }
}

#[test]
fn in_settings_they_are_refused() {
    for nasty in NASTY.iter().filter(|nasty| !nasty.contains('&')) {
        let text = serde_json::to_string(nasty).unwrap();
        let settings = format!("base_url: {text}\nedit_url: {text}\n");
        let built = Space::new().file("partnerbook.yaml", settings).build();
        is_harmless(&built);
        assert_eq!(grave(&built.findings).len(), 2, "{nasty}: {:?}", built.findings);
    }
}

#[test]
fn pictures_of_other_hosts_are_not_fetched() {
    let built = Space::new()
        .partner(
            "acme",
            "name: Acme",
            "![x](https://evil.example/pixel.gif) ![y](//evil.example/pixel.gif) <img src=https://evil.example/1.gif>",
        )
        .build();
    for (path, bytes) in &built.pages {
        if path.ends_with(".html") {
            let html = std::str::from_utf8(bytes).unwrap();
            for src in attributes(html, &["src", "srcset", "poster"]) {
                assert!(!is_external(&src) && !src.starts_with("//"), "{path}: {src}");
            }
        }
    }
    assert!(built.page("partners/acme.html").contains("href=\"https://evil.example/pixel.gif\""));
}

#[test]
fn addresses_of_people_become_links_and_nothing_else_does() {
    let built = Space::new()
        .file("content/people.yaml", "dana: {name: Dana, email: 'dana@x.example'}\nkim: {name: Kim, email: 'x\" onclick=\"alert(1)'}\n")
        .build();
    let page = built.page("people/index.html");
    assert!(page.contains("href=\"mailto:dana@x.example\""), "{page}");
    assert!(!page.contains("\" onclick=\""));
}
