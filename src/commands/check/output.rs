//! Findings in the format that was asked for.

use std::path::Path;

use crate::cli::{CheckArgs, Deny, Format};
use crate::diagnostics::human::Human;
use crate::diagnostics::report::{Partner, Report};
use crate::diagnostics::texts::Texts;
use crate::diagnostics::{Counts, Finding, github, gitlab, identity, json, junit, markdown, sarif, short, statistics};
use crate::workspace::Workspace;
use crate::workspace::lists::owner_key;
use crate::workspace::snapshot::text_of;

/// Writes the findings that are shown in the format that was asked for, in pieces one behind the other. `shown` are some of the workspace's, by place.
pub fn write(workspace: &Workspace, shown: &[usize], counts: Counts, args: &CheckArgs, coloured: bool, mut to: impl FnMut(&str)) {
    let format = args.format;
    let findings: Vec<&Finding> = shown.iter().map(|at| &workspace.findings[*at]).collect();
    let texts = Texts::read(findings.iter().copied(), |path| text_of(&workspace.root.join(path)));
    if format == Format::Human {
        return Human::new(&texts, coloured).write_all(&findings, to);
    }
    // All are counted, whatever is shown, so that each keeps its own.
    let fingerprints = if matches!(format, Format::Json | Format::Sarif | Format::Gitlab) {
        identity::fingerprints(&workspace.findings)
    } else {
        Vec::new()
    };
    let around: Vec<(&Finding, &str)> =
        shown.iter().map(|at| (&workspace.findings[*at], fingerprints.get(*at).map_or("", String::as_str))).collect();
    let items = Report::items(&around, &texts, |finding| partner(workspace, finding));
    let folder = match format {
        Format::Sarif | Format::Github | Format::Gitlab | Format::Junit | Format::Markdown => folder(&workspace.root),
        Format::Human | Format::Short | Format::Json => String::new(),
    };
    let report = Report { as_of: workspace.as_of, folder, counts, denies_notes: args.deny == Some(Deny::Notes), items };
    to(&match format {
        Format::Human | Format::Short => short::render(&report),
        Format::Json => json::render(&report),
        Format::Sarif => sarif::render(&report),
        Format::Github => github::render(&report),
        Format::Gitlab => gitlab::render(&report),
        Format::Junit => junit::render(&report),
        Format::Markdown => markdown::render(&report),
    });
}

/// How often each rule has fired.
pub fn statistics(workspace: &Workspace, shown: &[usize], counts: Counts, format: Format) -> String {
    let rows = statistics::rows(shown.iter().map(|at| &workspace.findings[*at]));
    match format {
        Format::Json => statistics::render(workspace.as_of, counts, &rows),
        _ => statistics::table(&rows),
    }
}

fn partner<'a>(workspace: &'a Workspace, finding: &Finding) -> Option<Partner<'a>> {
    let entry = workspace.partners.get(finding.partner?)?;
    let name = entry.data.name.as_deref().unwrap_or(&entry.id);
    Some(Partner { id: &entry.id, name, owner: owner_key(workspace, entry) })
}

/// The folder of the workspace as it is from the top of its git repository, with a `/` at its end: platforms look for files from there.
fn folder(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists());
    let inner = top.and_then(|top| root.strip_prefix(top).ok()).unwrap_or(Path::new(""));
    inner.components().fold(String::new(), |folder, part| folder + &part.as_os_str().to_string_lossy() + "/")
}
