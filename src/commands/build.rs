//! `partnerbook build`.

use std::path::Path;
use std::time::{Duration, Instant};

use super::progress::Progress;
use super::{FINDINGS, FINE, Failure, as_of, baseline, find_workspace, report};
use crate::cli::BuildArgs;
use crate::diagnostics::{Finding, Severity};
use crate::site::Site;
use crate::site::publish::{PublishError, check_output, publish};
use crate::workspace::resolve::{read_documents, resolve};
use crate::workspace::snapshot::Snapshot;

/// The most findings that a build shows; `check` shows all.
const MOST: usize = 50;

/// How long each phase took.
struct Timings {
    last: Instant,
    phases: Vec<(&'static str, Duration)>,
}

impl Timings {
    fn lap(&mut self, phase: &'static str) {
        let now = Instant::now();
        self.phases.push((phase, now - self.last));
        self.last = now;
    }

    fn show(&self) {
        let all: Duration = self.phases.iter().map(|(_, time)| *time).sum();
        for (phase, time) in self.phases.iter().chain([&("all", all)]) {
            report::out(&format!("{:>9.1} ms  {phase}\n", time.as_secs_f64() * 1000.0));
        }
    }
}

/// Builds the site.
///
/// # Errors
/// When the workspace is not found, or the output folder cannot be used.
pub fn run(dir: Option<&Path>, args: &BuildArgs) -> Result<u8, Failure> {
    let start = Instant::now();
    let root = find_workspace(dir)?;
    let day = as_of(&args.as_of)?;
    let out = args.out.clone().unwrap_or_else(|| root.join("site"));
    let out = check_output(&root, &out).map_err(failed)?;
    let baseline = baseline::read(&root, &baseline::default_file(&root))?;
    let progress = Progress::start(args.quiet);
    let mut timings = Timings { last: start, phases: Vec::new() };

    let snapshot = Snapshot::take(&root, day);
    timings.lap("list files");
    let documents = read_documents(&snapshot);
    timings.lap("read and parse");
    let workspace = resolve(&snapshot, documents, args.drafts);
    drop(snapshot);
    timings.lap("resolve");
    let mut site = Site::new(workspace);
    if let Some(baseline) = &baseline {
        baseline::apply(baseline, &mut site.workspace.findings);
    }
    // What is broken cannot be published, whoever has recorded it.
    if !args.keep_going {
        site.workspace.findings.iter_mut().filter(|finding| finding.blocks_publishing()).for_each(|finding| finding.recorded = false);
    }
    timings.lap("lay out");

    let findings = &site.workspace.findings;
    let blocked = findings.iter().any(Finding::blocks_publishing) && !args.keep_going;
    let strict = args.strict && report::reaches(findings, Severity::Warning);
    if blocked || strict {
        drop(progress);
        report::findings(&told(findings, args.strict), &root, MOST, report::err);
        let advice = if blocked { "; --keep-going publishes without the broken files" } else { "" };
        report::err(&format!("The site was not published: {}{advice}\n", report::counts(findings)));
        return Ok(FINDINGS);
    }

    // On the site the baseline hides nothing: it is what a team works off.
    site.workspace.findings.iter_mut().for_each(|finding| finding.recorded = false);
    let findings = &site.workspace.findings;
    progress.expect(site.routes.all.len());
    let published = publish(&site, &out, &progress.written);
    drop(progress);
    timings.lap("render and publish");
    let published = match published {
        Ok(published) => published,
        Err(PublishError::Templates(more)) => {
            report::findings(&more.iter().collect::<Vec<_>>(), &root, MOST, report::err);
            report::err(&format!("The site was not published: {}\n", report::counts(&more)));
            return Ok(FINDINGS);
        }
        Err(error) => return Err(failed(error)),
    };
    report::findings(&told(findings, args.strict), &root, MOST, report::err);
    if !args.quiet {
        let pages = site.routes.all.values().filter(|route| route.is_page()).count();
        let what = match (published.changed, published.removed) {
            (0, 0) => "nothing has changed".to_owned(),
            (changed, 0) => format!("{changed} files new or changed"),
            (changed, removed) => format!("{changed} files new or changed, {removed} removed"),
        };
        let partners = report::partners(&site.workspace);
        report::out(&format!(
            "Built {pages} pages for {} into {} in {:.1} s ({what}; {})\n",
            partners,
            report::shown(&out),
            start.elapsed().as_secs_f64(),
            report::counts(findings)
        ));
        if findings.iter().any(|finding| finding.counts() && finding.rule.category() != "input") {
            report::out("`partnerbook check` tells all findings; they are on the site too\n");
        }
    }
    let status = if findings.iter().any(|finding| finding.blocks_publishing() && finding.counts()) { FINDINGS } else { FINE };
    if args.timings {
        timings.show();
    }
    // The system frees the memory of a program that ends faster than the program would.
    std::mem::forget(site);
    Ok(status)
}

/// The findings that a build tells: what it could not understand, and with `strict` everything that keeps it from publishing. The
/// rest is counted, and stands on the site.
fn told(findings: &[Finding], strict: bool) -> Vec<&Finding> {
    let told =
        |finding: &&Finding| finding.counts() && (finding.rule.category() == "input" || (strict && finding.severity >= Severity::Warning));
    findings.iter().filter(told).collect()
}

fn failed(error: PublishError) -> Failure {
    let (message, help) = error.words();
    Failure::new(message, help)
}
