use super::super::{Check, Lint, Subject};
use super::{is_stale, length, newest, place_for, tells_unmeasured};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::{KpiMeasures, Status};
use crate::model::period::Period;
use crate::text;

/// At most so many periods, or runs of them, are named.
const NAMED: usize = 6;
/// A KPI whose list ends more periods ago than this is not filled up: somebody has mistyped a year.
const LONGEST_TAIL: i32 = 100;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/missing-actual",
        severity: Severity::Warning,
        summary: "A closed period after the first value of a KPI has no actual, although the KPI is still kept.",
        why: "A hole hides the quarter in which something happened. It breaks the trend, leaves the year without a total, and a month \
              later nobody remembers the number.",
        fires: "kpis: {leads: {target: 20, actuals: {2025-Q4: 18, 2026-Q1: 22, 2026-Q3: 25}}}",
        says: "`leads` of `acme` has no actual for 2026-Q2",
        passes: "kpis: {leads: {target: 20, actuals: {2025-Q4: 18, 2026-Q1: 22, 2026-Q2: n/a, 2026-Q3: 25}}}",
        fix: "Write what was reached. What does not apply in a period is `n/a`; `null` says that it is not known yet, and the finding \
              stays.\n\nA KPI whose newest value is more than two periods old is told by `kpi/stale`; this rule then names the holes \
              before that value alone.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if tells_unmeasured(partner) {
        return;
    }
    for (kpi, measures) in partner.kpis().filter(|(_, measures)| !measures.mixed) {
        let missing = missing(partner, measures);
        let Some(first) = missing.first().copied() else { continue };
        let message = format!("`{}` of `{}` has no actual for {}", kpi.id, partner.id(), named(&missing));
        let (path, place) = place_for(partner, kpi, first);
        let help = match missing.len() {
            1 => "write what was reached, or `n/a` if it does not apply",
            _ => "write what was reached, or `n/a` where it does not apply",
        };
        found.push(partner.finding_in(&LINT, &path, place, message).help(help));
    }
}

/// The closed periods without an actual, after the first value and before the KPI was given up.
fn missing(partner: &Subject<'_>, kpi: &KpiMeasures) -> Vec<Period> {
    let context = &partner.whole.context;
    let Some(newest) = newest(partner, kpi) else { return Vec::new() };
    let latest = context.latest_closed(kpi.granularity);
    let end = if is_stale(partner, kpi) { newest.period } else { latest };
    let measured = kpi.periods.iter().skip_while(|measure| measure.actual.is_none());
    let mut missing: Vec<Period> = measured
        .clone()
        .filter(|measure| measure.status == Status::Missing && measure.period <= end)
        .map(|measure| measure.period)
        .collect();
    // Without a target the list ends with what is written last.
    if let Some(last) = measured.filter(|measure| context.is_closed(measure.period)).last() {
        let tail = last.period.ordinal() + 1..=end.ordinal();
        if tail.end() - tail.start() < LONGEST_TAIL {
            missing.extend(tail.map(|ordinal| Period::from_ordinal(kpi.granularity, ordinal)));
        }
    }
    missing
}

/// Periods in words, three or more in a row as `2025-Q1 to 2025-Q3`.
fn named(periods: &[Period]) -> String {
    let mut runs: Vec<(Period, Period)> = Vec::new();
    for period in periods.iter().copied() {
        match runs.last_mut() {
            Some((_, last)) if last.next() == period => *last = period,
            _ => runs.push((period, period)),
        }
    }
    let mut words: Vec<String> = Vec::new();
    for (first, last) in runs {
        match last.ordinal() - first.ordinal() {
            0 => words.push(first.to_string()),
            1 => words.extend([first.to_string(), last.to_string()]),
            _ => words.push(format!("{first} to {last}")),
        }
    }
    if words.len() > NAMED {
        let more = words.split_off(NAMED).len();
        let length = periods.first().map_or("period", |period| length(period.granularity()));
        words.push(format!("{more} more {length}s or runs of them"));
    }
    text::list(&words, "and")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_a_row_are_named_by_their_ends() {
        let named = |text: &str| named(&text.split(' ').filter_map(Period::parse).collect::<Vec<_>>());
        assert_eq!(named("2025-Q4"), "2025-Q4");
        assert_eq!(named("2025-Q4 2026-Q1"), "2025-Q4 and 2026-Q1");
        assert_eq!(named("2025-Q1 2025-Q4 2026-Q1 2026-Q2"), "2025-Q1 and 2025-Q4 to 2026-Q2");
        assert_eq!(
            named("2024-01 2024-03 2024-05 2024-07 2024-09 2024-11 2025-01 2025-03"),
            "2024-01, 2024-03, 2024-05, 2024-07, 2024-09, 2024-11 and 2 more months or runs of them"
        );
    }
}
