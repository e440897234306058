//! Symbolic links to folders: what lies behind them is a part of the workspace, and is watched too.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::TOPS;
use crate::workspace::classify::is_ignored;

/// The folders inside the workspace that links in it lead to, by their real paths. Those that lead out of it are not read either.
pub fn linked_folders(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = TOPS.iter().flat_map(|top| linked_below(root, &root.join(top))).collect();
    found.sort();
    found.dedup();
    found
}

/// The same for what lies in one folder of the workspace, or for one link.
pub fn linked_below(root: &Path, folder: &Path) -> Vec<PathBuf> {
    let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_ignored);
    let entries = WalkDir::new(folder).into_iter().filter_entry(visible).flatten();
    entries.filter(walkdir::DirEntry::path_is_symlink).filter_map(|entry| target(root, entry.path())).collect()
}

/// The folder that a link leads to, where that is one inside the workspace.
fn target(root: &Path, link: &Path) -> Option<PathBuf> {
    let target = link.canonicalize().ok()?;
    (target.is_dir() && target.starts_with(root) && target != root).then_some(target)
}
