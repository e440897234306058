//! The scores of a partner, criterion by criterion, as bars: longer is always better.

use super::draw::{Scale, coordinate, real};
use super::parts::{bar, close_row, label, line, nothing, open_row, upright};
use super::{Status, Text};

/// Up to so many steps of the scale are marked.
const STEPS: f64 = 10.0;

/// One criterion.
#[derive(Debug, Clone, Default)]
pub struct Criterion<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// The score as it was given.
    pub score: Option<f64>,
    /// That in full (`4 of 5`), or the words for its absence.
    pub score_label: Text<'a>,
    /// The weight in words: `weight 25`.
    pub weight_label: Text<'a>,
    /// The least score that will do.
    pub minimum: Option<f64>,
    /// That in words: `minimum 3`.
    pub minimum_label: Text<'a>,
    /// The score is under its minimum.
    pub below: bool,
    /// A low score is good: the bar shows what it counts as, and is hatched.
    pub inverse: bool,
    /// What an inverse score counts as, in words: `low is good: counts as 4`.
    pub inverse_label: Text<'a>,
}

/// All criteria.
#[derive(Debug, Clone, Default)]
pub struct Scores<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// The lowest and the highest score that can be given.
    pub scale: (f64, f64),
    /// The criteria.
    pub criteria: Vec<Criterion<'a>>,
}

/// Draws a row for each criterion.
pub fn render(out: &mut String, chart: &Scores) {
    if chart.criteria.is_empty() {
        return nothing(out, "Nothing is scored.");
    }
    let (low, high) = chart.scale;
    // Where a scale begins at 1, a score of 1 has a bar too.
    let base = if low > 0.0 { 0.0 } else { low };
    let scale = Scale::new(base, high);
    let steps = high - base;
    out.push_str("<ul class=\"ch-r\"");
    label(out, &chart.label);
    out.push('>');
    for criterion in &chart.criteria {
        let counted = |score: f64| scale.at(if criterion.inverse { low + high - score } else { score });
        open_row(out, None, &criterion.name);
        let length = real(criterion.score).map_or(0.0, counted);
        if criterion.inverse {
            line(out, "ch-hatch", (0.0, 7.0), (length, 7.0));
        } else if length > 0.0 {
            bar(out, "", 0.0, length);
        }
        if steps > 1.0 && steps <= STEPS && !criterion.inverse {
            out.push_str("<line class=\"ch-steps\" x2=\"100%\" y1=\"7\" y2=\"7\" pathLength=\"");
            coordinate(out, steps);
            out.push_str("\"/>");
        }
        if let Some(minimum) = real(criterion.minimum) {
            upright(out, "ch-edge", counted(minimum), -3.0, 17.0);
        }
        let below = if criterion.below { "below the minimum" } else { "" };
        let status = if criterion.below { Status::Red } else { Status::Grey };
        let small = [below, &criterion.weight_label, &criterion.minimum_label, &criterion.inverse_label];
        close_row(out, status, &criterion.score_label, &small);
    }
    out.push_str("</ul>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(criterion: Criterion) -> String {
        let mut out = String::new();
        render(&mut out, &Scores { label: "Scores".into(), scale: (1.0, 5.0), criteria: vec![criterion] });
        out
    }

    #[test]
    fn a_bar_is_the_score_of_the_highest() {
        assert!(drawn(Criterion { score: Some(4.0), ..Criterion::default() }).contains("<rect width=\"80%\"/>"));
        assert!(!drawn(Criterion::default()).contains("<rect"));
    }

    #[test]
    fn a_low_score_is_long_where_low_is_good() {
        let risk = Criterion { score: Some(2.0), inverse: true, minimum: Some(4.0), ..Criterion::default() };
        let out = drawn(risk);
        assert!(out.contains("<line class=\"ch-hatch\" x2=\"80%\""), "{out}");
        assert!(out.contains("x1=\"40%\""), "{out}");
    }

    #[test]
    fn a_score_under_its_minimum_is_marked_and_said() {
        let out = drawn(Criterion { score: Some(2.0), below: true, score_label: "2 of 5".into(), ..Criterion::default() });
        assert!(out.contains("class=\"ch-red\"") && out.contains("below the minimum"), "{out}");
    }
}
