//! Trends and declining runs.

use super::series::plural;
use super::wording::term;
use super::{Explanation, OfPartner, Source};
use crate::measures::exact::Exact;
use crate::measures::series::KpiMeasures;
use crate::measures::trend::{Tendency, Trend, distance};
use crate::measures::words;
use crate::model::kpi::Direction;
use crate::model::period::Period;
use crate::text::join;

/// A trend as pages show it.
pub(super) fn shown(kpi: &KpiMeasures, trend: Option<&Trend>) -> String {
    match trend {
        None => "none".to_owned(),
        Some(Trend { tendency, change: None }) => tendency.word().to_owned(),
        Some(Trend { tendency, change: Some(change) }) => join!(tendency.word(), " ", words::change(kpi, change)),
    }
}

impl OfPartner<'_> {
    /// The trend of a KPI in a period, by the KPI's place among the partner's. `None` where there is nothing to compare: in an open
    /// period, and without a value.
    pub fn trend(&self, at: usize, period: Period) -> Option<Explanation> {
        let (kpi, measured) = (self.partner.kpis.get(at)?, self.measures.kpis.get(at)?);
        let found = measured.at(&self.context, period)?;
        let actual = found.actual.as_ref().filter(|_| self.context.is_closed(period))?;
        let earlier = period.previous();
        let mut made = Explanation::new("Trend", shown(measured, found.trend.as_ref()));
        let before = measured.at(&self.context, earlier);
        let Some((before, value)) = before.as_ref().and_then(|before| Some((before, before.actual.as_ref()?))) else {
            made.note(match found.trend {
                Some(_) => "It is the first value there is.".to_owned(),
                None => join!("There is no value for ", earlier.title(), ", the period before, to compare with."),
            });
            return Some(made);
        };
        for (found, label) in [(&found, "actual"), (before, "value before")] {
            let label = join!(label, ", ", found.period.title());
            let (input, part) = self.actual_of(kpi, measured, found, &label);
            made.inputs.push(input);
            // How the actual itself is put together stands beside it already.
            made.parts.extend(part.filter(|_| found.period != period));
        }
        let tendency = found.trend.as_ref().map_or(Tendency::Stable, |trend| trend.tendency);
        let change = found.trend.as_ref().and_then(|trend| trend.change.as_ref()).map(|change| words::change(measured, change));
        let change = change.unwrap_or_default();
        let (actual, from) = (actual.clone(), value.clone());
        made.worked = if from.is_zero() {
            made.formula("actual − value before, since nothing is a share of 0; any change counts");
            join!(term(&actual), " − 0 = ", change, ", ", tendency.word())
        } else {
            let unsigned = if from.is_negative() { " without its sign" } else { "" };
            made.formula(join!("(actual − value before) ÷ value before", unsigned, "; within 2 % it is stable"));
            join!("(", term(&actual), " − ", term(&from), ") ÷ ", words::any(&from.abs()), " = ", change, ", ", tendency.word())
        };
        match (measured.direction, found.range.as_deref()) {
            (Direction::Lower, _) => {
                made.input("direction", "lower is better", self.definition(kpi, "direction", |own| own.direction.is_some()));
                made.note("Less is better here. The number says how the value moved, the word whether that is good.");
            }
            (_, Some((lo, hi))) => {
                let range = words::target(measured, &found).unwrap_or_default();
                made.input("range", range, self.definition(kpi, "direction", |own| own.direction.is_some()));
                let away = |value: &Exact| words::any(&distance(lo, hi, value));
                made.note(format!(
                    "In a range, the word says whether the value came nearer to it: it was {} away and is {} away now.",
                    away(&from),
                    away(&actual)
                ));
            }
            _ => {}
        }
        Some(made)
    }

    /// The declining run of a KPI up to its newest value.
    pub fn declining_run(&self, at: usize) -> Option<Explanation> {
        let (kpi, measured) = (self.partner.kpis.get(at)?, self.measures.kpis.get(at)?);
        let latest = measured.latest(&self.context)?;
        let run = measured.declining_run(&self.context);
        let result = match run {
            0 => "none".to_owned(),
            1 => "1 decline".to_owned(),
            _ => format!("{run} declines in a row"),
        };
        let mut made = Explanation::new("Declining run", result).by(join!(
            "closed ",
            plural(measured.granularity),
            " in a row, each worse than the one before by more than 2 %"
        ));
        let first = latest.period.ordinal() - i32::try_from(run).unwrap_or(0);
        let mut values = Vec::new();
        for ordinal in first..=latest.period.ordinal() {
            let period = Period::from_ordinal(measured.granularity, ordinal);
            let Some((found, actual)) = measured.listed(period).and_then(|found| Some((found, found.actual.as_ref()?))) else { continue };
            values.push(words::number(measured, found, actual));
            made.input(period.title(), words::amount(measured, found, actual), self.actual(kpi, period));
        }
        made.worked = values.join(" → ");
        if made.inputs.is_empty() {
            made.input("values", "none", Source::Computed);
        }
        Some(made)
    }
}
