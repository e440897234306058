use std::collections::BTreeSet;

use super::super::{Check, Lint, Whole};
use super::{advice, id, meant, of_run};
use crate::content::read::short;
use crate::diagnostics::{Finding, Rule, Severity, input};
use crate::route;
use crate::text::{path, slug};
use crate::workspace::PageKind;
use crate::workspace::classify::CONTENT;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "playbook/unknown",
        severity: Severity::Error,
        summary: "A run names a playbook that does not exist, or none.",
        why: "What was done in such a run is counted nowhere: not on the page of the playbook, not in its progress. Most often it is a \
              slip, or the playbook was renamed.",
        fires: "\
playbooks: [{playbook: recriut, started: 2026-09-01}]
=== content/playbooks/recruit.yaml
name: Recruit a partner
steps: [Ideal partner profile, Discovery call]",
        says: "there is no playbook `recriut`",
        passes: "\
playbooks: [{playbook: recruit, started: 2026-09-01}]
=== content/playbooks/recruit.yaml
name: Recruit a partner
steps: [Ideal partner profile, Discovery call]",
        fix: "Write the id of a playbook, which is the name of its file in `content/playbooks/` without the ending, or its name. \
              `partnerbook init` in an empty folder shows the six playbooks that it comes with.",
        settings: "",
    },
    check: Check::Workspace(check),
    ages: false,
};

fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let mut all: Option<Known<'_>> = None;
    for partner in whole.partners().filter(|partner| !partner.has_left) {
        for (at, run) in partner.data.playbooks.iter().enumerate() {
            let Some(name) = run.playbook.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
                let message = format!("a run of `{}` does not say of which playbook it is", partner.id());
                found.push(partner.finding(&LINT, route!["playbooks", at, "playbook"], message).help("add `playbook: …` with its id"));
                continue;
            };
            if of_run(whole, run).is_some() {
                continue;
            }
            let known = all.get_or_insert_with(|| Known::new(whole));
            if !known.unread.contains(&slug::fold(name)) {
                let message = format!("there is no playbook `{}`", short(name));
                found.push(partner.finding(&LINT, route!["playbooks", at, "playbook"], message).help(known.advice(name)));
            }
        }
    }
}

/// What is known of the playbooks of a workspace, once somebody names one that is not there.
struct Known<'a> {
    ids: Vec<&'a str>,
    /// Ids and names.
    names: Vec<&'a str>,
    /// The ids of those that are there and cannot be read, in lower case; that is a finding already.
    unread: BTreeSet<String>,
}

impl<'a> Known<'a> {
    fn new(whole: &Whole<'a>) -> Known<'a> {
        let pages: Vec<_> = whole.workspace.pages.iter().filter(|page| matches!(page.kind, PageKind::Playbook(_))).collect();
        let ids: Vec<&str> = pages.iter().map(|page| id(page)).collect();
        let names = ids.iter().copied().chain(pages.iter().map(|page| page.title.as_str())).collect();
        let folder = format!("{CONTENT}/playbooks");
        let unread = whole.workspace.findings.iter().filter(|finding| input::FIXED.contains(&finding.rule));
        let unread = unread.filter(|finding| path::parent(&finding.path) == folder).map(|finding| slug::fold(path::stem(&finding.path)));
        Known { ids, names, unread: unread.collect() }
    }

    fn advice(&self, name: &str) -> String {
        match meant(name, &self.names) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.ids.is_empty() => "write it as a file in `content/playbooks/`, or remove the run".to_owned(),
            None => advice(name, &self.ids),
        }
    }
}
