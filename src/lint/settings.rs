//! `lint:` in the settings: its keys name rules and categories that there are.

use std::sync::Arc;

use super::{CATEGORIES, named};
use crate::content::read::short;
use crate::diagnostics::{Finding, Fix, Place, input};
use crate::route;
use crate::text::suggest;
use crate::workspace::Workspace;
use crate::workspace::classify::SETTINGS;

/// Reports keys of `lint:` that mean no rule, or one that cannot be softened.
pub(super) fn check(workspace: &Workspace, found: &mut Vec<Finding>) {
    let path: Arc<str> = Arc::from(SETTINGS);
    let all = patterns();
    for key in workspace.settings.lint.keys() {
        let at = || Place::Name(route!["lint", &key.to_owned()]);
        if input::FIXED.iter().any(|rule| rule.name == key) {
            let message = format!("`{key}` is always an error: what it finds would be missing from the site");
            found.push(Finding::new(&input::BAD_VALUE, &path, at(), message).help("remove the line"));
        } else if !is_known(key) {
            let message = format!("there is no rule `{}`", short(key));
            let others = workspace.settings.lint.keys().filter(|other| *other != key);
            let meant = suggest::certain_among(key, others, &all.iter().map(String::as_str).collect::<Vec<_>>());
            let fix = meant.map(|meant| Fix::replacing(key, meant).name(route!["lint", &key.to_owned()], meant));
            found.push(Finding::new(&input::BAD_VALUE, &path, at(), message).help(nearest(key)).maybe_fix(fix));
        }
    }
}

/// True for the name of a rule, and for `category/*`.
pub fn is_known(pattern: &str) -> bool {
    match pattern.strip_suffix("/*") {
        Some(category) => CATEGORIES.iter().any(|known| known.name == category),
        None => super::rules().any(|rule| rule.name == pattern),
    }
}

/// Everything that a key of `lint:` may be.
fn patterns() -> Vec<String> {
    super::rules().map(|rule| rule.name.to_owned()).chain(CATEGORIES.iter().map(|category| format!("{}/*", category.name))).collect()
}

/// Advice for a name in a file that means no rule.
pub fn nearest(pattern: &str) -> String {
    let near = named::find(pattern).map_or_else(|near| near, |named| vec![named]);
    let near: Vec<String> = near.into_iter().map(|near| format!("`{}`", near.pattern())).collect();
    match near.as_slice() {
        [] => "`partnerbook explain` lists all rules".to_owned(),
        near => format!("did you mean {}?", crate::text::list(near, "or")),
    }
}
