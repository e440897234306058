//! What is wrong where the YAML does not parse, in words.

use granit_parser::ErrorKind;

use super::yaml::Problem;
use crate::text::{Span, lines};

/// A parser error in words that help somebody who does not know YAML's grammar.
pub fn syntax_problem(text: &str, range: &Span, at: usize, kind: &ErrorKind) -> Problem {
    let at = lines::floor_boundary(text, at.clamp(range.start, range.end));
    let rest = &text[at..range.end];
    let line_end = at + rest.find('\n').unwrap_or(rest.len());
    let end = at + text[at..line_end].trim_end().len();
    let (message, help) = match kind {
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            ("a `:` inside a value".to_owned(), "put a text that has a colon in it in quotes, or check the indentation of this line")
        }
        ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation => {
            ("a tab where only spaces may be".to_owned(), "indent with spaces, and separate with spaces")
        }
        ErrorKind::InvalidIndentation => {
            ("the indentation of this line fits nothing above it".to_owned(), "keys of one mapping start in the same column")
        }
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnclosedFlowCollection { open: '[' } => (
            "a list that was opened with `[` is not closed".to_owned(),
            "add the missing `]` or comma; put texts with commas or brackets in quotes",
        ),
        ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::UnclosedFlowCollection { open: '{' } => (
            "a mapping that was opened with `{` is not closed".to_owned(),
            "add the missing `}` or comma; put texts with commas or braces in quotes",
        ),
        ErrorKind::UnclosedQuotedScalar => (
            "a quote that was opened here is not closed".to_owned(),
            "add the missing quote; inside single quotes, write a single quote twice",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::ExpectedBlockMappingKey => (
            "a line that is neither `key: value` nor part of the value above".to_owned(),
            "add the missing `:`, or check the indentation and the quotes of the lines above",
        ),
        ErrorKind::UnexpectedCharacter { character } => (format!("a value cannot start with `{character}`"), "put the value in quotes"),
        other => {
            let words = other.to_string();
            let help = if words.contains("nesting") || words.contains("recursion") {
                "this is nested far deeper than anything that is read here"
            } else if words.contains("quote") || words.contains("scalar") {
                "look for a quote that is not closed, here or above"
            } else {
                "check the punctuation, the quotes and the indentation here and on the line above"
            };
            (words, help)
        }
    };
    Problem { span: at..end.max(at), message, help: Some(help.to_owned()) }
}
