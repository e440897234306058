//! What every format is made of: the findings that are shown, with their places, and what is known around them.

use jiff::civil::Date;
use rayon::prelude::*;

use super::texts::{Region, Texts};
use super::{Counts, Finding, Severity};

/// The partner that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partner<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The id of its owner, or what is written for one.
    pub owner: Option<&'a str>,
}

/// A finding that is shown.
#[derive(Debug)]
pub struct Item<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Where it is.
    pub region: Region,
    /// Where the other places are, in their order.
    pub related: Vec<Region>,
    /// Whom it is about; `None` for the workspace as a whole.
    pub partner: Option<Partner<'a>>,
    /// What makes it the same one in another run.
    pub fingerprint: &'a str,
}

/// Findings with everything that is said about them.
#[derive(Debug)]
pub struct Report<'a> {
    /// The day on which the workspace was looked at.
    pub as_of: Date,
    /// The folder of the workspace in its repository, with a `/` at its end; empty where they are the same.
    pub folder: String,
    /// How many of each there are.
    pub counts: Counts,
    /// True where notes make the check fail too.
    pub denies_notes: bool,
    /// What is shown, in its order.
    pub items: Vec<Item<'a>>,
}

impl<'a> Report<'a> {
    /// The items of findings with their fingerprints. `partner` tells whom a finding is about.
    pub fn items(
        findings: &[(&'a Finding, &'a str)],
        texts: &Texts,
        partner: impl Fn(&'a Finding) -> Option<Partner<'a>> + Sync,
    ) -> Vec<Item<'a>> {
        findings
            .par_iter()
            .map(|(finding, fingerprint)| {
                let partner = partner(finding);
                let related = finding.related.iter().map(|other| texts.get(&other.path).region(&other.place)).collect();
                Item { finding, region: texts.get(&finding.path).region(&finding.place), related, partner, fingerprint }
            })
            .collect()
    }

    /// The items in order of severity, the gravest first.
    pub fn gravest_first(&self) -> Vec<&Item<'a>> {
        let mut items: Vec<&Item<'a>> = self.items.iter().collect();
        items.sort_by_key(|item| (item.finding.waived.is_some(), std::cmp::Reverse(item.finding.severity)));
        items
    }

    /// A path as it is from the top of the repository.
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.folder)
    }
}

/// A waiver in words: `waived until 2027-01-31 by Kim Sato: CRM migration`.
pub fn waiver(finding: &Finding) -> Option<String> {
    let waived = finding.waived.as_deref()?;
    let until = waived.until.map(|day| format!(" until {day}")).unwrap_or_default();
    let by = waived.by.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
    let reason = waived.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    Some(format!("waived{until}{by}{reason}"))
}

/// The command that tells more about a rule.
pub fn documentation(finding: &Finding) -> String {
    format!("partnerbook explain {}", finding.rule.name)
}

/// The word for how grave a finding is, or that it is waived.
pub fn word(finding: &Finding) -> &'static str {
    if finding.waived.is_some() { "waived" } else { finding.severity.word() }
}

/// The severities, the gravest first.
pub const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];
