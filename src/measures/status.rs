//! The status of a KPI in one period: a colour, or the reason why there is none.

use super::attainment::NoFormula;
use super::exact::Exact;
use crate::model::measuring::KpiThresholds;

/// The status of a KPI in one period. Only the first three say how good it is; what is not known is never red.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The target is reached.
    Green,
    /// Nearly.
    Yellow,
    /// Missed.
    Red,
    /// There is an actual and nothing to hold it against.
    NoTarget,
    /// The period is closed, and nobody has written what was reached.
    Missing,
    /// It does not apply.
    NotApplicable,
    /// The period is not closed yet.
    Open,
    /// There are an actual and a target, but no formula for the two.
    NoFormula(NoFormula),
}

impl Status {
    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Status::Green => "green",
            Status::Yellow => "yellow",
            Status::Red => "red",
            Status::NoTarget => "no target",
            Status::Missing => "missing",
            Status::NotApplicable => "n/a",
            Status::Open => "open",
            Status::NoFormula(_) => "no formula",
        }
    }

    /// True for green, yellow and red.
    pub fn is_rated(self) -> bool {
        matches!(self, Status::Green | Status::Yellow | Status::Red)
    }
}

/// From which attainment a KPI is green or yellow, as fractions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    green: Exact,
    yellow: Exact,
    /// Both in percent, the lower one first.
    edges: [Exact; 2],
}

impl Thresholds {
    /// The thresholds of the settings, which are in percent.
    pub fn new(settings: &KpiThresholds) -> Thresholds {
        let edges = [Exact::from(settings.yellow), Exact::from(settings.green)];
        Thresholds { green: edges[1].of_percent(), yellow: edges[0].of_percent(), edges }
    }

    /// The colour of an attainment, which is a fraction and not rounded: exactly 80 % is yellow where yellow starts at 80.
    pub fn status(&self, attainment: &Exact) -> Status {
        if *attainment >= self.green {
            Status::Green
        } else if *attainment >= self.yellow {
            Status::Yellow
        } else {
            Status::Red
        }
    }

    /// The thresholds in percent, as the edges across which no attainment is shown.
    pub fn edges(&self) -> &[Exact; 2] {
        &self.edges
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Settings;

    #[test]
    fn colours_are_compared_unrounded() {
        let thresholds = Thresholds::new(&Settings::default().kpi_status);
        let status = |above, below| thresholds.status(&Exact::ratio(above, below).unwrap());
        assert_eq!((status(1, 1), status(62, 50), status(99_996, 100_000)), (Status::Green, Status::Green, Status::Yellow));
        assert_eq!((status(24, 30), status(8, 10), status(7996, 10_000)), (Status::Yellow, Status::Yellow, Status::Red));
        assert_eq!(status(0, 1), Status::Red);
        let edges = thresholds.edges();
        assert_eq!(Exact::ratio(99_996, 1000).unwrap().show(1, edges), "99.9");
    }
}
