//! What was agreed holds, for as long as it should, and what was promised on the way is done.

mod exclusivity_conflict;
mod exclusivity_incomplete;
mod expired;
mod milestone_overdue;
mod no_agreement;
mod no_exit_terms;
mod no_guardrails;
mod no_recommendation;
mod plan_overdue;
mod plan_row_incomplete;
mod renewal_approaching;
mod renewal_due;
mod shares;

use jiff::civil::Date;

use super::{Lint, Subject};
use crate::measures::renewal::Renewal;
use crate::measures::words;
use crate::model::agreement::Exclusivity;
use crate::model::plan::PlanStep;
use crate::model::values::Done;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[
    &no_agreement::LINT,
    &expired::LINT,
    &renewal_approaching::LINT,
    &renewal_due::LINT,
    &no_recommendation::LINT,
    &shares::LINT,
    &exclusivity_incomplete::LINT,
    &exclusivity_conflict::LINT,
    &no_exit_terms::LINT,
    &no_guardrails::LINT,
    &plan_row_incomplete::LINT,
    &plan_overdue::LINT,
    &milestone_overdue::LINT,
];

/// True where nothing is written.
fn is_blank(text: Option<&String>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// True where any of what makes an agreement is written: its kind, the day of its signature, or its document.
fn has_agreement(partner: &Subject<'_>) -> bool {
    partner
        .data
        .agreement
        .as_ref()
        .is_some_and(|agreement| !is_blank(agreement.kind.as_ref()) || agreement.signed.is_some() || !is_blank(agreement.link.as_ref()))
}

/// The last day of a term that is over.
fn ended(partner: &Subject<'_>) -> Option<Date> {
    partner.data.term.as_ref()?.end.filter(|end| *end < partner.as_of())
}

/// True where the agreement goes on by itself unless somebody gives notice.
fn renews_by_itself(partner: &Subject<'_>) -> bool {
    partner.data.term.as_ref().is_some_and(|term| term.auto_renew == Some(true))
}

/// What happens at a deadline that lies ahead, and when.
fn deadline(partner: &Subject<'_>, renewal: &Renewal) -> String {
    let (id, day, when) = (partner.id(), renewal.deadline, away(renewal.days));
    if renews_by_itself(partner) {
        format!("the term of `{id}` renews by itself unless notice is given by {day}, {when}")
    } else {
        format!("the term of `{id}` ends on {day}, {when}")
    }
}

/// `in 48 days`, `today`, `12 days ago`.
fn away(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {}", words::days(days)),
        _ => format!("{} ago", words::days(days.unsigned_abs())),
    }
}

/// The exclusivity of a partner, where it has any that is not over. `exclusivity: none` says that it has none.
fn exclusivity<'a>(partner: &Subject<'a>) -> Option<&'a Exclusivity> {
    let claim = partner.data.exclusivity.as_ref()?;
    let scope = claim.scope.as_deref().map(str::trim).unwrap_or_default();
    let is_none = ["none", "no", "false", "n/a", "non-exclusive"].iter().any(|word| scope.eq_ignore_ascii_case(word));
    let is_empty = scope.is_empty() && is_blank(claim.geography.as_ref()) && claim.from.is_none() && claim.until.is_none();
    let is_over = claim.until.is_some_and(|until| until < partner.as_of());
    (!is_none && !is_empty && !is_over).then_some(claim)
}

/// What a row of the plan is called in a sentence: its step, or its place.
fn row_name(at: usize, row: &PlanStep) -> String {
    match row.step.as_deref().map(str::trim).filter(|step| !step.is_empty()) {
        Some(step) => format!("`{}`", crate::content::read::short(step)),
        None => format!("row {} of the plan", at.saturating_add(1)),
    }
}

/// True for what is done, on whatever day.
fn is_done(done: Option<Done>) -> bool {
    done.is_some_and(Done::is_done)
}

/// The days that have passed since a due date; `None` on that day and before it.
fn days_late(partner: &Subject<'_>, due: Date) -> Option<i32> {
    Some((partner.as_of() - due).get_days()).filter(|days| *days > 0)
}
