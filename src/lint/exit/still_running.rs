use std::sync::Arc;

use super::super::{Check, Lint, Subject, cadence};
use crate::content::read::short;
use crate::diagnostics::{Finding, Place, Rule, Severity, Step};
use crate::{route, text};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "exit/still-running",
        severity: Severity::Warning,
        summary: "A partner has left, and its file still has open actions, regular meetings or runs of playbooks that are not finished.",
        why: "An action that is open belongs to somebody who may still be waiting for it, and a forum to people who still find it in \
              their calendars. Ended is what was brought to an end, one thing at a time.",
        fires: "\
stage: exited
exit:
  trigger: value-gone
  decided: 2026-06-19
  by: George Adeyemi
  approvals: {leadership: 2026-06-19, legal: 2026-06-22}
  checklist: {customers-transitioned: true, access-revoked: true, finances-settled: true, post-mortem: true}
forums: {working: {every: week}}
actions: [{text: Send the last commission statement, owner: Dana Wells, due: 2026-08-14}]",
        says: "`acme` has left, and these go on: the action `Send the last commission statement` and the forum `working`",
        passes: "\
stage: exited
exit:
  trigger: value-gone
  decided: 2026-06-19
  by: George Adeyemi
  approvals: {leadership: 2026-06-19, legal: 2026-06-22}
  checklist: {customers-transitioned: true, access-revoked: true, finances-settled: true, post-mortem: true}
actions: [{text: Send the last commission statement, owner: Dana Wells, due: 2026-08-14, done: 2026-08-12}]",
        fix: "Do what is left, or decide not to: write `done` behind the actions and `finished` behind the runs, and take the forums \
              out of the file. The meetings that were held may stay.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !partner.has_left {
        return;
    }
    let running = running(partner);
    let Some((_, (path, place))) = running.first() else { return };
    let names: Vec<&str> = running.iter().map(|(name, _)| name.as_str()).collect();
    let these = if names.len() == 1 { "this goes on" } else { "these go on" };
    let message = format!("`{}` has left, and {these}: {}", partner.id(), text::list(&names, "and"));
    let finding = partner.finding_in(&LINT, path, place.clone(), message);
    found.push(finding.help("write `done` behind actions and `finished` behind playbooks, and take out the forums"));
}

/// What has not come to an end: its name in a sentence, and its place.
fn running<'a>(partner: &Subject<'a>) -> Vec<(String, (&'a Arc<str>, Place))> {
    let named = |kind: &str, name: Option<&str>| match name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => format!("the {kind} `{}`", short(name)),
        None => format!("the {kind} without a name"),
    };
    let at = |route: Vec<Step>| (partner.path, Place::Key(route));
    let actions = cadence::actions::current(partner).into_iter().map(|open| (named("action", Some(open.text)), open.place()));
    let forums = partner
        .data
        .forums
        .keys()
        .map(|forum| (named("forum", Some(forum)), (partner.path, Place::Name(route!["forums", forum.to_owned()]))));
    let runs = partner.data.playbooks.iter().enumerate().filter(|(_, run)| run.finished.is_none());
    let runs = runs.map(|(place, run)| (named("playbook", run.playbook.as_deref()), at(route!["playbooks", place])));
    actions.chain(forums).chain(runs).collect()
}
