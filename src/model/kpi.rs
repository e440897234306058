//! KPIs: definitions, targets and actuals.

use rust_decimal::Decimal;

use super::period::{Granularity, Period, advice_for};
use crate::content::read::{Field, Read, Reader, short};
use crate::content::yaml::{Node, Value};
use crate::diagnostics::input;
use crate::{record, vocabulary};

vocabulary! {
    /// What a KPI says something about.
    pub enum Category {
        /// Business results.
        Business = "business",
        /// How the work goes.
        Operational = "operational",
        /// How the two sides get on.
        Relationship = "relationship",
        /// Where both want to go.
        Strategic = "strategic",
        /// Money; counts as business in the health score.
        Financial = "financial",
    }
}

vocabulary! {
    /// How finer values become a coarser one.
    pub enum Aggregate {
        /// Added up.
        Sum = "sum",
        /// The last one.
        Last = "last",
        /// Their mean.
        Average = "average",
        /// The least.
        Min = "min",
        /// The greatest.
        Max = "max",
    }
}

vocabulary! {
    /// How often a KPI is measured.
    pub enum Frequency {
        /// Monthly.
        Month = "month",
        /// Quarterly.
        Quarter = "quarter",
        /// Yearly.
        Year = "year",
    }
}

impl Frequency {
    /// The granularity of periods in which values are kept.
    pub fn granularity(self) -> Granularity {
        match self {
            Frequency::Month => Granularity::Month,
            Frequency::Quarter => Granularity::Quarter,
            Frequency::Year => Granularity::Year,
        }
    }
}

vocabulary! {
    /// How binding a target is.
    pub enum Commitment {
        /// Part of the contract.
        Contractual = "contractual",
        /// An aim.
        Aspirational = "aspirational",
    }
}

vocabulary! {
    /// Which side brings it.
    pub enum Flow {
        /// Ours.
        Ours = "ours",
        /// Theirs.
        Theirs = "theirs",
        /// Both together.
        Joint = "joint",
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Best between the two.
    Range(Decimal, Decimal),
}

record! {
    /// The long form of a direction.
    pub struct RangeDirection needs "range" {
        /// The lower and the upper bound between which a value is best.
        range: Vec<Decimal> = Pair,
    }
}

impl Read for Direction {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let help = "write `higher`, `lower`, or `{range: [lo, hi]}`".to_owned();
        if let Value::Map(_) = node.value {
            let found: RangeDirection = r.record(node)?;
            if let [lo, hi] = found.range.as_slice()
                && lo <= hi
            {
                return Some(Direction::Range(*lo, *hi));
            }
            r.bad_value(&node.span, format!("`{}` needs a lower and an upper bound, in this order", r.trail()), help);
            return None;
        }
        let text = r.scalar(node, "a direction")?;
        match text.trim().to_ascii_lowercase().as_str() {
            "higher" => Some(Direction::Higher),
            "lower" => Some(Direction::Lower),
            _ => {
                r.bad_word(node, format!("`{}` is not a direction", short(text)), help, &["higher", "lower"]);
                None
            }
        }
    }
}

/// One value of a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actual {
    /// Measured.
    Value(Decimal),
    /// Not yet known (`null`).
    Unknown,
    /// Does not apply (`n/a`).
    NotApplicable,
}

impl Actual {
    /// Reads a number, `n/a`, or nothing.
    ///
    /// # Errors
    /// Advice on what to write instead.
    pub fn parse(text: &str) -> Result<Actual, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "" | "null" | "~" => Ok(Actual::Unknown),
            "n/a" | "na" => Ok(Actual::NotApplicable),
            _ => crate::content::scalar::decimal(text).map(Actual::Value),
        }
    }

    /// For people and files: the number, `not known` or `n/a`.
    pub fn show(self) -> String {
        match self {
            Actual::Value(number) => crate::content::scalar::grouped(&number),
            Actual::Unknown => "not known".to_owned(),
            Actual::NotApplicable => "n/a".to_owned(),
        }
    }
}

impl serde::Serialize for Actual {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Actual::Value(number) => serde::Serialize::serialize(number, serializer),
            Actual::Unknown => serializer.serialize_none(),
            Actual::NotApplicable => serializer.serialize_str("n/a"),
        }
    }
}

/// Values by period, sorted by period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series<T>(pub Vec<(Period, T)>);

impl<T> Default for Series<T> {
    fn default() -> Self {
        Series(Vec::new())
    }
}

impl<T> Series<T> {
    /// The value of a period.
    pub fn get(&self, period: Period) -> Option<&T> {
        self.0.binary_search_by_key(&period, |(p, _)| *p).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }
    /// Sets the value of a period.
    pub fn insert(&mut self, period: Period, value: T) {
        match self.0.binary_search_by_key(&period, |(p, _)| *p) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (period, value)),
        }
    }
}

impl<T: serde::Serialize> serde::Serialize for Series<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(period, value)| (period, value)))
    }
}

/// Reads a mapping by period; `value` reads one value.
fn series<'n, T>(node: &'n Node<'n>, r: &mut Reader<'n>, value: impl Fn(&'n Node<'n>, &mut Reader<'n>) -> Option<T>) -> Series<T> {
    let mut out = Series(Vec::new());
    let Value::Map(entries) = &node.value else {
        if node.value != Value::Null {
            r.wrong_type(node, "a mapping such as `{2026-Q3: 450000}`", "{2026-Q3: 450000}");
        }
        return out;
    };
    out.0.reserve(entries.len());
    for (key, node) in entries {
        match Period::parse(&key.text) {
            None if r.comma_in_number(key, node) => {}
            None => {
                let meant = Period::meant(&key.text);
                // One that is there already, in whatever form, is not written a second time.
                let others = entries.iter().filter(|(other, _)| other.span != key.span);
                let taken =
                    others.map(|(other, _)| Period::parse(&other.text).or_else(|| Period::meant(&other.text))).any(|other| other == meant);
                let fix = meant.filter(|_| !taken).and_then(|meant| r.fix(&key.span, &key.text, Some(&meant.key())));
                r.report_with(
                    &input::BAD_VALUE,
                    &key.span,
                    format!("`{}` is not a period", short(&key.text)),
                    Some(advice_for(meant)),
                    fix,
                );
            }
            Some(period) => {
                if let Some(value) = r.under(&key.text, |r| value(node, r)) {
                    out.insert(period, value);
                }
            }
        }
    }
    out
}

impl Field for Series<Actual> {
    fn field<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Self {
        series(node, r, |node, r| {
            if node.value == Value::Null {
                return Some(Actual::Unknown);
            }
            match node.text().map(Actual::parse) {
                Some(Ok(actual)) => Some(actual),
                _ => Decimal::read(node, r).map(Actual::Value),
            }
        })
    }
    fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

/// The target of a KPI: one number for all periods, or numbers that each hold from their period until the next one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Target {
    /// Holds always.
    Always(Decimal),
    /// Each holds from its period on.
    From(Series<Decimal>),
}

impl Target {
    /// The target that holds in `period`.
    pub fn at(&self, period: Period) -> Option<Decimal> {
        match self {
            Target::Always(number) => Some(*number),
            Target::From(series) => {
                let same = |p: &Period| p.granularity() == period.granularity();
                series.0.iter().rfind(|(p, _)| same(p) && *p <= period).map(|(_, number)| *number)
            }
        }
    }
}

impl Read for Target {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        if let Value::Map(_) = node.value {
            return Some(Target::From(series(node, r, Decimal::read)));
        }
        Decimal::read(node, r).map(Target::Always)
    }
}

record! {
    /// A KPI: its definition, and at a partner its targets and actuals.
    pub struct Kpi {
        /// What the KPI is called; its id, made readable, where it is left out.
        name: Option<String>,
        /// What the KPI says something about.
        category: Option<Category>,
        /// What is counted: a word, a currency code, or `"%"`.
        unit: Option<String>,
        /// Which way is better: `higher`, `lower`, or best within `{range: [lo, hi]}`.
        direction: Option<Direction>,
        /// How values of months or quarters become one of a longer period; where it is left out, the unit decides.
        aggregate: Option<Aggregate>,
        /// How often the KPI is measured; where it is left out, the values tell.
        frequency: Option<Frequency>,
        /// What should be reached: a number, or numbers by period, each of which holds until the next one.
        target: Option<Target>,
        /// The value from which the partnership started.
        baseline: Option<Decimal>,
        /// How much the KPI counts in its category, next to the others; 1 where it is left out.
        weight: Option<Decimal>,
        /// How binding the target is.
        commitment: Option<Commitment>,
        /// Which side brings what is measured.
        flow: Option<Flow>,
        /// Where the numbers come from, such as the CRM.
        source: Option<String>,
        /// What was reached, by period: a number, nothing where it is not known yet, or `n/a` where it does not apply.
        actuals: Series<Actual>,
    }
}

/// The KPI definitions that every workspace starts with: id, name, category, unit, lower is better.
pub const DEFAULTS: &[(&str, &str, Category, &str, bool)] = &[
    ("revenue", "Revenue generated", Category::Business, "", false),
    ("customers", "Customers acquired", Category::Business, "customers", false),
    ("leads", "Leads", Category::Business, "leads", false),
    ("lead-conversion", "Lead conversion", Category::Business, "%", false),
    ("awareness", "Awareness", Category::Business, "%", false),
    ("integration-adoption", "Integration adoption", Category::Operational, "customers", false),
    ("co-marketing", "Co-marketing campaigns", Category::Operational, "campaigns", false),
    ("referrals-given", "Referrals given", Category::Operational, "referrals", false),
    ("referrals-received", "Referrals received", Category::Operational, "referrals", false),
    ("support-tickets", "Support tickets", Category::Operational, "tickets", true),
    ("satisfaction", "Partner satisfaction", Category::Relationship, "points", false),
    ("meeting-attendance", "Meeting attendance", Category::Relationship, "%", false),
    ("issue-resolution-days", "Days to resolve an issue", Category::Relationship, "days", true),
    ("joint-activity-completion", "Joint activities completed", Category::Relationship, "%", false),
    ("roi", "Return on investment", Category::Financial, "%", false),
    ("cost-per-customer", "Cost per customer", Category::Financial, "", true),
    ("partner-profitability", "Partner profitability", Category::Financial, "%", false),
    ("priority-alignment", "Alignment of priorities", Category::Strategic, "points", false),
    ("vision-alignment", "Alignment of vision", Category::Strategic, "points", false),
    ("mutual-value", "Mutual value", Category::Strategic, "points", false),
];

/// What a unit says about how values may be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Percentages.
    Percent,
    /// Points on a scale.
    Points,
    /// Durations.
    Time,
    /// Anything else: money, and things that are counted.
    Other,
}

impl UnitKind {
    /// What a unit says; words ignore case.
    pub fn of(unit: &str) -> UnitKind {
        match unit.trim().to_lowercase().as_str() {
            "percent" | "per cent" => UnitKind::Percent,
            share if share.contains('%') => UnitKind::Percent,
            "point" | "points" | "score" | "stars" | "nps" => UnitKind::Points,
            "second" | "seconds" | "minute" | "minutes" | "hour" | "hours" | "day" | "days" | "week" | "weeks" | "month" | "months"
            | "quarter" | "quarters" | "year" | "years" => UnitKind::Time,
            _ => UnitKind::Other,
        }
    }
}

impl Kpi {
    /// One of the [`DEFAULTS`], with money in `currency`.
    pub fn default_of(id: &str, currency: &str) -> Option<Kpi> {
        let (id, name, category, unit, lower) = DEFAULTS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(id))?;
        Some(Kpi {
            name: Some((*name).to_owned()),
            category: Some(*category),
            unit: Some(if unit.is_empty() { currency } else { unit }.to_owned()),
            direction: Some(if *lower { Direction::Lower } else { Direction::Higher }),
            // What their units do not tell: a price, and a stock.
            aggregate: match *id {
                "cost-per-customer" => Some(Aggregate::Average),
                "integration-adoption" => Some(Aggregate::Last),
                _ => None,
            },
            ..Kpi::default()
        })
    }

    /// How finer values become a coarser one. Where nobody says, the unit does: percentages and durations have a mean,
    /// points are read at the end, and everything else is a count or money and is added up.
    pub fn aggregation(&self) -> Aggregate {
        self.aggregate.unwrap_or_else(|| match UnitKind::of(self.unit.as_deref().unwrap_or_default()) {
            UnitKind::Percent | UnitKind::Time => Aggregate::Average,
            UnitKind::Points => Aggregate::Last,
            UnitKind::Other => Aggregate::Sum,
        })
    }

    /// True where the values of several partners can be added up: counts and money, but no percentages, points, durations,
    /// means and extremes.
    pub fn adds_up(&self) -> bool {
        let unit = UnitKind::of(self.unit.as_deref().unwrap_or_default());
        unit == UnitKind::Other && matches!(self.aggregation(), Aggregate::Sum | Aggregate::Last)
    }

    /// This KPI with what it leaves open taken from `base`. Actuals are never inherited.
    #[must_use]
    pub fn or(&self, base: &Kpi) -> Kpi {
        Kpi {
            name: self.name.clone().or_else(|| base.name.clone()),
            category: self.category.or(base.category),
            unit: self.unit.clone().or_else(|| base.unit.clone()),
            direction: self.direction.or(base.direction),
            aggregate: self.aggregate.or(base.aggregate),
            frequency: self.frequency.or(base.frequency),
            target: self.target.clone().or_else(|| base.target.clone()),
            baseline: self.baseline.or(base.baseline),
            weight: self.weight.or(base.weight),
            commitment: self.commitment.or(base.commitment),
            flow: self.flow.or(base.flow),
            source: self.source.clone().or_else(|| base.source.clone()),
            actuals: self.actuals.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_holds_until_the_next_one() {
        let at = |text: &str| Period::parse(text).unwrap_or(Period::Year(0));
        let target = Target::From(Series(vec![(at("2026-Q1"), Decimal::from(8)), (at("2026-Q3"), Decimal::from(9))]));
        assert_eq!(target.at(at("2025-Q4")), None);
        assert_eq!(target.at(at("2026-Q2")), Some(Decimal::from(8)));
        assert_eq!(target.at(at("2027-Q1")), Some(Decimal::from(9)));
        assert_eq!(target.at(at("2026")), None, "another granularity");
    }

    #[test]
    fn units_tell_how_values_are_put_together() {
        let kpi = |id: &str| Kpi::default_of(id, "USD").unwrap();
        assert_eq!((kpi("revenue").aggregation(), kpi("leads").aggregation()), (Aggregate::Sum, Aggregate::Sum));
        assert_eq!((kpi("awareness").aggregation(), kpi("issue-resolution-days").aggregation()), (Aggregate::Average, Aggregate::Average));
        assert_eq!((kpi("Cost-per-customer").aggregation(), kpi("satisfaction").aggregation()), (Aggregate::Average, Aggregate::Last));
        let adding: Vec<&str> = DEFAULTS.iter().map(|(id, ..)| *id).filter(|id| kpi(id).adds_up()).collect();
        let all = [
            "revenue",
            "customers",
            "leads",
            "integration-adoption",
            "co-marketing",
            "referrals-given",
            "referrals-received",
            "support-tickets",
        ];
        assert_eq!(adding, all);
        let own = Kpi { unit: Some("%".to_owned()), aggregate: Some(Aggregate::Last), ..Kpi::default() };
        assert_eq!(own.aggregation(), Aggregate::Last, "what is written goes first");
        assert_eq!(UnitKind::of("% of quota"), UnitKind::Percent);
    }
}
