//! Looking at a site as a browser would: which links a page has, and whether they lead to something.

use std::collections::{BTreeMap, BTreeSet};

use super::Tree;

/// The values of an attribute in the tags of a page, with their character references undone.
pub fn attributes(html: &str, names: &[&str]) -> Vec<String> {
    let mut values = Vec::new();
    for tag in tags(html) {
        for (name, value) in parts(tag) {
            if names.contains(&name.as_str()) {
                values.push(value);
            }
        }
    }
    values
}

/// The tags of a page, without their angle brackets. What stands in scripts is not looked at.
pub fn tags(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = end_of_tag(rest);
        found.push(&rest[..end]);
        let script = rest.starts_with("script");
        rest = &rest[end..];
        if script {
            rest = &rest[rest.find("</script>").unwrap_or(rest.len())..];
        }
    }
    found
}

fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return at,
            _ => {}
        }
    }
    text.len()
}

/// The attributes of a tag.
fn parts(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag.trim_start_matches(|c: char| !c.is_whitespace());
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return found;
        }
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..name_end].to_ascii_lowercase();
        rest = rest[name_end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, next) = if let Some(quote) = quote {
            let inside = &after[1..];
            let end = inside.find(quote).unwrap_or(inside.len());
            (&inside[..end], inside.get(end + 1..).unwrap_or_default())
        } else {
            after.split_at(after.find(char::is_whitespace).unwrap_or(after.len()))
        };
        found.push((name, unescape(value)));
        rest = next;
    }
}

/// Text with its character references undone, those that the program writes.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// Text as it stands in a page.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The path that a relative link leads to, seen from the page at `from`. `None` when it leaves the site.
pub fn target(from: &str, href: &str) -> Option<String> {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<String> = from.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(decode(name)),
        }
    }
    Some(parts.join("/"))
}

/// True for an address with a scheme, such as `https://x.example`.
pub fn is_external(href: &str) -> bool {
    let scheme = href.split([':', '/', '?', '#']).next().unwrap_or_default();
    href[scheme.len()..].starts_with(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The pages of a site that a page links to.
pub fn links_of(pages: &Tree, from: &str) -> BTreeSet<String> {
    let html = String::from_utf8_lossy(&pages[from]);
    attributes(&html, &["href", "src"]).iter().filter(|href| !is_external(href)).filter_map(|href| target(from, href)).collect()
}

/// Every link of the site that leads nowhere: `page -> link`.
pub fn broken_links(pages: &Tree) -> Vec<String> {
    let mut anchors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let html: Vec<(&str, std::borrow::Cow<'_, str>)> = pages
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes)))
        .collect();
    for (path, text) in &html {
        anchors.insert(path, attributes(text, &["id"]).into_iter().collect());
    }
    let mut broken = Vec::new();
    for (path, text) in &html {
        let mut seen = BTreeSet::new();
        for href in attributes(text, &["href", "src"]) {
            if is_external(&href) || !seen.insert(href.clone()) {
                continue;
            }
            let found = target(path, &href).filter(|to| pages.contains_key(to));
            let Some(to) = found.filter(|_| !href.starts_with('/')) else {
                broken.push(format!("{path} -> {href}"));
                continue;
            };
            let fragment = href.split_once('#').map_or("", |(_, id)| id);
            // `#health=red` asks a table to filter itself.
            if let Some(known) = anchors.get(to.as_str())
                && !matches!(fragment, "" | "top")
                && !fragment.contains('=')
                && !known.contains(&decode(fragment))
            {
                broken.push(format!("{path} -> {href}"));
            }
        }
    }
    broken
}
