//! The commands. Each gives an exit status: 0 fine, 1 findings at or over the threshold, 2 wrong usage or a failing disk.

mod ask;
mod baseline;
pub mod build;
pub mod check;
pub mod explain;
pub mod fix;
pub mod init;
pub mod new;
pub mod progress;
pub mod report;
pub mod schema;
pub mod serve;
pub mod why;
mod wrap;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory as _;
use jiff::civil::Date;

use crate::cli::{AsOf, Cli, Command};
use crate::workspace::classify::SETTINGS;

/// Why a command could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Failure {
    /// A failure with advice.
    pub fn new(message: impl Into<String>, help: impl Into<Option<String>>) -> Failure {
        Failure { message: message.into(), help: help.into() }
    }
}

/// Exit status: nothing at or over the threshold.
pub const FINE: u8 = 0;
/// Exit status: findings at or over the threshold.
pub const FINDINGS: u8 = 1;
/// Exit status: wrong usage, or the file system failed.
pub const FAILED: u8 = 2;

/// Runs a command.
pub fn run(cli: Cli) -> ExitCode {
    let dir = cli.dir.as_deref();
    let result = match cli.command {
        Command::Init(args) => init::run(dir, &args),
        Command::New(what) => new::run(dir, &what),
        Command::Build(args) => build::run(dir, &args),
        Command::Serve(args) => serve::run(dir, &args),
        Command::Check(args) => check::run(dir, &args),
        Command::Why(args) => why::run(dir, &args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(dir, &args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "partnerbook", &mut script);
            report::out(&String::from_utf8_lossy(&script));
            Ok(FINE)
        }
    };
    match result {
        Ok(_) if report::output_failed() => ExitCode::from(FAILED),
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            report::failure(&failure);
            ExitCode::from(FAILED)
        }
    }
}

/// The folder of the workspace: the one that was named, or the nearest one upward that has settings.
///
/// # Errors
/// When there is none.
pub fn find_workspace(dir: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(dir) = dir {
        if dir.join(SETTINGS).is_file() {
            return Ok(dir.to_owned());
        }
        let message = if dir.is_dir() {
            format!("there is no {SETTINGS} in {}", dir.display())
        } else {
            format!("there is no folder {}", dir.display())
        };
        return Err(Failure::new(message, format!("`partnerbook init {}` starts a workspace there", dir.display())));
    }
    let here = std::env::current_dir().map_err(|error| Failure::new(format!("the current folder cannot be read: {error}"), None))?;
    here.ancestors().find(|folder| folder.join(SETTINGS).is_file()).map(Path::to_owned).ok_or_else(|| {
        Failure::new(
            format!("there is no {SETTINGS} here or in any folder above"),
            "`partnerbook init` starts a workspace here; -C DIR names one somewhere else".to_owned(),
        )
    })
}

/// The day on which the workspace is looked at: `--as-of`, else `SOURCE_DATE_EPOCH`, else today. This is the only place where
/// the clock and the environment are read.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is not a number of seconds.
pub fn as_of(args: &AsOf) -> Result<Date, Failure> {
    if let Some(date) = args.as_of {
        return Ok(date);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Err(_) => Ok(jiff::Zoned::now().date()),
        Ok(text) => text
            .trim()
            .parse()
            .ok()
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date())
            .ok_or_else(|| {
                Failure::new(
                    format!("SOURCE_DATE_EPOCH is `{text}`, which is not a number of seconds"),
                    "unset it, or use --as-of".to_owned(),
                )
            }),
    }
}
