//! What a tier asks for, as far as it can be checked.

use super::super::Subject;
use crate::content::read::Record;
use crate::content::scalar;
use crate::measures::{Exact, words};
use crate::model::partner::Partner;

/// Why a partner does not meet a requirement. `None` where it does, where that is not known yet, and where the requirement is in
/// words that only people understand.
pub(super) fn unmet(partner: &Subject<'_>, requirement: &str) -> Option<String> {
    match Bound::parse(requirement) {
        Some(bound) => bound.missed_by(partner),
        None => missing_key(partner, requirement.trim()),
    }
}

/// A number that is asked for: `revenue >= 50000`, `support-tickets at most 20`.
struct Bound<'a> {
    of: &'a str,
    at_least: bool,
    number: Exact,
}

impl<'a> Bound<'a> {
    fn parse(text: &'a str) -> Option<Bound<'a>> {
        let words = [(">=", true), ("≥", true), ("<=", false), ("≤", false), (" at least ", true), (" at most ", false)];
        let (of, number, at_least) = words.into_iter().find_map(|(word, at_least)| {
            let (of, number) = text.split_once(word)?;
            Some((of, number, at_least))
        })?;
        // A unit behind the number is for people.
        let number = number.split_whitespace().next()?.trim_end_matches('%');
        Some(Bound { of: of.trim(), at_least, number: Exact::from(scalar::decimal(number).ok()?) })
    }

    fn missed_by(&self, partner: &Subject<'_>) -> Option<String> {
        let context = &partner.whole.context;
        let asks = if self.at_least { "at least" } else { "at most" };
        match self.of.to_lowercase().as_str() {
            "score" => {
                let share = partner.measures.score.share.as_ref()?;
                let asked = words::with_unit(&words::written(&self.number), "%");
                self.is_missed(&share.percent()).then(|| format!("its score is {}, not {asks} {asked}", words::score_share(context, share)))
            }
            "health" => {
                let health = partner.measures.health.number.as_ref()?;
                self.is_missed(health).then(|| {
                    format!("its health is {}, not {asks} {}", words::health_number(context, health), words::written(&self.number))
                })
            }
            _ => {
                let kpi =
                    partner.measures.kpis.iter().find(|kpi| [&kpi.id, &kpi.name].iter().any(|name| name.eq_ignore_ascii_case(self.of)))?;
                let latest = kpi.latest(context)?;
                let actual = latest.actual.as_ref()?;
                self.is_missed(actual).then(|| {
                    let asked = words::with_unit(&words::written(&self.number), &kpi.unit);
                    format!("`{}` was {} in {}, not {asks} {asked}", kpi.id, words::amount(kpi, latest, actual), latest.period)
                })
            }
        }
    }

    fn is_missed(&self, number: &Exact) -> bool {
        if self.at_least { *number < self.number } else { *number > self.number }
    }
}

/// A key of the partner's file that is not there: `agreement`, `signoffs.head-office`.
fn missing_key(partner: &Subject<'_>, requirement: &str) -> Option<String> {
    let mut keys = requirement.split('.');
    let first = keys.next().filter(|key| Partner::KEYS.contains(key))?;
    let is_there = if first == "kpis" {
        !partner.entry.kpis.is_empty()
    } else {
        let data = serde_json::to_value(partner.data).ok()?;
        let value = data.get(first).and_then(|value| keys.try_fold(value, |value, key| value.get(key)));
        value.is_some_and(|value| !(value.is_null() || *value == serde_json::Value::Bool(false)))
    };
    (!is_there).then(|| format!("`{requirement}` is missing"))
}
