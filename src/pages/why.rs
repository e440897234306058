//! Why a number is what it is: its formula, its inputs, and where each of them is written.

use super::html::Html;
use crate::measures::explain::{Explanation, Source};

/// Writes how a number comes about, folded. `own` is the file that goes without saying.
pub fn details(html: &mut Html<'_>, own: &str, one: &Explanation) {
    html.raw("<details class=\"why\"><summary>How</summary>");
    inside(html, own, one);
    html.raw("</details>");
}

fn inside(html: &mut Html<'_>, own: &str, one: &Explanation) {
    for text in [&one.formula, &one.worked].into_iter().filter(|text| !text.is_empty()) {
        html.between("<p>", text, "</p>");
    }
    if !one.inputs.is_empty() {
        html.raw("<ul>");
        for input in &one.inputs {
            html.between("<li>", &input.label, ": ").text(&input.value).raw(" ");
            source(html, own, Some(&input.source));
            html.raw("</li>");
        }
        html.raw("</ul>");
    }
    for note in &one.notes {
        html.between("<p>", note, "</p>");
    }
    for part in &one.parts {
        html.between("<p><strong>", &part.title, ": ").text(&part.result).raw("</strong></p>");
        inside(html, own, part);
    }
}

/// Writes where something is written; `own` is the file that goes without saying.
pub fn source(html: &mut Html<'_>, own: &str, source: Option<&Source>) {
    match source {
        Some(Source::File { path, line }) => {
            html.raw("<small class=\"src\">");
            if path.as_ref() != own {
                html.text(path).raw(" ");
            }
            html.raw("line ").show(line).raw("</small>");
        }
        Some(Source::Default) => {
            html.raw("<small class=\"src\">built in</small>");
        }
        _ => {}
    }
}
