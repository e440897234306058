use super::super::{Check, Lint, Subject};
use super::{is_contractual_without_issue, missed, shortfall};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/gap-without-issue",
        severity: Severity::Error,
        summary: "A contractual KPI reached less than 80 % of its target in its latest closed period, and the partner has no open issue.",
        why: "What the contract promises and does not bring is a breach that both sides tolerate. Without an issue there is no owner, \
              no date and no record of it, which is what both will look for when the term is discussed.",
        fires: "kpis: {revenue: {target: 80000, commitment: contractual, actuals: {2026-Q2: 79000, 2026-Q3: 51000}}}",
        says: "`revenue` of `acme` reached 63.8 % of its target in 2026-Q3: USD 51,000, target USD 80,000; the target is contractual, and no issue is open",
        passes: "\
kpis: {revenue: {target: 80000, commitment: contractual, actuals: {2026-Q2: 79000, 2026-Q3: 51000}}}
=== content/partners/acme/issues/revenue-gap.md
---
severity: high
status: open
opened: 2026-10-05
reason: gap
owner: dana
---
Two large orders moved into the next year.",
        fix: "Open an issue beside the partner, `issues/revenue-gap.md`, with an owner and options, and talk about it with the partner. \
              Any open issue of the partner will do.",
        settings: "`kpi_status.yellow` is the attainment below which a KPI is red, 80 % by default.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (kpi, measures) in partner.kpis() {
        let Some(measure) = missed(partner, measures).filter(|_| is_contractual_without_issue(partner, kpi)) else { continue };
        let Some(message) = shortfall(partner, measures, measure) else { continue };
        let (path, place) = partner.actual(kpi, measure.period);
        let finding = partner.finding_in(&LINT, &path, place, format!("{message}; the target is contractual, and no issue is open"));
        let contract = Place::Key(route!["kpis", &kpi.id, "commitment"]);
        let folder = partner.path.strip_suffix("/index.md").or_else(|| partner.path.rsplit_once('.').map(|(stem, _)| stem));
        found.push(
            finding
                .related(partner.path, contract, "the commitment")
                .help(format!("open an issue with an owner in {}/issues/", folder.unwrap_or("the folder of the partner"))),
        );
    }
}
