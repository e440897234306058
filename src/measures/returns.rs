//! What a partner has brought for what was put in.

use super::coarser::aggregate;
use super::context::{Context, MissingRate};
use super::exact::Exact;
use super::series::KpiMeasures;
use crate::model::kpi::Aggregate;
use crate::model::partner::Partner;

/// The KPIs whose actuals are the value of a partner.
pub const VALUE_KPIS: [&str; 2] = ["revenue", "returns"];

/// Return on investment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Returns {
    /// The currency of value and cost: the one in which both are written, else the workspace's.
    pub currency: String,
    /// The actuals of the KPIs `revenue` and `returns` of all periods that have begun. `None` where there are none.
    pub value: Option<Exact>,
    /// What we have put in: `investment.ours`.
    pub cost: Option<Exact>,
    /// `(value − cost) / cost`, as a fraction; `None` unless the cost is above 0.
    pub roi: Option<Exact>,
    /// `value / cost`; `None` unless the cost is above 0.
    pub multiple: Option<Exact>,
    /// The rates that are missing; where there are any, there are no numbers.
    pub missing: Vec<MissingRate>,
}

impl Returns {
    /// The return of a partner. Amounts of a period are converted at the rate of that period, the investment, which has no
    /// date, at the latest closed one; nothing is converted where all of it is in one currency.
    ///
    /// A KPI whose values are running totals (aggregate `last` or `max`) gives its last or greatest value, any other the sum.
    pub fn new(context: &Context<'_>, partner: &Partner, kpis: &[KpiMeasures]) -> Returns {
        let own = &context.settings.currency;
        let is_value = |kpi: &&KpiMeasures| VALUE_KPIS.iter().any(|id| kpi.id.eq_ignore_ascii_case(id));
        let values: Vec<(&KpiMeasures, &str)> =
            kpis.iter().filter(is_value).filter_map(|kpi| Some((kpi, context.currency_of(&kpi.unit, true)?))).collect();
        let ours = partner.investment.as_ref().and_then(|investment| investment.ours.as_ref());
        let cost = ours.map(|money| (Exact::from(money.amount), money.currency.as_ref().unwrap_or(own).as_str()));
        let mut currencies = values.iter().map(|(_, currency)| *currency).chain(cost.as_ref().map(|(_, currency)| *currency));
        let first = currencies.next();
        let common = first.filter(|first| currencies.all(|currency| currency == *first));

        let mut missing = Vec::new();
        let mut keep = |converted: Result<Exact, MissingRate>| converted.map_err(|rate| missing.push(rate)).ok();
        let cost = cost
            .and_then(|(amount, currency)| keep(if common.is_some() { Ok(amount) } else { context.convert_undated(&amount, currency) }));
        let mut sums = Vec::new();
        for (kpi, currency) in values {
            let measured = kpi.periods.iter().filter(|measure| context.has_begun(measure.period));
            let amounts: Vec<Exact> = measured
                .filter_map(|measure| {
                    let actual = measure.actual.as_ref()?;
                    keep(if common.is_some() { Ok(actual.clone()) } else { context.convert(actual, currency, measure.period) })
                })
                .collect();
            let how = match kpi.aggregate {
                total @ (Aggregate::Last | Aggregate::Max) => total,
                _ => Aggregate::Sum,
            };
            sums.extend(aggregate(how, &amounts));
        }
        missing.sort();
        missing.dedup();
        let currency = common.unwrap_or(own).to_owned();
        if !missing.is_empty() {
            return Returns { currency, missing, ..Returns::default() };
        }
        let value = aggregate(Aggregate::Sum, &sums);
        let multiple = value.as_ref().zip(cost.as_ref().filter(|cost| **cost > Exact::ZERO)).and_then(|(value, cost)| value.over(cost));
        Returns { currency, roi: multiple.as_ref().map(|multiple| multiple - &Exact::ONE), multiple, value, cost, missing }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, partner, settings};
    use super::*;

    fn returns(own: &str, front_matter: &str) -> String {
        let settings = settings(own);
        let context = Context::new(&settings, day("2026-11-20"));
        let partner = partner(&settings, front_matter);
        let kpis: Vec<KpiMeasures> = partner.kpis.iter().map(|kpi| KpiMeasures::new(&context, kpi)).collect();
        let found = Returns::new(&context, &partner.data, &kpis);
        let show = |number: Option<Exact>| number.map_or("-".to_owned(), |number| number.show(1, &[]));
        let missing: Vec<String> = found.missing.iter().map(|(currency, period)| format!(" {currency} {period}?")).collect();
        let roi = show(found.roi.map(|roi| roi.percent()));
        format!("{} of {} {}: {roi} %, {}×{}", show(found.value), show(found.cost), found.currency, show(found.multiple), missing.concat())
    }

    const REVENUE: &str =
        "kpis: {Revenue: {actuals: {2026-Q2: 100, 2026-Q3: 150, 2026-Q4: 50, 2027-Q1: 9}}, returns: {unit: USD, actuals: {2025: 60}}}";

    #[test]
    fn value_for_cost() {
        assert_eq!(returns("", &format!("investment: {{ours: 120}}\n{REVENUE}")), "360 of 120 USD: 200 %, 3×");
        assert_eq!(returns("", "investment: {ours: 400}\nkpis: {revenue: {actuals: {2026-Q3: 100}}}"), "100 of 400 USD: −75 %, 0.3×");
        let total = "investment: {ours: 50}\nkpis: {revenue: {aggregate: last, actuals: {2026-Q2: 80, 2026-Q3: 100}}}";
        assert_eq!(returns("", total), "100 of 50 USD: 100 %, 2×", "a running total is not added up");
    }

    #[test]
    fn without_a_cost_or_a_value_there_is_none() {
        assert_eq!(returns("", &format!("investment: {{ours: 0}}\n{REVENUE}")), "360 of 0 USD: - %, -×");
        assert_eq!(returns("", REVENUE), "360 of - USD: - %, -×");
        assert_eq!(returns("", "investment: {ours: 5}\nkpis: {revenue: {target: 5}}"), "- of 5 USD: - %, -×");
        assert_eq!(returns("", "investment: {ours: -5}\nkpis: {revenue: {unit: deals, actuals: {2026-Q3: 4}}}"), "- of −5 USD: - %, -×");
    }

    #[test]
    fn money_is_converted_where_it_must_be() {
        let euro = "kpis: {revenue: {unit: EUR, actuals: {2026-Q2: 100, 2026-Q3: 100}}}";
        let both = format!("investment: {{ours: {{amount: 50, currency: EUR}}}}\n{euro}");
        assert_eq!(returns("", &both), "200 of 50 EUR: 300 %, 4×", "no rate is needed");
        let mixed = format!("investment: {{ours: 50}}\n{euro}");
        assert_eq!(returns("", &mixed), "- of - USD: - %, -× EUR 2026-Q2? EUR 2026-Q3?");
        assert_eq!(returns("fx: {2026-Q2: {EUR: 1}, 2026-Q3: {EUR: 2}}", &mixed), "300 of 50 USD: 500 %, 6×");
        let cost = "investment: {ours: {amount: 50, currency: EUR}}\nkpis: {revenue: {actuals: {2026-Q3: 200}}}";
        assert_eq!(returns("fx: {2026-Q2: {EUR: 2}, 2026-Q4: {EUR: 9}}", cost), "200 of 100 USD: 100 %, 2×", "the latest closed rate");
        assert_eq!(returns("", cost), "- of - USD: - %, -× EUR 2026-Q3?");
    }
}
