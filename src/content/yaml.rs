//! YAML as a tree in which every node knows its byte range and every scalar keeps its own spelling.
//!
//! The events come from granit-parser. Numbers stay text until somebody asks for one, so nothing passes through a binary
//! float. Aliases are refused (nobody needs them here, and they can explode), nesting is limited.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, options};
use rustc_hash::FxHashSet;

use super::syntax::syntax_problem;
use crate::diagnostics::Step;
use crate::text::{Span, lines};

/// The deepest nesting that is read. The deepest that a workspace needs is about six.
const MAX_DEPTH: usize = 48;
/// Up to so many keys a mapping is small.
const FEW: usize = 24;

/// One node of a YAML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'a> {
    /// Its bytes in the file.
    pub span: Span,
    /// What it is.
    pub value: Value<'a>,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing: an empty value, `null` or `~`.
    Null,
    /// A scalar as written, without its quotes.
    Scalar {
        /// The text.
        text: Cow<'a, str>,
        /// True without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node<'a>>),
    /// A mapping in the order of the file; a key that came twice is here once.
    Map(Vec<(Key<'a>, Node<'a>)>),
}

/// A key of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key<'a> {
    /// Its bytes in the file.
    pub span: Span,
    /// The key as written, without quotes.
    pub text: Cow<'a, str>,
}

/// Something that is wrong with the YAML itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes in question.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A parsed document: what could be read, and what could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree<'a> {
    /// The document; `Null` when it is empty.
    pub root: Node<'a>,
    /// All problems. The tree is whole when there is none.
    pub problems: Vec<Problem>,
}

/// A mapping or list that is not closed yet.
enum Open<'a> {
    List(Span, Vec<Node<'a>>),
    /// With the key whose value comes next, and all keys once there are many.
    Map(Span, Vec<(Key<'a>, Node<'a>)>, Option<Key<'a>>, FxHashSet<Cow<'a, str>>),
}

/// Parses the YAML in `text[range]`; all spans are byte offsets into `text`.
pub fn parse(text: &str, range: Span) -> Tree<'_> {
    let offset = range.start;
    let source = &text[range.clone()];
    let limits = options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder { open: Vec::new(), root: None, problems: Vec::new() };
    for event in Parser::new_from_str_with_options(source, limits) {
        match event {
            Ok((event, span)) => {
                let bytes = span.byte_range().unwrap_or(0..0);
                if builder.event(event, bytes.start + offset..bytes.end + offset).is_break() {
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0) + offset;
                let problem = builder.unclosed(text, at).unwrap_or_else(|| syntax_problem(text, &range, at, error.kind()));
                builder.problems.push(problem);
                break;
            }
        }
    }
    while let Some(open) = builder.open.pop() {
        builder.close(open, offset + source.len());
    }
    let root = builder.root.unwrap_or(Node { span: offset..offset, value: Value::Null });
    Tree { root, problems: builder.problems }
}

struct Builder<'a> {
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    problems: Vec<Problem>,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>, span: Span) -> std::ops::ControlFlow<()> {
        match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                // A key keeps its spelling, whatever it would mean as a value.
                let is_key = matches!(self.open.last(), Some(Open::Map(_, _, None, _)));
                let null = plain && !is_key && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                let value = if null { Value::Null } else { Value::Scalar { text, plain } };
                self.push(Node { span, value });
            }
            Event::SequenceStart(..) => self.open.push(Open::List(span, Vec::new())),
            Event::MappingStart(..) => self.open.push(Open::Map(span, Vec::new(), None, FxHashSet::default())),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.close(open, span.end);
                }
            }
            Event::Alias(..) | Event::UnresolvedAlias(..) => {
                self.problems.push(Problem {
                    span: span.clone(),
                    message: "a YAML alias (`*name`), which is not read here".to_owned(),
                    help: Some("write the value itself; if the text starts with `*`, put it in quotes".to_owned()),
                });
                self.push(Node { span, value: Value::Null });
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                self.problems.push(Problem {
                    span,
                    message: "a second YAML document starts here".to_owned(),
                    help: Some("remove the `---` line".to_owned()),
                });
                return std::ops::ControlFlow::Break(());
            }
            _ => {}
        }
        std::ops::ControlFlow::Continue(())
    }

    /// A bracket that is still open where the next entry begins: there the parser stumbles, and here people look.
    fn unclosed(&self, text: &str, at: usize) -> Option<Problem> {
        // Only what stands in brackets has a length when it starts.
        let start = self.open.iter().rev().find_map(|open| match open {
            Open::List(span, _) | Open::Map(span, ..) => (!span.is_empty()).then_some(span.start),
        })?;
        let at = lines::floor_boundary(text, at.min(text.len()));
        let line = |at: usize| text.get(..at).map(|before| before.rfind('\n').map_or(0, |end| end + 1));
        let indent = |line: usize| text.get(line..).map(|rest| rest.len() - rest.trim_start_matches(' ').len());
        let (opened, stumbled) = (line(start)?, line(at)?);
        // What belongs into the brackets is further to the right than the entry in which they were opened.
        if stumbled <= opened || indent(stumbled)? > indent(opened)? || text.get(stumbled..)?.starts_with([']', '}']) {
            return None;
        }
        let kind =
            if text.get(start..)?.starts_with('[') { ErrorKind::UnexpectedEofFlowSequence } else { ErrorKind::UnexpectedEofFlowMapping };
        let end = start + text.get(start..stumbled)?.lines().next().map_or(0, |line| line.trim_end().len());
        Some(syntax_problem(text, &(start..end), start, &kind))
    }

    fn close(&mut self, open: Open<'a>, end: usize) {
        let node = match open {
            // A block collection ends, for the parser, where the next thing starts; for people, with its last value.
            Open::List(span, items) => {
                let end = if span.is_empty() { items.last().map_or(span.end, |node| node.span.end) } else { end };
                Node { span: span.start..end.max(span.start), value: Value::List(items) }
            }
            Open::Map(span, entries, ..) => {
                let end =
                    if span.is_empty() { entries.last().map_or(span.end, |(key, node)| node.span.end.max(key.span.end)) } else { end };
                Node { span: span.start..end.max(span.start), value: Value::Map(entries) }
            }
        };
        self.push(node);
    }

    fn push(&mut self, node: Node<'a>) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, pending, many)) => match pending.take() {
                None => {
                    let span = node.span.clone();
                    let text = match node.value {
                        Value::Scalar { text, .. } => text,
                        Value::Null => Cow::Borrowed("null"),
                        _ => {
                            self.problems.push(Problem {
                                span: span.clone(),
                                message: "a list or mapping cannot be a key".to_owned(),
                                help: Some("if the key starts with `[` or `{`, put it in quotes".to_owned()),
                            });
                            Cow::Borrowed("")
                        }
                    };
                    *pending = Some(Key { span, text });
                }
                Some(key) => {
                    // Looking through a few keys is faster than a set; looking through many is not.
                    let twice = if entries.len() < FEW {
                        entries.iter().any(|(known, _)| known.text == key.text)
                    } else {
                        if many.is_empty() {
                            many.extend(entries.iter().map(|(known, _)| known.text.clone()));
                        }
                        !many.insert(key.text.clone())
                    };
                    if twice {
                        self.problems.push(Problem {
                            span: key.span.clone(),
                            message: format!("the key `{}` is written twice", key.text),
                            help: Some("keep one of the two".to_owned()),
                        });
                    } else {
                        entries.push((key, node));
                    }
                }
            },
        }
    }
}

impl<'a> Node<'a> {
    /// The value under `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(known, _)| known.text == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What the node is, for people.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The node as JSON, for the team's own `x-*` keys: true, false and whole numbers are typed, everything else is text.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Scalar { text, plain: true } => match text.as_ref() {
                "true" | "True" | "TRUE" => serde_json::Value::Bool(true),
                "false" | "False" | "FALSE" => serde_json::Value::Bool(false),
                // Only a number that comes back as it is written becomes one; `1.10` and `007` stay text.
                text => match text.parse::<i64>() {
                    Ok(number) if number.to_string() == text => number.into(),
                    _ => serde_json::Value::String(text.to_owned()),
                },
            },
            Value::Scalar { text, .. } => serde_json::Value::String(text.to_string()),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Map(entries) => {
                serde_json::Value::Object(entries.iter().map(|(key, node)| (key.text.to_string(), node.to_json())).collect())
            }
        }
    }

    /// The span to underline for a key route: the value's own, or the key's where the value is a collection or missing
    /// further down; the nearest parent that exists wins.
    pub fn locate(&self, route: &[Step]) -> Span {
        let mut node = self;
        let mut best = None;
        for (depth, step) in route.iter().enumerate() {
            let last = depth + 1 == route.len();
            let next = match (step, &node.value) {
                (Step::Key(key), Value::Map(entries)) => entries.iter().find(|(known, _)| known.text == key.as_ref()).map(|(key, node)| {
                    let simple = matches!(node.value, Value::Scalar { .. });
                    let span = if last && simple { node.span.clone() } else { key.span.clone() };
                    (span, node)
                }),
                (Step::Index(index), Value::List(items)) => items.get(*index).map(|node| (first_line(node), node)),
                _ => None,
            };
            let Some((span, child)) = next else {
                // One value may stand for a list or a record.
                if matches!(node.value, Value::Scalar { .. }) {
                    best = Some(node.span.clone());
                }
                break;
            };
            best = Some(span);
            node = child;
        }
        // What is missing altogether is missing from what has the name.
        best.unwrap_or_else(|| match (self.get("name").filter(|node| matches!(node.value, Value::Scalar { .. })), &self.value) {
            (Some(name), _) => name.span.clone(),
            (None, Value::Map(entries)) => entries.first().map_or(self.span.clone(), |(key, _)| key.span.clone()),
            _ => self.span.start..self.span.start,
        })
    }

    /// The bytes whose reading decides what stands at a key route: those of its value where that is no mapping, of what stands above it
    /// and is none, or of the whole element of a list that it names. `None` where it leads to a mapping, or nowhere.
    pub fn decides(&self, route: &[Step]) -> Option<Span> {
        let mut node = self;
        for (depth, step) in route.iter().enumerate() {
            let next = match (step, &node.value) {
                (Step::Key(key), Value::Map(entries)) => entries.iter().find(|(known, _)| known.text == key.as_ref()).map(|(_, node)| node),
                (Step::Index(index), Value::List(items)) => items.get(*index),
                // What stands here in place of a mapping or list was read as a whole, or not at all.
                (_, Value::Scalar { .. } | Value::List(_)) | (Step::Index(_), Value::Map(_)) => return Some(node.span.clone()),
                _ => None,
            };
            node = next?;
            if depth + 1 == route.len() && matches!(step, Step::Index(_)) {
                return Some(node.span.clone());
            }
        }
        (!route.is_empty() && !matches!(node.value, Value::Map(_))).then(|| node.span.clone())
    }

    /// The span of the key at the end of a key route; where it is not there, what [`Node::locate`] gives.
    pub fn locate_name(&self, route: &[Step]) -> Span {
        self.key_at(route).map_or_else(|| self.locate(route), |key| key.span.clone())
    }

    /// The key at the end of a key route.
    pub fn key_at(&self, route: &[Step]) -> Option<&Key<'a>> {
        let (Step::Key(wanted), parents) = route.split_last()? else { return None };
        match &parents.iter().try_fold(self, |node, step| node.step(step))?.value {
            Value::Map(entries) => entries.iter().map(|(key, _)| key).find(|key| key.text == wanted.as_ref()),
            _ => None,
        }
    }

    /// The scalar at the end of a key route. One value may stand for a list or a record.
    pub fn scalar_at(&self, route: &[Step]) -> Option<&Node<'a>> {
        let node = route.iter().try_fold(self, |node, step| match (step, &node.value) {
            (_, Value::Scalar { .. }) | (Step::Index(0), Value::Map(_)) => Some(node),
            _ => node.step(step),
        })?;
        matches!(node.value, Value::Scalar { .. }).then_some(node)
    }

    /// The node one step below.
    pub fn step(&self, step: &Step) -> Option<&Node<'a>> {
        match (step, &self.value) {
            (Step::Key(key), _) => self.get(key),
            (Step::Index(index), Value::List(items)) => items.get(*index),
            _ => None,
        }
    }
}

/// What to underline for a list element: a scalar or flow mapping whole, a block mapping's first key.
fn first_line(node: &Node<'_>) -> Span {
    match &node.value {
        Value::Map(entries) => match entries.first() {
            Some((key, _)) if key.span.start == node.span.start => key.span.clone(),
            _ => node.span.clone(),
        },
        _ => node.span.clone(),
    }
}

#[cfg(test)]
#[allow(clippy::useless_vec)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Tree<'_> {
        parse(text, 0..text.len())
    }

    #[test]
    fn scalars_keep_their_spelling_and_place() {
        let text = "target: 0.10000000000000000001\nname: \"A: B\"\nnone: ~\n";
        let tree = tree(text);
        let target = tree.root.get("target").map(|node| (node.text(), &text[node.span.clone()]));
        assert_eq!(target, Some((Some("0.10000000000000000001"), "0.10000000000000000001")));
        assert_eq!(tree.root.get("name").and_then(Node::text), Some("A: B"));
        assert_eq!(tree.root.get("none").map(super::Node::kind), Some("nothing"));
        assert!(tree.problems.is_empty());
    }

    #[test]
    fn aliases_and_double_keys_are_problems_and_the_rest_is_read() {
        let tree = tree("a: &x [1]\nb: *x\na: 2\nc: 3\n");
        let messages: Vec<_> = tree.problems.iter().map(|p| p.message.as_str()).collect();
        assert_eq!(messages, ["a YAML alias (`*name`), which is not read here", "the key `a` is written twice"]);
        assert_eq!(tree.root.get("c").and_then(Node::text), Some("3"));
    }

    #[test]
    fn a_key_keeps_its_spelling() {
        assert_eq!(tree("~: 1\n").root.get("~").and_then(Node::text), Some("1"));
        assert_eq!(tree("null: 1\n").root.get("null").and_then(Node::text), Some("1"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = "[".repeat(100_000);
        assert_eq!(tree(&text).problems.len(), 1);
        let text = format!("{}x", "- ".repeat(100_000));
        assert_eq!(tree(&text).problems.len(), 1);
    }

    #[test]
    fn routes_lead_to_the_key_to_change() {
        let text = "name: Acme\nlifecycle:\n  - {stage: research, by: dana}\n  - stage: review\nkpis:\n  revenue:\n    unit: USD\n";
        let tree = tree(text);
        let at = |route: &[Step]| &text[tree.root.locate(route)];
        assert_eq!(at(&crate::route!["lifecycle", 0, "by"]), "dana");
        assert_eq!(at(&crate::route!["lifecycle", 1]), "stage");
        assert_eq!(at(&crate::route!["kpis", "revenue", "target"]), "revenue");
        assert_eq!(at(&crate::route!["kpis"]), "kpis");
        assert_eq!(at(&crate::route!["owner"]), "Acme", "for something missing, the name");
    }

    #[test]
    fn a_syntax_error_says_what_to_do() {
        let tree = tree("name: Acme\nsummary: CRM: the best\n");
        assert_eq!(tree.problems.len(), 1);
        assert_eq!(tree.problems[0].message, "a `:` inside a value");
    }
}
