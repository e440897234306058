//! Where each key of a file stands, kept after the file is gone: computed numbers name the lines they come from, and findings are
//! put into order by them.

use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::yaml::{Node, Value};
use crate::diagnostics::Step;

/// Keys nested deeper than this are not kept.
const MAX_DEPTH: usize = 5;

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyPlace {
    /// The line, from 1.
    pub line: u32,
    /// The byte at which the key's value starts, or the key where its value is a collection.
    pub start: u32,
}

/// Places of keys by a digest of their route, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyLines(Arc<[(u64, KeyPlace)]>);

impl KeyLines {
    /// The places of all keys of a tree; `text` is the whole file.
    pub fn new(text: &str, root: &Node<'_>) -> KeyLines {
        let mut walk = Walk { text, line: 1, at: 0, found: Vec::with_capacity(32) };
        walk.below(&FxHasher::default(), root, 0);
        walk.found.sort_unstable();
        KeyLines(walk.found.into())
    }

    /// The line, from 1, of a key such as `["kpis", "revenue", "target"]`; elements of lists are numbered from 0.
    pub fn line(&self, route: &[&str]) -> Option<u32> {
        let mut hasher = FxHasher::default();
        for step in route {
            step.hash(&mut hasher);
        }
        self.at(&hasher).map(|place| place.line)
    }

    /// The line of the nearest key above that is there.
    pub fn nearest(&self, route: &[&str]) -> Option<u32> {
        (1..=route.len()).rev().find_map(|length| self.line(&route[..length]))
    }

    /// Where a key route leads: to the key, the nearest one above it that is there, the name, or the first key.
    pub fn locate(&self, route: &[Step]) -> Option<KeyPlace> {
        let mut hasher = FxHasher::default();
        let mut found = None;
        for step in route {
            match step {
                Step::Key(key) => key.as_ref().hash(&mut hasher),
                Step::Index(at) => itoa::Buffer::new().format(*at).hash(&mut hasher),
            }
            match self.at(&hasher) {
                Some(place) => found = Some(place),
                None => break,
            }
        }
        let named = || {
            let mut hasher = FxHasher::default();
            "name".hash(&mut hasher);
            self.at(&hasher)
        };
        found.or_else(named).or_else(|| self.0.iter().map(|(_, place)| *place).min())
    }

    fn at(&self, hasher: &FxHasher) -> Option<KeyPlace> {
        let wanted = hasher.finish();
        self.0.binary_search_by_key(&wanted, |(hash, _)| *hash).ok().and_then(|at| self.0.get(at)).map(|(_, place)| *place)
    }
}

/// Keys come in the order of the file, so lines are counted in one go.
struct Walk<'t> {
    text: &'t str,
    line: u32,
    at: usize,
    found: Vec<(u64, KeyPlace)>,
}

impl Walk<'_> {
    fn below(&mut self, above: &FxHasher, node: &Node<'_>, depth: usize) {
        if depth >= MAX_DEPTH {
            return;
        }
        match &node.value {
            Value::Map(entries) => {
                for (key, node) in entries {
                    let start = if matches!(node.value, Value::Scalar { .. }) { node.span.start } else { key.span.start };
                    self.key(above, &key.text, start, node, depth);
                }
            }
            Value::List(items) => {
                let mut number = itoa::Buffer::new();
                for (at, item) in items.iter().enumerate() {
                    self.key(above, number.format(at), item.span.start, item, depth);
                }
            }
            _ => {}
        }
    }

    fn key(&mut self, above: &FxHasher, step: &str, start: usize, node: &Node<'_>, depth: usize) {
        let mut hasher = above.clone();
        step.hash(&mut hasher);
        let place = KeyPlace { line: self.line_of(start), start: u32::try_from(start).unwrap_or(u32::MAX) };
        self.found.push((hasher.finish(), place));
        self.below(&hasher, node, depth + 1);
    }

    fn line_of(&mut self, start: usize) -> u32 {
        let start = start.min(self.text.len());
        if start < self.at {
            (self.line, self.at) = (1, 0);
        }
        let passed = memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..start]).count();
        self.line += u32::try_from(passed).unwrap_or(u32::MAX);
        self.at = start;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::yaml;
    use crate::route;

    #[test]
    fn a_key_knows_its_line() {
        let text = "---\nowner: dana\nname: Acme\nkpis:\n  revenue:\n    actuals: {2026-Q1: 1,\n      2026-Q2: 2}\nscores: [a, b]\n";
        let tree = yaml::parse(text, 4..text.len());
        let lines = KeyLines::new(text, &tree.root);
        assert_eq!(lines.line(&["kpis", "revenue", "actuals", "2026-Q2"]), Some(7));
        assert_eq!((lines.line(&["scores", "1"]), lines.line(&["plan"])), (Some(8), None));
        assert_eq!(lines.nearest(&["kpis", "revenue", "target", "2026-Q1"]), Some(5));
    }

    #[test]
    fn a_place_is_where_the_tree_has_it() {
        let text = "owner: dana\nname: Acme\nkpis:\n  revenue: {target: 5}\nlifecycle:\n- {stage: x}\n- stage: y\n";
        let tree = yaml::parse(text, 0..text.len());
        let lines = KeyLines::new(text, &tree.root);
        for route in [
            route!["owner"],
            route!["kpis"],
            route!["kpis", "revenue", "target"],
            route!["kpis", "revenue", "actuals", "2026-Q1"],
            route!["lifecycle", 0],
            route!["lifecycle", 1, "stage"],
            route!["lifecycle", 1, "entered"],
            route!["plan", 3],
        ] {
            let start = u32::try_from(tree.root.locate(&route).start).unwrap();
            assert_eq!(lines.locate(&route).map(|place| place.start), Some(start), "{route:?}");
        }
    }
}
