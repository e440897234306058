//! The texts of the files that findings point into, each read once, with places as lines and columns.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Finding, Place, span_of};
use crate::text::Span;

/// A place in a file that a person, an editor or a platform can go to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Point {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1.
    pub utf16: usize,
    /// Byte, from 0.
    pub offset: usize,
}

/// From where to where; the end is not part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Region {
    /// Where it starts.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
}

/// A text with the starts of its lines.
#[derive(Debug, Default)]
pub struct Text {
    /// What is in the file; empty where it cannot be read.
    pub text: String,
    starts: Vec<usize>,
}

impl Text {
    /// A text.
    pub fn new(text: String) -> Text {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1)).collect();
        Text { text, starts }
    }

    /// The line of a byte, from 1, and the byte where it starts.
    pub fn line_of(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        (line, self.starts.get(line - 1).copied().unwrap_or_default())
    }

    /// The bytes of a place.
    pub fn span_of(&self, place: &Place) -> Span {
        span_of(&self.text, place)
    }

    /// A place in lines and columns.
    pub fn region(&self, place: &Place) -> Region {
        let span = self.span_of(place);
        Region { start: self.point(span.start), end: self.point(span.end) }
    }

    fn point(&self, offset: usize) -> Point {
        let (line, start) = self.line_of(offset);
        let before = self.text.get(start..offset).unwrap_or_default();
        Point { line, column: before.chars().count() + 1, utf16: before.encode_utf16().count() + 1, offset }
    }
}

/// The texts of files by their paths.
#[derive(Debug, Default)]
pub struct Texts {
    files: FxHashMap<Arc<str>, Text>,
    none: Text,
}

impl Texts {
    /// The texts of all files that findings point into; `text_of` is asked once for each of them.
    pub fn read<'a>(findings: impl IntoIterator<Item = &'a Finding>, text_of: impl Fn(&str) -> String + Sync) -> Texts {
        let mut paths: BTreeSet<&Arc<str>> = BTreeSet::new();
        let mut last: Option<&Arc<str>> = None;
        for finding in findings {
            let places =
                std::iter::once((&finding.path, &finding.place)).chain(finding.related.iter().map(|other| (&other.path, &other.place)));
            for (path, _) in places.filter(|(_, place)| **place != Place::File) {
                // Findings come file by file.
                if last != Some(path) {
                    paths.insert(path);
                    last = Some(path);
                }
            }
        }
        let paths: Vec<&Arc<str>> = paths.into_iter().collect();
        let files = paths.par_iter().map(|path| ((*path).clone(), Text::new(text_of(path)))).collect();
        Texts { files, none: Text::new(String::new()) }
    }

    /// The text of a file; an empty one where nothing points into it.
    pub fn get(&self, path: &str) -> &Text {
        self.files.get(path).unwrap_or(&self.none)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_lines_and_columns() {
        let text = Text::new("name: 🎉é x\nb\n".to_owned());
        let at = "name: 🎉é x\nb\n".find('x').unwrap_or_default();
        let region = text.region(&Place::Span(at..at + 3));
        assert_eq!(region.start, Point { line: 1, column: 10, utf16: 11, offset: at });
        assert_eq!(region.end, Point { line: 2, column: 2, utf16: 2, offset: at + 3 });
        assert_eq!(text.region(&Place::File).end, Point { line: 1, column: 1, utf16: 1, offset: 0 });
        assert_eq!(Texts::default().get("a").region(&Place::Span(5..9)).start.line, 1, "a file that is gone");
    }
}
