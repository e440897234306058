//! Changes of a text: bytes that take the place of others.

use super::Span;

/// Changes that can be made together: none touches the bytes of another.
#[derive(Debug, Default)]
pub struct Changes<'a>(Vec<(Span, &'a str)>);

impl<'a> Changes<'a> {
    /// Adds all of these, or none where one of them overlaps another or does not lie in `text`.
    pub fn add(&mut self, text: &str, changes: Vec<(Span, &'a str)>) -> bool {
        let before = self.0.len();
        for (span, new) in changes {
            if text.get(span.clone()).is_none() || self.0.iter().any(|(other, _)| touch(other, &span)) {
                self.0.truncate(before);
                return false;
            }
            self.0.push((span, new));
        }
        true
    }

    /// `text` with the changes.
    pub fn apply(&self, text: &str) -> String {
        let mut changes = self.0.clone();
        changes.sort_by_key(|(span, _)| span.start);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (span, new) in changes {
            out.push_str(&text[at..span.start]);
            out.push_str(new);
            at = span.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// True where the order of two changes would matter.
fn touch(a: &Span, b: &Span) -> bool {
    (a.start < b.end && b.start < a.end) || a.start == b.start
}

#[cfg(test)]
mod tests {
    use super::Changes;

    #[test]
    fn the_first_of_two_that_overlap_wins() {
        let text = "stäge: resaerch";
        let mut changes = Changes::default();
        assert!(changes.add(text, vec![(8..16, "research")]));
        assert!(!changes.add(text, vec![(0..6, "stage"), (10..12, "x")]), "one overlaps, so neither is made");
        assert!(!changes.add(text, vec![(3..6, "x")]), "inside a letter");
        assert!(!changes.add(text, vec![(10..40, "x")]));
        assert!(changes.add(text, vec![(0..6, "stage")]));
        assert_eq!(changes.apply(text), "stage: research");
    }
}
