//! `data/findings.json`: what the checker found, for programs that read the site.

use std::io;

use serde::Serialize;

use super::{Sink, in_chunks};
use crate::diagnostics::{Counts, Finding};
use crate::workspace::Workspace;
use crate::workspace::lists::owner_key;

/// The version of the file. It goes up when something in it changes its name or its meaning.
pub const FINDINGS_VERSION: u32 = 1;

#[derive(Serialize)]
struct Record<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    line: Option<u32>,
    message: &'a str,
    help: Option<&'a str>,
    partner: Option<&'a str>,
    owner: Option<&'a str>,
    waived: Option<Waived<'a>>,
}

#[derive(Serialize)]
struct Waived<'a> {
    reason: Option<&'a str>,
    by: Option<&'a str>,
    until: Option<jiff::civil::Date>,
}

/// `data/findings.json`: every finding in the order of files and lines, one a line.
///
/// # Errors
/// What the sink says.
pub fn findings_json(workspace: &Workspace, sink: &mut Sink<'_>) -> io::Result<()> {
    let Counts { errors, warnings, notes, waived, .. } = Counts::of(&workspace.findings);
    let start = format!(
        "{{\"version\":{FINDINGS_VERSION},\"as_of\":\"{}\",\
         \"counts\":{{\"errors\":{errors},\"warnings\":{warnings},\"notes\":{notes},\"waived\":{waived}}},\"findings\":[",
        workspace.as_of
    );
    let all: Vec<(usize, &Finding)> = workspace.findings.iter().enumerate().collect();
    in_chunks(sink, start.as_bytes(), &all, b"\n]}\n", |out, (at, finding)| {
        out.extend_from_slice(if *at == 0 { b"\n" } else { b",\n" });
        // A vector takes everything, and there are only texts and numbers.
        let _ = serde_json::to_writer(out, &record(workspace, finding));
    })
}

fn record<'a>(workspace: &'a Workspace, finding: &'a Finding) -> Record<'a> {
    let partner = finding.partner.and_then(|at| workspace.partners.get(at));
    Record {
        rule: finding.rule.name,
        severity: finding.severity.word(),
        path: &finding.path,
        line: (finding.line > 0).then_some(finding.line),
        message: &finding.message,
        help: finding.advice(),
        partner: partner.map(|partner| partner.id.as_str()),
        owner: partner.and_then(|partner| owner_key(workspace, partner)),
        waived: finding.waived.as_deref().map(|waived| Waived {
            reason: waived.reason.as_deref(),
            by: waived.by.as_deref(),
            until: waived.until,
        }),
    }
}
