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
    /// To the business.
    business: Option<String>,
    /// To the relationship.
    relationship: Option<String>,
    /// To the timeline.
    timeline: Option<String>,
}}

record! { /// A way out.
pub struct WayOut short "option" {
    /// What.
    option: Option<String>,
    /// What speaks for it.
    pros: Option<String>,
    /// What speaks against it.
    cons: Option<String>,
    /// What it takes.
    effort: Option<String>,
}}

record! { /// Raised to a level of the escalation path.
pub struct Escalated short "level" {
    /// The level.
    level: Option<String>,
    /// When.
    on: Option<Date>,
}}

record! {
    /// A partnership issue.
    pub struct Issue extra x {
        /// What it is called; its first heading or its file's name where it is left out.
        title: Option<String>,
        /// How bad it is.
        severity: Option<IssueSeverity>,
        /// Where it stands.
        status: Option<IssueStatus>,
        /// When it was opened.
        opened: Option<Date>,
        /// What kind of trouble it is.
        reason: Option<Reason>,
        /// Who owns it.
        owner: Option<String>,
        /// What it does.
        impact: Option<Impact>,
        /// Why it came about.
        root_cause: Option<String>,
        /// Ways out.
        options: Vec<WayOut>,
        /// The one to take.
        recommended: Option<String>,
        /// Who does what until when.
        actions: Vec<Action>,
        /// How far it was raised.
        escalated: Vec<Escalated>,
        /// When it was resolved.
        resolved: Option<Date>,
        /// How.
        resolution: Option<String>,
        /// True keeps it off the site.
        draft: Option<bool>,
        /// Addresses that lead here.
        redirect_from: Vec<String>,
    }
}

impl Issue {
    /// True until it is resolved.
    pub fn is_open(&self) -> bool {
        self.status != Some(IssueStatus::Resolved) && !(self.status.is_none() && self.resolved.is_some())
    }
}
