//! Exit decisions are documented, approved and carried out.

mod open_checklist;
mod still_running;
mod unapproved;
mod undocumented;

use super::{Lint, Subject};
use crate::model::partner::Exit;
use crate::text::slug;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[&undocumented::LINT, &unapproved::LINT, &open_checklist::LINT, &still_running::LINT];

/// What is written of the exit of a partner that has left, in a record of its own. Where there is none, `exit/undocumented` tells
/// that, and nothing more is to be said.
fn exit<'a>(partner: &Subject<'a>) -> Option<&'a Exit> {
    partner.data.exit.as_ref().filter(|_| has_ended(partner))
}

/// True where a partnership has ended. Who was turned down before there was one leaves no customers, access or bills behind; the
/// decision is in `lifecycle`, whose rules ask for it.
fn has_ended(partner: &Subject<'_>) -> bool {
    partner.has_left && partner.was_partner()
}

/// True where two words are the same to people: `Access revoked`, `access-revoked`.
fn is_same(one: &str, other: &str) -> bool {
    slug::plain(one) == slug::plain(other)
}
