use jiff::civil::Date;

use super::super::{Check, Lint, Subject, cadence};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::stage::days_between;
use crate::measures::words;
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

/// The most days in development without a review.
const MOST_DAYS: i32 = 180;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/development-unreviewed",
        severity: Severity::Warning,
        summary: "A partner has been in development for more than 180 days, and was not reviewed in that time.",
        why: "Half a year is enough to see whether the plan works. Without a look at the partnership as a whole it goes on because it \
              is there, not because somebody wants it.",
        fires: "\
lifecycle:
  - {stage: research, entered: 2025-06-02, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2025-09-01, decision: proceed-to-onboarding}
  - {stage: onboarding, entered: 2025-12-01, decision: ready-for-campaign-execution}
  - {stage: development, entered: 2026-03-02}
reviewed: 2026-02-09",
        says: "`acme` has been in stage development since 2026-03-02, 263 days, and was not reviewed in that time",
        passes: "\
lifecycle:
  - {stage: research, entered: 2025-06-02, decision: approved-for-outreach}
  - {stage: negotiation, entered: 2025-09-01, decision: proceed-to-onboarding}
  - {stage: onboarding, entered: 2025-12-01, decision: ready-for-campaign-execution}
  - {stage: development, entered: 2026-03-02}
reviewed: 2026-08-31",
        fix: "Review the partnership and write the day into `reviewed`, or write the review of a quarter, `qbr/2026-Q3.md`.\n\n\
              A partner that was never reviewed at all is told by `cadence/never-reviewed`.",
        settings: "`phase` of a stage under `lifecycle`: all stages of the phase `development` count together.",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if cadence::tells_of_no_review(partner) {
        return;
    }
    let Some((at, since)) = since(partner) else { return };
    let Some(days) = days_between(since, partner.as_of()).filter(|days| *days > MOST_DAYS) else { return };
    let fiscal_year_start = partner.settings().fiscal_year_start;
    let is_reviewed = partner.data.reviewed.is_some_and(|day| day >= since && day <= partner.as_of())
        || partner.reviews().filter(|(_, period, review)| cadence::is_held(partner, *period, review)).any(|(_, period, review)| {
            let day = review.date.or_else(|| period.last_day(fiscal_year_start));
            day.is_none_or(|day| day >= since)
        });
    if is_reviewed {
        return;
    }
    let stages = stages(partner, at);
    let message = format!(
        "`{}` has been in {} {} since {since}, {}, and was not reviewed in that time",
        partner.id(),
        if stages.len() == 1 { "stage" } else { "stages" },
        text::list(&stages, "and"),
        words::days(days)
    );
    let finding = partner.finding(&LINT, route!["reviewed"], message);
    let help = format!("look at the partnership as a whole and write `reviewed: …`, or write `qbr/{}.md`", partner.measures.quarter);
    let related = Place::Key(route!["lifecycle", at, "entered"]);
    found.push(finding.help(help).related(partner.path, related, "since this move"));
}

/// The move with which the partner came into development, and its day. An own lifecycle may have several stages of development.
fn since(partner: &Subject<'_>) -> Option<(usize, Date)> {
    if partner.phase != Some(Phase::Development) {
        return None;
    }
    // Only where the last move leads to the stage that the partner is in.
    partner.measures.stage.entered?;
    let settings = partner.settings();
    let phase = |id: &str| settings.stage(id).map(|stage| stage.phase);
    let moves = partner.data.lifecycle.iter().enumerate().rev();
    let own = moves.take_while(|(_, entry)| entry.stage.as_deref().and_then(phase) == Some(Phase::Development));
    own.filter_map(|(at, entry)| Some((at, entry.entered?))).last()
}

/// The stages of development that the partner has been in from this move on, each once.
fn stages<'a>(partner: &Subject<'a>, from: usize) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for stage in partner.data.lifecycle.iter().skip(from).filter_map(|entry| entry.stage.as_deref()) {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(stage)) {
            all.push(stage);
        }
    }
    all
}
