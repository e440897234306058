//! How a workspace measures: scale, thresholds and weights, written ones over the defaults.

use rust_decimal::Decimal;

use super::kpi::Category;
use super::settings_file::{Health, KpiStatus, Scoring};

/// The scale of scores and the pass mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoringRules {
    /// The lowest score.
    pub lowest: Decimal,
    /// The highest score.
    pub highest: Decimal,
    /// The pass mark, in percent of the highest score.
    pub pass: Decimal,
}

impl ScoringRules {
    /// What is written, over a scale from 1 to 5 with the pass mark at 60 %.
    pub fn new(file: Option<&Scoring>) -> ScoringRules {
        let (lowest, highest) = match file.map(|file| file.scale.as_slice()) {
            Some([lowest, highest]) if lowest < highest => (*lowest, *highest),
            _ => (Decimal::ONE, Decimal::from(5)),
        };
        ScoringRules { lowest, highest, pass: or(file.and_then(|file| file.pass), 60) }
    }
}

/// From which attainment a KPI is green or yellow, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KpiThresholds {
    /// Green from here on.
    pub green: Decimal,
    /// Yellow from here on.
    pub yellow: Decimal,
}

impl KpiThresholds {
    /// What is written, over green from 100 % and yellow from 80 %.
    pub fn new(file: Option<&KpiStatus>) -> KpiThresholds {
        KpiThresholds { green: or(file.and_then(|file| file.green), 100), yellow: or(file.and_then(|file| file.yellow), 80) }
    }
}

/// The categories that health is made of. Financial KPIs count as business ones.
pub const HEALTH_CATEGORIES: [Category; 4] = [Category::Business, Category::Operational, Category::Relationship, Category::Strategic];

/// How health is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthRules {
    /// The weights of the [`HEALTH_CATEGORIES`], in their order; never negative.
    pub weights: [Decimal; 4],
    /// Green from here on, of 100.
    pub green: Decimal,
    /// Yellow from here on, of 100.
    pub yellow: Decimal,
    /// Under this coverage there is no number, in percent.
    pub coverage: Decimal,
}

impl HealthRules {
    /// What is written, over the weights 30, 30, 25 and 15, green from 90, yellow from 70, and a coverage of 60 %.
    ///
    /// A category that is not named keeps its default weight, as every key of the settings does; a weight of 0 leaves it out.
    pub fn new(file: Option<&Health>) -> HealthRules {
        let mut weights = [30, 30, 25, 15].map(Decimal::from);
        for (name, weight) in file.iter().flat_map(|file| file.weights.iter()) {
            let place = HEALTH_CATEGORIES.iter().position(|category| category.word().eq_ignore_ascii_case(name));
            if let Some(known) = place.and_then(|at| weights.get_mut(at)) {
                *known = (*weight).max(Decimal::ZERO);
            }
        }
        HealthRules {
            weights,
            green: or(file.and_then(|file| file.green), 90),
            yellow: or(file.and_then(|file| file.yellow), 70),
            coverage: or(file.and_then(|file| file.coverage), 60),
        }
    }
}

fn or(written: Option<Decimal>, default: i64) -> Decimal {
    written.unwrap_or_else(|| Decimal::from(default))
}

#[cfg(test)]
mod tests {
    use crate::content::{read::Reader, yaml};
    use crate::model::settings::Settings;

    fn settings(text: &str) -> Settings {
        let tree = yaml::parse(text, 0..text.len());
        let path = std::sync::Arc::from("partnerbook.yaml");
        Settings::new(&crate::model::settings_file::read(&tree.root, &mut Reader::new(&path, text)))
    }

    #[test]
    fn every_key_has_a_default() {
        let defaults = Settings::default();
        assert_eq!(format!("{:?}", defaults.scoring), "ScoringRules { lowest: 1, highest: 5, pass: 60 }");
        assert_eq!(format!("{:?}", defaults.kpi_status), "KpiThresholds { green: 100, yellow: 80 }");
        assert_eq!(format!("{:?}", defaults.health), "HealthRules { weights: [30, 30, 25, 15], green: 90, yellow: 70, coverage: 60 }");
    }

    #[test]
    fn what_is_written_goes_first() {
        let own = settings(
            "scoring: {scale: [0, 10], pass: 55}\nkpi_status: {yellow: 75}\nhealth: {weights: {strategic: 0, business: 60}, green: 85}",
        );
        assert_eq!(format!("{:?}", own.scoring), "ScoringRules { lowest: 0, highest: 10, pass: 55 }");
        assert_eq!(format!("{:?}", own.kpi_status), "KpiThresholds { green: 100, yellow: 75 }");
        assert_eq!(format!("{:?}", own.health), "HealthRules { weights: [60, 30, 25, 0], green: 85, yellow: 70, coverage: 60 }");
    }
}
