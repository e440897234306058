//! Hostile and broken input: whatever is in a file, it is reported at its place and the rest of the workspace is built.

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

mod addresses;
mod bytes;
mod drafts;
mod fields;
mod markup;
mod names;
mod templates;
