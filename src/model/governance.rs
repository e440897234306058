//! Who works on a partnership, who meets whom, and who decides.

use jiff::civil::Date;

use super::values::Interval;
use crate::record;

record! { /// A role, filled on both sides.
pub struct Role short "role" {
    /// The role.
    role: Option<String>,
    /// Our person.
    ours: Option<String>,
    /// Theirs.
    theirs: Option<String>,
}}

record! { /// The person over there who wants this to work.
pub struct Champion short "name" {
    /// Who.
    name: Option<String>,
    /// Since when.
    since: Option<Date>,
    /// When they were lost.
    lost: Option<Date>,
}}

record! { /// A regular meeting.
pub struct Forum short "every" {
    /// How often.
    every: Option<Interval>,
    /// How long, in minutes.
    minutes: Option<u32>,
    /// Who.
    attendees: Vec<String>,
    /// What for.
    purpose: Option<String>,
}}

record! { /// A meeting that was or was not held.
pub struct Meeting {
    /// The forum.
    forum: Option<String>,
    /// When.
    date: Option<Date>,
    /// False when it did not take place.
    held: Option<bool>,
    /// A remark.
    note: Option<String>,
}}

record! { /// Who decides what.
pub struct DecisionRight {
    /// The kind of decision.
    decision: Option<String>,
    /// Who decides.
    authority: Option<String>,
    /// How.
    process: Option<String>,
}}
