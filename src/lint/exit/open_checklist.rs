use super::super::{Check, Lint, Subject};
use super::{exit, is_same};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::partner::Exit;
use crate::{route, text};

/// What every exit has to close.
const EXPECTED: [&str; 4] = ["customers-transitioned", "access-revoked", "finances-settled", "post-mortem"];

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "exit/open-checklist",
        severity: Severity::Error,
        summary: "A partnership has ended, and customers, access, finances, the post-mortem or an item of the team's own is still \
                  open. What is not written counts as open.",
        why: "Customers without anybody to call, an account that still opens, a bill that nobody sent: what an exit leaves open is \
              found later by somebody who has nobody left to ask.",
        fires: "\
stage: exited
exit:
  trigger: value-gone
  decided: 2026-06-19
  by: George Adeyemi
  approvals: {leadership: 2026-06-19, legal: 2026-06-22}
  checklist: {customers-transitioned: true, access-revoked: false, finances-settled: true}",
        says: "`acme` has left with `access-revoked` and `post-mortem` open",
        passes: "\
stage: exited
exit:
  trigger: value-gone
  decided: 2026-06-19
  by: George Adeyemi
  approvals: {leadership: 2026-06-19, legal: 2026-06-22}
  checklist: {customers-transitioned: true, access-revoked: true, finances-settled: true, post-mortem: true}",
        fix: "Close each item and write `true` behind it. What there was nothing to do for, such as customers where there were none, \
              is closed too. Further items of your own may stand in the list; they count as well.\n\n\
              A partner that has no `exit` at all is told by `exit/undocumented`.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(exit) = exit(partner) else { return };
    let open = open(&exit);
    let Some(first) = open.first() else { return };
    let items: Vec<String> = open.iter().map(|item| format!("`{item}`")).collect();
    let message = format!("`{}` has left with {} open", partner.id(), text::list(&items, "and"));
    let finding = partner.finding(&LINT, route!["exit", "checklist", first.to_string()], message);
    found.push(finding.help("close each item, and write `true` behind it under `exit.checklist`"));
}

/// The items that are open, as they are written where they are: the expected ones, then the team's own.
fn open(exit: &Exit) -> Vec<&str> {
    let written = |item: &str| exit.checklist.iter().find(|(key, _)| is_same(key, item));
    let expected = EXPECTED.into_iter().filter_map(|item| match written(item) {
        Some((_, true)) => None,
        Some((key, false)) => Some(key),
        None => Some(item),
    });
    let is_own = |key: &str| !EXPECTED.iter().any(|item| is_same(key, item));
    let own = exit.checklist.iter().filter(|(key, closed)| !**closed && is_own(key)).map(|(key, _)| key);
    expected.chain(own).collect()
}
