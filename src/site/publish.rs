//! Publishing: a site appears whole or not at all.
//!
//! The new site is written into a folder beside the output and then changes places with it in one step. What a former build
//! wrote and this one does not is gone with the old folder; what somebody else put there comes along. A file that has not
//! changed is kept as it is, so that its date tells the truth.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use walkdir::WalkDir;

use super::exchange::{ASIDE, exchange};
use super::render::{Rendered, Room, Site, once_each};
use super::routes::Route;
use crate::diagnostics::Finding;
use crate::workspace::snapshot::describe;

/// The file that marks a folder as ours, and lists what is ours in it.
pub const MANIFEST: &str = ".partnerbook";
const LOCK: &str = ".partnerbook-lock";
const HEADER: &str = "partnerbook site 1";

/// Why a site was not published. What was published before is untouched.
#[derive(Debug)]
pub enum PublishError {
    /// The output folder cannot be used: what is wrong, and what to do.
    Refused(String, String),
    /// The file system failed at a path.
    Io(PathBuf, io::Error),
    /// Templates failed.
    Templates(Vec<Finding>),
}

impl PublishError {
    /// One sentence, and advice where there is any.
    pub fn words(&self) -> (String, Option<String>) {
        match self {
            PublishError::Refused(message, help) => (message.clone(), Some(help.clone())),
            PublishError::Io(path, error) => (format!("cannot write {}: {}", path.display(), describe(error)), None),
            PublishError::Templates(_) => ("the site was not made: a template failed".to_owned(), None),
        }
    }
}

/// What a publication did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Files that are new or different.
    pub changed: usize,
    /// Files of the former site that are gone.
    pub removed: usize,
}

/// Checks that `out` can be an output folder of the workspace at `root`, and gives its real path.
///
/// # Errors
/// When it contains the workspace, lies in what is read, or holds something that partnerbook did not write.
pub fn check_output(root: &Path, out: &Path) -> Result<PathBuf, PublishError> {
    let refused = |message: String, help: &str| Err(PublishError::Refused(message, help.to_owned()));
    let shown = out.display();
    let real = real_path(out).map_err(|error| PublishError::Io(out.to_owned(), error))?;
    bring_back(&real)?;
    let root = root.canonicalize().map_err(|error| PublishError::Io(root.to_owned(), error))?;
    if root.starts_with(&real) {
        return refused(format!("the output folder {shown} contains the workspace"), "choose a folder of its own with --out");
    }
    for part in [crate::workspace::classify::CONTENT, "themes"] {
        let folder = root.join(part);
        if real.starts_with(&folder) || folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)) {
            return refused(
                format!("the output folder {shown} lies in `{part}/`, which is read"),
                "choose a folder outside of it with --out",
            );
        }
    }
    match fs::metadata(&real) {
        Err(_) => {}
        Ok(meta) if !meta.is_dir() => {
            return refused(format!("{shown} is a file, not a folder"), "choose a folder with --out");
        }
        Ok(_) => {
            let empty = fs::read_dir(&real).map_err(|error| PublishError::Io(real.clone(), error))?.next().is_none();
            if !empty && !is_ours(&real) {
                return refused(
                    format!("the folder {shown} is not empty and was not made by partnerbook"),
                    "choose another folder with --out, or empty this one if nothing in it is needed",
                );
            }
        }
    }
    Ok(real)
}

/// Where a system cannot exchange folders in one step and the build was killed between the two, the old site stands aside. It
/// comes back before anything else is done.
fn bring_back(out: &Path) -> Result<(), PublishError> {
    let (Some(parent), Some(name), false) = (out.parent(), out.file_name(), out.exists()) else { return Ok(()) };
    let prefix = stage_prefix(name);
    let Ok(entries) = fs::read_dir(parent) else { return Ok(()) };
    let aside = entries.flatten().find(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(&prefix) && name.ends_with(ASIDE) && is_ours(&entry.path())
    });
    match aside {
        Some(entry) => fs::rename(entry.path(), out).map_err(|error| PublishError::Io(out.to_owned(), error)),
        None => Ok(()),
    }
}

/// How the names of the folders beside an output folder start.
fn stage_prefix(name: &std::ffi::OsStr) -> String {
    format!(".{}.partnerbook-", name.to_string_lossy())
}

/// The real path of something that may not be there yet.
fn real_path(path: &Path) -> io::Result<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut at = absolute.as_path();
    loop {
        match (at.canonicalize(), at.file_name(), at.parent()) {
            (Ok(real), ..) => {
                return Ok(missing.iter().rev().fold(real, |path, part| path.join(part)));
            }
            (Err(_), Some(name), Some(parent)) => {
                missing.push(name.to_owned());
                at = parent;
            }
            (Err(error), ..) => return Err(error),
        }
    }
}

/// True for a folder that holds a site of ours. The first line of the manifest tells; the rest may be long.
fn is_ours(folder: &Path) -> bool {
    let mut line = String::new();
    File::open(folder.join(MANIFEST)).and_then(|file| io::BufReader::new(file).take(64).read_line(&mut line)).is_ok()
        && line.trim_end() == HEADER
}

/// The paths that a former build wrote; `None` where the folder is not ours.
fn read_manifest(folder: &Path) -> Option<FxHashSet<String>> {
    let text = fs::read_to_string(folder.join(MANIFEST)).ok()?;
    let mut lines = text.lines();
    (lines.next() == Some(HEADER)).then(|| lines.map(str::to_owned).collect())
}

/// Renders every page of the site and puts it at `out`, which [`check_output`] has approved. `written` counts along.
///
/// # Errors
/// See [`PublishError`]; whatever happens, `out` holds either the old site or the new one.
pub fn publish(site: &Site, out: &Path, written: &AtomicUsize) -> Result<Published, PublishError> {
    let stage = Stage::open(out)?;
    let old = if out.is_dir() { read_manifest(out).unwrap_or_default() } else { FxHashSet::default() };
    let changed = write_all(site, &stage, out, &old, written)?;
    let removed = old.iter().filter(|path| !site.routes.all.contains_key(*path)).count();
    if out.is_dir() {
        keep_foreign(out, &stage.folder, &old).map_err(|(path, error)| match error.kind() {
            io::ErrorKind::AlreadyExists => PublishError::Refused(
                format!("{} was not made by partnerbook, and a page of the site has the same path", path.display()),
                "move that file, or give the page another name".to_owned(),
            ),
            _ => PublishError::Io(path, error),
        })?;
    }
    let published = Published { files: site.routes.all.len(), changed, removed };
    if changed == 0 && removed == 0 && out.is_dir() && !old.is_empty() {
        // A build that was killed right after the exchange has left its lock.
        let _ = fs::remove_file(out.join(LOCK));
        return Ok(published);
    }
    stage.swap(out)?;
    Ok(published)
}

fn write_all(site: &Site, stage: &Stage, out: &Path, old: &FxHashSet<String>, written: &AtomicUsize) -> Result<usize, PublishError> {
    let folder = &stage.folder;
    let folders: BTreeSet<&str> = site.routes.all.keys().map(|path| crate::text::path::parent(path)).collect();
    folders.into_par_iter().try_for_each(|inner| {
        let path = folder.join(inner);
        fs::create_dir_all(&path).map_err(|error| PublishError::Io(path, error))
    })?;
    let failed = AtomicBool::new(false);
    let changed = AtomicUsize::new(0);
    let mut routes: Vec<_> = site.routes.all.iter().collect();
    // The longest pages first, so that no core waits for one of them at the end.
    routes.sort_by_key(|(_, route)| matches!(route, Route::Page(_) | Route::Scorecard(_) | Route::Quarter(..) | Route::Asset(_)));
    let errors: Vec<PublishError> = routes
        .par_iter()
        .with_max_len(64)
        .map_init(Room::default, |room, (path, route)| {
            if failed.load(Ordering::Relaxed) {
                return None;
            }
            let result = match site.render_in(room, path, route) {
                Err(finding) => Err(PublishError::Templates(vec![*finding])),
                Ok(rendered) => {
                    let before = old.contains(*path).then(|| out.join(path));
                    let result = write_one(site, route, &rendered, &folder.join(path), before.as_deref());
                    room.take_back(rendered);
                    result
                }
            };
            written.fetch_add(1, Ordering::Relaxed);
            match result {
                Ok(new) => {
                    changed.fetch_add(usize::from(new), Ordering::Relaxed);
                    None
                }
                Err(error) => {
                    failed.store(!matches!(error, PublishError::Templates(_)), Ordering::Relaxed);
                    Some(error)
                }
            }
        })
        .flatten()
        .collect();
    first_error(errors)?;
    let manifest: String =
        std::iter::once(HEADER).chain(site.routes.all.keys().map(String::as_str)).flat_map(|line| [line, "\n"]).collect();
    let path = folder.join(MANIFEST);
    fs::write(&path, manifest).map_err(|error| PublishError::Io(path, error))?;
    Ok(changed.into_inner())
}

/// All mistakes in templates, or the first failure of the file system.
fn first_error(errors: Vec<PublishError>) -> Result<(), PublishError> {
    let mut findings: Vec<Finding> = Vec::new();
    for error in errors {
        match error {
            PublishError::Templates(more) => findings.extend(more),
            other => return Err(other),
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(PublishError::Templates(once_each(findings))) }
}

/// Writes one file; true when it is new or different from the one `before`.
fn write_one(site: &Site, route: &Route, rendered: &Rendered, path: &Path, before: Option<&Path>) -> Result<bool, PublishError> {
    let failed = |error| PublishError::Io(path.to_owned(), error);
    let bytes = match rendered {
        Rendered::Bytes(bytes) => bytes,
        Rendered::Stream => {
            let mut file = File::create(path).map_err(failed)?;
            site.stream(route, &mut |piece| file.write_all(piece)).map_err(failed)?;
            drop(file);
            let same = before.filter(|before| same_file(path, before));
            return match same {
                Some(before) => {
                    let link = fs::remove_file(path).and_then(|()| fs::hard_link(before, path));
                    link.or_else(|_| fs::copy(before, path).map(|_| ())).map(|()| false).map_err(failed)
                }
                None => Ok(true),
            };
        }
        Rendered::Copy(source) => {
            let source = site.workspace.root.join(source.as_ref());
            if let Some(before) = before
                && same_file(&source, before)
                && fs::hard_link(before, path).is_ok()
            {
                return Ok(false);
            }
            return fs::copy(&source, path).map(|_| true).map_err(|error| PublishError::Io(source, error));
        }
    };
    if let Some(before) = before
        && holds(before, bytes)
        && fs::hard_link(before, path).is_ok()
    {
        return Ok(false);
    }
    File::create(path).and_then(|mut file| file.write_all(bytes)).map(|()| true).map_err(failed)
}

fn holds(path: &Path, bytes: &[u8]) -> bool {
    // A link to somewhere else is not what we wrote.
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|old| old == bytes)
}

fn same_file(a: &Path, b: &Path) -> bool {
    let size = |path: &Path| fs::metadata(path).map(|meta| meta.len()).ok();
    size(a).is_some() && size(a) == size(b) && fs::symlink_metadata(b).is_ok_and(|meta| meta.is_file()) && read_equal(a, b).unwrap_or(false)
}

fn read_equal(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (io::BufReader::new(File::open(a)?), io::BufReader::new(File::open(b)?));
    let (mut left, mut right) = ([0; 8192], [0; 8192]);
    loop {
        let n = a.read(&mut left)?;
        if n == 0 {
            return Ok(b.read(&mut right)? == 0);
        }
        b.read_exact(&mut right[..n])?;
        if left[..n] != right[..n] {
            return Ok(false);
        }
    }
}

/// Brings along what partnerbook did not write. Links keep the files themselves; where the disk has none, they are copied.
fn keep_foreign(out: &Path, stage: &Path, ours: &FxHashSet<String>) -> Result<(), (PathBuf, io::Error)> {
    let mut our_folders: FxHashSet<&str> = FxHashSet::default();
    #[allow(clippy::iter_over_hash_type, reason = "the set of folders does not depend on the order")]
    for path in ours {
        let mut folder = crate::text::path::parent(path);
        while !folder.is_empty() && our_folders.insert(folder) {
            folder = crate::text::path::parent(folder);
        }
    }
    for entry in WalkDir::new(out).min_depth(1) {
        let entry = entry.map_err(|error| (out.to_owned(), error.into()))?;
        let Ok(relative) = entry.path().strip_prefix(out) else {
            continue;
        };
        let name = slashed(relative);
        if ours.contains(&name) || name == MANIFEST || name == LOCK {
            continue;
        }
        let target = stage.join(relative);
        let failed = |error: io::Error| (entry.path().to_owned(), error);
        let kind = entry.file_type();
        if kind.is_dir() {
            // A folder of the former site that is empty now goes with it; somebody's own empty folder stays.
            if !our_folders.contains(name.as_str()) {
                fs::create_dir_all(&target).map_err(failed)?;
            }
            continue;
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        if fs::symlink_metadata(&target).is_ok() {
            return Err(failed(io::ErrorKind::AlreadyExists.into()));
        }
        if kind.is_symlink() {
            copy_link(entry.path(), &target).map_err(failed)?;
        } else if fs::hard_link(entry.path(), &target).is_err() {
            fs::copy(entry.path(), &target).map_err(failed)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to).map(|_| ())
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The folder beside the output in which a new site is made. It is removed when it is dropped.
struct Stage {
    folder: PathBuf,
    out: PathBuf,
    /// Held as long as the build lives, so that another build can tell a leftover from a build at work.
    _lock: File,
}

impl Stage {
    fn open(out: &Path) -> Result<Stage, PublishError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |error| PublishError::Io(path, error)
        };
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(PublishError::Refused(
                "the top of a disk cannot be an output folder".to_owned(),
                "choose a folder with --out".to_owned(),
            ));
        };
        fs::create_dir_all(parent).map_err(io(parent))?;
        let prefix = stage_prefix(name);
        // Looking for other builds and becoming one of them is one step. Windows has no locks on folders; there two builds that
        // start in the same moment are left to their luck.
        let gate = File::open(parent).ok();
        if let Some(gate) = &gate {
            let _ = gate.lock();
        }
        clean_leftovers(parent, &prefix, out)?;
        let folder = parent.join(format!("{prefix}{}", std::process::id()));
        fs::create_dir(&folder).map_err(io(&folder))?;
        let lock_path = folder.join(LOCK);
        let lock = File::create(&lock_path).map_err(io(&lock_path))?;
        let _ = lock.try_lock();
        Ok(Stage { folder, out: out.to_owned(), _lock: lock })
    }

    /// Lets the new site and the old one change places.
    fn swap(self, out: &Path) -> Result<(), PublishError> {
        let result = if out.is_dir() { exchange(&self.folder, out) } else { fs::rename(&self.folder, out) };
        result.map_err(|error| match error.kind() {
            io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => PublishError::Refused(
                format!("the output folder {} is a mounted disk, and cannot be replaced in one step", out.display()),
                "choose a folder inside of it with --out".to_owned(),
            ),
            _ => PublishError::Io(out.to_owned(), error),
        })?;
        let _ = fs::remove_file(out.join(LOCK));
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Before the swap this is an unfinished site, after it the former one.
        dispose(&self.folder, &self.out);
    }
}

/// Removes what former builds left behind when they were killed; refuses to go on while another build is at work.
fn clean_leftovers(parent: &Path, prefix: &str, out: &Path) -> Result<(), PublishError> {
    let entries = fs::read_dir(parent).map_err(|error| PublishError::Io(parent.to_owned(), error))?;
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix) && entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    for folder in found {
        let lock = folder.join(LOCK);
        if let Ok(file) = File::open(&lock)
            && matches!(file.try_lock(), Err(TryLockError::WouldBlock))
        {
            return Err(PublishError::Refused(
                format!("another build is writing {}", out.display()),
                "wait until it has finished".to_owned(),
            ));
        }
        if lock.is_file() || is_ours(&folder) {
            dispose(&folder, out);
        } else {
            // Killed before there was anything in it; a folder that is not empty is not ours, and stays.
            let _ = fs::remove_dir(&folder);
        }
    }
    Ok(())
}

/// Removes a folder that holds a site of ours. A file in it that is not ours and that `out` has not got is moved there first.
fn dispose(folder: &Path, out: &Path) {
    if let Some(ours) = read_manifest(folder) {
        for entry in WalkDir::new(folder).min_depth(1).into_iter().flatten() {
            let Ok(relative) = entry.path().strip_prefix(folder) else {
                continue;
            };
            let name = slashed(relative);
            if entry.file_type().is_dir() || ours.contains(&name) || name == MANIFEST || name == LOCK {
                continue;
            }
            let home = out.join(relative);
            if fs::symlink_metadata(&home).is_err() {
                let _ = home.parent().map(fs::create_dir_all);
                if fs::rename(entry.path(), &home).is_err() {
                    return;
                }
            } else if !entry.path_is_symlink() && !same_file(entry.path(), &home) {
                // Somebody wrote to it just now: both versions stay.
                return;
            }
        }
    }
    // What tells that the folder is ours goes last, so that a build that is killed here can be cleaned up after.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name != MANIFEST && name != LOCK {
            let _ = if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                fs::remove_dir_all(entry.path())
            } else {
                fs::remove_file(entry.path())
            };
        }
    }
    let _ = fs::remove_dir_all(folder);
}
