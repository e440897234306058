use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::{Exact, words};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/stalled",
        severity: Severity::Warning,
        summary: "A partner has been in its stage for longer than the stage should take.",
        why: "A partnership that does not move takes up time and attention that another one could use. The limit is not a verdict: it is \
              the day on which somebody should decide to go on, to try once more, or to stop.",
        fires: "lifecycle: [{stage: research, entered: 2026-07-06}]",
        says: "`acme` has been in stage research since 2026-07-06: 137 days, and the stage should take 90 at most",
        passes: "\
lifecycle:
  - {stage: research, entered: 2026-07-06, decision: needs-more-research, reason: Their new buyer starts in October}
  - {stage: research, entered: 2026-10-05}",
        fix: "Decide, and record the decision and the next move. To try once more, enter the same stage again with a reason; a partner \
              that has to wait is put on hold with `on_hold: {until: …, reason: …}`.",
        settings: "`max_days` of the stage under `lifecycle`. In the default lifecycle it is 90 days for research, 120 for negotiation, 90 \
                   for onboarding, 270 for development and 45 for review.",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let age = &partner.measures.stage;
    let (Some(entered), Some(days), Some(most), true) = (age.entered, age.days, age.max_days, age.is_over()) else { return };
    let message = format!(
        "`{}` has been in stage {} since {entered}: {}, and the stage should take {} at most",
        partner.id(),
        partner.stage_id(),
        words::days(days),
        words::written(&Exact::from(i64::from(most)))
    );
    let last = partner.data.lifecycle.len().saturating_sub(1);
    let finding = partner.finding(&LINT, route!["lifecycle", last, "entered"], message);
    found.push(finding.help("decide how to go on and record it with the next move, or write `on_hold: {until: …, reason: …}`"));
}
