//! HTML as it is written: escaped text, links relative to the page, days, tables, lists of pages.
//!
//! What HTML lets one leave out is left out: the end tags of cells, rows, list items, terms and what they say, and the quotes of
//! an attribute that is one word. They say nothing, and would be a tenth of a page of numbers.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::value::{Address, Entry, Shown, Tone};
use crate::content::markdown::escape_into;
use crate::content::scalar::{write_human_date, write_iso};
use crate::model::period::Period;
use crate::text::path;

/// The icons of the built-in theme; its stylesheet draws them, so that no page carries them.
const ICONS: &[&str] = &["edit", "theme", "pause", "print", "left", "right", "alert", "doc"];

/// A piece of a page.
#[derive(Debug)]
pub struct Html<'r> {
    out: String,
    root: &'r str,
}

impl<'r> Html<'r> {
    /// An empty piece; `root` leads from its page to the top of the site.
    pub fn new(root: &'r str) -> Html<'r> {
        Html { out: String::with_capacity(512), root }
    }

    /// An empty piece, to be written where another was before.
    pub fn in_room(root: &'r str, mut room: String) -> Html<'r> {
        room.clear();
        Html { out: room, root }
    }

    /// What was written so far.
    pub fn written(&self) -> &str {
        &self.out
    }

    /// How much was written so far, in bytes.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// The way to the top of the site.
    pub fn root(&self) -> &'r str {
        self.root
    }

    /// True where nothing was written.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The text so far, for what writes itself: a chart.
    pub fn buffer(&mut self) -> &mut String {
        &mut self.out
    }

    /// Writes markup as it is.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Writes text; what needs no escaping is written in one piece.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape_into(&mut self.out, text);
        self
    }

    /// Writes text in which backticks hold what somebody types; one that is not closed is text.
    pub fn ticked(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        while let Some((words, code, behind)) = rest.split_once('`').and_then(|(words, tail)| {
            let (code, behind) = tail.split_once('`')?;
            Some((words, code, behind))
        }) {
            self.text(words).between("<code>", code, "</code>");
            rest = behind;
        }
        self.text(rest)
    }

    /// Writes text between two pieces of markup.
    pub fn between(&mut self, open: &str, text: &str, close: &str) -> &mut Self {
        self.raw(open).text(text).raw(close)
    }

    /// Writes something that formats itself and needs no escaping: a number.
    pub fn show(&mut self, value: impl std::fmt::Display) -> &mut Self {
        let _ = write!(self.out, "{value}");
        self
    }

    /// Writes where a link leads, as it stands in `href`.
    pub fn href(&mut self, address: &Address<'_>) -> &mut Self {
        match address {
            Address::Route(route) => self.route(route),
            Address::Inside(href) => {
                let root = self.root;
                self.text(root).text(href)
            }
            Address::Outside(href) => self.text(href),
        }
    }

    /// Writes the way to a page of the site.
    pub fn route(&mut self, route: &str) -> &mut Self {
        self.out.push_str(self.root);
        if route.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_')) {
            self.out.push_str(route);
            self
        } else {
            let href = path::encode(route);
            self.text(&href)
        }
    }

    /// Writes a link to a page of the site; `text` may be in any script.
    pub fn link(&mut self, text: &str, route: &str) -> &mut Self {
        self.raw("<a href=\"").route(route).between("\"><bdi>", text, "</bdi></a>")
    }

    /// Writes a day.
    pub fn day(&mut self, date: Date) -> &mut Self {
        self.raw("<time datetime=\"");
        write_iso(&mut self.out, date);
        self.raw("\">");
        write_human_date(&mut self.out, date);
        self.raw("</time>")
    }

    /// Writes a period, for people.
    pub fn period(&mut self, period: Period) -> &mut Self {
        period.write_title(&mut self.out);
        self
    }

    /// Writes a period as it stands in files and anchors.
    pub fn period_key(&mut self, period: Period) -> &mut Self {
        period.write_key(&mut self.out);
        self
    }

    /// Writes a day, or a word where there is none.
    pub fn day_or(&mut self, date: Option<Date>, word: &str) -> &mut Self {
        match date {
            Some(date) => self.day(date),
            None => self.none(word),
        }
    }

    /// Writes the word for something that is missing.
    pub fn none(&mut self, word: &str) -> &mut Self {
        self.between("<span class=none>", word, "</span>")
    }

    /// Writes a badge.
    pub fn badge(&mut self, text: &str, tone: Tone) -> &mut Self {
        self.raw("<span class=\"badge tone-").raw(tone.word()).between("\">", text, "</span>")
    }

    /// Writes a remark behind something.
    pub fn note(&mut self, note: &str) -> &mut Self {
        if !note.is_empty() {
            self.between(" <small class=note>", note, "</small>");
        }
        self
    }

    /// Writes an icon; nothing where there is none of this name.
    pub fn icon(&mut self, name: &str) -> &mut Self {
        if ICONS.contains(&name) {
            self.raw("<i class=\"icon i-").raw(name).raw("\"></i>");
        }
        self
    }

    /// Writes a value, or a word where there is none.
    pub fn value(&mut self, value: &Shown<'_>, word: &str) -> &mut Self {
        match value {
            shown if shown.is_nothing() => self.none(word),
            Shown::Nothing => self,
            Shown::Text(text) => self.text(text),
            Shown::Link(text, address, tone) => {
                self.raw("<a href=\"").href(address);
                if let Some(tone) = tone {
                    self.raw("\" class=\"badge tone-").raw(tone.word());
                }
                self.between("\"><bdi>", text, "</bdi></a>")
            }
            Shown::Badge(text, tone) => self.badge(text, *tone),
            Shown::Time(date) => self.day(*date),
            Shown::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        self.raw(", ");
                    }
                    self.value(item, word);
                }
                self
            }
            Shown::Noted(inner, note) => self.value(inner, word).note(note),
        }
    }

    /// Writes a cell.
    pub fn cell(&mut self, value: &Shown<'_>, word: &str) -> &mut Self {
        self.raw("<td>").value(value, word)
    }

    /// Writes the head of a table, and opens its body.
    pub fn columns<'c>(&mut self, titles: impl IntoIterator<Item = &'c str>) -> &mut Self {
        self.raw("<thead><tr>");
        for title in titles {
            self.raw("<th scope=col>").text(title);
        }
        self.raw("<tbody>\n")
    }

    /// Opens a table that scrolls sideways where it does not fit; `label` says what it shows.
    pub fn open_table(&mut self, label: &str, class: &str) -> &mut Self {
        self.between("<div class=table-wrap tabindex=0 role=region aria-label=\"", label, "\"><table");
        if !class.is_empty() {
            self.between(" class=\"", class, "\"");
        }
        self.raw(">\n")
    }

    /// Closes what [`Html::open_table`] opened.
    pub fn close_table(&mut self) -> &mut Self {
        self.raw("</table></div>\n")
    }

    /// Writes a list of pages with their remarks and days.
    pub fn entries(&mut self, entries: &[Entry<'_>], class: &str) -> &mut Self {
        self.raw("<ul class=\"entries");
        if !class.is_empty() {
            self.raw(" ").text(class);
        }
        self.raw("\">\n");
        for entry in entries {
            match entry.tone {
                None => self.raw("<li>"),
                Some(tone) => self.raw("<li class=\"tone-").raw(tone.word()).raw("\">"),
            };
            self.raw("<a href=\"").href(&entry.address).between("\"><bdi>", &entry.text, "</bdi></a>");
            self.note(entry.note.as_deref().unwrap_or_default());
            if let Some(date) = entry.time {
                self.raw(" ").day(date);
            }
            self.raw("\n");
        }
        self.raw("</ul>")
    }

    /// Writes labels and values.
    pub fn facts<'f>(&mut self, facts: impl IntoIterator<Item = (&'f str, &'f Shown<'f>)>, class: &str) -> &mut Self {
        self.between("<dl class=\"", class, "\">\n");
        for (label, value) in facts {
            self.between("<div><dt>", label, "<dd>").value(value, "none").raw("</div>\n");
        }
        self.raw("</dl>")
    }

    /// Opens a section with its heading.
    pub fn section(&mut self, id: &str, title: &str) -> &mut Self {
        self.between("<section id=\"s-", id, "\"><h2>").text(title).raw("</h2>\n")
    }
}
