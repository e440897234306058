//! Every rule about what is read with a workspace in which it fires: where the finding points, what it says, what it advises.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Space;
use partnerbook::diagnostics::span_of;
use partnerbook::text::lines::line_column;

/// What a workspace is told: `path:line:column severity rule message | advice`.
trait Told {
    fn told(&self) -> Vec<String>;
}

impl Told for Space {
    fn told(&self) -> Vec<String> {
        let findings = self.site().workspace.findings;
        findings
            .iter()
            .filter(|finding| finding.rule.category() == "input")
            .map(|finding| {
                let text =
                    String::from_utf8_lossy(&std::fs::read(self.root().join(finding.path.as_ref())).unwrap_or_default()).into_owned();
                let at = line_column(&text, span_of(&text, &finding.place).start);
                let advice = finding.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
                let (path, word, rule) = (&finding.path, finding.severity.word(), finding.rule.name);
                format!("{path}:{}:{} {word} {rule} {}{advice}", at.line, at.column, finding.message)
            })
            .collect()
    }
}

/// A partner with the given front matter lines and body.
fn partner(front: &str, body: &str) -> String {
    format!("---\nname: Acme\n{front}---\n{body}")
}

/// Checks a workspace with one partner, `acme`.
fn acme(front: &str, body: &str) -> Vec<String> {
    Space::empty().file("content/partners/acme.md", partner(front, body)).told()
}

#[test]
fn a_file_that_is_not_text_is_unreadable() {
    let findings = Space::empty().file("content/partners/acme.md", b"---\nname: \xff\n---\n").told();
    assert_eq!(
        findings,
        ["content/partners/acme.md:2:7 error input/unreadable this file is not UTF-8 text from here on | save it as UTF-8"]
    );
}

#[test]
fn a_merge_conflict_is_one_finding() {
    let findings = acme("<<<<<<< HEAD\nstage: research\n=======\nstage: review\n>>>>>>> theirs\n", "");
    assert_eq!(
        findings,
        [
            "content/partners/acme.md:3:1 error input/merge-conflict a merge conflict is left in this file | keep one of the two sides and remove the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`"
        ]
    );
}

#[test]
fn a_partner_needs_front_matter() {
    let findings = Space::empty().file("content/partners/acme.md", "# Acme\n").file("content/partners/beta.md", "---\nname: Beta\n").told();
    assert_eq!(
        findings,
        [
            "content/partners/acme.md:1:1 error input/no-front-matter this partner has no front matter | start the file with `---`, a line `name: …`, and `---`",
            "content/partners/beta.md:1:1 error input/no-front-matter the front matter that starts here is not closed | write a line `---` where it ends",
        ]
    );
}

#[test]
fn broken_yaml_is_told_in_words() {
    let one = |front: &str| acme(front, "").remove(0);
    assert_eq!(
        one("summary: CRM: the best\n"),
        "content/partners/acme.md:3:13 error input/bad-yaml a `:` inside a value | put a text that has a colon in it in quotes, or check the indentation of this line"
    );
    assert_eq!(
        one("tags: [a, b\n"),
        "content/partners/acme.md:3:7 error input/bad-yaml a list that was opened with `[` is not closed | add the missing `]` or comma; put texts with commas or brackets in quotes"
    );
    assert_eq!(
        one("stage: research\nstage: review\n"),
        "content/partners/acme.md:4:1 error input/bad-yaml the key `stage` is written twice | keep one of the two"
    );
}

#[test]
fn a_bracket_that_is_not_closed_is_told_where_it_was_opened() {
    let at = |front: &str| {
        let told = acme(front, "").remove(0);
        let (place, rest) = told.strip_prefix("content/partners/acme.md:").unwrap().split_once(' ').unwrap();
        (place.to_owned(), rest.contains("not closed"))
    };
    for (front, place) in [
        ("owner: [dana\nstage: research\ntier: 1\n", "3:8"),
        ("kpis: {revenue: {target: 5}\nowner: dana\n", "3:7"),
        ("kpis:\n  revenue: {target: 5\n  leads: {target: 4}\n", "4:12"),
        ("actions:\n  - {text: A, due: 2026-01-01\n  - {text: B}\n", "4:5"),
        ("tags: [a # one\n\n# more\nowner: dana\n", "3:7"),
    ] {
        assert_eq!(at(front), (place.to_owned(), true), "{front}");
    }
    // What goes on below the bracket is wrong where it is.
    assert_eq!(at("tags: [\n  a,\n  b: c: d\n]\nowner: dana\n").0, "5:7");
}

#[test]
fn a_metrics_file_must_have_its_columns() {
    let space = |text: &str| Space::empty().file("content/partners/acme.md", partner("", "")).file("content/metrics.csv", text).told();
    assert_eq!(
        space("partner,kpi,value\nacme,revenue,1\n"),
        [
            "content/metrics.csv:1:1 error input/bad-csv the first line has no column `period`, `actual` | start the file with `partner,kpi,period,actual,target,note`",
            "content/metrics.csv:1:13 warning input/unknown-key unknown column `value` | write one of `partner`, `kpi`, `period`, `actual`, `target`, `note`",
        ]
    );
    assert_eq!(
        space("partner,kpi,period,actual\nacme,revenue,2026-Q9,lots\n"),
        [
            "content/metrics.csv:2:14 error input/bad-value `2026-Q9` is not a period | write a year, a quarter or a month: `2026`, `2026-Q3`, `2026-09`"
        ]
    );
    assert_eq!(
        space("partner,kpi,period,actual\nacmee,revenue,2026-Q3,5\n"),
        ["content/metrics.csv:2:1 error input/broken-link there is no partner `acmee` | did you mean `acme`?"]
    );
}

#[test]
fn unknown_keys_are_told_with_the_nearest_one() {
    assert_eq!(
        acme("onwer: dana\n", ""),
        ["content/partners/acme.md:3:1 warning input/unknown-key unknown key `onwer` | did you mean `owner`?"]
    );
    assert_eq!(
        acme("kpis:\n  revenue:\n    taget: 5\n", ""),
        ["content/partners/acme.md:5:5 warning input/unknown-key unknown key `taget` in `kpis.revenue` | did you mean `target`?"]
    );
    assert_eq!(
        acme("objective: {outcome: Growth, wide and deep, metric: revenue}\n", ""),
        [
            "content/partners/acme.md:3:30 warning input/unknown-key `wide and deep` is read as a key, because a comma ends the value before it | put the whole text in quotes"
        ]
    );
    assert!(acme("x-crm: 17\n", "").is_empty(), "the team's own keys are free");
}

#[test]
fn wrong_types_are_told_and_the_rest_is_read() {
    assert_eq!(
        acme("term: soon\nsummary: [a, b]\ndraft: maybe\n", ""),
        [
            "content/partners/acme.md:3:7 error input/wrong-type `term` takes a mapping with keys such as `start`, not text | write `term: {start: …}`",
            "content/partners/acme.md:4:10 error input/wrong-type `summary` takes text, not a list | write `summary: \"…\"`",
            "content/partners/acme.md:5:8 error input/wrong-type `draft` takes true or false, not `maybe` | write `true` or `false`",
        ]
    );
}

#[test]
fn values_outside_their_vocabulary_are_told() {
    assert_eq!(
        acme("status: thriveing\nmodel: resaler\nreviewed: 2026-02-30\nstage: develpment\n", ""),
        [
            "content/partners/acme.md:3:9 error input/bad-value `thriveing` is not a value of `status` | did you mean `thriving`?",
            "content/partners/acme.md:4:8 error input/bad-value `resaler` is not a partnership model | did you mean `reseller`?",
            "content/partners/acme.md:5:11 error input/bad-value `reviewed` takes a date, not `2026-02-30` | there is no such day in the calendar",
            "content/partners/acme.md:6:8 error input/bad-value `develpment` is not a stage of this workspace's lifecycle | did you mean `development`?",
        ]
    );
}

#[test]
fn a_partner_must_have_a_name() {
    let findings = Space::empty().file("content/partners/acme.md", "---\nstage: research\n---\n").told();
    assert_eq!(
        findings,
        [
            "content/partners/acme.md:2:1 error input/bad-value partner `acme` has no name | add a line `name: …` to its front matter; it is the one thing that every partner must have"
        ]
    );
}

#[test]
fn ids_are_unique_whatever_their_case() {
    let findings = Space::empty()
        .file("content/partners/acme.md", partner("", ""))
        .file("content/partners/other.md", "---\nname: Other\nid: ACME\n---\n")
        .file("content/people.yaml", "dana: {name: Dana}\nDana: {name: Dana Two}\n")
        .told();
    assert_eq!(
        findings,
        [
            "content/partners/other.md:3:5 error input/duplicate-id the partner `ACME` is defined twice | rename one of the two files, or give one of them another `id:`",
            "content/people.yaml:2:1 error input/duplicate-id the person `Dana` is there twice, as `dana` too | keep one of the two",
        ]
    );
}

#[test]
fn two_files_cannot_be_one_page() {
    let findings = Space::empty()
        .file("content/index.md", "[a](library/plan.md) [b](library/Plan.md) [c](404.md)")
        .file("content/library/plan.md", "One")
        .file("content/library/Plan.md", "Two")
        .file("content/404.md", "Lost")
        .told();
    assert_eq!(
        findings,
        [
            "content/404.md:1:1 error input/url-collision `404.html` is a page that partnerbook makes itself | rename one of them",
            "content/library/plan.md:1:1 error input/url-collision `library/plan.html` and `library/Plan.html` differ only in letter case, and many disks and servers cannot keep them apart | rename one of them",
        ]
    );
}

#[test]
fn links_that_lead_nowhere_are_told_at_their_place() {
    let findings = Space::empty()
        .file(
            "content/partners/acme.md",
            partner(
                "relations: {competes_with: [betta]}\n",
                "See [the plan](../library/paln.md), [[Beta Crop]] and ![x](logo.png).\n\n[y](javascript:alert(1))\n",
            ),
        )
        .file("content/partners/beta.md", "---\nname: Beta Corp\n---\n")
        .file("content/library/plan.md", "[back](../partners/acme.md)")
        .told();
    assert_eq!(
        findings,
        [
            "content/library/plan.md:1:1 note input/orphan-page no page links to `Plan` | link to it from a page where somebody would look for it",
            "content/partners/acme.md:3:29 error input/broken-link there is no partner `betta` | did you mean `beta`?",
            "content/partners/acme.md:5:5 error input/broken-link there is no file `../library/paln.md` | did you mean `../library/plan.md`?",
            "content/partners/acme.md:5:37 error input/broken-link there is no page with the id, name or alias `Beta Crop` | did you mean `[[beta corp]]`?",
            "content/partners/acme.md:5:55 error input/broken-link there is no file `logo.png`",
            "content/partners/acme.md:7:1 error input/broken-link `javascript:` cannot be a link | link to a file of the workspace, or to an address that starts with `https://`",
        ]
    );
}

#[test]
fn a_renamed_folder_is_told_once() {
    let findings = Space::empty()
        .file("content/partners/acme.md", partner("", ""))
        .file("content/partners/acne/qbr/2026-Q3.md", "")
        .file("content/partners/acne/notes.md", "")
        .told();
    assert_eq!(
        findings,
        [
            "content/partners/acne/notes.md:1:1 error input/broken-link this file belongs to the partner `acne`, which does not exist | did you mean `acme`? Write `content/partners/acne/index.md`, or move the file"
        ]
    );
}

#[test]
fn anchors_must_be_there() {
    let findings = acme("", "## Our plan\n\n[a](#our-plan) [[acme#Our plan]] [b](#our-paln)\n");
    assert_eq!(
        findings,
        ["content/partners/acme.md:6:34 error input/broken-anchor this page has no heading `#our-paln` | did you mean `#our-plan`?"]
    );
}

#[test]
fn a_wiki_link_that_two_pages_could_mean_is_ambiguous() {
    let findings = Space::empty()
        .file("content/partners/acme.md", partner("", "[[plan]]"))
        .file("content/library/plan.md", "[x](../other/plan.md)")
        .file("content/other/plan.md", "")
        .told();
    assert_eq!(
        findings,
        [
            "content/partners/acme.md:4:1 warning input/ambiguous-link `plan` could mean 2 pages | link to the file instead, or use an id that only one of them has"
        ]
    );
}

#[test]
fn placeholders_are_told_but_not_in_template_documents() {
    let findings = Space::empty()
        .file("content/partners/acme.md", partner("summary: TBD\nowner: [Name]\n", "Dear [Partner name],\n"))
        .file("content/library/letter.md", "Dear [Partner name],")
        .file("content/playbooks/greet.yaml", "name: Greet\nsteps: [{name: Write, template: library/letter.md}]\n")
        .told();
    assert_eq!(
        findings,
        [
            "content/partners/acme.md:3:10 warning input/placeholder `summary` still holds a placeholder | fill it in, or remove the key",
            "content/partners/acme.md:4:8 warning input/placeholder `owner` still holds a placeholder | fill it in, or remove the key",
            "content/partners/acme.md:6:6 warning input/placeholder `[Partner name]` is still to be filled in | fill it in, or remove it",
        ]
    );
}

#[test]
fn a_page_that_nothing_links_to_is_an_orphan() {
    let findings = Space::empty().file("content/library/lonely.md", "# Lonely\n").told();
    assert_eq!(
        findings,
        [
            "content/library/lonely.md:1:1 note input/orphan-page no page links to `Lonely` | link to it from a page where somebody would look for it"
        ]
    );
}

#[test]
fn html_is_shown_as_text_and_told() {
    let findings = acme("", "A <b>bold</b> claim.\n");
    assert_eq!(
        findings,
        [
            "content/partners/acme.md:4:3 warning input/raw-html HTML is shown as text | write it in Markdown, or put it in backticks if it is meant to be shown"
        ]
    );
}

#[test]
fn two_sources_must_agree_on_a_value() {
    let findings = Space::empty()
        .file("content/partners/acme.md", partner("kpis: {revenue: {actuals: {2026-Q2: 5, 2026-Q3: null}}}\n", ""))
        .file("content/metrics.csv", "partner,kpi,period,actual\nacme,revenue,2026-Q2,6\nacme,revenue,2026-Q3,7\n")
        .told();
    assert_eq!(
        findings,
        [
            "content/metrics.csv:2:22 error input/conflicting-actuals `revenue` of acme in 2026-Q2: this says 6, another source says 5 | keep the value in one of the two places"
        ]
    );
}

#[test]
fn a_template_that_asks_for_too_much_is_told() {
    let findings = Space::empty().file("themes/default/people.hbs", "<p>\n{{#if x}}</p>\n").told();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].starts_with("themes/default/people.hbs:"), "{findings:?}");
    assert!(findings[0].contains("error input/bad-template this template does not parse"), "{findings:?}");
}

#[test]
fn severities_are_the_workspaces_own() {
    let space = |lint: &str| {
        Space::empty()
            .file("partnerbook.yaml", format!("lint: {{{lint}}}\n"))
            .file("content/partners/acme.md", partner("onwer: x\n", "<b>\n"))
            .told()
            .into_iter()
            .map(|line| line.split(' ').skip(1).take(2).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(space("input/raw-html: off, input/unknown-key: error"), ["error input/unknown-key"]);
    assert_eq!(space("\"input/*\": note"), ["note input/unknown-key", "note input/raw-html"]);
    assert!(space("inputs/raw-html: off").contains(&"error input/bad-value".to_owned()), "a rule that does not exist");
}

/// The names of all rules, so that removing one is seen in review.
#[test]
fn the_rules_are_these() {
    let names: Vec<&str> = partnerbook::lint::rules().map(|rule| rule.name).collect();
    let path = format!("{}/tests/rules.txt", env!("CARGO_MANIFEST_DIR"));
    let text = names.join("\n") + "\n";
    if std::env::var_os("UPDATE_RULES").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, expected, "`UPDATE_RULES=1 cargo test --test rules` writes the list anew");
}
