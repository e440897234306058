use super::super::{Check, Lint, Subject};
use super::{is_off_scale, rows};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::measures::{Exact, words};
use crate::model::settings_file::Phase;
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "score/below-pass",
        severity: Severity::Error,
        summary: "From onboarding on, the weighted score of a partner is under the pass mark.",
        why: "The workspace has said below which score it does not work with a partner. Somebody went on all the same, and that should \
              be a decision with a reason, and not an oversight.",
        fires: "\
stage: onboarding
scores: {strategic-fit: 3, distribution: 2, feasibility: 3, mutual-value: 2, decision-velocity: 3, risk: 3}",
        says: "the score of `acme` is 52 %, under the pass mark of 60 %",
        passes: "\
stage: onboarding
scores: {strategic-fit: 3, distribution: 3, feasibility: 3, mutual-value: 4, decision-velocity: 3, risk: 3}",
        fix: "Look at the lowest scores again: are they still right? If they are, decide whether to go on, and waive the rule with the \
              reason if you do.",
        settings: "`scoring.pass` is the pass mark, in percent of the highest score: 60 by default.",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(share) = partner.measures.score.share.as_ref().filter(|_| !is_off_scale(partner)) else { return };
    let pass = Exact::from(partner.settings().scoring.pass);
    if !partner.is_from(Phase::Onboarding) || *share >= pass.of_percent() {
        return;
    }
    let shown = words::score_share(&partner.whole.context, share);
    let pass = words::with_unit(&words::written(&pass), "%");
    let message = format!("the score of `{}` is {shown}, under the pass mark of {pass}", partner.id());
    let mut finding = partner.finding(&LINT, route!["scores"], message);
    if partner.whole.workspace.settings_lines.line(&["scoring", "pass"]).is_some() {
        finding = finding.related(&partner.whole.settings_path, Place::Key(route!["scoring", "pass"]), "the pass mark");
    }
    let lowest = rows(partner).filter_map(|(_, row)| row.effective.as_ref()).min();
    let low: Vec<String> = rows(partner)
        .filter(|(_, row)| row.effective.is_some() && row.effective.as_ref() == lowest)
        .map(|(criterion, _)| format!("`{}`", criterion.id))
        .collect();
    let help = format!("look at {} again, and decide whether the partnership should go on", text::list(&low, "and"));
    found.push(finding.help(help));
}
