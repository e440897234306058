//! `partnerbook check`.

mod output;
mod selection;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::fix::{self, Look};
use super::progress::Progress;
use super::{FAILED, FINDINGS, FINE, Failure, as_of, baseline, find_workspace, report};
use crate::cli::{CheckArgs, Deny, Format};
use crate::diagnostics::{Counts, Finding, Severity};
use crate::lint::settle;
use crate::site::Site;
use crate::text::count;
use crate::workspace::Workspace;
use selection::Selection;

/// Checks the workspace.
///
/// # Errors
/// When the workspace is not found, the arguments name something that there is not, or a file cannot be read or written.
pub fn run(dir: Option<&Path>, args: &CheckArgs) -> Result<u8, Failure> {
    let root = find_workspace(dir)?;
    let day = as_of(&args.as_of)?;
    whole_baseline(args)?;
    let selection = Selection::new(&root, args)?;
    if args.statistics && !matches!(args.format, Format::Human | Format::Json) {
        return Err(Failure::new("--statistics has no such format", "use --format human or --format json".to_owned()));
    }
    let recorded = recorded(&root, args)?;
    let fixes = match plan(&root, day, args, &selection) {
        Some(plan) if args.diff => return Ok(fix::diff(&plan, args.quiet)),
        plan => plan.map(|plan| make(plan, args)),
    };
    let progress = Progress::start(args.quiet);
    // Collisions of paths and mistakes in templates show only once the site is laid out.
    // The system frees the memory of a program that ends faster than the program would.
    let mut workspace = std::mem::ManuallyDrop::new(Site::check(Workspace::load_to_check(&root, day, args.drafts)));
    let gone = recorded.map_or(0, |recorded| baseline::apply(&recorded, &mut workspace.findings));
    drop(progress);
    let status = match write_to(&root, args) {
        Some(file) => record(&file, args, &mut workspace),
        None => show(&selection, args, &mut workspace, gone, fixes.as_ref()),
    };
    let failures = fixes.map(|fixes| fixes.failures).unwrap_or_default();
    failures.iter().for_each(report::failure);
    if failures.is_empty() { status } else { Ok(FAILED) }
}

/// Finds out what could be put right, where that was asked for.
fn plan(root: &Path, as_of: Date, args: &CheckArgs, selection: &Selection) -> Option<fix::Outcome> {
    if !args.fix && !args.diff {
        return None;
    }
    let _progress = Progress::start(args.quiet);
    Some(fix::plan(&Look { root, as_of, drafts: args.drafts }, &|finding| selection.takes(finding)))
}

/// Puts it right, and says so.
fn make(plan: fix::Outcome, args: &CheckArgs) -> fix::Report {
    let fixes = fix::fix(plan);
    if !args.quiet {
        // What programs read is not mixed with this.
        fix::report(&fixes, if args.format == Format::Human { report::out } else { report::err });
    }
    fixes
}

/// A baseline holds what is found everywhere. Who names a path beside it most often means the file to write.
fn whole_baseline(args: &CheckArgs) -> Result<(), Failure> {
    let (Some(named), [first, others @ ..]) = (&args.write_baseline, args.paths.as_slice()) else { return Ok(()) };
    let help = if named.is_none() && others.is_empty() && !first.is_dir() {
        format!("write `--write-baseline={}` for the file to record them in", first.display())
    } else {
        "leave the paths out; `--write-baseline=FILE` names the file to record them in".to_owned()
    };
    Err(Failure::new("--write-baseline records the findings of the whole workspace, and takes no paths", help))
}

/// The baseline that is applied. The one beside the settings need not be there; one that was named must be.
fn recorded(root: &Path, args: &CheckArgs) -> Result<Option<baseline::Baseline>, Failure> {
    match &args.baseline {
        _ if args.no_baseline || args.write_baseline.is_some() => Ok(None),
        None => baseline::read(root, &baseline::default_file(root)),
        Some(file) => match baseline::read(root, file)? {
            None => Err(Failure::new(
                format!("there is no file {}", file.display()),
                format!("`partnerbook check --write-baseline={}` records the findings of today in it", file.display()),
            )),
            found => Ok(found),
        },
    }
}

/// The file to record findings in; `None` where that was not asked for.
fn write_to(root: &Path, args: &CheckArgs) -> Option<PathBuf> {
    let named = args.write_baseline.as_ref()?;
    Some(named.clone().or_else(|| args.baseline.clone()).unwrap_or_else(|| baseline::default_file(root)))
}

/// Records the findings of today, and shows what cannot be recorded.
fn record(file: &Path, args: &CheckArgs, workspace: &mut Workspace) -> Result<u8, Failure> {
    let written = baseline::write(&workspace.root, file, &workspace.findings)?;
    baseline::apply(&written, &mut workspace.findings);
    let left: Vec<usize> = (0..workspace.findings.len()).filter(|at| workspace.findings[*at].counts()).collect();
    locate(workspace, &left);
    let counts = Counts::of(left.iter().map(|at| &workspace.findings[*at]));
    output::write(workspace, &left, counts, args, report::is_coloured(), |piece| tell(args.format, piece));
    if !args.quiet {
        let (n, shown) = (written.entries.len(), report::shown(file));
        report::err(&format!("Recorded {} in {shown}; from now on only new ones count\n", count(n, "finding")));
        if !left.is_empty() {
            report::err(&format!("{} cannot be recorded: what they are about would be missing from the site\n", counts.sentence()));
        }
    }
    Ok(status(&workspace.findings, threshold(args)))
}

/// Shows what is asked for.
fn show(
    selection: &Selection,
    args: &CheckArgs,
    workspace: &mut Workspace,
    gone: usize,
    fixes: Option<&fix::Report>,
) -> Result<u8, Failure> {
    let findings = &workspace.findings;
    let taken: Vec<usize> = (0..findings.len()).filter(|at| selection.takes(&findings[*at])).collect();
    let counts = Counts::of(taken.iter().map(|at| &findings[*at]));
    // Some formats can say of a finding that it is waived.
    let waived = args.show_waived || matches!(args.format, Format::Json | Format::Junit | Format::Markdown);
    let shown: Vec<usize> =
        taken.iter().copied().filter(|at| findings[*at].counts() || (waived && findings[*at].waived.is_some())).collect();
    let (shown, others) =
        if args.format == Format::Human && !args.statistics && args.output.is_none() { gravest(findings, shown) } else { (shown, 0) };
    if !args.statistics {
        locate(workspace, &shown);
    }
    let workspace = &*workspace;
    let findings = &workspace.findings;
    let write = |coloured: bool, to: &mut dyn FnMut(&str)| {
        if args.statistics {
            to(&output::statistics(workspace, &shown, counts, args.format));
        } else {
            output::write(workspace, &shown, counts, args, coloured, to);
        }
    };
    match &args.output {
        None => write(report::is_coloured(), &mut |piece| tell(args.format, piece)),
        Some(file) => {
            let mut text = String::new();
            write(false, &mut |piece| text.push_str(piece));
            std::fs::write(file, text).map_err(|error| baseline::unwritable(file, &error))?;
        }
    }
    if others > 0 {
        report::out(&format!("… and {others} more; --format short has a line for each, and --statistics counts them by rule\n\n"));
    }
    if !args.quiet && (args.format == Format::Human || args.output.is_some()) {
        let some = if selection.is_all() { "" } else { " in what was selected" };
        let fixed = fixes.map(|fixes| format!(", {} fixed", fixes.fixed.len())).unwrap_or_default();
        report::out(&format!("Checked {}: {}{some}{fixed}\n", report::partners(workspace), counts.sentence()));
    }
    if !args.quiet && args.format == Format::Human {
        hint(shown.iter().map(|at| &findings[*at]));
        let fixable = taken.iter().filter(|at| findings[**at].counts() && findings[**at].can_be_fixed()).count();
        if fixable > 0 && fixes.is_none() {
            report::out(&format!("{fixable} of them can be fixed with `partnerbook check --fix`\n"));
        }
    }
    // Where only a part was asked for, nobody wants to hear of the rest.
    if !args.quiet && gone > 0 && selection.is_all() {
        let are = if gone == 1 { "is" } else { "are" };
        report::err(&format!("{} of the baseline {are} gone; --write-baseline shortens it\n", count(gone, "finding")));
    }
    Ok(status(taken.iter().map(|at| &findings[*at]), threshold(args)))
}

/// Writes to standard output: for people in colours where that shows them, for programs to the byte.
fn tell(format: Format, text: &str) {
    if format == Format::Human && report::is_coloured() { report::out(text) } else { report::out_exactly(text) }
}

/// So many findings are shown to people; nobody reads more, and a pipeline has other formats.
const MOST: usize = 1000;

/// The findings that are shown where there are too many, in their order, and how many others there are. The gravest are kept.
fn gravest(findings: &[Finding], shown: Vec<usize>) -> (Vec<usize>, usize) {
    let others = shown.len().saturating_sub(MOST);
    if others == 0 {
        return (shown, 0);
    }
    let mut kept = shown;
    kept.sort_by_key(|at| (std::cmp::Reverse(findings[*at].severity), *at));
    kept.truncate(MOST);
    kept.sort_unstable();
    (kept, others)
}

/// Finds the places of what is shown.
fn locate(workspace: &mut Workspace, shown: &[usize]) {
    let mut wanted = vec![false; workspace.findings.len()];
    for at in shown {
        wanted[*at] = true;
    }
    let mut wanted = wanted.into_iter();
    settle::locate(workspace, |_| wanted.next().unwrap_or_default());
}

/// Where to read more, for the gravest finding.
fn hint<'a>(shown: impl Iterator<Item = &'a Finding>) {
    let mut gravest: Option<&Finding> = None;
    for finding in shown.filter(|finding| finding.counts()) {
        if gravest.is_none_or(|gravest| finding.severity > gravest.severity) {
            gravest = Some(finding);
        }
    }
    if let Some(finding) = gravest {
        report::out(&format!("`partnerbook explain {}` tells more about a rule\n", finding.rule.name));
    }
}

/// How grave a finding must be to count as a failure.
fn threshold(args: &CheckArgs) -> Severity {
    match args.deny {
        Some(Deny::Notes) => Severity::Note,
        Some(Deny::Warnings) => Severity::Warning,
        None if args.strict => Severity::Warning,
        None => Severity::Error,
    }
}

fn status<'a>(findings: impl IntoIterator<Item = &'a Finding>, threshold: Severity) -> u8 {
    if report::reaches(findings, threshold) { FINDINGS } else { FINE }
}
