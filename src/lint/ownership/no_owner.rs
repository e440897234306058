use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/no-owner",
        severity: Severity::Error,
        summary: "Nobody owns the partnership.",
        why: "What belongs to everybody is done by nobody. One person answers for each partnership: for its plan, its reviews and the \
              next call.",
        fires: "summary: CRM vendor whose marketplace reaches our mid-market buyers",
        says: "nobody owns `acme`",
        passes: "owner: Dana Wells",
        fix: "Write `owner:` with the id of somebody in `content/people.yaml`, or a name.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.data.owner.as_deref().is_none_or(str::is_empty) {
        let finding = partner.finding(&LINT, route!["owner"], format!("nobody owns `{}`", partner.id()));
        found.push(finding.help("add `owner: …` with a person's id or name"));
    }
}
