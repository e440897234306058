//! A quarterly business review: its words. Its numbers are computed.

use jiff::civil::Date;

use super::values::Action;
use crate::{record, vocabulary};

vocabulary! {
    /// What is asked for.
    pub enum AskKind {
        /// A decision.
        Decision = "decision",
        /// People, money or time.
        Resource = "resource",
        /// Help from a higher level.
        Escalation = "escalation",
    }
}

record! { /// A win.
pub struct Win short "title" {
    /// What.
    title: Option<String>,
    /// What it brought.
    impact: Option<String>,
    /// The KPI it shows in.
    kpi: Option<String>,
}}

record! { /// A challenge.
pub struct Challenge short "title" {
    /// What.
    title: Option<String>,
    /// What it costs.
    impact: Option<String>,
    /// Why.
    root_cause: Option<String>,
    /// What is done.
    action: Option<String>,
    /// Who does it.
    owner: Option<String>,
    /// Until when.
    due: Option<Date>,
}}

record! { /// Something to start next quarter.
pub struct Initiative short "text" {
    /// What.
    text: Option<String>,
    /// What it should reach.
    goal: Option<String>,
    /// Until when.
    due: Option<Date>,
}}

record! { /// Something to ask of executives.
pub struct Ask short "text" {
    /// What kind.
    kind: Option<AskKind>,
    /// What.
    text: Option<String>,
}}

record! {
    /// A quarterly review.
    pub struct Review extra x {
        /// When it was held.
        date: Option<Date>,
        /// Another title than the period's.
        title: Option<String>,
        /// Who was there: people's ids, or names.
        attendees: Vec<String>,
        /// One paragraph.
        summary: Option<String>,
        /// Wins.
        wins: Vec<Win>,
        /// Challenges.
        challenges: Vec<Challenge>,
        /// What to start.
        initiatives: Vec<Initiative>,
        /// What to ask for.
        asks: Vec<Ask>,
        /// Who does what until when.
        actions: Vec<Action>,
        /// When the next one is.
        next: Option<Date>,
        /// When it was signed off; from then on its closed numbers are not rewritten.
        signed_off: Option<Date>,
        /// True keeps it off the site.
        draft: Option<bool>,
        /// Addresses that lead here.
        redirect_from: Vec<String>,
    }
}
