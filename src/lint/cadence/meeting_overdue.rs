use jiff::Span;
use jiff::civil::Date;

use super::super::{Check, Lint, Subject};
use super::{meetings, two_cancelled};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::stage::days_between;
use crate::measures::words;
use crate::model::settings_file::Phase;
use crate::model::values::Interval;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/meeting-overdue",
        severity: Severity::Warning,
        summary: "No held meeting of a forum is recorded in twice its interval.",
        why: "A weekly meeting that was last held a month ago is no longer weekly. Meetings that quietly stop are the earliest sign \
              that one side has lost interest, long before a number shows it.",
        fires: "\
stage: development
forums:
  working: {every: week, minutes: 30}
meetings:
  - {forum: working, date: 2026-10-28}",
        says: "`working` of `acme` meets every week, and was last held on 2026-10-28, 23 days ago",
        passes: "\
stage: development
forums:
  working: {every: week, minutes: 30}
meetings:
  - {forum: working, date: 2026-10-28}
  - {forum: working, date: 2026-11-11}",
        fix: "Hold the meeting, or record the one that was held under `meetings`. If it is not needed so often any more, change \
              `every`; if not at all, remove the forum.\n\n\
              Twice a week is two weeks, and so on; a daily forum may miss a weekend. Where a forum has no recorded meeting at \
              all, the time counts from the day on which the partner entered onboarding. Where no forum has one, that is one \
              finding.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let rows = meetings::by_forum(partner);
    let since = working_since(partner);
    let is_late = |every: Interval, from: Date| twice(every, from).is_some_and(|last| last < partner.as_of());
    if rows.iter().all(|row| row.meetings.is_empty()) {
        let Some((stage, since)) = since else { return };
        let late = rows.iter().filter_map(|row| Some((row.name, row.forum.every.filter(|every| is_late(*every, since))?)));
        let late: Vec<String> = late.map(|(name, every)| format!("`{name}` (every {})", every.word())).collect();
        if !late.is_empty() {
            let late = text::list(&late, "or");
            let message = format!("no meeting of {late} with `{}` is recorded since it entered stage {stage} on {since}", partner.id());
            let key = if partner.data.meetings.is_empty() { "forums" } else { "meetings" };
            let finding = partner.finding_in(&LINT, partner.path, Place::Name(route![key]), message);
            found.push(finding.help("record the meetings under `meetings`, or hold the first one"));
        }
        return;
    }
    for row in &rows {
        let Some(every) = row.forum.every else { continue };
        // That is told by `cadence/two-cancelled`.
        if row.cancelled().is_some() && partner.hears_of(&two_cancelled::LINT) {
            continue;
        }
        let rhythm = format!("`{}` of `{}` meets every {}", row.name, partner.id(), every.word());
        let place = route!["forums", row.name.to_owned(), "every"];
        let finding = match (row.last_held(), since) {
            (Some((at, last)), _) if is_late(every, last) => {
                let days = days_between(last, partner.as_of()).unwrap_or_default();
                let message = format!("{rhythm}, and was last held on {last}, {} ago", words::days(days));
                let related = Place::Key(route!["meetings", at]);
                partner.finding(&LINT, place, message).related(partner.path, related, "the last one that was held")
            }
            (None, Some((stage, since))) if is_late(every, since) => {
                let message = format!("{rhythm}, and none was held since the partner entered stage {stage} on {since}");
                partner.finding(&LINT, place, message)
            }
            _ => continue,
        };
        found.push(finding.help("hold it or record the last one under `meetings`; if it is not needed so often, change `every`"));
    }
}

/// The last day on which a forum is not overdue, counted from its last meeting.
fn twice(every: Interval, from: Date) -> Option<Date> {
    let span = match every {
        // Friday and Tuesday: one working day was missed.
        Interval::Day => Span::new().days(4),
        Interval::Week => Span::new().weeks(2),
        Interval::Fortnight => Span::new().weeks(4),
        Interval::Month => Span::new().months(2),
        Interval::Quarter => Span::new().months(6),
        Interval::HalfYear => Span::new().years(1),
        Interval::Year => Span::new().years(2),
    };
    from.checked_add(span).ok()
}

/// The stage in which work with a partner began, onboarding or a later one, and the day on which it was entered.
fn working_since<'a>(partner: &Subject<'a>) -> Option<(&'a str, Date)> {
    let settings = partner.settings();
    let entered = partner.data.lifecycle.iter().find_map(|entry| {
        let stage = settings.stage(entry.stage.as_deref()?)?;
        let works = stage.phase >= Phase::Onboarding && stage.phase != Phase::Exited;
        works.then_some((stage.id.as_str(), entry.entered?))
    });
    // Without dated moves, the agreement tells since when they work together.
    let signed = || partner.data.agreement.as_ref().and_then(|agreement| agreement.signed);
    let since =
        || signed().or_else(|| partner.data.term.as_ref().and_then(|term| term.start)).filter(|_| partner.is_from(Phase::Onboarding));
    entered.or_else(|| Some((partner.stage_id(), since()?)))
}
