//! Names made safe: anchors of headings, output file names, and keys that ignore case.

use unicode_normalization::UnicodeNormalization;

/// The key under which two spellings of one name meet: Unicode composed (NFC) and lower case.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// The key under which spellings meet that people take for one: their case, blanks and punctuation do not count.
pub fn plain(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { folded } else { words.join("-") }
}

/// The anchor of a heading, GitHub's way: lower case, spaces become hyphens, punctuation is dropped.
pub fn anchor(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_ascii_alphanumeric() || c == '_' || c == '-' {
            id.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            id.push('-');
        }
    }
    if id.is_empty() { "section".to_owned() } else { id }
}

/// A name as a file name in the site: letters and digits of any script stay, runs of anything else become one hyphen.
/// Used for values such as tags, which are free text.
pub fn value(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in fold(name).chars() {
        if c.is_alphanumeric() || c == '_' || c == '.' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_matches(|c| c == '-' || c == '.');
    if out.is_empty() { "other".to_owned() } else { safe_file_name(out) }
}

/// A file name that every operating system can hold: what Windows forbids becomes a hyphen. Most names stay as they are.
pub fn safe_file_name(name: &str) -> String {
    // All that is forbidden has a sign in it, is as short as `COM1`, or is very long.
    let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if is_plain && (5..=MAX_NAME).contains(&name.len()) {
        return name.to_owned();
    }
    let mut out: String = name
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\' | '/' => '-',
            c if c.is_control() => '-',
            c => c,
        })
        .collect();
    while out.ends_with(['.', ' ']) {
        out.pop();
        out.push('-');
    }
    let upper = out.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered = |prefix: &str| upper.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit());
    if matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT") {
        out.insert(0, '-');
    }
    shorten(out)
}

/// The longest file name that is made, in bytes; disks hold 255 with the ending.
const MAX_NAME: usize = 200;

/// A name that disks can hold: a longer one is cut, and what tells it from others is kept as a number.
fn shorten(name: String) -> String {
    use std::hash::Hasher as _;
    if name.len() <= MAX_NAME {
        return name;
    }
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(name.as_bytes());
    let kept = super::lines::floor_boundary(&name, MAX_NAME - 9);
    let ending = match name.rfind('.') {
        Some(at) if name.len() - at <= 10 => &name[at..],
        _ => "",
    };
    format!("{}-{:08x}{ending}", &name[..super::lines::floor_boundary(&name, kept - ending.len())], hasher.finish() as u32)
}

/// A vocabulary word as people read it: `at-risk` → `At risk`, `co-marketing` → `Co-marketing`.
pub fn title(word: &str) -> String {
    let mut words = String::with_capacity(word.len());
    for part in word.split(['-', '_']) {
        if !words.is_empty() {
            words.push(if words.ends_with("co") && (words.len() == 2 || words.ends_with(" co")) { '-' } else { ' ' });
        }
        words.push_str(part);
    }
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => {
            let mut title = String::with_capacity(words.len() + 2);
            title.extend(first.to_uppercase());
            title.push_str(chars.as_str());
            title
        }
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_githubs() {
        assert_eq!(anchor("Next steps & owners"), "next-steps--owners");
        assert_eq!(anchor("Größe (2026)"), "größe-2026");
        assert_eq!(anchor("🎉"), "section");
    }

    #[test]
    fn file_names_hold_everywhere() {
        assert_eq!(safe_file_name("what? \"ever\""), "what- -ever-");
        assert_eq!(safe_file_name("con"), "-con");
        assert_eq!(safe_file_name("com1.x"), "-com1.x");
        assert_eq!(safe_file_name("etc."), "etc-");
        assert_eq!(value("C / C++"), "c-c");
        assert_eq!(value("日本"), "日本");
        let long = safe_file_name(&format!("{}.png", "é".repeat(150)));
        assert!(long.len() <= 200 && super::super::path::extension(&long) == "png", "{long}");
    }

    #[test]
    fn words_are_shown_as_people_write_them() {
        assert_eq!(
            (title("at-risk").as_str(), title("co-marketing").as_str(), title("joint_co-sell").as_str()),
            ("At risk", "Co-marketing", "Joint co-sell")
        );
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(fold("Cafe\u{301}"), fold("CAFÉ"));
        assert_eq!((plain(" Post mortem "), plain("post_Mortem.")), ("post-mortem".to_owned(), "post-mortem".to_owned()));
        assert_ne!(plain("+"), plain("-"));
    }
}
