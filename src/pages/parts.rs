//! The parts of a page: pieces of HTML by name, which a template puts where it wants them.

use serde_json::{Map, Value};

use super::html::Html;
use super::value::Entry;

/// The parts of one page, and what its table of contents names.
pub struct Parts<'r> {
    root: &'r str,
    pieces: Map<String, Value>,
    contents: Vec<(String, String)>,
}

impl<'r> Parts<'r> {
    /// No parts yet; `root` leads to the top of the site.
    pub fn new(root: &'r str) -> Parts<'r> {
        Parts { root, pieces: Map::new(), contents: Vec::new() }
    }

    /// Adds a part; empty where nothing is written.
    pub fn add(&mut self, name: &str, write: impl FnOnce(&mut Html<'r>)) -> bool {
        let mut html = Html::new(self.root);
        write(&mut html);
        let written = !html.is_empty();
        self.pieces.insert(name.to_owned(), Value::String(html.finish()));
        written
    }

    /// Adds a part that the table of contents names, where anything is written.
    pub fn section(&mut self, name: &str, anchor: &str, title: &str, write: impl FnOnce(&mut Html<'r>)) {
        if self.add(name, write) {
            self.mention(anchor, title);
        }
    }

    /// Names something in the table of contents.
    pub fn mention(&mut self, anchor: &str, title: &str) {
        self.contents.push((anchor.to_owned(), title.to_owned()));
    }

    /// Adds a section with a list of pages, where there are any.
    pub fn list(&mut self, name: &str, title: &str, entries: &[Entry<'_>]) {
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
                html.raw("<section id=\"s-backlinks\" class=\"backlinks\"><h2>Mentioned in</h2>\n")
                    .entries(entries, "")
                    .raw("</section>\n");
            }
        });
    }

    /// Adds the table of contents, where it is wanted.
    pub fn contents(&mut self, wanted: bool) {
        let contents = std::mem::take(&mut self.contents);
        self.add("contents", |html| {
            if wanted {
                html.raw("<details class=\"toc\">\n<summary>On this page</summary>\n<nav aria-label=\"On this page\"><ul>\n");
                for (anchor, title) in &contents {
                    html.between("<li><a href=\"#", anchor, "\">").text(title).raw("</a></li>\n");
                }
                html.raw("</ul></nav>\n</details>\n");
            }
        });
    }

    /// What the template receives: `parts`.
    pub fn finish(self) -> Map<String, Value> {
        let mut values = Map::new();
        values.insert("parts".to_owned(), Value::Object(self.pieces));
        values
    }
}
