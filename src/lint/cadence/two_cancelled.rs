use super::super::{Check, Lint, Subject};
use super::meetings;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/two-cancelled",
        severity: Severity::Warning,
        summary: "The last two meetings of a forum, or more, were not held.",
        why: "One meeting is cancelled because somebody is ill. Two in a row mean that something else was more important, twice, \
              and the next one is the easiest of all to cancel.",
        fires: "\
forums:
  working: {every: week, attendees: [dana, Sam Lee]}
meetings:
  - {forum: working, date: 2026-11-04}
  - {forum: working, date: 2026-11-11, held: false, note: They cancelled}
  - {forum: working, date: 2026-11-18, held: false, note: Nobody came}",
        says: "the last two meetings of `working` with `acme` were not held, on 2026-11-11 and 2026-11-18",
        passes: "\
forums:
  working: {every: week, attendees: [dana, Sam Lee]}
meetings:
  - {forum: working, date: 2026-11-04}
  - {forum: working, date: 2026-11-11, held: false, note: They cancelled}
  - {forum: working, date: 2026-11-18}",
        fix: "Call the partner and ask what has changed. Hold the next one, if need be on another day or with other people; if the \
              forum has outlived its purpose, change its rhythm or remove it together.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for row in meetings::by_forum(partner) {
        let (Some(cancelled), name) = (row.cancelled(), row.name) else { continue };
        let [(first_at, first, _), .., (at, last, _)] = cancelled else { continue };
        let message = match cancelled.len() {
            2 => format!("the last two meetings of `{name}` with `{}` were not held, on {first} and {last}", partner.id()),
            n => format!("the last {n} meetings of `{name}` with `{}` were not held, from {first} to {last}", partner.id()),
        };
        let related = Place::Key(route!["meetings", *first_at]);
        let finding = partner.finding(&LINT, route!["meetings", *at, "held"], message);
        let finding = finding.related(partner.path, related, "the first one that was not held");
        found.push(finding.help("ask what has changed, and hold the next one or agree on another rhythm"));
    }
}
