//! A site that follows its workspace is the site that a build makes: whatever people do to their files, in whatever order.

#![allow(clippy::unwrap_used, clippy::panic, clippy::case_sensitive_file_extension_comparisons, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use partnerbook::diagnostics::Finding;
use partnerbook::serve::{Change, Store, Update};
use partnerbook::site::Site;
use partnerbook::workspace::document::{Content, Document};
use partnerbook::workspace::resolve::resolve;
use partnerbook::workspace::snapshot::Snapshot;

/// A workspace on disk, the store that follows it, and what a reader of its history knows.
struct Followed {
    folder: tempfile::TempDir,
    day: Date,
    store: Store,
    /// The last text of each file that could be understood.
    good: BTreeMap<Arc<str>, Vec<u8>>,
    log: Vec<String>,
}

type Told = BTreeMap<(&'static str, String, String), usize>;

impl Followed {
    fn new(fill: impl FnOnce(&Path)) -> Followed {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        let day: Date = "2026-11-20".parse().unwrap();
        let store = Store::open(folder.path(), day, false);
        let mut new = Followed { folder, day, store, good: BTreeMap::new(), log: Vec::new() };
        new.compare();
        new
    }

    fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    fn write(&mut self, path: &str, text: impl AsRef<[u8]>) -> String {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        path.to_owned()
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// Replaces a part of a file and follows.
    fn edit(&mut self, path: &str, from: &str, to: &str) -> Update {
        let text = self.text(path);
        assert!(text.contains(from), "{from:?} is not in {path}");
        self.write(path, text.replacen(from, to, 1));
        self.follow([path])
    }

    /// What is told, and how often.
    fn told(&self) -> Told {
        let site = self.store.site();
        let site = site.read().unwrap();
        let mut told = Told::new();
        for finding in site.workspace.findings.iter().filter(|finding| finding.counts()) {
            *told.entry((finding.rule.name, finding.path.to_string(), finding.message.clone())).or_default() += 1;
        }
        told
    }

    /// A page as it is shown.
    fn page(&self, path: &str) -> Option<String> {
        let site = self.store.site();
        let site = site.read().unwrap();
        let bytes = site.bytes(path, site.routes.all.get(path)?).unwrap_or_default().unwrap_or_default();
        Some(String::from_utf8(bytes).unwrap())
    }

    /// Tells the store, and compares every page and every finding with those of a site made from nothing.
    fn follow<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> Update {
        let paths: BTreeSet<String> = paths.into_iter().map(str::to_owned).collect();
        self.log.push(format!("{paths:?}"));
        let before = self.told();
        let update = self.store.update(&Change::Paths(paths), self.day);
        self.compare();
        let after = self.told();
        let only = |all: &Told, others: &Told| -> usize {
            all.iter().map(|(key, n)| n.saturating_sub(others.get(key).copied().unwrap_or_default())).sum()
        };
        assert_eq!((update.new.len(), update.gone), (only(&after, &before), only(&before, &after)), "after {:#?}", self.log);
        update
    }

    fn compare(&mut self) {
        let cold = self.cold();
        let warm = self.store.site();
        let warm = warm.read().unwrap();
        let log = &self.log;
        let (new, old) = (&warm.workspace.findings, &cold.workspace.findings);
        for (new, old) in new.iter().zip(old) {
            assert_eq!(new, old, "findings differ after {log:#?}");
        }
        assert_eq!(new.len(), old.len(), "{:?} after {log:#?}", only_in(new, old));
        assert_eq!(warm.routes.all.keys().collect::<Vec<_>>(), cold.routes.all.keys().collect::<Vec<_>>(), "routes differ after {log:#?}");
        for (path, route) in &cold.routes.all {
            let bytes = |site: &Site, route| site.bytes(path, route).map_err(|finding| finding.message);
            let (new, old) = (bytes(&warm, &warm.routes.all[path]), bytes(&cold, route));
            if new != old {
                let text = |bytes: Result<Option<Vec<u8>>, String>| String::from_utf8_lossy(&bytes.unwrap().unwrap()).into_owned();
                similar(path, &text(old), &text(new), log);
            }
        }
    }

    /// A site made from what is on disk; files that cannot be understood stand in with their last good text.
    fn cold(&mut self) -> Site {
        let snapshot = Snapshot::take(&self.root(), self.day);
        let there: BTreeSet<&Arc<str>> = snapshot.files.iter().map(|entry| &entry.path).collect();
        self.good.retain(|path, _| there.contains(path));
        let documents = snapshot.files.iter().map(|entry| {
            if !entry.kind.is_text() {
                return Document::read(entry, Ok(Vec::new()));
            }
            let bytes = snapshot.read(&entry.path);
            let read = Document::read(entry, bytes.clone());
            match (&read.content, self.good.get(&entry.path)) {
                (Content::Broken, Some(good)) => {
                    let good = Document::read(entry, Ok(good.clone()));
                    Document { findings: [read.findings, good.findings.clone()].concat(), ..good }
                }
                (Content::Broken, None) => read,
                _ => {
                    self.good.insert(entry.path.clone(), bytes.unwrap_or_default());
                    read
                }
            }
        });
        Site::new(resolve(&snapshot, documents.collect(), false))
    }
}

fn only_in(new: &[Finding], old: &[Finding]) -> Vec<String> {
    let lines = |findings: &[Finding]| -> BTreeSet<String> {
        findings.iter().map(|f| format!("{} {}: {}", f.path, f.rule.name, f.message)).collect()
    };
    lines(new).symmetric_difference(&lines(old)).cloned().collect()
}

fn similar(path: &str, old: &str, new: &str, log: &[String]) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let at = old.iter().zip(&new).position(|(old, new)| old != new).unwrap_or(old.len().min(new.len()));
    panic!("{path}:{}\n--- made from nothing\n{:?}\n--- followed\n{:?}\nafter {log:#?}", at + 1, old.get(at), new.get(at));
}

/// Two partners, a page that links to one of them, a review and a value from `metrics.csv`.
fn small(root: &Path) {
    let files = [
        ("partnerbook.yaml", "title: Partners\n"),
        ("content/index.md", "# Home\n\nRead [the plan](library/plan.md).\n"),
        ("content/library/plan.md", "# Plan\n\nStart with [[acme]].\n"),
        (
            "content/partners/acme/index.md",
            "---\nname: Acme\nowner: dana\nstage: development\nkpis: {revenue: {target: 100, actuals: {2026-Q2: 90}}}\n---\n\nFirst words.\n\n## History\n",
        ),
        ("content/partners/acme/metrics.csv", "kpi,period,actual\nrevenue,2026-Q3,80\n"),
        ("content/partners/acme/qbr/2026-Q3.md", "---\nwins: [{kpi: revenue, text: Grown}]\n---\n\nWent well.\n"),
        ("content/partners/globex.md", "---\nname: Globex\nowner: kim\n---\n\nSee [their history](acme/index.md#history).\n"),
    ];
    for (path, text) in files {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

/// What is rare, and stands in each other's way: two files that want to be one partner, drafts that others name, values in folders,
/// names that differ in case, links to headings.
fn odd(root: &Path) {
    let kpis = |value: u32| format!("kpis: {{revenue: {{target: 100, actuals: {{2026-Q2: {value}, 2026-Q3: {value}}}}}}}");
    let files = [
        ("partnerbook.yaml", "title: Odd\nbase_url: https://example.org/book\n".to_owned()),
        ("content/index.md", "# Home\n\n[Plan](library/plan.md#goals), [[Zeta]].\n".to_owned()),
        ("content/library/plan.md", "# Plan\n\n## Goals\n\n[History](../partners/acme.md#history)\n".to_owned()),
        ("content/metrics.csv", "partner,kpi,period,actual\nzeta,revenue,2026-Q1,61\nAcme,revenue,2026-Q1,12\n".to_owned()),
        ("content/partners/acme.md", format!("---\nid: zeta\nname: Zeta\nowner: dana\n{}\n---\n\n## History\n", kpis(70))),
        ("content/partners/acme/index.md", format!("---\nname: Acme\nowner: kim\naliases: [ACM]\n{}\n---\n\nWords.\n", kpis(90))),
        ("content/partners/acme/metrics.csv", "kpi,period,actual\nrevenue,2026-Q3,80\ncustomers,2026-Q3,5\n".to_owned()),
        ("content/partners/acme/qbr/2026-Q3.md", "---\ndate: 2026-10-05\nwins: [{kpi: revenue, title: Grown}]\n---\n\nWell.\n".to_owned()),
        ("content/partners/acme/qbr/2026-Q2.md", "---\ndraft: true\n---\n\nRevenue was 90.\n".to_owned()),
        ("content/partners/acme/issues/late.md", "---\ntitle: Late\nowner: dana\n---\n".to_owned()),
        ("content/partners/Zed/index.markdown", format!("---\nname: Zed\n{}\n---\n\n[[hidden]]\n", kpis(50))),
        ("content/partners/zed/metrics.csv", "kpi,period,actual\nrevenue,2026-Q3,44\n".to_owned()),
        ("content/partners/hidden.md", "---\nname: Hidden\ndraft: true\n---\n".to_owned()),
        (
            "content/partners/globex.md",
            "---\nname: Globex\nowner: dana\nrelations: {supplier: [hidden, nosuch, acme]}\nredirect_from: [old/globex.md]\n---\n\n[Nowhere](acme.md#new)\n"
                .to_owned(),
        ),
        ("content/partners/globex/qbr/2026-Q3.md", "---\ndate: 2026-10-05\n---\n\nWell.\n".to_owned()),
        ("content/people.yaml", "dana: {name: Dana}\nkim: {name: Kim, side: acme}\n".to_owned()),
    ];
    for (path, text) in files {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

fn sample(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in walkdir::WalkDir::new(from.join("content")) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    fs::copy(from.join("partnerbook.yaml"), to.join("partnerbook.yaml")).unwrap();
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

fn texts(root: &Path) -> Vec<String> {
    let files =
        walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let relative = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    let is_text = |path: &String| [".md", ".yaml", ".csv", ".hbs", ".css"].iter().any(|ending| path.ends_with(ending));
    files.map(|entry| relative(entry.path())).filter(is_text).collect()
}

/// One thing that people do to a line, or to a word, of a text.
fn edit(dice: &mut Dice, text: &str, other: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return "---\nname: New\n---\nText.\n".to_owned();
    }
    let others: Vec<&str> = other.lines().collect();
    let at = dice.roll(lines.len());
    match dice.roll(9) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 if !others.is_empty() => lines.insert(at, (*dice.one_of(&others)).to_owned()),
        3 => lines[at] = lines[at].replace(|c: char| c.is_ascii_digit(), &dice.roll(10).to_string()),
        4 => {
            let words =
                ["dana", "gold", "exited", "development", "retained", "[[acme]]", "red", "2026-11-01", "2027-02-28", "research", "true"];
            let word = dice.one_of(&words);
            if let Some((key, _)) = lines[at].clone().split_once(": ") {
                lines[at] = format!("{key}: {word}");
            }
        }
        5 => lines.push("Another sentence, and [a link](../index.md).".to_owned()),
        6 => lines[at].push_str(" more"),
        7 => {
            let to = dice.roll(lines.len());
            lines.swap(at, to);
        }
        _ => lines.push("## A new heading".to_owned()),
    }
    lines.join("\n") + "\n"
}

fn play(fill: impl FnOnce(&Path), seed: u64, steps: usize) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut followed = Followed::new(fill);
    let originals: BTreeMap<String, String> =
        texts(&followed.root()).into_iter().map(|path| (path.clone(), followed.text(&path))).collect();
    let names: Vec<&String> = originals.keys().collect();
    for _ in 0..steps {
        let files = texts(&followed.root());
        let file = dice.one_of(&files).clone();
        let mut changed = vec![file.clone()];
        match dice.roll(20) {
            0 => fs::remove_file(followed.root().join(&file)).unwrap(),
            1 => {
                let to = format!("content/partners/new-{}.md", dice.roll(5));
                fs::create_dir_all(followed.root().join("content/partners")).unwrap();
                fs::rename(followed.root().join(&file), followed.root().join(&to)).unwrap();
                changed.push(to);
            }
            2 => {
                let partners: Vec<String> =
                    files.iter().filter(|path| path.starts_with("content/partners/") && path.matches('/').count() > 2).cloned().collect();
                if let Some(path) = partners.get(dice.roll(partners.len())) {
                    let folder = path.split('/').take(3).collect::<Vec<_>>().join("/");
                    let to = format!("{folder}x");
                    if fs::rename(followed.root().join(&folder), followed.root().join(&to)).is_ok() {
                        changed = vec![folder, to];
                    }
                }
            }
            3 => {
                followed.day = followed.day.saturating_add(jiff::Span::new().days(i64::try_from(dice.roll(40)).unwrap()));
                changed.clear();
            }
            4 => {
                let theme = *dice.one_of(&["themes/default/static/style.css", "themes/default/page.hbs"]);
                let text = *dice.one_of(&["<p>Own {{page.title}}", "<p>Ours", "body {}"]);
                changed = vec![followed.write(theme, text)];
            }
            5..=8 => {
                let name = (*dice.one_of(&names)).clone();
                let text = originals[&name].clone();
                changed = vec![followed.write(&name, text)];
            }
            _ => {
                let other = followed.text(dice.one_of::<String>(&files));
                let mut text = followed.text(&file);
                for _ in 0..=dice.roll(2) {
                    text = edit(&mut dice, &text, &other);
                }
                followed.write(&file, text);
            }
        }
        followed.follow(changed.iter().map(String::as_str));
    }
}

const ACME: &str = "content/partners/acme/index.md";
const PAGE: &str = "partners/acme.html";

fn messages(update: &Update) -> Vec<&str> {
    update.new.iter().map(|finding| finding.message.as_str()).collect()
}

#[test]
fn words_are_seen_when_they_are_saved() {
    let mut followed = Followed::new(small);
    let update = followed.edit(ACME, "First words", "Other words");
    assert!(followed.page(PAGE).unwrap().contains("Other words"));
    assert_eq!((update.files, update.new.len(), update.gone), (vec![Arc::from(ACME)], 0, 0));
}

#[test]
fn what_is_saved_unchanged_is_no_change() {
    let mut followed = Followed::new(small);
    let text = followed.text(ACME);
    followed.write(ACME, text);
    assert!(!followed.follow([ACME]).changed);
    assert!(!followed.follow(["content/partners/.acme.md.swp", "content/partners/4913", "README.md", "site/index.html"]).changed);
}

#[test]
fn findings_come_and_go_with_what_they_are_about() {
    let mut followed = Followed::new(small);
    let rules = |update: &Update| update.new.iter().map(|finding| finding.rule.name).collect::<Vec<_>>();
    let update = followed.edit(ACME, "owner: dana\n", "");
    assert_eq!((rules(&update), update.gone), (vec!["ownership/no-owner"], 0));
    let update = followed.edit(ACME, "name: Acme\n", "name: Acme\nowner: dana\n");
    assert_eq!((rules(&update), update.gone), (vec![], 1));
}

#[test]
fn links_begin_and_end_on_both_sides() {
    let mut followed = Followed::new(small);
    followed.edit("content/library/plan.md", "[[acme]]", "[[globex]]");
    assert!(followed.page("partners/globex.html").unwrap().contains("library/plan.html"));
    assert!(!followed.page(PAGE).unwrap().contains("library/plan.html"));
    let update = followed.edit(ACME, "## History", "## Past");
    assert!(messages(&update).iter().any(|message| message.contains("#history")), "{update:?}");
}

#[test]
fn values_are_followed_wherever_they_are_kept() {
    let mut followed = Followed::new(small);
    followed.edit("content/partners/acme/metrics.csv", "80", "97");
    assert!(followed.page("partners/acme/scorecard.html").unwrap().contains("97"));
    followed.write("content/metrics.csv", "partner,kpi,period,actual\nacme,revenue,2026-Q1,61\nacme,revenue,2026-Q3,80\n");
    let update = followed.follow(["content/metrics.csv"]);
    assert!(messages(&update).iter().any(|message| message.contains("another source says")), "{update:?}");
    assert!(followed.page("partners/acme/qbr/2026-Q1.html").is_some());
}

#[test]
fn a_file_that_cannot_be_understood_keeps_its_last_good_content() {
    let mut followed = Followed::new(small);
    followed.edit(ACME, "First words", "First words, {{and a blank}}, [nowhere](nowhere.md)");
    let update = followed.edit(ACME, "owner: dana", "owner: [dana");
    assert_eq!(update.gone, 0, "what else is wrong with it is not forgotten");
    assert!(followed.page(PAGE).unwrap().contains("First words"));
    assert_eq!(update.new.iter().map(|finding| finding.rule.name).collect::<Vec<_>>(), ["input/bad-yaml"]);
    // What is done meanwhile elsewhere is seen.
    followed.edit("content/partners/globex.md", "See", "Look at");
    assert!(followed.page("partners/globex.html").unwrap().contains("Look at"));
    let update = followed.edit(ACME, "owner: [dana", "owner: dana");
    assert_eq!((update.new.len(), update.gone), (0, 1));
}

#[test]
fn a_template_that_does_not_parse_keeps_its_last_good_text() {
    let mut followed = Followed::new(small);
    followed.write("themes/default/page.hbs", "{{#if page.title}}<p>Ours</p>{{/if}}");
    followed.follow(["themes/default/page.hbs"]);
    assert!(followed.page("library/plan.html").unwrap().contains("<p>Ours</p>"));
    fs::write(followed.root().join("themes/default/page.hbs"), "{{#if page.title}}<p>Ours</p>").unwrap();
    let update = followed.store.update(&Change::Paths(["themes/default/page.hbs".to_owned()].into()), followed.day);
    assert_eq!(update.new.iter().map(|finding| finding.rule.name).collect::<Vec<_>>(), ["input/bad-template"]);
    assert!(followed.page("library/plan.html").unwrap().contains("<p>Ours</p>"));
    let (base, home) = ("themes/default/base.hbs", followed.page("index.html").unwrap());
    followed.write(base, "{{{content}}}{{nosuch}}");
    let update = followed.store.update(&Change::Paths([base.to_owned()].into()), followed.day);
    assert!(messages(&update).iter().any(|message| message.contains("nosuch")), "{update:?}");
    let site = followed.store.site();
    assert!(site.read().unwrap().routes.all.contains_key("findings/input/bad-template.html"));
    assert!(followed.page("index.html").unwrap().len() >= home.len(), "the built-in template stands in");
    fs::remove_dir_all(followed.root().join("themes")).unwrap();
    followed.follow(["themes"]);
    assert!(!followed.page("library/plan.html").unwrap().contains("<p>Ours</p>"));
}

#[test]
fn files_and_folders_come_go_and_move() {
    let mut followed = Followed::new(small);
    let (old, new) = (followed.root().join("content/partners/acme"), followed.root().join("content/partners/ajax"));
    fs::rename(&old, &new).unwrap();
    followed.follow(["content/partners/acme", "content/partners/ajax"]);
    assert!(followed.page(PAGE).is_none() && followed.page("partners/ajax/qbr/2026-Q3.html").is_some());
    fs::remove_dir_all(&new).unwrap();
    followed.follow(["content/partners/ajax"]);
    assert!(followed.page("partners/ajax.html").is_none());
    followed.write("content/partners/new/index.md", "---\nname: New\n---\n");
    followed.follow(["content/partners/new"]);
    assert!(followed.page("partners/new.html").is_some());
}

#[test]
fn settings_and_midnight_change_everything() {
    let mut followed = Followed::new(small);
    followed.edit("partnerbook.yaml", "Partners", "Alliances");
    assert!(followed.page(PAGE).unwrap().contains("Alliances"));
    followed.day = "2027-01-01".parse().unwrap();
    followed.follow([]);
    assert!(followed.page(PAGE).unwrap().contains("1 Jan 2027") || followed.page(PAGE).unwrap().contains("2027-01-01"));
}

#[test]
fn everything_may_have_changed() {
    let mut followed = Followed::new(small);
    let text = followed.text(ACME).replace("First", "Last");
    followed.write(ACME, text);
    fs::remove_file(followed.root().join("content/library/plan.md")).unwrap();
    let update = followed.store.update(&Change::Everything, followed.day);
    followed.compare();
    assert_eq!(update.files.len(), 2);
}

#[cfg(unix)]
#[test]
fn a_file_behind_a_link_is_followed_under_both_names() {
    let mut followed = Followed::new(|root| {
        small(root);
        std::os::unix::fs::symlink(root.join("content/library"), root.join("content/books")).unwrap();
    });
    followed.edit("content/library/plan.md", "Start", "End");
    assert!(followed.page("books/plan.html").unwrap().contains("End"));
}

fn seeds() -> std::ops::RangeInclusive<u64> {
    1..=std::env::var("FOLLOW_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

#[test]
fn whatever_is_done_the_site_is_that_of_a_build() {
    seeds().for_each(|seed| play(sample, seed, 25));
}

#[test]
fn whatever_is_done_to_odd_files_the_site_is_that_of_a_build() {
    seeds().for_each(|seed| play(odd, seed, 60));
}
