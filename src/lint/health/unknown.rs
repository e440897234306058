use super::super::{Check, Lint, Subject, kpi};
use super::why;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::stage::REVIEW_GRACE;
use crate::measures::words::health_coverage;
use crate::measures::{Band, Exact, Status};
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(in crate::lint) static LINT: Lint = Lint {
    rule: Rule {
        name: "health/unknown",
        severity: Severity::Warning,
        summary: "Too little of a partner's health was measured in the latest closed quarter to give a number, from development on.",
        why: "Nobody can say whether the partnership works. It may be the best of all or the worst, and it will be treated as the \
              loudest voice in the meeting says.",
        fires: "\
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q3: 90000}}
  satisfaction: {target: 8, actuals: {2026-Q3: 7.5}}",
        says: "the health of `acme` in 2026-Q3 is unknown: 55 % of it has values and targets, and it takes 60 %",
        passes: "\
stage: development
kpis:
  revenue: {target: 100000, actuals: {2026-Q3: 90000}}
  satisfaction: {target: 8, actuals: {2026-Q3: 7.5}}
  referrals-received: {target: 10, actuals: {2026-Q3: 9}}",
        fix: "Write the values of the quarter, give each KPI a target, and agree on a KPI in each of the categories business, \
              operational, relationship and strategic.\n\n\
              In the first 30 days after a quarter the rule waits for its values, where those of the quarter before were there. A \
              partner of whom nothing was measured for four quarters is told by `kpi/unmeasured`.",
        settings: "`health` sets the weights of the categories, and with `coverage` how much must be measured.",
    },
    check: Check::Partner(check),
    // On hold, nobody counts.
    ages: false,
};

/// True where this rule tells that there are categories without any KPI, and `kpi/one-category` need not.
pub(in crate::lint) fn tells_of_categories(partner: &Subject<'_>) -> bool {
    partner.hears_of(&LINT) && is_unknown(partner) && !has_enough(partner)
}

/// True where the health is unknown, and nothing else tells why.
fn is_unknown(partner: &Subject<'_>) -> bool {
    let (context, health) = (&partner.whole.context, &partner.measures.health);
    let is_little = health.band == Band::Unknown && health.coverage.percent() < Exact::from(context.settings.health.coverage);
    partner.is_from(Phase::Development) && is_little && !kpi::tells_unmeasured(partner) && !is_awaited(partner)
}

/// True where the categories that have KPIs are enough, once these have values and targets.
fn has_enough(partner: &Subject<'_>) -> bool {
    let (mut all, mut declared) = (Exact::ZERO, Exact::ZERO);
    for category in &partner.measures.health.categories {
        all = all + &category.weight;
        if !category.kpis.is_empty() {
            declared = declared + &category.weight;
        }
    }
    declared.over(&all).is_some_and(|share| share.percent() >= Exact::from(partner.settings().health.coverage))
}

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !is_unknown(partner) {
        return;
    }
    let (context, health) = (&partner.whole.context, &partner.measures.health);
    let least = Exact::from(context.settings.health.coverage);
    let covered = health_coverage(context, &health.coverage);
    let message = format!(
        "the health of `{}` in {} is unknown: {covered} of it has values and targets, and it takes {} %",
        partner.id(),
        health.quarter,
        least.show(1, &[])
    );
    let finding = partner.finding_in(&LINT, partner.path, Place::Name(route!["kpis"]), message);
    found.push(finding.help(format!("{}; {}", missing(partner), why(partner))));
}

/// What would make the health known.
fn missing(partner: &Subject<'_>) -> String {
    let (context, health) = (&partner.whole.context, &partner.measures.health);
    let (mut values, mut targets, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    for category in health.categories.iter().filter(|category| category.weight > Exact::ZERO) {
        if category.kpis.is_empty() {
            empty.push(category.category.word().to_owned());
            continue;
        }
        for kpi in category.kpis.iter().filter(|kpi| kpi.attainment.is_none()).filter_map(|kpi| partner.measures.kpis.get(kpi.kpi)) {
            let has_value = kpi.in_quarter(context, health.quarter).is_some_and(|found| found.status == Status::NoTarget);
            if has_value { &mut targets } else { &mut values }.push(format!("`{}`", kpi.id));
        }
    }
    if has_enough(partner) {
        empty.clear();
    }
    let parts = [("write the values of", values, "and"), ("give a target to", targets, "and"), ("add a KPI in", empty, "or")];
    let parts = parts.into_iter().filter(|(_, names, _)| !names.is_empty());
    let parts: Vec<String> = parts.map(|(what, names, last)| format!("{what} {}", text::list(&few(names), last))).collect();
    text::list(&parts, "and")
}

/// Names for a sentence: where there are many, the first three.
fn few(mut names: Vec<String>) -> Vec<String> {
    if names.len() > 4 {
        let others = names.len() - 3;
        names.truncate(3);
        names.push(format!("{others} others"));
    }
    names
}

/// True in the first days after a quarter, while its values are collected, where they were there the time before.
fn is_awaited(partner: &Subject<'_>) -> bool {
    let health = &partner.measures.health;
    let ended = health.quarter.last_day(partner.settings().fiscal_year_start);
    let is_new = ended.is_some_and(|ended| (partner.as_of() - ended).get_days() < REVIEW_GRACE);
    let before = health.quarter.previous();
    is_new && partner.measures.health_by_quarter.iter().any(|known| known.quarter == before && known.number.is_some())
}
