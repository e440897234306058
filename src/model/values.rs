//! Small values that many records share: money, intervals, things that are done or due.

use jiff::Span as Duration;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::content::read::{Read, Reader, short};
use crate::content::yaml::{Node, Value};
use crate::content::{meant, scalar};
use crate::diagnostics::input;
use crate::{record, vocabulary};

record! {
    /// An amount with its currency, the long form of money.
    pub struct LongMoney needs "amount" {
        /// The amount, in units of the currency.
        amount: Option<Decimal>,
        /// A currency code such as `EUR`; the workspace's own where it is left out.
        currency: Option<String>,
    }
}

/// Money: a plain number in the workspace's currency, or `{amount: 900000, currency: EUR}`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Money {
    /// The amount, in units of the currency.
    pub amount: Decimal,
    /// The currency code; `None` is the workspace's currency.
    pub currency: Option<String>,
}

impl Read for Money {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        if let Value::Map(_) = node.value {
            let long: LongMoney = r.record(node)?;
            if node.get("amount").is_none_or(|amount| amount.value == Value::Null) {
                let message = format!("`{}` has no amount", r.trail());
                r.bad_value(&node.span, message, "write `{amount: 900000, currency: EUR}`".to_owned());
            }
            return long.amount.map(|amount| Money { amount, currency: long.currency.map(|code| code.to_uppercase()) });
        }
        Decimal::read(node, r).map(|amount| Money { amount, currency: None })
    }
}

impl Money {
    /// `EUR 900,000`, in `default` where it names no currency.
    pub fn show(&self, default: &str) -> String {
        format!("{} {}", self.currency.as_deref().unwrap_or(default), scalar::grouped(&self.amount))
    }
}

/// Whether something is done: a date, or just yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Done, on this day.
    On(Date),
    /// Done, nobody wrote when.
    Yes,
    /// Not done.
    No,
}

impl Done {
    /// The day, where it is known.
    pub fn date(self) -> Option<Date> {
        match self {
            Done::On(date) => Some(date),
            _ => None,
        }
    }
    /// True when it is done.
    pub fn is_done(self) -> bool {
        self != Done::No
    }
}

impl Read for Done {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "a date")?;
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(Done::Yes),
            "false" | "no" => Some(Done::No),
            _ => Date::read(node, r).map(Done::On),
        }
    }
}

impl serde::Serialize for Done {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Done::On(date) => serializer.collect_str(date),
            Done::Yes => serializer.serialize_bool(true),
            Done::No => serializer.serialize_bool(false),
        }
    }
}

/// A day, or a time after the launch: `2026-05-20`, `30d`, `6m`, `1y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// On this day.
    On(Date),
    /// So many days, weeks, months or years (`d`, `w`, `m`, `y`) after the launch.
    After(u16, char),
}

impl Due {
    /// The day, given the day of the launch. `None` without one, or past the end of the calendar.
    pub fn date(self, launch: Option<Date>) -> Option<Date> {
        match self {
            Due::On(date) => Some(date),
            Due::After(n, unit) => {
                let span = match unit {
                    'd' => Duration::new().try_days(n),
                    'w' => Duration::new().try_weeks(n),
                    'm' => Duration::new().try_months(n),
                    _ => Duration::new().try_years(n),
                };
                launch?.checked_add(span.ok()?).ok()
            }
        }
    }

    /// `90 days after launch`, or the date.
    pub fn show(self) -> String {
        match self {
            Due::On(date) => scalar::human_date(date),
            Due::After(n, unit) => {
                let word = match unit {
                    'd' => "day",
                    'w' => "week",
                    'm' => "month",
                    _ => "year",
                };
                format!("{n} {word}{} after launch", if n == 1 { "" } else { "s" })
            }
        }
    }
}

impl Read for Due {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "a date, or a time after the launch")?.trim();
        let unit = text.chars().next_back().filter(|unit| matches!(unit, 'd' | 'w' | 'm' | 'y'));
        if let Some(unit) = unit
            && let Ok(n) = text[..text.len() - 1].trim().parse()
        {
            return Some(Due::After(n, unit));
        }
        if let Ok(date) = scalar::date(text) {
            return Some(Due::On(date));
        }
        let message = format!("`{}` takes a date or a time after the launch, not `{}`", r.trail(), short(text));
        let date = meant::date(text).map(|date| date.to_string());
        let help = "write `2026-05-20`, or `30d`, `90d`, `6m`, `1y`".to_owned();
        r.misread(&input::BAD_VALUE, node, message, Some(help), date.as_deref());
        None
    }
}

impl serde::Serialize for Due {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Due::On(date) => serializer.collect_str(date),
            Due::After(n, unit) => serializer.collect_str(&format_args!("{n}{unit}")),
        }
    }
}

vocabulary! {
    /// How often something happens.
    pub enum Interval {
        /// Daily.
        Day = "day",
        /// Weekly.
        Week = "week",
        /// Every two weeks.
        Fortnight = "fortnight",
        /// Monthly.
        Month = "month",
        /// Quarterly.
        Quarter = "quarter",
        /// Twice a year.
        HalfYear = "half-year",
        /// Yearly.
        Year = "year",
    }
}

/// High, medium or low; written as a letter or a word: `H`, `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Level {
    /// Low.
    L,
    /// Medium.
    M,
    /// High.
    H,
}

impl Level {
    /// The whole word.
    pub fn title(self) -> &'static str {
        match self {
            Level::L => "Low",
            Level::M => "Medium",
            Level::H => "High",
        }
    }
}

impl Read for Level {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "L, M or H")?;
        match text.trim().to_ascii_lowercase().as_str() {
            "l" | "low" => Some(Level::L),
            "m" | "medium" => Some(Level::M),
            "h" | "high" => Some(Level::H),
            _ => {
                let message = format!("`{}` is not a value of `{}`", short(text), r.trail());
                r.bad_word(node, message, "write `L`, `M` or `H`".to_owned(), &["low", "medium", "high"]);
                None
            }
        }
    }
}

record! {
    /// Something that somebody has to do.
    pub struct Action short "text" {
        /// What is to be done.
        text: Option<String>,
        /// Who does it: a person's id, or a name.
        owner: Option<String> = Person,
        /// Until when it should be done.
        due: Option<Date>,
        /// When it was done: a date, or yes or no.
        done: Option<Done>,
    }
}

impl Action {
    /// True until it is done.
    pub fn is_open(&self) -> bool {
        !self.done.is_some_and(Done::is_done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milestones_count_from_the_launch() {
        let launch = scalar::date("2026-01-31").ok();
        let due = |n, unit| Due::After(n, unit).date(launch).map(|d| d.to_string());
        assert_eq!(due(1, 'm').as_deref(), Some("2026-02-28"));
        assert_eq!(due(90, 'd').as_deref(), Some("2026-05-01"));
        assert_eq!(due(65_535, 'y'), None, "past the calendar's end");
        assert_eq!(Due::After(1, 'y').date(None), None);
    }
}
