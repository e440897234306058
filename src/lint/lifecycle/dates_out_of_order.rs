use jiff::civil::Date;

use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/dates-out-of-order",
        severity: Severity::Error,
        summary: "A recorded move is dated before the one above it, or lies in the future.",
        why: "Moves are written in the order in which they happened. A date that does not fit is a slip, most often in the year, and it \
              makes the age of the stage and all deadlines that hang on it wrong.",
        fires: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-07-06, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2025-09-14}",
        says: "the move to negotiation is dated 2025-09-14, before the move above it on 2026-07-06",
        passes: "\
stage: negotiation
lifecycle:
  - {stage: research, entered: 2026-07-06, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2026-09-14}",
        fix: "Correct the date. If the moves stand in the wrong order, sort them: the oldest first. A move that is only planned is not \
              recorded yet.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let as_of = partner.as_of();
    // The last date above that can be true: one slip is one finding.
    let mut above: Option<(usize, Date)> = None;
    for (at, entry) in partner.data.lifecycle.iter().enumerate() {
        let stage = entry.stage.as_deref().unwrap_or("a stage");
        let Some(entered) = entry.entered else { continue };
        if entered > as_of {
            let message = format!("the move to {stage} is dated {entered}, after today, {as_of}");
            let finding = partner.finding(&LINT, route!["lifecycle", at, "entered"], message);
            found.push(finding.help("correct the date; record a move when it has happened"));
            continue;
        }
        if let Some((before, day)) = above.filter(|(_, day)| entered < *day) {
            let message = format!("the move to {stage} is dated {entered}, before the move above it on {day}");
            let finding = partner.finding(&LINT, route!["lifecycle", at, "entered"], message);
            let related = Place::Key(route!["lifecycle", before, "entered"]);
            found.push(finding.related(partner.path, related, "the move above it").help("correct the date, or put the older move first"));
        }
        above = Some((at, entered));
        decided(partner, at, entered, found);
    }
}

/// The day of the decision that ended a stage. Whether the day of the move itself is true is told above.
fn decided(partner: &Subject<'_>, at: usize, entered: Date, found: &mut Vec<Finding>) {
    let moves = &partner.data.lifecycle;
    let (Some(entry), as_of) = (moves.get(at), partner.as_of()) else { return };
    let Some(decided) = entry.decided else { return };
    let is_slip = moves.get(at + 1).and_then(|next| next.entered).is_some_and(|next| next < entered);
    let stage = entry.stage.as_deref().unwrap_or("this stage");
    let message = if decided > as_of {
        format!("the decision on {stage} is dated {decided}, after today, {as_of}")
    } else if decided < entered && !is_slip {
        format!("the decision on {stage} is dated {decided}, before the stage was entered on {entered}")
    } else {
        return;
    };
    let finding = partner.finding(&LINT, route!["lifecycle", at, "decided"], message);
    found.push(finding.help("correct the date: `decided` is the day of the decision that ended the stage"));
}
