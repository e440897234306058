use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::kpi::Direction;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/no-target",
        severity: Severity::Warning,
        summary: "A KPI has no target.",
        why: "A number without a target is never good or bad. It has no colour, counts for nothing in the health, and both sides read \
              into it what they like.",
        fires: "kpis: {leads: {actuals: {2026-Q2: 18, 2026-Q3: 22}}}",
        says: "`leads` of `acme` has no target",
        passes: "kpis: {leads: {target: 20, actuals: {2026-Q2: 18, 2026-Q3: 22}}}",
        fix: "Agree on a `target`, one number or numbers by period. What is best between two bounds has a range instead: \
              `direction: {range: [8, 15]}`. A number that is only watched and promised by nobody is worth a waiver with that reason.",
        settings: "`kpis` may give a KPI one target for all partners.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (kpi, measures) in partner.kpis() {
        let has_range = matches!(measures.direction, Direction::Range(..));
        if has_range || kpi.kpi.target.is_some() || !kpi.targets.0.is_empty() {
            continue;
        }
        let message = format!("`{}` of `{}` has no target", kpi.id, partner.id());
        let finding = partner.finding(&LINT, route!["kpis", &kpi.id, "target"], message);
        found.push(finding.help(format!("add `target: …` to `{}`", kpi.id)));
    }
}
