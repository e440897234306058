//! The health of a partner in a quarter.

use super::context::Context;
use super::exact::Exact;
use super::series::KpiMeasures;
use super::targets::TargetsMet;
use crate::model::kpi::Category;
use crate::model::measuring::{HEALTH_CATEGORIES, HealthRules};
use crate::model::period::{Granularity, Period};

/// The band in which a health lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Good.
    Green,
    /// Fair.
    Yellow,
    /// Bad.
    Red,
    /// Too little is measured to tell.
    Unknown,
}

impl Band {
    /// All bands, the best first.
    pub const ALL: [Band; 4] = [Band::Green, Band::Yellow, Band::Red, Band::Unknown];

    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Band::Green => "green",
            Band::Yellow => "yellow",
            Band::Red => "red",
            Band::Unknown => "unknown",
        }
    }

    /// The band of a health, which is not rounded; unknown where there is none.
    pub fn of(rules: &HealthRules, number: Option<&Exact>) -> Band {
        match number {
            None => Band::Unknown,
            Some(number) if *number >= Exact::from(rules.green) => Band::Green,
            Some(number) if *number >= Exact::from(rules.yellow) => Band::Yellow,
            Some(_) => Band::Red,
        }
    }
}

/// What a KPI adds to its category.
#[derive(Debug, Clone, PartialEq)]
pub struct HealthKpi {
    /// Its place among the partner's KPIs.
    pub kpi: usize,
    /// Its weight in its category.
    pub weight: Exact,
    /// The period whose attainment counts; another one than the quarter for a KPI kept by the year.
    pub period: Option<Period>,
    /// The attainment, a fraction; `None` where nothing was measured against a target.
    pub attainment: Option<Exact>,
    /// The attainment, at most 1: what counts.
    pub capped: Option<Exact>,
}

/// What a category adds to the health.
#[derive(Debug, Clone, PartialEq)]
pub struct CategoryHealth {
    /// Which; business has the financial KPIs as well.
    pub category: Category,
    /// Its weight in the settings.
    pub weight: Exact,
    /// The weighted mean of what counts, of 100; `None` where nothing is measured.
    pub value: Option<Exact>,
    /// The weight measured over the weight declared, as a fraction; 0 where no KPI is declared.
    pub coverage: Exact,
    /// The KPIs of the category.
    pub kpis: Vec<HealthKpi>,
}

/// The health in a quarter, in short: what is kept for every quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct QuarterHealth {
    /// The quarter.
    pub quarter: Period,
    /// 0 to 100; `None` where too little is covered.
    pub number: Option<Exact>,
    /// Its band.
    pub band: Band,
    /// How much of what should be measured is, as a fraction.
    pub coverage: Exact,
    /// The values of the categories, in the order of [`HEALTH_CATEGORIES`].
    pub values: [Option<Exact>; HEALTH_CATEGORIES.len()],
    /// How many targets were met in it.
    pub met: usize,
    /// Of how many.
    pub of: usize,
}

impl QuarterHealth {
    fn of(health: &Health, (met, of): (usize, usize)) -> QuarterHealth {
        let mut values = [const { None }; HEALTH_CATEGORIES.len()];
        for (value, category) in values.iter_mut().zip(&health.categories) {
            value.clone_from(&category.value);
        }
        QuarterHealth {
            quarter: health.quarter,
            number: health.number.clone(),
            band: health.band,
            coverage: health.coverage.clone(),
            values,
            met,
            of,
        }
    }
}

/// The health of a partner in a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// The quarter.
    pub quarter: Period,
    /// 0 to 100: the weighted mean over the categories that have a value. `None` where too little is covered.
    pub number: Option<Exact>,
    /// Its band.
    pub band: Band,
    /// How much of what should be measured is, as a fraction.
    pub coverage: Exact,
    /// The categories, in the order of the settings.
    pub categories: Vec<CategoryHealth>,
}

impl Health {
    /// The health in a closed quarter. A KPI without a category takes no part.
    pub fn new(context: &Context<'_>, kpis: &[KpiMeasures], quarter: Period) -> Health {
        let rules = &context.settings.health;
        let categories: Vec<CategoryHealth> = HEALTH_CATEGORIES
            .into_iter()
            .zip(rules.weights)
            .map(|(category, weight)| CategoryHealth::new(context, kpis, quarter, category, Exact::from(weight)))
            .collect();
        let all: Exact = rules.weights.into_iter().map(Exact::from).sum();
        let covered: Exact = categories.iter().map(|category| &category.weight * &category.coverage).sum();
        let coverage = covered.over(&all).unwrap_or_default();
        let measured = categories.iter().filter_map(|category| Some((&category.weight, category.value.as_ref()?)));
        let number = weighted_mean(measured).filter(|_| coverage.percent() >= Exact::from(rules.coverage));
        Health { quarter, band: Band::of(rules, number.as_ref()), number, coverage, categories }
    }

    /// True when at least one KPI has an attainment in the quarter.
    pub fn is_measured(&self) -> bool {
        self.categories.iter().any(|category| category.kpis.iter().any(|kpi| kpi.attainment.is_some()))
    }
}

impl CategoryHealth {
    fn new(context: &Context<'_>, kpis: &[KpiMeasures], quarter: Period, category: Category, weight: Exact) -> CategoryHealth {
        let own = kpis.iter().enumerate().filter(|(_, kpi)| kpi.health_category() == Some(category));
        let kpis: Vec<HealthKpi> = own
            .map(|(at, kpi)| {
                let found = kpi.in_quarter(context, quarter);
                let attainment = found.as_ref().and_then(|found| found.attainment.clone());
                let capped = attainment.clone().map(|fraction| fraction.min(Exact::ONE));
                let period = found.filter(|_| attainment.is_some()).map(|found| found.period);
                HealthKpi { kpi: at, weight: kpi.weight.clone(), period, attainment, capped }
            })
            .collect();
        let declared: Exact = kpis.iter().map(|kpi| kpi.weight.clone()).sum();
        let measured: Exact = kpis.iter().filter(|kpi| kpi.capped.is_some()).map(|kpi| kpi.weight.clone()).sum();
        let value = weighted_mean(kpis.iter().filter_map(|kpi| Some((&kpi.weight, kpi.capped.as_ref()?)))).map(|mean| mean.percent());
        CategoryHealth { category, weight, value, coverage: measured.over(&declared).unwrap_or_default(), kpis }
    }
}

/// `Σ weight × value / Σ weight`; `None` where there is no weight.
fn weighted_mean<'a>(values: impl Iterator<Item = (&'a Exact, &'a Exact)>) -> Option<Exact> {
    let (sum, weights) =
        values.fold((Exact::ZERO, Exact::ZERO), |(sum, weights), (weight, value)| (sum + weight * value, weights + weight));
    sum.over(&weights)
}

/// The health in every quarter in which anything is measured, ascending: number and band. For a line over time.
pub fn by_quarter(context: &Context<'_>, kpis: &[KpiMeasures]) -> Vec<QuarterHealth> {
    let start = context.fiscal_year_start();
    let mut quarters: Vec<Period> = Vec::new();
    for kpi in kpis.iter().filter(|kpi| kpi.health_category().is_some()) {
        for measure in kpi.periods.iter().filter(|measure| measure.attainment.is_some()) {
            match measure.period.granularity() {
                // A year enters its last quarter and the three after it.
                Granularity::Year => {
                    let last = measure.period.ordinal() * 4 + 3;
                    quarters.extend((last..last + 4).map(|ordinal| Period::from_ordinal(Granularity::Quarter, ordinal)));
                }
                _ => quarters.extend(measure.period.within(Granularity::Quarter, start)),
            }
        }
    }
    quarters.sort_unstable();
    quarters.dedup();
    quarters.retain(|quarter| context.is_closed(*quarter));
    let all = quarters.into_iter().map(|quarter| Health::new(context, kpis, quarter));
    all.filter(Health::is_measured).map(|health| QuarterHealth::of(&health, TargetsMet::counted(context, kpis, health.quarter))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, partner, period, settings};
    use super::*;

    fn with<T>(own: &str, kpis: &str, show: impl FnOnce(&Context<'_>, &[KpiMeasures]) -> T) -> T {
        let settings = settings(own);
        let context = Context::new(&settings, day("2026-11-20"));
        let partner = partner(&settings, &format!("kpis: {{{kpis}}}"));
        let kpis: Vec<KpiMeasures> = partner.kpis.iter().map(|kpi| KpiMeasures::new(&context, kpi)).collect();
        show(&context, &kpis)
    }

    fn shown(context: &Context<'_>, health: &Health) -> String {
        let number = health.number.as_ref().map_or("none".to_owned(), |number| number.show(1, &context.bands));
        format!("{number} {} {} %", health.band.word(), health.coverage.percent().show(1, &[]))
    }

    fn health(own: &str, kpis: &str) -> String {
        with(own, kpis, |context, kpis| shown(context, &Health::new(context, kpis, context.quarter)))
    }

    fn one(id: &str, target: &str, actual: &str) -> String {
        format!("{id}: {{target: {target}, actuals: {{2026-Q3: {actual}}}}}, ")
    }

    fn three() -> String {
        one("revenue", "100", "95") + &one("co-marketing", "10", "12") + &one("satisfaction", "10", "9")
    }

    #[test]
    fn four_categories() {
        assert_eq!(health("", &(three() + &one("mutual-value", "5", "4"))), "93 green 100 %");
    }

    #[test]
    fn what_is_not_declared_lowers_the_coverage_and_not_the_number() {
        assert_eq!(health("", &three()), "95.3 green 85 %");
        let without_operational = one("revenue", "100", "95") + &one("satisfaction", "10", "9");
        assert_eq!(health("", &without_operational), "none unknown 55 %");
        assert_eq!(health("health: {coverage: 55}", &without_operational), "92.7 green 55 %");
        assert_eq!(health("", ""), "none unknown 0 %");
        assert_eq!(health("health: {coverage: 0}", ""), "none unknown 0 %");
    }

    #[test]
    fn kpis_have_weights_in_their_category() {
        let kpis = "revenue: {weight: 3, target: 10, actuals: {2026-Q3: 8}}, roi: {target: 10, actuals: {2026-Q3: 12}},
            leads: {weight: 4, target: 10}, own: {target: 10, actuals: {2026-Q3: 1}}";
        with("health: {coverage: 0}", kpis, |context, kpis| {
            let found = Health::new(context, kpis, context.quarter);
            assert_eq!(shown(context, &found), "85 yellow 15 %", "half of the weight of business is measured");
            let business = &found.categories[0];
            assert_eq!((business.value.clone(), business.coverage.clone()), (Some(Exact::from(85)), Exact::ratio(1, 2).unwrap()));
            let capped: Vec<_> =
                business.kpis.iter().map(|kpi| kpi.capped.as_ref().map(|fraction| fraction.percent().show(1, &[]))).collect();
            assert_eq!(capped, [Some("80".to_owned()), Some("100".to_owned()), None], "a financial KPI is a business one");
            assert_eq!(business.kpis[1].attainment, Exact::ratio(6, 5));
        });
    }

    #[test]
    fn bands_are_of_the_unrounded_number() {
        let at = |actual: &str| health("health: {coverage: 30}", &one("revenue", "100", actual));
        assert_eq!((at("90").as_str(), at("89.96").as_str()), ("90 green 30 %", "89.9 yellow 30 %"));
        assert_eq!((at("70").as_str(), at("69.99").as_str()), ("70 yellow 30 %", "69.9 red 30 %"));
    }

    #[test]
    fn weights_of_nothing_give_no_number() {
        let none = "health: {coverage: 0, weights: {business: 0, operational: 0, relationship: 0, strategic: 0}}";
        assert_eq!(health(none, &three()), "none unknown 0 %");
        assert_eq!(health("health: {coverage: 0}", "revenue: {weight: 0, target: 1, actuals: {2026-Q3: 1}}"), "none unknown 0 %");
        assert_eq!(health("health: {weights: {strategic: 0}}", &three()), "95.3 green 100 %");
    }

    #[test]
    fn months_and_years_enter_a_quarter() {
        let kpis = "revenue: {target: 10, actuals: {2026-07: 10, 2026-08: 10, 2026-09: 7}}, co-marketing: {target: 10, actuals: {2025: 8}},
            satisfaction: {target: 10, actuals: {2026-07: 10, 2026-08: 10}}, mutual-value: {target: 5, actuals: {2024: 5}}";
        with("", kpis, |context, kpis| {
            let found = Health::new(context, kpis, context.quarter);
            assert_eq!(shown(context, &found), "85 yellow 60 %");
            assert_eq!(found.categories[1].kpis[0].period, Some(period("2025")));
            let quarters: Vec<String> =
                by_quarter(context, kpis).iter().map(|known| format!("{} {}", known.quarter, known.band.word())).collect();
            let expected =
                ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"].map(|quarter| format!("{quarter} unknown"));
            assert_eq!(quarters, [expected.as_slice(), &["2026-Q3 yellow".to_owned()]].concat());
        });
    }
}
