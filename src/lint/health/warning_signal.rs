use super::super::{Check, Lint, Subject};
use super::uncleared;
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::route;
use crate::text;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "health/warning-signal",
        severity: Severity::Warning,
        summary: "A warning signal is not cleared; two or more are an error.",
        why: "A champion who left or calls that nobody returns come months before the numbers fall. One signal can be chance; two at \
              a time seldom are.",
        fires: "\
signals:
  - {type: champion-lost, date: 2026-08-01, evidence: Sam Lee has moved on}",
        says: "a warning signal of `acme` is not cleared: champion-lost since 2026-08-01",
        passes: "\
signals:
  - {type: champion-lost, date: 2026-08-01, evidence: Sam Lee has moved on, cleared: 2026-09-12}",
        fix: "Act on it: for a lost champion, for instance, ask the sponsor to name another. Once it is over, write the day as \
              `cleared`; the signal stays in the file as part of the history.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut places = Vec::new();
    let mut names = Vec::new();
    for (at, signal) in uncleared(partner) {
        let Some(kind) = signal.kind else { continue };
        places.push(at);
        names.push(signal.date.map_or_else(|| kind.word().to_owned(), |day| format!("{} since {day}", kind.word())));
    }
    let Some((first, others)) = places.split_first() else { return };
    let (many, severity) = match names.len() {
        1 => ("a warning signal".to_owned(), Severity::Warning),
        n => (format!("{n} warning signals"), Severity::Error),
    };
    let are = if names.len() == 1 { "is" } else { "are" };
    let message = format!("{many} of `{}` {are} not cleared: {}", partner.id(), text::list(&names, "and"));
    let mut finding = partner.finding(&LINT, route!["signals", *first], message).severity(severity);
    for at in others {
        finding = finding.related(partner.path, Place::Key(route!["signals", *at, "type"]), "and this one");
    }
    found.push(finding.help("decide who does what about it, and write `cleared: …` with the day on which it is over"));
}
