//! One pass over the events of a Markdown text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Heading, Link, LinkKind, Markdown, SLOT, Slot, escape};
use crate::content::placeholder;
use crate::text::{Span, join, slug};

/// The Markdown that is understood.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Parses `source`, whose first byte is byte `offset` of its file.
pub(super) fn run(source: &str, offset: usize) -> Markdown {
    let mut pass = Pass { source, offset, out: Vec::with_capacity(source.len() / 24), ..Pass::default() };
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        pass.event(event, range);
    }
    pass.finish()
}

/// How the anchor of a mention of a footnote starts; text cannot hold it, its quotes are escaped.
const MENTION: &str = "<sup class=\"footnote-ref\" id=\"fnref-";

/// True where there is a digit. Whole chunks are looked at, which processors do at once.
fn has_digit(text: &[u8]) -> bool {
    let (chunks, rest) = text.as_chunks::<16>();
    let in_chunk = |chunk: &[u8; 16]| chunk.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    chunks.iter().any(in_chunk) || rest.iter().any(u8::is_ascii_digit)
}

/// The state of one pass over the events.
#[derive(Default)]
struct Pass<'a> {
    source: &'a str,
    offset: usize,
    out: Vec<Event<'a>>,
    doc: Markdown,
    /// The heading being read: level, explicit anchor, its place in `out`, its text.
    heading: Option<(u8, Option<String>, usize, String)>,
    /// The image being read: its link and its alternative text.
    image: Option<(u32, String)>,
    /// Links being read; true for a wiki link whose text comes from its page.
    links: Vec<(u32, bool)>,
    /// Adjacent text, looked through for placeholders when it ends.
    text: Option<Span>,
    in_code: bool,
    /// An HTML block being read.
    html_block: Option<Span>,
    anchors: FxHashMap<String, u32>,
    footnotes: Footnotes<'a>,
    blocks_seen: bool,
}

#[derive(Default)]
struct Footnotes<'a> {
    /// The number of each label, in the order of first mention.
    numbers: BTreeMap<String, usize>,
    /// Events of the finished definitions by label.
    definitions: FxHashMap<String, Vec<Event<'a>>>,
    /// What was being written when a definition began; one may stand inside another.
    outer: Vec<(String, Vec<Event<'a>>)>,
}

impl<'a> Pass<'a> {
    fn raw(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn slot(&mut self, slot: Slot) {
        // Footnotes move to the end of the page, so slots are numbered in the text itself and sorted out when it is written.
        let (kind, number) = match slot {
            Slot::Open(n) => ('o', n),
            Slot::Close(n) => ('c', n),
            Slot::Image(n) => ('i', n),
            Slot::Name(n) => ('n', n),
        };
        let mut html = String::with_capacity(8);
        html.extend([SLOT, kind]);
        html.push_str(itoa::Buffer::new().format(number));
        html.push(SLOT);
        self.raw(html);
    }

    fn link(&mut self, kind: LinkKind, destination: String, title: String, range: &Span) -> u32 {
        let number = u32::try_from(self.doc.links.len()).unwrap_or(u32::MAX);
        let span = range.start + self.offset..range.end + self.offset;
        self.doc.links.push(Link { kind, destination, title, span });
        number
    }

    fn event(&mut self, event: Event<'a>, range: Span) {
        let is_text = matches!(event, Event::Text(_));
        if let Event::Text(text) | Event::Code(text) = &event
            && !self.doc.has_digit
        {
            self.doc.has_digit = has_digit(text.as_bytes());
        }
        if !is_text {
            self.end_of_text();
        }
        // Inside an image everything is alternative text, inside a nameless wiki link everything is its target again.
        if let Some((_, alt)) = &mut self.image {
            match &event {
                Event::Text(text) | Event::Code(text) => alt.push_str(text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                Event::End(TagEnd::Image) => self.end_image(),
                _ => {}
            }
            return;
        }
        if self.links.last().is_some_and(|(_, nameless)| *nameless) && event != Event::End(TagEnd::Link) {
            if let (Some((.., text)), Event::Text(part)) = (&mut self.heading, &event) {
                text.push_str(part);
            }
            return;
        }
        let first_block = !self.blocks_seen;
        // A comment is not seen, so what follows it still comes first.
        self.blocks_seen |= match &event {
            Event::Start(Tag::HtmlBlock) => !is_comment(&self.source[range.clone()]),
            Event::Start(_) => true,
            _ => false,
        };
        match event {
            Event::Start(tag) => self.start(tag, &range, first_block),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.on_text(text, range),
            Event::Code(code) => {
                if let Some((.., text)) = &mut self.heading {
                    text.push_str(&code);
                }
                self.out.push(Event::Code(clean(code)));
            }
            Event::Html(_) => {}
            Event::InlineHtml(html) => self.inline_html(html, &range),
            Event::FootnoteReference(label) => {
                let next = self.footnotes.numbers.len() + 1;
                let first = !self.footnotes.numbers.contains_key(label.as_ref());
                let number = *self.footnotes.numbers.entry(label.to_string()).or_insert(next);
                let id = if first { format!(" id=\"fnref-{number}\"") } else { String::new() };
                self.raw(format!(
                    "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
                ));
            }
            Event::TaskListMarker(done) => {
                self.raw(if done {
                    "<input type=\"checkbox\" disabled checked aria-label=\"Done\"> "
                } else {
                    "<input type=\"checkbox\" disabled aria-label=\"Not done\"> "
                });
            }
            other => self.out.push(other),
        }
    }

    fn on_text(&mut self, text: CowStr<'a>, range: Span) {
        let text = clean(text);
        if let Some((.., heading)) = &mut self.heading {
            heading.push_str(&text);
        }
        if !self.in_code && self.links.is_empty() {
            match &mut self.text {
                Some(run) if run.end == range.start => run.end = range.end,
                _ => {
                    self.end_of_text();
                    self.text = Some(range);
                }
            }
        }
        self.out.push(Event::Text(text));
    }

    fn end_of_text(&mut self) {
        if let Some(run) = self.text.take() {
            let base = run.start + self.offset;
            let found = placeholder::find(&self.source[run]);
            self.doc.placeholders.extend(found.into_iter().map(|span| span.start + base..span.end + base));
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: &Span, first_block: bool) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let level = if level == HeadingLevel::H1 && !first_block { 2 } else { level as u8 };
                self.heading = Some((level, id.map(|id| id.to_string()), self.out.len(), String::new()));
            }
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = alert(kind);
                self.raw(format!("<blockquote class=\"alert alert-{class}\"><p class=\"alert-title\">{title}</p>\n"));
            }
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                if language.is_empty() {
                    self.raw("\n<pre tabindex=\"0\"><code>");
                } else {
                    self.raw(format!("\n<pre tabindex=\"0\"><code class=\"language-{}\">", escape(&language.replace(SLOT, ""))));
                }
            }
            Tag::HtmlBlock => self.html_block = Some(range.clone()),
            Tag::FootnoteDefinition(label) => {
                let outer = std::mem::take(&mut self.out);
                self.footnotes.outer.push((label.to_string(), outer));
            }
            Tag::Table(alignment) => {
                self.raw("\n<div class=\"table-wrap\" tabindex=\"0\">");
                self.out.push(Event::Start(Tag::Table(alignment)));
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let (kind, nameless) = match link_type {
                    LinkType::WikiLink { has_pothole } => (LinkKind::Wiki, !has_pothole),
                    _ => (LinkKind::Inline, false),
                };
                // In a table the bar of `[[acme\\|text]]` has to be escaped.
                let dest_url = match kind {
                    LinkKind::Wiki => CowStr::from(dest_url.strip_suffix('\\').unwrap_or(&dest_url).to_owned()),
                    _ => dest_url,
                };
                let destination = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let number = self.link(kind, destination, title.to_string(), range);
                self.slot(Slot::Open(number));
                if nameless {
                    self.slot(Slot::Name(number));
                }
                self.links.push((number, nameless));
            }
            Tag::Image { dest_url, .. } => {
                let number = self.link(LinkKind::Image, dest_url.to_string(), String::new(), range);
                self.image = Some((number, String::new()));
            }
            other => self.out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(Some(_)) => self.raw("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.raw("</code></pre>\n");
            }
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html_block.take() {
                    let block = &self.source[range.clone()];
                    if !is_comment(block) {
                        self.raw(format!("<pre class=\"raw-html\">{}</pre>\n", escape(block.trim_end())));
                        let first = block.lines().next().unwrap_or_default().trim_end().len();
                        self.doc.raw_html.push(range.start + self.offset..range.start + first + self.offset);
                    }
                }
            }
            TagEnd::FootnoteDefinition => {
                if let Some((label, outer)) = self.footnotes.outer.pop() {
                    let definition = std::mem::replace(&mut self.out, outer);
                    // Two notes of one label become one, so that nothing is lost.
                    self.footnotes.definitions.entry(label).or_default().extend(definition);
                }
            }
            TagEnd::Table => {
                self.out.push(Event::End(TagEnd::Table));
                self.raw("</div>\n");
            }
            TagEnd::Link => {
                if let Some((number, _)) = self.links.pop() {
                    self.slot(Slot::Close(number));
                }
            }
            other => self.out.push(Event::End(other)),
        }
    }

    fn end_image(&mut self) {
        if let Some((number, alt)) = self.image.take() {
            if let Some(link) = self.doc.links.get_mut(number as usize) {
                link.title = alt;
            }
            self.slot(Slot::Image(number));
        }
    }

    fn end_heading(&mut self) {
        let Some((level, id, at, text)) = self.heading.take() else {
            return;
        };
        if level == 1 {
            self.doc.title = Some(text);
            self.out.truncate(at);
            return;
        }
        let wanted = id.map(|id| id.replace(SLOT, "")).filter(|id| !id.is_empty()).unwrap_or_else(|| slug::anchor(&text));
        let id = self.unique(wanted);
        self.out.insert(at, Event::InlineHtml(join!("<h", level_text(level), " id=\"", escape(&id), "\">").into()));
        self.raw(heading_end(level, &id));
        self.doc.headings.push(Heading { level, id, text });
    }

    /// The anchor, with `-1`, `-2` … behind it where it is taken, as GitHub does.
    fn unique(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        while self.anchors.contains_key(&id) {
            let n = self.anchors.entry(wanted.clone()).or_insert(0);
            *n += 1;
            id = format!("{wanted}-{n}");
        }
        self.anchors.insert(id.clone(), 0);
        id
    }

    fn inline_html(&mut self, html: CowStr<'a>, range: &Span) {
        if is_comment(&html) {
            return;
        }
        if !html.starts_with("</") {
            self.doc.raw_html.push(range.start + self.offset..range.end + self.offset);
        }
        self.out.push(Event::Text(clean(html)));
    }

    fn finish(mut self) -> Markdown {
        self.end_of_text();
        let mut definitions: Vec<(String, Vec<Event<'_>>)> = std::mem::take(&mut self.footnotes.definitions).into_iter().collect();
        definitions.sort_by(|a, b| a.0.cmp(&b.0));
        let mut html = String::with_capacity(self.source.len() * 5 / 4);
        pulldown_cmark::html::push_html(&mut html, self.out.into_iter());
        if !definitions.is_empty() {
            for (label, _) in &definitions {
                let next = self.footnotes.numbers.len() + 1;
                self.footnotes.numbers.entry(label.clone()).or_insert(next);
            }
            let mut notes: Vec<(usize, String)> = definitions
                .into_iter()
                .map(|(label, events)| {
                    let mut note = String::new();
                    pulldown_cmark::html::push_html(&mut note, events.into_iter());
                    (self.footnotes.numbers.get(&label).copied().unwrap_or_default(), note)
                })
                .collect();
            notes.sort_by_key(|(number, _)| *number);
            // A note that is never mentioned has nothing to go back to.
            let mut mentioned: FxHashSet<usize> = FxHashSet::default();
            for text in std::iter::once(html.as_str()).chain(notes.iter().map(|(_, note)| note.as_str())) {
                let numbers = text.split(MENTION).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
                mentioned.extend::<Vec<usize>>(numbers.collect());
            }
            html.push_str("<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n");
            for (number, note) in notes {
                let back = if mentioned.contains(&number) {
                    format!(" <a class=\"footnote-back\" href=\"#fnref-{number}\" aria-label=\"Back to the text\">↩</a>")
                } else {
                    String::new()
                };
                let _ = writeln!(html, "<li id=\"fn-{number}\" value=\"{number}\">{note}{back}</li>");
            }
            html.push_str("</ol></section>\n");
        }
        let (html, slots) = number_slots(&html);
        self.doc.html = html;
        self.doc.slots = slots;
        // They are kept as long as the workspace.
        self.doc.links.shrink_to_fit();
        self.doc.headings.shrink_to_fit();
        self.doc
    }
}

pub(super) fn heading_html(level: u8, id: &str, inner: &str) -> String {
    join!("<h", level_text(level), " id=\"", escape(id), "\">", inner, heading_end(level, id))
}

/// The end of a heading, with the link to itself.
fn heading_end(level: u8, id: &str) -> String {
    let href = crate::text::path::encode_fragment(id);
    join!("<a class=\"anchor\" href=\"#", href, "\" aria-label=\"Link to this section\">#</a></h", level_text(level), ">\n")
}

/// A level of headings, from 1 to 6, as it stands in a tag.
fn level_text(level: u8) -> &'static str {
    ["1", "2", "3", "4", "5"].get(usize::from(level).wrapping_sub(1)).copied().unwrap_or("6")
}

/// Takes the numbered slots out of the HTML, in the order in which they stand.
fn number_slots(html: &str) -> (String, Vec<Slot>) {
    let mut slots = Vec::new();
    if memchr::memchr(SLOT as u8, html.as_bytes()).is_none() {
        return (html.to_owned(), slots);
    }
    let mut out = String::with_capacity(html.len());
    for (i, part) in html.split(SLOT).enumerate() {
        if i % 2 == 0 {
            out.push_str(part);
            continue;
        }
        let number = part.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX);
        slots.push(match part.as_bytes().first() {
            Some(b'o') => Slot::Open(number),
            Some(b'c') => Slot::Close(number),
            Some(b'i') => Slot::Image(number),
            _ => Slot::Name(number),
        });
        out.push(SLOT);
    }
    out.shrink_to_fit();
    (out, slots)
}

/// Text in which nothing looks like a slot. The source has no such character, but an entity may stand for one.
fn clean(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(SLOT) { text.replace(SLOT, " ").into() } else { text }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->") && html.matches("-->").count() == 1
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}
