use super::super::settings::is_known;
use super::super::{Check, Lint};
use super::{Used, is_complete, outlives};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::settings_file::Phase;
use crate::route;
use crate::workspace::Workspace;

pub(in crate::lint) static LINT: Lint = Lint {
    rule: Rule {
        name: "waiver/unused",
        severity: Severity::Warning,
        summary: "A waiver waives nothing.",
        why: "What it was about is settled, or its rule is off. Left in the file, it would hide the next finding without anybody \
              having decided that.",
        fires: "waive: [{rule: lifecycle/stage-mismatch, reason: Being sorted out, by: kim, until: 2027-01-31}]",
        says: "nothing is waived by the waiver of `lifecycle/stage-mismatch`",
        passes: "\
stage: negotiation
lifecycle: [{stage: research, entered: 2026-11-01}]
waive: [{rule: lifecycle/stage-mismatch, reason: Being sorted out, by: kim, until: 2027-01-31}]",
        fix: "Remove the waiver.",
        settings: "",
    },
    check: Check::Elsewhere,
    ages: false,
};

/// The waivers that waive nothing. One that has ended is a finding already, and so is one without a rule that there is.
pub(in crate::lint) fn find(workspace: &Workspace, used: &Used) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(severity) = workspace.settings.severity_of(&LINT.rule, LINT.rule.severity) else { return found };
    for (id, partner) in workspace.visible_partners() {
        let stage = partner.stage.and_then(|stage| workspace.settings.stages.get(stage));
        let has_left = stage.is_some_and(|stage| stage.phase == Phase::Exited);
        for (at, waiver) in partner.data.waive.iter().enumerate() {
            let Some(rule) = waiver.rule.as_deref().filter(|rule| is_known(rule)) else { continue };
            let ended = waiver.until.is_some_and(|until| until < workspace.as_of);
            if ended || !is_complete(waiver) || used.contains(&(id, at)) || (has_left && !outlives(waiver)) {
                continue;
            }
            let message = format!("nothing is waived by the waiver of `{rule}`");
            let path = &workspace.partner_page(id).path;
            let mut finding = Finding::new(&LINT.rule, path, Place::Key(route!["waive", at]), message).help("remove it");
            finding.severity = severity;
            finding.partner = Some(id);
            found.push(finding);
        }
    }
    found
}
