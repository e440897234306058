//! What values in another form stand for, where they can be read in one way only: `20.11.2026`, `1,200,000`.

use jiff::civil::Date;

use super::scalar;

/// The blanks and marks that set thousands apart and never start the decimals.
const APART: [char; 7] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’', '_'];
/// Months as they are written out.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The date that is meant by a text such as `2026/1/5`, `20.11.2026` or `Nov 20, 2026`. `03/04/2026` can be read in two ways.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    numbers(text).or_else(|| with_month(text))
}

fn numbers(text: &str) -> Option<Date> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => day(a, b, c),
        (1..=2, 1..=2, 4) => match (day(c, b, a), day(c, a, b)) {
            (Some(day_first), Some(month_first)) => (day_first == month_first).then_some(day_first),
            (one, other) => one.or(other),
        },
        _ => None,
    }
}

/// A date with the name of its month, in the orders in which people write one.
fn with_month(text: &str) -> Option<Date> {
    if text.chars().any(|c| !(c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-' | '/'))) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let [a, b, c] = words.as_slice() else { return None };
    let (year, month, of_month) = match (month(a), month(b)) {
        (Some(month), _) => (c, month, b),
        (None, Some(month)) if a.len() == 4 => (a, month, c),
        (None, Some(month)) => (c, month, a),
        _ => return None,
    };
    let of_month = ["st", "nd", "rd", "th"].iter().find_map(|ending| of_month.strip_suffix(ending)).unwrap_or(of_month);
    if year.len() == 4 && of_month.len() <= 2 { day(year, &month.to_string(), of_month) } else { None }
}

/// The number of a month by its name, whole or cut to three letters.
pub fn month(word: &str) -> Option<usize> {
    let is = |name: &&str| *name == word || (word.len() == 3 && name.starts_with(word)) || (word == "sept" && *name == "september");
    MONTHS.iter().position(is).map(|at| at + 1)
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    scalar::iso(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// The digits that are meant by a number with its thousands set apart: `1,200,000`, `1.200,50`, `1 500`. `1,500` can be read in
/// two ways, and a unit is not a number.
pub fn decimal(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.strip_prefix('+').unwrap_or(text)), |rest| ("-", rest));
    let mark = digits.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, ',' | '.') || APART.contains(c))?;
    let (whole, fraction) = match digits.rfind(|c| matches!(c, ',' | '.') && c != mark) {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let grouped = matches!(first.len(), 1..=3)
        && are_digits(first)
        && !first.starts_with('0')
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3 && are_digits(group));
    // Three digits at the end could be thousands that were set apart by another mark.
    let decimals = fraction.is_none_or(|fraction| are_digits(fraction) && fraction.len() != 3);
    let certain = APART.contains(&mark) || rest.len() > 1 || fraction.is_some();
    if !(grouped && decimals && certain) {
        return None;
    }
    let number = format!("{sign}{}{}{}", groups.concat(), if fraction.is_some() { "." } else { "" }, fraction.unwrap_or_default());
    scalar::decimal(&number).is_ok().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_with_one_reading_is_certain() {
        for text in [
            "2026/11/20",
            "20.11.2026",
            "2026.11.20",
            "11/20/2026",
            "20/11/2026",
            "20-11-2026",
            "Nov 20, 2026",
            "20 Nov 2026",
            "november 20th 2026",
            "20. November 2026",
            "20-Nov-2026",
            "2026 Nov 20",
        ] {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), Some("2026-11-20"), "{text}");
        }
        assert_eq!(date("2026-1-5").map(|date| date.to_string()).as_deref(), Some("2026-01-05"));
        assert_eq!(date("04/04/2026").map(|date| date.to_string()).as_deref(), Some("2026-04-04"), "the same in both orders");
        assert_eq!(date("Sept. 1, 2026").map(|date| date.to_string()).as_deref(), Some("2026-09-01"));
    }

    #[test]
    fn a_date_with_two_readings_or_none_is_not() {
        for text in [
            "03/04/2026",
            "03.04.2026",
            "20.11.26",
            "2026/20/11",
            "2026-02-30",
            "31.02.2026",
            "Nov 2026",
            "Nov 31, 2026",
            "20 Nov 26",
            "2026-11-20T10:00",
            "2026/11-20",
            "20 11 2026",
            "soon",
            "",
            "Mayor 3 2026",
            "١.١١.2026",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_with_one_reading_is_certain() {
        for (text, number) in [
            ("1,200,000", "1200000"),
            ("1.200.000", "1200000"),
            ("1,200.50", "1200.50"),
            ("1.200,5", "1200.5"),
            ("-1 500", "-1500"),
            ("+1'200'000.25", "1200000.25"),
            ("1\u{202f}200\u{202f}000", "1200000"),
            ("120_000", "120000"),
        ] {
            assert_eq!(decimal(text).as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn a_number_with_two_readings_or_none_is_not() {
        for text in [
            "1,500",
            "1.500",
            "0,5",
            "0,500,000",
            "12,00,000",
            "1,20,000",
            "1.200,500",
            "1 234,567",
            "1,200,0000",
            "12 5",
            "1,200,",
            ",200,000",
            "$1,200,000",
            "1,200,000 EUR",
            "12%",
            "1 200,000,000",
            "lots",
            "",
            "-",
            "1__000",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(decimal(&format!("1{}", ",000".repeat(12))), None, "more digits than can be kept");
    }
}
