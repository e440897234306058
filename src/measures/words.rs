//! Numbers and their units as text: the same words and the same rounding on every page, at the terminal and in explanations.

use super::context::Context;
use super::exact::Exact;
use super::health::Health;
use super::score::{LEAST_COVERAGE, Score};
use super::series::{KpiMeasures, PeriodMeasure};
use super::targets::TargetsMet;
use super::trend::Change;
use crate::model::fx::is_currency;
use crate::text::join;

/// Decimals of a percentage, a health and a score.
pub const PLACES: u32 = 1;
/// Decimals of a value that was put together from finer ones.
const PLACES_OF_SUM: u32 = 2;
/// Written values are shown with all of their decimals.
const ALL_PLACES: u32 = 28;

/// Units that people count in, whose singular is the word without its last letter.
const COUNTED: &[&str] = &[
    "customers",
    "leads",
    "campaigns",
    "referrals",
    "tickets",
    "points",
    "hours",
    "days",
    "weeks",
    "months",
    "meetings",
    "events",
    "deals",
    "users",
    "partners",
    "projects",
    "percentage points",
];

/// A number with its unit: a currency code before it, anything else behind it. One point is no points.
pub fn with_unit(number: &str, unit: &str) -> String {
    let one = matches!(number, "1" | "−1");
    let unit = match unit {
        "people" if one => "person",
        _ if one && COUNTED.contains(&unit) => &unit[..unit.len() - 1],
        _ => unit,
    };
    let (first, second) = if is_currency(unit) { (unit, number) } else { (number, unit) };
    let mut out = String::with_capacity(first.len() + 1 + second.len());
    out.push_str(first);
    if !first.is_empty() && !second.is_empty() {
        out.push(' ');
    }
    out.push_str(second);
    out
}

/// Days in words: `1 day`, `1,460 days`.
pub fn days(count: impl Into<i64>) -> String {
    with_unit(&written(&Exact::from(count.into())), "days")
}

/// A number that somebody wrote, with all of its decimals.
pub fn written(number: &Exact) -> String {
    number.show(ALL_PLACES, &[])
}

/// A number that may have been written or computed: with all of its decimals where they are few, else rounded.
pub fn any(number: &Exact) -> String {
    if number.has_places(6) { written(number) } else { number.show(PLACES_OF_SUM, &[]) }
}

/// A value of a KPI without its unit: as it was written, or rounded where it was put together from finer values.
pub fn number(kpi: &KpiMeasures, measure: &PeriodMeasure, value: &Exact) -> String {
    let is_written = measure.period.granularity() == kpi.granularity;
    value.show(if is_written { ALL_PLACES } else { PLACES_OF_SUM }, &[])
}

/// A value of a KPI with its unit.
pub fn amount(kpi: &KpiMeasures, measure: &PeriodMeasure, value: &Exact) -> String {
    with_unit(&number(kpi, measure, value), &kpi.unit)
}

/// What should be reached, with its unit: the target, or the range.
pub fn target(kpi: &KpiMeasures, measure: &PeriodMeasure) -> Option<String> {
    if let Some((lo, hi)) = measure.range.as_deref() {
        return Some(with_unit(&join!(number(kpi, measure, lo), "–", number(kpi, measure, hi)), &kpi.unit));
    }
    measure.target.as_ref().map(|target| amount(kpi, measure, target))
}

/// A fraction as a percentage that crosses no edge of the workspace's thresholds.
pub fn attainment(context: &Context<'_>, fraction: &Exact) -> String {
    in_percent(fraction.percent().show(PLACES, context.thresholds.edges()))
}

/// A fraction as a percentage.
pub fn percent(fraction: &Exact) -> String {
    in_percent(fraction.percent().show(PLACES, &[Exact::HUNDRED]))
}

/// The coverage of a health, a fraction, as a percentage: never on the other side of the coverage that a number needs.
pub fn health_coverage(context: &Context<'_>, fraction: &Exact) -> String {
    let least = Exact::from(context.settings.health.coverage);
    in_percent(fraction.percent().show(PLACES, &[least, Exact::HUNDRED]))
}

/// The coverage of a score, a fraction, as a percentage: never on the other side of the coverage that a number needs.
pub fn score_coverage(fraction: &Exact) -> String {
    in_percent(fraction.percent().show(PLACES, &[Exact::from(LEAST_COVERAGE), Exact::HUNDRED]))
}

/// The share of the highest score, a fraction, as a percentage: never on the other side of the pass mark.
pub fn score_share(context: &Context<'_>, fraction: &Exact) -> String {
    let pass = Exact::from(context.settings.scoring.pass);
    in_percent(fraction.percent().show(PLACES, &[pass, Exact::HUNDRED]))
}

/// A health of 0 to 100 that crosses no edge of its bands; always with one decimal.
pub fn health_number(context: &Context<'_>, number: &Exact) -> String {
    let mut shown = number.show(PLACES, &context.bands);
    if !shown.contains('.') {
        shown.push_str(".0");
    }
    shown
}

/// How a health stands against the one of the quarter before, in points.
pub fn health_change(now: &Health, before: Option<&Exact>) -> Option<String> {
    Some(signed(&(now.number.as_ref()? - before?), PLACES))
}

/// A weighted score as text: `4.3 of 5`; `None` where there is no number.
pub fn score(context: &Context<'_>, score: &Score) -> Option<String> {
    let highest = Exact::from(context.settings.scoring.highest);
    score.number.as_ref().map(|number| join!(number.show(PLACES, &[]), " of ", highest.show(PLACES, &[])))
}

/// How many targets were met, as text.
pub fn targets(targets: &TargetsMet) -> String {
    met(targets.met, targets.of)
}

/// How many of some were met, as text.
pub fn met(met: usize, of: usize) -> String {
    join!(itoa::Buffer::new().format(met), " of ", itoa::Buffer::new().format(of))
}

/// Why a score does not pass whatever it is: the criteria that are under their minimum.
pub fn veto(context: &Context<'_>, score: &Score) -> Option<String> {
    let names: Vec<&str> =
        score.rows.iter().filter(|row| row.veto).map(|row| context.settings.criteria[row.criterion].name.as_str()).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(join!(one, " is under its minimum")),
        many => Some(join!(many.join(", "), " are under their minimum")),
    }
}

/// By how much a value has moved: `+20 %`, or in its unit where there was nothing before.
///
/// It is the movement of the value itself, up or down, whichever way is better: tickets that fall from 100 to 97 have moved by
/// −3 %, which is an improvement. A plus there would be read as more tickets.
pub fn change(kpi: &KpiMeasures, change: &Change) -> String {
    match change {
        Change::Relative(share) => {
            // Up to 2 % is stable. What is more must not read like 2 %.
            let percent = share.percent();
            let looks_stable = |shown: &str| shown.trim_start_matches(['+', '−']) == "2" && percent.abs() > Exact::from(2);
            let shown = (PLACES..8).map(|places| signed(&percent, places)).find(|shown| !looks_stable(shown));
            in_percent(shown.unwrap_or_else(|| signed(&percent, 8)))
        }
        // A percentage that rises from 0 to 5 has not risen by 5 %.
        Change::Absolute(moved) if kpi.unit == "%" => with_unit(&signed(moved, PLACES_OF_SUM), "percentage points"),
        Change::Absolute(moved) => with_unit(&signed(moved, PLACES_OF_SUM), &kpi.unit),
    }
}

/// A fraction as a percentage with its sign.
pub fn signed_percent(fraction: &Exact) -> String {
    in_percent(signed_within(&fraction.percent(), PLACES, &[Exact::ZERO, Exact::HUNDRED]))
}

/// A number with the sign of percentages.
fn in_percent(mut number: String) -> String {
    number.push_str(" %");
    number
}

fn signed(number: &Exact, places: u32) -> String {
    signed_within(number, places, &[])
}

fn signed_within(number: &Exact, places: u32, edges: &[Exact]) -> String {
    let mut text = number.show(places, edges);
    if !(text.starts_with('−') || text == "0") {
        text.insert(0, '+');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_are_counted_in_words() {
        assert_eq!([days(0), days(1), days(-2), days(1460_u32)], ["0 days", "1 day", "−2 days", "1,460 days"]);
    }
}
