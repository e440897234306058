//! Periods: years, quarters and months as people write them (`2026`, `2026-Q3`, `2026-09`).

use std::fmt;

use jiff::civil::Date;

use crate::content::read::{Read, Reader, short};
use crate::content::scalar::month_name;
use crate::content::yaml::Node;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// A month.
    Month,
    /// A fiscal quarter.
    Quarter,
    /// A fiscal year.
    Year,
}

/// A period. Quarters and years are fiscal ones; which dates they cover depends on the workspace's `fiscal_year_start`.
/// Periods of one granularity sort by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A calendar month, 1 to 12.
    Month(i16, i8),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// A year, named after the calendar year in which it ends.
    Year(i16),
}

impl Period {
    /// Reads `2026`, `2026-Q3` or `2026-09`.
    pub fn parse(text: &str) -> Option<Period> {
        let text = text.trim();
        let year = text.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
        let rest = text.get(4..)?;
        if rest.is_empty() {
            return Some(Period::Year(year));
        }
        let rest = rest.strip_prefix('-')?;
        if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
            return quarter.parse().ok().filter(|q| quarter.len() == 1 && (1..=4).contains(q)).map(|q| Period::Quarter(year, q));
        }
        rest.parse().ok().filter(|m| rest.len() == 2 && (1..=12).contains(m)).map(|m| Period::Month(year, m))
    }

    /// How long it is.
    pub fn granularity(self) -> Granularity {
        match self {
            Period::Month(..) => Granularity::Month,
            Period::Quarter(..) => Granularity::Quarter,
            Period::Year(_) => Granularity::Year,
        }
    }

    /// For people: `Q3 2026`, `Sep 2026`, `2026`.
    pub fn title(self) -> String {
        match self {
            Period::Month(year, month) => format!("{} {year}", month_name(month)),
            Period::Quarter(year, quarter) => format!("Q{quarter} {year}"),
            Period::Year(year) => year.to_string(),
        }
    }

    /// The last day of the period where fiscal years start in `fiscal_year_start` (a month, 1 to 12).
    pub fn last_day(self, fiscal_year_start: i8) -> Option<Date> {
        let (year, month) = match self {
            Period::Month(year, month) => (year, month),
            Period::Quarter(year, quarter) => fiscal_month(year, quarter * 3, fiscal_year_start),
            Period::Year(year) => fiscal_month(year, 12, fiscal_year_start),
        };
        Date::new(year, month, 1).ok().map(Date::last_of_month)
    }

    /// True when its last day is before `as_of`.
    pub fn is_closed(self, as_of: Date, fiscal_year_start: i8) -> bool {
        self.last_day(fiscal_year_start).is_some_and(|last| last < as_of)
    }
}

/// The calendar month of the `nth` month (1 to 12) of a fiscal year, which is named after the year in which it ends.
fn fiscal_month(year: i16, nth: i8, start: i8) -> (i16, i8) {
    let shift = if start == 1 { 0 } else { start - 13 };
    let month = nth + shift;
    if month < 1 { (year - 1, month + 12) } else { (year, month) }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Period::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Period::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Read for Period {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "a period")?;
        let period = Period::parse(text);
        if period.is_none() {
            r.bad_value(&node.span, format!("`{}` is not a period", short(text)), advice());
        }
        period
    }
}

/// What a period looks like.
pub fn advice() -> String {
    "write a year, a quarter or a month: `2026`, `2026-Q3`, `2026-09`".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_shown() {
        for text in ["2026", "2026-Q3", "2026-09"] {
            assert_eq!(Period::parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        for text in ["26", "2026-Q5", "2026-13", "2026-9", "2026Q3", "2026-Q33", "", "20é6"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn fiscal_years_are_named_after_their_end() {
        let last = |text: &str, start| Period::parse(text).and_then(|p| p.last_day(start)).map(|d| d.to_string());
        assert_eq!(last("2026-Q3", 1).as_deref(), Some("2026-09-30"));
        assert_eq!(last("2026", 1).as_deref(), Some("2026-12-31"));
        // Fiscal 2026 runs from July 2025 to June 2026.
        assert_eq!(last("2026", 7).as_deref(), Some("2026-06-30"));
        assert_eq!(last("2026-Q1", 7).as_deref(), Some("2025-09-30"));
        assert_eq!(last("2026-Q4", 7).as_deref(), Some("2026-06-30"));
        assert_eq!(last("2026-Q4", 2).as_deref(), Some("2026-01-31"));
        assert_eq!(last("2024-02", 7).as_deref(), Some("2024-02-29"));
    }
}
