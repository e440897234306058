//! What was agreed: terms, money, exclusivity, and what holds when it ends.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{record, vocabulary};

vocabulary! {
    /// What to do when a term ends.
    pub enum Recommendation {
        /// Do more.
        Expand = "expand",
        /// Go on.
        Renew = "renew",
        /// Go on differently.
        Modify = "modify",
        /// End it.
        Sunset = "sunset",
    }
}

record! { /// The agreement.
pub struct Agreement short "kind" {
    /// Formal, letter of intent, …
    kind: Option<String>,
    /// When it was signed.
    signed: Option<Date>,
    /// Where it is.
    link: Option<String>,
}}

record! { /// How long the agreement holds.
pub struct Term {
    /// First day.
    start: Option<Date>,
    /// Last day.
    end: Option<Date>,
    /// Notice, in days before the end.
    notice_days: Option<u32>,
    /// True when it goes on by itself.
    auto_renew: Option<bool>,
}}

record! { /// Preparing for the end of the term.
pub struct Renewal short "recommendation" {
    /// What to do.
    recommendation: Option<Recommendation>,
    /// Steps done.
    done: Vec<String>,
}}

record! { /// How money flows.
pub struct Commercial {
    /// The model.
    revenue_model: Option<String>,
    /// Our share, in percent.
    our_share: Option<Decimal>,
    /// Theirs, in percent.
    partner_share: Option<Decimal>,
    /// Terms of payment.
    payment: Option<String>,
}}

record! { /// What only this partner may do.
pub struct Exclusivity short "scope" {
    /// For what.
    scope: Option<String>,
    /// Where.
    geography: Option<String>,
    /// From when.
    from: Option<Date>,
    /// Until when.
    until: Option<Date>,
    /// What is exempt.
    exceptions: Vec<String>,
}}

record! { /// Who owns what was made.
pub struct Ip {
    /// What each side had before.
    pre_existing: Option<String>,
    /// What is made together.
    joint: Option<String>,
    /// Licences.
    licensing: Option<String>,
}}

record! { /// What holds when it ends.
pub struct ExitTerms {
    /// Notice.
    notice: Option<String>,
    /// Winding down.
    wind_down: Option<String>,
    /// What happens to data.
    data: Option<String>,
    /// Non-compete.
    non_compete: Option<String>,
}}
