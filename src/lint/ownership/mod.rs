//! No partnership without clear ownership.

mod no_owner;

use super::Lint;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[&no_owner::LINT];
