//! Trend: whether a KPI has become better or worse since the period before.

use super::exact::Exact;

/// Which way is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Better {
    /// More.
    Higher,
    /// Less.
    Lower,
    /// Nearer to the range between the two.
    Within(Exact, Exact),
}

/// How a value compares with the one of the period before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tendency {
    /// The first value there is.
    New,
    /// Better.
    Improving,
    /// The same, within 2 %.
    Stable,
    /// Worse.
    Declining,
}

impl Tendency {
    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Tendency::New => "new",
            Tendency::Improving => "improving",
            Tendency::Stable => "stable",
            Tendency::Declining => "declining",
        }
    }
}

/// By how much a value has moved, up or down; whether that is good is another matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// As a fraction of the value before: 0.2 is +20 %.
    Relative(Exact),
    /// In the unit of the KPI, where the value before was 0.
    Absolute(Exact),
}

/// The trend of a KPI in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// Better or worse.
    pub tendency: Tendency,
    /// By how much the value has moved; none for the first one.
    pub change: Option<Change>,
}

impl Trend {
    /// The trend of the first value.
    pub const NEW: Trend = Trend { tendency: Tendency::New, change: None };

    /// The trend from one value to the next.
    ///
    /// What counts is `direction × (A − P) / |P|`, with A the actual and P the value before: within ±2 % (both included) is
    /// stable. For a range it is by how much the distance to the range has shrunk, over the same `|P|`. Where P is 0, the
    /// sign alone decides.
    pub fn between(better: &Better, before: &Exact, actual: &Exact) -> Trend {
        let moved = actual - before;
        let gained = match better {
            Better::Higher => moved.clone(),
            Better::Lower => -&moved,
            Better::Within(lo, hi) => distance(lo, hi, before) - distance(lo, hi, actual),
        };
        let base = before.abs();
        let (gain, limit, change) = match (gained.over(&base), moved.over(&base)) {
            (Some(gain), Some(share)) => (gain, Exact::from(2).of_percent(), Change::Relative(share)),
            _ => (gained, Exact::ZERO, Change::Absolute(moved)),
        };
        let tendency = if gain.abs() <= limit {
            Tendency::Stable
        } else if gain.is_negative() {
            Tendency::Declining
        } else {
            Tendency::Improving
        };
        Trend { tendency, change: Some(change) }
    }
}

/// How far a value is outside of a range.
pub fn distance(lo: &Exact, hi: &Exact, value: &Exact) -> Exact {
    if value < lo {
        lo - value
    } else if value > hi {
        value - hi
    } else {
        Exact::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from(crate::content::scalar::decimal(text).unwrap())
    }

    fn trend(better: &Better, before: &str, actual: &str) -> (&'static str, String) {
        let trend = Trend::between(better, &exact(before), &exact(actual));
        let change = match trend.change.unwrap() {
            Change::Relative(share) => format!("{} %", share.percent().show(1, &[])),
            Change::Absolute(moved) => moved.show(1, &[]),
        };
        (trend.tendency.word(), change)
    }

    #[test]
    fn higher_and_lower() {
        let (higher, lower) = (&Better::Higher, &Better::Lower);
        assert_eq!(trend(higher, "375000", "450000"), ("improving", "20 %".to_owned()));
        assert_eq!(trend(higher, "60", "85"), ("improving", "41.7 %".to_owned()));
        assert_eq!(trend(lower, "10", "12"), ("declining", "20 %".to_owned()));
        assert_eq!(trend(lower, "12", "10"), ("improving", "−16.7 %".to_owned()));
        assert_eq!(trend(higher, "-10", "-5"), ("improving", "50 %".to_owned()), "a loss that shrinks");
    }

    #[test]
    fn two_percent_are_stable() {
        assert_eq!(trend(&Better::Higher, "100", "102").0, "stable");
        assert_eq!(trend(&Better::Higher, "100", "98").0, "stable");
        assert_eq!(trend(&Better::Higher, "100", "102.01").0, "improving");
        assert_eq!(trend(&Better::Lower, "100", "102.01").0, "declining");
    }

    #[test]
    fn from_nothing_the_change_is_absolute() {
        assert_eq!(trend(&Better::Higher, "0", "0.5"), ("improving", "0.5".to_owned()));
        assert_eq!(trend(&Better::Lower, "0", "3"), ("declining", "3".to_owned()));
        assert_eq!(trend(&Better::Higher, "0", "0"), ("stable", "0".to_owned()));
    }

    #[test]
    fn in_a_range_the_distance_counts() {
        let range = &Better::Within(exact("40"), exact("60"));
        assert_eq!(trend(range, "30", "35"), ("improving", "16.7 %".to_owned()));
        assert_eq!(trend(range, "70", "80").0, "declining");
        assert_eq!(trend(range, "45", "55"), ("stable", "22.2 %".to_owned()), "both inside");
        assert_eq!(trend(range, "35", "65").0, "stable", "as far below as above");
        assert_eq!(trend(range, "50", "61").0, "stable", "1 of 50 is within 2 %");
        assert_eq!(trend(range, "50", "70").0, "declining");
        assert_eq!(trend(range, "0", "10").0, "improving");
    }
}
