//! Periods: years, quarters and months as people write them (`2026`, `2026-Q3`, `2026-09`).

use std::fmt;

use jiff::civil::Date;

use crate::content::meant;
use crate::content::read::{Read, Reader, short};
use crate::content::scalar::{month_name, write_number};
use crate::content::yaml::Node;
use crate::diagnostics::input;

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
        rest.parse().ok().filter(|m| rest.len() == 2 && !rest.starts_with('+') && (1..=12).contains(m)).map(|m| Period::Month(year, m))
    }

    /// The period that is meant by a text in another form, where it can be read in one way only: `Q3 2026`, `2026Q3`, `2026/09`,
    /// `Sep 2026`. `2026-3` could be a month or a quarter.
    pub fn meant(text: &str) -> Option<Period> {
        let lower = text.trim().to_ascii_lowercase();
        let parts: Vec<&str> = match lower.split_once(['-', '/', ' ', '.']) {
            Some((first, second)) => vec![first, second],
            // `2026q3` and `q32026`
            None if lower.is_ascii() && lower.len() == 6 && lower.contains('q') => {
                let (first, second) = lower.split_at(if lower.starts_with('q') { 2 } else { 4 });
                vec![first, second]
            }
            None => return None,
        };
        let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        let (year, other) = match parts.as_slice() {
            [year, other] if is_year(year) => (year, other),
            [other, year] if is_year(year) => (year, other),
            _ => return None,
        };
        let part = match other.strip_prefix('q') {
            Some(_) => (*other).to_owned(),
            None if other.len() == 2 && other.bytes().all(|b| b.is_ascii_digit()) => (*other).to_owned(),
            None => format!("{:02}", meant::month(other)?),
        };
        Period::parse(&format!("{year}-{part}"))
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
        let mut out = String::with_capacity(8);
        self.write_title(&mut out);
        out
    }

    /// Writes it for people.
    pub fn write_title(self, out: &mut String) {
        let year = match self {
            Period::Month(year, month) => {
                out.push_str(month_name(month));
                out.push(' ');
                year
            }
            Period::Quarter(year, quarter) => {
                out.push('Q');
                write_number(out, i32::from(quarter), 1);
                out.push(' ');
                year
            }
            Period::Year(year) => year,
        };
        write_number(out, i32::from(year), 1);
    }

    /// As it is written in files: `2026`, `2026-Q3`, `2026-09`.
    pub fn key(self) -> String {
        let mut out = String::with_capacity(8);
        self.write_key(&mut out);
        out
    }

    /// Writes it as it is written in files.
    pub fn write_key(self, out: &mut String) {
        match self {
            Period::Month(year, month) => {
                write_number(out, i32::from(year), 4);
                out.push('-');
                write_number(out, i32::from(month), 2);
            }
            Period::Quarter(year, quarter) => {
                write_number(out, i32::from(year), 4);
                out.push_str("-Q");
                write_number(out, i32::from(quarter), 1);
            }
            Period::Year(year) => write_number(out, i32::from(year), 4),
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

    /// Its first day, where fiscal years start in `fiscal_year_start`.
    pub fn first_day(self, fiscal_year_start: i8) -> Option<Date> {
        let (year, month) = match self {
            Period::Month(year, month) => (year, month),
            Period::Quarter(year, quarter) => fiscal_month(year, quarter * 3 - 2, fiscal_year_start),
            Period::Year(year) => fiscal_month(year, 1, fiscal_year_start),
        };
        Date::new(year, month, 1).ok()
    }

    /// True when its last day is before `as_of`.
    pub fn is_closed(self, as_of: Date, fiscal_year_start: i8) -> bool {
        self.last_day(fiscal_year_start).is_some_and(|last| last < as_of)
    }

    /// The number of the period in the row of all periods of its granularity, counted from the year 0.
    pub fn ordinal(self) -> i32 {
        match self {
            Period::Month(year, month) => i32::from(year) * 12 + i32::from(month) - 1,
            Period::Quarter(year, quarter) => i32::from(year) * 4 + i32::from(quarter) - 1,
            Period::Year(year) => i32::from(year),
        }
    }

    /// The period with this [`ordinal`](Period::ordinal); the nearest one there is where it lies beyond all years.
    pub fn from_ordinal(granularity: Granularity, ordinal: i32) -> Period {
        let parts = match granularity {
            Granularity::Month => 12,
            Granularity::Quarter => 4,
            Granularity::Year => 1,
        };
        let ordinal = ordinal.clamp(i32::from(i16::MIN) * parts, i32::from(i16::MAX) * parts + parts - 1);
        let year = i16::try_from(ordinal.div_euclid(parts)).unwrap_or(i16::MAX);
        let part = i8::try_from(ordinal.rem_euclid(parts) + 1).unwrap_or(1);
        match granularity {
            Granularity::Month => Period::Month(year, part),
            Granularity::Quarter => Period::Quarter(year, part),
            Granularity::Year => Period::Year(year),
        }
    }

    /// The period of the same granularity before this one.
    #[must_use]
    pub fn previous(self) -> Period {
        Period::from_ordinal(self.granularity(), self.ordinal() - 1)
    }

    /// The period of the same granularity after this one.
    #[must_use]
    pub fn next(self) -> Period {
        Period::from_ordinal(self.granularity(), self.ordinal() + 1)
    }

    /// The period of a granularity in which this one lies; `None` where that granularity is finer than its own.
    pub fn within(self, granularity: Granularity, fiscal_year_start: i8) -> Option<Period> {
        // The ordinal of the fiscal month, as if fiscal years were calendar years.
        let last_month = match self {
            Period::Month(..) => self.ordinal() - i32::from(fiscal_shift(fiscal_year_start)),
            Period::Quarter(..) => self.ordinal() * 3 + 2,
            Period::Year(_) => self.ordinal() * 12 + 11,
        };
        match granularity {
            _ if granularity < self.granularity() => None,
            _ if granularity == self.granularity() => Some(self),
            Granularity::Month => None,
            Granularity::Quarter => Some(Period::from_ordinal(granularity, last_month.div_euclid(3))),
            Granularity::Year => Some(Period::from_ordinal(granularity, last_month.div_euclid(12))),
        }
    }

    /// The periods of a finer granularity that it is made of, in order; itself for its own, none for a coarser one.
    pub fn parts(self, granularity: Granularity, fiscal_year_start: i8) -> impl Iterator<Item = Period> {
        let shift = i32::from(fiscal_shift(fiscal_year_start));
        let (first, count) = match (self, granularity) {
            (Period::Year(_), Granularity::Quarter) => (self.ordinal() * 4, 4),
            (Period::Year(_), Granularity::Month) => (self.ordinal() * 12 + shift, 12),
            (Period::Quarter(..), Granularity::Month) => (self.ordinal() * 3 + shift, 3),
            _ if granularity == self.granularity() => (self.ordinal(), 1),
            _ => (0, 0),
        };
        (first..first + count).map(move |ordinal| Period::from_ordinal(granularity, ordinal))
    }

    /// The period of a granularity in which a day lies.
    pub fn of_day(granularity: Granularity, day: Date, fiscal_year_start: i8) -> Period {
        let month = Period::Month(day.year(), day.month());
        month.within(granularity, fiscal_year_start).unwrap_or(month)
    }

    /// The latest period of a granularity whose last day is before `as_of`.
    pub fn latest_closed(granularity: Granularity, as_of: Date, fiscal_year_start: i8) -> Period {
        Period::of_day(granularity, as_of, fiscal_year_start).previous()
    }
}

/// From calendar months to fiscal ones: fiscal years start so many months after the calendar year of the same name; 0 or below.
fn fiscal_shift(start: i8) -> i8 {
    if start == 1 { 0 } else { start - 13 }
}

/// The calendar month of the `nth` month (1 to 12) of a fiscal year, which is named after the year in which it ends.
fn fiscal_month(year: i16, nth: i8, start: i8) -> (i16, i8) {
    let month = nth + fiscal_shift(start);
    if month < 1 { (year.saturating_sub(1), month + 12) } else { (year, month) }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl Read for Period {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "a period")?;
        let period = Period::parse(text);
        if period.is_none() {
            let meant = Period::meant(text);
            let message = format!("`{}` is not a period", short(text));
            r.misread(&input::BAD_VALUE, node, message, Some(advice_for(meant)), meant.map(Period::key).as_deref());
        }
        period
    }
}

/// What a period looks like.
pub fn advice() -> String {
    "write a year, a quarter or a month: `2026`, `2026-Q3`, `2026-09`".to_owned()
}

/// The period that was meant, or what one looks like.
pub fn advice_for(meant: Option<Period>) -> String {
    meant.map_or_else(advice, |period| format!("write `{period}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_shown() {
        for text in ["2026", "2026-Q3", "2026-09"] {
            assert_eq!(Period::parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        for text in ["26", "2026-Q5", "2026-13", "2026-9", "2026Q3", "2026-Q33", "2026-+9", "", "20é6"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_in_another_form_has_one_reading_or_none() {
        let meant = |text: &str| Period::meant(text).map(Period::key);
        for text in ["Q3 2026", "2026Q3", "2026 q3", "q32026", "2026/Q3", "Q3/2026"] {
            assert_eq!(meant(text).as_deref(), Some("2026-Q3"), "{text}");
        }
        for text in ["2026/09", "09/2026", "Sep 2026", "2026 September", "09.2026"] {
            assert_eq!(meant(text).as_deref(), Some("2026-09"), "{text}");
        }
        for text in ["2026-3", "3/2026", "Q5 2026", "Q3", "2026-Q33", "H1 2026", "FY2026", "09/26", "2026-09-01", "é026é9", "202609", ""]
        {
            assert_eq!(meant(text), None, "{text}");
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

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn periods_follow_one_another() {
        for (before, after) in [("2025-12", "2026-01"), ("2025-Q4", "2026-Q1"), ("2025", "2026"), ("2026-08", "2026-09")] {
            assert_eq!((period(before).next(), period(after).previous()), (period(after), period(before)));
        }
        assert_eq!(period("0000-Q1").previous(), Period::Quarter(-1, 4));
        assert_eq!(Period::Year(i16::MAX).next(), Period::Year(i16::MAX), "there is none after the last");
        assert_eq!(Period::Month(i16::MIN, 1).previous(), Period::Month(i16::MIN, 1));
    }

    #[test]
    fn months_lie_in_fiscal_quarters_and_years() {
        let within = |text: &str, granularity, start| period(text).within(granularity, start);
        assert_eq!(within("2026-09", Granularity::Quarter, 1), Some(period("2026-Q3")));
        // Fiscal 2027 starts in July 2026.
        assert_eq!(within("2026-09", Granularity::Quarter, 7), Some(period("2027-Q1")));
        assert_eq!(within("2026-06", Granularity::Quarter, 7), Some(period("2026-Q4")));
        assert_eq!(within("2026-09", Granularity::Year, 7), Some(period("2027")));
        assert_eq!(within("2027-Q1", Granularity::Year, 7), Some(period("2027")));
        assert_eq!(within("2026", Granularity::Quarter, 1), None);
        let parts = |text: &str, granularity, start| period(text).parts(granularity, start).collect::<Vec<_>>();
        assert_eq!(parts("2027-Q1", Granularity::Month, 7), [period("2026-07"), period("2026-08"), period("2026-09")]);
        assert_eq!(parts("2026-Q4", Granularity::Month, 2), [period("2025-11"), period("2025-12"), period("2026-01")]);
        assert_eq!(parts("2026", Granularity::Quarter, 7).len(), 4);
        assert_eq!(parts("2026-09", Granularity::Quarter, 1), []);
        for start in 1..=12 {
            for part in period("2026").parts(Granularity::Month, start) {
                assert_eq!(part.within(Granularity::Year, start), Some(period("2026")));
            }
        }
    }

    #[test]
    fn the_latest_closed_period_has_ended() {
        let day = |text: &str| crate::content::scalar::date(text).unwrap();
        let latest = |granularity, text: &str, start| Period::latest_closed(granularity, day(text), start);
        assert_eq!(latest(Granularity::Quarter, "2026-11-20", 1), period("2026-Q3"));
        assert_eq!(latest(Granularity::Quarter, "2026-09-30", 1), period("2026-Q2"), "the last day is not over");
        assert_eq!(latest(Granularity::Quarter, "2026-10-01", 1), period("2026-Q3"));
        assert_eq!(latest(Granularity::Month, "2026-01-01", 1), period("2025-12"));
        assert_eq!(latest(Granularity::Year, "2026-11-20", 7), period("2026"));
        assert_eq!(period("2026-Q1").first_day(7), Some(day("2025-07-01")));
        for start in 1..=12 {
            for granularity in [Granularity::Month, Granularity::Quarter, Granularity::Year] {
                let closed = latest(granularity, "2026-11-20", start);
                assert!(closed.is_closed(day("2026-11-20"), start) && !closed.next().is_closed(day("2026-11-20"), start));
            }
        }
    }
}
