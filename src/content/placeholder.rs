//! Placeholders that somebody forgot to fill in: `[Name]`, `TBD`, `TODO`, `Lorem ipsum`.

use std::sync::LazyLock;

use memchr::memmem;

use crate::text::Span;

/// Words of which at least one stands in a bracket that is a blank to fill in. `[EU]` or `[sic]` is not.
const BLANKS: &[&str] = &[
    "add",
    "address",
    "amount",
    "city",
    "company",
    "competitor",
    "contact",
    "country",
    "currency",
    "customer",
    "date",
    "describe",
    "email",
    "enter",
    "fill",
    "goal",
    "industry",
    "insert",
    "link",
    "metric",
    "month",
    "name",
    "number",
    "owner",
    "partner",
    "person",
    "product",
    "quarter",
    "region",
    "role",
    "target",
    "tbd",
    "team",
    "text",
    "title",
    "todo",
    "url",
    "value",
    "xx",
    "xxx",
    "year",
    "your",
];

/// All placeholders in `text`, as byte ranges of it. Cheap where there is none.
pub fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b'[', b'T', bytes) {
        match bytes[at] {
            b'[' => found.extend(blank(text, at)),
            _ => found.extend(["TBD", "TODO"].iter().find_map(|word| whole_word(text, at, word))),
        }
    }
    for ipsum in IPSUM.find_iter(bytes) {
        let start = ipsum.saturating_sub(LOREM.len());
        if bytes[start..ipsum].eq_ignore_ascii_case(LOREM) {
            found.push(start..ipsum + "ipsum".len());
        }
    }
    found
}

const LOREM: &[u8] = b"lorem ";
/// Made once: making it costs more than most texts do.
static IPSUM: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new("ipsum"));

fn whole_word(text: &str, at: usize, word: &str) -> Option<Span> {
    let end = at + word.len();
    let letter = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let before = text.get(..at)?.chars().next_back();
    let after = text.get(end..)?.chars().next();
    let alone = text.get(at..end)? == word && !before.is_some_and(letter) && !after.is_some_and(letter);
    alone.then_some(at..end)
}

/// `[Partner name]` at byte `at`, unless it is a link, a footnote or a task box.
fn blank(text: &str, at: usize) -> Option<Span> {
    let inner_start = at + 1;
    let rest = text.get(inner_start..)?;
    let length = rest.bytes().take(60).position(|b| matches!(b, b']' | b'[' | b'\n'))?;
    let end = inner_start + length;
    if text.as_bytes().get(end) != Some(&b']') || matches!(text.as_bytes().get(end + 1), Some(b'(' | b'[' | b':')) {
        return None;
    }
    let inner = text.get(inner_start..end)?;
    let words: Vec<String> = inner.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let is_blank = (1..=6).contains(&words.len())
        && inner.chars().all(|c| c.is_alphanumeric() || " _-/.,'’#…&".contains(c))
        && words.iter().any(|word| BLANKS.contains(&word.trim_end_matches('s')) || BLANKS.contains(&word.as_str()));
    is_blank.then_some(at..end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_blanks_and_leaves_brackets_alone() {
        let found = |text: &str| -> Vec<String> { find(text).into_iter().map(|span| text[span].to_owned()).collect() };
        assert_eq!(found("Dear [Name], from [Your company]"), ["[Name]", "[Your company]"]);
        assert_eq!(found("TBD, then TODO: call"), ["TBD", "TODO"]);
        assert_eq!(found("Lorem ipsum dolor"), ["Lorem ipsum"]);
        assert!(found("[EU] rules, [x] done, [Name](link), [^1], TODOS, mastodon TBDs").is_empty());
    }
}
