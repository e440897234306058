//! CSV with positions: each cell knows its byte range in the file.

use crate::text::Span;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text, without quotes, trimmed.
    pub text: String,
    /// Its bytes in the file.
    pub span: Span,
}

/// One line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its bytes in the file, without the line end.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A table: the header and the rows, or what keeps it from being read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The first line.
    pub header: Option<Row>,
    /// The others.
    pub rows: Vec<Row>,
    /// Where and why reading stopped.
    pub problem: Option<(Span, String)>,
}

/// Reads a table. Cells may be separated by commas, semicolons or tabs, whichever the header uses; lines that are blank or
/// start with `#` are passed over.
pub fn parse(text: &str) -> Table {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = &text[start..];
    let first = body.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| (first.bytes().filter(|b| b == d).count(), *d == b',')).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).comment(Some(b'#')).from_reader(body.as_bytes());
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    loop {
        let before = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let from = record.position().map_or(before, |p| p.byte() as usize) + start;
                let to = reader.position().byte() as usize + start;
                let row = row(text, from..to.min(text.len()), &record, delimiter);
                if row.cells.iter().all(|cell| cell.text.is_empty()) {
                    continue;
                }
                if table.header.is_none() { table.header = Some(row) } else { table.rows.push(row) }
            }
            Err(error) => {
                let at = crate::text::lines::floor_boundary(text, before + start);
                let end = at + text[at..].find('\n').unwrap_or(text.len() - at);
                table.problem = Some((at..end, error.to_string()));
                break;
            }
        }
    }
    table
}

impl Cell {
    /// `new` as it takes the place of the cell's bytes, with its quotes. `None` where the cell is not what stands there, or
    /// `new` would need quotes of its own.
    pub fn rewrite(&self, text: &str, new: &str) -> Option<String> {
        let written = text.get(self.span.clone())?;
        let bare = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let plain = new.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '/'));
        let quote = if bare.is_some() { "\"" } else { "" };
        (plain && bare.unwrap_or(written).trim() == self.text).then(|| format!("{quote}{new}{quote}"))
    }
}

fn row(text: &str, raw: Span, record: &csv::StringRecord, delimiter: u8) -> Row {
    // The reader counts blank lines and comments to the record that follows them.
    let slice = &text[raw.clone()];
    let skipped: usize = slice.split_inclusive('\n').take_while(|line| line.trim().is_empty() || line.starts_with('#')).map(str::len).sum();
    let start = raw.start + skipped;
    let end = raw.start + slice.trim_end_matches(['\n', '\r']).len();
    let mut spans = cell_spans(text, start..end.max(start), delimiter).into_iter();
    let cells =
        record.iter().map(|cell| Cell { text: cell.trim().to_owned(), span: spans.next().unwrap_or(start..end.max(start)) }).collect();
    Row { span: start..end.max(start), cells }
}

/// The byte ranges of the cells of one line, quotes and blanks left outside.
fn cell_spans(text: &str, line: Span, delimiter: u8) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut quoted = false;
    let mut from = line.start;
    for at in line.clone() {
        match bytes[at] {
            b'"' => quoted = !quoted,
            b if b == delimiter && !quoted => {
                spans.push(trimmed(text, from..at));
                from = at + 1;
            }
            _ => {}
        }
    }
    spans.push(trimmed(text, from..line.end));
    spans
}

fn trimmed(text: &str, span: Span) -> Span {
    let cell = &text[span.clone()];
    let left = cell.len() - cell.trim_start().len();
    let kept = cell.trim().len();
    span.start + left..span.start + left + kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_place() {
        let text = "\u{feff}partner,kpi\n# note\n\n\"Acme, Inc\", revenue \r\nbeta,ärger\n";
        let table = parse(text);
        let rows: Vec<Vec<(&str, &str)>> =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| (cell.text.as_str(), &text[cell.span.clone()])).collect()).collect();
        assert_eq!(rows, [vec![("Acme, Inc", "\"Acme, Inc\""), ("revenue", "revenue")], vec![("beta", "beta"), ("ärger", "ärger")]]);
    }

    #[test]
    fn a_cell_keeps_its_quotes() {
        let text = "a,b,c\n1,\" 2 \",\"say \"\"3\"\"\"\n";
        let table = parse(text);
        let new: Vec<Option<String>> = table.rows[0].cells.iter().map(|cell| cell.rewrite(text, "4")).collect();
        assert_eq!(new, [Some("4".to_owned()), Some("\"4\"".to_owned()), None]);
        assert_eq!(table.rows[0].cells[0].rewrite(text, "4,5"), None);
    }

    #[test]
    fn semicolons_and_tabs_are_understood() {
        assert_eq!(parse("a;b\n1;2\n").rows[0].cells[1].text, "2");
        assert_eq!(parse("a\tb\n1\t2\n").rows[0].cells[1].text, "2");
    }
}
