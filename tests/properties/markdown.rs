//! Markdown of any kind: its HTML is ours, and every slot has its link.

use partnerbook::content::markdown::{SLOT, Slot, parse};
use proptest::prelude::*;

use crate::common::site::{attributes, tags};
use crate::{cases, soup};

const OURS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "ul",
    "ol",
    "li",
    "em",
    "strong",
    "del",
    "code",
    "pre",
    "blockquote",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
    "input",
    "sup",
    "section",
];

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn html_holds_no_tag_that_somebody_wrote(text in soup::markdown()) {
        let html = parse(&text, 0..text.len()).html;
        prop_assert!(!html.contains("<script"), "{html}");
        for tag in tags(&html) {
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            prop_assert!(OURS.contains(&name), "<{tag}> in {html}");
        }
        prop_assert!(attributes(&html, &["onclick", "src", "srcset"]).is_empty(), "{html}");
        prop_assert!(attributes(&html, &["href"]).iter().all(|href| href.starts_with('#')), "{html}");
    }

    #[test]
    fn every_slot_has_its_link_and_every_link_its_slot(text in soup::markdown()) {
        let doc = parse(&text, 0..text.len());
        prop_assert_eq!(doc.html.matches(SLOT).count(), doc.slots.len(), "{}", doc.html);
        let mut open: Vec<u32> = Vec::new();
        let mut seen = vec![false; doc.links.len()];
        for slot in &doc.slots {
            let (Slot::Open(n) | Slot::Close(n) | Slot::Image(n) | Slot::Name(n)) = slot;
            prop_assert!((*n as usize) < doc.links.len(), "{slot:?} of {} links", doc.links.len());
            seen[*n as usize] = true;
            match slot {
                Slot::Open(n) => open.push(*n),
                Slot::Close(n) => prop_assert_eq!(open.pop(), Some(*n)),
                Slot::Name(n) => prop_assert_eq!(open.last(), Some(n)),
                Slot::Image(_) => {}
            }
        }
        prop_assert!(open.is_empty(), "{:?} in {}", open, doc.html);
        // The links of a title, and of a footnote that is defined twice, are not in the HTML; nothing else is lost.
        let left_out = doc.title.is_some() || doc.html.contains("footnotes");
        prop_assert!(left_out || seen.iter().all(|seen| *seen), "{:?}", doc);
    }

    #[test]
    fn what_is_found_lies_in_the_text(before in "\\PC{0,9}", text in soup::markdown()) {
        let whole = format!("{before}{text}");
        let doc = parse(&whole, before.len()..whole.len());
        let spans = doc.links.iter().map(|link| &link.span).chain(&doc.raw_html).chain(&doc.placeholders);
        for span in spans {
            prop_assert!(span.start >= before.len() && whole.get(span.clone()).is_some(), "{span:?}");
        }
    }

    #[test]
    fn anchors_are_unique(text in soup::markdown()) {
        let doc = parse(&text, 0..text.len());
        let mut ids = attributes(&doc.html, &["id"]);
        let all = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), all, "{}", doc.html);
        for heading in &doc.headings {
            prop_assert!(doc.has_anchor(&heading.id) && !heading.id.is_empty());
        }
    }

    #[test]
    fn links_inside_the_page_lead_to_something(text in soup::markdown()) {
        let html = parse(&text, 0..text.len()).html;
        let ids = attributes(&html, &["id"]);
        for href in attributes(&html, &["href"]) {
            let wanted = partnerbook::text::path::decode(href.trim_start_matches('#'));
            prop_assert!(ids.contains(&wanted), "{href} in {html}");
        }
    }
}
