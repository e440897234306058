//! From places to bytes: a finding names keys, and here they are found in the text.
//!
//! Most findings are about one key at the top, and parsing a file is the dearest thing that is done to it. So the file is cut at its
//! top keys, and only the part is parsed that is asked for. Where that is not plain to see, all of it is.

use std::cell::OnceCell;
use std::ops::Range;

use super::{Edit, Place, Step};
use crate::content::front_matter::{Split, split};
use crate::content::rewrite;
use crate::content::yaml::{Node, Tree, Value, parse};
use crate::text::{Span, lines};

/// The keys of a file, for finding places by their key routes. Nothing is parsed before it is asked for, and nothing twice.
pub struct Keys<'a> {
    text: &'a str,
    yaml: OnceCell<Range<usize>>,
    parts: OnceCell<Option<Vec<Part<'a>>>>,
    whole: OnceCell<Tree<'a>>,
}

/// A key at the top with everything below it.
struct Part<'a> {
    key: &'a str,
    range: Range<usize>,
    tree: OnceCell<Tree<'a>>,
}

impl<'a> Keys<'a> {
    /// The keys of a file with this text.
    pub fn new(text: &'a str) -> Self {
        Keys { text, yaml: OnceCell::new(), parts: OnceCell::new(), whole: OnceCell::new() }
    }

    /// The bytes of a place: the start of a file, a line, the key or value of a key route. They lie on character boundaries.
    pub fn span_of(&self, place: &Place) -> Span {
        let span = match place {
            Place::File => 0..0,
            Place::Span(span) => span.clone(),
            Place::Line(line) => lines::span_of_line(self.text, *line),
            Place::Key(route) => self.root(route).locate(route),
            Place::Name(route) => self.root(route).locate_name(route),
        };
        lines::clamp(self.text, &span)
    }

    /// The bytes whose reading decides what stands at a place; see [`Node::decides`].
    pub fn decides(&self, place: &Place) -> Option<Span> {
        match place {
            Place::Key(route) | Place::Name(route) => self.root(route).decides(route),
            Place::File | Place::Span(_) | Place::Line(_) => None,
        }
    }

    /// The bytes of the value at a place with all that stands below it; `None` where there is none.
    pub fn whole(&self, place: &Place) -> Option<Span> {
        let (Place::Key(route) | Place::Name(route)) = place else { return None };
        route.iter().try_fold(self.root(route), |node, step| node.step(step)).map(|node| node.span.clone())
    }

    /// True where a place misses `key`, and something else stands in that key's place at byte `at`.
    pub fn is_missing_for(&self, place: &Place, at: usize, key: &str) -> bool {
        let (Place::Key(route) | Place::Name(route)) = place else { return false };
        let mut node = &self.whole.get_or_init(|| parse(self.text, self.yaml())).root;
        for step in route {
            let next = match (step, &node.value) {
                (Step::Key(wanted), Value::Map(entries)) => match entries.iter().find(|(known, _)| known.text == wanted.as_ref()) {
                    Some((_, node)) => Some(node),
                    None => return wanted == key && entries.iter().any(|(known, _)| known.span.start == at),
                },
                (Step::Index(index), Value::List(items)) => items.get(*index),
                _ => None,
            };
            let Some(next) = next else { return false };
            node = next;
        }
        false
    }

    /// An edit whose place is the bytes to change, with the bytes that take their place; `None` where nothing can be changed.
    pub fn locate(&self, edit: &Edit) -> Option<Edit> {
        let (span, text) = match &edit.place {
            Place::Span(span) => (span.clone(), edit.text.clone()),
            Place::Key(route) => {
                let node = self.root(route).scalar_at(route)?;
                (node.span.clone(), rewrite::scalar(self.text.get(node.span.clone())?, node.text()?, &edit.text)?)
            }
            Place::Name(route) => {
                let key = self.root(route).key_at(route)?;
                (key.span.clone(), rewrite::scalar(self.text.get(key.span.clone())?, &key.text, &edit.text)?)
            }
            Place::File | Place::Line(_) => return None,
        };
        self.text.get(span.clone()).map(|_| Edit { place: Place::Span(span), text })
    }

    /// A tree that tells where a key route leads, as that of the whole file would.
    fn root(&self, route: &[Step]) -> &Node<'a> {
        self.part(route).unwrap_or_else(|| &self.whole.get_or_init(|| parse(self.text, self.yaml())).root)
    }

    /// The part in which a key route leads somewhere.
    fn part(&self, route: &[Step]) -> Option<&Node<'a>> {
        let parts = self.parts.get_or_init(|| parts(self.text, self.yaml())).as_ref()?;
        let named = |wanted: &str| parts.iter().find(|part| part.key == wanted);
        let wanted = match route.first() {
            Some(Step::Key(key)) => named(key),
            _ => return None,
        };
        // What is missing is missing from what has the name.
        let part = wanted.or_else(|| named("name")).or(parts.first())?;
        let tree = part.tree.get_or_init(|| parse(self.text, part.range.clone()));
        let is_plain = matches!(&tree.root.value, Value::Map(entries) if matches!(entries.as_slice(), [(key, _)] if key.text == part.key));
        let has_name = || tree.root.get("name").is_none_or(|node| matches!(node.value, Value::Scalar { .. }));
        (tree.problems.is_empty() && is_plain && (wanted.is_some() || has_name())).then_some(&tree.root)
    }

    /// The bytes of the YAML.
    fn yaml(&self) -> Range<usize> {
        let find = || match split(self.text) {
            Split::Found { yaml, .. } => yaml,
            Split::None { body } => body,
            Split::Unclosed { fence } => fence.start..self.text.len(),
        };
        self.yaml.get_or_init(find).clone()
    }
}

/// Cuts YAML at its top keys; `None` where it is written in a way in which that takes more than a look at the first letters of lines.
fn parts(text: &str, range: Range<usize>) -> Option<Vec<Part<'_>>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut start = range.start;
    for line in text.get(range.clone())?.split_inclusive('\n') {
        let first = line.bytes().next();
        let goes_on = matches!(first, None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'#'))
            || (!parts.is_empty() && matches!(first, Some(b'-' | b']' | b'}')) && !line.starts_with("---"));
        if !goes_on {
            let (key, rest) = line.split_once(':')?;
            let is_word = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) && !key.starts_with('-');
            if key.is_empty() || !is_word || !rest.starts_with([' ', '\t', '\r', '\n']) && !rest.is_empty() {
                return None;
            }
            if let Some(last) = parts.last_mut() {
                last.range.end = start;
            }
            parts.push(Part { key, range: start..range.end, tree: OnceCell::new() });
        }
        start += line.len();
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route;

    /// Asserts that a place is found in parts as it is in the whole.
    #[track_caller]
    fn same(text: &str, route: Vec<Step>) {
        let keys = Keys::new(text);
        let root = &parse(text, keys.yaml()).root;
        assert_eq!(keys.span_of(&Place::Key(route.clone())), root.locate(&route), "{route:?} in {text:?}");
        assert_eq!(keys.span_of(&Place::Name(route.clone())), root.locate_name(&route), "{route:?} in {text:?}");
        assert_eq!(keys.decides(&Place::Key(route.clone())), root.decides(&route), "{route:?} in {text:?}");
    }

    const TEXTS: &[&str] = &[
        "---\nsummary: A\nname: Acme # why not\nlifecycle:\n- stage: sandbox\n  entered: 2026-01-01\n- {stage: x}\nkpis:\n  revenue:\n\n    target: 5\ntags: [\n  a,\n]\n---\nBody: x\n",
        "---\r\nname: Acme\r\nkpis: {revenue: {target: 5}}\r\n---\r\n",
        "---\n{name: Acme, kpis: {revenue: {target: 5}}}\n---\n",
        "---\n\"name\": Acme\nkpis: {revenue: {target: 5}}\n---\n",
        "---\nkpis: {revenue: {target: 5}}\nname: [a, b]\n---\n",
        "---\ntext: \"one\n  two: three\"\nkpis: {revenue: {target: 5}}\n---\n",
        "---\n# nothing\n---\n",
        "---\n- a\n- b\n---\n",
        "people: {name: x}\n",
        "",
    ];

    #[test]
    fn a_part_tells_what_the_whole_would() {
        for text in TEXTS {
            for key in ["name", "summary", "kpis", "lifecycle", "tags", "owner", "text"] {
                same(text, route![key]);
            }
            same(text, route!["kpis", "revenue", "target"]);
            same(text, route!["kpis", "revenue", "actuals", "2026-Q1"]);
            same(text, route!["lifecycle", 0, "stage"]);
            same(text, route!["lifecycle", 1, "decision"]);
            same(text, route!["lifecycle", 7]);
            same(text, route!["plan", 0]);
            same(text, route![]);
        }
    }

    #[test]
    fn a_plain_file_is_cut() {
        let keys = |text: &'static str| parts(text, 0..text.len()).map(|parts| parts.iter().map(|part| part.key).collect::<Vec<_>>());
        assert_eq!(keys("name: a\n\nkpis:\n- b\n#c: d\nx-own: 1"), Some(vec!["name", "kpis", "x-own"]));
        assert_eq!((keys("- a\n"), keys("a b: c\n"), keys("http://x\n"), keys("name: a\n--- b\n")), (None, None, None, None));
    }
}
