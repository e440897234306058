//! The program: arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser as _;

/// Pages are made of many small values; a fifth of the time of a large build is saved with this allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    partnerbook::commands::run(partnerbook::cli::Cli::parse())
}
