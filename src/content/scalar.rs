//! Scalars: exact decimals and ISO dates, read from text with advice for the usual slips.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::meant;

/// Reads an exact decimal such as `1200.50`, `-3` or `1e6`.
///
/// # Errors
/// Advice on what to write instead, where it can be guessed.
pub fn decimal(text: &str) -> Result<Decimal, String> {
    let text = text.trim();
    let plain = text.strip_prefix('+').unwrap_or(text);
    let parsed = if plain.contains(['e', 'E']) { Decimal::from_scientific(plain) } else { Decimal::from_str_exact(plain) };
    if let Ok(number) = parsed
        && !plain.contains('_')
    {
        return Ok(number.normalize());
    }
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    if digits > 0 && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') && plain.matches('.').count() <= 1 {
        return Err("at most 28 digits can be kept exactly".to_owned());
    }
    if let Some(number) = meant::decimal(text) {
        return Err(format!("write `{number}`: digits, with a `.` before decimals"));
    }
    let stripped: String = plain.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let grouped = plain
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.' | '\'' | '’' | '_' | '-' | '%' | '$' | '€' | '£'));
    match Decimal::from_str_exact(&stripped) {
        // `0,5` is half in much of Europe and `1,500` is not: advise, never guess.
        Ok(number) if grouped && !plain.contains(',') => Err(format!("write `{number}`: digits, with a `.` before decimals")),
        _ => Err("write digits only, with a `.` before decimals and no thousands separators".to_owned()),
    }
}

/// Reads an ISO date.
///
/// # Errors
/// Advice: the same date in ISO form where the text is one in another form.
pub fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    if let Some(date) = iso(text) {
        return Ok(date);
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let guess = meant::date(text).or_else(|| match numbers.as_slice() {
        [y, m, d, ..] if y.len() == 4 => iso(&format!("{y}-{m:0>2}-{d:0>2}")),
        // Day and month can only be told apart where one of them is over 12.
        [d, m, y] if y.len() == 4 && d.parse::<u8>().is_ok_and(|d| d > 12) => iso(&format!("{y}-{m:0>2}-{d:0>2}")),
        [m, d, y] if y.len() == 4 && d.parse::<u8>().is_ok_and(|d| d > 12) => iso(&format!("{y}-{m:0>2}-{d:0>2}")),
        _ => None,
    });
    let looks_iso = text.len() == 10 && text.as_bytes()[4] == b'-';
    Err(match guess {
        Some(date) => format!("write `{date}`"),
        None if looks_iso => "there is no such day in the calendar".to_owned(),
        None => "write a date as year-month-day, such as `2026-11-20`".to_owned(),
    })
}

/// A date in ISO form.
pub(super) fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10 && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shape {
        return None;
    }
    Date::new(text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?, text.get(8..)?.parse().ok()?).ok()
}

/// A decimal with its thousands separated: `1234567.5` → `1,234,567.5`.
pub fn grouped(number: &Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The short English name of a month, 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).copied().unwrap_or("")
}

/// A date as people read it: `20 Nov 2026`.
pub fn human_date(date: Date) -> String {
    let mut out = String::with_capacity(11);
    write_human_date(&mut out, date);
    out
}

/// Appends a date as people read it.
pub fn write_human_date(out: &mut String, date: Date) {
    write_number(out, i32::from(date.day()), 1);
    out.push(' ');
    out.push_str(month_name(date.month()));
    out.push(' ');
    write_number(out, i32::from(date.year()), 1);
}

/// Appends a date in ISO form: `2026-11-20`.
pub fn write_iso(out: &mut String, date: Date) {
    write_number(out, i32::from(date.year()), 4);
    out.push('-');
    write_number(out, i32::from(date.month()), 2);
    out.push('-');
    write_number(out, i32::from(date.day()), 2);
}

/// Appends a whole number with at least so many digits. Days and periods are named all over every page, so this goes without
/// the machinery of formatting.
pub fn write_number(out: &mut String, number: i32, least: usize) {
    if number < 0 {
        out.push('-');
    }
    if let (Ok(digit @ 0..10), 1) = (u8::try_from(number), least) {
        out.push(char::from(b'0' + digit));
        return;
    }
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number.unsigned_abs());
    for _ in digits.len()..least {
        out.push('0');
    }
    out.push_str(digits);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("0.1000000000000000000000000001").map(|d| d.to_string()), Ok("0.1000000000000000000000000001".to_owned()));
        assert_eq!(decimal("1e6").map(|d| d.to_string()), Ok("1000000".to_owned()));
        assert_eq!(decimal("1 500").unwrap_err(), "write `1500`: digits, with a `.` before decimals");
        assert!(decimal("1,500").unwrap_err().contains("no thousands separators"));
        assert!(decimal(&"9".repeat(40)).unwrap_err().contains("28 digits"));
        assert!(decimal("lots").is_err());
    }

    #[test]
    fn dates_are_iso_and_advice_is_given() {
        assert!(date("2026-02-28").is_ok());
        assert_eq!(date("2026-02-30").unwrap_err(), "there is no such day in the calendar");
        assert_eq!(date("20.11.2026").unwrap_err(), "write `2026-11-20`");
        assert_eq!(date("11/20/2026").unwrap_err(), "write `2026-11-20`");
        assert_eq!(date("2026/1/5").unwrap_err(), "write `2026-01-05`");
        assert!(date("04/05/2026").unwrap_err().starts_with("write a date as"));
    }

    #[test]
    fn dates_are_written_as_they_are_formatted() {
        for text in ["2026-11-20", "0007-01-02", "9999-12-31"] {
            let mut out = String::new();
            write_iso(&mut out, date(text).unwrap());
            assert_eq!(out, text);
        }
        assert_eq!(human_date(date("2026-02-03").unwrap()), "3 Feb 2026");
    }

    #[test]
    fn shown_numbers_are_grouped() {
        let shown = |text: &str| decimal(text).map(|n| grouped(&n)).unwrap_or_default();
        assert_eq!((shown("1234567.50").as_str(), shown("-1000").as_str(), shown("999").as_str()), ("1,234,567.5", "−1,000", "999"));
    }
}
