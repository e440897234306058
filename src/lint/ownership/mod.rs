//! No partnership without clear ownership.

mod no_decision_rights;
mod no_escalation_path;
mod no_owner;
mod no_sponsor;
mod overloaded;
mod unapproved_high_risk;
mod unknown_person;
mod unpaired_role;

use super::Lint;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[
    &no_owner::LINT,
    &unknown_person::LINT,
    &unpaired_role::LINT,
    &no_sponsor::LINT,
    &unapproved_high_risk::LINT,
    &no_decision_rights::LINT,
    &no_escalation_path::LINT,
    &overloaded::LINT,
];

/// What is written, unless it is empty.
fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
