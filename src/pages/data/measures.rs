//! The measures of a partner as `data/partners.json` has them.

use jiff::civil::Date;
use serde::Serialize;

use super::numbers::{Edges, beside, exact, ratio};
use crate::measures::context::MissingRate;
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::trend::{Change, Tendency};
use crate::measures::{Context, Exact, Health, PartnerMeasures, QuarterHealth, Status};
use crate::model::kpi::{Actual, Category, Commitment, Direction, Flow, Frequency, Kpi, Series, Target};
use crate::model::period::{Granularity, Period};
use crate::workspace::kpis::PartnerKpi;
use rust_decimal::Decimal;

/// Everything that is computed of a partner, but for its KPIs.
#[derive(Serialize)]
pub struct MeasuresRecord<'a> {
    quarter: Period,
    health: HealthRecord,
    health_by_quarter: Vec<QuarterRecord>,
    targets_met: TargetsRecord,
    score: ScoreRecord<'a>,
    returns: ReturnsRecord<'a>,
    renewal: Option<RenewalRecord>,
    stage: StageRecord,
    maturity: Option<&'static str>,
    next_review: Option<NextReviewRecord>,
    data_age: Option<i32>,
    exited: bool,
}

#[derive(Serialize)]
struct HealthRecord {
    number: Option<String>,
    band: &'static str,
    coverage: String,
    categories: Vec<CategoryRecord>,
}

#[derive(Serialize)]
struct CategoryRecord {
    category: Category,
    weight: String,
    value: Option<String>,
    coverage: String,
}

#[derive(Serialize)]
struct QuarterRecord {
    quarter: Period,
    number: Option<String>,
    band: &'static str,
    coverage: String,
    /// The values of the categories, in their order.
    categories: Vec<Option<String>>,
}

#[derive(Serialize)]
struct TargetsRecord {
    met: usize,
    of: usize,
    mean: Option<String>,
    mean_capped: Option<String>,
}

#[derive(Serialize)]
struct ScoreRecord<'a> {
    number: Option<String>,
    share: Option<String>,
    coverage: String,
    passed: Option<bool>,
    vetoes: Vec<&'a str>,
}

#[derive(Serialize)]
struct ReturnsRecord<'a> {
    currency: &'a str,
    value: Option<String>,
    cost: Option<String>,
    roi: Option<String>,
    multiple: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<RateRecord<'a>>,
}

/// A rate that is missing.
#[derive(Serialize)]
pub struct RateRecord<'a> {
    currency: &'a str,
    period: Period,
}

impl<'a> RateRecord<'a> {
    /// All of a list.
    pub fn all(missing: &'a [MissingRate]) -> Vec<RateRecord<'a>> {
        missing.iter().map(|(currency, period)| RateRecord { currency, period: *period }).collect()
    }
}

#[derive(Serialize)]
struct RenewalRecord {
    deadline: Date,
    days: i32,
    window: Option<&'static str>,
}

#[derive(Serialize)]
struct StageRecord {
    entered: Option<Date>,
    days: Option<i32>,
    on_hold: bool,
    max_days: Option<u32>,
}

#[derive(Serialize)]
struct NextReviewRecord {
    quarter: Period,
    overdue_from: Date,
    is_overdue: bool,
}

impl<'a> MeasuresRecord<'a> {
    /// The measures of a partner.
    pub fn new(context: &Context<'a>, edges: &Edges, of: &'a PartnerMeasures) -> MeasuresRecord<'a> {
        let attained = |fraction: &Exact| beside(fraction, &edges.attainment);
        let score = &of.score;
        MeasuresRecord {
            quarter: of.quarter,
            health: HealthRecord::new(edges, &of.health),
            health_by_quarter: of.health_by_quarter.iter().map(|known| QuarterRecord::new(edges, known)).collect(),
            targets_met: TargetsRecord {
                met: of.targets_met.met,
                of: of.targets_met.of,
                mean: of.targets_met.mean.as_ref().map(attained),
                mean_capped: of.targets_met.mean_capped.as_ref().map(attained),
            },
            score: ScoreRecord {
                number: score.number.as_ref().map(|number| beside(number, &edges.score)),
                share: score.share.as_ref().map(|share| beside(share, &edges.share)),
                coverage: beside(&score.coverage, &edges.scored),
                passed: score.passed,
                vetoes: score.vetoes().filter_map(|at| context.settings.criteria.get(at)).map(|known| known.id.as_str()).collect(),
            },
            returns: ReturnsRecord {
                currency: &of.returns.currency,
                value: of.returns.value.as_ref().map(exact),
                cost: of.returns.cost.as_ref().map(exact),
                roi: of.returns.roi.as_ref().map(ratio),
                multiple: of.returns.multiple.as_ref().map(ratio),
                missing: RateRecord::all(&of.returns.missing),
            },
            renewal: of.renewal.map(|renewal| RenewalRecord {
                deadline: renewal.deadline,
                days: renewal.days,
                window: renewal.window.map(crate::measures::renewal::Window::word),
            }),
            stage: StageRecord { entered: of.stage.entered, days: of.stage.days, on_hold: of.stage.on_hold, max_days: of.stage.max_days },
            maturity: of.maturity.map(crate::measures::stage::Maturity::word),
            next_review: of.next_review.map(|next| NextReviewRecord {
                quarter: next.quarter,
                overdue_from: next.overdue_from,
                is_overdue: next.is_overdue,
            }),
            data_age: of.data_age,
            exited: of.is_exited,
        }
    }
}

impl HealthRecord {
    fn new(edges: &Edges, health: &Health) -> HealthRecord {
        let categories = health.categories.iter().map(|found| CategoryRecord {
            category: found.category,
            weight: exact(&found.weight),
            value: found.value.as_ref().map(ratio),
            coverage: ratio(&found.coverage),
        });
        HealthRecord {
            number: health.number.as_ref().map(|number| beside(number, &edges.health)),
            band: health.band.word(),
            coverage: beside(&health.coverage, &edges.coverage),
            categories: categories.collect(),
        }
    }
}

impl QuarterRecord {
    fn new(edges: &Edges, health: &QuarterHealth) -> QuarterRecord {
        QuarterRecord {
            quarter: health.quarter,
            number: health.number.as_ref().map(|number| beside(number, &edges.health)),
            band: health.band.word(),
            coverage: beside(&health.coverage, &edges.coverage),
            categories: health.values.iter().map(|value| value.as_ref().map(ratio)).collect(),
        }
    }
}

/// A KPI of a partner: its definition, joined from every source, and its periods.
#[derive(Serialize)]
pub struct KpiRecord<'a> {
    id: &'a str,
    name: &'a str,
    category: Option<Category>,
    unit: Option<&'a str>,
    direction: &'static str,
    range: Option<[Decimal; 2]>,
    aggregate: &'static str,
    frequency: Option<Frequency>,
    granularity: &'static str,
    target: Option<&'a Target>,
    baseline: Option<Decimal>,
    weight: String,
    commitment: Option<Commitment>,
    flow: Option<Flow>,
    source: Option<&'a str>,
    declining_run: usize,
    /// True where values of several lengths are written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    mixed: bool,
    periods: Vec<PeriodRecord>,
    /// The closed quarters of a KPI kept by the month, as they enter the health.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quarters: Vec<PeriodRecord>,
    /// Values and targets of periods that are not in the list. Nearly always there are none, and then they are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_actuals: Option<Series<Actual>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_targets: Option<Series<Decimal>>,
}

/// A KPI in one period. The table of KPIs has the same.
#[derive(Serialize)]
pub struct PeriodRecord {
    /// The period.
    pub period: Period,
    /// What was reached.
    pub actual: Option<String>,
    /// What should be reached.
    pub target: Option<String>,
    /// The bounds of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<[String; 2]>,
    /// The attainment, as a fraction.
    pub attainment: Option<String>,
    /// The word of its status.
    pub status: &'static str,
    /// Why there is no formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// How many of the months of a quarter there are, where some are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<PartialRecord>,
    /// The word of its trend.
    pub trend: Option<&'static str>,
    /// By how much it has moved, as a fraction of the value before; none where that is 0.
    pub change: Option<String>,
    /// By how much it has moved from 0, in its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_absolute: Option<String>,
}

/// How many there are of what is needed.
#[derive(Serialize)]
pub struct PartialRecord {
    have: u8,
    of: u8,
}

impl PeriodRecord {
    /// A KPI in one period.
    pub fn new(edges: &Edges, measure: &PeriodMeasure) -> PeriodRecord {
        let trend = measure.trend.as_ref();
        let (change, change_absolute) = match trend.and_then(|trend| trend.change.as_ref()) {
            Some(Change::Relative(share)) => (Some(ratio(share)), None),
            Some(Change::Absolute(moved)) => (None, Some(exact(moved))),
            None => (None, None),
        };
        PeriodRecord {
            period: measure.period,
            actual: measure.actual.as_ref().map(exact),
            target: measure.target.as_ref().map(exact),
            range: measure.range.as_deref().map(|(lo, hi)| [exact(lo), exact(hi)]),
            attainment: measure.attainment.as_ref().map(|fraction| beside(fraction, &edges.attainment)),
            status: measure.status.word(),
            why: match measure.status {
                Status::NoFormula(reason) => Some(reason.reason()),
                _ => None,
            },
            partial: measure.partial.map(|partial| PartialRecord { have: partial.have, of: partial.of }),
            trend: trend.map(|trend| Tendency::word(trend.tendency)),
            change,
            change_absolute,
        }
    }
}

impl<'a> KpiRecord<'a> {
    /// A KPI and its measures.
    pub fn new(context: &Context<'_>, edges: &Edges, entry: &'a PartnerKpi, measures: &'a KpiMeasures) -> KpiRecord<'a> {
        let Kpi { frequency, target, baseline, commitment, flow, source, .. } = &entry.kpi;
        let (direction, range) = match measures.direction {
            Direction::Higher => ("higher", None),
            Direction::Lower => ("lower", None),
            Direction::Range(lo, hi) => ("range", Some([lo, hi])),
        };
        KpiRecord {
            id: &entry.id,
            name: &measures.name,
            category: measures.category,
            unit: Some(measures.unit.as_str()).filter(|unit| !unit.is_empty()),
            direction,
            range,
            aggregate: measures.aggregate.word(),
            frequency: *frequency,
            granularity: match measures.granularity {
                Granularity::Month => "month",
                Granularity::Quarter => "quarter",
                Granularity::Year => "year",
            },
            target: target.as_ref(),
            baseline: *baseline,
            weight: exact(&measures.weight),
            commitment: *commitment,
            flow: *flow,
            source: source.as_deref(),
            declining_run: measures.declining_run(context),
            mixed: measures.mixed,
            periods: measures.periods.iter().map(|measure| PeriodRecord::new(edges, measure)).collect(),
            quarters: quarters(context, measures).map(|measure| PeriodRecord::new(edges, &measure)).collect(),
            // A value that nobody knows yet says no more than one that nobody wrote.
            other_actuals: unlisted(&entry.kpi.actuals, measures, |actual| *actual != Actual::Unknown),
            other_targets: unlisted(&entry.targets, measures, |_| true),
        }
    }
}

/// The closed quarters of a KPI kept by the month that have a month in its list, ascending.
fn quarters(context: &Context<'_>, kpi: &KpiMeasures) -> impl Iterator<Item = PeriodMeasure> {
    let months = kpi.periods.iter().filter(|_| kpi.granularity == Granularity::Month);
    let mut quarters: Vec<Period> =
        months.filter_map(|month| month.period.within(Granularity::Quarter, context.fiscal_year_start())).collect();
    quarters.dedup();
    quarters.into_iter().filter(|quarter| context.is_closed(*quarter)).filter_map(|quarter| kpi.at(context, quarter))
}

/// What is written for periods that are not in the list, as far as it says something.
fn unlisted<T: Copy>(series: &Series<T>, measures: &KpiMeasures, says: impl Fn(&T) -> bool) -> Option<Series<T>> {
    let is_other = |(period, value): &&(Period, T)| says(value) && measures.listed(*period).is_none();
    let others: Vec<(Period, T)> = series.0.iter().filter(is_other).copied().collect();
    (!others.is_empty()).then_some(Series(others))
}
