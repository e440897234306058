//! The command line: one definition for parsing, help and completions.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::content::scalar;
use crate::model::schema::SchemaKind;

/// Turns a folder of partner files into a site, and warns when a partnership drifts.
#[derive(Debug, Parser)]
#[command(name = "partnerbook", version, arg_required_else_help = true, propagate_version = true)]
pub struct Cli {
    /// The folder of the workspace, instead of the nearest one with a partnerbook.yaml
    #[arg(short = 'C', long = "dir", value_name = "DIR", global = true)]
    pub dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a new workspace
    Init(InitArgs),
    /// Add a file with the right front matter
    #[command(subcommand)]
    New(NewCommand),
    /// Build the site
    Build(BuildArgs),
    /// Show the site in the browser while it is written
    Serve(ServeArgs),
    /// Check the workspace without building the site
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Explain a computed number: its inputs, its formula, and the lines it was made from
    #[command(after_help = WHY_EXAMPLES)]
    Why(WhyArgs),
    /// Explain a rule: what it checks, why, and how to put right what it finds
    Explain(ExplainArgs),
    /// Describe the files of a workspace to editors, as JSON Schema
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to start in; made where it is missing
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

/// What to add.
#[derive(Debug, Subcommand)]
pub enum NewCommand {
    /// Add a partner
    Partner {
        /// Its name, such as "Acme Corp"
        name: String,
        /// Who owns it: a person's id, or a name
        #[arg(long)]
        owner: Option<String>,
        /// The partnership model, such as referral or reseller
        #[arg(long)]
        model: Option<String>,
        /// The day on which it is written.
        #[command(flatten)]
        as_of: AsOf,
    },
    /// Add the words of a quarterly review
    Qbr {
        /// The partner: its id, name or alias
        partner: String,
        /// The quarter, such as 2026-Q3; the last closed one where it is left out
        period: Option<String>,
        /// The day on which it is written.
        #[command(flatten)]
        as_of: AsOf,
    },
    /// Add a partnership issue
    Issue {
        /// The partner: its id, name or alias
        partner: String,
        /// What it is about, such as "Slow leads"
        title: String,
        /// The day on which it is written.
        #[command(flatten)]
        as_of: AsOf,
    },
    /// Add any other page
    Page {
        /// Its title, such as "Offer tiers"
        title: String,
        /// The folder in content/ to put it in, such as library or partners/acme
        #[arg(long = "in", value_name = "FOLDER", default_value = "library")]
        folder: String,
    },
}

/// The day on which the workspace is looked at.
#[derive(Debug, Args)]
pub struct AsOf {
    /// Look at the workspace as of this day instead of today
    #[arg(long = "as-of", value_name = "DATE", value_parser = scalar::date)]
    pub as_of: Option<Date>,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// The folder to put the site into [default: site, in the workspace]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    /// The day on which the workspace is looked at.
    pub as_of: AsOf,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    /// Put drafts on the site
    #[arg(long)]
    pub drafts: bool,
    /// Publish in spite of input errors, without what cannot be read
    #[arg(long)]
    pub keep_going: bool,
    /// Say nothing but what is wrong
    #[arg(long, short)]
    pub quiet: bool,
    /// Show how long each phase took
    #[arg(long)]
    pub timings: bool,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// The port [default: the first free one from 4173 on]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Let other machines read the site: the address or name of this one, or 0.0.0.0 for all its addresses
    #[arg(long, value_name = "ADDR")]
    pub host: Option<String>,
    /// Look at all files twice a second, where the system does not tell of changes
    #[arg(long)]
    pub poll: bool,
    #[command(flatten)]
    /// The day on which the workspace is looked at.
    pub as_of: AsOf,
    /// Put drafts on the site
    #[arg(long)]
    pub drafts: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Show only what is found in these files and folders; the whole workspace is read all the same
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, ignore_case = true, value_name = "FORMAT", default_value_t = Format::Human)]
    pub format: Format,
    /// Show only the findings of these rules, or categories
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave out the findings of these rules, or categories
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Fail on less than errors
    #[arg(long, value_enum, ignore_case = true, value_name = "SEVERITY")]
    pub deny: Option<Deny>,
    /// Fail on warnings too
    #[arg(long, hide = true, conflicts_with = "deny")]
    pub strict: bool,
    #[command(flatten)]
    /// The day on which the workspace is looked at.
    pub as_of: AsOf,
    /// Check drafts as if they were on the site
    #[arg(long)]
    pub drafts: bool,
    /// Count findings by rule instead of showing them
    #[arg(long)]
    pub statistics: bool,
    /// Show waived findings too
    #[arg(long)]
    pub show_waived: bool,
    /// Record all findings of today; from now on only new ones count [default: partnerbook-baseline.json, in the workspace]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["select", "ignore", "no_baseline", "statistics", "output"])]
    pub write_baseline: Option<Option<PathBuf>>,
    /// The findings that were recorded, instead of those in partnerbook-baseline.json
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Count what is in the baseline too
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,
    /// Write the findings to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Put right what has one certain answer
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and change nothing; fails when there is something
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
    /// Say nothing but what is wrong
    #[arg(long, short)]
    pub quiet: bool,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The place underlined, what is wrong, what to do
    Human,
    /// One line a finding
    Short,
    /// For programs of one's own
    Json,
    /// For code scanning and viewers
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// Tests, for GitLab and Jenkins
    Junit,
    /// A summary for a pull request
    Markdown,
}

/// What makes `check` fail besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Fail on warnings too
    #[value(alias = "warning")]
    Warnings,
    /// Fail on warnings and notes too
    #[value(alias = "note")]
    Notes,
}

/// Arguments of `why`.
#[derive(Debug, Args)]
pub struct WhyArgs {
    /// The partner: its id, name or alias; or `portfolio` for all of them
    pub partner: String,
    /// The number: a KPI, or health, targets, score, roi, renewal, stage, review or maturity; all of them are listed where it is left
    /// out
    pub what: Option<String>,
    /// The period, such as 2026-Q2; the newest one where it is left out
    pub period: Option<String>,
    #[command(flatten)]
    /// The day on which the workspace is looked at.
    pub as_of: AsOf,
    /// Print JSON, for other programs
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The rule, such as kpi/stale, or a category, such as kpi; all rules are listed where it is left out
    pub rule: Option<String>,
    /// Print Markdown
    #[arg(long)]
    pub markdown: bool,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The kind of file; all kinds are listed where it is left out
    #[arg(value_parser = PossibleValuesParser::new(SchemaKind::WORDS))]
    pub kind: Option<String>,
    /// Write the schemas of all kinds into this folder, as partner.schema.json and so on
    #[arg(long, value_name = "FOLDER", conflicts_with = "kind")]
    pub out: Option<PathBuf>,
    /// Take the built-in stages, models and other words instead of those of the workspace
    #[arg(long)]
    pub default: bool,
}

const WHY_EXAMPLES: &str = "\
Examples:
  partnerbook why acme                         what can be asked, with the values of today
  partnerbook why acme health                  the health in the latest closed quarter
  partnerbook why acme health 2026-Q2          the health in another one
  partnerbook why \"Acme Corp\" revenue 2026-Q2  a KPI: attainment, status and trend
  partnerbook why acme score
  partnerbook why portfolio concentration      how revenue spreads over all partners
  partnerbook why portfolio revenue 2026-Q2    the sum of a KPI over all partners";

const CHECK_EXAMPLES: &str = "\
Examples:
  partnerbook check                                    all that is wrong
  partnerbook check content/partners/acme              what is wrong in the files of a partner
  partnerbook check --select kpi,cadence               what two categories of rules find
  partnerbook check --ignore input/orphan-page         all but one rule
  partnerbook check --write-baseline                   from now on, only new findings count
  partnerbook check --format sarif --output out.sarif  for code scanning";
