use std::collections::BTreeMap;

use super::super::{Check, Lint, Whole};
use super::filled;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;
use crate::text::slug;
use crate::workspace::PartnerId;

/// The most active partners that one person can look after.
const MOST: usize = 25;

/// Files of partners that dana owns.
macro_rules! partners {
    ($($id:literal)+) => { concat!($("\n=== content/partners/", $id, ".md\n---\n{name: ", $id, ", owner: dana}\n---"),+) };
}

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "ownership/overloaded",
        severity: Severity::Note,
        summary: "One person owns more than 25 active partners.",
        why: "With more than that, no partner gets an hour a week. The large ones are looked after, and the others are owned on paper.",
        fires: concat!(
            "=== content/people.yaml\ndana: {name: Dana Wells}",
            partners!("ash" "beech" "birch" "cedar" "elder" "elm" "fir" "gorse" "hazel" "holly" "iris" "ivy" "juniper"),
            partners!("larch" "lime" "maple" "oak" "olive" "pear" "pine" "plum" "poplar" "rowan" "sorrel" "willow" "yew"),
        ),
        says: "Dana Wells owns 26 active partners; 25 are as many as one person can look after",
        passes: concat!("=== content/people.yaml\ndana: {name: Dana Wells}", partners!("ash" "beech" "birch")),
        fix: "Hand some of them over to somebody else, put those that wait on hold, or end those that nobody would miss.",
        settings: "",
    },
    check: Check::Workspace(check),
    ages: false,
};

fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let people = &whole.workspace.people;
    let mut owned: BTreeMap<String, Vec<PartnerId>> = BTreeMap::new();
    for partner in whole.partners().filter(|partner| !partner.has_left && !partner.on_hold) {
        let Some(owner) = filled(partner.data.owner.as_ref()) else { continue };
        let key = people.find(owner).map_or(owner, |person| person.id.as_str());
        owned.entry(slug::fold(key)).or_default().push(partner.at);
    }
    for partners in owned.values().filter(|partners| partners.len() > MOST) {
        let first = partners.first().and_then(|at| whole.workspace.partners.get(*at).map(|entry| (*at, entry)));
        let Some((first, entry)) = first else { continue };
        let Some(owner) = filled(entry.data.owner.as_ref()) else { continue };
        let message =
            format!("{} owns {} active partners; {MOST} are as many as one person can look after", people.name(owner), partners.len());
        let (path, place) = match (people.find(owner), &people.path) {
            (Some(person), Some(path)) => (path, Place::Name(route![&person.id])),
            _ => (&whole.workspace.partner_page(first).path, Place::Key(route!["owner"])),
        };
        found.push(
            Finding::new(&LINT.rule, path, place, message).help("hand some of them over to somebody else, or put those that wait on hold"),
        );
    }
}
