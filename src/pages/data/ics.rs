//! Lines of iCalendar (RFC 5545): escaped, folded, ended.

use jiff::civil::Date;

use crate::text::hash::stable;

/// The most octets of a line, without its end.
const LONGEST: usize = 75;

/// Adds a line, folded where it is too long; never inside of a character.
pub fn line(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    // Control characters that were not escaped have no place in a line.
    for c in name.chars().chain([':']).chain(value.chars().filter(|c| !c.is_control())) {
        if length + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

/// Adds a line with a text.
pub fn text_line(out: &mut String, name: &str, value: &str) {
    line(out, name, &escape(value));
}

/// Text as a value: with `\n` for a line end, which only so can be in one. What Unicode calls a line end becomes one, since
/// some programs would break the line there. Other control characters are dropped; a tab becomes a blank.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' if before == '\r' => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// A day: `20261120`.
pub fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// An id that stays the same from build to build and from computer to computer.
pub fn uid(parts: &[&str]) -> String {
    format!("{}@partnerbook", stable(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a, b; c\\d"), "a\\, b\\; c\\\\d");
        assert_eq!(escape("one\ntwo\r\nthree\rfour\u{2028}five"), "one\\ntwo\\nthree\\nfour\\nfive");
        assert_eq!((escape("a\tb\u{0}\u{7f}c"), escape("a:b \"c\"")), ("a bc".to_owned(), "a:b \"c\"".to_owned()));
    }

    #[test]
    fn lines_are_folded_at_75_octets() {
        let folded = |value: &str| {
            let mut out = String::new();
            line(&mut out, "X", value);
            out
        };
        assert_eq!(folded(&"a".repeat(73)), format!("X:{}\r\n", "a".repeat(73)), "just fits");
        assert_eq!(folded(&"a".repeat(74)), format!("X:{}\r\n a\r\n", "a".repeat(73)));
        assert_eq!(folded(&"a".repeat(73 + 74 + 1)), format!("X:{}\r\n {}\r\n a\r\n", "a".repeat(73), "a".repeat(74)));
        for text in ["é", "€", "🎉", "a€", "ab🎉"] {
            let out = folded(&text.repeat(60));
            assert!(out.split("\r\n").all(|line| line.len() <= LONGEST), "{out}");
            assert_eq!(out.replace("\r\n ", ""), format!("X:{}\r\n", text.repeat(60)));
        }
        assert_eq!(folded("a\r\nEND:VCALENDAR"), "X:aEND:VCALENDAR\r\n", "nobody breaks out of a line");
    }

    #[test]
    fn ids_are_addresses() {
        assert_eq!(uid(&[]), "6c62272e07bb014262b821756295c58d@partnerbook");
    }

    #[test]
    fn days_have_eight_digits() {
        assert_eq!((day(Date::constant(2026, 1, 7)), day(Date::constant(1, 12, 31))), ("20260107".to_owned(), "00011231".to_owned()));
    }
}
