//! A line as large as a word: how a value went, without axes.

use super::Text;
use super::draw::{Scale, coordinate, real};
use super::parts::label;

/// Only the last ones are drawn; more would be a smear.
const MOST: usize = 40;
const LEFT: f64 = 3.0;
const WIDTH: f64 = 93.0;
const TOP: f64 = 4.0;
const HEIGHT: f64 = 16.0;

/// The values of a KPI, period by period.
#[derive(Debug, Clone, Default)]
pub struct Sparkline<'a> {
    /// A sentence that says the same: from, to, the last value, the target.
    pub label: Text<'a>,
    /// One for each period, oldest first. `None` is a gap in the line. At most the last 40 are drawn.
    pub values: &'a [Option<f64>],
    /// The target now.
    pub target: Option<f64>,
    /// The last value is of a period that is not over: its mark is hollow.
    pub open: bool,
}

/// Draws it; the words "no values" where there are none.
pub fn render(out: &mut String, chart: &Sparkline) {
    let values = &chart.values[chart.values.len().saturating_sub(MOST)..];
    let target = real(chart.target);
    let last = values.iter().enumerate().rev().find_map(|(at, v)| real(*v).map(|v| (at, v)));
    let known = values.iter().filter_map(|v| real(*v));
    let (Some((last_at, last)), Some(scale)) = (last, Scale::over(known.chain(target))) else {
        out.push_str("<span class=\"none\">no values</span>");
        return;
    };
    let x = |at: usize| match values.len() {
        0 | 1 => LEFT + WIDTH,
        n => LEFT + WIDTH * at as f64 / (n - 1) as f64,
    };
    let y = |value: f64| TOP + HEIGHT * (1.0 - scale.at(value));
    out.push_str("<svg class=\"ch-s\" viewBox=\"0 0 100 24\" role=\"img\"");
    label(out, &chart.label);
    out.push('>');
    if let Some(target) = target {
        out.push_str("<path class=\"ch-t\" d=\"M0 ");
        coordinate(out, y(target));
        out.push_str("H100\"/>");
    }
    out.push_str("<path d=\"");
    let before = |at: usize| at.checked_sub(1).and_then(|at| real(values[at]));
    let after = |at: usize| values.get(at + 1).and_then(|v| real(*v));
    for (at, value) in values.iter().enumerate().filter_map(|(at, v)| real(*v).map(|v| (at, v))) {
        // After the first point of a line, pairs of numbers go on with it.
        out.push(if before(at).is_some() { ' ' } else { 'M' });
        // A point between two gaps is a short line.
        let alone = before(at).is_none() && after(at).is_none();
        // Whole numbers are fine enough from left to right, and shorter.
        coordinate(out, (x(at) + 0.5).floor() - if alone { 1.0 } else { 0.0 });
        out.push(' ');
        coordinate(out, y(value));
        if alone {
            out.push_str("h2");
        }
    }
    out.push_str("\"/><circle");
    if chart.open {
        out.push_str(" class=\"ch-hollow\"");
    }
    out.push_str(" cx=\"");
    coordinate(out, (x(last_at) + 0.5).floor());
    out.push_str("\" cy=\"");
    coordinate(out, y(last));
    out.push_str("\" r=\"3\"/></svg>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[Option<f64>], target: Option<f64>) -> String {
        let mut out = String::new();
        render(&mut out, &Sparkline { label: "Revenue, Q1 to Q4: 4".into(), values, target, open: false });
        out
    }

    #[test]
    fn a_line_breaks_where_a_value_is_missing() {
        let out = drawn(&[Some(1.0), Some(2.0), None, Some(4.0)], Some(3.0));
        assert_eq!(
            out,
            "<svg class=\"ch-s\" viewBox=\"0 0 100 24\" role=\"img\" aria-label=\"Revenue, Q1 to Q4: 4\">\
             <path class=\"ch-t\" d=\"M0 9.3H100\"/><path d=\"M3 20 34 14.7M95 4h2\"/><circle cx=\"96\" cy=\"4\" r=\"3\"/></svg>"
        );
    }

    #[test]
    fn no_values_are_words() {
        assert_eq!(drawn(&[], Some(1.0)), "<span class=\"none\">no values</span>");
        assert_eq!(drawn(&[None, Some(f64::NAN)], None), "<span class=\"none\">no values</span>");
    }

    #[test]
    fn a_year_of_months_is_small() {
        let values: Vec<_> = (0..12).map(|i| Some(f64::from(i * 7 % 5) * 1e27)).collect();
        let out = drawn(&values, Some(2e27));
        assert!(out.len() <= 300, "{} bytes", out.len());
        let values = vec![Some(0.3); 5000];
        assert!(drawn(&values, None).len() < 500);
    }
}
