use super::super::{Check, Lint, Subject};
use super::{Step, steps};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "lifecycle/missing-output",
        severity: Severity::Warning,
        summary: "A partner moved forward out of a stage without something that the stage must leave behind.",
        why: "The next stage works with what the one before it leaves: one cannot onboard without the agreement, or review without the \
              results. A link to the document proves that it is there, and finds it when somebody needs it.",
        fires: "\
lifecycle:
  - stage: research
    entered: 2026-07-06
    decision: approved-for-outreach
    outputs: {shortlist: https://docs.example/shortlist, evaluation-notes: https://docs.example/acme}
  - {stage: negotiation, entered: 2026-09-14}",
        says: "`acme` left research on 2026-09-14 without its outreach-plan",
        passes: "\
lifecycle:
  - stage: research
    entered: 2026-07-06
    decision: approved-for-outreach
    outputs:
      shortlist: https://docs.example/shortlist
      evaluation-notes: https://docs.example/acme
      outreach-plan: https://docs.example/acme#outreach
  - {stage: negotiation, entered: 2026-09-14}",
        fix: "Add the missing ones to `outputs` of the move that was left, each with a link to the document or page. One document may \
              serve for several.",
        settings: "`outputs` of each stage under `lifecycle`. Leaving asks for none, and so does going back, \
                   unless a decision names the stage that it leads to.",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for step in steps(partner).filter(|step| step.to != step.from && !step.is_exit() && (!step.is_back() || step.is_named())) {
        let missing = missing(&step);
        if missing.is_empty() {
            continue;
        }
        let names = text::list(&missing, "and");
        let message = format!("`{}` left {}{} without its {names}", partner.id(), step.stage.id, step.on());
        let keys: Vec<String> = missing.iter().map(|name| format!("{name}: …")).collect();
        let help = if step.left.outputs.is_empty() {
            format!("add `outputs: {{{}}}` to this move, with links to the documents", keys.join(", "))
        } else {
            format!("add `{}` to these outputs, with links to the documents", keys.join(", "))
        };
        let place = route!["lifecycle", step.at, "outputs"];
        found.push(partner.finding_in(&LINT, partner.path, Place::Key(place), message).help(help));
    }
}

/// The outputs of the stage that are not there. Case, blanks, hyphens and underscores do not count.
fn missing<'a>(step: &Step<'a>) -> Vec<&'a str> {
    let plain = |word: &str| word.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect::<String>();
    let there: Vec<String> = step.left.outputs.iter().filter(|(_, link)| !link.is_empty()).map(|(name, _)| plain(name)).collect();
    step.stage.outputs.iter().map(String::as_str).filter(|output| !there.contains(&plain(output))).collect()
}
