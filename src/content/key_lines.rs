//! On which line each key of a file stands, kept after the file is gone: computed numbers name the lines they come from.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::FxHasher;

use super::yaml::{Node, Value};

/// Keys nested deeper than this are not kept.
const MAX_DEPTH: usize = 5;

/// Lines of keys by a digest of their route, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyLines(Box<[(u64, u32)]>);

impl KeyLines {
    /// The lines of everything under the `wanted` keys at the top of a tree; `text` is the whole file.
    pub fn new(text: &str, root: &Node<'_>, wanted: &[&str]) -> KeyLines {
        let Value::Map(entries) = &root.value else {
            return KeyLines::default();
        };
        let mut walk = Walk { text, line: 1, at: 0, found: Vec::new() };
        for (key, node) in entries {
            if wanted.contains(&key.text.as_ref()) {
                walk.key(FxHasher::default(), &key.text, key.span.start, node, 1);
            }
        }
        walk.found.sort_unstable();
        KeyLines(walk.found.into_boxed_slice())
    }

    /// The line, from 1, of a key such as `["kpis", "revenue", "target"]`; elements of lists are numbered from 0.
    pub fn line(&self, route: &[&str]) -> Option<u32> {
        let mut hasher = FxHasher::default();
        for step in route {
            step.hash(&mut hasher);
        }
        let wanted = hasher.finish();
        self.0.binary_search_by_key(&wanted, |(hash, _)| *hash).ok().and_then(|at| self.0.get(at)).map(|(_, line)| *line)
    }

    /// The line of the nearest key above that is there.
    pub fn nearest(&self, route: &[&str]) -> Option<u32> {
        (1..=route.len()).rev().find_map(|length| self.line(&route[..length]))
    }
}

/// Keys come in the order of the file, so lines are counted in one go.
struct Walk<'t> {
    text: &'t str,
    line: u32,
    at: usize,
    found: Vec<(u64, u32)>,
}

impl Walk<'_> {
    fn key(&mut self, above: FxHasher, step: &str, start: usize, node: &Node<'_>, depth: usize) {
        let mut hasher = above;
        step.hash(&mut hasher);
        let line = self.line_of(start);
        self.found.push((hasher.finish(), line));
        if depth >= MAX_DEPTH {
            return;
        }
        match &node.value {
            Value::Map(entries) => {
                for (key, node) in entries {
                    self.key(hasher.clone(), &key.text, key.span.start, node, depth + 1);
                }
            }
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.key(hasher.clone(), &at.to_string(), item.span.start, item, depth + 1);
                }
            }
            _ => {}
        }
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

    #[test]
    fn a_key_knows_its_line() {
        let text = "---\nname: Acme\nkpis:\n  revenue:\n    actuals: {2026-Q1: 1,\n      2026-Q2: 2}\nscores: [a, b]\n";
        let tree = yaml::parse(text, 4..text.len());
        let lines = KeyLines::new(text, &tree.root, &["kpis", "scores"]);
        assert_eq!(lines.line(&["kpis", "revenue", "actuals", "2026-Q2"]), Some(6));
        assert_eq!(lines.line(&["scores", "1"]), Some(7));
        assert_eq!(lines.line(&["name"]), None, "not wanted");
        assert_eq!(lines.nearest(&["kpis", "revenue", "target", "2026-Q1"]), Some(4));
    }
}
