//! What the checker knows of partnerships: one file for each rule, with its documentation and its examples beside the code.
//!
//! A rule is a [`Lint`]: a [`Rule`] with its texts, and a function that looks at one partner or at all of them. To add one,
//! write its file in the folder of its category and put it into the list there. Findings are put into order and get their
//! severities in [`settle`].

mod cadence;
mod deal;
pub mod document;
mod exit;
mod health;
mod issue;
mod kpi;
mod lifecycle;
pub mod named;
mod ownership;
mod playbook;
mod risk;
mod score;
pub mod settings;
pub mod settle;
mod subject;
mod value;
mod waiver;

use rayon::prelude::*;

use crate::diagnostics::{Finding, Rule, input};
use crate::measures::Measures;
use crate::workspace::{PartnerId, Workspace};
pub use subject::{Subject, Whole};

/// A rule and the function that applies it.
#[derive(Debug)]
pub struct Lint {
    /// The rule.
    pub rule: Rule,
    /// What it looks at.
    pub check: Check,
    /// True for rules of age and cadence, from which a partner on hold is exempt.
    pub ages: bool,
}

/// What a rule looks at. A partner that has left is judged by the categories `lifecycle` and `exit`, by what they need of others (a
/// playbook for the exit), and by `waiver` where it waives those.
#[derive(Debug)]
pub enum Check {
    /// One partner that is on the site.
    Partner(fn(&Subject<'_>, &mut Vec<Finding>)),
    /// The same, also when it has left.
    Everyone(fn(&Subject<'_>, &mut Vec<Finding>)),
    /// The workspace as a whole.
    Workspace(fn(&Whole<'_>, &mut Vec<Finding>)),
    /// Nothing: it is found elsewhere, while findings are settled.
    Elsewhere,
}

/// A category of rules.
#[derive(Debug)]
pub struct Category {
    /// The part of their names before the slash.
    pub name: &'static str,
    /// What they stand up for.
    pub about: &'static str,
    /// Its lints; none for `input`, whose rules are applied where files are read.
    pub lints: &'static [&'static Lint],
}

/// All categories, in the order in which they are documented.
pub static CATEGORIES: &[Category] = &[
    Category { name: "input", about: "the workspace cannot be understood", lints: &[] },
    Category { name: "lifecycle", about: "every partner moves through the stages", lints: lifecycle::LINTS },
    Category { name: "ownership", about: "no partnership without clear ownership", lints: ownership::LINTS },
    Category { name: "value", about: "win, win, win", lints: value::LINTS },
    Category { name: "score", about: "partners are chosen on evidence", lints: score::LINTS },
    Category { name: "kpi", about: "unmeasured partnerships cannot be improved", lints: kpi::LINTS },
    Category { name: "cadence", about: "communication and review", lints: cadence::LINTS },
    Category { name: "health", about: "a partnership in trouble is seen in time", lints: health::LINTS },
    Category { name: "risk", about: "what may go wrong is somebody's concern", lints: risk::LINTS },
    Category { name: "issue", about: "what has gone wrong is put right", lints: issue::LINTS },
    Category { name: "deal", about: "what was agreed holds, and what was promised is done", lints: deal::LINTS },
    Category { name: "exit", about: "exit decisions are documented", lints: exit::LINTS },
    Category { name: "playbook", about: "what has worked before is done again", lints: playbook::LINTS },
    Category { name: "waiver", about: "what is tolerated is tolerated by somebody, for a time", lints: waiver::LINTS },
];

impl Category {
    /// Its rules.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        let read = if self.name == "input" { input::ALL } else { &[] };
        read.iter().copied().chain(self.lints.iter().map(|lint| &lint.rule))
    }
}

/// All rules, in the order in which they are documented.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CATEGORIES.iter().flat_map(Category::rules)
}

/// So many partners are looked at in one go.
const BATCH: usize = 256;

/// Applies all rules that are not applied while files are read. The findings are in no order.
pub fn check(workspace: &Workspace, measures: &Measures) -> Vec<Finding> {
    let partners: Vec<PartnerId> = workspace.visible_partners().map(|(at, _)| at).collect();
    let mut found = check_partners(workspace, measures, &partners);
    found.extend(check_whole(workspace, measures));
    settings::check(workspace, &mut found);
    found
}

/// Applies the rules about a partner to some partners.
pub fn check_partners(workspace: &Workspace, measures: &Measures, partners: &[PartnerId]) -> Vec<Finding> {
    let whole = Whole::new(workspace, measures);
    let lints = heard(workspace);
    let of_partner = |subject: Subject<'_>| {
        let mut found = Vec::new();
        for lint in lints.iter().filter(|lint| !(lint.ages && subject.on_hold)) {
            match lint.check {
                Check::Partner(check) if !subject.has_left => check(&subject, &mut found),
                Check::Everyone(check) => check(&subject, &mut found),
                _ => {}
            }
        }
        found
    };
    let mut found: Vec<Finding> = Vec::new();
    // A batch at a time: findings of a large portfolio take much memory, and all of them would be held twice.
    for (done, batch) in partners.chunks(BATCH).enumerate() {
        let pieces: Vec<Vec<Finding>> = batch.par_iter().filter_map(|at| Subject::new(&whole, *at)).map(of_partner).collect();
        if done == 0 {
            found.reserve(pieces.iter().map(Vec::len).sum::<usize>() * partners.len().div_ceil(BATCH) * 5 / 4);
        }
        found.extend(pieces.into_iter().flatten());
    }
    found
}

/// Applies the rules about the workspace as a whole.
pub fn check_whole(workspace: &Workspace, measures: &Measures) -> Vec<Finding> {
    let whole = Whole::new(workspace, measures);
    let mut found = Vec::new();
    for lint in heard(workspace) {
        if let Check::Workspace(check) = lint.check {
            check(&whole, &mut found);
        }
    }
    found
}

/// True for a rule about the workspace as a whole.
pub fn is_about_whole(rule: &Rule) -> bool {
    let mut lints = CATEGORIES.iter().flat_map(|category| category.lints);
    lints.any(|lint| lint.rule == *rule && matches!(lint.check, Check::Workspace(_)))
}

/// The lints that the workspace wants to hear of.
fn heard(workspace: &Workspace) -> Vec<&'static Lint> {
    let is_heard = |lint: &&Lint| workspace.settings.severity_of(&lint.rule, lint.rule.severity).is_some();
    CATEGORIES.iter().flat_map(|category| category.lints).copied().filter(is_heard).collect()
}
