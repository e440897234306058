//! Text from files, made harmless where it is shown as text: at a terminal, in a log, in a report.

/// With every control character made visible, so that none can steer a terminal or turn the order of letters around. Line ends stay.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && steers(c) { '\u{fffd}' } else { c }).collect()
}

/// The same on one line: line ends become blanks.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(line.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }));
    }
    out
}

/// At most so many characters; where there are more, the last one is `…`.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Control characters, line ends that only Unicode knows, and those that override the direction of text. Marks that
/// languages need are none of them.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers() {
        assert_eq!(plain("a\u{1b}[31mb\nc\u{202e}d"), "a\u{fffd}[31mb\nc\u{fffd}d");
        assert_eq!(one_line("a\r\nb\n\nc\td"), "a b  c\u{fffd}d");
        assert_eq!(one_line("שלום\u{200f} é 🎉"), "שלום\u{200f} é 🎉");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!((cut("äöü", 3), cut("äöü", 2)), ("äöü".to_owned(), "ä…".to_owned()));
    }
}
