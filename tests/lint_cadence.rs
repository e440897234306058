//! Rules about communication and review: where they begin and end, and which of them tells what.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Space;

/// A workspace with one partner, `acme`.
fn acme(front: &str) -> Space {
    Space::empty().partner("acme", &format!("name: Acme\n{front}"), "")
}

/// With a review of a period.
fn review(space: Space, period: &str, front: &str) -> Space {
    space.file(&format!("content/partners/acme/qbr/{period}.md"), format!("---\n{front}\n---\n"))
}

/// What these rules find: `file:line rule message`, without the folder and the word `cadence`.
fn told(space: &Space, rules: &[&str]) -> Vec<String> {
    let findings = space.site().workspace.findings;
    let about = |name: &str| name.strip_prefix("cadence/").is_some_and(|rule| rules.contains(&rule));
    assert!(findings.iter().all(|finding| finding.rule.category() != "input"), "{findings:?}");
    let lines = common::shown(&space.root(), &findings);
    let own = findings.iter().zip(lines).filter(|(finding, _)| about(finding.rule.name));
    own.map(|(finding, line)| {
        let place: Vec<&str> = line.split(':').take(2).collect();
        let place = place.join(":").replace("content/partners/", "");
        format!("{place} {} {}", finding.rule.name.replace("cadence/", ""), finding.message)
    })
    .collect()
}

/// How many findings a rule has.
fn count(space: &Space, rule: &str) -> usize {
    told(space, &[rule]).len()
}

#[test]
fn a_forum_is_overdue_on_the_day_after_twice_its_interval() {
    let last = |every: &str, day: &str| {
        count(&acme(&format!("forums: {{working: {every}}}\nmeetings: [{{forum: Working, date: {day}}}]")), "meeting-overdue")
    };
    for (every, in_time, late) in [
        ("day", "2026-11-16", "2026-11-15"),
        ("week", "2026-11-06", "2026-11-05"),
        ("fortnight", "2026-10-23", "2026-10-22"),
        ("month", "2026-09-20", "2026-09-19"),
        ("quarter", "2026-05-20", "2026-05-19"),
        ("half-year", "2025-11-20", "2025-11-19"),
        ("year", "2024-11-20", "2024-11-19"),
    ] {
        assert_eq!((last(every, in_time), last(every, late)), (0, 1), "every {every}");
    }
}

#[test]
fn without_any_recorded_meeting_there_is_one_finding_and_it_counts_from_onboarding() {
    let since = |day: &str| {
        acme(&format!(
            "lifecycle:\n  - {{stage: negotiation, entered: 2025-01-01}}\n  - {{stage: onboarding, entered: {day}}}\nforums: {{working: week, executive: quarter}}"
        ))
    };
    assert_eq!(
        told(&since("2026-05-01"), &["meeting-overdue"]),
        [
            "acme.md:6 meeting-overdue no meeting of `working` (every week) or `executive` (every quarter) with `acme` is recorded since it entered stage onboarding on 2026-05-01"
        ]
    );
    assert_eq!(
        told(&since("2026-11-05"), &["meeting-overdue"]),
        [
            "acme.md:6 meeting-overdue no meeting of `working` (every week) with `acme` is recorded since it entered stage onboarding on 2026-11-05"
        ]
    );
    assert_eq!(count(&since("2026-11-06"), "meeting-overdue"), 0, "two weeks are not over");
    assert_eq!(count(&acme("stage: development\nforums: {working: week}"), "meeting-overdue"), 0, "nobody says since when");
    let one_recorded = acme(
        "lifecycle: [{stage: onboarding, entered: 2026-05-01}]\nforums: {working: week, executive: quarter}\nmeetings: [{forum: working, date: 2026-11-18}]",
    );
    assert_eq!(
        told(&one_recorded, &["meeting-overdue"]),
        [
            "acme.md:4 meeting-overdue `executive` of `acme` meets every quarter, and none was held since the partner entered stage onboarding on 2026-05-01"
        ]
    );
}

#[test]
fn a_mistyped_forum_is_told_as_such_and_its_meetings_count() {
    let with = |forum: &str| {
        let meetings = format!("meetings:\n  - {{forum: {forum}, date: 2026-11-11}}\n  - {{forum: {forum}, date: 2026-11-18}}");
        let space = acme(&format!("forums: {{working: week}}\nlifecycle: [{{stage: onboarding, entered: 2026-05-01}}]\n{meetings}"));
        let findings = space.all_findings();
        let about = |line: &&String| line.contains("forum") || line.contains("meeting");
        findings.iter().filter(about).map(|line| line.replace("content/partners/", "")).collect::<Vec<_>>()
    };
    assert_eq!(with("Working"), [""; 0]);
    assert_eq!(with("workng"), ["acme.md:6:13 error input/broken-link there is no forum `workng`"]);
    // A forum that was given up keeps its meetings, and a first call is of no forum.
    let other = with("kick-off");
    assert_eq!(other.len(), 1, "{other:?}");
    assert!(other[0].contains("cadence/meeting-overdue no meeting of `working`"), "{other:?}");
}

#[test]
fn two_cancelled_meetings_are_told_once() {
    let meetings =
        |others: &str| acme(&format!("forums: {{working: week}}\nmeetings:\n  - {{forum: working, date: 2026-09-01}}\n{others}"));
    let cancelled = |day: &str| format!("  - {{forum: working, date: {day}, held: false}}\n");
    let both = ["meeting-overdue", "two-cancelled"];
    // Written in any order; one that is planned is none yet.
    let two = meetings(&(cancelled("2026-11-16") + &cancelled("2026-11-09") + "  - {forum: working, date: 2026-11-23}"));
    let says = "acme.md:6 two-cancelled the last two meetings of `working` with `acme` were not held, on 2026-11-09 and 2026-11-16";
    assert_eq!(told(&two, &both), [says]);
    let three = meetings(&(cancelled("2026-11-02") + &cancelled("2026-11-09") + &cancelled("2026-11-16")));
    assert_eq!(
        told(&three, &both),
        ["acme.md:8 two-cancelled the last 3 meetings of `working` with `acme` were not held, from 2026-11-02 to 2026-11-16"]
    );
    let one = told(&meetings(&cancelled("2026-11-16")), &both);
    assert_eq!(one, ["acme.md:3 meeting-overdue `working` of `acme` meets every week, and was last held on 2026-09-01, 80 days ago"]);
    let off = two.file("partnerbook.yaml", "lint: {cadence/two-cancelled: off}");
    assert_eq!(told(&off, &both), one, "where nobody wants to hear of the one rule, the other speaks");
}

#[test]
fn nobody_looked_back_from_the_121st_day_on() {
    let since = |day: &str, more: &str| acme(&format!("lifecycle: [{{stage: development, entered: {day}}}]\n{more}"));
    let both = ["never-reviewed", "review-overdue"];
    assert_eq!(
        told(&since("2026-07-22", ""), &both),
        ["acme.md:2 never-reviewed `acme` entered stage development on 2026-07-22, 121 days ago, and was never reviewed"]
    );
    assert_eq!(told(&since("2026-07-23", ""), &both), ["acme.md:2 review-overdue the review of `acme` for 2026-Q3 is overdue"], "120 days");
    assert_eq!(
        told(&since("2025-02-01", "reviewed: 2026-01-10"), &both),
        ["acme.md:2 review-overdue the reviews of `acme` for 2026-Q1, 2026-Q2 and 2026-Q3 are overdue"]
    );
    assert_eq!(
        told(&since("2025-02-01", "reviewed: 2025-02-10"), &both),
        ["acme.md:2 review-overdue the reviews of `acme` for 7 quarters, 2025-Q1 to 2026-Q3, are overdue"]
    );
    assert_eq!(told(&since("2025-02-01", "reviewed: 2026-10-10"), &both), [""; 0], "no quarter has ended since");
    assert_eq!(told(&since("2025-02-01", "on_hold: A merger"), &both), Vec::<String>::new(), "on hold");
    assert_eq!(
        told(&review(since("2025-02-01", ""), "2026-08", "date: 2026-09-01"), &both),
        Vec::<String>::new(),
        "a month of the quarter"
    );
    let empty = since("2025-02-01", "").file("content/partners/acme/qbr/2026-Q3.md", "");
    assert_eq!(told(&empty, &both), Vec::<String>::new(), "an empty file is a review all the same");
}

#[test]
fn never_reviewed_names_the_move_since_which() {
    let space = acme("lifecycle:\n  - {stage: onboarding, entered: 2017-01-01}\n  - {stage: development, entered: 2018-08-29}");
    let found = space.site().workspace.findings;
    let never = found.iter().find(|finding| finding.rule.name == "cadence/never-reviewed").unwrap();
    assert_eq!(never.message, "`acme` entered stage development on 2018-08-29, 3,005 days ago, and was never reviewed");
    let related: Vec<(u32, &str)> = never.related.iter().map(|place| (place.line, place.label.as_ref())).collect();
    assert_eq!(related, [(5, "since this move")]);
}

#[test]
fn who_says_nothing_of_a_stage_is_in_the_first_one() {
    let members = "lifecycle: {exit: left, stages: [{id: member}]}";
    let of = |front: &str, rules: &[&str]| told(&acme(front).file("partnerbook.yaml", members), rules);
    assert_eq!(of("", &["none"]), ["acme.md:2 none `acme` is in stage member and has no regular meeting"]);
    assert_eq!(of("", &["never-reviewed", "review-overdue"]), ["acme.md:2 review-overdue the review of `acme` for 2026-Q3 is overdue"]);
    assert_eq!(of("reviewed: 2026-10-10", &["review-overdue"]), [""; 0]);
    assert_eq!(count(&acme(""), "review-overdue"), 0, "the first stage of the default lifecycle has no reviews");
}

#[test]
fn what_is_to_come_is_not_there_yet() {
    let since = |day: &str, more: &str| acme(&format!("lifecycle: [{{stage: development, entered: {day}}}]\n{more}"));
    let both = ["never-reviewed", "review-overdue"];
    let never = "acme.md:2 never-reviewed `acme` entered stage development on 2026-02-01, 292 days ago, and was never reviewed";
    assert_eq!(told(&since("2026-02-01", "reviewed: 2026-11-20"), &["never-reviewed"]), [""; 0], "today");
    let at_slip = never.replace(":2 ", ":4 ");
    assert_eq!(told(&since("2026-02-01", "reviewed: 2027-11-20"), &both), [at_slip], "a slip in the year");
    assert_eq!(told(&review(since("2026-02-01", ""), "2026-Q4", "wins: [W]"), &both), [never], "the quarter is not over");
    let planned = |day: &str| {
        let held = review(since("2026-02-01", ""), "2026-Q2", "date: 2026-07-08");
        let planned = review(held, "2026-Q3", &format!("date: {day}"));
        planned.site().workspace.findings.into_iter().filter(|finding| finding.rule.name == "cadence/review-overdue").collect::<Vec<_>>()
    };
    assert_eq!(planned("2026-11-20").len(), 0);
    let found = planned("2026-11-21");
    assert_eq!(found[0].message, "the review of `acme` for 2026-Q3 is overdue");
    assert_eq!(found[0].advice(), Some("hold the review; it counts from its `date` on"), "its file is there");
    assert_eq!(found[0].related[0].label, "it is prepared, and not held yet");
}

#[test]
fn a_review_is_judged_once_it_is_held_and_asked_for_the_next_while_it_is_the_newest() {
    let full = "summary: S\nwins: [W]\nchallenges: [C]\nactions: [{text: A, done: yes}]";
    let mut space = review(acme(""), "2026-Q1", full);
    space = review(space, "2026-Q2", "date: 2026-07-08\nsummary: S");
    space = space.file("content/partners/acme/qbr/2026-Q3.md", "");
    assert_eq!(
        told(&space, &["review-incomplete"]),
        [
            "acme/qbr/2026-Q2.md:2 review-incomplete the review of `acme` for 2026-Q2 has no wins, challenges or actions",
            "acme/qbr/2026-Q3.md:1 review-incomplete the review of `acme` for 2026-Q3 has no summary, wins, challenges, actions or next date"
        ]
    );
    for prepared in [("2026-Q4", "summary:"), ("2026-Q3", "date: 2026-11-21")] {
        assert_eq!(count(&review(acme(""), prepared.0, prepared.1), "review-incomplete"), 0, "{prepared:?}");
    }
    assert_eq!(count(&review(acme(""), "2026-Q3", "date: 2026-11-20"), "review-incomplete"), 1);
}

#[test]
fn challenges_without_wins_are_unbalanced_and_not_incomplete() {
    let space = review(acme(""), "2026-Q3", "summary: S\nchallenges: [C, D]\nactions: [{text: A, done: yes}]\nnext: 2027-01-12");
    let both = ["review-incomplete", "unbalanced-review"];
    assert_eq!(
        told(&space, &both),
        ["acme/qbr/2026-Q3.md:3 unbalanced-review the review of `acme` for 2026-Q3 has 2 challenges and no win"]
    );
    let off = space.file("partnerbook.yaml", "lint: {cadence/unbalanced-review: off}");
    assert_eq!(told(&off, &both), ["acme/qbr/2026-Q3.md:2 review-incomplete the review of `acme` for 2026-Q3 has no wins"]);
}

#[test]
fn an_action_counts_once_and_only_where_it_stands_last() {
    let late = |text: &str| format!("actions: [{{text: {text}, owner: dana, due: 2026-11-19}}]");
    let overdue = ["action-overdue"];
    assert_eq!(
        told(&acme(&late("Call")), &overdue),
        ["acme.md:3 action-overdue the action `Call` of `acme` was due on 2026-11-19, yesterday, and is not done"]
    );
    assert_eq!(count(&acme("actions: [{text: Call, due: 2026-11-20}]"), "action-overdue"), 0, "today there is time");
    // The second quarter's is no longer current, the is.
    let mut space = review(acme(""), "2026-Q2", &late("Old"));
    space = review(space, "2026-Q3", &late("New"));
    space = space.file("content/partners/acme/issues/slow.md", format!("---\n{}\n---\n", late("Mend")));
    assert_eq!(count(&space, "action-overdue"), 2);
    // A review that is only prepared does not end the one before.
    let prepared = review(review(acme(""), "2026-Q3", &late("New")), "2026-Q4", "wins: [W]");
    assert_eq!(told(&prepared, &overdue).len(), 1);
    let carried = review(acme(&late("New")), "2026-Q3", &late("new"));
    assert_eq!(told(&carried, &overdue).len(), 1, "in both files it is one action");
    let done = review(acme(""), "2026-Q3", "actions: [{text: Mend, done: 2026-10-01}]");
    let done = done.file("content/partners/acme/issues/slow.md", format!("---\n{}\n---\n", late("Mend")));
    assert_eq!(told(&done, &overdue), Vec::<String>::new(), "done in one file is done");
}

#[test]
fn an_action_is_dropped_where_nothing_takes_it_up() {
    let agreed = "actions: [{text: Train them, owner: dana, due: 2026-09-15}]";
    let next =
        |front: &str, review_front: &str| count(&review(review(acme(front), "2026-Q2", agreed), "2026-Q3", review_front), "dropped-action");
    assert_eq!(next("", "summary: S"), 1);
    assert_eq!(next("", "actions: [{text: TRAIN THEM, done: yes}]"), 0);
    assert_eq!(next("", "challenges: [{title: Few referrals, action: Train them}]"), 0);
    assert_eq!(next("actions: [Train them]", "summary: S"), 0);
    assert_eq!(next("", "date: 2026-12-01"), 0, "the next review has not been held");
    // Of the months between two quarters, the last one that names it counts.
    let months = review(review(acme(""), "2026-Q2", agreed), "2026-08", agreed);
    assert_eq!(
        told(&review(months, "2026-Q3", "summary: S"), &["dropped-action"]),
        [
            "acme/qbr/2026-08.md:2 dropped-action the action `Train them` of `acme` was agreed in the review of 2026-08, is not done, and is not in that of 2026-Q3"
        ]
    );
}

#[test]
fn the_home_page_has_the_overdue_actions_of_the_rule() {
    let late = |text: &str| format!("actions: [{{text: {text}, owner: dana, due: 2026-10-15}}]");
    let space = review(review(acme(&late("Of the file")), "2026-Q2", &late("Of an old review")), "2026-Q3", &late("Of the newest review"))
        .file("content/partners/acme/issues/slow.md", format!("---\nstatus: open\n{}\n---\n", late("Of an issue")))
        .partner("held", &format!("name: Held\non_hold: A merger\n{}", late("Of one on hold")), "");
    let told = told(&space, &["action-overdue"]);
    let built = space.build();
    let home = String::from_utf8_lossy(&built.pages["index.html"]);
    let list = home.split("Overdue actions").nth(1).unwrap().split("</ul>").next().unwrap();
    for (text, is_there) in [
        ("Of the file", true),
        ("Of the newest review", true),
        ("Of an issue", true),
        ("Of an old review", false),
        ("Of one on hold", false),
    ] {
        let by_rule = told.iter().any(|line| line.contains(&format!("`{text}`")));
        assert_eq!((by_rule, list.contains(text)), (is_there, is_there), "{text}");
    }
}
