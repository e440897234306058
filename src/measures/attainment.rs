//! Attainment: how much of its target a KPI has reached.

use super::exact::Exact;

/// What a KPI aims at in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// At least this much; higher is better.
    AtLeast(Exact),
    /// At most this much; lower is better.
    AtMost(Exact),
    /// Between the two, both included.
    Within(Exact, Exact),
}

/// Why there is no attainment although there are an actual and a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoFormula {
    /// The target is below 0, and there is no baseline to measure from.
    NegativeTarget,
    /// The baseline is the target, so there is no way to go.
    BaselineIsTarget,
    /// The baseline is better than the target, so every step forward would count as one back.
    BaselineBeyondTarget,
    /// The bound that the actual missed is 0, and nothing is a share of 0.
    ZeroBound,
    /// The bound that the actual missed is below 0.
    NegativeBound,
}

impl NoFormula {
    /// What is wrong, for people.
    pub fn reason(self) -> &'static str {
        match self {
            NoFormula::NegativeTarget => "the target is below 0 and there is no baseline to measure from",
            NoFormula::BaselineIsTarget => "the baseline equals the target",
            NoFormula::BaselineBeyondTarget => "the baseline is already better than the target",
            NoFormula::ZeroBound => "the value is outside of the range, at a bound of 0",
            NoFormula::NegativeBound => "the value is outside of the range, at a bound below 0",
        }
    }

    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            NoFormula::NegativeTarget => "add the `baseline` where it started",
            NoFormula::BaselineIsTarget => "change the `target`, or remove the `baseline`",
            NoFormula::BaselineBeyondTarget => "check `direction` and `target`, or remove the `baseline`",
            NoFormula::ZeroBound | NoFormula::NegativeBound => "use `direction: higher` or `lower` with a target, or bounds above 0",
        }
    }
}

/// Which formula gives the attainment. A is the actual, T the target, B the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// Higher is better: `A / T`.
    Share,
    /// Lower is better: `2 − A / T`.
    Excess,
    /// The way from the baseline: `(A − B) / (T − B)`.
    Way,
    /// The target is 0: reached or not.
    Zero,
    /// Inside of the range.
    Inside,
    /// Below the range: `A / lo`.
    Below,
    /// Above the range: `1 − (A − hi) / hi`.
    Above,
}

impl Formula {
    /// The formula in words, for the explanation of a number.
    pub fn words(self) -> &'static str {
        match self {
            Formula::Share => "actual ÷ target",
            Formula::Excess => "2 − actual ÷ target",
            Formula::Way => "(actual − baseline) ÷ (target − baseline)",
            Formula::Zero => "100 % where a target of 0 is met, else 0 %",
            Formula::Inside => "100 % inside of the range",
            Formula::Below => "actual ÷ lower bound",
            Formula::Above => "1 − (actual − upper bound) ÷ upper bound",
        }
    }

    /// The formula that holds.
    ///
    /// # Errors
    /// The reason where there is none.
    pub fn of(aim: &Aim, baseline: Option<&Exact>, actual: &Exact) -> Result<Formula, NoFormula> {
        let bound = |bound: &Exact, formula| match bound.sign() {
            std::cmp::Ordering::Less => Err(NoFormula::NegativeBound),
            std::cmp::Ordering::Equal => Err(NoFormula::ZeroBound),
            std::cmp::Ordering::Greater => Ok(formula),
        };
        let (target, share) = match aim {
            Aim::Within(lo, _) if actual < lo => return bound(lo, Formula::Below),
            Aim::Within(_, hi) if actual > hi => return bound(hi, Formula::Above),
            Aim::Within(..) => return Ok(Formula::Inside),
            Aim::AtLeast(target) => (target, Formula::Share),
            Aim::AtMost(target) => (target, Formula::Excess),
        };
        match baseline {
            Some(baseline) if baseline == target => Err(NoFormula::BaselineIsTarget),
            Some(baseline) if (baseline > target) == (share == Formula::Share) => Err(NoFormula::BaselineBeyondTarget),
            Some(_) => Ok(Formula::Way),
            None if target.is_negative() => Err(NoFormula::NegativeTarget),
            None if target.is_zero() => Ok(Formula::Zero),
            None => Ok(share),
        }
    }
}

/// The attainment of an actual as a fraction: 1 is 100 %, never below 0, and above 1 where more than the target was reached.
/// A range takes no notice of a baseline. A better actual never has a lower attainment.
///
/// # Errors
/// The reason where there is no number. A divisor of 0 is always one of them.
pub fn attainment(aim: &Aim, baseline: Option<&Exact>, actual: &Exact) -> Result<Exact, NoFormula> {
    let formula = Formula::of(aim, baseline, actual)?;
    let met = |met: bool| Some(if met { Exact::ONE } else { Exact::ZERO });
    let number = match (aim, formula) {
        (Aim::AtLeast(target) | Aim::AtMost(target), Formula::Way) => {
            let from = baseline.unwrap_or(&Exact::ZERO);
            (actual - from).over(&(target - from))
        }
        (Aim::AtLeast(_), Formula::Zero) => met(!actual.is_negative()),
        (Aim::AtLeast(target), _) => actual.over(target),
        (Aim::AtMost(target), Formula::Zero) => met(actual <= target),
        (Aim::AtMost(target), _) => actual.over(target).map(|share| Exact::from(2) - share),
        (Aim::Within(lo, _), Formula::Below) => actual.over(lo),
        (Aim::Within(_, hi), Formula::Above) => (actual - hi).over(hi).map(|excess| Exact::ONE - excess),
        (Aim::Within(..), _) => met(true),
    };
    number.map(Exact::not_below_zero).ok_or(NoFormula::ZeroBound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from(crate::content::scalar::decimal(text).unwrap())
    }

    /// In percent with one decimal.
    fn shown(aim: &Aim, baseline: Option<&str>, actual: &str) -> Result<String, NoFormula> {
        let baseline = baseline.map(exact);
        let edges = [Exact::from(80), Exact::from(100)];
        attainment(aim, baseline.as_ref(), &exact(actual)).map(|fraction| fraction.percent().show(1, &edges))
    }

    fn higher(target: &str, actual: &str) -> String {
        shown(&Aim::AtLeast(exact(target)), None, actual).unwrap()
    }

    fn lower(target: &str, actual: &str) -> String {
        shown(&Aim::AtMost(exact(target)), None, actual).unwrap()
    }

    #[test]
    fn higher_is_better() {
        assert_eq!(higher("500000", "450000"), "90");
        assert_eq!((higher("50", "62"), higher("4", "4"), higher("8", "7.5")), ("124".into(), "100".into(), "93.8".into()));
        assert_eq!((higher("100", "85"), higher("50", "28"), higher("2", "2")), ("85".into(), "56".into(), "100".into()));
        assert_eq!((higher("3", "2.4"), higher("1", "0.8"), higher("100", "79.96")), ("80".into(), "80".into(), "79.9".into()));
        assert_eq!(higher("10", "-5"), "0", "never below 0");
    }

    #[test]
    fn lower_is_better() {
        assert_eq!((lower("10", "12"), lower("10", "25"), lower("10", "10")), ("80".into(), "0".into(), "100".into()));
        assert_eq!((lower("10", "0"), lower("10", "5")), ("200".into(), "150".into()));
    }

    #[test]
    fn a_target_of_zero_is_met_or_not() {
        assert_eq!((higher("0", "0"), higher("0", "7"), higher("0", "-0.1")), ("100".into(), "100".into(), "0".into()));
        assert_eq!((lower("0", "0"), lower("0", "1"), lower("0", "-3")), ("100".into(), "0".into(), "100".into()));
    }

    #[test]
    fn a_range_is_best_inside() {
        let range = Aim::Within(exact("40"), exact("60"));
        let at = |actual| shown(&range, None, actual).unwrap();
        assert_eq!((at("40"), at("50"), at("60")), ("100".into(), "100".into(), "100".into()));
        assert_eq!((at("30"), at("-1"), at("66"), at("120"), at("500")), ("75".into(), "0".into(), "90".into(), "0".into(), "0".into()));
        assert_eq!(shown(&range, Some("10"), "30"), Ok("75".into()), "no baseline in a range");
    }

    #[test]
    fn a_bound_of_zero_or_below_divides_nothing() {
        let zero = Aim::Within(exact("0"), exact("0"));
        assert_eq!(shown(&zero, None, "0"), Ok("100".into()));
        assert_eq!(shown(&zero, None, "1"), Err(NoFormula::ZeroBound));
        assert_eq!(shown(&zero, None, "-1"), Err(NoFormula::ZeroBound));
        let around = Aim::Within(exact("-10"), exact("10"));
        assert_eq!(shown(&around, None, "11"), Ok("90".into()));
        assert_eq!(shown(&around, None, "-20"), Err(NoFormula::NegativeBound));
    }

    #[test]
    fn a_baseline_is_where_the_way_starts() {
        let up = Aim::AtLeast(exact("8"));
        assert_eq!(shown(&up, Some("6"), "7.5"), Ok("75".into()));
        assert_eq!((shown(&up, Some("6"), "5"), shown(&up, Some("6"), "9")), (Ok("0".into()), Ok("150".into())));
        let down = Aim::AtMost(exact("4"));
        assert_eq!((shown(&down, Some("10"), "7"), shown(&down, Some("10"), "12")), (Ok("50".into()), Ok("0".into())));
        assert_eq!(shown(&Aim::AtLeast(exact("-10")), Some("-20"), "-15"), Ok("50".into()), "a loss that shrinks");
        assert_eq!(shown(&Aim::AtLeast(exact("0")), Some("-20"), "-5"), Ok("75".into()), "a target of 0 with a baseline");
    }

    #[test]
    fn some_pairs_have_no_formula() {
        assert_eq!(shown(&Aim::AtLeast(exact("-5")), None, "3"), Err(NoFormula::NegativeTarget));
        assert_eq!(shown(&Aim::AtMost(exact("-5")), None, "3"), Err(NoFormula::NegativeTarget));
        assert_eq!(shown(&Aim::AtLeast(exact("8")), Some("8.0"), "8"), Err(NoFormula::BaselineIsTarget));
        assert_eq!(shown(&Aim::AtLeast(exact("8")), Some("10"), "9"), Err(NoFormula::BaselineBeyondTarget));
        assert_eq!(shown(&Aim::AtMost(exact("8")), Some("6"), "7"), Err(NoFormula::BaselineBeyondTarget));
    }

    #[test]
    fn a_number_can_be_explained() {
        let words = |aim: Aim, actual: &str| Formula::of(&aim, None, &exact(actual)).map(Formula::words);
        assert_eq!(words(Aim::AtLeast(exact("5")), "4"), Ok("actual ÷ target"));
        assert_eq!(words(Aim::Within(exact("5"), exact("6")), "4"), Ok("actual ÷ lower bound"));
        for reason in [NoFormula::NegativeTarget, NoFormula::BaselineIsTarget, NoFormula::BaselineBeyondTarget, NoFormula::ZeroBound] {
            assert!(!reason.reason().is_empty() && !reason.advice().is_empty());
        }
    }
}
