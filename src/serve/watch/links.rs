//! Symbolic links: what lies behind them is a part of the workspace, and is watched too.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::TOPS;
use crate::workspace::classify::is_ignored;

/// What links lead to, by its real path. What lies outside of the workspace is not there: it is not read either.
#[derive(Debug, Default)]
pub struct Targets {
    /// Folders.
    pub folders: Vec<PathBuf>,
    /// Single files.
    pub files: Vec<PathBuf>,
}

/// What all links of a workspace lead to.
pub fn linked(root: &Path) -> Targets {
    let mut found = Targets::default();
    for top in TOPS {
        let Targets { folders, files } = linked_below(root, &root.join(top));
        found.folders.extend(folders);
        found.files.extend(files);
    }
    for targets in [&mut found.folders, &mut found.files] {
        targets.sort();
        targets.dedup();
    }
    found
}

/// The same for the links in one folder of the workspace, or for one link.
pub fn linked_below(root: &Path, folder: &Path) -> Targets {
    let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_ignored);
    let entries = WalkDir::new(folder).into_iter().filter_entry(visible).flatten();
    let targets = entries.filter(walkdir::DirEntry::path_is_symlink).filter_map(|entry| entry.path().canonicalize().ok());
    let (folders, files) = targets.filter(|target| target.starts_with(root) && target != root).partition(|target| target.is_dir());
    Targets { folders, files }
}
