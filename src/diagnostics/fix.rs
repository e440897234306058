//! Fixes: changes that put a finding right. One is offered only where there is one certain answer; a wrong fix is worse than none.

use super::{Place, Step};
use crate::text::Span;

/// A change that puts a finding right, in the file of the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words that tell somebody to do it.
    pub title: String,
    /// The changes; all of them are made, or none.
    pub edits: Vec<Edit>,
}

/// New text for one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The place. Key routes become spans while findings are settled.
    pub place: Place,
    /// For a span, the bytes that take its place; for a key or its value, what is to be read there.
    pub text: String,
}

impl Fix {
    /// A fix without edits; the title tells what to do, such as ``write `owner` instead of `onwer` ``.
    pub fn new(title: impl Into<String>) -> Fix {
        Fix { title: title.into(), edits: Vec::new() }
    }

    /// A fix without edits that writes one word instead of another.
    pub fn replacing(old: &str, new: &str) -> Fix {
        Fix::new(format!("write `{new}` instead of `{}`", old.trim()))
    }

    /// The value at a key route becomes this one. It is written with the quotes of the old one.
    #[must_use]
    pub fn value(self, route: Vec<Step>, value: impl Into<String>) -> Fix {
        self.edit(Place::Key(route), value)
    }

    /// The key at the end of a key route becomes this one. It is written with the quotes of the old one.
    #[must_use]
    pub fn name(self, route: Vec<Step>, name: impl Into<String>) -> Fix {
        self.edit(Place::Name(route), name)
    }

    /// These bytes become others.
    #[must_use]
    pub fn bytes(self, span: Span, text: impl Into<String>) -> Fix {
        self.edit(Place::Span(span), text)
    }

    fn edit(mut self, place: Place, text: impl Into<String>) -> Fix {
        self.edits.push(Edit { place, text: text.into() });
        self
    }
}
