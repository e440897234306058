//! `check --fix`: what it changes, byte by byte, and what it leaves alone.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::fs;
use std::process::Output;

use common::{Space, program, said, status, tree};

const ACME: &str = "content/partners/acme.md";

fn check(space: &Space, arguments: &[&str]) -> Output {
    program().arg("-C").arg(space.root()).args(["check", "--as-of=2026-11-20"]).args(arguments).output().unwrap()
}

/// The text of a file after `--fix`. A second run would change nothing.
#[track_caller]
fn fixed_in(space: &Space, path: &str) -> String {
    status(&check(space, &["--fix"]));
    assert_eq!(status(&check(space, &["--diff"])), 0, "a second run would change something");
    fs::read_to_string(space.root().join(path)).unwrap()
}

#[track_caller]
fn fixes_in(path: &str, before: &str, after: &str) {
    let space = Space::new().file(path, before);
    if path != ACME {
        space.write(ACME, "---\nname: Acme\n---\n");
    }
    let found = fixed_in(&space, path);
    assert_eq!(found, after, "{:?}", space.findings());
}

/// The front matter of a partner before and after.
#[track_caller]
fn fixes(before: &str, after: &str) {
    fixes_in(ACME, &format!("---\nname: Acme\n{before}---\nText.\n"), &format!("---\nname: Acme\n{after}---\nText.\n"));
}

#[track_caller]
fn leaves(front: &str) {
    fixes(front, front);
}

#[test]
fn a_mistyped_key_is_put_right() {
    fixes("onwer: dana   # since May\n", "owner: dana   # since May\n");
    fixes("\"onwer\": dana\n'sumary': 'It''s ours'\n", "\"owner\": dana\n'summary': 'It''s ours'\n");
    fixes("? onwer\n: dana\n", "? owner\n: dana\n");
    fixes("kpis:\n  revenue: {taget: 5, actuls: {2026-Q1: 3}}\n", "kpis:\n  revenue: {target: 5, actuals: {2026-Q1: 3}}\n");
}

#[test]
fn a_key_that_could_mean_two_or_is_there_already_is_left() {
    leaves("owner: dana\nonwer: kim\n");
    leaves("onwer: dana\nowmer: kim\n");
    leaves("colour: red\n");
    leaves("state: Bavaria\n");
}

#[test]
fn a_mistyped_word_is_put_right() {
    fixes("status: thriveing\nmodel: reseler\nstage: 'develpment'\n", "status: thriving\nmodel: reseller\nstage: 'development'\n");
    fixes("status: AtRisk\n", "status: at-risk\n");
    fixes("kpis: {revenue: {frequency: monthly, direction: hihger}}\n", "kpis: {revenue: {frequency: month, direction: higher}}\n");
    leaves("status: wonderful\n");
    leaves("owner: dnaa\n");
}

#[test]
fn a_date_with_one_reading_is_put_right() {
    for written in ["2026/11/20", "20.11.2026", "2026.11.20", "Nov 20, 2026", "20 Nov 2026", "11/20/2026"] {
        fixes(&format!("reviewed: {written} # done\n"), "reviewed: 2026-11-20 # done\n");
        fixes(&format!("reviewed: \"{written}\"\n"), "reviewed: \"2026-11-20\"\n");
    }
    fixes("reviewed: 2026-1-5\n", "reviewed: 2026-01-05\n");
    leaves("reviewed: 03/04/2026\n");
    leaves("reviewed: 2026-02-30\n");
    leaves("reviewed: next week\n");
}

#[test]
fn a_number_with_one_reading_is_put_right() {
    fixes("kpis: {revenue: {target: \"1,200,000\"}}\n", "kpis: {revenue: {target: \"1200000\"}}\n");
    fixes("kpis:\n  revenue:\n    target: 1.200.000,50\n", "kpis:\n  revenue:\n    target: 1200000.50\n");
    leaves("kpis: {revenue: {target: \"1,200\"}}\n");
    leaves("kpis: {revenue: {target: 1,200,000}}\n");
    leaves("kpis: {revenue: {target: $5}}\n");
}

#[test]
fn a_period_with_one_reading_is_put_right() {
    fixes("kpis: {revenue: {actuals: {Q1 2026: 5, 2026Q2: 6}}}\n", "kpis: {revenue: {actuals: {2026-Q1: 5, 2026-Q2: 6}}}\n");
    leaves("kpis: {revenue: {actuals: {Q1 2026: 5, 2026-Q1: 6}}}\n");
}

#[test]
fn the_stage_becomes_that_of_the_last_move() {
    let moves = "lifecycle: # our way\n  - {stage: research, entered: 2026-09-01, decision: approved-for-outreach}\n";
    fixes(&format!("stage: \"negotiation\"\n{moves}"), &format!("stage: \"research\"\n{moves}"));
}

#[test]
fn one_value_that_stands_for_a_list_is_found() {
    fixes("lifecycle: resaerch\n", "lifecycle: research\n");
    fixes("lifecycle: [research, {stage: 'negotation'}]\n", "lifecycle: [research, {stage: 'negotiation'}]\n");
    // The place is not where the route leads, so it would put something else right.
    leaves("lifecycle: [~, {stage: research}, {stage: negotation}]\n");
}

#[test]
fn several_fixes_in_one_line_and_one_behind_the_other() {
    fixes(
        "lifecycle: [{stge: resaerch, entred: 2026/9/1, notes: \"ä, ö\"}]\n",
        "lifecycle: [{stage: research, entered: 2026-09-01, notes: \"ä, ö\"}]\n",
    );
}

#[test]
fn line_ends_a_byte_order_mark_and_what_is_not_ascii_stay() {
    fixes_in(
        ACME,
        "\u{feff}---\r\nname: Ärger & Söhne 🎉\r\n\r\n# Wer?\r\nonwer:   dana\t\r\nreviewed: 20.11.2026\r\n---\r\n\r\n# Hi  \r\n\r\nonwer: x",
        "\u{feff}---\r\nname: Ärger & Söhne 🎉\r\n\r\n# Wer?\r\nowner:   dana\t\r\nreviewed: 2026-11-20\r\n---\r\n\r\n# Hi  \r\n\r\nonwer: x",
    );
}

#[test]
fn settings_people_and_playbooks_are_put_right() {
    fixes_in(
        "partnerbook.yaml",
        "\u{feff}# ours\ntitel: Partners\nlint: {waiver/expired: warnig, waiver/unusd: off}\nhealth: {weights: {bussiness: 40}}\nfx: {2026Q1: {EUR: 1.1}}\n",
        "\u{feff}# ours\ntitle: Partners\nlint: {waiver/expired: warning, waiver/unused: off}\nhealth: {weights: {business: 40}}\nfx: {2026-Q1: {EUR: 1.1}}\n",
    );
    fixes_in("content/people.yaml", "dana:\n  naem: Dana\n", "dana:\n  name: Dana\n");
    fixes_in("content/playbooks/recruit.yaml", "name: Recruit\nstage: resarch\n", "name: Recruit\nstage: research\n");
}

#[test]
fn metrics_are_put_right() {
    let path = "content/metrics.csv";
    fixes_in(
        path,
        "partner;kpi;perod;\"actaul\";target\r\nacme;revenue;2026Q1;\"1,200,000\";1.200.000\r\n# note\r\nacme;leads;2026-Q1; 5 ;\r\n",
        "partner;kpi;period;\"actual\";target\r\nacme;revenue;2026-Q1;\"1200000\";1200000\r\n# note\r\nacme;leads;2026-Q1; 5 ;\r\n",
    );
    let ambiguous = "partner,kpi,period,actual\nacme,revenue,2026-Q1,\"1,200\"\nacmee,revenue,2026-Q1,5\nacme,revenu,2026-Q1,5\n";
    fixes_in(path, ambiguous, ambiguous);
}

#[test]
fn what_is_waived_or_off_is_left() {
    let waived = "onwer: dana\nwaive: [{rule: input/unknown-key, reason: Old tool, by: kim, until: 2027-01-31}]\n";
    leaves(waived);
    let space = Space::new().file("partnerbook.yaml", "lint: {input/unknown-key: off}\n").file(ACME, "---\nname: Acme\nonwer: dana\n---\n");
    assert!(fixed_in(&space, ACME).contains("onwer"));
}

#[test]
fn a_fix_that_would_bring_up_something_else_is_not_made_and_the_others_are() {
    let space = Space::new().file(ACME, "---\nname: Acme\nonwer: [dana, kim]\nreviewed: 20.11.2026\nstatus: thriveing\n---\n");
    let said = said(&check(&space, &["--fix"]));
    assert!(said.contains("not fixed content/partners/acme.md:3 input/unknown-key: it would bring up input/wrong-type"), "{said}");
    assert!(said.contains("2 fixed") && !said.contains("can be fixed"), "{said}");
    assert_eq!(fixed_in(&space, ACME), "---\nname: Acme\nonwer: [dana, kim]\nreviewed: 2026-11-20\nstatus: thriving\n---\n");
}

#[test]
fn a_fix_that_would_bring_up_something_in_another_file_is_not_made() {
    // With that lifecycle, there is no stage `research`.
    let settings = "lifecylce: {stages: [first, second]}\ntitel: Ours\n";
    let acme = "---\nname: Acme\nonwer: dana\nstage: research\n---\n";
    let space = Space::new().file("partnerbook.yaml", settings).file(ACME, acme);
    let said = said(&check(&space, &["--fix"]));
    assert!(
        said.contains("not fixed partnerbook.yaml:1 input/unknown-key: it would bring up input/bad-value in content/partners/acme.md\n"),
        "{said}"
    );
    assert!(said.contains("2 fixed"), "{said}");
    assert_eq!(fixed_in(&space, "partnerbook.yaml"), settings.replace("titel", "title"));
    assert_eq!(fixed_in(&space, ACME), acme.replace("onwer", "owner"), "it has nothing to do with it");
}

#[test]
fn one_fix_that_does_harm_elsewhere_keeps_none_of_many_others() {
    // Of two files that want to be found at an old address, the second is told.
    let taken = "---\nname: Zeta\nredirect_from: [old/y.md]\n---\n";
    let mut space = Space::new().file("content/partners/zeta.md", taken);
    for at in 0..30 {
        space = space.partner(&format!("p{at:02}"), &format!("name: P{at}\nonwer: dana"), "");
    }
    let wanted = "---\nname: Why\nredirect_form: [old/y.md]\nonwer: dana\n---\n";
    let space = space.file("content/partners/p07y.md", wanted);
    let said = said(&check(&space, &["--fix", "--select=input"]));
    assert_eq!(said.lines().filter(|line| line.starts_with("fixed ")).count(), 31, "{said}");
    let left: Vec<&str> = said.lines().filter(|line| line.starts_with("not fixed ")).collect();
    let why = "it would bring up input/url-collision in content/partners/zeta.md";
    assert_eq!(left, [format!("not fixed content/partners/p07y.md:3 input/unknown-key: {why}")]);
    assert_eq!(fixed_in(&space, "content/partners/p07y.md"), wanted.replace("onwer", "owner"));
}

#[test]
fn many_fixes_that_do_not_hold_keep_none_of_the_others() {
    let mut space = Space::new().file("partnerbook.yaml", "lifecylce: {stages: [first, second]}\ntitel: Ours\n");
    for at in 0..400 {
        space = space.partner(&format!("p{at:03}"), &format!("name: P{at}\nsumary: [a, b]\nstage: research\nreviewed: 20.11.2026"), "");
    }
    let said = said(&check(&space, &["--fix", "--select=input"]));
    assert_eq!(said.lines().filter(|line| line.starts_with("fixed ")).count(), 401, "{said}");
    let left: Vec<&str> = said.lines().filter(|line| line.starts_with("not fixed ")).collect();
    assert_eq!(left.len(), 401, "{said}");
    assert!(left.iter().all(|line| line.contains("it would bring up input/")), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_is_left() {
    for text in ["---\nname: Acme\nonwer: [a\n---\n", "---\nname: Acme\nonwer: a\n", "---\nonwer: a\nonwer: b\n---\n"] {
        fixes_in(ACME, text, text);
    }
    let space = Space::new();
    space.write(ACME, b"---\nname: Acme\nonwer: \xff\n---\n");
    check(&space, &["--fix"]);
    assert_eq!(fs::read(space.root().join(ACME)).unwrap(), b"---\nname: Acme\nonwer: \xff\n---\n");
}

#[test]
fn the_difference_is_shown_and_nothing_is_written() {
    let space = Space::new().file(ACME, "---\r\nname: Acme\r\nonwer: dana\r\n---\r\nText without a last line end");
    let before = tree(&space.root());
    let output = check(&space, &["--diff"]);
    assert_eq!(status(&output), 1);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "--- content/partners/acme.md\n+++ content/partners/acme.md\n@@ -1,5 +1,5 @@\n ---\r\n name: Acme\r\n-onwer: dana\r\n+owner: dana\r\n ---\r\n \
         Text without a last line end\n\\ No newline at end of file\n"
    );
    assert!(tree(&space.root()) == before);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "1 finding in 1 file would be fixed; `partnerbook check --fix` does it\n");
}

#[test]
fn what_is_fixed_is_told() {
    let space = Space::new().file(ACME, "---\nname: Acme\nonwer: dana\ndraft: flase\nstage: negotiation\nlifecycle: [research]\n---\n");
    let before = said(&check(&space, &[]));
    assert!(before.contains("= help: write `false` instead of `flase`"), "{before}");
    assert!(before.ends_with("3 of them can be fixed with `partnerbook check --fix`\n"), "{before}");
    let said = said(&check(&space, &["--fix"]));
    assert!(
        said.starts_with(
            "fixed content/partners/acme.md:3 input/unknown-key: write `owner` instead of `onwer`\n\
             fixed content/partners/acme.md:4 input/wrong-type: write `false` instead of `flase`\n\
             fixed content/partners/acme.md:5 lifecycle/stage-mismatch: write `stage: research`, as the last recorded move says\n\n"
        ),
        "{said}"
    );
    assert!(said.contains(", 3 fixed\n"), "{said}");
}

#[cfg(unix)]
#[test]
fn links_inside_the_workspace_are_written_through() {
    use std::os::unix::fs::symlink;
    let space = Space::new().file("content/partners/acme/index.md", "---\nname: Acme\n---\n");
    space.write("content/partners/acme/notes.md", "---\ntitel: Notes\n---\n");
    symlink("notes.md", space.root().join("content/partners/acme/copy.md")).unwrap();
    let text = fixed_in(&space, "content/partners/acme/notes.md");
    assert_eq!(text, "---\ntitle: Notes\n---\n");
    assert!(fs::symlink_metadata(space.root().join("content/partners/acme/copy.md")).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_workspace_is_written() {
    use std::os::unix::fs::symlink;
    let space = Space::new();
    let outside = space.beside("outside.md");
    fs::write(&outside, "---\nname: Acme\nonwer: dana\n---\n").unwrap();
    symlink(&outside, space.root().join(ACME)).unwrap();
    check(&space, &["--fix"]);
    assert!(fs::read_to_string(outside).unwrap().contains("onwer"));
}
