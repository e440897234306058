use super::super::{Check, Lint, Subject};
use super::has_ended;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::partner::Trigger;
use crate::{route, text};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "exit/undocumented",
        severity: Severity::Error,
        summary: "A partnership has ended, and its file does not say why, when that was decided, or who decided it.",
        why: "In a year somebody will ask why this ended, and whether to try again. The answer is worth most when it was written by \
              the people who were there, and it protects them too.",
        fires: "\
stage: exited
exit:
  decided: 2026-06-19
  approvals: {leadership: 2026-06-19, legal: 2026-06-22}
  checklist: {customers-transitioned: true, access-revoked: true, finances-settled: true, post-mortem: true}",
        says: "`acme` has left, and nothing says why it ended or who decided that",
        passes: "\
stage: exited
exit:
  trigger: value-gone
  decided: 2026-06-19
  by: George Adeyemi
  approvals: {leadership: 2026-06-19, legal: 2026-06-22}
  checklist: {customers-transitioned: true, access-revoked: true, finances-settled: true, post-mortem: true}",
        fix: "Write `exit` with `trigger` (`value-gone`, `execution-failed`, `trust-broken`, `strategy-changed` or `weak-roi`), \
              `decided` and `by`. Without any `exit` at all this is the one finding of its category; approvals and checklist are asked \
              for once it is there. A prospect that was turned down in research or negotiation needs none.",
        settings: "`lifecycle` names the stage that is the `exit`.",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if !has_ended(partner) {
        return;
    }
    let exit = partner.data.exit.as_ref();
    let missing: Vec<(&str, &str)> = [
        ("trigger", "why it ended", exit.is_none_or(|exit| exit.trigger.is_none())),
        ("decided", "when that was decided", exit.is_none_or(|exit| exit.decided.is_none())),
        ("by", "who decided that", exit.is_none_or(|exit| exit.by.as_deref().is_none_or(|by| by.trim().is_empty()))),
    ]
    .into_iter()
    .filter_map(|(key, what, missing)| missing.then_some((key, what)))
    .collect();
    let Some((first, _)) = missing.first() else { return };
    let (keys, what): (Vec<String>, Vec<&str>) = missing.iter().map(|(key, what)| (format!("`{key}`"), *what)).unzip();
    let message = format!("`{}` has left, and nothing says {}", partner.id(), text::list(&what, "or"));
    let help = if exit.is_none() {
        "add `exit:` with `trigger`, `decided`, `by`, `approvals` and `checklist`".to_owned()
    } else if *first == "trigger" {
        format!("add {} under `exit`; a trigger is one of {}", text::list(&keys, "and"), Trigger::WORDS.join(", "))
    } else {
        format!("add {} under `exit`", text::list(&keys, "and"))
    };
    found.push(partner.finding(&LINT, route!["exit", *first], message).help(help));
}
