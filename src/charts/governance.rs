//! Who meets whom how often, level by level, and the way up when something is stuck.

use super::Text;
use super::parts::{element, label, nothing, text};

/// One forum.
#[derive(Debug, Clone, Default)]
pub struct Forum<'a> {
    /// Its level: `executive`, `managers`, `working`.
    pub name: Text<'a>,
    /// How often, and how long: `every month, 60 minutes`.
    pub interval: Text<'a>,
    /// Who.
    pub attendees: Vec<Text<'a>>,
    /// What for.
    pub purpose: Text<'a>,
    /// What else is to be said: when it met last.
    pub note: Text<'a>,
}

/// How a partnership is run.
#[derive(Debug, Clone, Default)]
pub struct Governance<'a> {
    /// A sentence that says what this is.
    pub label: Text<'a>,
    /// The highest level first.
    pub forums: Vec<Forum<'a>>,
    /// The steps of an escalation, first to last.
    pub escalation: Vec<Text<'a>>,
}

/// Draws the forums as a stack and the escalation as a chain.
pub fn render(out: &mut String, chart: &Governance) {
    if chart.forums.is_empty() && chart.escalation.is_empty() {
        return nothing(out, "No forum and no escalation is written down.");
    }
    out.push_str("<div class=\"ch-gv\" role=\"group\"");
    label(out, &chart.label);
    out.push('>');
    if !chart.forums.is_empty() {
        out.push_str("<ul>");
        for forum in &chart.forums {
            one(out, forum);
        }
        out.push_str("</ul>");
    }
    if !chart.escalation.is_empty() {
        out.push_str("<p>Escalation</p><ol>");
        for (at, step) in chart.escalation.iter().enumerate() {
            out.push_str("<li>");
            if at > 0 {
                out.push_str("<svg class=\"ch-ar\" viewBox=\"0 0 20 12\" aria-hidden=\"true\"><path d=\"M1 6h17m-5-5 5 5-5 5\"/></svg>");
            }
            out.push_str("<span>");
            text(out, step);
            out.push_str("</span></li>");
        }
        out.push_str("</ol>");
    }
    out.push_str("</div>");
}

fn one(out: &mut String, forum: &Forum) {
    out.push_str("<li><b>");
    text(out, &forum.name);
    out.push_str("</b>");
    element(out, " <span>", &forum.interval, "</span>");
    element(out, "<p>", &forum.purpose, "</p>");
    out.push_str("<p>");
    for (at, attendee) in forum.attendees.iter().enumerate() {
        out.push_str(if at > 0 { ", <bdi>" } else { "<bdi>" });
        text(out, attendee);
        out.push_str("</bdi>");
    }
    if forum.attendees.is_empty() {
        out.push_str("<i>nobody named</i>");
    }
    out.push_str("</p>");
    element(out, "<p><small>", &forum.note, "</small></p>");
    out.push_str("</li>");
}
