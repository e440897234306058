use super::super::{Check, Lint, Whole};
use crate::content::read::short;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;
use crate::workspace::PageKind;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "playbook/missing-template",
        severity: Severity::Error,
        summary: "A step of a playbook names a document that is not in the workspace.",
        why: "A playbook saves time because nobody starts from an empty page. Whoever reaches this step finds a name and nothing \
              behind it.",
        fires: "\
=== content/playbooks/recruit.yaml
name: Recruit a partner
steps: [{name: Discovery call, template: library/discovery-cal.md}]
=== content/library/discovery-call.md
# Discovery call
=== content/index.md
[Discovery call](library/discovery-call.md)",
        says: "there is no document `library/discovery-cal.md` for the step `Discovery call`",
        passes: "\
=== content/playbooks/recruit.yaml
name: Recruit a partner
steps: [{name: Discovery call, template: library/discovery-call.md}]
=== content/library/discovery-call.md
# Discovery call",
        fix: "Correct `template`: a path seen from the playbook or from `content/`, or the id or name of a page. Or write the \
              document. A step without a document leaves `template` out.",
        settings: "",
    },
    check: Check::Workspace(check),
    ages: false,
};

fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    for missing in &whole.workspace.missing_templates {
        let Some(page) = whole.workspace.pages.get(missing.playbook) else { continue };
        let PageKind::Playbook(playbook) = &page.kind else { continue };
        let Some(step) = playbook.steps.get(missing.step) else { continue };
        let template = short(step.template.as_deref().unwrap_or_default());
        let name = match step.name.as_deref().filter(|name| !name.trim().is_empty()) {
            Some(name) => format!("the step `{}`", short(name)),
            None => format!("step {}", missing.step.saturating_add(1)),
        };
        let message = format!("there is no document `{template}` for {name}");
        let place = Place::Key(route!["steps", missing.step, "template"]);
        let advice = missing.advice.clone().unwrap_or_else(|| "correct the path, or write the document".to_owned());
        found.push(Finding::new(&LINT.rule, &page.path, place, message).help(advice));
    }
}
