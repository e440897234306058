//! Exit decisions are documented, approved and carried out.

mod open_checklist;
mod still_running;
mod unapproved;
mod undocumented;

use std::borrow::Cow;

use super::{Lint, Subject};
use crate::model::partner::Exit;
use crate::text::slug;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[&undocumented::LINT, &unapproved::LINT, &open_checklist::LINT, &still_running::LINT];

/// What is written of the exit of a partner that has left. Where nothing is, `exit/undocumented` tells that, and nothing more is to
/// be said; where nobody wants to hear of that rule, nothing is written.
fn exit<'a>(partner: &Subject<'a>) -> Option<Cow<'a, Exit>> {
    if !has_ended(partner) {
        return None;
    }
    match &partner.data.exit {
        Some(exit) => Some(Cow::Borrowed(exit)),
        None => (!partner.hears_of(&undocumented::LINT)).then(|| Cow::Owned(Exit::default())),
    }
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
