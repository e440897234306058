//! Prose: the open slots of a Markdown text, filled in.

use std::fmt::Write as _;

use super::html::Html;
use crate::content::markdown::{SLOT, Slot, escape};
use crate::text::{join, path};
use crate::workspace::links::Target;
use crate::workspace::{PageRef, Workspace};

/// The HTML of a page's prose; `root` leads to the top of the site.
pub fn html(workspace: &Workspace, page: &PageRef, root: &str) -> String {
    let mut out = String::new();
    write_prose(&mut out, workspace, page, root);
    out
}

/// Writes a page's prose as a part of the page; nothing where there is none.
pub fn section(html: &mut Html<'_>, workspace: &Workspace, page: &PageRef, id: Option<&str>) {
    if page.markdown.html.is_empty() {
        return;
    }
    html.raw("<div");
    if let Some(id) = id {
        html.between(" id=\"", id, "\"");
    }
    html.raw(" class=\"prose\">\n");
    let root = html.root();
    write_prose(html.buffer(), workspace, page, root);
    html.raw("\n</div>\n");
}

fn write_prose(out: &mut String, workspace: &Workspace, page: &PageRef, root: &str) {
    let doc = &page.markdown;
    out.reserve(doc.html.len() + doc.slots.len() * 48);
    let mut rest = doc.html.as_str();
    for slot in &doc.slots {
        let Some(at) = memchr::memchr(SLOT as u8, rest.as_bytes()) else { break };
        out.push_str(&rest[..at]);
        fill(out, workspace, page, root, *slot);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn fill(out: &mut String, workspace: &Workspace, page: &PageRef, root: &str, slot: Slot) {
    let number = match slot {
        Slot::Open(n) | Slot::Close(n) | Slot::Image(n) | Slot::Name(n) => n as usize,
    };
    let (Some(link), target) = (page.markdown.links.get(number), page.targets.get(number).unwrap_or(&Target::Nowhere)) else {
        return;
    };
    let address = address(workspace, target, root);
    let _ = match (slot, address) {
        (Slot::Open(_), Some(href)) => {
            let title = if link.title.is_empty() { String::new() } else { join!(" title=\"", escape(&link.title), "\"") };
            let rel = if matches!(target, Target::External(_)) { " rel=\"noopener\"" } else { "" };
            write!(out, "<a href=\"{}\"{title}{rel}>", escape(&href))
        }
        (Slot::Open(_) | Slot::Close(_), None) if *target == Target::Unpublished => Ok(()),
        (Slot::Open(_), None) => write!(out, "<span class=\"broken-link\" title=\"This link leads nowhere\">"),
        (Slot::Close(_), Some(_)) => write!(out, "</a>"),
        (Slot::Close(_), None) => write!(out, "</span>"),
        (Slot::Name(_), _) => write!(out, "{}", escape(&name(workspace, &link.destination, target))),
        // A picture from elsewhere would be fetched from another host, so it is a link; a page is no picture.
        (Slot::Image(_), Some(href)) if matches!(target, Target::Asset(..)) => {
            write!(out, "<img src=\"{}\" alt=\"{}\" loading=\"lazy\">", escape(&href), escape(&link.title))
        }
        (Slot::Image(_), Some(href)) => write!(out, "<a href=\"{}\">{}</a>", escape(&href), escape(words(&link.title, &link.destination))),
        (Slot::Image(_), None) => {
            write!(
                out,
                "<span class=\"broken-link\" title=\"This image is missing\">{}</span>",
                escape(words(&link.title, &link.destination))
            )
        }
    };
}

fn words<'a>(alt: &'a str, destination: &'a str) -> &'a str {
    if alt.trim().is_empty() { destination } else { alt }
}

/// The address of a target, seen from a page; `None` where there is nothing to link to.
pub fn address(workspace: &Workspace, target: &Target, root: &str) -> Option<String> {
    let with = |route: &str, fragment: &Option<String>| {
        let fragment = fragment.as_ref().map(|id| join!("#", path::encode_fragment(id))).unwrap_or_default();
        join!(root, path::encode(route), fragment)
    };
    match target {
        Target::Page(page, fragment) => Some(with(&workspace.pages[*page].route, fragment)),
        Target::Here(id) => Some(join!("#", path::encode_fragment(id))),
        Target::Asset(asset, fragment) => workspace.assets.get(*asset).map(|(_, route)| with(route, fragment)),
        Target::Generated(route) => Some(with(route, &None)),
        Target::External(address) => Some(address.clone()),
        Target::Unpublished | Target::Nowhere => None,
    }
}

/// The words of a wiki link that has none: the page's title where the link names an id, else what is written.
fn name(workspace: &Workspace, written: &str, target: &Target) -> String {
    let plain = written.split('#').next().unwrap_or(written).trim();
    match target {
        Target::Page(page, fragment) => {
            let page = &workspace.pages[*page];
            let by_id = page.partner.is_some_and(|partner| workspace.partners[partner].id.eq_ignore_ascii_case(plain))
                || path::stem(&page.path).eq_ignore_ascii_case(plain)
                || plain.contains('/');
            let words = if by_id { page.title.clone() } else { plain.to_owned() };
            match fragment.as_ref().and_then(|id| page.markdown.headings.iter().find(|heading| heading.id == *id)) {
                Some(heading) => join!(words, ": ", heading.text),
                None => words,
            }
        }
        _ => written.to_owned(),
    }
}
