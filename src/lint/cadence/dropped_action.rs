use super::super::{Check, Lint, Subject};
use super::actions::{self, Dropped};
use crate::diagnostics::{Finding, Place, Rule, Severity};

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "cadence/dropped-action",
        severity: Severity::Warning,
        summary: "An open action of the last review is neither done nor in the review after it.",
        why: "It was agreed, and then it was forgotten, by both sides or only by one. The next review should begin with what the \
              last one decided.",
        fires: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/qbr/2026-Q2.md
---
date: 2026-07-08
actions: [{text: Train their sales team, owner: dana, due: 2026-09-15}]
---
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
actions: [{text: Write the case study, owner: dana, due: 2026-12-15}]
---",
        says: "the action `Train their sales team` of `acme` was agreed in the review of 2026-Q2, is not done, and is not in that of 2026-Q3",
        passes: "\
=== content/partners/acme.md
---
name: Acme
---
=== content/partners/acme/qbr/2026-Q2.md
---
date: 2026-07-08
actions: [{text: Train their sales team, owner: dana, due: 2026-09-15}]
---
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-06
actions:
  - {text: Train their sales team, owner: dana, due: 2026-12-15}
  - {text: Write the case study, owner: dana, due: 2026-12-15}
---",
        fix: "If it is done, write `done` with the day. If it is still to be done, add it to the newer review in the same words, with a new \
              `due`; the partner's own `actions`, an issue, or a challenge, initiative or ask of the newer review will do as well. \
              If it is not needed any more, remove it, or write `done: yes` and say why in the review.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: true,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    for Dropped { open, agreed, newest, page } in actions::dropped(partner) {
        let says = format!("was agreed in the review of {agreed}, is not done, and is not in that of {newest}");
        let finding = open.finding(partner, &LINT, "text", &says).related(&page.path, Place::File, "the newer review");
        found.push(finding.help(format!("write `done: …` if it is done, or add it to the review of {newest} in the same words")));
    }
}
