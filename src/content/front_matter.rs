//! Front matter: the YAML between two `---` lines at the top of a Markdown file.

use crate::text::Span;

/// The parts of a Markdown file, as byte ranges of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// No front matter; the body starts here (behind a byte order mark).
    None {
        /// The whole Markdown.
        body: Span,
    },
    /// Both parts.
    Found {
        /// The YAML, without its fences.
        yaml: Span,
        /// The Markdown after it.
        body: Span,
    },
    /// An opening `---` with no closing one.
    Unclosed {
        /// The opening fence.
        fence: Span,
    },
}

/// Finds the front matter of `text`. Blank lines and a byte order mark before it are allowed, and so is `...` as its end.
pub fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let mut lines = text[start..].split_inclusive('\n');
    let opening = loop {
        let Some(line) = lines.next() else {
            return Split::None { body: start..text.len() };
        };
        let here = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        if line.trim_end() != "---" {
            return Split::None { body: start..text.len() };
        }
        break here..here + 3;
    };
    let yaml_start = at;
    for line in lines {
        let fence = if line.starts_with(['-', '.']) { line.trim_end() } else { "" };
        if fence == "---" || fence == "..." {
            return Split::Found { yaml: yaml_start..at, body: at + line.len()..text.len() };
        }
        at += line.len();
    }
    // A lone rule at the top of a page is Markdown; a fence followed by a key was meant as front matter.
    let next = text[yaml_start..].lines().next().unwrap_or_default();
    let looks_like_key =
        next.split_once(':').is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-'));
    if looks_like_key { Split::Unclosed { fence: opening } } else { Split::None { body: start..text.len() } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        match split(text) {
            Split::Found { yaml, body } => Some((&text[yaml], &text[body])),
            _ => None,
        }
    }

    #[test]
    fn finds_both_parts() {
        assert_eq!(parts("---\nname: A\n---\n# Hi\n"), Some(("name: A\n", "# Hi\n")));
        assert_eq!(parts("\u{feff}---\r\nname: A\r\n---\r\nHi"), Some(("name: A\r\n", "Hi")));
        assert_eq!(parts("\n---  \na: 1\n..."), Some(("a: 1\n", "")));
        assert_eq!(parts("---\n---\n"), Some(("", "")));
    }

    #[test]
    fn tells_a_missing_end_from_a_rule() {
        assert_eq!(split("---\nname: A\n"), Split::Unclosed { fence: 0..3 });
        assert_eq!(split("---\nJust a rule above.\n"), Split::None { body: 0..23 });
        assert_eq!(split(""), Split::None { body: 0..0 });
    }
}
