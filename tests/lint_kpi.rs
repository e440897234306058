//! Rules of the category `kpi`, by example.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Space;

fn space(front_matter: &str) -> Space {
    Space::empty().partner("acme", &format!("name: Acme\n{front_matter}"), "")
}

/// The rules of this category that fire, with what they say.
fn told(space: &Space) -> Vec<String> {
    let found = space.all_findings();
    found.iter().filter_map(|line| Some(line.split_once(" kpi/")?.1.to_owned())).collect()
}

/// Those rules alone, of a partner with this front matter.
fn rules(front_matter: &str) -> Vec<String> {
    told(&space(front_matter)).iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

/// What one of them says.
fn said(rule: &str, front_matter: &str) -> Vec<String> {
    told(&space(front_matter)).iter().filter_map(|line| Some(line.strip_prefix(rule)?.strip_prefix(' ')?.to_owned())).collect()
}

#[test]
fn a_partner_is_measured_when_one_value_is_of_the_last_four_closed_quarters() {
    let fires = |stage: &str, kpis: &str| !said("unmeasured", &format!("stage: {stage}\nkpis: {kpis}")).is_empty();
    assert!(fires("onboarding", "{}") && !fires("negotiation", "{}") && !fires("exited", "{}"));
    assert!(fires("review", "{leads: {target: 5, actuals: {2025-Q3: 4, 2026-Q3: null, 2026-Q2: n/a}}}"), "nothing was measured");
    assert!(!fires("review", "{leads: {target: 5, actuals: {2025-Q4: 4}}}"));
    assert!(!fires("review", "{leads: {target: 5, actuals: {2025-10: 4}}}"), "a month of that quarter");
    assert!(!fires("review", "{leads: {target: 5, actuals: {2025: 4}}}"), "a year that ended in it");
    assert!(fires("review", "{leads: {target: 5, actuals: {2024: 4}}}"));
    assert!(!fires("review", "{leads: {target: 5, actuals: {2026-Q4: 4}}}"), "measuring has begun");
    assert!(fires("review", "{leads: {target: 5, actuals: {2062-Q4: 4}}}"), "a slip in a year");
}

#[test]
fn one_cause_is_one_finding() {
    let old = "{leads: {target: 5, actuals: {2024-Q1: 9, 2024-Q2: 7, 2024-Q3: 5, 2025-Q1: 1}}}";
    assert_eq!(rules(&format!("stage: development\nkpis: {old}")), ["one-category", "unmeasured"]);
    assert_eq!(rules(&format!("kpis: {old}")), ["missing-actual", "stale"], "without a stage nothing is expected");
    assert_eq!(said("missing-actual", &format!("kpis: {old}")), ["`leads` of `acme` has no actual for 2024-Q4"], "a hole, not the tail");
    let gap = "{leads: {target: 10, actuals: {2026-Q2: 5, 2026-Q3: null}}}";
    assert_eq!(rules(&format!("kpis: {gap}")), ["missing-actual"], "the latest closed quarter has none");
    assert_eq!(rules("kpis: {leads: {target: 10, actuals: {2025-Q4: 5}}}"), ["stale"]);
    assert_eq!(rules("kpis: {leads: {target: 10, actuals: {2026-Q2: 5, 2026-Q3: n/a}}}"), [""; 0], "it does not apply any more");
    assert_eq!(rules("kpis: {leads: {target: 10, actuals: {2026-Q1: 11, 2026-Q2: 12, 2026-09: 4}}}"), ["mixed-periods"]);
}

#[test]
fn a_value_is_stale_when_it_is_more_than_two_periods_old() {
    let rules = |actuals: &str| rules(&format!("kpis: {{leads: {{target: 1, actuals: {{{actuals}}}}}}}"));
    assert_eq!((rules("2026-Q1: 5"), rules("2025-Q4: 5")), (vec!["missing-actual".to_owned()], vec!["stale".to_owned()]));
    assert_eq!((rules("2026-08: 5"), rules("2026-07: 5")), (vec!["missing-actual".to_owned()], vec!["stale".to_owned()]));
    assert_eq!((rules("2023: 5"), rules("2022: 5")), (vec!["missing-actual".to_owned()], vec!["stale".to_owned()]));
    let held = "on_hold: A merger\nkpis: {leads: {target: 1, actuals: {2025-Q4: 5}}}";
    assert_eq!(said("stale", held), [""; 0], "on hold nothing ages");
}

#[test]
fn missing_actuals_are_told_once_for_each_kpi_also_without_a_target() {
    let found = said("missing-actual", "kpis: {fleets: {actuals: {2025-Q1: null, 2025-Q2: 5, 2026-Q1: 6, 2026-Q4: 7}}}");
    assert_eq!(found, ["`fleets` of `acme` has no actual for 2025-Q3, 2025-Q4, 2026-Q2 and 2026-Q3"]);
    let csv = space("kpis: {leads: {target: 5}}")
        .file("content/partners/acme/metrics.csv", "kpi,period,actual\nleads,2026-Q1,5\nleads,2026-Q2,\n");
    let found = csv.all_findings();
    let places: Vec<&str> =
        found.iter().filter(|line| line.contains("missing-actual")).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["content/partners/acme/metrics.csv:3:1"], "where the first one is not filled in");
}

#[test]
fn a_gap_starts_under_eighty_percent() {
    let rules = |target: &str, actual: &str| rules(&format!("kpis: {{leads: {{target: {target}, actuals: {{2026-Q3: {actual}}}}}}}"));
    assert_eq!((rules("3", "2.4"), rules("3", "2.399")), (vec![], vec!["gap".to_owned()]));
    let own = space("kpis: {leads: {target: 100, actuals: {2026-Q3: 72}}}").file("partnerbook.yaml", "kpi_status: {yellow: 70}");
    assert_eq!(told(&own), [""; 0]);
}

#[test]
fn a_contractual_gap_is_an_error_until_an_issue_is_open() {
    let with = |status: &str| {
        let space = space("kpis: {leads: {target: 10, commitment: contractual, actuals: {2026-Q3: 5}}}");
        told(&space.file("content/partners/acme/issues/slow.md", format!("---\nstatus: {status}\n---\nSlow.\n")))
    };
    let one = |found: Vec<String>| found.iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(one(with("in-progress")), ["gap"]);
    assert_eq!(one(with("resolved")), ["gap-without-issue"]);
    let found = space("kpis: {leads: {target: 10, commitment: aspirational, actuals: {2026-Q3: 5}}}");
    assert_eq!(one(told(&found)), ["gap"]);
}

#[test]
fn rates_are_asked_for_once_for_each_currency_and_period() {
    let euro = "kpis: {revenue: {unit: EUR, target: 1, actuals: {2026-08: 5, 2026-09: 5}}, returns: {unit: EUR, target: 1, actuals: {2026-09: 5}}}";
    let space = space(&format!("investment: {{ours: 100}}\n{euro}"))
        .partner("beta", "name: Beta\nkpis: {revenue: {unit: EUR, target: 1, actuals: {2026-08: 7, 2026-09: 7}}}", "")
        .partner("gone", "name: Gone\nstage: exited\naccounts: [{name: A, value: {amount: 5, currency: CHF}}]", "")
        .file("partnerbook.yaml", "kpis: {returns: {category: financial, aggregate: sum}}\nfx:\n  2026-08: {EUR: 1.1}\n");
    let found = space.all_findings();
    let found: Vec<&str> = found.iter().filter(|line| line.contains("missing-rate")).map(String::as_str).collect();
    assert_eq!(
        found,
        [
            "partnerbook.yaml:2:1 error kpi/missing-rate there is no exchange rate from CHF to USD for 2026-Q3",
            "partnerbook.yaml:2:1 error kpi/missing-rate there is no exchange rate from EUR to USD for 2026-09"
        ]
    );
}

#[test]
fn a_review_is_held_against_the_data_of_its_own_quarter() {
    let review = |summary: &str, body: &str| {
        let space = space("kpis: {revenue: {target: 500000, actuals: {2026-Q2: 375000, 2026-Q3: 449600, 2026-Q4: 12000}}, adoption: {unit: \"%\", category: operational, target: 50, actuals: {2026-Q3: 45}}}")
            .file("content/partners/acme/qbr/2026-Q3.md", format!("---\ndate: 2026-10-06\nsummary: {summary}\n---\n{body}\n"));
        let found = space.all_findings();
        let lines = found.iter().filter(|line| line.contains("typed-number-differs"));
        lines.map(|line| line.trim_start_matches("content/partners/acme/qbr/2026-Q3.md:").to_owned()).collect::<Vec<_>>()
    };
    for fine in [
        "Revenue was 450k",
        "Revenue reached 0.45M",
        "Revenue was $449,600",
        "Revenue reached 90 % of its target",
        "Adoption was 45 %",
        "Adoption reached 90 %",
    ] {
        assert_eq!(review(fine, fine), [""; 0], "{fine}");
    }
    assert_eq!(
        review("Revenue reached 95 % of target", "We met.\n\n- All good. **Revenue** was\n  475,000, a record."),
        [
            "3:10 warning kpi/typed-number-differs this review says that `revenue` reached 95 % of its target, and the data says 89.9 % for 2026-Q3",
            "8:3 warning kpi/typed-number-differs this review says that `revenue` was 475,000, and the data says USD 449,600 for 2026-Q3"
        ]
    );
    assert_eq!(review("Adoption was 54 %", "> Revenue was 1,000,000\n\nNext quarter: revenue was promised at 500,000.").len(), 1);
}

#[test]
fn a_category_without_weight_is_not_asked_for() {
    let with = |settings: &str| {
        let kpis = "roi: {target: 5, actuals: {2026-Q3: 6}}, referrals-given: {target: 5, actuals: {2026-Q3: 6}}";
        told(&space(&format!("stage: development\nkpis: {{{kpis}}}")).file("partnerbook.yaml", settings))
    };
    assert_eq!(with(""), ["one-category `acme` has no relationship and no strategic KPI"]);
    assert_eq!(with("health: {weights: {strategic: 0}}"), ["one-category `acme` has no relationship KPI"]);
}

#[test]
fn a_missing_category_comes_with_a_kpi_to_use() {
    let help = |settings: &str| {
        let kpis = "roi: {target: 5, actuals: {2026-Q3: 6}}, referrals-given: {target: 5, actuals: {2026-Q3: 6}}";
        let space = space(&format!("stage: development\nkpis: {{{kpis}}}")).file("partnerbook.yaml", settings);
        let found = space.site().workspace.findings;
        found.into_iter().find(|finding| finding.rule.name == "kpi/one-category").and_then(|finding| finding.help).unwrap()
    };
    assert_eq!(
        help(""),
        "add a KPI with `category: relationship` and one with `category: strategic`, or use `satisfaction` and `priority-alignment`"
    );
    assert_eq!(
        help("kpis: {satisfaction: {category: operational}}\nhealth: {weights: {strategic: 0}}"),
        "add a KPI with `category: relationship`, or use `meeting-attendance`",
        "this workspace keeps the first one elsewhere"
    );
}
