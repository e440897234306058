//! All partners together: bands, and KPIs added up.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::PartnerMeasures;
use super::accounts::Accounts;
use super::concentration::Concentration;
use super::context::{Context, MissingRate};
use super::exact::Exact;
use super::health::Band;
use super::series::KpiMeasures;
use crate::model::period::{Granularity, Period};
use crate::text::slug;
use crate::workspace::{PartnerEntry, PartnerId};

/// A partner that takes part: its place in the workspace, what it says, and its measures.
pub type Member<'a> = (PartnerId, &'a PartnerEntry, &'a PartnerMeasures);

/// A KPI of all partners in one period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PeriodSum {
    /// The sum over the partners that have a value; money in the workspace's currency. `None` where a rate is missing.
    pub total: Option<Exact>,
    /// How many partners have a value.
    pub partners: usize,
    /// How many have some of the finer values that make it up, and not all. They are not in the sum.
    pub incomplete: usize,
    /// The rates that are missing.
    pub missing: Vec<MissingRate>,
}

/// A KPI of all partners.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KpiSum {
    /// Its id, as the first partner writes it.
    pub id: String,
    /// What the first partner calls it.
    pub name: String,
    /// The unit of the sums; for money the workspace's currency.
    pub unit: String,
    /// True for money.
    pub is_money: bool,
    /// The closed quarters and years in which anything is written, by period: quarters first. Values kept by the year are in
    /// years only.
    pub periods: BTreeMap<Period, PeriodSum>,
}

impl KpiSum {
    /// The sums of one granularity, ascending.
    pub fn of(&self, granularity: Granularity) -> impl Iterator<Item = (Period, &PeriodSum)> {
        self.periods.iter().map(|(period, sum)| (*period, sum)).filter(move |(period, _)| period.granularity() == granularity)
    }
}

/// All partners together.
#[derive(Debug, Clone, PartialEq)]
pub struct Portfolio {
    /// How many partners are in each of [`Band::ALL`], in that order. Those that have left are in none.
    pub bands: [usize; 4],
    /// How many partners have left.
    pub exited: usize,
    /// The KPIs that can be added up, by id. One that is kept in several units is there once for each.
    pub sums: Vec<KpiSum>,
    /// How revenue spreads over the partners.
    pub concentration: Concentration,
    /// The accounts of all partners.
    pub accounts: Accounts,
}

impl Portfolio {
    /// The measures of all partners that are on the site.
    pub fn new(context: &Context<'_>, members: &[Member<'_>]) -> Portfolio {
        let mut bands = [0; 4];
        let mut exited = 0;
        for (_, _, measures) in members {
            if measures.is_exited {
                exited += 1;
            } else {
                bands[measures.health.band as usize] += 1;
            }
        }
        Portfolio {
            bands,
            exited,
            sums: sums(context, members),
            concentration: Concentration::new(context, members),
            accounts: Accounts::new(context, members),
        }
    }

    /// The sums of a KPI; ids ignore case. Where it is kept in several units, that of the first unit.
    pub fn sum(&self, id: &str) -> Option<&KpiSum> {
        self.sums.iter().find(|sum| sum.id.eq_ignore_ascii_case(id))
    }

    /// How many partners are in a band.
    pub fn count(&self, band: Band) -> usize {
        self.bands[band as usize]
    }
}

/// By folded id and unit.
type Sums = BTreeMap<(String, String), KpiSum>;

/// Sums are exact, so it does not matter in which order they are made.
fn sums(context: &Context<'_>, members: &[Member<'_>]) -> Vec<KpiSum> {
    let all = members
        .par_iter()
        .fold(Sums::new, |mut sums, (_, _, measures)| {
            for kpi in measures.kpis.iter().filter(|kpi| kpi.adds_up) {
                add(context, &mut sums, kpi);
            }
            sums
        })
        .reduce(Sums::new, merge);
    all.into_values()
        .map(|mut sum| {
            for period in sum.periods.values_mut() {
                period.missing.sort();
                period.missing.dedup();
                if !period.missing.is_empty() {
                    period.total = None;
                }
            }
            sum
        })
        .collect()
}

fn add(context: &Context<'_>, sums: &mut Sums, kpi: &KpiMeasures) {
    let own = context.settings.currency.as_str();
    let currency = context.currency_of(&kpi.unit, false);
    let mut periods: Vec<Period> = Vec::new();
    for measure in kpi.periods.iter().filter(|measure| measure.actual.is_some()) {
        for granularity in [Granularity::Quarter, Granularity::Year] {
            let coarser = measure.period.within(granularity, context.fiscal_year_start());
            periods.extend(coarser.filter(|period| context.is_closed(*period)));
        }
    }
    periods.sort_unstable();
    periods.dedup();
    if periods.is_empty() {
        return;
    }
    let unit = if currency.is_some() { own } else { kpi.unit.as_str() };
    let sum = sums.entry((slug::fold(&kpi.id), slug::fold(unit))).or_insert_with(|| KpiSum {
        id: kpi.id.clone(),
        name: kpi.name.clone(),
        unit: unit.to_owned(),
        is_money: currency.is_some(),
        periods: BTreeMap::new(),
    });
    for period in periods {
        let of = sum.periods.entry(period).or_default();
        match kpi.money_at(context, currency.unwrap_or(own), period) {
            Ok(Some(value)) => {
                of.total = Some(of.total.take().unwrap_or_default() + value);
                of.partners += 1;
            }
            Ok(None) => of.incomplete += 1,
            Err(missing) => {
                of.missing.extend(missing);
                of.partners += 1;
            }
        }
    }
}

fn merge(mut into: Sums, from: Sums) -> Sums {
    for (key, sum) in from {
        let Some(known) = into.get_mut(&key) else {
            into.insert(key, sum);
            continue;
        };
        for (period, other) in sum.periods {
            let of = known.periods.entry(period).or_default();
            of.partners += other.partners;
            of.incomplete += other.incomplete;
            of.missing.extend(other.missing);
            of.total = match (of.total.take(), other.total) {
                (Some(one), Some(two)) => Some(one + two),
                (one, two) => one.or(two),
            };
        }
    }
    into
}

#[cfg(test)]
mod tests {
    use super::super::testing::{period, portfolio};
    use super::*;

    fn sums(own: &str, partners: &[&str], id: &str) -> Vec<String> {
        portfolio(own, partners, |portfolio| {
            let Some(sum) = portfolio.sum(id) else { return vec!["none".to_owned()] };
            let line = |(period, of): (&Period, &PeriodSum)| {
                let total = of.total.as_ref().map_or("-".to_owned(), |total| total.show(2, &[]));
                let missing: Vec<String> = of.missing.iter().map(|(currency, period)| format!(" {currency} {period}?")).collect();
                let incomplete = if of.incomplete > 0 { format!(" and {} incomplete", of.incomplete) } else { String::new() };
                format!("{period}: {total} {} of {}{incomplete}{}", sum.unit, of.partners, missing.concat())
            };
            sum.periods.iter().map(line).collect()
        })
    }

    #[test]
    fn kpis_are_added_up_by_quarter_and_year() {
        let partners = [
            "kpis: {leads: {actuals: {2025-Q1: 1, 2025-Q2: 2, 2025-Q3: 3, 2025-Q4: 4, 2026-Q3: 5, 2026-Q4: 9}}}",
            "kpis: {Leads: {actuals: {2026-07: 1, 2026-08: 1, 2026-09: 1, 2025-12: 7}}}",
            "kpis: {leads: {actuals: {2025: 100}}}",
            "kpis: {satisfaction: {actuals: {2026-Q3: 5}}}",
        ];
        let expected = [
            "2025-Q1: 1 leads of 1",
            "2025-Q2: 2 leads of 1",
            "2025-Q3: 3 leads of 1",
            "2025-Q4: 4 leads of 1 and 1 incomplete",
            "2026-Q3: 8 leads of 2",
            "2025: 110 leads of 2 and 1 incomplete",
        ];
        assert_eq!(sums("", &partners, "LEADS"), expected);
        assert_eq!(sums("", &partners, "satisfaction"), ["none"], "points do not add up");
    }

    #[test]
    fn money_is_converted_with_the_rate_of_its_period() {
        let partners = [
            "kpis: {revenue: {actuals: {2026-Q2: 100, 2026-Q3: 100}}}",
            "kpis: {revenue: {unit: EUR, actuals: {2026-Q2: 10, 2026-Q3: 10}}}",
        ];
        assert_eq!(sums("fx: {2026-Q3: {EUR: 1.5}}", &partners, "revenue"), ["2026-Q2: - USD of 2 EUR 2026-Q2?", "2026-Q3: 115 USD of 2"]);
        let quarters = portfolio("fx: {2026-Q3: {EUR: 1.5}}", &partners, |found| {
            found.sum("revenue").map(|sum| sum.of(Granularity::Quarter).map(|(period, _)| period).collect::<Vec<_>>())
        });
        assert_eq!(quarters, Some(vec![period("2026-Q2"), period("2026-Q3")]));
    }

    #[test]
    fn units_are_not_mixed() {
        let partners = ["kpis: {seats: {unit: seats, actuals: {2026-Q3: 5}}}", "kpis: {seats: {unit: people, actuals: {2026-Q3: 7}}}"];
        assert_eq!(
            portfolio("", &partners, |found| found.sums.iter().map(|sum| sum.unit.clone()).collect::<Vec<_>>()),
            ["people", "seats"]
        );
    }

    #[test]
    fn partners_are_counted_by_band() {
        let good = "kpis: {revenue: {target: 1, actuals: {2026-Q3: 1}}, leads: {target: 1, actuals: {2026-Q3: 1}}}";
        let partners = [good, "name: new", "stage: exited", "kpis: {revenue: {target: 4, actuals: {2026-Q3: 1}}}"];
        portfolio("health: {coverage: 30}", &partners, |found| {
            assert_eq!((found.bands, found.exited), ([1, 0, 1, 1], 1));
            assert_eq!((found.count(Band::Green), found.count(Band::Unknown)), (1, 1));
        });
    }
}
