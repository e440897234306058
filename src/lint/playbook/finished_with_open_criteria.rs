use super::super::{Check, Lint, Subject};
use super::{Words, id, of_run};
use crate::content::read::short;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::{route, text};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "playbook/finished-with-open-criteria",
        severity: Severity::Error,
        summary: "A run is finished, and a success criterion of its playbook is not met.",
        why: "A playbook is done when its criteria are met, not when everybody is tired of it. An onboarding that ends before the \
              team is trained is an onboarding that support will finish.",
        fires: "\
playbooks: [{playbook: onboard, started: 2026-06-01, finished: 2026-09-01, met: [Agreement signed]}]
=== content/playbooks/onboard.yaml
name: Onboard a partner
steps: [Agreement, Training]
success: [Agreement signed, Team trained]",
        says: "`acme` finished the playbook `onboard` on 2026-09-01 without `Team trained`",
        passes: "\
playbooks: [{playbook: onboard, started: 2026-06-01, finished: 2026-09-01, met: [Agreement signed, Team trained]}]
=== content/playbooks/onboard.yaml
name: Onboard a partner
steps: [Agreement, Training]
success: [Agreement signed, Team trained]",
        fix: "If the criterion is met, or does not apply to this partner, add it to `met`. If it is not, take out `finished` and go on.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for (at, run) in partner.data.playbooks.iter().enumerate() {
        let (Some(finished), Some((page, playbook))) = (run.finished, of_run(partner.whole, run)) else { continue };
        let (criteria, met) = (Words::criteria(&playbook.success), Words::criteria(&run.met));
        // A criterion that is only misspelt is met; how it is spelt is a matter of `playbook/unknown-step`.
        let slips: Vec<&str> = met.all.iter().filter(|word| !criteria.has(word)).filter_map(|word| criteria.meant(word)).collect();
        let open = criteria.all.iter().filter(|criterion| !met.has(criterion) && !slips.contains(criterion));
        let open: Vec<String> = open.map(|criterion| format!("`{}`", short(criterion))).collect();
        if open.is_empty() {
            continue;
        }
        let message = format!("`{}` finished the playbook `{}` on {finished} without {}", partner.id(), id(page), text::list(&open, "and"));
        let finding = partner.finding(&LINT, route!["playbooks", at, "met"], message);
        let finding = finding.related(&page.path, Place::Key(route!["success"]), "the criteria");
        found.push(finding.help("add to `met` what is met, or take out `finished` until it is"));
    }
}
