//! The measures of a partner as `data/partners.json` has them.

use jiff::civil::Date;
use serde::Serialize;

use super::numbers::{Edges, beside, exact, ratio};
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::trend::{Change, Tendency};
use crate::measures::{Context, Exact, Health, PartnerMeasures};
use crate::model::kpi::{Actual, Category, Commitment, Direction, Flow, Frequency, Kpi, Series, Target};
use crate::model::period::{Granularity, Period};
use crate::workspace::references::PartnerKpi;
use rust_decimal::Decimal;

/// Everything that is computed of a partner, but for its KPIs.
#[derive(Serialize)]
pub struct MeasuresRecord<'a> {
    quarter: Period,
    health: HealthRecord,
    health_by_quarter: Vec<QuarterHealth>,
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
struct QuarterHealth {
    quarter: Period,
    number: Option<String>,
    band: &'static str,
}

#[derive(Serialize)]
struct TargetsRecord {
    met: usize,
    of: usize,
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
        let health = |number: &Option<Exact>| number.as_ref().map(|number| beside(number, &edges.health));
        let score = &of.score;
        MeasuresRecord {
            quarter: of.quarter,
            health: HealthRecord::new(edges, &of.health, health(&of.health.number)),
            health_by_quarter: of
                .health_by_quarter
                .iter()
                .map(|known| QuarterHealth { quarter: known.quarter, number: health(&known.number), band: known.band.word() })
                .collect(),
            targets_met: TargetsRecord { met: of.targets_met.met, of: of.targets_met.of },
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
    fn new(edges: &Edges, health: &Health, number: Option<String>) -> HealthRecord {
        let categories = health.categories.iter().map(|found| CategoryRecord {
            category: found.category,
            weight: exact(&found.weight),
            value: found.value.as_ref().map(ratio),
            coverage: ratio(&found.coverage),
        });
        HealthRecord {
            number,
            band: health.band.word(),
            coverage: beside(&health.coverage, &edges.coverage),
            categories: categories.collect(),
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
    periods: Vec<PeriodRecord>,
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
    /// The attainment, as a fraction.
    pub attainment: Option<String>,
    /// The word of its status.
    pub status: &'static str,
    /// The word of its trend.
    pub trend: Option<&'static str>,
    /// By how much it has moved, as a fraction of the value before; none where that is 0.
    pub change: Option<String>,
}

impl PeriodRecord {
    /// A KPI in one period.
    pub fn new(edges: &Edges, measure: &PeriodMeasure) -> PeriodRecord {
        let trend = measure.trend.as_ref();
        let change = trend.and_then(|trend| match trend.change.as_ref()? {
            Change::Relative(share) => Some(ratio(share)),
            Change::Absolute(_) => None,
        });
        PeriodRecord {
            period: measure.period,
            actual: measure.actual.as_ref().map(exact),
            target: measure.target.as_ref().map(exact),
            attainment: measure.attainment.as_ref().map(|fraction| beside(fraction, &edges.attainment)),
            status: measure.status.word(),
            trend: trend.map(|trend| Tendency::word(trend.tendency)),
            change,
        }
    }
}

impl<'a> KpiRecord<'a> {
    /// A KPI and its measures.
    pub fn new(edges: &Edges, entry: &'a PartnerKpi, measures: &'a KpiMeasures) -> KpiRecord<'a> {
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
            periods: measures.periods.iter().map(|measure| PeriodRecord::new(edges, measure)).collect(),
            // A value that nobody knows yet says no more than one that nobody wrote.
            other_actuals: unlisted(&entry.kpi.actuals, measures, |actual| *actual != Actual::Unknown),
            other_targets: unlisted(&entry.targets, measures, |_| true),
        }
    }
}

/// What is written for periods that are not in the list, as far as it says something.
fn unlisted<T: Copy>(series: &Series<T>, measures: &KpiMeasures, says: impl Fn(&T) -> bool) -> Option<Series<T>> {
    let is_other = |(period, value): &&(Period, T)| says(value) && measures.listed(*period).is_none();
    let others: Vec<(Period, T)> = series.0.iter().filter(is_other).copied().collect();
    (!others.is_empty()).then_some(Series(others))
}
