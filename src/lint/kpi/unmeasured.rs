use super::super::{Check, Lint, Subject};
use super::{first_quarter, is_unmeasured};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(in crate::lint) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/unmeasured",
        severity: Severity::Error,
        summary: "From onboarding on, a partner has no KPI, or none with a value in the last four closed quarters.",
        why: "Without a number a partnership is judged by the mood of the last meeting. Nobody sees it decline, nobody can show that it \
              pays, and when money is short it is the first to go.",
        fires: "\
stage: development
kpis:
  revenue: {target: 40000, actuals: {2025-Q2: 38000, 2025-Q3: 41000}}
  leads: {target: 20}",
        says: "none of the KPIs of `acme` has a value in the last four closed quarters, 2025-Q4 to 2026-Q3",
        passes: "\
stage: development
kpis:
  revenue: {target: 40000, actuals: {2025-Q2: 38000, 2025-Q3: 41000, 2026-Q3: 36000}}
  leads: {target: 20}",
        fix: "Add the two or three numbers that both sides care about to `kpis`, with a target each, and write down what they were at \
              the end of every quarter: `actuals: {2026-Q3: 36000}`, or a line of `metrics.csv`.",
        settings: "`kpis` defines KPIs for all partners. `fiscal_year_start` says when quarters start.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !is_unmeasured(partner) {
        return;
    }
    let (id, last) = (partner.id(), partner.whole.context.quarter);
    if partner.entry.kpis.is_empty() {
        let finding = partner.finding(&LINT, route!["kpis"], format!("`{id}` has no KPI"));
        found.push(finding.help("add `kpis: {revenue: {target: …, actuals: {…}}}`, or other numbers that both sides care about"));
        return;
    }
    let message = format!("none of the KPIs of `{id}` has a value in the last four closed quarters, {} to {last}", first_quarter(partner));
    let finding = partner.finding_in(&LINT, partner.path, Place::Name(route!["kpis"]), message);
    found.push(finding.help(format!("add what was reached, such as `actuals: {{{last}: …}}`, or lines of `metrics.csv`")));
}
