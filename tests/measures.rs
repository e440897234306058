//! Every measure of two workspaces, against numbers that were computed without the program: exactly, as fractions.
//!
//! `tests/measures/expected.py` writes the expectations from `measures_ref.py`, a second implementation made from the definition
//! of the measures alone, most of whose results were also worked out by hand. Where the definition leaves room, `expected.py` says
//! which reading is expected.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::{Path, PathBuf};

use common::DAY;
use partnerbook::measures::context::Context;
use partnerbook::measures::explain::topics::Figure;
use partnerbook::measures::explain::{Explanation, Input, OfPartner, OfPortfolio, Source};
use partnerbook::measures::series::KpiMeasures;
use partnerbook::measures::targets::TargetsMet;
use partnerbook::measures::trend::Change;
use partnerbook::measures::{Band, Exact, Health, Measures, PartnerMeasures, words};
use partnerbook::model::period::{Granularity, Period};
use partnerbook::workspace::Workspace;
use partnerbook::workspace::lists::ListKind;

struct Fixture {
    root: PathBuf,
    workspace: Workspace,
    measures: Measures,
}

/// One line of the expectations.
struct Expected {
    partner: String,
    measure: String,
    kpi: String,
    period: String,
    value: String,
}

fn fixture(name: &str) -> Fixture {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/measures").join(name);
    let workspace = Workspace::load(&root, DAY.parse().unwrap(), false);
    let measures = Measures::new(&workspace);
    Fixture { root, workspace, measures }
}

fn expected(name: &str) -> Vec<Expected> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/measures/{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cell = |at: usize| row.get(at).unwrap().to_owned();
        Expected { partner: cell(0), measure: cell(1), kpi: cell(2), period: cell(3), value: cell(4) }
    });
    rows.collect()
}

fn exact(number: Option<&Exact>) -> String {
    number.map_or("none".to_owned(), |number| format!("{number:?}"))
}

/// The reference separates thousands by a blank and has an ASCII minus.
fn plain(shown: &str) -> String {
    shown.replace(',', " ").replace('−', "-")
}

const BANDS: [(&str, Band); 4] = [("green", Band::Green), ("yellow", Band::Yellow), ("red", Band::Red), ("unknown", Band::Unknown)];

impl Fixture {
    fn context(&self) -> Context<'_> {
        Measures::context(&self.workspace)
    }

    fn partner(&self, id: &str) -> (usize, &PartnerMeasures) {
        let at = self.workspace.partners.iter().position(|entry| entry.id == id).unwrap_or_else(|| panic!("no partner {id}"));
        (at, &self.measures.partners[at])
    }

    /// What the program has where this is expected.
    fn found(&self, row: &Expected) -> String {
        if row.partner.is_empty() || row.measure == "share of revenue" {
            return self.of_portfolio(row);
        }
        let (at, partner) = self.partner(&row.partner);
        if !row.kpi.is_empty() {
            return self.of_kpi(partner.kpi(&row.kpi).unwrap(), row);
        }
        if !row.period.is_empty() {
            return self.of_quarter(partner, row);
        }
        let score = &partner.score;
        match row.measure.as_str() {
            "score" => exact(score.number.as_ref()),
            "score share" => exact(score.share.as_ref()),
            "score coverage" => exact(Some(&score.coverage)),
            "score vetoes" => {
                let ids: Vec<&str> = score.vetoes().map(|at| self.workspace.settings.criteria[at].id.as_str()).collect();
                if ids.is_empty() { "none".to_owned() } else { ids.join(" ") }
            }
            "score shown" => words::score(&self.context(), score).unwrap_or("none".to_owned()),
            "value" => exact(partner.returns.value.as_ref().or(Some(&Exact::ZERO))),
            "cost" => exact(partner.returns.cost.as_ref()),
            "roi" => exact(partner.returns.roi.as_ref()),
            "multiple" => exact(partner.returns.multiple.as_ref()),
            "renewal" => partner.renewal.map_or("none".to_owned(), |renewal| {
                format!("{} {} {}", renewal.deadline, renewal.days, renewal.window.map_or("no window", |window| window.word()))
            }),
            "stage age" => match (partner.stage.on_hold, partner.stage.days) {
                (true, None) => "on hold".to_owned(),
                (_, days) => days.map_or("none".to_owned(), |days| days.to_string()),
            },
            "next review" => partner.next_review.map_or("none".to_owned(), |next| {
                format!("{} {} {}", next.quarter, next.overdue_from, if next.is_overdue { "overdue" } else { "not overdue" })
            }),
            other => panic!("{other} of {}, {at}", row.partner),
        }
    }

    fn of_kpi(&self, kpi: &KpiMeasures, row: &Expected) -> String {
        let context = self.context();
        match row.measure.as_str() {
            "mixed" => return kpi.mixed.to_string(),
            "declining run" => return kpi.declining_run(&context).to_string(),
            _ => {}
        }
        let found = kpi.at(&context, Period::parse(&row.period).unwrap()).unwrap();
        match row.measure.as_str() {
            "actual" => match (&found.actual, found.partial) {
                (None, Some(partial)) => format!("partial {} of {}", partial.have, partial.of),
                (None, None) if found.status.word() == "n/a" => "n/a".to_owned(),
                (actual, _) => exact(actual.as_ref()),
            },
            "target" => exact(found.target.as_ref()),
            "status" => found.status.word().to_owned(),
            "attainment" => exact(found.attainment.as_ref()),
            "attainment shown" => plain(&words::attainment(&context, found.attainment.as_ref().unwrap())),
            "trend" => found.trend.as_ref().map_or("none", |trend| trend.tendency.word()).to_owned(),
            "change" => match found.trend.as_ref().and_then(|trend| trend.change.as_ref()) {
                None => "none".to_owned(),
                Some(Change::Relative(share)) => exact(Some(share)),
                Some(Change::Absolute(moved)) => format!("{} absolute", exact(Some(moved))),
            },
            other => panic!("{other}"),
        }
    }

    fn of_quarter(&self, partner: &PartnerMeasures, row: &Expected) -> String {
        let context = self.context();
        let quarter = Period::parse(&row.period).unwrap();
        let health = Health::new(&context, &partner.kpis, quarter);
        if quarter == context.quarter {
            assert_eq!(health, partner.health);
        }
        let targets = || TargetsMet::new(&context, &partner.kpis, quarter);
        match row.measure.as_str() {
            "health" => exact(health.number.as_ref()),
            "health shown" => words::health_number(&context, health.number.as_ref().unwrap()),
            "band" => health.band.word().to_owned(),
            "coverage" => exact(Some(&health.coverage)),
            "coverage shown" => words::health_coverage(&context, &health.coverage),
            "targets met" => words::targets(&targets()),
            "mean attainment" => exact(targets().mean.as_ref()),
            "mean attainment capped" => exact(targets().mean_capped.as_ref()),
            other => {
                let category = other.strip_prefix("health of ").unwrap_or_else(|| panic!("{other}"));
                let found = health.categories.iter().find(|found| found.category.word() == category).unwrap();
                exact(found.value.as_ref())
            }
        }
    }

    fn of_portfolio(&self, row: &Expected) -> String {
        let portfolio = &self.measures.portfolio;
        let concentration = &portfolio.concentration;
        let sum = || portfolio.sum(&row.kpi).and_then(|sum| sum.periods.get(&Period::parse(&row.period).unwrap()));
        let listed = |kind: ListKind| {
            let value = self.workspace.lists.of(kind).iter().find(|value| value.key == row.period);
            value.map_or(0, |value| value.partners.len()).to_string()
        };
        match row.measure.as_str() {
            "sum" => exact(sum().and_then(|sum| sum.total.as_ref())),
            "partners in the sum" => sum().map_or(0, |sum| sum.partners).to_string(),
            "revenue of four quarters" => {
                assert_eq!(row.period, format!("{} {}", concentration.quarters[0], concentration.quarters[3]));
                exact(concentration.total.as_ref())
            }
            "share of revenue" => {
                let (at, _) = self.partner(&row.partner);
                exact(concentration.shares.iter().find(|share| share.partner == at).map(|share| &share.share))
            }
            "sum of squared shares" => exact(concentration.squares.as_ref()),
            "missing rate" => {
                concentration.missing.iter().any(|(code, period)| *code == row.kpi && period.to_string() == row.period).to_string()
            }
            "account" => {
                let account = portfolio.accounts.all.iter().find(|account| account.name.to_lowercase() == row.kpi).unwrap();
                format!("{} claims, credit {:?}, value {}", account.claims.len(), account.credit, exact(account.value.as_ref()))
            }
            "left" => portfolio.exited.to_string(),
            "in band" => portfolio.count(BANDS.iter().find(|(word, _)| *word == row.period).unwrap().1).to_string(),
            "in stage" => listed(ListKind::Stage),
            "in tier" => listed(ListKind::Tier),
            "in model" => listed(ListKind::Model),
            "in owner" => listed(ListKind::Owner),
            other => panic!("{other}"),
        }
    }
}

fn compare(name: &str) {
    let fixture = fixture(name);
    let rows = expected(name);
    assert!(rows.len() > 1000);
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let found = fixture.found(row);
            let what = format!("{} {} {} {}", row.partner, row.measure, row.kpi, row.period);
            (found != row.value).then(|| format!("{what}: expected {}, found {found}", row.value))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn the_measures_are_those_of_the_reference() {
    compare("workspace");
}

#[test]
fn they_are_with_fiscal_years_too() {
    compare("fiscal");
}

/// Every explanation of a workspace.
fn explanations(fixture: &Fixture) -> Vec<Explanation> {
    let mut all = Vec::new();
    for (entry, measures) in fixture.workspace.partners.iter().zip(&fixture.measures.partners) {
        let of = OfPartner::new(&fixture.workspace, entry, measures);
        all.extend(Figure::ALL.into_iter().map(|figure| of.figure(figure, None)));
        all.extend(measures.health_by_quarter.iter().map(|known| of.health(known.quarter)));
        for (at, kpi) in measures.kpis.iter().enumerate() {
            for measure in &kpi.periods {
                all.push(of.kpi(at, measure.period).unwrap());
                for granularity in [Granularity::Quarter, Granularity::Year] {
                    let coarser = measure.period.within(granularity, fixture.workspace.settings.fiscal_year_start);
                    all.extend(coarser.and_then(|period| of.kpi(at, period)));
                }
            }
            all.extend(of.declining_run(at));
        }
    }
    let of = OfPortfolio::new(&fixture.workspace, &fixture.measures);
    all.push(of.concentration());
    for sum in &fixture.measures.portfolio.sums {
        all.extend(sum.periods.keys().filter_map(|period| of.sum(&sum.id, *period)));
    }
    all
}

/// The number in a shown value as it would be written in a file; none for words, dates and several numbers.
fn number_in(value: &str) -> Option<String> {
    let number: String = value.replace(',', "").replace('−', "-");
    let mut numbers = number.split([' ', '–']).filter(|part| part.parse::<f64>().is_ok());
    let only = numbers.next()?.to_owned();
    (numbers.next().is_none() && !number.contains('–')).then_some(only)
}

#[test]
fn every_input_stands_on_the_line_that_is_named() {
    for name in ["workspace", "fiscal"] {
        let fixture = fixture(name);
        let mut seen = 0;
        for explanation in explanations(&fixture) {
            for Input { label, value, source } in explanation.all_inputs() {
                let (Source::File { path, line }, Some(number)) = (source, number_in(value)) else { continue };
                if label == "last review" {
                    // Its period is the name of the file.
                    assert!(path.contains(&format!("/qbr/{number}-Q")), "{path} is of {value}");
                    continue;
                }
                let text = std::fs::read_to_string(fixture.root.join(path.as_ref())).unwrap();
                let line = text.lines().nth(*line as usize - 1).unwrap_or_else(|| panic!("{path} has no line {line}"));
                let numbers = line.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').filter_map(|part| part.parse::<f64>().ok());
                let is_there = numbers.into_iter().any(|known| (known - number.parse::<f64>().unwrap()).abs() < 1e-9);
                assert!(is_there, "{}: {label} is {value}, which is not in `{line}`", explanation.title);
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen}");
    }
}

#[test]
fn what_is_explained_is_what_is_shown() {
    for name in ["workspace", "fiscal"] {
        let fixture = fixture(name);
        let context = fixture.context();
        for (entry, measures) in fixture.workspace.partners.iter().zip(&fixture.measures.partners) {
            let of = OfPartner::new(&fixture.workspace, entry, measures);
            for (at, kpi) in measures.kpis.iter().enumerate() {
                for measure in &kpi.periods {
                    let start = fixture.workspace.settings.fiscal_year_start;
                    let coarser = [Granularity::Quarter, Granularity::Year].map(|granularity| measure.period.within(granularity, start));
                    for period in coarser.into_iter().flatten().chain([measure.period]) {
                        let (Some(found), Some(told)) = (kpi.at(&context, period), of.kpi(at, period)) else { continue };
                        let what = format!("{} {} {period}", entry.id, kpi.id);
                        let goal = told.inputs.iter().find(|input| input.label == "target" || input.label.starts_with("target, since"));
                        let expected = words::target(kpi, &found).filter(|_| found.range.is_none());
                        // What does not apply has no target that counts.
                        if found.status.word() != "n/a" {
                            assert_eq!(goal.map(|input| input.value.clone()).filter(|value| value != "none"), expected, "{what}");
                        }
                        if let Some(attained) = &found.attainment {
                            let shown = words::attainment(&context, attained);
                            assert_eq!(told.result, format!("{shown}, {}", found.status.word()), "{what}");
                            assert!(told.worked.ends_with(&shown) && !told.formula.is_empty(), "{what}: {}", told.worked);
                        }
                    }
                }
            }
        }
    }
}
