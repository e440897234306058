//! Markdown, parsed once: HTML with open slots for whatever depends on the rest of the workspace (where links lead), and
//! the list of links, headings and oddities in it.

mod pass;

use crate::text::{Span, slug};
use pass::{heading_html, run};

/// Marks a slot in [`Markdown::html`]. The control character cannot come from the source, where it is replaced.
pub const SLOT: char = '\u{1}';

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`, a reference, or an address in angle brackets.
    Inline,
    /// `![alt](destination)`.
    Image,
    /// `[[name]]`, `[[name|text]]`.
    Wiki,
}

/// A link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Where it says it leads, as written; never empty of meaning: `#plan` leads to this page.
    pub destination: String,
    /// Its title, which browsers show on hovering; for an image its alternative text.
    pub title: String,
    /// Its bytes in the file.
    pub span: Span,
}

/// What goes into a slot; the number is the place of the link in [`Markdown::links`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The opening tag of a link.
    Open(u32),
    /// Its closing tag.
    Close(u32),
    /// A whole image.
    Image(u32),
    /// The text of a wiki link that has none of its own.
    Name(u32),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor, unique in the page.
    pub id: String,
    /// Its text without markup.
    pub text: String,
}

/// A parsed Markdown text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    /// HTML in which every [`SLOT`] stands for the slot of its number.
    pub html: String,
    /// The slots in order.
    pub slots: Vec<Slot>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// Headings in order, without the title.
    pub headings: Vec<Heading>,
    /// The first heading, where the text starts with one of level 1. It is not in the HTML: the page shows it as its title.
    pub title: Option<String>,
    /// HTML in the source, which is shown as text.
    pub raw_html: Vec<Span>,
    /// Placeholders in the text.
    pub placeholders: Vec<Span>,
    /// True where a digit stands in the text.
    pub has_digit: bool,
}

impl Markdown {
    /// True when there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.html.trim().is_empty()
    }

    /// Puts the leading heading back, one level lower, where the page has another title.
    pub fn keep_heading_unless(&mut self, title: &str) {
        let Some(heading) = self.title.as_ref().filter(|heading| slug::fold(heading.trim()) != slug::fold(title.trim())) else { return };
        let mut id = slug::anchor(heading);
        while self.has_anchor(&id) {
            id.push_str("-0");
        }
        self.html.insert_str(0, &heading_html(2, &id, &escape(heading)));
        self.headings.insert(0, Heading { level: 2, id, text: heading.clone() });
    }

    /// True when a link may lead to `#id`.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == id)
    }
}

/// Parses the Markdown in `text[body]`; all spans are byte offsets into `text`.
pub fn parse(text: &str, body: Span) -> Markdown {
    let source = &text[body.clone()];
    if source.trim().is_empty() {
        return Markdown::default();
    }
    if source.contains(SLOT) {
        return run(&source.replace(SLOT, " "), body.start);
    }
    run(source, body.start)
}

/// Text made safe for HTML, in elements and in attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Writes text for HTML; what needs no escaping is written in one piece. Two control characters that no text needs are replaced.
pub fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = first_to_escape(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // Parts of pages are marked with these; nobody else may write a mark.
            _ => "\u{fffd}",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Where the first byte stands that must be escaped. Sixteen bytes are looked at together, which the machine does in one go.
fn first_to_escape(text: &[u8]) -> Option<usize> {
    let (chunks, _) = text.as_chunks::<16>();
    let clean = chunks.iter().take_while(|chunk| !chunk.iter().fold(false, |found, byte| found | needs_escape(*byte))).count() * 16;
    text[clean..].iter().position(|byte| ESCAPED[usize::from(*byte)]).map(|at| clean + at)
}

const fn needs_escape(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 1 | 2)
}

/// The same for each byte: most texts are so short that one is looked at after the other.
static ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = needs_escape(byte as u8);
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::Slot::{Close, Image, Name, Open};
    use super::*;

    fn markdown(text: &str) -> Markdown {
        parse(text, 0..text.len())
    }

    #[test]
    fn links_become_slots() {
        let text = "See [Beta](../beta.md \"T\"), [[gamma]], [[d|Delta]] and ![logo *x*](logo.svg).";
        let doc = markdown(text);
        assert_eq!(doc.html, "<p>See \u{1}Beta\u{1}, \u{1}\u{1}\u{1}, \u{1}Delta\u{1} and \u{1}.</p>\n");
        assert_eq!(doc.slots, [Open(0), Close(0), Open(1), Name(1), Close(1), Open(2), Close(2), Image(3)]);
        let seen: Vec<_> = doc.links.iter().map(|l| (l.kind, l.destination.as_str(), &text[l.span.clone()])).collect();
        assert_eq!(
            seen,
            [
                (LinkKind::Inline, "../beta.md", "[Beta](../beta.md \"T\")"),
                (LinkKind::Wiki, "gamma", "[[gamma]]"),
                (LinkKind::Wiki, "d", "[[d|Delta]]"),
                (LinkKind::Image, "logo.svg", "![logo *x*](logo.svg)"),
            ]
        );
        assert_eq!(doc.links[3].title, "logo x");
    }

    #[test]
    fn a_leading_title_is_taken_out_and_anchors_are_unique() {
        let doc = markdown("# Acme\n\n## Plan\n\n# Plan\n\n## Own {#mine}\n");
        assert_eq!(doc.title.as_deref(), Some("Acme"));
        let ids: Vec<_> = doc.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
        assert_eq!(ids, [(2, "plan"), (2, "plan-1"), (2, "mine")]);
        assert!(!doc.html.contains("Acme"));
    }

    #[test]
    fn html_is_text_and_comments_are_dropped() {
        let doc = markdown("<div onclick=\"x()\">\nHi\n</div>\n\nA <b>bold</b> word.<!-- note -->\n\n<!-- block -->\n");
        assert!(doc.html.contains("<pre class=\"raw-html\">&lt;div onclick="), "{}", doc.html);
        assert!(doc.html.contains("A &lt;b&gt;bold&lt;/b&gt; word."), "{}", doc.html);
        assert!(!doc.html.contains("note") && !doc.html.contains("block"));
        assert_eq!(doc.raw_html.len(), 2);
    }

    #[test]
    fn footnotes_go_to_the_end_with_a_way_back() {
        let doc = markdown("One[^b] and two[^a] and [again][x][^b].\n\n[^a]: Second with [[link]].\n[^b]: First.\n\n[x]: y.md\n\nLast.");
        let order: Vec<usize> =
            ["Last.", "id=\"fn-1\"", "First.", "id=\"fn-2\"", "Second"].iter().map(|p| doc.html.find(p).unwrap_or(0)).collect();
        assert!(order.is_sorted() && order[0] > 0, "{}", doc.html);
        assert_eq!(doc.html.matches("id=\"fnref-1\"").count(), 1);
        assert_eq!(doc.html.matches(SLOT).count(), doc.slots.len());
    }

    #[test]
    fn placeholders_are_found_in_text_only() {
        let text = "Dear [Name], `[Name]` and [Name](x.md). TBD\n\n- [ ] open\n\nText\n\n    [Company] code\n";
        let doc = markdown(text);
        let found: Vec<_> = doc.placeholders.iter().map(|span| &text[span.clone()]).collect();
        assert_eq!(found, ["[Name]", "TBD"]);
    }

    #[test]
    fn a_control_character_cannot_forge_a_slot() {
        let doc = markdown("a \u{1}o0\u{1} b");
        assert!(doc.slots.is_empty());
        assert_eq!(doc.html.trim(), "<p>a  o0  b</p>");
        let doc = markdown("a &#1; `&#1;` [b](c)\n\n## d &#x1; e {#f&#1;}\n\n```g&#1;\n```\n");
        assert_eq!((doc.html.matches(SLOT).count(), doc.slots.len()), (2, 2), "{}", doc.html);
    }
}
