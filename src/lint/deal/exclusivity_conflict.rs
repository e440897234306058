use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::{Check, Lint, Subject, Whole};
use super::{exclusivity, is_blank};
use crate::content::read::short;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::agreement::Exclusivity;
use crate::route;
use crate::text::slug;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "deal/exclusivity-conflict",
        severity: Severity::Error,
        summary: "Two partners are exclusive for the same scope in the same geography at one time.",
        why: "One of two promises will be broken, and both partners can prove theirs. It is cheaper to put right while it is only a \
              line in a file.",
        fires: "\
exclusivity: {scope: CRM sync, geography: DACH, from: 2026-01-08, until: 2027-01-07}
=== content/partners/globex.md
---
name: Globex
exclusivity: {scope: CRM Sync, geography: dach, from: 2026-09-01, until: 2027-08-31}
---",
        says: "`acme` and `globex` are both exclusive for CRM Sync in dach from 2026-09-01 to 2027-01-07",
        passes: "\
exclusivity: {scope: CRM sync, geography: DACH, from: 2026-01-08, until: 2026-08-31}
=== content/partners/globex.md
---
name: Globex
exclusivity: {scope: CRM Sync, geography: dach, from: 2026-09-01, until: 2027-08-31}
---",
        fix: "Compare both agreements. Narrow the scope, the place or the time of one of them, and write down what holds. Capitals, \
              blanks and hyphens make no difference here; other words do: `DACH` and `Germany` are not compared.",
        settings: "",
    },
    check: Check::Workspace(check),
    ages: false,
};

/// An exclusivity that is complete enough to be compared.
struct Claim<'a> {
    partner: Subject<'a>,
    exclusivity: &'a Exclusivity,
    /// Its first day, the earliest of all where it names none.
    from: Date,
    /// Its last day, the latest of all where it names none.
    until: Date,
}

fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let mut groups: BTreeMap<(String, String), Vec<Claim<'_>>> = BTreeMap::new();
    for partner in whole.partners().filter(|partner| !partner.has_left) {
        let Some(exclusivity) = exclusivity(&partner) else { continue };
        let (from, until) = (exclusivity.from.unwrap_or(Date::MIN), exclusivity.until.unwrap_or(Date::MAX));
        let (Some(scope), Some(geography)) = (&exclusivity.scope, &exclusivity.geography) else { continue };
        if from <= until && !is_blank(Some(scope)) && !is_blank(Some(geography)) {
            let same = (slug::plain(scope), slug::plain(geography));
            groups.entry(same).or_default().push(Claim { partner, exclusivity, from, until });
        }
    }
    for mut claims in groups.into_values() {
        claims.sort_by(|one, other| (one.from, one.partner.path).cmp(&(other.from, other.partner.path)));
        // Of all that began before, the one that lasts longest is in the way if any is.
        let mut longest: Option<&Claim<'_>> = None;
        for claim in &claims {
            if let Some(earlier) = longest.filter(|earlier| claim.from <= earlier.until) {
                found.push(conflict(earlier, claim));
            }
            if longest.is_none_or(|earlier| claim.until > earlier.until) {
                longest = Some(claim);
            }
        }
    }
}

fn conflict(earlier: &Claim<'_>, later: &Claim<'_>) -> Finding {
    let last = earlier.until.min(later.until);
    let when = match (later.exclusivity.from, last == Date::MAX) {
        (Some(from), false) => format!("from {from} to {last}"),
        (Some(from), true) => format!("from {from} on"),
        (None, false) => format!("until {last}"),
        (None, true) => "at one time".to_owned(),
    };
    let words = |text: &Option<String>| short(text.as_deref().unwrap_or_default());
    let (scope, geography) = (words(&later.exclusivity.scope), words(&later.exclusivity.geography));
    let (one, other) = (earlier.partner.id(), later.partner.id());
    let message = format!("`{one}` and `{other}` are both exclusive for {scope} in {geography} {when}");
    let place = || route!["exclusivity", "scope"];
    later
        .partner
        .finding(&LINT, place(), message)
        .related(earlier.partner.path, Place::Key(place()), "the earlier one")
        .help("narrow the scope, the geography or the time of one of the two")
}
