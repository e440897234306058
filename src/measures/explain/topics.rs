//! What can be asked about a partner and about all of them, with the values of today.

use serde::Serialize;

use super::{Explanation, OfPartner, OfPortfolio, trend};
use crate::measures::words;
use crate::model::fx::is_currency;
use crate::model::period::{Granularity, Period};

/// What is computed of a partner beside its KPIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Health in a quarter.
    Health,
    /// Targets met in a quarter.
    Targets,
    /// The weighted score.
    Score,
    /// Return on investment.
    Roi,
    /// The deadline of the agreement.
    Renewal,
    /// The age in the stage.
    Stage,
    /// The next review.
    Review,
    /// How mature the partnership is.
    Maturity,
}

impl Figure {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Figure; 8] =
        [Figure::Health, Figure::Targets, Figure::Score, Figure::Roi, Figure::Renewal, Figure::Stage, Figure::Review, Figure::Maturity];

    /// The word with which one asks for it.
    pub fn word(self) -> &'static str {
        match self {
            Figure::Health => "health",
            Figure::Targets => "targets",
            Figure::Score => "score",
            Figure::Roi => "roi",
            Figure::Renewal => "renewal",
            Figure::Stage => "stage",
            Figure::Review => "review",
            Figure::Maturity => "maturity",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Figure::Health => "Health",
            Figure::Targets => "Targets met",
            Figure::Score => "Weighted score",
            Figure::Roi => "Return on investment",
            Figure::Renewal => "Renewal",
            Figure::Stage => "Age in the stage",
            Figure::Review => "Next review",
            Figure::Maturity => "Maturity",
        }
    }

    /// True for what is computed anew in every quarter.
    pub fn is_of_a_quarter(self) -> bool {
        matches!(self, Figure::Health | Figure::Targets)
    }
}

/// Something that can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// The word with which one asks.
    pub what: String,
    /// The same for people.
    pub title: String,
    /// The period of the value, for what has one.
    pub period: Option<Period>,
    /// The value.
    pub result: String,
}

impl OfPartner<'_> {
    /// Explains a figure: in a quarter, where it is of one. Without a quarter it is the latest closed one.
    pub fn figure(&self, figure: Figure, quarter: Option<Period>) -> Explanation {
        let quarter = quarter.unwrap_or(self.measures.quarter);
        match figure {
            Figure::Health => self.health(quarter),
            Figure::Targets => self.targets_met(quarter),
            Figure::Score => self.score(),
            Figure::Roi => self.roi(),
            Figure::Renewal => self.renewal(),
            Figure::Stage => self.stage_age(),
            Figure::Review => self.next_review(),
            Figure::Maturity => self.maturity(),
        }
    }

    /// What can be asked: figures first, then the KPIs.
    pub fn topics(&self) -> Vec<Topic> {
        let figures = Figure::ALL.into_iter().map(|figure| {
            let found = self.figure(figure, None);
            let period = figure.is_of_a_quarter().then_some(self.measures.quarter);
            Topic { what: figure.word().to_owned(), title: figure.title().to_owned(), period, result: found.result }
        });
        figures.chain(self.kpi_topics()).collect()
    }

    /// The KPIs with the values of their newest periods.
    pub fn kpi_topics(&self) -> Vec<Topic> {
        let topics = self.measures.kpis.iter().enumerate().map(|(at, kpi)| {
            let period = self.newest(at);
            let found = period.and_then(|period| kpi.at(&self.context, period));
            let result = found.map_or_else(
                || "never measured".to_owned(),
                |found| {
                    let target = words::target(kpi, &found).map(|target| format!(" of {target}")).unwrap_or_default();
                    // The unit once is enough, if it stands behind the number.
                    let is_short = !target.is_empty() && !is_currency(&kpi.unit);
                    let show = if is_short { words::number } else { words::amount };
                    let actual = found.actual.as_ref().map(|actual| show(kpi, &found, actual));
                    let status = super::kpi::result(self, &found);
                    let trend = found.trend.as_ref().map(|trend| format!("; {}", trend::shown(kpi, Some(trend)))).unwrap_or_default();
                    match actual {
                        Some(actual) => format!("{actual}{target}: {status}{trend}"),
                        None => status,
                    }
                },
            );
            Topic { what: kpi_word(&kpi.id), title: kpi.name.clone(), period, result }
        });
        topics.collect()
    }

    /// The period of a KPI that one most likely asks about: the newest closed one with a value, else the newest one.
    pub fn newest(&self, at: usize) -> Option<Period> {
        let kpi = self.measures.kpis.get(at)?;
        kpi.current(&self.context).map(|found| found.period)
    }
}

impl OfPortfolio<'_> {
    /// What can be asked: the concentration, and the KPIs of which there are sums, by the newest quarter or year.
    pub fn topics(&self) -> Vec<Topic> {
        let found = self.concentration();
        let mut topics = vec![Topic {
            what: "concentration".to_owned(),
            title: "Concentration of revenue".to_owned(),
            period: None,
            result: found.result,
        }];
        for sum in &self.measures.portfolio.sums {
            let Some(period) = self.newest(&sum.id) else { continue };
            let Some(found) = self.sum(&sum.id, period) else { continue };
            let is_there = topics.iter().any(|topic| topic.what.eq_ignore_ascii_case(&sum.id));
            if !is_there {
                topics.push(Topic { what: sum.id.clone(), title: sum.name.clone(), period: Some(period), result: found.result });
            }
        }
        topics
    }

    /// The newest period of which there is a sum of a KPI: a quarter, or a year where nothing is kept by the quarter.
    pub fn newest(&self, id: &str) -> Option<Period> {
        let sum = self.measures.portfolio.sum(id)?;
        let newest = |granularity| sum.of(granularity).last().map(|(period, _)| period);
        newest(Granularity::Quarter).or_else(|| newest(Granularity::Year))
    }
}

/// The word with which one asks for a KPI: its id, with `kpi:` before it where that is the word of a figure as well.
fn kpi_word(id: &str) -> String {
    let is_taken = Figure::ALL.iter().any(|figure| figure.word().eq_ignore_ascii_case(id));
    if is_taken { format!("kpi:{id}") } else { id.to_owned() }
}
