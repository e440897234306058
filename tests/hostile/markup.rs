//! HTML in what people write is shown as text, in prose and in every field, on every page that shows it.

use crate::common::site::{attributes, tags, unescape};
use crate::common::{Built, Space, grave};

/// Closes whatever it stands in: an attribute, a title, a script, a comment, a CDATA section.
const NASTY: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)></title></script>--><b onmouseover=\"x\">]]>&lt;";

/// Asserts that no page has a tag or an attribute that came from what somebody wrote.
#[track_caller]
fn is_text(built: &Built) {
    for (path, bytes) in &built.pages {
        let text = std::str::from_utf8(bytes).unwrap();
        if path.ends_with(".html") {
            assert!(!text.contains("alert(1)</script>"), "{path}");
            for tag in tags(text) {
                assert!(!tag.starts_with("img src=x") && !tag.starts_with("b onmouseover"), "{path}: <{tag}>");
            }
            assert_eq!(attributes(text, &["onerror", "onmouseover", "onclick"]), [""; 0], "{path}");
            for style in attributes(text, &["style"]) {
                let width = style.strip_prefix("width:").and_then(|rest| rest.strip_suffix('%'));
                assert!(width.is_some_and(|width| width.parse::<f64>().is_ok()), "{path}: {style}");
            }
            assert_eq!(text.matches("<script").count(), 2, "{path}: its own two scripts and no other");
        } else if path.ends_with(".xml") {
            assert!(!text.contains("<script") && !text.contains("<img"), "{path}");
        } else if path.ends_with(".json") {
            let _: serde_json::Value = serde_json::from_str(text).unwrap();
        }
    }
}

#[test]
fn in_prose() {
    let body = format!(
        "# Title {NASTY}\n\nText {NASTY} text\n\n<script>alert(1)</script>\n\n<div onclick=\"alert(1)\">\n\ninside\n\n</div>\n\n<!-- a comment <script>alert(1)</script> -->\n\n## Heading {NASTY} {{#\"><script>}}\n\n## Two {{#a\"onclick=b .c onclick=d}}\n\n![{NASTY}](nowhere.png \"{NASTY}\")\n\n[x](https://x.example \"\\\"><script>alert(1)</script>\")\n\n[y](https://x.example/\"><script>alert(1)</script>)\n\n```\"><script>alert(1)</script>\n<script>alert(1)</script>\n```\n\n`<script>alert(1)</script>`\n\n| <b> | {NASTY} |\n|---|---|\n| <i> | <script> |\n\n[^<b>]\n\n[^<b>]: <script>alert(1)</script>\n\n[[<script>alert(1)</script>]] [[sound|<b onmouseover=x>]] <a@b.example\"onclick=x>\n\n<![CDATA[ <script>alert(1)</script> ]]>\n\n<?php alert(1) ?>\n\n<!DOCTYPE x>\n"
    );
    let built = Space::new()
        .partner("acme", "name: Acme", &body)
        .file("content/library/page.md", &body)
        .file("content/index.md", &body)
        .file("content/partners/sound/qbr/2026-Q3.md", &body)
        .file("content/partners/sound/issues/a.md", &body)
        .build();
    is_text(&built);
    let page = built.page("partners/acme.html");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "shown as text");
    let reported = built.findings.iter().filter(|f| f.contains("warning input/raw-html") && f.contains("acme.md")).count();
    assert!(reported >= 5, "{:#?}", built.findings);
}

#[test]
fn a_character_written_by_its_number_is_a_character() {
    let built = Space::new()
        .partner(
            "acme",
            "name: Acme",
            "One &#1; two &#x1;o0&#1; three\n\n```&#1;o0&#1;\ncode\n```\n\n[x](<https://x.example/ onmouseover=alert(1)//>)\n\nThe end.\n",
        )
        .build();
    is_text(&built);
    let page = built.page("partners/acme.html");
    for words in ["One ", " two ", " three", "The end."] {
        assert!(page.contains(words), "{words} is lost");
    }
    assert_eq!(page.matches("href=\"https://x.example/").count(), 1);
}

#[test]
fn raw_html_is_reported_where_it_stands() {
    Space::new().partner("acme", "name: Acme", "Text <b>bold</b>.\n\n<div>\n\n<!-- nothing -->\n").build().finds(&[
        "content/partners/acme.md:4:6 warning input/raw-html HTML is shown as text",
        "content/partners/acme.md:6:1 warning input/raw-html HTML is shown as text",
    ]);
}

#[test]
fn in_every_field_of_every_file() {
    let s = serde_json::to_string(NASTY).unwrap();
    let partner = format!(
        r"
name: {s}
aliases: [{s}]
summary: {s}
website: {s}
profile: {{industry: {s}, employees: 4, markets: [{s}], growth_stage: {s}}}
tags: [{s}]
relations: {{parent: {s}, integrates_with: [{s}], {s}: [{s}]}}
stage: development
lifecycle:
  - {{stage: research, entered: 2025-09-01, decision: {s}, by: {s}, reason: {s}, outputs: {{{s}: {s}}}}}
  - {{stage: development, entered: 2026-03-01}}
on_hold: {{until: 2027-01-15, reason: {s}}}
owner: {s}
objective: {{outcome: {s}, metric: {s}, target: 1, by: 2026-12-31}}
goals: [{{text: {s}, due: 2026-12-01, kpi: {s}}}]
value: {{us: [{s}], partner: [{s}], customer: [{s}]}}
exchange: [{{we_provide: {s}, they_provide: {s}, joint_value: {s}}}]
pitch: [{{goal: {s}, risk: {s}, offer: {s}, proof: {s}, ask: {s}}}]
scores: {{strategic-fit: {{score: 4, evidence: {s}}}, {s}: 1}}
kpis:
  revenue: {{target: 5, actuals: {{2026-Q1: 3}}, source: {s}}}
  {s}: {{name: {s}, unit: {s}, source: {s}, actuals: {{2026-Q1: 3}}}}
accounts: [{{name: {s}, status: {s}, attribution: sourced, stage: {s}}}]
roles: [{{role: {s}, ours: {s}, theirs: {s}}}]
champion: {{name: {s}, since: 2025-10-01}}
forums: {{{s}: {{every: week, attendees: [{s}], purpose: {s}}}}}
meetings: [{{forum: {s}, date: 2026-11-03, held: false, note: {s}}}]
decision_rights: [{{decision: {s}, authority: {s}, process: {s}}}]
escalation: [{s}]
signoffs: {{{s}: 2026-01-05}}
agreement: {{kind: {s}, link: {s}}}
commercial: {{revenue_model: {s}, payment: {s}}}
exclusivity: {{scope: {s}, geography: {s}, exceptions: [{s}]}}
ip: {{pre_existing: {s}, joint: {s}, licensing: {s}}}
exit_terms: {{notice: {s}, wind_down: {s}, data: {s}, non_compete: {s}}}
deal: {{step: {s}, walk_away: [{s}], support_limits: [{s}], success_criteria: [{s}]}}
plan: [{{step: {s}, ours: {s}, theirs: {s}, exit_criteria: {s}, due: 2026-02-01}}]
launch: {{date: 2026-03-01, checklist: {{{s}: true}}}}
milestones: [{{name: {s}, due: 90d}}]
roadmap: [{{phase: {s}, from: 2026-03-01, to: 2026-06-30, scope: {s}, goals: {s}, success: {s}}}]
risks: [{{risk: {s}, likelihood: M, impact: H, mitigation: {s}, owner: {s}}}]
signals: [{{type: {s}, date: 2026-08-01, evidence: {s}}}]
expansion: [{{type: {s}, text: {s}, status: {s}}}]
insights: [{{from: development, to: onboarding, text: {s}, action: {s}}}]
actions: [{{text: {s}, owner: {s}, due: 2026-10-15}}]
playbooks: [{{playbook: {s}, started: 2025-09-01, done: [{s}], met: [{s}]}}]
exit: {{trigger: {s}, by: {s}, approvals: {{{s}: 2026-11-01}}, checklist: {{{s}: true}}}}
waive: [{{rule: kpi/stale, reason: {s}, by: {s}}}]
x-own: {s}
"
    );
    let review = format!(
        "---\ntitle: {s}\ndate: 2026-10-06\nattendees: [{s}]\nsummary: {s}\nwins: [{{title: {s}, impact: {s}, kpi: {s}}}]\nchallenges: [{{title: {s}, impact: {s}, root_cause: {s}, action: {s}, owner: {s}}}]\ninitiatives: [{{text: {s}, goal: {s}}}]\nasks: [{{kind: decision, text: {s}}}]\nactions: [{{text: {s}, owner: {s}}}]\n---\n"
    );
    let issue = format!(
        "---\ntitle: {s}\nseverity: high\nstatus: open\nopened: 2026-01-01\nreason: gap\nowner: {s}\nimpact: {{business: {s}, relationship: {s}, timeline: {s}}}\nroot_cause: {s}\noptions: [{{option: {s}, pros: {s}, cons: {s}, effort: {s}}}]\nrecommended: {s}\nactions: [{{text: {s}}}]\nescalated: [{{level: {s}, on: 2026-01-01}}]\nresolution: {s}\n---\n"
    );
    let settings = format!(
        "title: {s}\ncompany: {s}\nbase_url: https://x.example/\nedit_url: \"https://git.example/{{path}}\"\ncurrency: {s}\nlanguage: {s}\nmodels: {{{s}: {{name: {s}, exchange: {s}}}}}\ntiers: {{{s}: {{name: {s}}}}}\nscoring: {{criteria: {{strategic-fit: {{name: {s}, weight: 100}}}}}}\nkpis: {{revenue: {{name: {s}, unit: {s}}}}}\nlifecycle: {{exit: {s}, stages: [{{id: research, title: {s}, objective: {s}, outputs: [{s}]}}, {{id: {s}}}, {{id: development, title: {s}}}]}}\n"
    );
    let built = Space::new()
        .partner("acme", &partner, "")
        .file("content/partners/sound/qbr/2026-Q3.md", review)
        .file("content/partners/sound/issues/a.md", issue)
        .file("content/people.yaml", format!("{s}: {{name: {s}, email: {s}, role: {s}}}\ndana: {{name: {s}, side: {s}}}\n"))
        .file(
            "content/playbooks/p.yaml",
            format!("name: {s}\ndescription: {s}\nsteps: [{{name: {s}, template: {s}, prompt: {s}}}]\nsuccess: [{s}]\n"),
        )
        .file("content/library/page.md", format!("---\ntitle: {s}\nsummary: {s}\n---\n"))
        .file(
            "content/metrics.csv",
            "partner,kpi,period,actual,target,note\nsound,\"<script>alert(1)</script>\",2026-Q1,5,,\"<img src=x onerror=alert(2)>\"\n",
        )
        .file("partnerbook.yaml", settings)
        .build();
    is_text(&built);
    assert!(!built.findings.iter().any(|finding| finding.contains("bad-yaml")), "{:#?}", built.findings);
    let shown = unescape(built.page("partners/acme.html"));
    assert!(shown.matches(NASTY).count() > 60, "{}", shown.matches(NASTY).count());
    let json: serde_json::Value = serde_json::from_slice(&built.pages["data/partners.json"]).unwrap();
    assert!(json["partners"].as_array().unwrap().iter().any(|partner| partner["name"] == NASTY));
    assert!(built.page("feed.xml").contains("&lt;script&gt;"));
}

#[test]
fn in_the_names_of_files() {
    if cfg!(windows) {
        return;
    }
    let built = Space::new()
        .partner("<img src=x onerror=alert(2)>", "name: Acme", "[[sound]]")
        .file("content/library/<b onmouseover=\"x\">.md", "No heading\n")
        .file("content/library/\" onclick=\"x/it's.md", "No heading\n")
        .build();
    assert_eq!(grave(&built.findings), [""; 0]);
    is_text(&built);
}

#[test]
fn control_characters_do_not_break_the_feed() {
    let built = Space::new()
        .file("partnerbook.yaml", "title: \"A\\u0001\\u000b\\ufffe\"\nbase_url: https://x.example\n")
        .file("content/partners/sound/qbr/2026-Q3.md", "---\ndate: 2026-10-06\nsummary: \"B\\u0007\\uffff\"\n---\n")
        .build();
    let feed = built.page("feed.xml");
    assert!(feed.contains("<summary>B"), "{feed}");
    for c in feed.chars() {
        let legal = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(legal, "{c:?} cannot stand in XML");
    }
}
