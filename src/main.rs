//! The program: arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    partnerbook::commands::run(partnerbook::cli::Cli::parse())
}
