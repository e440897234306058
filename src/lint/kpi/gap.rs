use super::super::{Check, Lint, Subject};
use super::{is_contractual_without_issue, missed, shortfall};
use crate::diagnostics::{Finding, Rule, Severity};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/gap",
        severity: Severity::Warning,
        summary: "A KPI reached less than 80 % of its target in its latest closed period.",
        why: "A gap of a fifth does not close by itself. Named early, it is a talk between two working teams; found at the end of the \
              year, it is a talk about the contract.",
        fires: "kpis: {leads: {target: 50, actuals: {2026-Q2: 44, 2026-Q3: 31}}}",
        says: "`leads` of `acme` reached 62 % of its target in 2026-Q3: 31 leads, target 50 leads",
        passes: "kpis: {leads: {target: 50, actuals: {2026-Q2: 44, 2026-Q3: 40}}}",
        fix: "Find out why, and write down what is done about it: a challenge with an action in the review, or an issue. If the target \
              was wrong, agree on a new one from the next period on.\n\n\
              A contractual KPI with a gap and no open issue is told by `kpi/gap-without-issue` instead.",
        settings: "`kpi_status.yellow` is the attainment below which a KPI is red, 80 % by default.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (kpi, measures) in partner.kpis() {
        let Some(measure) = missed(partner, measures).filter(|_| !is_contractual_without_issue(partner, kpi)) else { continue };
        let Some(message) = shortfall(partner, measures, measure) else { continue };
        let (path, place) = partner.actual(kpi, measure.period);
        let finding = partner.finding_in(&LINT, &path, place, message);
        found.push(finding.help("say in the next review why, and who does what until when"));
    }
}
