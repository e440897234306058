//! What `check --fix` makes of files in which something has slipped.

use std::path::Path;

use partnerbook::commands::fix::{Look, fix, plan};
use partnerbook::diagnostics::Finding;
use partnerbook::site::Site;
use proptest::prelude::*;

use crate::cases;
use crate::common::{DAY, Space, tree};
use crate::soup;

const ACME: &str = "\u{feff}---\r\nname: Ärger & Söhne\r\nstatus: thriving # for now\r\nowner: \"dana\"\r\nreviewed: 2026-11-13\r\n\
    model: reseller\r\nstage: negotiation\r\nlifecycle:\r\n  - {stage: research, entered: 2026-01-15, decision: approved-for-outreach}\r\n  \
    - stage: 'negotiation'\r\n    entered: 2026-02-01\r\nkpis:\r\n  revenue: {target: 1200000, frequency: quarter, actuals: {2026-Q1: 5, 2026-Q2: \"6\"}}\r\n\
    term: {start: 2026-01-01, end: 2026-12-31}\r\nx-own: 2026/01/01\r\n---\r\n\r\n# Höhe\r\n\r\nowner: nobody";
const METRICS: &str = "partner;kpi;period;actual;target;note\nacme;leads;2026-Q1;5;10;\"so; so\"\n# later\nacme;leads;2026-Q2;1200000;;\n";
const SETTINGS: &str =
    "title: Ours\nlint: {waiver/unused: off}\nhealth:\n  weights: {business: 60, operational: 40}\nfx: {2026-Q1: {EUR: 1.1}}\n";
const FILES: [(&str, &str); 3] = [("content/partners/acme.md", ACME), ("content/metrics.csv", METRICS), ("partnerbook.yaml", SETTINGS)];

/// What people do to a file.
#[derive(Debug, Clone)]
enum Slip {
    Swap(prop::sample::Index),
    Drop(prop::sample::Index),
    Twice(prop::sample::Index),
    Insert(prop::sample::Index, String),
    /// A date or a number in another form.
    Reform(prop::sample::Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    use prop::sample::Index;
    prop_oneof![
        4 => any::<Index>().prop_map(Slip::Swap),
        4 => any::<Index>().prop_map(Slip::Drop),
        3 => any::<Index>().prop_map(Slip::Twice),
        1 => (any::<Index>(), soup::yaml()).prop_map(|(at, text)| Slip::Insert(at, text.chars().take(8).collect())),
        3 => any::<Index>().prop_map(Slip::Reform),
    ]
}

fn apply(text: &str, slip: &Slip) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    match slip {
        Slip::Swap(at) => {
            let at = at.index(chars.len() - 1);
            chars.swap(at, at + 1);
        }
        Slip::Drop(at) => drop(chars.remove(at.index(chars.len()))),
        Slip::Twice(at) => {
            let at = at.index(chars.len());
            chars.insert(at, chars[at]);
        }
        Slip::Insert(at, new) => {
            let at = at.index(chars.len());
            chars.splice(at..at, new.chars());
        }
        Slip::Reform(at) => {
            let known = [("2026-11-13", "13.11.2026"), ("2026-01-15", "Jan 15, 2026"), ("1200000", "1.200.000"), ("2026-Q1", "Q1 2026")];
            let (old, new) = known[at.index(known.len())];
            return text.replace(old, new);
        }
    }
    chars.into_iter().collect()
}

fn look(root: &Path) -> Look<'_> {
    Look { root, as_of: DAY.parse().unwrap(), drafts: false }
}

/// What cannot be understood, and what else has a fix. What is understood at last may have something else wrong with it.
fn findings(space: &Space) -> Vec<Finding> {
    let mut found = Site::new(space.workspace()).workspace.findings;
    found.retain(|finding| {
        matches!(finding.rule.name, "lifecycle/stage-mismatch" | "lifecycle/wrong-decision" | "waiver/incomplete")
            || finding.rule.category() == "input"
    });
    found
}

/// How often each rule finds something in each file.
fn counts(findings: &[Finding]) -> std::collections::BTreeMap<(String, &'static str), usize> {
    let mut counts = std::collections::BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.path.to_string(), finding.rule.name)).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_fix_adds_no_finding_and_there_is_no_second_one(file in 0..FILES.len(), slips in prop::collection::vec(slip(), 1..4)) {
        let mut space = Space::new();
        for (path, text) in FILES {
            space = space.file(path, text);
        }
        let (path, text) = FILES[file];
        let slipped = slips.iter().fold(text.to_owned(), |text, slip| apply(&text, slip));
        space.write(path, &slipped);
        let (found, before) = (findings(&space), tree(&space.root()));
        let report = fix(plan(&look(&space.root()), &|_| true));
        prop_assert!(report.failures.is_empty());
        let (left, after) = (findings(&space), tree(&space.root()));

        prop_assert_eq!(report.fixed.is_empty(), before == after);
        prop_assert!(left.len() < found.len() || report.fixed.is_empty());
        let counted = counts(&found);
        for (rule, count) in counts(&left) {
            prop_assert!(count <= counted.get(&rule).copied().unwrap_or_default(), "{rule:?} in {}", String::from_utf8_lossy(&after[path]));
        }
        for (path, bytes) in &after {
            let (old, new) = (std::str::from_utf8(&before[path]).unwrap(), std::str::from_utf8(bytes).unwrap());
            let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
            let (old, new) = (lines(old), lines(new));
            prop_assert_eq!(old.len(), new.len());
            for (at, (old, new)) in old.iter().zip(&new).enumerate() {
                // Only a line with a fix changes, and its end does not.
                let has_fix = report.fixed.iter().any(|finding| finding.path.as_ref() == path && finding.line as usize == at + 1);
                prop_assert!(old == new || has_fix, "{old:?} became {new:?}");
                let ends = |line: &str| line.chars().rev().take_while(|c| c.is_whitespace()).collect::<String>();
                prop_assert_eq!(ends(old), ends(new));
            }
        }

        let again = fix(plan(&look(&space.root()), &|_| true));
        prop_assert!(again.fixed.is_empty());
        prop_assert!(tree(&space.root()) == after);
    }

    #[test]
    fn nothing_that_is_written_stops_it(text in soup::page(), metrics in soup::csv(), settings in soup::yaml()) {
        let space = Space::new().file("content/partners/acme.md", text).file("content/metrics.csv", metrics).file("partnerbook.yaml", settings);
        let found = counts(&findings(&space));
        let report = fix(plan(&look(&space.root()), &|_| true));
        prop_assert!(report.failures.is_empty());
        for (rule, count) in counts(&findings(&space)) {
            prop_assert!(count <= found.get(&rule).copied().unwrap_or_default(), "{rule:?}");
        }
    }
}
