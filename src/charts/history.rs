//! A KPI against its target, period by period.

use super::draw::{Scale, coordinate, real};
use super::parts::{element, icon, label, nothing, place, shape, text};
use super::{Status, Text};

/// Only the last ones are drawn.
const MOST: usize = 40;
/// Up to so many periods have their names below them; of more, the first and the last.
const NAMED: usize = 8;
/// Up to so many on a phone.
const SHORT: usize = 4;
/// The plot, from its highest line to its lowest, in pixels; the stylesheet knows its height.
const TOP: f64 = 10.0;
const HEIGHT: f64 = 140.0;

/// One period.
#[derive(Debug, Clone, Default)]
pub struct Point<'a> {
    /// Its name.
    pub period: Text<'a>,
    /// The actual value.
    pub value: Option<f64>,
    /// The actual value in full.
    pub value_label: Text<'a>,
    /// The target; of a range, where it begins.
    pub target: Option<f64>,
    /// Of a range, where it ends.
    pub target_to: Option<f64>,
    /// The target in full.
    pub target_label: Text<'a>,
    /// How the value stands against the target.
    pub status: Status,
    /// The period is not over: its mark is hollow.
    pub open: bool,
}

/// The periods of a KPI.
#[derive(Debug, Clone, Default)]
pub struct History<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// Oldest first. At most the last 40 are drawn.
    pub points: Vec<Point<'a>>,
    /// Whether to explain the marks below it.
    pub legend: bool,
}

/// Draws the last value in words, the plot, and the names of its axes.
pub fn render(out: &mut String, chart: &History) {
    let points = &chart.points[chart.points.len().saturating_sub(MOST)..];
    let last = points.iter().rev().find(|p| real(p.value).is_some());
    let Some(last) = last else { return nothing(out, "No values yet.") };
    // Where each value and target stands, with its text.
    let levels = || {
        points.iter().flat_map(|p| {
            let target = [(p.target, &p.target_label), (p.target_to, &p.target_label)];
            [(p.value, &p.value_label)].into_iter().chain(target).filter_map(|(v, l)| real(v).map(|v| (v, l)))
        })
    };
    let Some(scale) = Scale::over(levels().map(|(v, _)| v)) else { return };
    let end = |better: fn(f64, f64) -> bool| levels().reduce(|a, b| if better(b.0, a.0) { b } else { a }).map_or("", |(_, l)| l);

    out.push_str("<figure class=\"ch-h\"><figcaption>");
    element(out, "<b>", &last.value_label, "</b> ");
    caption(out, last);
    out.push_str("</figcaption>");
    if scale.is_flat() {
        out.push_str("<p class=\"ch-y ch-flat\" aria-hidden=\"true\"><span>");
        text(out, &last.value_label);
        out.push_str("</span></p>");
    } else {
        out.push_str("<p class=\"ch-y\" aria-hidden=\"true\"><span>");
        text(out, end(|a, b| a > b));
        out.push_str("</span><span>");
        text(out, end(|a, b| a < b));
        out.push_str("</span></p>");
    }
    out.push_str("<svg role=\"img\"");
    label(out, &chart.label);
    out.push('>');
    plot(out, points, &scale);
    let all = points.len() <= NAMED;
    out.push_str(match points.len() {
        0..=SHORT => "</svg><p class=\"ch-x\"",
        _ if all => "</svg><p class=\"ch-x ch-many\"",
        _ => "</svg><p class=\"ch-x ch-ends\"",
    });
    out.push_str(" aria-hidden=\"true\">");
    for (at, point) in points.iter().enumerate() {
        if all || at == 0 || at + 1 == points.len() {
            out.push_str("<span>");
            text(out, &point.period);
            out.push_str("</span>");
        }
    }
    out.push_str("</p>");
    if chart.legend {
        legend(out, points);
    }
    out.push_str("</figure>");
}

/// What is said of the last value, behind it.
fn caption(out: &mut String, last: &Point) {
    element(out, "<span>", &last.period, if last.open { ", still open</span> " } else { "</span> " });
    if last.status != Status::Grey {
        out.push_str("<span>");
        icon(out, last.status, last.open);
        out.push_str(last.status.word());
        out.push_str("</span> ");
    }
    element(out, "<span>target ", &last.target_label, "</span>");
}

fn y(scale: &Scale, value: f64) -> f64 {
    TOP + HEIGHT * (1.0 - scale.at(value))
}

/// Opens a line; its points are in parts of the width, from 0 to 100, and pixels from the top.
fn open_line(out: &mut String, class: &str) {
    out.push_str("<path class=\"");
    out.push_str(class);
    out.push_str("\" d=\"");
}

/// Goes to a point, in the way that `how` says.
fn point(out: &mut String, how: &str, x: f64, y: f64) {
    out.push_str(how);
    coordinate(out, x * 100.0);
    out.push(' ');
    coordinate(out, y);
}

fn level(out: &mut String, from: f64, to: f64, y: f64) {
    point(out, "M", from, y);
    out.push('H');
    coordinate(out, to * 100.0);
}

fn plot(out: &mut String, points: &[Point], scale: &Scale) {
    let all = points.len() as f64;
    let left = |at: usize| at as f64 / all;
    let middle = |at: usize| (at as f64 + 0.5) / all;

    // The lines are stretched to the width, so that each is one path; marks and words keep their shape.
    out.push_str("<svg viewBox=\"0 0 100 160\" preserveAspectRatio=\"none\">");
    open_line(out, "ch-grid");
    for value in if scale.is_flat() { vec![0.5] } else { vec![0.0, 1.0] } {
        level(out, 0.0, 1.0, TOP + HEIGHT * value);
    }
    for at in 0..points.len() {
        point(out, "M", middle(at), TOP + HEIGHT);
        out.push_str("v5");
    }
    out.push_str("\"/>");
    if scale.crosses_zero() {
        open_line(out, "ch-zero");
        level(out, 0.0, 1.0, y(scale, 0.0));
        out.push_str("\"/>");
    }
    if points.iter().any(|p| real(p.target).or(real(p.target_to)).is_some()) {
        open_line(out, "ch-t");
        targets(out, points, scale, left);
        out.push_str("\"/>");
    }
    values(out, points, scale, middle);
    out.push_str("</svg>");
    if scale.crosses_zero() {
        out.push_str("<text x=\"2\" y=\"");
        coordinate(out, y(scale, 0.0) - 4.0);
        out.push_str("\">0</text>");
    }
    for (at, point) in points.iter().enumerate() {
        let Some(value) = real(point.value) else { continue };
        place(out, middle(at), y(scale, value));
        out.push_str("<title>");
        text(out, &point.period);
        element(out, ": ", &point.value_label, "");
        element(out, ", target ", &point.target_label, "");
        out.push_str(", ");
        out.push_str(point.status.word());
        out.push_str(if point.open { ", still open</title>" } else { "</title>" });
        shape(out, point.status, point.open);
        out.push_str("</svg>");
    }
}

/// Each target, one line for as long as it stays.
fn targets(out: &mut String, points: &[Point], scale: &Scale, left: impl Fn(usize) -> f64) {
    for target in [|p: &Point| real(p.target), |p: &Point| real(p.target_to)] {
        let mut from = 0;
        for at in 0..points.len() {
            if points.get(at + 1).and_then(target).map(f64::to_bits) != target(&points[at]).map(f64::to_bits) {
                if let Some(value) = target(&points[at]) {
                    level(out, left(from), left(at + 1), y(scale, value));
                }
                from = at + 1;
            }
        }
    }
}

/// A line from value to value, broken where one is missing; to the period that is not over it is dashed.
fn values(out: &mut String, points: &[Point], scale: &Scale, middle: impl Fn(usize) -> f64) {
    let mut drawn: Option<&str> = None;
    for (at, pair) in points.windows(2).enumerate() {
        let class = if pair[1].open { "ch-open" } else { "ch-l" };
        let (Some(from), Some(to)) = (real(pair[0].value), real(pair[1].value)) else {
            drawn = close_line(out, drawn);
            continue;
        };
        if drawn != Some(class) {
            close_line(out, drawn);
            open_line(out, class);
            point(out, "M", middle(at), y(scale, from));
            drawn = Some(class);
        }
        point(out, " ", middle(at + 1), y(scale, to));
    }
    close_line(out, drawn);
}

/// Closes the line that is being drawn, where there is one; then there is none.
fn close_line(out: &mut String, drawn: Option<&str>) -> Option<&'static str> {
    if drawn.is_some() {
        out.push_str("\"/>");
    }
    None
}

/// What the marks mean: those that occur.
fn legend(out: &mut String, points: &[Point]) {
    let drawn = || points.iter().filter(|p| real(p.value).is_some());
    out.push_str("<p class=\"ch-k\" aria-hidden=\"true\">");
    for status in [Status::Green, Status::Yellow, Status::Red, Status::Grey] {
        if drawn().any(|p| p.status == status) {
            out.push_str("<span>");
            icon(out, status, false);
            out.push_str(status.word());
            out.push_str("</span>");
        }
    }
    if let Some(open) = drawn().find(|p| p.open) {
        out.push_str("<span>");
        icon(out, open.status, true);
        out.push_str("still open</span>");
    }
    if points.iter().any(|p| real(p.target).is_some()) {
        out.push_str("<span><svg class=\"ch-i ch-t\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path d=\"M0 7h14\"/></svg>target</span>");
    }
    out.push_str("</p>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[(Option<f64>, Option<f64>)]) -> String {
        let points = values.iter().enumerate().map(|(at, &(value, target))| Point {
            period: format!("Q{}", at + 1).into(),
            value,
            value_label: value.map_or(String::new(), |v| format!("{v} GBP")).into(),
            target,
            target_label: target.map_or(String::new(), |v| format!("{v} GBP")).into(),
            status: Status::Yellow,
            ..Point::default()
        });
        let mut out = String::new();
        render(&mut out, &History { label: "Revenue".into(), points: points.collect(), legend: true });
        out
    }

    #[test]
    fn the_axis_has_the_words_of_the_caller() {
        let out = drawn(&[(Some(7.0), Some(9.0)), (None, Some(9.0)), (Some(8.0), Some(10.0))]);
        assert!(out.contains("<span>10 GBP</span><span>7 GBP</span>"), "{out}");
        assert!(out.contains("<figcaption><b>8 GBP</b> <span>Q3</span>"), "{out}");
        assert!(out.contains("<title>Q1: 7 GBP, target 9 GBP, yellow</title>"), "{out}");
    }

    #[test]
    fn a_target_is_one_line_for_as_long_as_it_stays() {
        let out = drawn(&[(Some(7.0), Some(9.0)), (None, Some(9.0)), (Some(8.0), Some(10.0))]);
        assert!(out.contains("<path class=\"ch-t\" d=\"M0 56.7H66.7M66.7 10H100\"/>"), "{out}");
    }

    #[test]
    fn a_missing_value_breaks_the_line() {
        let values = [Some(1.0), None, Some(2.0), Some(2.0), None, Some(1.0), Some(2.0)];
        let out = drawn(&values.map(|value| (value, None)));
        let lines: Vec<&str> = out.split("class=\"ch-l\" d=\"").skip(1).map(|path| path.split('"').next().unwrap()).collect();
        assert_eq!(lines, ["M35.7 10 50 10", "M78.6 150 92.9 10"]);
    }
}
