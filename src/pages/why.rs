//! Why a number is what it is: its formula, its inputs, and where each of them is written.

use super::html::Html;
use crate::measures::explain::{Explanation, Source};
use crate::text::path;
use crate::workspace::Workspace;

/// More inputs than this are not listed on a page; the terminal lists them all.
const MOST: usize = 300;

/// How the places of inputs are shown on a page.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The file that goes without saying; empty for none.
    pub own: &'a str,
    /// Where a file is edited, with `{path}` for it.
    pub edit_url: Option<&'a str>,
    /// The anchors of the KPIs that are explained on the same page.
    pub kpis: &'a [String],
}

impl<'a> Sources<'a> {
    /// For a page of a workspace.
    pub fn new(workspace: &'a Workspace, own: &'a str) -> Sources<'a> {
        Sources { own, edit_url: workspace.settings.edit_url.as_deref(), kpis: &[] }
    }

    /// Writes how a number comes about, folded. `ask` is what gives the same at the terminal.
    pub fn details(self, html: &mut Html<'_>, one: &Explanation, ask: &str) {
        html.raw("<details class=why><summary>How this is worked out</summary>");
        if one.all_inputs().len() > MOST {
            html.between("<p>", &one.formula, "<p>").between("<code>partnerbook why ", ask, "</code> lists every input.");
        } else {
            self.inside(html, one);
        }
        html.raw("</details>\n");
    }

    fn inside(self, html: &mut Html<'_>, one: &Explanation) {
        for text in [&one.formula, &one.worked].into_iter().filter(|text| !text.is_empty()) {
            html.raw("<p>").text(text);
        }
        if !one.inputs.is_empty() {
            html.raw("<ul>");
            for input in &one.inputs {
                html.between("<li>", &input.label, ": ").text(&input.value).raw(" ");
                self.source(html, Some(&input.source));
            }
            html.raw("</ul>");
        }
        for note in &one.notes {
            html.raw("<p>").text(note);
        }
        for part in &one.parts {
            match part.elsewhere.and_then(|at| self.kpis.get(at)) {
                Some(anchor) => html.between("<p><strong><a href=\"#", anchor, "\">").between("", &part.title, "</a>: "),
                None => html.between("<p><strong>", &part.title, ": "),
            };
            html.text(&part.result).raw("</strong>");
            self.inside(html, part);
        }
    }

    /// Writes where something is written.
    pub fn source(self, html: &mut Html<'_>, source: Option<&Source>) {
        match source {
            Some(Source::File { path, line }) => {
                html.raw("<small>");
                if let Some(url) = self.edit_url {
                    let url = url.replace("{path}", &path::encode(path)).replace("{line}", itoa::Buffer::new().format(*line));
                    html.between("<a href=\"", &url, "\">");
                }
                if path.as_ref() != self.own {
                    html.text(path).raw(" ");
                }
                html.raw("line ").show(line).raw(if self.edit_url.is_some() { "</a></small>" } else { "</small>" });
            }
            Some(Source::Default) => {
                html.raw("<small>built in</small>");
            }
            _ => {}
        }
    }
}
