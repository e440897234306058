//! What each side gives, and what comes of it.

use super::Text;
use super::parts::{label, nothing, text};

/// One exchange.
#[derive(Debug, Clone, Default)]
pub struct Deal<'a> {
    /// What we give; empty where nothing is written.
    pub ours: Text<'a>,
    /// What they give.
    pub theirs: Text<'a>,
    /// What comes of it for both.
    pub together: Text<'a>,
}

/// All exchanges with a partner.
#[derive(Debug, Clone, Default)]
pub struct Exchange<'a> {
    /// A sentence that says what this is.
    pub label: Text<'a>,
    /// Our name.
    pub us: Text<'a>,
    /// Theirs.
    pub them: Text<'a>,
    /// The exchanges.
    pub deals: Vec<Deal<'a>>,
}

/// Draws two boxes and the arrows between them for each exchange, and below them what comes of it.
pub fn render(out: &mut String, chart: &Exchange) {
    if chart.deals.is_empty() {
        return nothing(out, "No exchange is written down.");
    }
    out.push_str("<ul class=\"ch-ex\"");
    label(out, &chart.label);
    out.push('>');
    for deal in &chart.deals {
        out.push_str("<li>");
        side(out, "", &chart.us, "gives", &deal.ours);
        out.push_str("<svg class=\"ch-ar\" viewBox=\"0 0 40 28\" aria-hidden=\"true\">");
        // An arrow for what is given, none for what is not.
        for (given, path) in [(&deal.ours, "M4 9h31m-5-5 5 5-5 5"), (&deal.theirs, "M36 19H5m5-5-5 5 5 5")] {
            if !given.trim().is_empty() {
                out.push_str("<path d=\"");
                out.push_str(path);
                out.push_str("\"/>");
            }
        }
        out.push_str("</svg>");
        side(out, "", &chart.them, "gives", &deal.theirs);
        side(out, "ch-both", "", "Together", &deal.together);
        out.push_str("</li>");
    }
    out.push_str("</ul>");
}

fn side(out: &mut String, class: &str, who: &str, what: &str, words: &str) {
    out.push_str(match (class.is_empty(), words.trim().is_empty()) {
        (true, false) => "<p>",
        (true, true) => "<p class=\"ch-no\">",
        (false, false) => "<p class=\"ch-both\">",
        (false, true) => "<p class=\"ch-both ch-no\">",
    });
    out.push_str("<small>");
    if !who.is_empty() {
        out.push_str("<bdi>");
        text(out, who);
        out.push_str("</bdi> ");
    }
    out.push_str(what);
    out.push_str("</small> ");
    text(out, words.trim());
    if words.trim().is_empty() {
        out.push_str("<i>nothing written</i>");
    }
    out.push_str("</p>");
}
