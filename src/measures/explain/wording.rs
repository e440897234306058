//! Formulas with numbers in them.

use crate::measures::exact::Exact;
use crate::measures::words;
use crate::model::kpi::Aggregate;
use crate::text::join;

/// Longer sums are cut in the middle: their terms are among the inputs anyway.
const MOST_TERMS: usize = 12;

/// A number inside of a formula: in brackets below 0.
pub(super) fn term(number: &Exact) -> String {
    let shown = words::any(number);
    if shown.starts_with('−') { join!("(", shown, ")") } else { shown }
}

/// `weight × value`.
pub(super) fn product(weight: &Exact, value: &str) -> String {
    join!(term(weight), " × ", value)
}

/// Terms with a sign or a comma between them; of many the first ones, the last one, and how many there are.
pub(super) fn joined(terms: &[String], between: &str) -> String {
    match terms {
        [] => "nothing".to_owned(),
        [first @ .., last] if terms.len() > MOST_TERMS => {
            let shown = first[..MOST_TERMS - 2].join(between);
            format!("{shown}{between}…{between}{last} ({} values)", terms.len())
        }
        _ => terms.join(between),
    }
}

/// Terms added up, in brackets where there are several.
pub(super) fn sum(terms: &[String]) -> String {
    if terms.len() == 1 { joined(terms, " + ") } else { join!("(", joined(terms, " + "), ")") }
}

/// `left = right`, or the right alone where the left says the same.
pub(super) fn equals(left: &str, right: &str) -> String {
    if left == right { right.to_owned() } else { join!(left, " = ", right) }
}

/// A mean by weights: `(3 × 100 + 1 × 60) ÷ (3 + 1)`. Where all weights are the same they do not matter.
pub(super) fn weighted(terms: &[(Exact, String)]) -> String {
    let first = terms.first().map(|(weight, _)| weight);
    if terms.len() == 1 || (terms.iter().all(|(weight, _)| Some(weight) == first && *weight == Exact::ONE)) {
        let values: Vec<String> = terms.iter().map(|(_, value)| value.clone()).collect();
        return aggregated(Aggregate::Average, &values);
    }
    let values: Vec<String> = terms.iter().map(|(weight, value)| product(weight, value)).collect();
    let weights: Vec<String> = terms.iter().map(|(weight, _)| term(weight)).collect();
    join!(sum(&values), " ÷ ", sum(&weights))
}

/// How values become one, in words.
pub(super) fn how(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Sum => "added up",
        Aggregate::Last => "the last one",
        Aggregate::Average => "their mean",
        Aggregate::Min => "the least",
        Aggregate::Max => "the greatest",
    }
}

/// Values as one value: `10 + 30 + 25`.
pub(super) fn aggregated(aggregate: Aggregate, terms: &[String]) -> String {
    match (aggregate, terms) {
        (_, [one]) => one.clone(),
        (Aggregate::Sum, _) => joined(terms, " + "),
        (Aggregate::Average, _) => format!("{} ÷ {}", sum(terms), terms.len()),
        (Aggregate::Last, _) => join!("the last of ", joined(terms, ", ")),
        (Aggregate::Min, _) => join!("the least of ", joined(terms, ", ")),
        (Aggregate::Max, _) => join!("the greatest of ", joined(terms, ", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sums_are_cut() {
        let terms: Vec<String> = (1..=20).map(|n| n.to_string()).collect();
        assert_eq!(joined(&terms, " + "), "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + … + 20 (20 values)");
        assert_eq!(sum(&terms[..2]), "(1 + 2)");
        assert_eq!(sum(&terms[..1]), "1");
        assert_eq!(aggregated(Aggregate::Average, &terms[..3]), "(1 + 2 + 3) ÷ 3");
        assert_eq!(aggregated(Aggregate::Last, &terms[..2]), "the last of 1, 2");
    }

    #[test]
    fn what_is_below_zero_stands_in_brackets() {
        assert_eq!(term(&Exact::from(-5)), "(−5)");
        assert_eq!(term(&Exact::ratio(65, 3).unwrap()), "21.67");
    }
}
