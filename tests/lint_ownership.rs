//! Rules of ownership at their edges; what they say of plain cases is in their own examples.

#![allow(missing_docs)]

mod common;

use common::Space;

const PEOPLE: &str = "dana: {name: Dana Wells}\nkim: {name: Kim Sato, active: false}\n";

/// What one rule says of a workspace: place, message and advice.
fn said(space: &Space, rule: &str) -> Vec<String> {
    let findings = space.all_findings().into_iter().filter(|line| line.contains(&format!(" ownership/{rule} ")));
    findings.map(|line| line.replace("content/", "").replace(&format!(" ownership/{rule}"), "")).collect()
}

/// What one rule says of a partner in onboarding.
fn onboarding(rule: &str, front: &str) -> Vec<String> {
    said(&Space::empty().partner("acme", &format!("name: Acme\nstage: onboarding\n{front}"), ""), rule)
}

/// A workspace with people and one partner.
fn with_people(front: &str) -> Space {
    Space::empty().file("content/people.yaml", PEOPLE).partner("acme", &format!("name: Acme\n{front}"), "")
}

#[test]
fn what_looks_like_an_id_must_be_one_and_a_name_is_a_name() {
    let owner = |owner: &str| said(&with_people(&format!("owner: {owner}")), "unknown-person");
    for name in ["dana", "Dana", "Dana Wells", "dana wells", "Noor Haddad", "Noor", "湊健一", "acme"] {
        assert!(owner(name).is_empty(), "{name}");
    }
    assert_eq!(owner("dna"), ["partners/acme.md:3:8 warning nobody in people.yaml has the id `dna`"]);
    let help = with_people("owner: dna").site().workspace.findings.into_iter().find_map(|finding| finding.help);
    assert_eq!(help.as_deref(), Some("did you mean `dana`?"));
    assert!(onboarding("unknown-person", "owner: dna").is_empty(), "without people.yaml every word may be a name");
}

#[test]
fn a_person_is_told_once_for_each_file() {
    let space =
        with_people("owner: noor\nrisks: [{risk: Delay, owner: noor}]\nactions: [{text: Call, owner: noor}, {text: Write, owner: dan}]")
            .file("content/partners/acme/issues/slow.md", "---\nowner: noor\n---\n")
            .file("content/partners/acme/qbr/2026-Q3.md", "---\nattendees: [dana, Sam Lee, sam]\n---\n");
    assert_eq!(
        said(&space, "unknown-person"),
        [
            "partners/acme.md:3:8 warning nobody in people.yaml has the id `noor`",
            "partners/acme.md:5:59 warning nobody in people.yaml has the id `dan`",
            "partners/acme/issues/slow.md:2:8 warning nobody in people.yaml has the id `noor`",
            "partners/acme/qbr/2026-Q3.md:2:28 warning nobody in people.yaml has the id `sam`",
        ]
    );
}

#[test]
fn records_of_the_past_may_name_people_who_have_left() {
    let past = "lifecycle: [{stage: research, by: kim}]\nactions: [{text: Call, owner: kim, done: 2026-05-02}]\nplan: [{step: Sign, ours: kim, done: yes}]";
    let space = with_people(past)
        .file("content/partners/acme/qbr/2026-Q2.md", "---\nattendees: [kim]\nactions: [{text: Call, owner: kim}]\n---\n")
        .file("content/partners/acme/qbr/2026-Q3.md", "---\nactions: [{text: Call, owner: dana}]\n---\n")
        .file("content/partners/acme/issues/old.md", "---\nstatus: resolved\nowner: kim\n---\n");
    assert!(said(&space, "unknown-person").is_empty());
    for current in [
        "owner: Kim Sato",
        "roles: [{role: sponsor, ours: kim}]",
        "roles: [{role: sponsor, theirs: Kim Sato}]",
        "forums: {a: {attendees: [kim]}}",
    ] {
        assert_eq!(said(&with_people(current), "unknown-person").len(), 1, "{current}");
    }
}

#[test]
fn the_two_sides_of_a_role_may_stand_in_two_lines() {
    assert!(onboarding("unpaired-role", "roles: [{role: Tech lead, ours: Dana}, {role: tech-lead, theirs: Sam}]").is_empty());
    assert_eq!(
        onboarding("unpaired-role", "roles: [{role: tech-lead, ours: Dana}, {role: sponsor, ours: \"\", theirs: Sam}, {role: legal}]"),
        [
            "partners/acme.md:4:9 warning the tech-lead of `acme` is named on our side only",
            "partners/acme.md:4:62 warning the sponsor of `acme` is named on their side only",
        ]
    );
}

#[test]
fn the_more_a_model_asks_the_more_it_needs_a_sponsor() {
    assert_eq!(onboarding("no-sponsor", "model: integration"), ["partners/acme.md:2:7 warning `acme` has no executive sponsor"]);
    assert_eq!(
        onboarding("no-sponsor", "model: co-selling\nroles: [{role: Executive sponsor}]"),
        ["partners/acme.md:5:9 error `acme` has no executive sponsor, and its model co-selling asks for high commitment"]
    );
    assert!(onboarding("no-sponsor", "model: co-selling\nroles: [{role: Executive sponsor, ours: Kim}]").is_empty());
}

#[test]
fn head_office_signs_off_what_is_risky() {
    let grave = "risks: [{risk: One, likelihood: high, impact: H}, {risk: Two, likelihood: H, impact: M}]";
    let with = |more: &str| onboarding("unapproved-high-risk", &format!("{grave}\n{more}"));
    assert!(with("signoffs: {Head office: yes}").is_empty());
    assert!(with("signoffs: {head_office: 2026-11-20}").is_empty());
    assert_eq!(
        with("signoffs: {head-office: 2026-11-21}"),
        ["partners/acme.md:5:25 error head office has not signed off `acme`, which has a risk of high likelihood and high impact"]
    );
    assert_eq!(
        with("model: strategic-alliance"),
        [
            "partners/acme.md:2:7 error head office has not signed off `acme`, which has a risk of high likelihood and high impact and asks for very high commitment"
        ]
    );
    assert!(onboarding("unapproved-high-risk", "model: co-development").is_empty(), "high is not very high");
}

#[test]
fn before_onboarding_and_after_the_end_nothing_of_this_is_asked() {
    for stage in ["negotiation", "exited"] {
        let front =
            format!("name: Acme\nstage: {stage}\nowner: Dana Wells\nmodel: strategic-alliance\nroles: [{{role: legal, ours: Kim}}]");
        let found = Space::empty().partner("acme", &front, "").all_findings();
        assert!(found.iter().all(|line| !line.contains("ownership/")), "{found:?}");
    }
}

#[test]
fn one_person_can_look_after_twenty_five_active_partners() {
    let owned = |space: Space, number: usize| {
        let owner = |at: usize| if at.is_multiple_of(2) { "dana" } else { "Dana Wells" };
        (0..number).fold(space, |space, at| space.partner(&format!("p{at:02}"), &format!("name: P{at:02}\nowner: {}", owner(at)), ""))
    };
    let people = || Space::empty().file("content/people.yaml", PEOPLE);
    assert!(said(&owned(people(), 25), "overloaded").is_empty());
    assert_eq!(
        said(&owned(people(), 26), "overloaded"),
        ["people.yaml:1:1 note Dana Wells owns 26 active partners; 25 are as many as one person can look after"]
    );
    let idle = owned(people(), 25).partner("gone", "name: Gone\nowner: dana\nstage: exited", "");
    assert!(said(&idle.partner("wait", "name: Wait\nowner: dana\non_hold: A merger", ""), "overloaded").is_empty());
    let nobody = (0..26).fold(Space::empty(), |space, at| space.partner(&format!("p{at:02}"), &format!("name: P{at:02}\nowner: Noor"), ""));
    assert_eq!(
        said(&nobody, "overloaded"),
        ["partners/p00.md:3:8 note Noor owns 26 active partners; 25 are as many as one person can look after"]
    );
}
