use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::{Check, Lint, Subject, lifecycle};
use super::why;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::words::health_number;
use crate::measures::{Band, Health, QuarterHealth};
use crate::model::period::Period;
use crate::model::settings::Stage;
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "health/low-value",
        severity: Severity::Error,
        summary: "The health of a partner was red in the last two closed quarters, and nobody has decided since to rework or to end it.",
        why: "Two bad quarters are a pattern. Going on as before costs people and money that better partners could use, and to go on \
              without deciding is the most frequent decision of all.",
        fires: "\
lifecycle:
  - {stage: development, entered: 2026-01-12}
kpis:
  revenue: {target: 100000, actuals: {2026-Q2: 60000, 2026-Q3: 50000}}
  referrals-received: {target: 10, actuals: {2026-Q2: 7, 2026-Q3: 6}}",
        says: "the health of `acme` was red in 2026-Q2 (65.0) and 2026-Q3 (55.0), and no decision to rework or end it is recorded since",
        passes: "\
lifecycle:
  - {stage: development, entered: 2026-01-12}
  - {stage: review, entered: 2026-10-12, decision: rework-partnership, decided: 2026-10-30}
  - {stage: negotiation, entered: 2026-11-02}
kpis:
  revenue: {target: 100000, actuals: {2026-Q2: 60000, 2026-Q3: 50000}}
  referrals-received: {target: 10, actuals: {2026-Q2: 7, 2026-Q3: 6}}",
        fix: "Review the partnership and decide: change its terms and goals, or end it. Record the decision in `lifecycle`, with its date \
              and reason. If it should go on as it is in spite of the numbers, waive the rule and say why.\n\n\
              A decision counts where it leads `back` or to the exit, and was made since the first day of the two quarters, or of the \
              year whose values count in them. The rule \
              speaks in place of `health/red`.",
        settings: "`lifecycle` says which decisions lead `back` and which lead to the exit. `health` sets from where on a health is yellow.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some([before, latest]) = since(partner) else { return };
    let years = same_years(partner, before.quarter, latest.quarter);
    let shown = |quarter: &QuarterHealth| {
        let number = quarter.number.as_ref().map(|number| health_number(&partner.whole.context, number));
        format!("{} ({})", quarter.quarter, number.unwrap_or_default())
    };
    let message = format!(
        "the health of `{}` was red in {} and {}{}, and no decision to rework or end it is recorded since",
        partner.id(),
        shown(before),
        shown(latest),
        if years.is_empty() { String::new() } else { format!(", both from the values of {}", text::list(&years, "and")) }
    );
    let place = match partner.data.lifecycle.len().checked_sub(1) {
        Some(last) => route!["lifecycle", last, "decision"],
        None => route!["lifecycle"],
    };
    found.push(partner.finding(&LINT, place, message).help(format!("{}; {}", advice(partner), why(partner))));
}

/// The last two closed quarters, where both are red and nobody has decided anything about it.
pub(super) fn since<'a>(partner: &Subject<'a>) -> Option<[&'a QuarterHealth; 2]> {
    let measures = partner.measures;
    let red = |quarter| measures.health_by_quarter.iter().find(|known| known.quarter == quarter && known.band == Band::Red);
    let (before, latest) = (red(measures.quarter.previous())?, red(measures.quarter)?);
    let first = measured_from(partner, before.quarter)?;
    (partner.data.exit.is_none() && !is_decided(partner, first)).then_some([before, latest])
}

/// The periods whose values make up the health in a quarter: the quarter itself and, of KPIs that are kept by the year, years.
fn measured(partner: &Subject<'_>, quarter: Period) -> BTreeSet<Period> {
    let health = Health::new(&partner.whole.context, &partner.measures.kpis, quarter);
    health.categories.iter().flat_map(|category| &category.kpis).filter_map(|kpi| kpi.period).collect()
}

/// The first day of what was measured in a quarter: of the quarter itself, or of the year whose values count in it.
fn measured_from(partner: &Subject<'_>, quarter: Period) -> Option<Date> {
    let periods = measured(partner, quarter).into_iter().chain([quarter]);
    periods.filter_map(|period| period.first_day(partner.settings().fiscal_year_start)).min()
}

/// The years whose values make up the health in both quarters; empty where either has a value of its own.
fn same_years(partner: &Subject<'_>, before: Period, latest: Period) -> Vec<String> {
    let years = measured(partner, latest);
    if years == measured(partner, before) { years.iter().map(Period::to_string).collect() } else { Vec::new() }
}

/// True where a decision that leads back or out was made on this day or later. One without a day is of the day of the next move.
fn is_decided(partner: &Subject<'_>, first: Date) -> bool {
    let (settings, moves) = (partner.settings(), &partner.data.lifecycle);
    moves.iter().enumerate().any(|(at, entry)| {
        let stage = entry.stage.as_deref().and_then(|id| settings.stage(id));
        let decision = entry.decision.as_deref().unwrap_or_default();
        let leads_out =
            stage.is_some_and(|stage| lifecycle::known_decision(stage, decision).is_some_and(|(_, target)| changes(partner, target)));
        let day = entry.decided.or_else(|| moves.get(at + 1).and_then(|next| next.entered));
        leads_out && day.is_none_or(|day| day >= first)
    })
}

/// True for the target of a decision that leads back or out.
fn changes(partner: &Subject<'_>, target: &str) -> bool {
    let exit = partner.settings().stages.last().map_or("", |stage| stage.id.as_str());
    ["back", "exit", exit].iter().any(|word| target.eq_ignore_ascii_case(word))
}

/// What to write: the decisions of this workspace that count, best those of the stage that the partner is in.
fn advice(partner: &Subject<'_>) -> String {
    let counting = |stage: &Stage| -> Vec<String> {
        let decisions = stage.decisions.iter().filter(|(_, target)| changes(partner, target));
        decisions.map(|(word, _)| format!("`decision: {word}`")).collect()
    };
    let stages = &partner.settings().stages;
    let own = partner.entry.stage.and_then(|at| stages.get(at)).map(counting).unwrap_or_default();
    if !own.is_empty() {
        return format!("decide, and add {} to its last move", text::list(&own, "or"));
    }
    let later = stages.iter().filter(|stage| stage.phase >= Phase::Development).find(|stage| !counting(stage).is_empty());
    match later {
        Some(stage) => format!("move it to {}, decide, and add {} there", stage.id, text::list(&counting(stage), "or")),
        None => "decide, and record an end under `exit`, or waive this and say why it goes on".to_owned(),
    }
}
