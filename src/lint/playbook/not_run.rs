use super::super::{Check, Lint, Subject};
use super::{id, meant, named, of_run};
use crate::diagnostics::{Finding, Rule, Severity};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "playbook/not-run",
        severity: Severity::Note,
        summary: "A partner has signed and the playbook `onboard` was never run, or it has left and `exit` was never run. Only where \
                  the workspace has a playbook of that id.",
        why: "Beginning and end are where partnerships are most alike, so what was learned from the others is worth most there, and a \
              step that is forgotten costs most.",
        fires: "\
agreement: {kind: formal, signed: 2026-09-23}
=== content/playbooks/onboard.yaml
name: Onboard a partner
steps: [Agreement, Training]",
        says: "`acme` signed on 2026-09-23, and the playbook `onboard` was never run",
        passes: "\
agreement: {kind: formal, signed: 2026-09-23}
playbooks: [{playbook: onboard, started: 2026-09-28}]
=== content/playbooks/onboard.yaml
name: Onboard a partner
steps: [Agreement, Training]",
        fix: "Start a run: add it to `playbooks` with the day on which it `started`. If its work was done without it, write the run \
              with its days, or waive the rule.",
        settings: "",
    },
    check: Check::Everyone(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let signed = partner.data.agreement.as_ref().and_then(|agreement| agreement.signed).filter(|signed| *signed <= partner.as_of());
    let (playbook, why) = match signed {
        _ if partner.has_left && partner.was_partner() => ("exit", "has left".to_owned()),
        Some(signed) if !partner.has_left => ("onboard", format!("signed on {signed}")),
        _ => return,
    };
    if is_missed(partner, playbook) {
        let message = format!("`{}` {why}, and the playbook `{playbook}` was never run", partner.id());
        let help = format!("start one under `playbooks`, as `{{playbook: {playbook}, started: …}}`, or add the run that there was");
        found.push(partner.finding(&LINT, route!["playbooks"], message).help(help));
    }
}

/// True where the workspace has this playbook, and the partner has no run of it, not even under a name that is only misspelt.
fn is_missed(partner: &Subject<'_>, playbook: &str) -> bool {
    let Some((page, _)) = named(partner.whole, playbook).filter(|(page, _)| id(page).eq_ignore_ascii_case(playbook)) else { return false };
    !partner.data.playbooks.iter().any(|run| match of_run(partner.whole, run) {
        Some((other, _)) => other.path == page.path,
        None => run.playbook.as_deref().is_some_and(|name| meant(name, &[id(page), &page.title]).is_some()),
    })
}
