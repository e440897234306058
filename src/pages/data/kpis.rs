//! `data/kpis.csv`: every KPI of every partner in every period, for spreadsheets and statistics.

use std::borrow::Cow;
use std::io;

use super::measures::PeriodRecord;
use super::numbers::Edges;
use super::{Sink, in_chunks};
use crate::measures::{KpiMeasures, Measures};
use crate::model::kpi::Category;
use crate::workspace::Workspace;

/// The columns.
pub const COLUMNS: [&str; 13] =
    ["partner", "name", "kpi", "kpi_name", "category", "unit", "period", "actual", "target", "attainment", "status", "trend", "change"];

/// `data/kpis.csv`: by partner, KPI and period. Partners are those on the site.
///
/// # Errors
/// What the sink says.
pub fn kpis_csv(workspace: &Workspace, measures: &Measures, sink: &mut Sink<'_>) -> io::Result<()> {
    let edges = Edges::new(&Measures::context(workspace));
    let mut partners: Vec<_> = workspace.visible_partners().collect();
    partners.sort_by_key(|(_, partner)| partner.id.as_str());
    let mut start = Vec::new();
    let _ = writer(&mut start).write_record(COLUMNS);
    in_chunks(sink, &start, &partners, b"", |out, (at, partner)| {
        let mut kpis: Vec<&KpiMeasures> = measures.partner(*at).map_or(&[][..], |found| &found.kpis).iter().collect();
        kpis.sort_by_key(|kpi| kpi.id.as_str());
        let mut writer = writer(out);
        let (id, name) = (cell(&partner.id), cell(partner.name()));
        for kpi in kpis {
            let (kpi_id, kpi_name, unit) = (cell(&kpi.id), cell(&kpi.name), cell(&kpi.unit));
            for measure in &kpi.periods {
                let PeriodRecord { period, actual, target, attainment, status, trend, change, .. } = PeriodRecord::new(&edges, measure);
                let number = |number: &Option<String>| number.clone().unwrap_or_default();
                let cells: [&str; COLUMNS.len()] = [
                    &id,
                    &name,
                    &kpi_id,
                    &kpi_name,
                    kpi.category.map_or("", Category::word),
                    &unit,
                    &period.to_string(),
                    &number(&actual),
                    &number(&target),
                    &number(&attainment),
                    status,
                    trend.unwrap_or_default(),
                    &number(&change),
                ];
                // A vector takes everything.
                let _ = writer.write_record(cells);
            }
        }
    })
}

/// Writes lines that end as RFC 4180 says; what is in its buffer is written when it is dropped.
fn writer(out: &mut Vec<u8>) -> csv::Writer<&mut Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)
}

/// A text that no spreadsheet takes for a formula: what starts like one gets an apostrophe before it. What already has one
/// there gets another, so that taking one away always gives the text back.
pub fn cell(text: &str) -> Cow<'_, str> {
    let starts_formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') || c.is_control();
    if text.trim_start_matches('\'').starts_with(starts_formula) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n", "\u{1}", "＝1", "'=1"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        for text in ["", "Acme", "a=b", "'t Hooft", "€ 5", "1-2", " =1", "%"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut line = Vec::new();
        writer(&mut line).write_record(["a,b", "say \"x\"", "two\nlines", "é", "", "a b", "#", "'", "-1", "0", ";", "\r", "z"]).unwrap();
        assert_eq!(String::from_utf8(line).unwrap(), "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",é,,a b,#,',-1,0,;,\"\r\",z\r\n");
    }
}
