//! Rules and categories by the names that people use for them: `kpi/gap`, half of that, in any case, `kpi` and `kpi/*`.

use super::{CATEGORIES, Category, rules};
use crate::diagnostics::Rule;
use crate::text::suggest;

/// What a name means.
#[derive(Debug, Clone, Copy)]
pub enum Named {
    /// One rule.
    Rule(&'static Rule),
    /// All rules of a category.
    Category(&'static Category),
}

impl Named {
    /// Its name, as a command takes it: `kpi/gap` or `kpi`.
    pub fn name(self) -> &'static str {
        match self {
            Named::Rule(rule) => rule.name,
            Named::Category(category) => category.name,
        }
    }

    /// Its name, as files have it: `kpi/gap` or `kpi/*`.
    pub fn pattern(self) -> String {
        match self {
            Named::Rule(rule) => rule.name.to_owned(),
            Named::Category(category) => format!("{}/*", category.name),
        }
    }
}

/// What a name means for certain. The part behind the slash is enough where only one rule has it.
///
/// # Errors
/// With what it may mean instead: several rules where it is half the name of each, or what is nearest, if anything is.
pub fn find(name: &str) -> Result<Named, Vec<Named>> {
    let name = name.trim().to_lowercase();
    let category = |name: &str| CATEGORIES.iter().find(|category| category.name == name).map(Named::Category);
    if let Some(category) = category(name.strip_suffix("/*").unwrap_or(&name)) {
        return Ok(category);
    }
    if let Some(rule) = rules().find(|rule| rule.name == name) {
        return Ok(Named::Rule(rule));
    }
    if let [rule] = ending_in(&name)[..] {
        return Ok(rule);
    }
    let near = suggest::nearest(&name, rules().map(|rule| rule.name)).and_then(|near| rules().find(|rule| rule.name == near));
    let near = near.map(Named::Rule).or_else(|| category(suggest::nearest(&name, CATEGORIES.iter().map(|category| category.name))?));
    Err(near.map_or_else(
        || {
            // The category is what people mix up first.
            let half = name.rsplit('/').next().unwrap_or(&name);
            suggest::nearest(half, rules().filter_map(half_of)).map(ending_in).unwrap_or_default()
        },
        |near| vec![near],
    ))
}

/// The rules that have this behind the slash.
fn ending_in(half: &str) -> Vec<Named> {
    rules().filter(|rule| half_of(rule) == Some(half)).map(Named::Rule).collect()
}

fn half_of(rule: &'static Rule) -> Option<&'static str> {
    rule.name.split('/').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str) -> Result<&'static str, Vec<&'static str>> {
        find(name).map(Named::name).map_err(|near| near.into_iter().map(Named::name).collect())
    }

    #[test]
    fn half_a_name_and_another_case_are_enough_where_they_are_certain() {
        for (name, meant) in [
            ("kpi/gap", "kpi/gap"),
            ("gap", "kpi/gap"),
            (" KPI/Gap ", "kpi/gap"),
            ("Kpi", "kpi"),
            ("kpi/*", "kpi"),
            ("no-owner", "ownership/no-owner"),
        ] {
            assert_eq!(found(name), Ok(meant), "{name}");
        }
    }

    #[test]
    fn what_is_not_certain_has_near_matches() {
        for (name, near) in [
            ("stale", &["score/stale", "kpi/stale"][..]),
            ("kpis", &["kpi"]),
            ("kpi/", &["kpi"]),
            ("healt", &["health"]),
            ("kpi_gap", &["kpi/gap"]),
            ("deal/gap", &["kpi/gap"]),
            ("value/stale", &["score/stale", "kpi/stale"]),
            ("frobnicate", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(name), Err(near.to_vec()), "{name}");
        }
    }
}
