use super::super::{Check, Lint, Subject};
use super::{is_blank, written};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "value/vague-objective",
        severity: Severity::Warning,
        summary: "An objective does not say what should come of it, which KPI tells, or by when.",
        why: "An objective that cannot be missed cannot be reached either. With an outcome, a metric and a date both sides know when \
              they are done, and see early that they will not be.",
        fires: "objective: Grow together in the north",
        says: "the objective of `acme` has no metric and no date",
        passes: "\
objective:
  outcome: Grow together in the north
  metric: revenue
  target: 200000
  by: 2027-06-30",
        fix: "Write all of it: `outcome` in words, `metric` with the id of a KPI, `by` with a date, and `target` with the number that \
              the KPI should reach.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(objective) = partner.data.objective.as_ref().filter(|objective| !is_blank(objective)) else { return };
    let (keys, missing): (Vec<&str>, Vec<&str>) = [
        ("outcome", "no outcome", written(&objective.outcome).is_none()),
        ("metric", "no metric", written(&objective.metric).is_none()),
        ("by", "no date", objective.by.is_none()),
    ]
    .into_iter()
    .filter_map(|(key, words, missing)| missing.then_some((key, words)))
    .unzip();
    let Some(first) = keys.first() else { return };
    let message = format!("the objective of `{}` has {}", partner.id(), text::list(&missing, "and"));
    let help: Vec<String> = keys.iter().map(|key| format!("`{key}: {}`", example(key))).collect();
    let finding = partner.finding(&LINT, route!["objective", *first], message);
    found.push(finding.help(format!("add {} to the objective", text::list(&help, "and"))));
}

/// What may stand behind a key.
fn example(key: &str) -> &'static str {
    match key {
        "metric" => "revenue",
        "by" => "2027-12-31",
        _ => "…",
    }
}
