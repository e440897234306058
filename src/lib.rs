//! partnerbook compiles a folder of partner files into a cross-linked site, and checks it like a compiler.
//!
//! One idea: a site is a pure function from a workspace to pages, and each page can be rendered alone. ARCHITECTURE.md
//! has the map.

pub mod charts;
pub mod cli;
pub mod commands;
pub mod content;
pub mod diagnostics;
pub mod lint;
pub mod measures;
pub mod model;
pub mod pages;
pub mod serve;
pub mod site;
pub mod text;
pub mod workspace;
