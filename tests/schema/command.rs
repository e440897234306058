//! What `partnerbook schema` writes, and when it does not.

use crate::common::{Space, program, said, status, tree};

#[test]
fn all_schemas_are_written_and_written_again() {
    let space = Space::new().file("partnerbook.yaml", "lifecycle: {stages: [talks]}\n");
    let run = || {
        let output = program().arg("-C").arg(space.root()).args(["schema", "--out"]).arg(space.beside("schemas/here")).output().unwrap();
        (status(&output), said(&output))
    };
    assert_eq!(run().0, 0);
    let first = tree(&space.beside("schemas/here"));
    let names = ["issue", "page", "partner", "people", "playbook", "review", "settings"].map(|kind| format!("{kind}.schema.json"));
    assert_eq!(first.keys().collect::<Vec<_>>(), names.iter().collect::<Vec<_>>());
    assert!(String::from_utf8_lossy(&first["partner.schema.json"]).contains("\"talks\""));
    assert!(run().0 == 0 && tree(&space.beside("schemas/here")) == first, "the same workspace gives the same bytes");
    space.write("partnerbook.yaml", "lifecycle: {stages: [chats]}\n");
    assert!(run().0 == 0 && tree(&space.beside("schemas/here")) != first);
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let space = Space::new();
    let own = space.beside("schemas/partner.schema.json");
    crate::common::write(&own, "{}");
    let output = program().arg("-C").arg(space.root()).args(["schema", "--out"]).arg(space.beside("schemas")).output().unwrap();
    assert!(status(&output) == 2 && said(&output).contains("partnerbook has not written it"), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(own).unwrap(), "{}");
}

#[test]
fn words_are_those_of_the_workspace_that_is_meant() {
    let space = Space::new().file("partnerbook.yaml", "models: {own-model: low}\n").file("content/people.yaml", "dana: Dana\n");
    let run = |arguments: &[&str]| {
        let output = program().arg("-C").arg(space.root()).args(arguments).output().unwrap();
        (status(&output), said(&output))
    };
    let (own, built_in) = (run(&["schema", "partner"]), run(&["schema", "partner", "--default"]));
    assert!(own.1.contains("\"own-model\"") && own.1.contains("\"dana\""));
    assert!(built_in.0 == 0 && !built_in.1.contains("\"own-model\"") && built_in.1.contains("\"co-selling\""));
    // Outside of any workspace there are the built-in ones, unless one was named.
    let outside = program().current_dir(space.beside("")).args(["schema", "partner"]).output().unwrap();
    assert_eq!((status(&outside), said(&outside)), built_in);
    let nowhere = program().arg("-C").arg(space.beside("nowhere")).args(["schema", "partner"]).output().unwrap();
    assert!(status(&nowhere) == 2 && said(&nowhere).contains("there is no folder"));
    // Settings that cannot be read have no words, and guessing would be wrong.
    space.write("partnerbook.yaml", "models: [");
    let broken = run(&["schema", "partner"]);
    assert!(broken.0 == 2 && broken.1.contains("partnerbook.yaml cannot be read"), "{}", broken.1);
    assert_eq!(run(&["schema", "partner", "--default"]).0, 0);
}

#[test]
fn words_that_look_like_numbers_are_found() {
    let space = Space::new().file("partnerbook.yaml", "lifecycle: {stages: [1, 2.5, a.b]}\n").partner(
        "acme",
        "name: Acme\nstage: 1\nlifecycle: [1, '2.5', A.B]",
        "",
    );
    let validators = crate::Validators::new(&partnerbook::commands::schema::words_of(&space.root()).unwrap());
    let kind = partnerbook::model::schema::SchemaKind::Partner;
    assert_eq!(validators.judge(kind, "{name: Acme, stage: 1, lifecycle: [1, '2.5', A.B]}"), [""; 0]);
    assert_eq!(validators.judge(kind, "{name: Acme, stage: aXb}").len(), 1);
    assert!(space.findings().iter().all(|finding| !finding.contains("bad-value")));
}
