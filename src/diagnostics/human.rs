//! Findings for people at a terminal: the place underlined, what is wrong, what to do.

use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use rustc_hash::FxHashMap;

use super::{Finding, Place, Severity, span_of};
use crate::text::Span;

/// Shows findings one after the other; texts of files come from `text_of`, each asked for once.
pub struct Human<F: Fn(&str) -> String> {
    text_of: F,
    texts: FxHashMap<Arc<str>, Arc<str>>,
    /// Where the lines of each file start.
    lines: FxHashMap<Arc<str>, Vec<usize>>,
    renderer: Renderer,
}

impl<F: Fn(&str) -> String> Human<F> {
    /// A renderer. Its output has colours; writing it to something that is not a terminal takes them out.
    pub fn new(text_of: F) -> Self {
        Human { text_of, texts: FxHashMap::default(), lines: FxHashMap::default(), renderer: Renderer::styled().term_width(120) }
    }

    fn text(&mut self, path: &Arc<str>) -> Arc<str> {
        if let Some(text) = self.texts.get(path) {
            return text.clone();
        }
        let text: Arc<str> = Arc::from((self.text_of)(path));
        self.texts.insert(path.clone(), text.clone());
        text
    }

    /// The line of a byte, from 1, and where it starts.
    fn line_of(&mut self, path: &Arc<str>, text: &str, at: usize) -> (usize, usize) {
        let starts = self
            .lines
            .entry(path.clone())
            .or_insert_with(|| std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1)).collect());
        let line = starts.partition_point(|start| *start <= at);
        (line, starts.get(line.saturating_sub(1)).copied().unwrap_or_default())
    }

    /// One finding, ending in a line break.
    pub fn render(&mut self, finding: &Finding) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let message = plain(&finding.message);
        let help = finding.help.as_ref().or(finding.fix.as_ref().map(|fix| &fix.title)).map(|help| plain(help));
        let window = self.window(&finding.path, &finding.place);
        let related: Vec<(String, Option<Window>, String)> =
            finding.related.iter().map(|other| (plain(&other.path), self.window(&other.path, &other.place), plain(&other.label))).collect();
        let path = plain(&finding.path);
        let mut group = level.primary_title(message).id(finding.rule.name).element_of(&path, window.as_ref(), AnnotationKind::Primary);
        let mut groups = Vec::new();
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        groups.push(group);
        for (path, window, label) in &related {
            groups.push(Level::NOTE.secondary_title(label.as_str()).element_of(path, window.as_ref(), AnnotationKind::Context));
        }
        format!("{}\n\n", self.renderer.render(&groups))
    }

    /// The lines around a place; `None` for a whole file, or for one that is not there.
    fn window(&mut self, path: &Arc<str>, place: &Place) -> Option<Window> {
        if *place == Place::File {
            return None;
        }
        let text = self.text(path);
        if text.is_empty() {
            return None;
        }
        let span = span_of(&text, place);
        let (line, first) = self.line_of(path, &text, span.start);
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

/// Text from files, with control characters made visible so that they cannot steer a terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}
