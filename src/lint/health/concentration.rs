use super::super::{Check, Lint, Subject, Whole};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::Exact;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "health/concentration",
        severity: Severity::Warning,
        summary: "One partner brings more than 40 % of the portfolio's revenue of the last four closed quarters.",
        why: "If that partner is bought, changes its strategy or asks for other terms, half of the plan goes with it, and it knows that in \
              every negotiation.",
        fires: "\
kpis:
  revenue: {actuals: {2026-Q3: 450000}}
=== content/partners/globex.md
---
name: Globex
kpis: {revenue: {actuals: {2026-Q3: 280000}}}
---
=== content/partners/initech.md
---
name: Initech
kpis: {revenue: {actuals: {2026-Q3: 270000}}}
---",
        says: "`acme` brings 45 % of the portfolio's revenue of the last four closed quarters, more than 40 %",
        passes: "\
kpis:
  revenue: {actuals: {2026-Q3: 350000}}
=== content/partners/globex.md
---
name: Globex
kpis: {revenue: {actuals: {2026-Q3: 330000}}}
---
=== content/partners/initech.md
---
name: Initech
kpis: {revenue: {actuals: {2026-Q3: 320000}}}
---",
        fix: "Make others grow: invest in the partners behind it and look for new ones. Until then record the dependence under `risks` \
              with a mitigation and an owner, and waive this finding for as long as the plan needs.

\
              With a single partner the rule is silent.",
        settings: "`fx` converts revenue in other currencies; without a rate that is needed, nothing is said.",
    },
    check: Check::Workspace(check),
    ages: false,
};

/// More than this share is too much, in percent.
const MOST: i64 = 40;

fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let most = Exact::from(MOST);
    if whole.partners().filter(|partner| !partner.has_left).nth(1).is_none() {
        return;
    }
    // The largest come first.
    for share in &whole.measures.portfolio.concentration.shares {
        let percent = share.share.percent();
        if percent <= most {
            break;
        }
        let Some(partner) = Subject::new(whole, share.partner).filter(|partner| !partner.has_left) else { continue };
        // What is more than 40 must not read like 40.
        let limit = most.show(0, &[]);
        let shown = (1..8).map(|places| percent.show(places, &[Exact::HUNDRED])).find(|shown| *shown != limit).unwrap_or(limit);
        let message =
            format!("`{}` brings {shown} % of the portfolio's revenue of the last four closed quarters, more than {MOST} %", partner.id());
        let revenue = partner.measures.kpi("revenue").map_or("revenue", |kpi| kpi.id.as_str());
        let finding = partner.finding_in(&LINT, partner.path, Place::Name(route!["kpis", revenue.to_owned()]), message);
        found.push(finding.help("record the dependence under `risks` with what is done about it, and let other partners grow"));
    }
}
