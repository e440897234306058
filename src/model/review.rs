//! A quarterly business review: its words. Its numbers are computed.

use jiff::civil::Date;

use super::period::Period;
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
    /// What was won.
    title: Option<String>,
    /// What it brought.
    impact: Option<String>,
    /// The id of the KPI in which it shows.
    kpi: Option<String> = Kpi,
}}

record! { /// A challenge.
pub struct Challenge short "title" {
    /// What goes badly.
    title: Option<String>,
    /// What it costs.
    impact: Option<String>,
    /// Why it came about.
    root_cause: Option<String>,
    /// What is done about it.
    action: Option<String>,
    /// Who does it: a person's id, or a name.
    owner: Option<String> = Person,
    /// Until when.
    due: Option<Date>,
}}

record! { /// Something to start next quarter.
pub struct Initiative short "text" {
    /// What to start.
    text: Option<String>,
    /// What it should reach.
    goal: Option<String>,
    /// Until when.
    due: Option<Date>,
}}

record! { /// Something to ask of executives.
pub struct Ask short "text" {
    /// What kind of help is asked for.
    kind: Option<AskKind>,
    /// What is asked for.
    text: Option<String>,
}}

record! {
    /// A quarterly review.
    pub struct Review extra x {
        /// When the review was held.
        date: Option<Date>,
        /// Another title than that of the period, such as `Q3 2026 review`.
        title: Option<String>,
        /// Who was there: people's ids, or names.
        attendees: Vec<String> = Person,
        /// The review in one paragraph.
        summary: Option<String>,
        /// What went well.
        wins: Vec<Win>,
        /// What goes badly, and what is done about it.
        challenges: Vec<Challenge>,
        /// What to start next.
        initiatives: Vec<Initiative>,
        /// What to ask of executives.
        asks: Vec<Ask>,
        /// Who does what until when.
        actions: Vec<Action>,
        /// When the next review is.
        next: Option<Date>,
        /// When the review was signed off; from then on its closed numbers are not rewritten.
        signed_off: Option<Date>,
        /// Yes keeps this file's page off the site.
        draft: Option<bool>,
        /// Addresses that the page had, such as `old/plan.md`; they will lead to the new one.
        redirect_from: Vec<String> = OldAddress,
    }
}

impl Review {
    /// True once the review of a period has taken place: from its date on, without one from the end of the period on. One may be
    /// prepared before that.
    pub fn is_held(&self, period: Period, as_of: Date, fiscal_year_start: i8) -> bool {
        self.date.map_or_else(|| period.is_closed(as_of, fiscal_year_start), |day| day <= as_of)
    }
}
