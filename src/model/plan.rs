//! What is planned: the deal, the mutual action plan, the launch and what follows it.

use jiff::civil::Date;

use super::values::{Done, Due};
use crate::content::read::Dict;
use crate::record;

record! { /// The deal being made.
pub struct Deal short "step" {
    /// Where the deal stands.
    step: Option<String>,
    /// What would end the talks.
    walk_away: Vec<String>,
    /// What we will not support.
    support_limits: Vec<String>,
    /// What makes the deal a success.
    success_criteria: Vec<String>,
}}

record! { /// One row of the mutual action plan.
pub struct PlanStep short "step" {
    /// What is to be done.
    step: Option<String>,
    /// Who does it on our side.
    ours: Option<String>,
    /// Who does it on the partner's side.
    theirs: Option<String>,
    /// What must hold for the step to be done.
    exit_criteria: Option<String>,
    /// Until when it should be done.
    due: Option<Date>,
    /// When it was done: a date, or yes or no.
    done: Option<Done>,
}}

record! { /// The launch.
pub struct Launch short "date" {
    /// The day of the launch; milestones such as `30d` count from it.
    date: Option<Date>,
    /// What must be ready for the launch: name to yes or no.
    checklist: Dict<bool>,
}}

record! { /// A milestone.
pub struct Milestone short "name" {
    /// What should be reached.
    name: Option<String>,
    /// When it should be reached: a date, or a time after the launch such as `30d`, `6m`, `1y`.
    due: Option<Due>,
    /// When it was reached: a date, or yes or no.
    done: Option<Done>,
}}

record! { /// A phase of the road map.
pub struct Phase short "phase" {
    /// The name of the phase.
    phase: Option<String>,
    /// The first day of the phase.
    from: Option<Date>,
    /// The last day of the phase.
    to: Option<Date>,
    /// What is in the phase.
    scope: Option<String>,
    /// What the phase is for.
    goals: Option<String>,
    /// What makes the phase a success.
    success: Option<String>,
}}
