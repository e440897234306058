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
    /// What kind of agreement it is, such as a formal contract or a letter of intent.
    kind: Option<String>,
    /// When the agreement was signed.
    signed: Option<Date>,
    /// Where the agreement is: a file, a page or a web address.
    link: Option<String>,
}}

record! { /// How long the agreement holds.
pub struct Term {
    /// The first day of the term.
    start: Option<Date>,
    /// The last day of the term.
    end: Option<Date>,
    /// How many days before the end notice must be given.
    notice_days: Option<u32>,
    /// Yes where the agreement goes on by itself.
    auto_renew: Option<bool>,
}}

record! { /// Preparing for the end of the term.
pub struct Renewal short "recommendation" {
    /// What should be done when the term ends.
    recommendation: Option<Recommendation>,
    /// The steps of preparing the renewal that are done.
    done: Vec<String>,
}}

record! { /// How money flows.
pub struct Commercial {
    /// How money is made together, such as revenue share or resale.
    revenue_model: Option<String>,
    /// Our share of the revenue, in percent.
    our_share: Option<Decimal>,
    /// The partner's share of the revenue, in percent.
    partner_share: Option<Decimal>,
    /// The terms of payment, such as net 30.
    payment: Option<String>,
}}

record! { /// What only this partner may do.
pub struct Exclusivity short "scope" {
    /// For what the partner has exclusive rights.
    scope: Option<String>,
    /// Where the exclusivity holds.
    geography: Option<String>,
    /// From which day on it holds.
    from: Option<Date>,
    /// Until which day it holds.
    until: Option<Date>,
    /// What is exempt from the exclusivity.
    exceptions: Vec<String>,
}}

record! { /// Who owns what was made.
pub struct Ip {
    /// Who owns what each side had before.
    pre_existing: Option<String>,
    /// Who owns what is made together.
    joint: Option<String>,
    /// Which licences the two sides give each other.
    licensing: Option<String>,
}}

record! { /// What holds when it ends.
pub struct ExitTerms {
    /// How and when the agreement can be ended.
    notice: Option<String>,
    /// What still holds while the partnership is wound down.
    wind_down: Option<String>,
    /// What happens to shared data.
    data: Option<String>,
    /// Whom the partner may not work with afterwards, and for how long.
    non_compete: Option<String>,
}}
