//! What has gone wrong is put right: somebody owns it, knows why it came about, and decides between ways out.

mod critical_open;
mod few_options;
mod incomplete;
mod no_resolution;
mod skipped_level;
mod unowned;

use super::{Lint, Subject};
use crate::content::read::short;
use crate::measures::stage::days_between;
use crate::model::issue::{Issue, IssueSeverity, IssueStatus};
use crate::workspace::PageRef;

/// The rules of this category.
pub static LINTS: &[&Lint] =
    &[&incomplete::LINT, &unowned::LINT, &critical_open::LINT, &skipped_level::LINT, &no_resolution::LINT, &few_options::LINT];

/// So many days a critical issue may be open, and an issue new.
const WEEK: i32 = 7;

/// How a message names an issue.
fn name(partner: &Subject<'_>, page: &PageRef) -> String {
    format!("the issue `{}` of `{}`", short(&page.title), partner.id())
}

/// True for the first week of an issue that nobody works on yet: its cause and the ways out are still to be found.
fn is_new(partner: &Subject<'_>, issue: &Issue) -> bool {
    let is_young = |opened| days_between(opened, partner.as_of()).is_none_or(|days| days <= WEEK);
    issue.is_open() && issue.status != Some(IssueStatus::InProgress) && issue.opened.is_some_and(is_young)
}

/// True for a critical or high one.
fn is_grave(issue: &Issue) -> bool {
    matches!(issue.severity, Some(IssueSeverity::Critical | IssueSeverity::High))
}

fn is_empty(text: Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}
