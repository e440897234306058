//! `partnerbook init`: a starter workspace.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use rust_embed::RustEmbed;

use super::{FINE, Failure, as_of, report};
use crate::cli::{AsOf, InitArgs};
use crate::workspace::classify::SETTINGS;
use crate::workspace::snapshot::describe;

/// The files of a new workspace that only a new workspace has.
#[derive(RustEmbed)]
#[folder = "src/commands/starter/"]
struct Starter;

/// The playbooks and their documents, shared with the sample workspace.
#[derive(RustEmbed)]
#[folder = "content/"]
#[include = "playbooks/*"]
#[include = "library/*"]
struct Shared;

/// Starts a workspace.
///
/// # Errors
/// When there is one already, or the disk fails.
pub fn run(dir: Option<&Path>, args: &InitArgs) -> Result<u8, Failure> {
    let folder = match dir {
        Some(dir) if args.folder == Path::new(".") => dir.to_owned(),
        Some(dir) => dir.join(&args.folder),
        None => args.folder.clone(),
    };
    if folder.join(SETTINGS).exists() {
        return Err(Failure::new(
            format!("{} is a workspace already", folder.display()),
            "`partnerbook new partner NAME` adds a partner to it".to_owned(),
        ));
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for name in Starter::iter() {
        let target = if name == "gitignore" { ".gitignore".to_owned() } else { name.to_string() };
        files.extend(Starter::get(&name).map(|file| (target, file.data.into_owned())));
    }
    for name in Shared::iter() {
        files.extend(Shared::get(&name).map(|file| (format!("content/{name}"), file.data.into_owned())));
    }
    // A partner that has been in a stage for years is no example.
    let today = as_of(&AsOf { as_of: None })?;
    let later = |months: i32| today.saturating_add(jiff::Span::new().months(months)).to_string();
    for (_, bytes) in files.iter_mut().filter(|(name, _)| name.ends_with("example-partner.md")) {
        let text = String::from_utf8_lossy(bytes).replace("TODAY", &today.to_string());
        *bytes = text.replace("IN_A_MONTH", &later(1)).replace("IN_A_YEAR", &later(12)).into_bytes();
    }
    // The settings come last: a folder is a workspace only when all of it is there.
    files.sort_by_key(|(name, _)| (name == SETTINGS, name.clone()));
    let mut kept = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(&name);
        let failed = |error: std::io::Error| Failure::new(format!("cannot write {}: {}", path.display(), describe(&error)), None);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        match fs::File::create_new(&path) {
            Ok(mut file) => file.write_all(&bytes).map_err(failed)?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => kept.push(name),
            Err(error) => return Err(failed(error)),
        }
    }
    let at = match folder.display().to_string() {
        here if here == "." => String::new(),
        there if there.contains(' ') => format!(" -C \"{there}\""),
        there => format!(" -C {there}"),
    };
    report::out(&format!("A workspace is ready in {}\n", folder.display()));
    for name in kept {
        report::out(&format!("  kept {name}, which was there\n"));
    }
    report::out(&format!(
        "\nNext:\n  partnerbook{at} new partner \"Acme Corp\"   add a partner\n  partnerbook{at} serve --open              see the site while you write it\n  partnerbook{at} build                     build the site into site/\n"
    ));
    Ok(FINE)
}
