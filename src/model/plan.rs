//! What is planned: the deal, the mutual action plan, the launch and what follows it.

use jiff::civil::Date;

use super::values::{Done, Due};
use crate::content::read::Dict;
use crate::record;

record! { /// The deal being made.
pub struct Deal short "step" {
    /// Where it stands.
    step: Option<String>,
    /// What ends it.
    walk_away: Vec<String>,
    /// What we will not support.
    support_limits: Vec<String>,
    /// When it counts as a success.
    success_criteria: Vec<String>,
}}

record! { /// One row of the mutual action plan.
pub struct PlanStep short "step" {
    /// What.
    step: Option<String>,
    /// Who on our side.
    ours: Option<String>,
    /// Who on theirs.
    theirs: Option<String>,
    /// When it counts as done.
    exit_criteria: Option<String>,
    /// Until when.
    due: Option<Date>,
    /// When it was done.
    done: Option<Done>,
}}

record! { /// The launch.
pub struct Launch short "date" {
    /// When.
    date: Option<Date>,
    /// What must be ready.
    checklist: Dict<bool>,
}}

record! { /// A milestone.
pub struct Milestone short "name" {
    /// What.
    name: Option<String>,
    /// A date, or a time after the launch.
    due: Option<Due>,
    /// When it was reached.
    done: Option<Done>,
}}

record! { /// A phase of the road map.
pub struct Phase short "phase" {
    /// The phase.
    phase: Option<String>,
    /// From when.
    from: Option<Date>,
    /// To when.
    to: Option<Date>,
    /// What is in it.
    scope: Option<String>,
    /// What for.
    goals: Option<String>,
    /// When it is a success.
    success: Option<String>,
}}
