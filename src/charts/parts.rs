//! What several charts are made of: text, marks, rows with a bar.

use super::Status;
use super::draw::{coordinate, percent};
use crate::content::markdown::escape_into;

/// Text, escaped.
pub fn text(out: &mut String, text: &str) {
    escape_into(out, text);
}

/// An element around text; nothing where there is no text.
pub fn element(out: &mut String, open: &str, words: &str, close: &str) {
    if !words.is_empty() {
        out.push_str(open);
        text(out, words);
        out.push_str(close);
    }
}

/// ` aria-label="…"`, the text alternative.
pub fn label(out: &mut String, words: &str) {
    out.push_str(" aria-label=\"");
    text(out, words);
    out.push('"');
}

/// Text inside a link, where there is one. `href` is encoded already.
pub fn link(out: &mut String, href: Option<&str>, words: &str) {
    match href.filter(|href| !href.is_empty()) {
        Some(href) => {
            element(out, "<a href=\"", href, "\">");
            text(out, words);
            out.push_str("</a>");
        }
        None => text(out, words),
    }
}

/// What stands where nothing is to be drawn.
pub fn nothing(out: &mut String, words: &str) {
    element(out, "<p class=\"none\">", words, "</p>");
}

/// The shape of a status, around the origin; hollow where it is not final.
pub fn shape(out: &mut String, status: Status, hollow: bool) {
    let (class, shape) = match status {
        Status::Green => ("green", "<circle r=\"5\""),
        Status::Yellow => ("yellow", "<path d=\"M0-6 6 5H-6z\""),
        Status::Red => ("red", "<path d=\"m-5-3 2-2 3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z\""),
        Status::Grey => ("grey", "<circle r=\"3.5\""),
    };
    out.push_str(shape);
    out.push_str(" class=\"ch-");
    out.push_str(class);
    out.push_str(if hollow { " ch-hollow\"/>" } else { "\"/>" });
}

/// The shape of a status, within a line of text. Its word belongs beside it.
pub fn icon(out: &mut String, status: Status, hollow: bool) {
    out.push_str("<svg class=\"ch-i\" viewBox=\"-7 -7 14 14\" aria-hidden=\"true\">");
    shape(out, status, hollow);
    out.push_str("</svg>");
}

/// Opens a drawing at a place within another: from the left a part of the width, from the top pixels.
pub fn place(out: &mut String, x: f64, y: f64) {
    out.push_str("<svg x=\"");
    percent(out, x);
    out.push_str("\" y=\"");
    coordinate(out, y);
    out.push_str("\">");
}

/// Opens a row: its name, and the drawing beside it.
pub fn open_row(out: &mut String, href: Option<&str>, name: &str) {
    out.push_str("<li><span>");
    link(out, href, name);
    out.push_str("</span><svg class=\"ch-b\" aria-hidden=\"true\">");
}

/// Closes a row: what it comes to, with the shape of its status, and the small print.
pub fn close_row(out: &mut String, status: Status, value: &str, small: &[&str]) {
    out.push_str("</svg><b>");
    if status != Status::Grey {
        icon(out, status, false);
    }
    text(out, value);
    out.push_str("</b>");
    notes(out, small);
    out.push_str("</li>");
}

/// A bar from one part of the width to another. A bar that is there can be seen.
pub fn bar(out: &mut String, class: &str, from: f64, to: f64) {
    const LEAST: f64 = 0.005;
    let width = if to - from > LEAST { to - from } else { LEAST };
    let from = if from > 1.0 - LEAST { 1.0 - LEAST } else { from };
    out.push_str("<rect");
    if !class.is_empty() {
        out.push_str(" class=\"");
        out.push_str(class);
        out.push('"');
    }
    if from > 0.0 {
        out.push_str(" x=\"");
        percent(out, from);
        out.push('"');
    }
    out.push_str(" width=\"");
    percent(out, width);
    out.push_str("\"/>");
}

/// A line between two points: from left to right in parts of the width, from top to bottom in pixels.
pub fn line(out: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    out.push_str("<line");
    if !class.is_empty() {
        out.push_str(" class=\"");
        out.push_str(class);
        out.push('"');
    }
    for (name, part) in [(" x1=\"", from.0), (" x2=\"", to.0)] {
        // Zero is what is meant when nothing is said.
        if part > 0.0 {
            out.push_str(name);
            percent(out, part);
            out.push('"');
        }
    }
    for (name, pixels) in [(" y1=\"", from.1), (" y2=\"", to.1)] {
        out.push_str(name);
        coordinate(out, pixels);
        out.push('"');
    }
    out.push_str("/>");
}

/// An upright line at a part of the width.
pub fn upright(out: &mut String, class: &str, x: f64, top: f64, bottom: f64) {
    line(out, class, (x, top), (x, bottom));
}

/// The small print of a row: its parts with a dot between them.
pub fn notes(out: &mut String, notes: &[&str]) {
    let mut open = "<small><bdi>";
    for note in notes.iter().filter(|n| !n.is_empty()) {
        element(out, open, note, "</bdi>");
        open = " · <bdi>";
    }
    if open != "<small><bdi>" {
        out.push_str("</small>");
    }
}
