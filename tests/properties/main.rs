//! Properties that hold for every input, tried on many that are made up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_push_string,
    clippy::format_collect,
    missing_docs
)]

#[path = "../common/mod.rs"]
mod common;

mod files;
mod links;
mod markdown;
mod soup;
mod yaml;

use proptest::prelude::ProptestConfig;

/// So many cases, and no file about those that failed: they become tests of their own.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
