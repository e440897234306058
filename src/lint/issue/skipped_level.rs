use super::super::{Check, Lint, Subject};
use super::name;
use crate::content::read::short;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::issue::{Escalated, Issue};
use crate::route;
use crate::text::{self, slug};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "issue/skipped-level",
        severity: Severity::Warning,
        summary: "An open issue was escalated past a level of the partner's escalation path.",
        why: "Whoever is passed over hears of the issue from above, and feels ambushed; whoever is reached too early has to ask those \
              below what it is about. Both cost more time than the level that was skipped.",
        fires: "\
escalation: [working team, partnership managers, executive sponsors]
=== content/partners/acme/issues/slow-leads.md
---
severity: high
status: in-progress
opened: 2026-10-01
owner: Dana Wells
escalated:
  - {level: executive sponsors, on: 2026-10-05}
---
# Leads are called too late",
        says: "the issue `Leads are called too late` of `acme` was escalated to executive sponsors past partnership managers",
        passes: "\
escalation: [working team, partnership managers, executive sponsors]
=== content/partners/acme/issues/slow-leads.md
---
severity: high
status: in-progress
opened: 2026-10-01
owner: Dana Wells
escalated:
  - {level: partnership managers, on: 2026-10-03}
  - {level: executive sponsors, on: 2026-10-05}
---
# Leads are called too late",
        fix: "Talk to the level that was passed over, and record it under `escalated`. If there is nobody on that level, name \
              somebody, or shorten the path under `escalation`.\n\n\
              An issue begins at the lowest level, which need not be recorded.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let path: Vec<String> = partner.data.escalation.iter().map(|level| spelling(level)).collect();
    for (page, issue) in partner.issues().filter(|(_, issue)| issue.is_open()) {
        // The lowest level is where every issue begins.
        let mut reached = vec![false; path.len()];
        if let Some(lowest) = reached.first_mut() {
            *lowest = true;
        }
        for (at, step) in in_order(issue) {
            let Some(level) = step.level.as_deref() else { continue };
            let Some(place) = path.iter().position(|known| *known == spelling(level)) else { continue };
            let below = || reached.iter().zip(&partner.data.escalation).take(place);
            let skipped: Vec<&str> = below().filter(|(reached, _)| !**reached).map(|(_, name)| name.as_str()).collect();
            if !skipped.is_empty() {
                let past = text::list(&skipped, "and");
                let message = format!("{} was escalated to {} past {past}", name(partner, page), short(level));
                let finding = partner.finding_in(&LINT, &page.path, Place::Key(route!["escalated", at, "level"]), message);
                let finding = finding.related(partner.path, Place::Key(route!["escalation"]), "the escalation path");
                found.push(finding.help(format!("talk to {past} now, and record it under `escalated`")));
            }
            // A level is missed once.
            for reached in reached.iter_mut().take(place + 1) {
                *reached = true;
            }
        }
    }
}

/// The steps of an issue with their places in its file, oldest first; in the order of the file where one has no date.
fn in_order(issue: &Issue) -> Vec<(usize, &Escalated)> {
    let mut steps: Vec<(usize, &Escalated)> = issue.escalated.iter().enumerate().collect();
    if steps.iter().all(|(_, step)| step.on.is_some()) {
        steps.sort_by_key(|(_, step)| step.on);
    }
    steps
}

/// A level in the form in which two spellings of it are the same.
fn spelling(level: &str) -> String {
    slug::fold(level.trim()).replace(['-', '_'], " ")
}
