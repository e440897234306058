use super::super::{Check, Lint, Subject};
use super::{away, days_late, is_done};
use crate::content::read::short;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::values::Due;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/milestone-overdue",
        severity: Severity::Warning,
        summary: "A milestone is past its date, or past its time after the launch, and not reached.",
        why: "Milestones are the early numbers of a partnership: they slip before revenue does. One that nobody misses was not \
              worth its name, and one that is missed needs a talk now.",
        fires: "\
launch: {date: 2026-03-01}
milestones:
  - {name: First joint customer, due: 90d}",
        says: "the milestone `First joint customer` was due on 2026-05-30, 174 days ago, and is not reached",
        passes: "\
launch: {date: 2026-03-01}
milestones:
  - {name: First joint customer, due: 90d, done: 2026-05-20}",
        fix: "Write `done:` with the day if it was reached. If not, find out why, and agree on a new date.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let launch = partner.data.launch.as_ref().and_then(|launch| launch.date);
    for (at, milestone) in partner.data.milestones.iter().enumerate().filter(|(_, milestone)| !is_done(milestone.done)) {
        let Some(due) = milestone.due else { continue };
        let Some((date, days)) = due.date(launch).and_then(|date| Some((date, days_late(partner, date)?))) else { continue };
        let name = match milestone.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => format!("the milestone `{}`", short(name)),
            None => "a milestone without a name".to_owned(),
        };
        let message = format!("{name} was due on {date}, {}, and is not reached", away(-days));
        let mut finding = partner.finding(&LINT, route!["milestones", at, "due"], message);
        if matches!(due, Due::After(..)) {
            finding = finding.related(partner.path, Place::Key(route!["launch", "date"]), "counted from the launch");
        }
        found.push(finding.help("write `done:` with the day, or agree on a new date with the partner"));
    }
}
