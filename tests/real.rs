//! Real portfolios, where they are at hand: what their files say is what the site shows, and every link works.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::case_sensitive_file_extension_comparisons, missing_docs)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::site::{broken_links, escape, links_of};
use common::{Tree, build_command, said, shown, status, tree};
use partnerbook::measures::series::PeriodMeasure;
use partnerbook::measures::targets::TargetsMet;
use partnerbook::measures::trend::Change;
use partnerbook::measures::{Exact, Measures};
use partnerbook::model::period::Period;
use partnerbook::site::Site;
use partnerbook::workspace::Workspace;
use serde_yaml::Value;

const DAY: &str = "2026-07-01";

/// A portfolio: its files as another reader understands them, and its site.
struct Portfolio {
    root: PathBuf,
    /// Front matter by id.
    files: BTreeMap<String, Value>,
    /// Stages by id, with their titles, the exit last.
    stages: Vec<(String, String)>,
    pages: Tree,
    /// What each page links to.
    links: BTreeMap<String, BTreeSet<String>>,
}

/// The folder of a portfolio; `None` where it is not at hand.
fn root_of(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PARTNERBOOK_WORKSPACES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/workspaces"), PathBuf::from);
    let root = folder.join(name);
    if !root.is_dir() {
        println!("{} is not there, so nothing is tested", root.display());
        return None;
    }
    Some(root)
}

/// The portfolio of this name; `None` where it is not at hand.
fn portfolio(name: &str) -> Option<Portfolio> {
    let root = root_of(name)?;
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let output = build_command(&root, &site, &["--as-of", DAY]).output().unwrap();
    assert!(status(&output) < 2 && site.is_dir(), "{}", said(&output));
    let files: BTreeMap<String, Value> = tree(&root.join("content/partners"))
        .into_iter()
        .filter_map(|(path, bytes)| {
            let id = path.strip_suffix(".md")?.to_owned();
            let text = String::from_utf8(bytes).unwrap();
            let yaml = text.strip_prefix("---\n").unwrap().split("\n---\n").next().unwrap();
            Some((id, serde_yaml::from_str(yaml).unwrap()))
        })
        .collect();
    let settings: Value = serde_yaml::from_slice(&std::fs::read(root.join("partnerbook.yaml")).unwrap()).unwrap();
    let pages = tree(&site);
    let html = pages.keys().filter(|path| path.ends_with(".html"));
    Some(Portfolio {
        stages: stages(&settings),
        links: html.map(|path| (path.clone(), links_of(&pages, path))).collect(),
        pages,
        files,
        root,
    })
}

/// The stages of a workspace; the ones of the manual where it has none of its own.
fn stages(settings: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let Some(own) = settings.get("lifecycle") else {
        return ["Research", "Negotiation", "Onboarding", "Development", "Review", "Exited"]
            .map(|title| (title.to_lowercase(), title.to_owned()))
            .to_vec();
    };
    let mut all: Vec<(String, String)> =
        own["stages"].as_sequence().unwrap().iter().map(|stage| (text(&stage["id"]), text(&stage["title"]))).collect();
    let exit = text(&own["exit"]);
    let title = exit[..1].to_uppercase() + &exit[1..];
    all.push((exit, title));
    all
}

fn projects() -> Option<&'static Portfolio> {
    static ONCE: OnceLock<Option<Portfolio>> = OnceLock::new();
    ONCE.get_or_init(|| portfolio("cncf-projects")).as_ref()
}

fn members() -> Option<&'static Portfolio> {
    static ONCE: OnceLock<Option<Portfolio>> = OnceLock::new();
    ONCE.get_or_init(|| portfolio("cncf-members")).as_ref()
}

fn both() -> impl Iterator<Item = &'static Portfolio> {
    projects().into_iter().chain(members())
}

impl Portfolio {
    fn page(&self, path: &str) -> &str {
        let bytes = self.pages.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).unwrap()
    }

    fn partner(&self, id: &str) -> &str {
        self.page(&format!("partners/{id}.html"))
    }

    /// The stage of a partner as its file says it.
    fn stage(&self, id: &str) -> Option<&str> {
        let file = &self.files[id];
        let last = || file.get("lifecycle")?.as_sequence()?.last()?.get("stage");
        file.get("stage").or_else(last)?.as_str()
    }
}

#[test]
fn all_of_them_are_there() {
    let counts = [(projects(), 255), (members(), 967)];
    for (portfolio, count) in counts {
        if let Some(portfolio) = portfolio {
            assert_eq!(portfolio.files.len(), count);
        }
    }
}

#[test]
fn every_partner_has_its_page_with_its_name() {
    for portfolio in both() {
        for (id, file) in &portfolio.files {
            let page = portfolio.partner(id);
            let name = escape(file["name"].as_str().unwrap());
            let heading = page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
            let words = heading.replace("<bdi>", "").replace("</bdi>", "");
            assert_eq!(words, name, "{id}");
            assert!(page.contains(&format!("<title>{name} · ")), "{id}");
            for field in ["summary", "website"] {
                if let Some(text) = file.get(field).and_then(Value::as_str) {
                    assert!(page.contains(&escape(text.trim())), "{id}: {text}");
                }
            }
        }
    }
}

#[test]
fn every_partner_stands_at_its_stage() {
    for portfolio in both() {
        let json: serde_json::Value = serde_json::from_str(portfolio.page("data/partners.json")).unwrap();
        let records = json["partners"].as_array().unwrap();
        assert_eq!(records.len(), portfolio.files.len());
        let mut seen = 0;
        for record in records {
            let id = record["id"].as_str().unwrap();
            let stage = portfolio.stage(id);
            assert_eq!(record["stage"].as_str(), stage, "{id}");
            assert_eq!(record["name"].as_str(), portfolio.files[id]["name"].as_str(), "{id}");
            let Some(stage) = stage else { continue };
            let title = &portfolio.stages.iter().find(|(id, _)| id == stage).unwrap().1;
            let page = portfolio.partner(id);
            let current = page.split("aria-current=step>").nth(1).unwrap();
            let current = current.split("</a>").next().unwrap().rsplit('>').next().unwrap();
            assert_eq!(current, title, "{id}");
            assert_eq!(page.matches("aria-current=step").count(), 1, "{id}");
            seen += 1;
        }
        let staged = (portfolio.files.keys()).filter(|id| portfolio.stage(id).is_some());
        assert_eq!(seen, staged.count());
        assert!(seen > 200, "{seen}");
    }
}

#[test]
fn the_stages_hold_as_many_projects_as_there_are() {
    let Some(projects) = projects() else { return };
    for (stage, count) in [("sandbox", 151), ("incubating", 38), ("graduated", 38), ("archived", 28)] {
        let page = format!("stages/{stage}.html");
        let listed = &projects.links[&page];
        let expected: Vec<&String> = projects.files.keys().filter(|id| projects.stage(id) == Some(stage)).collect();
        assert_eq!(expected.len(), count, "{stage}");
        for id in projects.files.keys() {
            let there = listed.contains(&format!("partners/{id}.html"));
            assert_eq!(there, expected.contains(&id), "{id} in {page}");
        }
    }
}

#[test]
fn every_list_has_its_partners() {
    for portfolio in both() {
        let all = &portfolio.links["partners/index.html"];
        for (id, file) in &portfolio.files {
            let page = format!("partners/{id}.html");
            assert!(all.contains(&page), "{id}");
            let links = &portfolio.links[&page];
            let tags = file.get("tags").and_then(Value::as_sequence).into_iter().flatten();
            let mut lists: Vec<String> = tags.map(|tag| format!("tags/{}.html", tag.as_str().unwrap())).collect();
            if let Some(model) = file.get("model").and_then(Value::as_str) {
                lists.push(format!("models/{model}.html"));
            }
            if let Some(tier) = file.get("tier").and_then(Value::as_str) {
                lists.push(format!("tiers/{tier}.html"));
            }
            for list in lists {
                assert!(links.contains(&list), "{id} leads to {list}");
                assert!(portfolio.links[&list].contains(&page), "{list} leads to {id}");
            }
        }
    }
}

#[test]
fn every_link_of_the_site_leads_to_something() {
    for portfolio in both() {
        assert_eq!(broken_links(&portfolio.pages), [""; 0]);
    }
}

#[test]
fn members_of_one_organisation_lead_to_each_other() {
    let Some(members) = members() else { return };
    let mut pairs = 0;
    for (id, file) in &members.files {
        let Some(others) = file.get("relations").and_then(|all| all.get("same_organisation")) else {
            continue;
        };
        for other in others.as_sequence().unwrap() {
            let other = other.as_str().unwrap();
            let (from, to) = (format!("partners/{id}.html"), format!("partners/{other}.html"));
            assert!(members.links[&from].contains(&to), "{from} leads to {to}");
            assert!(members.links[&to].contains(&from), "{to} leads back to {from}");
            pairs += 1;
        }
    }
    assert!(pairs > 100, "{pairs}");
}

#[test]
fn every_number_of_a_project_is_on_its_page() {
    let Some(projects) = projects() else { return };
    let grouped = |number: i64| {
        let digits = number.to_string();
        let parts: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap()).collect();
        parts.join(",")
    };
    let mut seen = 0;
    for (id, file) in &projects.files {
        if file.get("kpis").is_none() {
            continue;
        }
        let page = projects.page(&format!("partners/{id}/scorecard.html"));
        let kpis = file.get("kpis").and_then(Value::as_mapping).into_iter().flatten();
        for (kpi, values) in kpis {
            for (period, actual) in values["actuals"].as_mapping().unwrap() {
                let shown = grouped(actual.as_i64().unwrap());
                assert!(page.contains(&format!(">{shown} ")), "{id}: {kpi:?} of {period:?} is {shown}");
                seen += 1;
            }
        }
    }
    assert!(seen > 5000, "{seen}");
}

/// The measures of a KPI in a period in the words of the expectations: attainment, status, trend and change, as fractions.
fn measured(found: &PeriodMeasure) -> [String; 6] {
    let exact = |number: Option<&Exact>| number.map_or(String::new(), |number| format!("{number:?}"));
    let change = match found.trend.as_ref().and_then(|trend| trend.change.as_ref()) {
        None => String::new(),
        Some(Change::Relative(share)) => format!("{:?}%", share.percent()),
        Some(Change::Absolute(moved)) => format!("{}{moved:?}", if *moved > Exact::ZERO { "+" } else { "" }),
    };
    let trend = match (&found.trend, &found.actual) {
        (Some(trend), _) => trend.tendency.word(),
        (None, Some(_)) => "gap-none",
        (None, None) => "",
    };
    [
        exact(found.actual.as_ref()),
        exact(found.target.as_ref()),
        exact(found.attainment.as_ref()),
        found.status.word().replace(' ', "-"),
        trend.to_owned(),
        change,
    ]
}

/// `real/cncf-measures.csv` was computed from the files by a program of its own, which shares nothing with this one.
#[test]
fn the_measures_of_projects_are_those_of_another_program() {
    let Some(root) = root_of("cncf-projects") else { return };
    let workspace = Workspace::load(&root, "2026-11-20".parse().unwrap(), false);
    let (measures, context) = (Measures::new(&workspace), Measures::context(&workspace));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/cncf-measures.csv");
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        let (id, kpi, period) = (&row[0], &row[1], &row[2]);
        let at = workspace.partners.iter().position(|entry| entry.id == id).unwrap();
        let found = measures.partners[at].kpi(kpi).unwrap();
        let in_period = measured(&found.at(&context, Period::parse(period).unwrap()).unwrap());
        let expected: Vec<&str> = (3..9).map(|cell| &row[cell]).collect();
        if in_period != *expected {
            wrong.push(format!("{id} {kpi} {period}: expected {expected:?}, found {in_period:?}"));
        }
        let run = found.declining_run(&context).to_string();
        if !row[9].is_empty() && row[9] != run {
            wrong.push(format!("{id} {kpi}: expected a declining run of {}, found {run}", &row[9]));
        }
        seen.insert((id.to_owned(), kpi.to_owned()));
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    let all: usize = measures.partners.iter().map(|partner| partner.kpis.len()).sum();
    assert_eq!((seen.len(), all), (1561, 1561));
}

/// `real/cncf-partners.csv` was computed by `real/partners.py`, which shares nothing with this program.
#[test]
fn the_health_of_projects_is_that_of_another_program() {
    let Some(root) = root_of("cncf-projects") else { return };
    let workspace = Workspace::load(&root, "2026-11-20".parse().unwrap(), false);
    let (measures, context) = (Measures::new(&workspace), Measures::context(&workspace));
    let exact = |number: Option<&Exact>| number.map_or("none".to_owned(), |number| format!("{number:?}"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/cncf-partners.csv");
    let (mut seen, mut wrong) = (0, Vec::new());
    let mut bands: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, (entry, partner)) in csv::Reader::from_path(path).unwrap().records().zip(workspace.partners.iter().zip(&measures.partners)) {
        let row = row.unwrap();
        let health = &partner.health;
        let targets = TargetsMet::new(&context, &partner.kpis, context.quarter);
        let category = |word: &str| {
            let found = health.categories.iter().find(|found| found.category.word() == word);
            exact(found.and_then(|found| found.value.as_ref()))
        };
        let found = [
            entry.id.clone(),
            context.quarter.to_string(),
            exact(health.number.as_ref()),
            health.band.word().to_owned(),
            exact(Some(&health.coverage)),
            category("business"),
            category("operational"),
            category("relationship"),
            category("strategic"),
            format!("{} of {}", targets.met, targets.of),
            exact(targets.mean.as_ref()),
            exact(targets.mean_capped.as_ref()),
            partner.stage.days.map_or("none".to_owned(), |days| days.to_string()),
        ];
        if row.iter().ne(found.iter().map(String::as_str)) {
            wrong.push(format!("expected {:?}, found {found:?}", row.iter().collect::<Vec<_>>()));
        }
        *bands.entry(health.band.word()).or_default() += 1;
        seen += 1;
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!((seen, workspace.partners.len()), (255, 255));
    assert_eq!(bands, BTreeMap::from([("green", 41), ("red", 58), ("unknown", 86), ("yellow", 70)]));
}

#[test]
fn nothing_in_them_is_beyond_understanding() {
    for portfolio in both() {
        let site = Site::new(Workspace::load(&portfolio.root, DAY.parse().unwrap(), false));
        let findings = shown(&portfolio.root, &site.workspace.findings);
        let errors: Vec<&String> = findings.iter().filter(|finding| finding.contains(" error input/")).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

/// How often each rule fires, as of the day on which samples of each were compared with the files by hand.
fn counts_of_rules(name: &str) -> Option<String> {
    let site = Site::new(Workspace::load(&root_of(name)?, "2026-11-20".parse().unwrap(), false));
    let mut counts: BTreeMap<&str, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for finding in &site.workspace.findings {
        let (count, partners) = counts.entry(finding.rule.name).or_default();
        *count += 1;
        partners.extend(finding.partner);
    }
    let lines: Vec<String> = counts.iter().map(|(rule, (count, partners))| format!("{rule} {count} {}", partners.len())).collect();
    Some(lines.join("\n") + "\n")
}

#[test]
fn every_rule_fires_as_often_as_it_should() {
    for name in ["cncf-projects", "cncf-members"] {
        let Some(counts) = counts_of_rules(name) else { continue };
        let path = format!("{}/tests/real/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_REAL").is_some() {
            std::fs::write(&path, &counts).unwrap();
        }
        assert_eq!(counts, std::fs::read_to_string(&path).unwrap(), "{name}: rule, findings, partners");
    }
}

#[test]
fn thirty_projects_skipped_a_stage_and_twenty_nine_are_unmeasured() {
    if let Some(counts) = counts_of_rules("cncf-projects") {
        assert!(counts.contains("lifecycle/skipped-stage 30 30\n") && counts.contains("kpi/unmeasured 29 29\n"), "{counts}");
    }
    if let Some(counts) = counts_of_rules("cncf-members") {
        assert!(counts.contains("kpi/unmeasured 967 967\n"), "{counts}");
    }
}
