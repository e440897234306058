//! `sitemap.xml`: the address of every page.

use std::fmt::Write as _;

use super::xml;
use crate::text::path;

/// The most addresses that a sitemap may hold, by its protocol.
pub const SITEMAP_MOST: usize = 50_000;

/// The path of one part of a large sitemap.
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

/// A sitemap of pages: the whole, one part of it, or, where they do not fit into one file, the index of the parts.
pub fn sitemap(pages: &[&str], part: Option<usize>, base: &str) -> String {
    let address = |path: &str| xml(&format!("{base}{}", path::encode(path)));
    let (list, entry, addresses): (_, _, Vec<String>) = match part {
        None if pages.len() > SITEMAP_MOST => {
            ("sitemapindex", "sitemap", (0..pages.len().div_ceil(SITEMAP_MOST)).map(|part| address(&sitemap_part(part))).collect())
        }
        _ => ("urlset", "url", pages.iter().skip(part.unwrap_or(0) * SITEMAP_MOST).take(SITEMAP_MOST).map(|page| address(page)).collect()),
    };
    let mut out = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{list} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for address in addresses {
        let _ = writeln!(out, "<{entry}><loc>{address}</loc></{entry}>");
    }
    let _ = writeln!(out, "</{list}>");
    out
}
