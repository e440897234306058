//! A partnership issue.

use jiff::civil::Date;

use super::values::Action;
use crate::{record, vocabulary};

vocabulary! {
    /// How bad it is.
    pub enum IssueSeverity {
        /// Stops the partnership.
        Critical = "critical",
        /// Hurts it.
        High = "high",
        /// Slows it.
        Medium = "medium",
        /// Annoys.
        Low = "low",
    }
}

vocabulary! {
    /// Where it stands.
    pub enum IssueStatus {
        /// Nobody works on it yet.
        Open = "open",
        /// Somebody works on it.
        InProgress = "in-progress",
        /// Done.
        Resolved = "resolved",
    }
}

vocabulary! {
    /// What kind of trouble it is.
    pub enum Reason {
        /// Results fall short.
        Gap = "gap",
        /// An agreement is broken.
        Breach = "breach",
        /// The sides want different things.
        Misalignment = "misalignment",
        /// People, money or time are missing.
        Resources = "resources",
        /// People are at odds.
        Conflict = "conflict",
    }
}

record! { /// What it does to the partnership.
pub struct Impact short "business" {
    /// What the issue does to the business.
    business: Option<String>,
    /// What it does to the relationship.
    relationship: Option<String>,
    /// What it does to the timeline.
    timeline: Option<String>,
}}

record! { /// A way out.
pub struct WayOut short "option" {
    /// What could be done.
    option: Option<String>,
    /// What speaks for it.
    pros: Option<String>,
    /// What speaks against it.
    cons: Option<String>,
    /// What it would take.
    effort: Option<String>,
}}

record! { /// Raised to a level of the escalation path.
pub struct Escalated short "level" {
    /// The level to which the issue was raised.
    level: Option<String>,
    /// When it was raised.
    on: Option<Date>,
}}

record! {
    /// A partnership issue.
    pub struct Issue extra x {
        /// What the issue is called; its first heading or its file's name where it is left out.
        title: Option<String>,
        /// How bad the issue is.
        severity: Option<IssueSeverity>,
        /// Where the issue stands; where it is left out, resolved if there is a `resolved` date, else open.
        status: Option<IssueStatus>,
        /// When the issue was opened.
        opened: Option<Date>,
        /// What kind of trouble it is.
        reason: Option<Reason>,
        /// Who owns the issue: a person's id, or a name.
        owner: Option<String> = Person,
        /// What the issue does to the partnership.
        impact: Option<Impact>,
        /// Why the issue came about.
        root_cause: Option<String>,
        /// Ways out of it.
        options: Vec<WayOut>,
        /// Which of the options should be taken.
        recommended: Option<String>,
        /// Who does what until when.
        actions: Vec<Action>,
        /// To which levels the issue was raised, and when.
        escalated: Vec<Escalated>,
        /// When the issue was resolved.
        resolved: Option<Date>,
        /// How the issue was resolved.
        resolution: Option<String>,
        /// Yes keeps this file's page off the site.
        draft: Option<bool>,
        /// Addresses that the page had, such as `old/plan.md`; they will lead to the new one.
        redirect_from: Vec<String> = OldAddress,
    }
}

impl Issue {
    /// True until it is resolved.
    pub fn is_open(&self) -> bool {
        self.status != Some(IssueStatus::Resolved) && !(self.status.is_none() && self.resolved.is_some())
    }
}
