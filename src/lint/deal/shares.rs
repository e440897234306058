use super::super::{Check, Lint, Subject};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::measures::{Exact, words};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/shares",
        severity: Severity::Error,
        summary: "Our share and the partner's do not sum to 100 %.",
        why: "One of the two numbers is wrong, and sooner or later an invoice is made with it. A missing rest belongs to nobody, or to \
              somebody whom the file does not name.",
        fires: "\
commercial:
  revenue_model: rev-share
  our_share: 80
  partner_share: 15",
        says: "our share of 80 % and the partner's of 15 % sum to 95 %, not to 100 %",
        passes: "\
commercial:
  revenue_model: rev-share
  our_share: 80
  partner_share: 20",
        fix: "Correct the share that is wrong; the agreement says which. Both are in percent. If a third party has a share, \
              count it to the side that pays it out of its own.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let shares = partner.data.commercial.as_ref().and_then(|commercial| commercial.our_share.zip(commercial.partner_share));
    let Some((ours, theirs)) = shares.map(|(ours, theirs)| (Exact::from(ours), Exact::from(theirs))) else { return };
    let sum = &ours + &theirs;
    if sum == Exact::HUNDRED {
        return;
    }
    let (ours, theirs, sum) = (words::written(&ours), words::written(&theirs), words::written(&sum));
    let message = format!("our share of {ours} % and the partner's of {theirs} % sum to {sum} %, not to 100 %");
    let finding = partner.finding(&LINT, route!["commercial", "partner_share"], message);
    found.push(finding.help("correct the one that is wrong; both are in percent"));
}
