//! The parts of a page: pieces of HTML by name, which a template puts where it wants them.
//!
//! They are most of a page, so a template does not carry them: it gets a short mark for each, and the pieces are put in the place
//! of their marks at the end. A page is copied once, and a template that asks for nothing else is rendered once for all pages.

use std::ops::Range;

use serde_json::{Map, Value};

use super::html::Html;
use super::value::Entry;

/// What a mark begins and ends with; between the two stands the name of the piece.
const MARK: (u8, u8) = (1, 2);
/// Marks with longer names are none.
const LONGEST_NAME: usize = 24;

/// The parts of one page, and what its table of contents names.
pub struct Parts<'r> {
    html: Html<'r>,
    pieces: Vec<(&'static str, Range<usize>)>,
    contents: Vec<(String, String)>,
}

impl<'r> Parts<'r> {
    /// No parts yet; `root` leads to the top of the site.
    pub fn new(root: &'r str) -> Parts<'r> {
        Parts::in_room(root, String::new())
    }

    /// No parts yet, to be written where others were before.
    pub fn in_room(root: &'r str, room: String) -> Parts<'r> {
        Parts { html: Html::in_room(root, room), pieces: Vec::with_capacity(24), contents: Vec::new() }
    }

    /// The room that the parts took, for others.
    pub fn into_room(self) -> String {
        self.html.finish()
    }

    /// The way to the top of the site.
    pub fn root(&self) -> &'r str {
        self.html.root()
    }

    /// Adds a part; empty where nothing is written.
    pub fn add(&mut self, name: &'static str, write: impl FnOnce(&mut Html<'r>)) -> bool {
        let start = self.html.len();
        write(&mut self.html);
        let piece = start..self.html.len();
        let written = !piece.is_empty();
        self.pieces.push((name, piece));
        written
    }

    /// Adds a part that was written in several pieces of markup.
    pub fn add_written<'m>(&mut self, name: &'static str, markup: impl Iterator<Item = &'m str> + Clone) {
        self.add(name, |html| {
            html.buffer().reserve(markup.clone().map(str::len).sum());
            markup.for_each(|piece| html.buffer().push_str(piece));
        });
    }

    /// Adds a part that the table of contents names, where anything is written.
    pub fn section(&mut self, name: &'static str, anchor: &str, title: &str, write: impl FnOnce(&mut Html<'r>)) {
        if self.add(name, write) {
            self.mention(anchor, title);
        }
    }

    /// Names something in the table of contents.
    pub fn mention(&mut self, anchor: &str, title: &str) {
        self.contents.push((anchor.to_owned(), title.to_owned()));
    }

    /// Adds a section with a list of pages, where there are any.
    pub fn list(&mut self, name: &'static str, title: &str, entries: &[Entry<'_>]) {
        self.section(name, &format!("s-{name}"), title, |html| {
            if !entries.is_empty() {
                html.section(name, title).entries(entries, "").raw("</section>\n");
            }
        });
    }

    /// Adds the pages that link here.
    pub fn backlinks(&mut self, entries: &[Entry<'_>]) {
        self.section("backlinks", "s-backlinks", "Mentioned in", |html| {
            if !entries.is_empty() {
                html.raw("<section id=s-backlinks class=backlinks><h2>Mentioned in</h2>\n").entries(entries, "").raw("</section>\n");
            }
        });
    }

    /// Adds the table of contents, where it is wanted.
    pub fn contents(&mut self, wanted: bool) {
        let contents = std::mem::take(&mut self.contents);
        self.add("contents", |html| {
            if wanted {
                html.raw("<details class=toc>\n<summary>On this page</summary>\n<nav aria-label=\"On this page\"><ul>\n");
                for (anchor, title) in &contents {
                    html.between("<li><a href=\"#", anchor, "\">").text(title).raw("</a>\n");
                }
                html.raw("</ul></nav>\n</details>\n");
            }
        });
    }

    /// What a template receives for the parts: the mark of each, and an empty text for an empty one.
    pub fn marks(&self) -> Map<String, Value> {
        let mark = |(name, piece): &(&str, Range<usize>)| {
            ((*name).to_owned(), Value::from(if piece.is_empty() { String::new() } else { mark(name) }))
        };
        self.pieces.iter().map(mark).collect()
    }

    /// What a template made, with every piece in the place of its mark.
    pub fn splice(&self, template: &[u8], out: &mut Vec<u8>) {
        let text = self.html.written().as_bytes();
        let mut rest = template;
        while let Some(at) = memchr::memchr(MARK.0, rest) {
            out.extend_from_slice(&rest[..at]);
            let behind = &rest[at + 1..];
            let end = memchr::memchr(MARK.1, &behind[..behind.len().min(LONGEST_NAME)]);
            let piece = end.and_then(|end| self.pieces.iter().find(|(name, _)| name.as_bytes() == &behind[..end]));
            if let Some((piece, end)) = piece.and_then(|(_, piece)| text.get(piece.clone())).zip(end) {
                out.extend_from_slice(piece);
                rest = &behind[end + 1..];
            } else {
                // A control character that somebody wrote.
                out.push(MARK.0);
                rest = behind;
            }
        }
        out.extend_from_slice(rest);
    }

    /// How long all pieces are together, in bytes.
    pub fn len(&self) -> usize {
        self.html.len()
    }

    /// True where nothing was written.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

/// The mark of a piece.
pub fn mark(name: &str) -> String {
    format!("{}{name}{}", char::from(MARK.0), char::from(MARK.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_where_their_marks_were() {
        let mut parts = Parts::new("../");
        assert!(parts.add("a", |html| {
            html.raw("<b>").text("x & y").raw("</b>");
        }));
        assert!(!parts.add("nothing", |_| ()));
        parts.add("c", |html| {
            html.raw("z");
        });
        let marks = parts.marks();
        let of = |name: &str| marks[name].as_str().unwrap();
        let template = format!("{}|{}|{}|\u{1}|\u{1}x\u{2}|{}", of("c"), of("a"), of("nothing"), mark("nothing"));
        let mut out = Vec::new();
        parts.splice(template.as_bytes(), &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "z|<b>x &amp; y</b>||\u{1}|\u{1}x\u{2}|");
    }
}
