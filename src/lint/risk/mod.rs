//! What may go wrong is somebody's concern.

mod no_mitigation;
mod unowned;

use super::Lint;
use crate::content::read::short;
use crate::model::partner::Risk;

/// The rules of this category.
pub static LINTS: &[&Lint] = &[&no_mitigation::LINT, &unowned::LINT];

/// How a message names a risk: by its words, or where there are none by its place in the list.
fn name(at: usize, risk: &Risk) -> String {
    match crate::text::written(&risk.risk) {
        Some(text) => format!("the risk `{}`", short(text)),
        None => format!("risk {}", at + 1),
    }
}
