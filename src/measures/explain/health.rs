//! Health and targets met of a quarter.

use std::borrow::Cow;

use super::wording::{equals, joined, product, sum, term, weighted};
use super::{Explanation, OfPartner, Source};
use crate::measures::exact::Exact;
use crate::measures::health::{CategoryHealth, Health};
use crate::measures::status::Status;
use crate::measures::targets::TargetsMet;
use crate::measures::words;
use crate::model::kpi::Category;
use crate::model::period::{Granularity, Period};
use crate::text::{join, slug};

impl OfPartner<'_> {
    /// The health in a quarter.
    pub fn health(&self, quarter: Period) -> Explanation {
        let health = if quarter == self.measures.health.quarter {
            Cow::Borrowed(&self.measures.health)
        } else {
            Cow::Owned(Health::new(&self.context, &self.measures.kpis, quarter))
        };
        let rules = &self.context.settings.health;
        let result = match &health.number {
            Some(number) => join!(words::health_number(&self.context, number), ", ", health.band.word()),
            None => join!(health.band.word(), ", too little is measured"),
        };
        let mut made =
            Explanation::new(join!("Health in ", quarter.title()), result).by("the mean of the categories that have a value, by weight");
        if let Some(number) = &health.number {
            let terms: Vec<(Exact, String)> = health
                .categories
                .iter()
                .filter_map(|category| Some((category.weight.clone(), self.of_hundred(category.value.as_ref()?))))
                .collect();
            let shown = words::health_number(&self.context, number);
            made.worked = equals(&weighted(&terms), &shown);
            if words::health_number(&self.context, number) != one_decimal(number) {
                made.note(format!("It is {} exactly, and shown on its side of the threshold.", words::any(number)));
            }
        } else {
            let least = words::written(&Exact::from(rules.coverage));
            made.worked = join!("coverage ", words::health_coverage(&self.context, &health.coverage), " is under ", least, " %");
        }
        for (category, weight) in health.categories.iter().zip(rules.weights) {
            let word = category.category.word();
            let title = slug::title(word);
            let spellings = [word, &title, &word.to_uppercase()].map(|word| self.settings(&["health", "weights", word]));
            let source = spellings.into_iter().find(|source| *source != Source::Default).unwrap_or(Source::Default);
            made.input(join!(title, ", weight"), words::written(&Exact::from(weight)), source);
        }
        for (key, label, value, unit) in [
            ("green", "green from", rules.green, ""),
            ("yellow", "yellow from", rules.yellow, ""),
            ("coverage", "least coverage", rules.coverage, " %"),
        ] {
            made.input(label, join!(words::written(&Exact::from(value)), unit), self.settings(&["health", key]));
        }
        let parts: Vec<Explanation> = health.categories.iter().map(|category| self.category(category, quarter)).collect();
        made.parts = parts;
        made.part(self.health_coverage(&health));
        let without: Vec<&str> = self.measures.kpis.iter().filter(|kpi| kpi.category.is_none()).map(|kpi| kpi.name.as_str()).collect();
        if !without.is_empty() {
            made.note(format!("Without a category a KPI takes no part: {}.", without.join(", ")));
        }
        if !self.context.is_closed(quarter) {
            made.note(format!("{} is not over yet, so nothing in it is rated.", quarter.title()));
        }
        made
    }

    fn of_hundred(&self, number: &Exact) -> String {
        let shown = words::health_number(&self.context, number);
        shown.strip_suffix(".0").map_or(shown.clone(), str::to_owned)
    }

    fn category(&self, category: &CategoryHealth, quarter: Period) -> Explanation {
        let result = category.value.as_ref().map_or_else(|| "no value".to_owned(), |value| self.of_hundred(value));
        let mut made = Explanation::new(slug::title(category.category.word()), result);
        if category.kpis.is_empty() {
            made.note("No KPI is declared in this category, so nothing of its weight is covered.");
            return made;
        }
        made.formula("the mean of the attainments in percent, each at most 100, by the weights of the KPIs");
        let mut terms: Vec<(Exact, String)> = Vec::new();
        for part in &category.kpis {
            let (Some(kpi), Some(measured)) = (self.partner.kpis.get(part.kpi), self.measures.kpis.get(part.kpi)) else { continue };
            if let Some(capped) = &part.capped {
                terms.push((part.weight.clone(), capped.percent().show(words::PLACES, self.context.thresholds.edges())));
            }
            made.input(
                join!(measured.name, ", weight"),
                words::any(&part.weight),
                self.definition(kpi, "weight", |own| own.weight.is_some()),
            );
            if measured.category == Some(Category::Financial) {
                made.note(format!("{} is financial, which counts as business.", measured.name));
            }
            let period = part.period.or_else(|| self.enters(part.kpi, quarter)).unwrap_or(quarter);
            let Some(mut attained) = self.attained_part(part.kpi, period) else { continue };
            attained.input(
                "category",
                measured.category.map_or("none", Category::word),
                self.definition(kpi, "category", |own| own.category.is_some()),
            );
            if part.attainment.as_ref().is_some_and(|attained| *attained > Exact::ONE) {
                attained.note("It counts as 100 %.");
            }
            if period.granularity() == Granularity::Year {
                attained.note(format!("It is kept by the year, and {period} is the year that ended last by then."));
            }
            made.part(attained);
        }
        match &category.value {
            Some(value) => made.worked = equals(&weighted(&terms), &self.of_hundred(value)),
            None => made.note("Nothing in it is measured against a target in this quarter."),
        }
        made
    }

    /// The period with which a KPI enters a quarter.
    fn enters(&self, at: usize, quarter: Period) -> Option<Period> {
        self.measures.kpis.get(at)?.in_quarter(&self.context, quarter).map(|found| found.period)
    }

    fn health_coverage(&self, health: &Health) -> Explanation {
        let shown = words::health_coverage(&self.context, &health.coverage);
        let mut made = Explanation::new("Coverage", shown.clone())
            .by("the weight of each category × the share of its KPIs, by weight, that have an attainment; over all weights");
        let mut terms = Vec::new();
        let mut weights = Vec::new();
        for category in &health.categories {
            let declared: Exact = category.kpis.iter().map(|part| part.weight.clone()).sum();
            let measured: Exact = category.kpis.iter().filter(|part| part.capped.is_some()).map(|part| part.weight.clone()).sum();
            let share = if category.kpis.is_empty() { "0".to_owned() } else { join!(term(&measured), " ÷ ", term(&declared)) };
            made.input(category.category.word(), share.clone(), Source::Computed);
            terms.push(product(&category.weight, &share));
            weights.push(term(&category.weight));
        }
        made.worked = join!(sum(&terms), " ÷ ", sum(&weights), " = ", shown);
        made
    }

    /// The targets met in a quarter.
    pub fn targets_met(&self, quarter: Period) -> Explanation {
        let found = if quarter == self.measures.quarter {
            self.measures.targets_met.clone()
        } else {
            TargetsMet::new(&self.context, &self.measures.kpis, quarter)
        };
        let mut made = Explanation::new(join!("Targets met in ", quarter.title()), words::targets(&found))
            .by("KPIs that are green, of those that are green, yellow or red");
        let mut others = Vec::new();
        let (mut green, mut missed) = (Vec::new(), Vec::new());
        for (at, kpi) in self.measures.kpis.iter().enumerate() {
            let Some(measure) = kpi.in_quarter(&self.context, quarter) else {
                others.push(join!(kpi.name, " (no closed year)"));
                continue;
            };
            if !measure.status.is_rated() {
                others.push(join!(kpi.name, " (", measure.status.word(), ")"));
                continue;
            }
            if measure.status == Status::Green {
                green.push(kpi.name.clone());
            } else {
                missed.push(kpi.name.clone());
            }
            let Some(mut part) = self.attained_part(at, measure.period) else { continue };
            made.input(kpi.name.clone(), part.result.clone(), Source::Computed);
            if part.elsewhere.is_none() {
                part.inputs.extend(self.thresholds());
            }
            made.part(part);
        }
        let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { joined(names, ", ") };
        made.worked = join!("met: ", list(&green), "; missed: ", list(&missed));
        if !others.is_empty() {
            made.note(format!("Not counted: {}.", others.join(", ")));
        }
        if let (Some(mean), Some(capped)) = (&found.mean, &found.mean_capped) {
            let show = |mean: &Exact| join!(mean.percent().show(words::PLACES, &[]), " %");
            made.note(format!("The mean attainment is {}; {} with each at most 100 %.", show(mean), show(capped)));
        }
        made
    }
}

fn one_decimal(number: &Exact) -> String {
    let shown = number.show(words::PLACES, &[]);
    if shown.contains('.') { shown } else { join!(shown, ".0") }
}
