//! The weighted score of a partner.

use jiff::civil::Date;

use super::context::Context;
use super::exact::Exact;
use crate::model::partner::Partner;

/// Under this coverage there is no number, in percent of all weights.
pub const LEAST_COVERAGE: i64 = 60;

/// One criterion of the scoring model.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRow {
    /// Its place in the criteria of the settings.
    pub criterion: usize,
    /// Its weight; never negative.
    pub weight: Exact,
    /// The score that was given.
    pub score: Option<Exact>,
    /// What counts: the score, or `lowest + highest − score` where less is better.
    pub effective: Option<Exact>,
    /// What it adds to the number: `weight × effective / Σ weight scored`.
    pub contribution: Option<Exact>,
    /// True when what counts is under the criterion's minimum.
    pub veto: bool,
    /// True when the score is not on the scale. It counts as it is written.
    pub off_scale: bool,
    /// Why.
    pub evidence: Option<String>,
    /// When it was given.
    pub on: Option<Date>,
}

/// The weighted score of a partner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Score {
    /// The criteria of the settings in their order; none at all where none is scored.
    pub rows: Vec<ScoreRow>,
    /// `Σ weight × effective / Σ weight`, over the criteria that are scored. `None` under a coverage of 60 %.
    pub number: Option<Exact>,
    /// The number over the highest score, as a fraction.
    pub share: Option<Exact>,
    /// The weight that is scored over all weight, as a fraction.
    pub coverage: Exact,
    /// True when the share reaches the pass mark and there is no veto. A veto decides without a number, too.
    pub passed: Option<bool>,
}

impl Score {
    /// The score of a partner.
    pub fn new(context: &Context<'_>, partner: &Partner) -> Score {
        let settings = context.settings;
        let (lowest, highest) = (Exact::from(settings.scoring.lowest), Exact::from(settings.scoring.highest));
        let mut rows: Vec<ScoreRow> = Vec::new();
        if partner.scores.is_empty() {
            return Score::default();
        }
        for (at, criterion) in settings.criteria.iter().enumerate() {
            let given = partner.scores.get(&criterion.id);
            let score = given.and_then(|given| given.score).map(Exact::from);
            let effective = score.as_ref().map(|score| if criterion.inverse { &lowest + &highest - score } else { score.clone() });
            rows.push(ScoreRow {
                criterion: at,
                weight: Exact::from(criterion.weight).not_below_zero(),
                veto: effective.as_ref().zip(criterion.minimum).is_some_and(|(effective, minimum)| *effective < Exact::from(minimum)),
                off_scale: score.as_ref().is_some_and(|score| *score < lowest || *score > highest),
                contribution: None,
                effective,
                score,
                evidence: given.and_then(|given| given.evidence.clone()),
                on: given.and_then(|given| given.on),
            });
        }
        let all: Exact = rows.iter().map(|row| row.weight.clone()).sum();
        let scored: Exact = rows.iter().filter(|row| row.score.is_some()).map(|row| row.weight.clone()).sum();
        for row in &mut rows {
            row.contribution = row.effective.as_ref().and_then(|effective| (effective * &row.weight).over(&scored));
        }
        let coverage = scored.over(&all).unwrap_or_default();
        let enough = !scored.is_zero() && coverage >= Exact::from(LEAST_COVERAGE).of_percent();
        let number: Option<Exact> = enough.then(|| rows.iter().filter_map(|row| row.contribution.clone()).sum());
        let share = number.as_ref().and_then(|number| number.over(&highest));
        let passed = if rows.iter().any(|row| row.veto) {
            Some(false)
        } else {
            share.as_ref().map(|share| *share >= Exact::from(settings.scoring.pass).of_percent())
        };
        Score { rows, number, share, coverage, passed }
    }

    /// The criteria under their minimum: their places in the settings.
    pub fn vetoes(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().filter(|row| row.veto).map(|row| row.criterion)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, partner, settings};
    use super::*;

    const MODEL: &str = "scoring: {criteria: {a: {weight: 50}, b: {weight: 30, minimum: 3}, c: {weight: 20, inverse: true}}}";

    /// Number, share, coverage, passed, contributions.
    fn score(model: &str, scores: &str) -> String {
        let settings = settings(model);
        let context = Context::new(&settings, day("2026-11-20"));
        let found = Score::new(&context, &partner(&settings, &format!("scores: {{{scores}}}")).data);
        let show = |number: &Option<Exact>| number.as_ref().map_or("-".to_owned(), |number| number.show(2, &[]));
        let parts: Vec<String> = found.rows.iter().map(|row| show(&row.contribution)).collect();
        let share = found.share.as_ref().map(Exact::percent);
        let veto: Vec<String> = found.vetoes().map(|at| format!(" veto {}", settings.criteria[at].id)).collect();
        let passed = found.passed.map_or("", |passed| if passed { " passed" } else { " failed" });
        format!(
            "{} {} % of {} % = {}{passed}{}",
            show(&found.number),
            show(&share),
            found.coverage.percent().show(1, &[]),
            parts.join(" + "),
            veto.concat()
        )
    }

    #[test]
    fn scores_are_weighted() {
        let plain = MODEL.replace(", inverse: true", "");
        assert_eq!(score(&plain, "a: 5, b: 4, c: 3"), "4.3 86 % of 100 % = 2.5 + 1.2 + 0.6 passed");
        assert_eq!(score(MODEL, "a: 5, b: 4, c: 3"), "4.3 86 % of 100 % = 2.5 + 1.2 + 0.6 passed");
        assert_eq!(score(MODEL, "a: 5, b: 4, c: 1"), "4.7 94 % of 100 % = 2.5 + 1.2 + 1 passed", "little risk is much to gain");
    }

    #[test]
    fn too_little_is_no_number() {
        assert_eq!(score(MODEL, "a: 5"), "- - % of 50 % = 5 + - + -");
        assert_eq!(score(MODEL, "b: 5, c: {evidence: none yet}"), "- - % of 30 % = - + 5 + -");
        assert_eq!(score(MODEL, ""), "- - % of 0 % = ");
        assert_eq!(
            score("scoring: {criteria: {a: {weight: 3}, b: {weight: 2}}}", "a: 2"),
            "2 40 % of 60 % = 2 + - failed",
            "60 % is enough"
        );
    }

    #[test]
    fn a_minimum_is_a_veto_whatever_the_total() {
        assert_eq!(score(MODEL, "a: 5, b: 2, c: 1"), "4.1 82 % of 100 % = 2.5 + 0.6 + 1 failed veto b");
        assert_eq!(score(MODEL, "b: 2"), "- - % of 30 % = - + 2 + - failed veto b");
        let risk = "scoring: {criteria: {risk: {weight: 1, minimum: 2, inverse: true}}}";
        assert_eq!(score(risk, "risk: 5"), "1 20 % of 100 % = 1 failed veto risk", "the minimum is of what counts");
    }

    #[test]
    fn strange_models_break_nothing() {
        assert_eq!(score("scoring: {criteria: {a: {weight: 0}, b: {weight: -3}}}", "a: 5, b: 5"), "- - % of 0 % = - + -");
        assert_eq!(score("scoring: {scale: [-5, 0], criteria: {a: 1}}", "a: -2"), "−2 - % of 100 % = −2");
        assert_eq!(score("scoring: {scale: [0, 10], criteria: {a: {weight: 1, inverse: true}}}", "a: 12"), "−2 −20 % of 100 % = −2 failed");
    }
}
