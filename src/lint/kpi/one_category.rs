use super::super::health::unknown;
use super::super::{Check, Lint, Subject};
use super::tells_unmeasured;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::kpi::{Category, DEFAULTS};
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
              A partner that has no KPI at all is told by `kpi/unmeasured`, and one that has so few categories that its health is \
              unknown by `health/unknown`.",
        settings: "`health.weights` says how much each category counts; one with a weight of 0 is not asked for. Financial KPIs count as \
                   business ones.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    // That there is none at all is told by `kpi/unmeasured`, and that the health is unknown for that by `health/unknown`.
    let is_told = (partner.measures.kpis.is_empty() && tells_unmeasured(partner)) || unknown::tells_of_categories(partner);
    if !partner.is_from(Phase::Development) || is_told {
        return;
    }
    let counts = HEALTH_CATEGORIES.iter().zip(&partner.settings().health.weights).filter(|(_, weight)| !weight.is_zero());
    let missing: Vec<Category> = counts
        .filter(|(category, _)| !partner.measures.kpis.iter().any(|kpi| kpi.health_category() == Some(**category)))
        .map(|(category, _)| *category)
        .collect();
    if missing.is_empty() {
        return;
    }
    let named: Vec<String> = missing.iter().map(|category| format!("no {}", category.word())).collect();
    let message = format!("`{}` has {} KPI", partner.id(), text::list(&named, "and"));
    let finding = partner.finding_in(&LINT, partner.path, Place::Name(route!["kpis"]), message);
    let own: Vec<String> = missing.iter().map(|category| format!("`category: {}`", category.word())).collect();
    let known: Vec<String> = missing.iter().filter_map(|category| known(partner, *category)).map(|id| format!("`{id}`")).collect();
    let known = if known.is_empty() { String::new() } else { format!(", or use {}", text::list(&known, "and")) };
    found.push(finding.help(format!("add a KPI with {}{known}", text::list(&own, "and one with"))));
}

/// A KPI of this category that every workspace knows, unless this one keeps it in another.
fn known(partner: &Subject<'_>, category: Category) -> Option<&'static str> {
    let own = |id: &str| partner.settings().kpis.get(id).and_then(|kpi| kpi.category);
    let fits = |id: &str, known: Category| own(id).unwrap_or(known) == category;
    DEFAULTS.iter().find(|(id, _, known, ..)| fits(id, *known)).map(|(id, ..)| *id)
}
