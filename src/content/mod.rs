//! What is inside a file: front matter, YAML with positions, Markdown, CSV. Nothing here knows what a partner is.

pub mod csv;
mod declare;
pub mod front_matter;
pub mod key_lines;
pub mod markdown;
pub mod meant;
pub mod placeholder;
pub mod read;
pub mod rewrite;
pub mod scalar;
pub mod schema;
mod syntax;
pub mod yaml;
