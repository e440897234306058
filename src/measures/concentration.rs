//! How much of the revenue hangs on few partners.

use super::coarser::{aggregate, year_of};
use super::context::{Context, MissingRate};
use super::exact::Exact;
use super::portfolio::Member;
use super::series::KpiMeasures;
use crate::model::kpi::Aggregate;
use crate::model::period::{Granularity, Period};
use crate::workspace::PartnerId;

/// The KPI that is looked at.
const REVENUE: &str = "revenue";

/// A partner's share of the revenue.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The partner.
    pub partner: PartnerId,
    /// Its revenue in the workspace's currency.
    pub amount: Exact,
    /// Its share of all revenue, as a fraction.
    pub share: Exact,
    /// How many of the four quarters have a value.
    pub quarters: usize,
}

/// How revenue spreads over the partners.
#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    /// The last four closed quarters, ascending.
    pub quarters: [Period; 4],
    /// All revenue in them, in the workspace's currency. `None` where there is none, or a rate is missing.
    pub total: Option<Exact>,
    /// The partners with revenue, the largest first; empty unless the total is above 0.
    pub shares: Vec<Share>,
    /// The sum of the squared shares: 1 where all of it is one partner's, near 0 where it is spread over many.
    pub squares: Option<Exact>,
    /// The rates that are missing.
    pub missing: Vec<MissingRate>,
}

impl Concentration {
    /// The concentration of the KPI `revenue`. Of a partner that keeps it by the year, the year that ended last counts, which is
    /// the nearest that it says.
    pub fn new(context: &Context<'_>, members: &[Member<'_>]) -> Concentration {
        let first = context.quarter.ordinal() - 3;
        let quarters = [0, 1, 2, 3].map(|n| Period::from_ordinal(Granularity::Quarter, first + n));
        let mut found = Concentration { quarters, total: None, shares: Vec::new(), squares: None, missing: Vec::new() };
        for (partner, _, measures) in members {
            let Some(kpi) = measures.kpis.iter().find(|kpi| kpi.id.eq_ignore_ascii_case(REVENUE)) else { continue };
            match revenue(context, kpi, &quarters) {
                Ok(None) => {}
                Ok(Some((amount, quarters))) => found.shares.push(Share { partner: *partner, amount, share: Exact::ZERO, quarters }),
                Err(missing) => found.missing.extend(missing),
            }
        }
        found.missing.sort();
        found.missing.dedup();
        if !found.missing.is_empty() {
            found.shares.clear();
        }
        found.total = aggregate(Aggregate::Sum, found.shares.iter().map(|share| &share.amount));
        let Some(total) = found.total.clone().filter(|total| *total > Exact::ZERO) else {
            found.shares.clear();
            return found;
        };
        for share in &mut found.shares {
            share.share = share.amount.over(&total).unwrap_or_default();
        }
        // Partners are in order of their names, which decides between equals.
        found.shares.sort_by(|a, b| b.amount.cmp(&a.amount));
        // Squared before it is divided, so that the denominators of the shares never meet.
        let squares: Exact = found.shares.iter().map(|share| &share.amount * &share.amount).sum();
        found.squares = squares.over(&(&total * &total));
        found
    }
}

/// Revenue over four quarters and how many of them have a value. Running totals (aggregate `last` or `max`) are not added up.
fn revenue(context: &Context<'_>, kpi: &KpiMeasures, quarters: &[Period]) -> Result<Option<(Exact, usize)>, Vec<MissingRate>> {
    let Some(currency) = context.currency_of(&kpi.unit, true) else { return Ok(None) };
    if kpi.granularity == Granularity::Year {
        let Some(year) = year_of(context.quarter, context.fiscal_year_start()) else { return Ok(None) };
        return Ok(kpi.money_at(context, currency, year)?.map(|amount| (amount, quarters.len())));
    }
    let mut amounts = Vec::with_capacity(quarters.len());
    let mut missing = Vec::new();
    for quarter in quarters {
        match kpi.money_at(context, currency, *quarter) {
            Ok(amount) => amounts.extend(amount),
            Err(rates) => missing.extend(rates),
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let how = match kpi.aggregate {
        total @ (Aggregate::Last | Aggregate::Max) => total,
        _ => Aggregate::Sum,
    };
    Ok(aggregate(how, &amounts).map(|amount| (amount, amounts.len())))
}

#[cfg(test)]
mod tests {
    use super::super::testing::portfolio;

    /// Total, each share with its quarters, and the sum of squares.
    fn shown(own: &str, partners: &[&str]) -> String {
        portfolio(own, partners, |portfolio| {
            let found = &portfolio.concentration;
            let number = |number: Option<&super::Exact>| number.map_or("-".to_owned(), |number| number.show(4, &[]));
            let share = |share: &super::Share| format!(" {}={}%/{}", share.partner, share.share.percent().show(1, &[]), share.quarters);
            let shares: Vec<String> = found.shares.iter().map(share).collect();
            let missing: Vec<String> = found.missing.iter().map(|(currency, period)| format!(" {currency} {period}?")).collect();
            format!("{}{} {}{}", number(found.total.as_ref()), shares.concat(), number(found.squares.as_ref()), missing.concat())
        })
    }

    const YEAR: &str = "kpis: {revenue: {actuals: {2025-Q3: 999, 2025-Q4: 10, 2026-Q1: 10, 2026-Q2: 20, 2026-Q3: 10, 2026-Q4: 999}}}";

    #[test]
    fn shares_of_the_last_four_closed_quarters() {
        assert_eq!(
            shown("", &["kpis: {revenue: {actuals: {2026-Q3: 25}}}", YEAR, "kpis: {Revenue: {actuals: {2026-Q1: 25}}}"]),
            "100 1=50%/4 0=25%/1 2=25%/1 0.375"
        );
        assert_eq!(shown("", &[YEAR]), "50 0=100%/4 1");
        assert_eq!(shown("", &["kpis: {revenue: {actuals: {2025: 150}}}", YEAR]), "200 0=75%/4 1=25%/4 0.625");
        assert_eq!(
            shown("", &["kpis: {revenue: {aggregate: last, actuals: {2026-Q2: 40, 2026-Q3: 50}}}", YEAR]),
            "100 0=50%/2 1=50%/4 0.5"
        );
    }

    #[test]
    fn without_revenue_there_are_no_shares() {
        assert_eq!(shown("", &["name: a", "kpis: {revenue: {unit: deals, actuals: {2026-Q3: 5}}}"]), "- -");
        assert_eq!(shown("", &["kpis: {revenue: {actuals: {2026-Q3: 5}}}", "kpis: {revenue: {actuals: {2026-Q3: -5}}}"]), "0 -");
        assert_eq!(shown("", &["kpis: {revenue: {unit: EUR, actuals: {2026-Q3: 5}}}", YEAR]), "- - EUR 2026-Q3?");
    }
}
