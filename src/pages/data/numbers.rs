//! Numbers as other programs read them: text with an ASCII `-` and a `.`, so that nobody's binary float gets in between.

use crate::measures::{Context, Exact};
use crate::model::measuring::HealthRules;

/// Decimals of a ratio.
const PLACES: u32 = 6;
/// As many decimals as a written number can have.
const ALL_PLACES: u32 = 28;

/// A value or a target, with all of its decimals. One that has no end, or more decimals than a number can be written with,
/// is rounded like a ratio.
pub fn exact(number: &Exact) -> String {
    number.plain(if number.has_places(ALL_PLACES) { ALL_PLACES } else { PLACES }, &[])
}

/// A ratio, rounded half up to six decimals.
pub fn ratio(number: &Exact) -> String {
    number.plain(PLACES, &[])
}

/// A ratio that stays on its side of every edge, so that nobody who compares it again comes to another result.
pub fn beside(number: &Exact, edges: &[Exact]) -> String {
    number.plain(PLACES, edges)
}

/// The edges of what is exported, which follow from the settings. Made once for a file.
pub struct Edges {
    /// Of attainments, as fractions.
    pub attainment: [Exact; 2],
    /// Of health, of 100.
    pub health: [Exact; 2],
    /// Of the coverage of health, as a fraction.
    pub coverage: [Exact; 1],
    /// Of the coverage of scores, as a fraction.
    pub scored: [Exact; 1],
    /// Of scores, on their scale: the pass mark.
    pub score: [Exact; 1],
    /// Of the share of the highest score, as a fraction: the pass mark.
    pub share: [Exact; 1],
}

impl Edges {
    /// The edges of a workspace.
    pub fn new(context: &Context<'_>) -> Edges {
        let HealthRules { green, yellow, coverage, .. } = context.settings.health;
        let scoring = &context.settings.scoring;
        let pass = Exact::from(scoring.pass).of_percent();
        Edges {
            attainment: context.thresholds.edges().each_ref().map(Exact::of_percent),
            health: [yellow, green].map(Exact::from),
            coverage: [Exact::from(coverage).of_percent()],
            scored: [Exact::from(crate::measures::score::LEAST_COVERAGE).of_percent()],
            score: [&pass * &Exact::from(scoring.highest)],
            share: [pass],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Exact {
        Exact::from(crate::content::scalar::decimal(text).unwrap())
    }

    #[test]
    fn values_keep_all_of_their_decimals() {
        for text in ["0", "450000", "-12.5", "0.0000000000000000000000000001", "79228162514264337593543950335"] {
            assert_eq!(exact(&number(text)), text);
        }
        assert_eq!((exact(&Exact::ratio(1, 3).unwrap()), exact(&Exact::ratio(-2, 3).unwrap())), ("0.333333".into(), "-0.666667".into()));
        assert_eq!(exact(&Exact::ratio(1, 1024).unwrap()), "0.0009765625");
    }

    #[test]
    fn ratios_are_rounded_and_never_across_an_edge() {
        assert_eq!((ratio(&Exact::ratio(1, 8).unwrap()), ratio(&Exact::ratio(2, 3).unwrap())), ("0.125".into(), "0.666667".into()));
        let nearly = number("0.9999999");
        assert_eq!((ratio(&nearly), beside(&nearly, &[Exact::ONE])), ("1".into(), "0.999999".into()));
    }
}
