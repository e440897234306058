//! Scalars written anew in the style of what they take the place of, so that a file keeps the hand of the people who wrote it.

use std::sync::Arc;

use super::read::{Reader, one_of};
use super::yaml::{self, Node, Value};
use crate::diagnostics::{Finding, Fix, Place, Rule, Step, input};
use crate::text::{Span, suggest};

/// `new` as YAML, with the quotes of the scalar that is written as `written` and read as `was`. `None` where that is not
/// written in one line, or not what stands there.
pub fn scalar(written: &str, was: &str, new: &str) -> Option<String> {
    if written.contains(['\n', '\r']) || new.is_empty() || new.contains(char::is_control) {
        return None;
    }
    // A key is not always what it means as a value: `null` is one.
    if written != was && yaml::parse(written, 0..written.len()).root.text() != Some(was) {
        return None;
    }
    match written.chars().next()? {
        '\'' => Some(format!("'{}'", new.replace('\'', "''"))),
        '"' => Some(serde_json::Value::from(new).to_string()),
        _ if is_plain(new) => Some(new.to_owned()),
        _ => Some(serde_json::Value::from(new).to_string()),
    }
}

/// True for what is read as it is written, without quotes, wherever it stands.
fn is_plain(text: &str) -> bool {
    let is =
        |node: Option<&Node<'_>>| node.is_some_and(|node| matches!(&node.value, Value::Scalar { text: read, plain: true } if read == text));
    let (value, element, key) = (format!("k: {text}"), format!("[{text}]"), format!("{{{text}: v}}"));
    let parse = |text| {
        let tree = yaml::parse(text, 0..str::len(text));
        tree.problems.is_empty().then_some(tree.root)
    };
    is(parse(&value).as_ref().and_then(|root| root.get("k")))
        && parse(&element).is_some_and(|root| matches!(&root.value, Value::List(items) if items.len() == 1 && is(items.first())))
        && parse(&key).is_some_and(|root| root.get(text).and_then(Node::text) == Some("v"))
}

impl Reader<'_> {
    /// The change of a scalar that is read as `was` to what was meant by it, where that is known.
    pub fn fix(&self, span: &Span, was: &str, meant: Option<&str>) -> Option<Fix> {
        let meant = meant?;
        let text = scalar(self.text.get(span.clone())?, was, meant)?;
        Some(Fix::replacing(was, meant).bytes(span.clone(), text))
    }

    /// Reports a scalar that cannot be read, with what was meant by it, where that is certain.
    pub fn misread(&mut self, rule: &'static Rule, node: &Node<'_>, message: String, help: Option<String>, meant: Option<&str>) {
        let fix = self.fix(&node.span, node.text().unwrap_or_default(), meant);
        self.report_with(rule, &node.span, message, help, fix);
    }

    /// Reports a word outside of its vocabulary.
    pub fn bad_word(&mut self, node: &Node<'_>, message: String, help: String, words: &[&str]) {
        let meant = suggest::certain(node.text().unwrap_or_default(), words.iter().copied());
        self.misread(&input::BAD_VALUE, node, message, Some(help), meant);
    }
}

/// A word that is none of those which the workspace defines, with the one that is meant for certain.
pub fn bad_word(path: &Arc<str>, route: Vec<Step>, word: &str, message: String, words: &[&str]) -> Finding {
    let meant = suggest::certain(word, words.iter().copied());
    let fix = meant.map(|meant| Fix::replacing(word, meant).value(route.clone(), meant));
    Finding::new(&input::BAD_VALUE, path, Place::Key(route), message).help(one_of(word, words)).maybe_fix(fix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scalar_keeps_its_quotes() {
        assert_eq!(scalar("onwer", "onwer", "owner").as_deref(), Some("owner"));
        assert_eq!(scalar("'it''s'", "it's", "it's not").as_deref(), Some("'it''s not'"));
        assert_eq!(scalar("\"a\\tb\"", "a\tb", "a\"b").as_deref(), Some("\"a\\\"b\""));
    }

    #[test]
    fn quotes_are_added_where_a_value_needs_them() {
        for text in ["a: b", "a, b", "null", "~", "- a", "[a", "#a", "a #b", "*a", " a", "a:", "%", "@a", "`"] {
            assert_eq!(scalar("x", "x", text), Some(format!("\"{text}\"")), "{text}");
        }
        for text in ["2026-11-20", "at-risk", "1200000.50", "-3", "2026-Q3", "überprüft", "n/a"] {
            assert_eq!(scalar("x", "x", text).as_deref(), Some(text));
        }
    }

    #[test]
    fn nothing_is_written_over_what_is_not_a_scalar_in_one_line() {
        assert_eq!(scalar("|\n  a", "a", "b"), None);
        assert_eq!(scalar("a\n  b", "a b", "c"), None);
        assert_eq!(scalar("a, b", "a", "c"), None, "a span that is too long");
        assert_eq!(scalar("a", "a", "b\nc"), None);
    }
}
