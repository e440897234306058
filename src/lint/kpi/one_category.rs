use super::super::health::unknown;
use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::measuring::HEALTH_CATEGORIES;
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/one-category",
        severity: Severity::Note,
        summary: "From development on, a partner has no KPI in one of the categories that its health is made of.",
        why: "Revenue tells what was. How the work goes, how the two sides get on and whether they still want the same tell what will \
              be, and a partnership can lose all three while revenue is fine.",
        fires: "\
stage: development
kpis:
  revenue: {target: 40000, actuals: {2026-Q3: 43000}}
  support-tickets: {target: 20, actuals: {2026-Q3: 12}}
  priority-alignment: {target: 4, actuals: {2026-Q3: 4}}",
        says: "`acme` has no relationship KPI",
        passes: "\
stage: development
kpis:
  revenue: {target: 40000, actuals: {2026-Q3: 43000}}
  support-tickets: {target: 20, actuals: {2026-Q3: 12}}
  satisfaction: {target: 8, actuals: {2026-Q3: 8.2}}
  priority-alignment: {target: 4, actuals: {2026-Q3: 4}}",
        fix: "Add a KPI of the category that is missing; two questions to the people on the other side are enough for a start.\n\n\
              Where so many categories are missing that the health is unknown, `health/unknown` says so instead.",
        settings: "`health.weights` says how much each category counts; one with a weight of 0 is not asked for. Financial KPIs count as \
                   business ones.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    // That there is none at all is another matter, and so is a health that is unknown for the want of categories.
    if !partner.is_from(Phase::Development) || partner.measures.kpis.is_empty() || unknown::tells_of_categories(partner) {
        return;
    }
    let counts = HEALTH_CATEGORIES.iter().zip(&partner.settings().health.weights).filter(|(_, weight)| !weight.is_zero());
    let missing: Vec<String> = counts
        .filter(|(category, _)| !partner.measures.kpis.iter().any(|kpi| kpi.health_category() == Some(**category)))
        .map(|(category, _)| category.word().to_owned())
        .collect();
    if missing.is_empty() {
        return;
    }
    let named: Vec<String> = missing.iter().map(|category| format!("no {category}")).collect();
    let message = format!("`{}` has {} KPI", partner.id(), text::list(&named, "and"));
    let finding = partner.finding_in(&LINT, partner.path, Place::Name(route!["kpis"]), message);
    found.push(finding.help(format!("add a KPI with `category: {}`, or one that every workspace knows", missing.join("` or `category: "))));
}
