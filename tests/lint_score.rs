//! Rules of the category `score`, by example.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Space;

/// What a rule says of a partner with this front matter: `line:column message`, in the settings without a place.
fn said(rule: &str, settings: &str, front_matter: &str) -> Vec<String> {
    let space = Space::empty().file("partnerbook.yaml", settings).partner("acme", &format!("name: Acme\n{front_matter}"), "");
    let found = space.all_findings();
    let of_rule = found.iter().filter_map(|line| {
        let (place, message) = line.split_once(&format!(" {rule} "))?;
        let place = place.split(' ').next()?;
        Some(format!("{} {message}", place.strip_prefix("content/partners/acme.md:").unwrap_or(place)))
    });
    of_rule.collect()
}

#[test]
fn weights_sum_to_a_hundred_exactly() {
    let said = |criteria: &str| said("score/weights", &format!("scoring:\n  criteria: {{{criteria}}}"), "");
    assert_eq!(said("a: 33.4, b: 33.3, c: 33.3"), [""; 0]);
    assert_eq!(said("a: 33.3, b: 33.3, c: 33.3"), ["partnerbook.yaml:2:3 the weights of the scoring model sum to 99.9, not 100"]);
    assert_eq!(said("a: 110, b: -10").len(), 1, "a weight below 0 counts for nothing");
    assert_eq!(said("a: {weight: 100}, b: {}"), [""; 0]);
    assert_eq!(said("").len(), 0, "the known criteria hold");
    let huge = "79228162514264337593543950335";
    assert_eq!(said(&format!("a: {huge}, b: {huge}")).len(), 1);
}

#[test]
fn the_ends_of_the_scale_are_on_it() {
    assert_eq!(
        said("score/out-of-scale", "", "scores: {strategic-fit: 0.9, distribution: 1, feasibility: 5, mutual-value: {score: 5.1}}"),
        [
            "3:25 `strategic-fit` of `acme` is scored 0.9, and the scale goes from 1 to 5",
            "3:85 `mutual-value` of `acme` is scored 5.1, and the scale goes from 1 to 5"
        ]
    );
    assert_eq!(said("score/out-of-scale", "scoring: {scale: [0, 10]}", "scores: {risk: 0, distribution: 10}"), [""; 0]);
}

#[test]
fn nothing_scored_is_told_once() {
    let low = |settings: &str, front: &str| said("score/low-coverage", settings, front);
    let off = "lint: {score/unscored: off}";
    assert_eq!((low("", "stage: negotiation"), low(off, "stage: research")), (vec![], vec![]));
    assert_eq!(
        low(off, "stage: negotiation"),
        ["2:7 0 % of the weight of the scoring model is scored for `acme`, which is too little for a score"]
    );
}

#[test]
fn what_does_not_count_is_told_once() {
    let slip = "stage: development\nscores: {startegic-fit: 9}";
    assert_eq!(said("score/unknown-criterion", "", slip), ["4:10 `startegic-fit` is not a criterion of the scoring model"]);
    assert_eq!((said("score/unscored", "", slip).len(), said("score/out-of-scale", "", slip).len()), (0, 0));
    assert_eq!(said("score/unscored", "", "stage: development\nscores: {risk: {evidence: none yet}}").len(), 1, "there is no score in it");
    let off = "stage: onboarding\nscores: {strategic-fit: 0, distribution: 1, feasibility: 1, mutual-value: 1}";
    let settings = "scoring: {criteria: {strategic-fit: {weight: 25, minimum: 3}, distribution: 25, feasibility: 25, mutual-value: 25}}";
    assert_eq!(said("score/out-of-scale", settings, off).len(), 1);
    assert_eq!((said("score/below-pass", settings, off).len(), said("score/veto", settings, off).len()), (0, 0), "a slip decides nothing");
}

#[test]
fn high_scores_need_evidence_and_others_do_not() {
    assert_eq!(
        said("score/no-evidence", "", "scores: {strategic-fit: 3.9, distribution: 4, risk: {score: 4, evidence: Two founders left}}"),
        ["3:44 `distribution` of `acme` is scored 4 without evidence"]
    );
    assert_eq!(said("score/no-evidence", "scoring: {scale: [0, 10]}", "scores: {strategic-fit: 7.4, distribution: 7.5}").len(), 1);
}

#[test]
fn sixty_percent_of_the_weight_is_enough() {
    assert_eq!(said("score/low-coverage", "", "scores: {strategic-fit: 3, distribution: 3, feasibility: 3}"), [""; 0], "exactly 60");
    assert_eq!(said("score/low-coverage", "", "scores: {strategic-fit: 3, distribution: 3, risk: 3}").len(), 1);
    assert_eq!(said("score/low-coverage", "", "scores: {risk: {evidence: none yet}}"), [""; 0]);
}

#[test]
fn the_pass_mark_itself_passes_from_onboarding_on() {
    let all = |stage: &str, score: &str| {
        let ids = ["strategic-fit", "distribution", "feasibility", "mutual-value", "decision-velocity"];
        let scores: Vec<String> = ids.iter().map(|id| format!("{id}: {score}")).collect();
        said("score/below-pass", "", &format!("stage: {stage}\nscores: {{{}, risk: 3}}", scores.join(", "))).len()
    };
    assert_eq!((all("onboarding", "3"), all("onboarding", "2.99"), all("negotiation", "2.99"), all("exited", "2.99")), (0, 1, 0, 0));
}

#[test]
fn a_minimum_is_of_what_counts() {
    let settings = "scoring: {criteria: {risk: {weight: 100, inverse: true, minimum: 3}}}";
    assert_eq!(
        said("score/veto", settings, "stage: onboarding\nscores: {risk: 4}"),
        ["4:16 `risk` of `acme` is scored 4, which counts as 2, under its minimum of 3"]
    );
    assert_eq!(said("score/veto", settings, "stage: onboarding\nscores: {risk: 3}"), [""; 0]);
}

#[test]
fn scores_grow_stale_after_twelve_months() {
    let stale = |front_matter: &str| said("score/stale", "", front_matter).len();
    assert_eq!(stale("scores: {risk: {score: 3, on: 2025-11-20}}"), 0, "12 months to the day");
    assert_eq!(stale("scores: {risk: {score: 3, on: 2025-11-19}}"), 1);
    assert_eq!(stale("scores: {risk: {score: 3, on: 2025-11-19}}\non_hold: A merger"), 0, "on hold nothing ages");
    assert_eq!(stale("scores: {risk: {score: 3, on: 2025-11-19}, feasibility: {score: 3, on: 2026-12-01}}"), 1, "a day to come");
    assert_eq!(stale("scores: {risk: 3}"), 0, "nobody says since when");
}
