//! The weighted score.

use super::sources::of_settings;
use super::wording::{equals, sum, term, weighted};
use super::{Explanation, OfPartner, Source};
use crate::measures::exact::Exact;
use crate::measures::score::{LEAST_COVERAGE, Score};
use crate::measures::words;
use crate::model::settings::ScoringCriterion;
use crate::text::join;

impl OfPartner<'_> {
    /// The weighted score.
    pub fn score(&self) -> Explanation {
        let (found, settings) = (&self.measures.score, self.context.settings);
        let result = match (words::score(&self.context, found), &found.share) {
            (Some(score), Some(share)) => join!(score, ", ", words::score_share(&self.context, share)),
            (Some(score), None) => score,
            (None, _) if found.rows.is_empty() => "none, since nothing is scored".to_owned(),
            (None, _) => "not enough data".to_owned(),
        };
        let mut made = Explanation::new("Weighted score", result);
        if found.rows.is_empty() {
            made.note("There are no `scores` in the partner's file.");
            return made;
        }
        made.formula("the mean of the scores, by weight, over the criteria that are scored");
        let mut terms: Vec<(Exact, String)> = Vec::new();
        let (lowest, highest) = (Exact::from(settings.scoring.lowest), Exact::from(settings.scoring.highest));
        for row in &found.rows {
            let Some(criterion) = settings.criteria.get(row.criterion) else { continue };
            let weight = words::any(&row.weight);
            made.input(join!(criterion.name, ", weight"), weight, self.criterion(criterion, "weight"));
            let Some(score) = &row.score else {
                made.input(criterion.name.clone(), "not scored", self.own(&["scores"]));
                continue;
            };
            made.input(join!(criterion.name, ", score"), words::any(score), self.own(&["scores", &criterion.id, "score"]));
            let counts = if criterion.inverse {
                made.input(join!(criterion.name, ", less is better"), "yes", self.criterion(criterion, "inverse"));
                join!("(", term(&lowest), " + ", term(&highest), " − ", term(score), ")")
            } else {
                term(score)
            };
            terms.push((row.weight.clone(), counts));
            if let Some(minimum) = criterion.minimum {
                made.input(join!(criterion.name, ", minimum"), words::written(&Exact::from(minimum)), self.criterion(criterion, "minimum"));
            }
            if row.veto {
                made.note(format!("{} is under its minimum, which is a veto whatever the total.", criterion.name));
            }
            if row.off_scale {
                made.note(format!("The score of {} is not on the scale. It counts as it is written.", criterion.name));
            }
            if criterion.inverse {
                made.note(format!("Less is better for {}: it counts as lowest + highest score − score.", criterion.name));
            }
        }
        let scale = join!(words::written(&lowest), " to ", words::written(&highest));
        made.input("scale", scale, self.settings(&["scoring", "scale"]));
        match &found.number {
            Some(number) => {
                made.worked = equals(&weighted(&terms), &number.show(words::PLACES, &[]));
            }
            None => {
                made.worked = format!("coverage {} is under {LEAST_COVERAGE} %", words::score_coverage(&found.coverage));
            }
        }
        made.part(score_coverage(found));
        made.part(self.passed(found, &highest));
        made
    }

    /// A word of a criterion. Where the settings have criteria of their own, the built-in ones are gone.
    fn criterion(&self, criterion: &ScoringCriterion, key: &str) -> Source {
        of_settings(self.workspace, &["scoring", "criteria", &criterion.id, key], 3)
    }

    fn passed(&self, found: &Score, highest: &Exact) -> Explanation {
        let result = match found.passed {
            Some(true) => "passed",
            Some(false) => "not passed",
            None => "too little is scored to tell",
        };
        let mut made = Explanation::new("Pass mark", result).by("score ÷ highest score, at least the pass mark, and no veto");
        if let (Some(number), Some(share)) = (&found.number, &found.share) {
            made.worked = join!(words::any(number), " ÷ ", term(highest), " = ", words::score_share(&self.context, share));
        }
        let pass = words::written(&Exact::from(self.context.settings.scoring.pass));
        made.input("pass mark", join!(pass, " %"), self.settings(&["scoring", "pass"]));
        let settings = self.context.settings;
        let vetoes: Vec<&str> =
            found.vetoes().filter_map(|at| settings.criteria.get(at)).map(|criterion| criterion.name.as_str()).collect();
        if !vetoes.is_empty() {
            made.note(format!("Veto: {}.", vetoes.join(", ")));
        }
        made
    }
}

fn score_coverage(found: &Score) -> Explanation {
    let shown = words::score_coverage(&found.coverage);
    let mut made = Explanation::new("Coverage", shown.clone()).by("the weight that is scored ÷ all weight");
    let terms = |scored: bool| -> Vec<String> {
        found.rows.iter().filter(|row| !scored || row.score.is_some()).map(|row| term(&row.weight)).collect()
    };
    made.worked = join!(sum(&terms(true)), " ÷ ", sum(&terms(false)), " = ", shown);
    made.input("least coverage", format!("{LEAST_COVERAGE} %"), Source::Default);
    made
}
