//! Findings for people at a terminal: the place underlined, what is wrong, what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use rayon::prelude::*;

use super::report::waiver;
use super::texts::Texts;
use super::{Finding, Place, Severity};
use crate::text::Span;
use crate::text::plain::plain;

/// So many findings are rendered as one piece.
const PIECE: usize = 64;
/// So many pieces are rendered side by side.
const PIECES: usize = 64;

/// Shows findings one after the other.
pub struct Human<'t> {
    texts: &'t Texts,
    renderer: Renderer,
}

impl<'t> Human<'t> {
    /// A renderer.
    pub fn new(texts: &'t Texts, coloured: bool) -> Self {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        Human { texts, renderer: renderer.term_width(120) }
    }

    /// Writes all findings in their order. Few are held at once: there can be many, and they are long.
    pub fn write_all(&self, findings: &[&Finding], mut write: impl FnMut(&str)) {
        for round in findings.chunks(PIECE * PIECES) {
            let pieces: Vec<String> =
                round.par_chunks(PIECE).map(|piece| piece.iter().map(|finding| self.render(finding)).collect()).collect();
            for piece in &pieces {
                write(piece);
            }
        }
    }

    /// One finding, ending in a line break.
    pub fn render(&self, finding: &Finding) -> String {
        let level = match finding.severity {
            _ if finding.waived.is_some() => Level::NOTE.with_name("waived"),
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let message = plain(&finding.message);
        let help = finding.advice().map(plain);
        let waiver = waiver(finding).map(|waiver| plain(&waiver));
        let window = self.window(&finding.path, &finding.place);
        let related: Vec<(String, Option<Window>, String)> =
            finding.related.iter().map(|other| (plain(&other.path), self.window(&other.path, &other.place), plain(&other.label))).collect();
        let path = plain(&finding.path);
        let mut group = level.primary_title(message).id(finding.rule.name).element_of(&path, window.as_ref(), AnnotationKind::Primary);
        let mut groups = Vec::new();
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        if let Some(waiver) = &waiver {
            group = group.element(Level::NOTE.message(waiver.as_str()));
        }
        groups.push(group);
        for (path, window, label) in &related {
            groups.push(Level::NOTE.secondary_title(label.as_str()).element_of(path, window.as_ref(), AnnotationKind::Context));
        }
        format!("{}\n\n", self.renderer.render(&groups))
    }

    /// The lines around a place; `None` for a whole file, or for one that is not there.
    fn window(&self, path: &str, place: &Place) -> Option<Window> {
        if *place == Place::File {
            return None;
        }
        let file = self.texts.get(path);
        let text = file.text.as_str();
        if text.is_empty() {
            return None;
        }
        let span = file.span_of(place);
        let (line, first) = file.line_of(span.start);
        // A finding is about where something starts; three lines of it are enough.
        let mut end = first;
        let mut lines = 0;
        for line in text[first..].split_inclusive('\n') {
            end += line.len();
            lines += 1;
            if end >= span.end.max(first + 1) || lines == 3 {
                break;
            }
        }
        let shown = text[first..end].trim_end_matches(['\n', '\r']).to_owned();
        let from = (span.start - first).min(shown.len());
        let to = (span.end.max(span.start) - first).min(shown.len());
        Some(Window { source: shown, line, span: from..to.max(from) })
    }
}

struct Window {
    source: String,
    line: usize,
    span: Span,
}

trait ElementOf<'a> {
    fn element_of(self, path: &'a str, window: Option<&'a Window>, kind: AnnotationKind) -> Group<'a>;
}

impl<'a> ElementOf<'a> for annotate_snippets::Title<'a> {
    fn element_of(self, path: &'a str, window: Option<&'a Window>, kind: AnnotationKind) -> Group<'a> {
        match window {
            None => self.element(Origin::path(path)),
            Some(window) => {
                let annotation = kind.span(window.span.clone());
                self.element(Snippet::source(window.source.as_str()).line_start(window.line).path(path).fold(false).annotation(annotation))
            }
        }
    }
}
