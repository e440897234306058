//! A summary in Markdown, for a comment on a pull request or the summary of a job.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Severity;
use super::report::{Item, Report, SEVERITIES};
use super::statistics;
use crate::text;
use crate::text::plain::{cut, one_line};

/// The most bytes that are written. A comment on GitHub holds 65,536 characters, and whoever posts it may want to add some.
pub const MOST: usize = 60_000;
/// What is kept free for the words around a table and for the end.
const AROUND: usize = 600;
/// The most errors that are listed. They are not folded, and nobody scrolls through more.
const ERRORS: usize = 100;
/// The most bytes of them, so that some warnings have room too.
const BYTES_OF_ERRORS: usize = 35_000;
/// The most rules in the table of counts.
const RULES: usize = 15;
/// The most characters of a message, and of other texts of a row.
const MESSAGE: usize = 400;
const OTHER: usize = 160;

/// Counts, then by rule, then the errors; warnings, notes and what is waived are folded. What does not fit is counted.
pub fn render(report: &Report<'_>) -> String {
    let mut out = format!("### partnerbook: {}\n\n{}\n", report.counts.sentence(), about(report));
    counts(report, &mut out);
    let mut missing = Vec::new();
    for severity in SEVERITIES {
        let items = report.items.iter().filter(|item| item.finding.waived.is_none() && item.finding.severity == severity);
        let most = if severity == Severity::Error { Some(BYTES_OF_ERRORS) } else { None };
        list(report, &sorted(items), severity.word(), most, &mut out, &mut missing);
    }
    list(report, &sorted(report.items.iter().filter(|item| item.finding.waived.is_some())), WAIVED, None, &mut out, &mut missing);
    if !missing.is_empty() {
        let missing = text::list(&missing, "and");
        let _ = write!(out, "\nLeft out, so that this fits into a comment: {missing}. `partnerbook check` shows all of them.\n");
    }
    out
}

/// The day, and how many partners have something to do.
fn about(report: &Report<'_>) -> String {
    let counted = report.items.iter().filter(|item| item.finding.counts());
    let partners: BTreeSet<&str> = counted.filter_map(|item| Some(item.partner?.id)).collect();
    match partners.len() {
        0 => format!("As of {}.", report.as_of),
        n => format!("As of {}, about {}.", report.as_of, text::count(n, "partner")),
    }
}

/// How often each rule has fired: the gravest first, the most frequent first among them.
fn counts(report: &Report<'_>, out: &mut String) {
    let rows = statistics::rows(report.items.iter().map(|item| item.finding));
    if rows.is_empty() {
        return;
    }
    out.push_str("\n| rule | severity | findings | partners |\n|---|---|--:|--:|\n");
    let gravest_first = SEVERITIES.iter().flat_map(|severity| rows.iter().filter(|row| row.severity == severity.word()));
    let (mut others, mut findings) = (0, 0);
    for (at, row) in gravest_first.enumerate() {
        if at < RULES || rows.len() == RULES + 1 {
            let _ = writeln!(out, "| `{}` | {} | {} | {} |", row.rule, row.severity, row.count, row.partners);
        } else {
            (others, findings) = (others + 1, findings + row.count);
        }
    }
    if others > 0 {
        let _ = writeln!(out, "| {others} others | | {findings} | |");
    }
}

/// The word for what is waived, where others have that of their severity.
const WAIVED: &str = "waived";

/// A table of findings: errors in the open, all others folded. What has no room is counted in `missing`.
fn list(report: &Report<'_>, items: &[&Item<'_>], word: &str, most: Option<usize>, out: &mut String, missing: &mut Vec<String>) {
    let room = MOST.saturating_sub(out.len() + AROUND);
    let (rows, listed) = rows(report, items, most.map_or(room, |most| most.min(room)), most.map_or(usize::MAX, |_| ERRORS));
    let counted = |n: usize| if word == WAIVED { format!("{n} {word}") } else { text::count(n, word) };
    if listed < items.len() {
        missing.push(counted(items.len() - listed));
    }
    if listed == 0 {
        return;
    }
    let all = counted(items.len());
    let title = if listed < items.len() { format!("{listed} of {all}") } else { all };
    let (before, after) = match most {
        Some(_) => (format!("\n#### {title}\n\n"), ""),
        None => (format!("\n<details>\n<summary>{title}</summary>\n\n"), "\n</details>\n"),
    };
    let (columns, line) = if word == WAIVED { (" until | by | why |", "---|---|---|") } else { ("", "") };
    let _ = write!(out, "{before}| partner | rule | message | place |{columns}\n|---|---|---|---|{line}\n{rows}{after}");
}

/// As many rows as there is room for.
fn rows(report: &Report<'_>, items: &[&Item<'_>], room: usize, most: usize) -> (String, usize) {
    let mut out = String::new();
    let mut before: Option<Option<&str>> = None;
    for (at, item) in items.iter().enumerate() {
        let partner = item.partner.map(|partner| partner.id);
        // The name stands once in front of the findings of a partner.
        let row = row(report, item, before != Some(partner));
        if at == most || out.len() + row.len() > room {
            return (out, at);
        }
        out.push_str(&row);
        before = Some(partner);
    }
    (out, items.len())
}

/// By partner; what is about none goes last. Within a partner the order stays.
fn sorted<'r, 'a>(items: impl Iterator<Item = &'r Item<'a>>) -> Vec<&'r Item<'a>> {
    let mut items: Vec<&Item<'a>> = items.collect();
    items.sort_by_key(|item| item.partner.map_or((true, "", ""), |partner| (false, partner.name, partner.id)));
    items
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
