//! What makes a finding the same one on another day, on another computer and after edits elsewhere in its file.
//!
//! It is the rule, the file and the message, without the numbers that change by themselves: `51 days ago` is `52 days ago` tomorrow.
//! Findings that are alike in all of these are counted.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Finding;
use crate::text::hash::stable;

/// A message without its numbers and dates: each becomes `#`, and the word behind it loses its plural. What stands between
/// backticks is what people wrote, and stays.
pub fn mask(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut quoted = false;
    let mut rest = message.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '`' {
            quoted = !quoted;
        }
        if quoted || !c.is_ascii_digit() {
            out.push(c);
            continue;
        }
        // A period does not change by itself: a gap in another quarter is another gap.
        let ahead: String = rest.clone().take(7).collect();
        let period = std::iter::once(c).chain(ahead.chars()).collect::<String>();
        if let Some(length) = period_at(&period) {
            out.push_str(&period[..length]);
            rest.by_ref().take(length - 1).for_each(drop);
            continue;
        }
        // Digits with what joins them: 1,234.5 and 2026-11-20, but not the comma at the end of `in 3, 4 and 5`.
        loop {
            while rest.next_if(char::is_ascii_digit).is_some() {}
            let mut ahead = rest.clone();
            let joined = ahead.next().is_some_and(|c| matches!(c, '.' | ',' | '-' | '\u{a0}' | '\u{202f}'));
            if !(joined && ahead.next().is_some_and(|c| c.is_ascii_digit())) {
                break;
            }
            rest.next();
        }
        out.push('#');
        if rest.next_if_eq(&' ').is_some() {
            out.push(' ');
            let mut word = String::new();
            while let Some(c) = rest.next_if(|c| c.is_alphabetic()) {
                word.push(c);
            }
            out.push_str(word.strip_suffix('s').filter(|singular| singular.len() > 1).unwrap_or(&word));
        }
    }
    out
}

/// How long the quarter or month is with which a text of at most eight characters begins: `2026-Q3`, `2026-09`.
fn period_at(text: &str) -> Option<usize> {
    let period = text.get(..7)?;
    let ends = text[7..].chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '-');
    (ends && period.contains('-') && crate::model::period::Period::parse(period).is_some()).then_some(7)
}

/// The fingerprint of each finding, in their order. `findings` are all of a workspace, so that those which are alike are counted in the
/// same way whatever is shown of them.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let keys: Vec<String> =
        findings.par_iter().map(|finding| stable(&[finding.rule.name, &finding.path, &mask(&finding.message)])).collect();
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    let nth: Vec<usize> = keys
        .iter()
        .map(|key| {
            let nth = seen.entry(key).or_default();
            *nth += 1;
            *nth
        })
        .collect();
    keys.iter().zip(nth).map(|(key, nth)| if nth == 1 { key.clone() } else { stable(&[key, &nth.to_string()]) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Place, input};

    #[test]
    fn numbers_that_change_by_themselves_do_not_count() {
        assert_eq!(mask("51 days ago"), mask("1 day ago"));
        assert_eq!(mask("due on 2026-10-31, 20 days ago"), "due on #, # day ago");
        assert_eq!(mask("1,234.50 of 2,000"), "# of #");
        assert_eq!(mask("in 3, 4 and 5"), "in #, # and #");
        assert_eq!(mask("in 2026-Q3, on 2026-10-31, 2026-09"), "in 2026-Q3, on #, 2026-09");
        assert_eq!(mask("`kpi-1` is 78.4 % of `2026-Q3`"), "`kpi-1` is # % of `2026-Q3`");
        assert_eq!(mask("odd ` 12 backticks é 9"), "odd ` 12 backticks é 9");
    }

    #[test]
    fn fingerprints_tell_apart_what_is_alike() {
        let finding = |message: &str| Finding::new(&input::PLACEHOLDER, &"a.md".into(), Place::Line(1), message);
        let found = [finding("`TBD` is left"), finding("`TODO` is left"), finding("`TBD` is left"), finding("`TBD` is left")];
        let prints = fingerprints(&found);
        assert_eq!(prints.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        assert_eq!(prints[..2], fingerprints(&found[..2]), "what comes later does not matter");
        assert_eq!(prints[0], stable(&["input/placeholder", "a.md", "`TBD` is left"]), "the same for ever");
    }
}
