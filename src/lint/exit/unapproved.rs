use super::super::{Check, Lint, Subject};
use super::{exit, is_same};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::{route, text};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "exit/unapproved",
        severity: Severity::Error,
        summary: "A partnership has ended without the approval of leadership and legal.",
        why: "Leadership knows what else hangs on the partner, legal knows what the contract says about leaving. Whoever tells a \
              partner the end before both have spoken may have to take it back, or pay for it.",
        fires: "\
stage: exited
exit:
  trigger: value-gone
  decided: 2026-06-19
  by: George Adeyemi
  approvals: {leadership: 2026-06-19}
  checklist: {customers-transitioned: true, access-revoked: true, finances-settled: true, post-mortem: true}",
        says: "`acme` has left without the approval of legal",
        passes: "\
stage: exited
exit:
  trigger: value-gone
  decided: 2026-06-19
  by: George Adeyemi
  approvals: {leadership: 2026-06-19, legal: 2026-06-22}
  checklist: {customers-transitioned: true, access-revoked: true, finances-settled: true, post-mortem: true}",
        fix: "Get the approvals, and write their days under `exit.approvals`, by `leadership` and `legal`. If they were given, only \
              the days are missing.\n\n\
              A partner that has no `exit` at all is told by `exit/undocumented`.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(exit) = exit(partner) else { return };
    let is_given = |who: &str| {
        exit.approvals.iter().any(|(key, done)| is_same(key, who) && done.is_done() && done.date().is_none_or(|day| day <= partner.as_of()))
    };
    let missing: Vec<&str> = ["leadership", "legal"].into_iter().filter(|who| !is_given(who)).collect();
    let Some(first) = missing.first() else { return };
    let written = exit.approvals.keys().find(|key| is_same(key, first)).unwrap_or(first);
    let message = format!("`{}` has left without the approval of {}", partner.id(), text::list(&missing, "and"));
    let keys: Vec<String> = missing.iter().map(|who| format!("`{who}`")).collect();
    let finding = partner.finding(&LINT, route!["exit", "approvals", written.to_owned()], message);
    found.push(finding.help(format!("write the day of approval under `exit.approvals`, as {}", text::list(&keys, "and"))));
}
