//! A summary in Markdown, for a comment on a pull request or the summary of a job.

use std::fmt::Write as _;

use super::report::{Item, Report, SEVERITIES};
use crate::text::plain::{cut, one_line};

/// The most bytes that are written. A comment on GitHub holds 65,536 characters, and whoever posts it may want to add some.
pub const MOST: usize = 60_000;
/// What is kept free for the end.
const END: usize = 200;
/// The most characters of a message, and of other texts of a row.
const MESSAGE: usize = 400;
const OTHER: usize = 160;

/// Counts, a table for each severity, and what is waived, folded. What does not fit is counted.
pub fn render(report: &Report<'_>) -> String {
    let mut out = format!("### partnerbook: {}\n\nAs of {}.\n", report.counts.sentence(), report.as_of);
    let mut left = report.items.len();
    let mut full = false;
    for severity in SEVERITIES {
        let items = report.items.iter().filter(|item| item.finding.waived.is_none() && item.finding.severity == severity);
        let title = format!("\n#### {}s\n\n| partner | rule | message | place |\n|---|---|---|---|\n", capital(severity.word()));
        table(report, &sorted(items), &title, "", &mut out, &mut left, &mut full);
    }
    let waived = sorted(report.items.iter().filter(|item| item.finding.waived.is_some()));
    let title = format!(
        "\n<details>\n<summary>{} waived</summary>\n\n| partner | rule | message | place | until | by | why |\n|---|---|---|---|---|---|---|\n",
        waived.len()
    );
    table(report, &waived, &title, "\n</details>\n", &mut out, &mut left, &mut full);
    if left > 0 {
        let _ = write!(out, "\n… and {left} more; `partnerbook check` shows all of them.\n");
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// By partner; what is about none goes last. Within a partner the order stays.
fn sorted<'r, 'a>(items: impl Iterator<Item = &'r Item<'a>>) -> Vec<&'r Item<'a>> {
    let mut items: Vec<&Item<'a>> = items.collect();
    items.sort_by_key(|item| item.partner.map_or((true, "", ""), |partner| (false, partner.name, partner.id)));
    items
}

fn table(report: &Report<'_>, items: &[&Item<'_>], title: &str, end: &str, out: &mut String, left: &mut usize, full: &mut bool) {
    let mut before: Option<Option<&str>> = None;
    for item in items {
        let partner = item.partner.map(|partner| partner.id);
        // The name stands once in front of the findings of a partner.
        let row = row(report, item, before != Some(partner));
        let title = if before.is_none() { title } else { "" };
        if *full || out.len() + title.len() + row.len() + end.len() + END > MOST {
            *full = true;
            break;
        }
        out.push_str(title);
        out.push_str(&row);
        before = Some(partner);
        *left -= 1;
    }
    if before.is_some() {
        out.push_str(end);
    }
}

fn row(report: &Report<'_>, item: &Item<'_>, named: bool) -> String {
    let finding = item.finding;
    let partner = match item.partner {
        _ if !named => String::new(),
        Some(partner) => format!("**{}**", escape(&cut(partner.name, OTHER))),
        None => "–".to_owned(),
    };
    let place = format!("{}:{}", report.path(&finding.path), item.region.start.line);
    let place = escape(&match place.char_indices().rev().nth(OTHER) {
        Some((at, _)) => format!("…{}", &place[at..]),
        None => place,
    });
    let mut row = format!("| {partner} | `{}` | {} | <code>{place}</code> |", finding.rule.name, message(&cut(&finding.message, MESSAGE)));
    if let Some(waived) = finding.waived.as_deref() {
        let until = waived.until.map(|day| day.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| escape(&cut(text.as_deref().unwrap_or_default(), OTHER));
        let _ = write!(row, " {until} | {} | {} |", text(&waived.by), text(&waived.reason));
    }
    row.push('\n');
    row
}

/// A message with its words between backticks as code. Tags are used for that: between them everything can be escaped.
fn message(text: &str) -> String {
    let text = one_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return cell(&text);
    }
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 0 {
            out.push_str(&cell(part));
        } else {
            let _ = write!(out, "<code>{}</code>", cell(part));
        }
    }
    out
}

/// Text that stays text in a cell: no markup, no tags, no mention of anybody, no reference to anything.
pub fn escape(text: &str) -> String {
    cell(&one_line(text))
}

fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        match c {
            // Platforms look for mentions, issues, labels and the like after the references are read, so the sign is parted from its name.
            '@' | '#' | '!' | '$' | '%' | '~' | '^' | '&' if next.is_alphanumeric() || "\"_{".contains(next) => {
                let _ = write!(out, "&#{};\u{200b}", u32::from(c));
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '<' | '>' | '&' | '~' | '^' | '$' | '@' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            // Nothing becomes a link by itself.
            ':' if next == '/' => out.push_str("&#58;"),
            c => out.push(c),
        }
    }
    out
}
