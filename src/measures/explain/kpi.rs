//! A KPI in one period: attainment and status.

use super::series::{Goal, plural, target_of};
use super::wording::term;
use super::{Explanation, Input, OfPartner};
use crate::measures::attainment::{Aim, Formula};
use crate::measures::exact::Exact;
use crate::measures::series::{KpiMeasures, PeriodMeasure};
use crate::measures::status::Status;
use crate::measures::words;
use crate::model::kpi::{Aggregate, Direction};
use crate::model::period::{Granularity, Period};
use crate::text::join;
use crate::workspace::kpis::PartnerKpi;

/// What an attainment is of: all inputs of its formula.
struct Terms {
    aim: Aim,
    baseline: Option<Exact>,
    actual: Exact,
}

impl OfPartner<'_> {
    /// A KPI in a period, by its place among the partner's: attainment, status, trend and declining run. `None` for a place that
    /// there is not, and for a period finer than those in which the KPI is kept.
    pub fn kpi(&self, at: usize, period: Period) -> Option<Explanation> {
        let measured = self.measures.kpis.get(at)?;
        let mut made = self.attained(at, period)?;
        if measured.at(&self.context, period).is_some_and(|found| found.status.is_rated()) {
            made.inputs.extend(self.thresholds());
        }
        made.parts.extend(self.trend(at, period));
        if measured.latest(&self.context).is_some_and(|latest| latest.period == period) && measured.declining_run(&self.context) > 0 {
            made.parts.extend(self.declining_run(at));
        }
        Some(made)
    }

    /// The periods that stand for a KPI, by its place among the partner's: the newest closed one with a value, else the newest; of a
    /// month also its quarter, when that is over.
    pub fn explained(&self, at: usize) -> [Option<Period>; 2] {
        let Some(kpi) = self.measures.kpis.get(at) else { return [None; 2] };
        let latest = self.newest(at);
        let quarter = latest
            .filter(|_| kpi.granularity == Granularity::Month)
            .and_then(|month| month.within(Granularity::Quarter, self.context.fiscal_year_start()))
            .filter(|quarter| self.context.is_closed(*quarter));
        [latest, quarter]
    }

    /// The attainment as a part of another explanation: in full, or by name where its own stands beside.
    pub(super) fn attained_part(&self, at: usize, period: Period) -> Option<Explanation> {
        if !self.side_by_side || !self.explained(at).contains(&Some(period)) {
            return self.attained(at, period);
        }
        let measured = self.measures.kpis.get(at)?;
        let found = measured.at(&self.context, period)?;
        let title = join!(measured.name, " in ", period.title());
        Some(Explanation { elsewhere: Some(at), ..Explanation::new(title, result(self, &found)) })
    }

    /// From where on an attainment is green or yellow.
    pub(super) fn thresholds(&self) -> [Input; 2] {
        let thresholds = self.context.settings.kpi_status;
        [("green", thresholds.green), ("yellow", thresholds.yellow)].map(|(key, threshold)| {
            let shown = join!(words::written(&Exact::from(threshold)), " %");
            Input::new(join!(key, " from"), shown, self.settings(&["kpi_status", key]))
        })
    }

    /// The attainment alone, without what makes a status and a trend of it.
    pub(super) fn attained(&self, at: usize, period: Period) -> Option<Explanation> {
        let (kpi, measured) = (self.partner.kpis.get(at)?, self.measures.kpis.get(at)?);
        let found = measured.at(&self.context, period)?;
        let mut made = Explanation::new(join!(measured.name, " in ", period.title()), result(self, &found));
        let (input, part) = self.actual_of(kpi, measured, &found, "actual");
        made.inputs.push(input);
        made.parts.extend(part);
        let goal = self.goal(kpi, measured, period);
        let baseline = self.aims(&mut made, kpi, measured, &found, goal.as_ref());
        self.work(&mut made, measured, &found, baseline);
        if measured.mixed {
            made.note(format!(
                "Values are written for periods of several lengths. Those of {} count, the others are not looked at.",
                plural(measured.granularity)
            ));
        }
        if measured.coarse_targets && found.target.is_none() && found.range.is_none() {
            made.note("Targets are written for longer periods only. Nobody has said how they spread over shorter ones.");
        }
        Some(made)
    }

    /// The inputs beside the actual; gives the baseline of this period.
    fn aims(
        &self,
        made: &mut Explanation,
        kpi: &PartnerKpi,
        measured: &KpiMeasures,
        found: &PeriodMeasure,
        goal: Option<&Goal>,
    ) -> Option<Exact> {
        let direction = self.definition(kpi, "direction", |own| own.direction.is_some());
        let is_sum = measured.aggregate == Aggregate::Sum && found.period.granularity() > measured.granularity;
        if let Some((lo, hi)) = found.range.as_deref() {
            let shown = |bound: &Exact| words::amount(measured, found, bound);
            made.input("lower bound", shown(lo), direction.clone());
            made.input("upper bound", shown(hi), direction);
            if is_sum {
                made.note(format!("The bounds are those of one part, times the number of {} that count.", plural(measured.granularity)));
            }
            return None;
        }
        match goal {
            Some(goal) => {
                let (input, part) = target_of(measured, found, goal);
                made.inputs.push(input);
                made.parts.extend(part);
            }
            None => made.input("target", "none", self.own(&["kpis", &kpi.id, "target"])),
        }
        if measured.direction == Direction::Lower {
            made.input("direction", "lower is better", direction);
        }
        let written = measured.baseline.as_ref()?;
        let parts = found.period.parts(measured.granularity, self.context.fiscal_year_start());
        let counted = parts.filter(|part| measured.listed(*part).is_some_and(|found| found.actual.is_some())).count();
        let baseline = if is_sum { written * &Exact::from(i64::try_from(counted).unwrap_or(1)) } else { written.clone() };
        made.input("baseline", words::amount(measured, found, &baseline), self.definition(kpi, "baseline", |own| own.baseline.is_some()));
        if is_sum {
            made.note(format!("The baseline is that of one part, times the number of {} that count.", plural(measured.granularity)));
        }
        Some(baseline)
    }

    /// Formula and worked numbers.
    fn work(&self, made: &mut Explanation, measured: &KpiMeasures, found: &PeriodMeasure, baseline: Option<Exact>) {
        let aim = match (measured.direction, found.range.as_deref(), &found.target) {
            (_, Some((lo, hi)), _) => Some(Aim::Within(lo.clone(), hi.clone())),
            (Direction::Lower, None, Some(target)) => Some(Aim::AtMost(target.clone())),
            (_, None, Some(target)) => Some(Aim::AtLeast(target.clone())),
            (_, None, None) => None,
        };
        let terms = aim.zip(found.actual.clone()).map(|(aim, actual)| Terms { aim, baseline, actual });
        let Some(terms) = terms.filter(|_| found.status != Status::Open) else {
            made.note(match found.status {
                Status::Open => join!(found.period.title(), " is not over yet. It is rated once it is."),
                Status::NotApplicable => "It does not apply, so there is nothing to rate.".to_owned(),
                Status::NoTarget => "There is nothing to hold the actual against.".to_owned(),
                _ if found.partial.is_some() => return,
                _ => "The period is over, and nobody has written what was reached.".to_owned(),
            });
            return;
        };
        match Formula::of(&terms.aim, terms.baseline.as_ref(), &terms.actual) {
            Err(reason) => made.note(format!("To get a number, {}.", reason.advice())),
            Ok(formula) => {
                made.formula(formula.words());
                let Some(attained) = &found.attainment else { return };
                made.worked = terms.worked(formula, &words::attainment(&self.context, attained));
                let exact = attained.percent();
                if exact.show(words::PLACES, &[]) != exact.show(words::PLACES, self.context.thresholds.edges()) {
                    made.note(format!("It is {} % exactly, and shown on its side of the threshold.", words::any(&exact)));
                }
            }
        }
    }
}

impl Terms {
    fn worked(&self, formula: Formula, shown: &str) -> String {
        let actual = term(&self.actual);
        let (Aim::AtLeast(target) | Aim::AtMost(target) | Aim::Within(target, _)) = &self.aim;
        let upper = if let Aim::Within(_, hi) = &self.aim { hi } else { target };
        let baseline = self.baseline.clone().unwrap_or_default();
        let (formula, raw) = match formula {
            Formula::Share | Formula::Below => (join!(actual, " ÷ ", term(target)), self.actual.over(target)),
            Formula::Excess => (join!("2 − ", actual, " ÷ ", term(target)), self.actual.over(target).map(|share| Exact::from(2) - share)),
            Formula::Way => {
                let from = term(&baseline);
                (
                    join!("(", actual, " − ", from, ") ÷ (", term(target), " − ", from, ")"),
                    (&self.actual - &baseline).over(&(target - &baseline)),
                )
            }
            Formula::Above => {
                let hi = term(upper);
                let excess = (&self.actual - upper).over(upper);
                (join!("1 − (", actual, " − ", hi, ") ÷ ", hi), excess.map(|excess| Exact::ONE - excess))
            }
            Formula::Zero => {
                let least = if matches!(self.aim, Aim::AtLeast(_)) { "at least" } else { "at most" };
                return join!(words::any(&self.actual), " should be ", least, " 0: ", shown);
            }
            Formula::Inside => {
                return join!(words::any(&self.actual), " lies within ", words::any(target), " and ", words::any(upper), ": ", shown);
            }
        };
        match raw.filter(Exact::is_negative) {
            Some(raw) => join!(formula, " = ", raw.percent().show(words::PLACES, &[]), " %, which counts as ", shown),
            None => join!(formula, " = ", shown),
        }
    }
}

/// The attainment with its status, or why there is none.
pub(super) fn result(of: &OfPartner<'_>, found: &PeriodMeasure) -> String {
    match (&found.attainment, found.status) {
        (Some(attained), status) => join!(words::attainment(&of.context, attained), ", ", status.word()),
        (None, Status::NoFormula(reason)) => join!("no number, since ", reason.reason()),
        (None, status) => match found.partial {
            Some(partial) if status == Status::Missing => format!("partial, {} of {} there", partial.have, partial.of),
            _ => status.word().to_owned(),
        },
    }
}
