//! Return on investment, and amounts of money in general.

use super::sources::of_rate;
use super::wording::{aggregated, equals, term};
use super::{Explanation, Input, OfPartner};
use crate::measures::context::MissingRate;
use crate::measures::exact::Exact;
use crate::measures::returns::VALUE_KPIS;
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::words;
use crate::model::kpi::Aggregate;
use crate::model::period::Period;
use crate::workspace::kpis::PartnerKpi;

/// A value as a term of a formula, and its inputs: the value itself and, where it is converted, the rate.
pub(super) struct Amount {
    pub term: String,
    pub inputs: Vec<Input>,
}

/// Rates that are missing, in words.
pub(super) fn missing_rates(missing: &[MissingRate]) -> String {
    let each: Vec<String> = missing.iter().map(|(currency, period)| format!("{currency} in {}", period.title())).collect();
    format!("no number, since there is no rate for {}", each.join(", "))
}

/// How values add up over time: running totals are not added up.
pub(super) fn over_time(aggregate: Aggregate) -> Aggregate {
    match aggregate {
        total @ (Aggregate::Last | Aggregate::Max) => total,
        _ => Aggregate::Sum,
    }
}

impl OfPartner<'_> {
    /// The return on investment.
    pub fn roi(&self) -> Explanation {
        let found = &self.measures.returns;
        let result = match (&found.roi, &found.multiple) {
            (Some(roi), Some(multiple)) => format!("{}, multiple {}", words::signed_percent(roi), multiple.show(2, &[])),
            _ if !found.missing.is_empty() => missing_rates(&found.missing),
            _ if found.cost.is_none() => "none, since no investment of ours is written".to_owned(),
            _ if found.value.is_none() => "none, since neither `revenue` nor `returns` has a value".to_owned(),
            _ => "none, since nothing is a multiple of a cost of 0 or less".to_owned(),
        };
        let mut made = Explanation::new("Return on investment", result).by("(value − cost) ÷ cost; the multiple is value ÷ cost");
        if let (Some(value), Some(cost), Some(roi)) = (&found.value, &found.cost, &found.roi) {
            let cost = term(cost);
            made.worked = format!("({} − {cost}) ÷ {cost} = {}", term(value), words::signed_percent(roi));
        }
        let common = self.in_one_currency();
        if let Some(value) = &found.value {
            made.input("value", words::with_unit(&words::any(value), &found.currency), super::Source::Computed);
        }
        let ours = self.partner.data.investment.as_ref().and_then(|investment| investment.ours.as_ref());
        match ours {
            None => made.input("cost, our investment", "none", self.own(&["investment", "ours"])),
            Some(money) => {
                let currency = money.currency.as_deref().unwrap_or(&self.context.settings.currency);
                let shown = words::with_unit(&words::written(&Exact::from(money.amount)), currency);
                made.input("cost, our investment", shown, self.own(&["investment", "ours"]));
                if !common && currency != self.context.settings.currency {
                    made.inputs.extend(self.undated_rate(currency));
                    made.note("An investment has no date, so it takes the rate of the period that closed last.");
                }
            }
        }
        let parts = self.value_parts(common);
        made.parts.extend(parts);
        made
    }

    /// True where nothing has to be converted, because values and cost are in one currency.
    fn in_one_currency(&self) -> bool {
        let own = self.context.settings.currency.as_str();
        let cost = self.partner.data.investment.as_ref().and_then(|investment| investment.ours.as_ref());
        let cost = cost.map(|money| money.currency.as_deref().unwrap_or(own));
        let mut all = self.value_kpis().map(|(_, _, currency)| currency).chain(cost);
        let first = all.next();
        first.is_some_and(|first| all.all(|currency| currency == first))
    }

    fn value_kpis(&self) -> impl Iterator<Item = (&PartnerKpi, &KpiMeasures, &str)> {
        let all = self.partner.kpis.iter().zip(&self.measures.kpis);
        let is_value = |kpi: &KpiMeasures| VALUE_KPIS.iter().any(|id| kpi.id.eq_ignore_ascii_case(id));
        all.filter(move |(_, kpi)| is_value(kpi)).filter_map(|(own, kpi)| Some((own, kpi, self.context.currency_of(&kpi.unit, true)?)))
    }

    fn value_parts(&self, common: bool) -> Option<Explanation> {
        let found = &self.measures.returns;
        let result = match &found.value {
            Some(value) => words::with_unit(&words::any(value), &found.currency),
            None => "none".to_owned(),
        };
        let mut made = Explanation::new("Value", result).by("the actuals of `revenue` and `returns` in all periods that have begun");
        let mut terms = Vec::new();
        for (kpi, measured, currency) in self.value_kpis() {
            let begun = |period: &&PeriodMeasure| self.context.has_begun(period.period) && period.actual.is_some();
            let amounts: Vec<Amount> = measured
                .periods
                .iter()
                .filter(begun)
                .filter_map(|period| self.amount(kpi, measured, period, (!common).then_some(currency)))
                .collect();
            if amounts.is_empty() {
                continue;
            }
            let each: Vec<String> = amounts.iter().map(|amount| amount.term.clone()).collect();
            let how = over_time(measured.aggregate);
            if how == Aggregate::Sum {
                terms.extend(each);
            } else {
                made.note(format!("{} is a running total, so its values are not added up.", measured.name));
                terms.push(aggregated(how, &each));
            }
            made.inputs.extend(amounts.into_iter().flat_map(|amount| amount.inputs));
        }
        if made.inputs.is_empty() {
            return None;
        }
        if let Some(value) = &found.value {
            made.worked = equals(&aggregated(Aggregate::Sum, &terms), &words::any(value));
        }
        Some(made)
    }

    /// The amount of one period, converted where a currency is given that is not the workspace's.
    pub(super) fn amount(&self, kpi: &PartnerKpi, measured: &KpiMeasures, found: &PeriodMeasure, currency: Option<&str>) -> Option<Amount> {
        let actual = found.actual.as_ref()?;
        let label = format!("{}, {}", measured.name, found.period.title());
        let mut inputs = vec![Input::new(label, words::amount(measured, found, actual), self.actual(kpi, found.period))];
        let mut amount = term(actual);
        if let Some(currency) = currency.filter(|currency| *currency != self.context.settings.currency) {
            let (shown, input) = self.rate(currency, found.period);
            amount = format!("{amount} × {shown}");
            inputs.push(input);
        }
        Some(Amount { term: amount, inputs })
    }

    fn rate(&self, currency: &str, period: Period) -> (String, Input) {
        let label = format!("rate of {currency}, {}", period.title());
        match self.context.settings.fx.rate_from(currency, period, self.context.fiscal_year_start()) {
            Some((from, rate)) => {
                let shown = words::written(&Exact::from(rate));
                (shown.clone(), Input::new(label, shown, of_rate(self.workspace, from, currency)))
            }
            None => ("no rate".to_owned(), Input::new(label, "missing", super::sources::of_settings(self.workspace, &["fx"], 1))),
        }
    }

    fn undated_rate(&self, currency: &str) -> Option<Input> {
        let fx = &self.context.settings.fx;
        let (from, rate) = fx.latest_from(currency, self.as_of(), self.context.fiscal_year_start())?;
        let shown = words::written(&Exact::from(rate));
        Some(Input::new(format!("rate of {currency}, {}", from.title()), shown, of_rate(self.workspace, from, currency)))
    }
}
