//! Transcripts of the command line: `tests/cli/*.md` are run and compared. `TRYCMD=overwrite cargo test --test cli` writes
//! what is there now.

#![allow(missing_docs)]

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cli/*.md").env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1795132800").run();
}
