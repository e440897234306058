//! The numbers of all partners together.

use super::returns::{missing_rates, over_time};
use super::series::plural;
use super::wording::{aggregated, equals, how, joined, term};
use super::{Explanation, OfPartner, Source};
use crate::measures::coarser::year_of;
use crate::measures::context::Context;
use crate::measures::exact::Exact;
use crate::measures::portfolio::KpiSum;
use crate::measures::series::KpiMeasures;
use crate::measures::{Measures, words};
use crate::model::kpi::Aggregate;
use crate::model::period::{Granularity, Period};
use crate::text::slug;
use crate::workspace::Workspace;
use crate::workspace::kpis::PartnerKpi;

/// Explains the numbers of all partners on the site together.
#[derive(Debug, Clone)]
pub struct OfPortfolio<'a> {
    workspace: &'a Workspace,
    pub(super) measures: &'a Measures,
    context: Context<'a>,
}

impl<'a> OfPortfolio<'a> {
    /// For a workspace and its measures.
    pub fn new(workspace: &'a Workspace, measures: &'a Measures) -> OfPortfolio<'a> {
        OfPortfolio { workspace, measures, context: Measures::context(workspace) }
    }

    fn partners(&self) -> impl Iterator<Item = OfPartner<'a>> {
        let (workspace, measures) = (self.workspace, self.measures);
        workspace.visible_partners().filter_map(move |(at, entry)| Some(OfPartner::new(workspace, entry, measures.partner(at)?)))
    }

    /// The sum of a KPI over all partners in a quarter or a year; ids ignore case. `None` for a KPI or a period of which there is no
    /// sum.
    pub fn sum(&self, id: &str, period: Period) -> Option<Explanation> {
        let of = self.measures.portfolio.sum(id)?;
        let found = of.periods.get(&period)?;
        let result = match &found.total {
            Some(total) => words::with_unit(&words::any(total), &of.unit),
            None if found.missing.is_empty() => "no number, since no partner has a complete value".to_owned(),
            None => missing_rates(&found.missing),
        };
        let formula = if of.is_money {
            "the actuals of all partners added up, each at the rate of its own period"
        } else {
            "the actuals of all partners added up"
        };
        let mut made = Explanation::new(format!("{} of all partners in {}", of.name, period.title()), result).by(formula);
        let mut terms = Vec::new();
        for partner in self.partners() {
            for (own, kpi) in partner.partner.kpis.iter().zip(&partner.measures.kpis).filter(|(_, kpi)| self.is_in(of, kpi)) {
                let currency = self.context.currency_of(&kpi.unit, false);
                let currency_or_own = currency.unwrap_or(&self.context.settings.currency);
                let name = partner.partner.name().to_owned();
                match kpi.money_at(&self.context, currency_or_own, period) {
                    Ok(Some(value)) => {
                        terms.push(term(&value));
                        let shown = words::with_unit(&words::any(&value), &of.unit);
                        let is_plain = period.granularity() == kpi.granularity && currency.is_none_or(|code| code == of.unit);
                        let source = if is_plain { partner.actual(own, period) } else { Source::Computed };
                        made.input(name, shown, source);
                        if !is_plain {
                            made.part(partner.in_period(own, kpi, currency, period, &value, &of.unit));
                        }
                    }
                    Ok(None) => {
                        if kpi.is_partial(&self.context, period) {
                            made.note(format!("{name} has not all {} of it, and is left out.", plural(kpi.granularity)));
                        }
                    }
                    Err(missing) => made.note(format!("{name} has {}.", missing_rates(&missing))),
                }
            }
        }
        if let Some(total) = &found.total {
            made.worked = equals(&joined(&terms, " + "), &words::any(total));
        }
        Some(made)
    }

    fn is_in(&self, of: &KpiSum, kpi: &KpiMeasures) -> bool {
        let currency = self.context.currency_of(&kpi.unit, false);
        let unit = if currency.is_some() { self.context.settings.currency.as_str() } else { kpi.unit.as_str() };
        kpi.adds_up && slug::fold(&kpi.id) == slug::fold(&of.id) && slug::fold(unit) == slug::fold(&of.unit)
    }

    /// How revenue spreads over the partners.
    pub fn concentration(&self) -> Explanation {
        let found = &self.measures.portfolio.concentration;
        let [first, .., last] = found.quarters;
        let result = match &found.squares {
            Some(squares) => format!("{} of 1", squares.show(2, &[Exact::ONE])),
            None if !found.missing.is_empty() => missing_rates(&found.missing),
            None => "none, since there is no revenue".to_owned(),
        };
        let mut made = Explanation::new(format!("Concentration of revenue, {} to {}", first.title(), last.title()), result)
            .by("the sum of the squared shares of all partners: 1 where one partner has all of it, near 0 where it is spread over many");
        let currency = &self.context.settings.currency;
        let Some(total) = &found.total else { return made };
        made.input("all revenue", words::with_unit(&words::any(total), currency), Source::Computed);
        let mut terms = Vec::new();
        let mut amounts = Vec::new();
        for share in &found.shares {
            let (Some(entry), Some(measures)) = (self.workspace.partners.get(share.partner), self.measures.partner(share.partner)) else {
                continue;
            };
            let partner = OfPartner::new(self.workspace, entry, measures);
            let shown = words::percent(&share.share);
            terms.push(format!("{}²", share.share.show(3, &[])));
            amounts.push(term(&share.amount));
            made.input(format!("share of {}", entry.name()), shown.clone(), Source::Computed);
            let mut part = Explanation::new(entry.name(), shown.clone()).by("its revenue in the four quarters ÷ all revenue");
            part.worked = format!("{} ÷ {} = {shown}", term(&share.amount), term(total));
            part.parts.extend(partner.revenue(&found.quarters, &share.amount, currency));
            made.part(part);
        }
        if let Some(squares) = &found.squares {
            made.worked = format!("{} = {}", joined(&terms, " + "), squares.show(2, &[Exact::ONE]));
        }
        if amounts.len() > 1 {
            made.note(format!("All revenue: {} = {}.", joined(&amounts, " + "), words::any(total)));
        }
        made
    }
}

impl OfPartner<'_> {
    /// A value of a coarser period or another currency, in the workspace's currency.
    fn in_period(
        &self,
        kpi: &PartnerKpi,
        measured: &KpiMeasures,
        currency: Option<&str>,
        period: Period,
        value: &Exact,
        unit: &str,
    ) -> Explanation {
        let mut made = Explanation::new(self.partner.name(), words::with_unit(&words::any(value), unit));
        let mut terms = Vec::new();
        for part in period.parts(measured.granularity, self.context.fiscal_year_start()) {
            let Some(amount) = measured.listed(part).and_then(|found| self.amount(kpi, measured, found, currency)) else { continue };
            terms.push(amount.term);
            made.inputs.extend(amount.inputs);
        }
        if period.granularity() > measured.granularity {
            made.formula = format!("its {}, {}", plural(measured.granularity), how(measured.aggregate));
        } else {
            made.formula("amount × rate");
        }
        made.worked = equals(&aggregated(measured.aggregate, &terms), &words::any(value));
        made
    }

    /// The revenue of the last four quarters; of the year that ended last where it is kept by the year.
    fn revenue(&self, quarters: &[Period], amount: &Exact, unit: &str) -> Option<Explanation> {
        let (kpi, measured) = self.partner.kpis.iter().zip(&self.measures.kpis).find(|(_, kpi)| kpi.id.eq_ignore_ascii_case("revenue"))?;
        let currency = self.context.currency_of(&measured.unit, true);
        let mut made = Explanation::new("Revenue", words::with_unit(&words::any(amount), unit));
        let mut terms = Vec::new();
        let is_yearly = measured.granularity == Granularity::Year;
        let year = year_of(self.context.quarter, self.context.fiscal_year_start());
        let periods: Vec<Period> = if is_yearly { year.into_iter().collect() } else { quarters.to_vec() };
        for period in periods {
            let complete = measured.money_at(&self.context, currency.unwrap_or_default(), period).ok().flatten();
            if complete.is_none() {
                continue;
            }
            let mut parts = Vec::new();
            for part in period.parts(measured.granularity, self.context.fiscal_year_start()) {
                let Some(amount) = measured.listed(part).and_then(|found| self.amount(kpi, measured, found, currency)) else { continue };
                parts.push(amount.term);
                made.inputs.extend(amount.inputs);
            }
            let is_sum = parts.len() == 1 || measured.aggregate == Aggregate::Sum;
            if is_sum { terms.extend(parts) } else { terms.push(format!("({})", aggregated(measured.aggregate, &parts))) }
        }
        let over = over_time(measured.aggregate);
        made.formula = if is_yearly {
            "it is kept by the year: the year that ended last".to_owned()
        } else {
            format!("the quarters that are complete, {}", how(over))
        };
        let terms = if over == Aggregate::Sum { vec![joined(&terms, " + ")] } else { terms };
        made.worked = equals(&aggregated(over, &terms), &words::any(amount));
        Some(made)
    }
}
