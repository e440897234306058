//! Who works on a partnership, who meets whom, and who decides.

use jiff::civil::Date;

use super::values::Interval;
use crate::record;

record! { /// A role, filled on both sides.
pub struct Role short "role" {
    /// The role, such as executive sponsor.
    role: Option<String>,
    /// Who has the role on our side: a person's id, or a name.
    ours: Option<String> = Person,
    /// Who has the role on the partner's side.
    theirs: Option<String>,
}}

record! { /// The person over there who wants this to work.
pub struct Champion short "name" {
    /// Who the champion is.
    name: Option<String>,
    /// Since when they are the champion.
    since: Option<Date>,
    /// When they left or stopped being the champion.
    lost: Option<Date>,
}}

record! { /// A regular meeting.
pub struct Forum short "every" {
    /// How often the forum meets.
    every: Option<Interval>,
    /// How long a meeting takes, in minutes.
    minutes: Option<u32>,
    /// Who takes part: people's ids, or names.
    attendees: Vec<String> = Person,
    /// What the forum is for.
    purpose: Option<String>,
}}

record! { /// A meeting that was or was not held.
pub struct Meeting {
    /// The forum that met, by its name under `forums`.
    forum: Option<String>,
    /// When the meeting was, or is to be.
    date: Option<Date>,
    /// No where the meeting did not take place; yes where it is left out.
    held: Option<bool>,
    /// A remark on the meeting.
    note: Option<String>,
}}

record! { /// Who decides what.
pub struct DecisionRight {
    /// The kind of decision.
    decision: Option<String>,
    /// Who decides.
    authority: Option<String>,
    /// How the decision is made.
    process: Option<String>,
}}
