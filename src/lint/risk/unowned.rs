use super::super::{Check, Lint, Subject};
use super::name;
use crate::diagnostics::{Finding, Rule, Severity};
use crate::model::values::Level;
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "risk/unowned",
        severity: Severity::Error,
        summary: "A risk of high likelihood and high impact has no owner.",
        why: "It will probably happen, and it will hurt. Somebody has to watch for it and say so while there is time.",
        fires: "\
risks:
  - {risk: Their new owner sells a rival product, likelihood: H, impact: H, mitigation: Talks between sponsors}",
        says: "the risk `Their new owner sells a rival product` of `acme` is high in likelihood and impact, and has no owner",
        passes: "\
risks:
  - {risk: Their new owner sells a rival product, likelihood: H, impact: H, mitigation: Talks between sponsors, owner: Dana Wells}",
        fix: "Write as `owner` who watches the risk and acts when it comes: a person's id or name.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, risk) in partner.data.risks.iter().enumerate() {
        let is_high = risk.likelihood == Some(Level::H) && risk.impact == Some(Level::H);
        if is_high && risk.owner.as_deref().is_none_or(str::is_empty) {
            let message = format!("{} of `{}` is high in likelihood and impact, and has no owner", name(at, risk), partner.id());
            let finding = partner.finding(&LINT, route!["risks", at, "owner"], message);
            found.push(finding.help("add `owner: …` with the person who watches it"));
        }
    }
}
