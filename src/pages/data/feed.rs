//! `feed.xml`: what has happened lately.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::xml;
use crate::text::path;
use crate::workspace::{PageKind, Workspace};

/// The Atom feed: reviews, moves and issues, newest first.
pub fn feed(workspace: &Workspace, base: &str) -> String {
    let mut entries: Vec<(Date, String, String, String)> = Vec::new();
    for page in workspace.pages.iter().filter(|page| !page.hidden) {
        let partner = page.partner.map_or("", |at| workspace.partners[at].name());
        match &page.kind {
            PageKind::Review(review, _) => {
                if let Some(date) = review.date {
                    entries.push((
                        date,
                        format!("{partner}: {}", page.title),
                        page.route.clone(),
                        review.summary.clone().unwrap_or_default(),
                    ));
                }
            }
            PageKind::Issue(issue) => {
                if let Some(date) = issue.resolved.or(issue.opened) {
                    let what = if issue.is_open() { "Issue opened" } else { "Issue resolved" };
                    entries.push((date, format!("{partner}: {}", page.title), page.route.clone(), what.to_owned()));
                }
            }
            PageKind::Partner(at) => {
                let last = workspace.partners[*at].data.lifecycle.last();
                if let Some((stage, date)) = last.and_then(|last| Some((last.stage.as_deref()?, last.entered?))) {
                    let title = workspace.settings.stage(stage).map_or(stage, |stage| stage.title.as_str());
                    entries.push((date, format!("{partner} entered {}", title.to_lowercase()), page.route.clone(), String::new()));
                }
            }
            _ => {}
        }
    }
    entries.retain(|(date, ..)| *date <= workspace.as_of);
    entries.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)).then_with(|| a.2.cmp(&b.2)));
    entries.truncate(50);
    let updated = entries.first().map_or(workspace.as_of, |(date, ..)| *date);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let _ = write!(
        out,
        "<title>{}</title>\n<id>{base}</id>\n<link href=\"{base}\"/>\n<link rel=\"self\" href=\"{base}feed.xml\"/>\n<updated>{updated}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
        xml(&workspace.settings.title),
        xml(workspace.settings.company.as_deref().unwrap_or(&workspace.settings.title)),
        base = xml(base),
    );
    for (date, title, route, summary) in entries {
        let url = xml(&format!("{base}{}", path::encode(&route)));
        // The day keeps two events of one page apart.
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{url}#{date}</id>\n<link href=\"{url}\"/>\n<updated>{date}T00:00:00Z</updated>\n<summary>{}</summary>\n</entry>\n",
            xml(&title),
            xml(&summary),
        );
    }
    out.push_str("</feed>\n");
    out
}
