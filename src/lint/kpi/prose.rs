//! The sentences of a text that was made from Markdown.

use crate::content::markdown::SLOT;

/// Elements whose words are not the author's own statement of today: code, quotations, what is struck out; and tables, whose
/// cells say nothing without their heads.
const SKIPPED: &[&str] = &["pre", "blockquote", "table", "del"];
/// Elements inside of a sentence.
const INLINE: &[&str] = &["a", "b", "code", "em", "i", "s", "span", "strong", "sub", "sup"];

/// The sentences of HTML with open slots.
pub(super) fn of_html(html: &str) -> Vec<String> {
    let (mut text, mut rest) = (String::with_capacity(html.len()), html);
    let mut skipped: Vec<&str> = Vec::new();
    while let Some(at) = rest.find('<') {
        if skipped.is_empty() {
            push_text(&mut text, &rest[..at]);
        }
        let tag = &rest[at + 1..];
        let end = tag.find('>').unwrap_or(tag.len());
        let (closes, name) = match tag[..end].strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, &tag[..end]),
        };
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if closes && skipped.last() == Some(&name) {
            skipped.pop();
        } else if !closes && SKIPPED.contains(&name) {
            skipped.push(name);
        }
        if !INLINE.contains(&name) {
            text.push('\n');
        }
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    push_text(&mut text, rest);
    text.split('\n').flat_map(of_line).collect()
}

/// The sentences of a plain text.
pub(super) fn of_text(text: &str) -> Vec<String> {
    of_line(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn of_line(line: &str) -> Vec<String> {
    let (mut sentences, mut start) = (Vec::new(), 0);
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, '.' | '!' | '?' | ';') && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if ends {
            sentences.push(line[start..at].trim().to_owned());
            start = at + c.len_utf8();
        }
    }
    sentences.push(line[start..].trim().to_owned());
    sentences.retain(|sentence| sentence.bytes().any(|byte| byte.is_ascii_digit()));
    sentences
}

/// A line of the source ends nothing.
fn push_text(text: &mut String, html: &str) {
    let start = text.len();
    for (at, piece) in html.split(['\n', SLOT]).enumerate() {
        text.push_str(if at > 0 { " " } else { "" });
        text.push_str(piece);
    }
    if html.contains('&') {
        let plain =
            text[start..].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
        text.truncate(start);
        text.push_str(&plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(markdown: &str) -> Vec<String> {
        of_html(&crate::content::markdown::parse(markdown, 0..markdown.len()).html)
    }

    #[test]
    fn sentences_go_over_lines_and_end_with_their_mark() {
        let text = "Revenue was **68,000** in\nthe quarter. It grew; R&D\nhas 3.5 people.\n\nNo number.\n\n- Leads: 4\n- [Calls](x.md) 5";
        assert_eq!(sentences(text), ["Revenue was 68,000 in the quarter", "R&D has 3.5 people", "Leads: 4", "Calls  5"]);
    }

    #[test]
    fn what_others_said_and_tables_are_left_out() {
        let text = "> Revenue was 1.\n\n| a | b |\n|---|---|\n| 2 | 3 |\n\n```\nRevenue was 4\n```\n\n~~Revenue was 5.~~ Leads were 6.";
        assert_eq!(sentences(text), ["Leads were 6"]);
    }
}
