//! Line and column of a byte offset.

/// A place that a person can go to: both numbers start at 1, the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Line and column of byte `offset` in `text`. An offset past the end, or inside a character, is moved back to the nearest
/// character boundary. Lines end in `\n`; the `\r` before it belongs to the line.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let offset = floor_boundary(text, offset);
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    LineColumn { line: before.bytes().filter(|b| *b == b'\n').count() + 1, column: before[start..].chars().count() + 1 }
}

/// The greatest character boundary of `text` that is not after `offset`.
pub fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The span moved to character boundaries inside `text`.
pub fn clamp(text: &str, span: &super::Span) -> super::Span {
    let start = floor_boundary(text, span.start);
    let end = floor_boundary(text, span.end.max(start));
    start..end.max(start)
}

/// The bytes of a line, from 1, without its end; the end of the text where there are fewer.
pub fn span_of_line(text: &str, line: u32) -> super::Span {
    let mut start = 0;
    for _ in 1..line {
        match memchr::memchr(b'\n', &text.as_bytes()[start..]) {
            Some(end) => start += end + 1,
            None => return text.len()..text.len(),
        }
    }
    let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |end| start + end);
    start..start + text[start..end].trim_end_matches('\r').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "name: Ærø\nstage: x";
        let at = text.find('x').unwrap_or_default();
        assert_eq!(line_column(text, at), LineColumn { line: 2, column: 8 });
        assert_eq!(line_column(text, 10).column, 9, "after `Ær`");
        assert_eq!(line_column(text, 999), LineColumn { line: 2, column: 9 });
    }

    #[test]
    fn a_line_has_bytes() {
        let text = "a\r\nbc\n";
        assert_eq!((span_of_line(text, 1), span_of_line(text, 2), span_of_line(text, 3), span_of_line(text, 9)), (0..1, 3..5, 6..6, 6..6));
    }
}
