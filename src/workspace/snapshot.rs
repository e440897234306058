//! The files of a workspace: which there are, and what is in them.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::civil::Date;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::classify::{CONTENT, Kind, SETTINGS, is_ignored};
use crate::diagnostics::{Finding, Place, input};

/// The largest text that is read, in bytes. The longest page anybody wrote by hand is a hundredth of it.
pub const MAX_TEXT: u64 = 8 * 1024 * 1024;

/// So many symbolic links to folders are followed, one behind the other.
const MAX_LINKS: usize = 4;
/// From so many folders of partners on, they are walked side by side.
const SIDE_BY_SIDE: usize = 64;

/// A file of the workspace.
#[derive(Debug, Clone)]
pub struct FileEntry {
    /// Its path, relative to the workspace.
    pub path: Arc<str>,
    /// What it is.
    pub kind: Kind,
}

/// Texts that take the place of files on disk, by path: what would be written, before it is.
pub type Texts = BTreeMap<Arc<str>, Arc<str>>;

/// A workspace as it was found: its files in the order of their paths, and the day on which it is looked at.
#[derive(Debug)]
pub struct Snapshot {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// The day on which it is looked at.
    pub as_of: Date,
    /// Its files.
    pub files: Vec<FileEntry>,
    /// What could not be listed.
    pub findings: Vec<Finding>,
    /// True where a symbolic link was followed, so that one file may have several paths.
    pub links: bool,
}

impl Snapshot {
    /// Lists the files of the workspace at `root`.
    pub fn take(root: &Path, as_of: Date) -> Snapshot {
        let mut walk = Walk {
            physical: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            files: Vec::new(),
            findings: Vec::new(),
            links: false,
        };
        for top in [SETTINGS, CONTENT, "themes"] {
            let path = root.join(top);
            match std::fs::symlink_metadata(&path).map(|meta| meta.file_type()) {
                Ok(kind) if kind.is_symlink() => walk.link(&path, top, &mut Vec::new()),
                Ok(kind) if kind.is_dir() => walk.top(&path, top),
                Ok(kind) if kind.is_file() => walk.push(top),
                _ => {}
            }
        }
        let Walk { mut files, findings, links, .. } = walk;
        files.par_sort_by(|a, b| a.path.cmp(&b.path));
        Snapshot { root: root.to_owned(), as_of, files, findings, links }
    }

    /// The bytes of a file on disk.
    ///
    /// # Errors
    /// In words, when it cannot be read or is larger than [`MAX_TEXT`].
    pub fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        read_limited(&self.root.join(path))
    }

    /// The same, with what tells whether the file has changed since.
    pub fn read_with_stamp(&self, path: &str) -> (Result<Vec<u8>, String>, Option<Stamp>) {
        match open_limited(&self.root.join(path)) {
            Ok((file, meta)) => (read_open(file, &meta), Some(Stamp::of(&meta))),
            Err(why) => (Err(why), None),
        }
    }

    /// What tells whether a file has changed; `None` where it cannot be told.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        std::fs::metadata(self.root.join(path)).ok().map(|meta| Stamp::of(&meta))
    }
}

/// What tells one state of a file from the next without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    /// When it was written, as far as the disk says.
    pub time: Option<SystemTime>,
    /// Its number, and when anything about it changed, which no program can set.
    #[cfg(unix)]
    inode: (u64, i64, i64),
}

impl Stamp {
    fn of(meta: &Metadata) -> Stamp {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Stamp {
            size: meta.len(),
            time: meta.modified().ok(),
            #[cfg(unix)]
            inode: (meta.ino(), meta.ctime(), meta.ctime_nsec()),
        }
    }
}

/// The text of a file, for showing a part of it. Empty when it cannot be read.
pub fn text_of(path: &Path) -> String {
    read_limited(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// The bytes of a file on disk.
///
/// # Errors
/// In words, when it cannot be read or is larger than [`MAX_TEXT`].
pub fn read_limited(path: &Path) -> Result<Vec<u8>, String> {
    let (file, meta) = open_limited(path)?;
    read_open(file, &meta)
}

fn open_limited(path: &Path) -> Result<(File, Metadata), String> {
    let failed = |error: std::io::Error| format!("it cannot be read: {}", describe(&error));
    let file = File::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    Ok((file, meta))
}

fn read_open(file: File, meta: &Metadata) -> Result<Vec<u8>, String> {
    let size = meta.len();
    if size > MAX_TEXT {
        return Err(format!("it is {} MB large; texts of more than {} MB are not read", size / 1_000_000, MAX_TEXT / 1_000_000));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    // A file that grows while it is read is still cut off.
    let read = file.take(MAX_TEXT + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("it cannot be read: {}", describe(&error)))?;
    Ok(bytes)
}

/// An I/O error in plain words, without the number that operating systems add.
pub fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}

struct Walk {
    physical: PathBuf,
    files: Vec<FileEntry>,
    findings: Vec<Finding>,
    links: bool,
}

impl Walk {
    fn push(&mut self, path: &str) {
        if let Some(kind) = Kind::of(path) {
            self.files.push(FileEntry { path: Arc::from(path), kind });
        }
    }

    fn report(&mut self, path: &str, message: String, help: &str) {
        let finding = Finding::new(&input::UNREADABLE, &Arc::from(path), Place::File, message).help(help.to_owned());
        self.findings.push(finding);
    }

    /// Walks a folder at the top. The folders of partners are many and small, so they are walked side by side.
    fn top(&mut self, folder: &Path, prefix: &str) {
        let partners = folder.join("partners");
        // A link is not walked here, so that it is followed, and judged, only once.
        let real = std::fs::symlink_metadata(&partners).is_ok_and(|meta| meta.is_dir());
        let inner: Vec<PathBuf> = std::fs::read_dir(&partners)
            .ok()
            .filter(|_| real)
            .map(|entries| {
                entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
            })
            .unwrap_or_default();
        if prefix != CONTENT || inner.len() < SIDE_BY_SIDE {
            return self.folder(folder, prefix, &mut Vec::new(), &|_| false);
        }
        self.folder(folder, prefix, &mut Vec::new(), &|path| path.parent() == Some(&partners));
        let parts: Vec<Walk> = inner
            .par_iter()
            .map(|path| {
                let mut walk = Walk { physical: self.physical.clone(), files: Vec::new(), findings: Vec::new(), links: false };
                let name = path.file_name().unwrap_or_default();
                let inside = format!("{prefix}/partners/{}", name.to_string_lossy());
                match name.to_str() {
                    Some(name) if is_ignored(name) => {}
                    Some(_) => walk.folder(path, &inside, &mut Vec::new(), &|_| false),
                    None => walk.not_utf8(&inside),
                }
                walk
            })
            .collect();
        for part in parts {
            self.files.extend(part.files);
            self.findings.extend(part.findings);
            self.links |= part.links;
        }
    }

    /// Walks `folder`, known as `prefix`. `came_from` holds the real folders in which followed links lie.
    fn folder(&mut self, folder: &Path, prefix: &str, came_from: &mut Vec<PathBuf>, pass_over: &dyn Fn(&Path) -> bool) {
        let visible = |entry: &walkdir::DirEntry| {
            entry.depth() == 0
                || !(entry.file_name().to_str().is_some_and(is_ignored) || (entry.file_type().is_dir() && pass_over(entry.path())))
        };
        for entry in WalkDir::new(folder).min_depth(1).into_iter().filter_entry(visible) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let at = error.path().and_then(|path| path.strip_prefix(folder).ok()).map(Path::to_path_buf).unwrap_or_default();
                    let words = error.io_error().map_or_else(|| error.to_string(), describe);
                    self.report(
                        &format!("{prefix}/{}", slashed(&at)),
                        format!("this folder cannot be read: {words}"),
                        "check its permissions",
                    );
                    continue;
                }
            };
            let Ok(relative) = entry.path().strip_prefix(folder) else {
                continue;
            };
            let path = format!("{prefix}/{}", slashed(relative));
            if relative.to_str().is_none() {
                self.not_utf8(&path);
                continue;
            }
            let kind = entry.file_type();
            if kind.is_symlink() {
                self.link(entry.path(), &path, came_from);
            } else if kind.is_file() {
                self.push(&path);
            }
        }
    }

    fn not_utf8(&mut self, path: &str) {
        self.report(path, "the name of this file is not UTF-8".to_owned(), "rename it");
    }

    fn link(&mut self, link: &Path, path: &str, came_from: &mut Vec<PathBuf>) {
        self.links = true;
        let Ok(target) = link.canonicalize() else {
            return self.report(
                path,
                "this symbolic link leads nowhere, or in a circle".to_owned(),
                "remove it, or let it point to a file of the workspace",
            );
        };
        if !target.starts_with(&self.physical) {
            return self.report(path, "this symbolic link leads out of the workspace".to_owned(), "copy the file into the workspace");
        }
        if target.is_file() {
            return self.push(path);
        }
        let Some(Ok(parent)) = link.parent().map(Path::canonicalize) else {
            return;
        };
        if came_from.len() >= MAX_LINKS {
            return self.report(path, format!("this symbolic link lies behind {MAX_LINKS} others"), "link to the folder itself");
        }
        came_from.push(parent);
        if came_from.iter().any(|folder| folder.starts_with(&target)) {
            self.report(path, "this symbolic link leads in a circle".to_owned(), "remove it");
        } else if target.is_dir() {
            self.folder(&target, path, came_from, &|_| false);
        }
        came_from.pop();
    }
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
