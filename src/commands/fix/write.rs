//! Writing a file anew: whole or not at all, and never over what somebody else has written in the meantime.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::workspace::snapshot::describe;

/// So many names are tried for a file beside the one that is written; a killed run leaves one behind.
const NAMES: usize = 100;

/// Where a file of the workspace really lies, behind all links.
///
/// # Errors
/// In words, when it lies outside of the workspace or is not there.
pub fn target(root: &Path, path: &str) -> Result<PathBuf, String> {
    let real = |path: &Path| path.canonicalize().map_err(|error| describe(&error));
    let target = real(&root.join(path))?;
    if target.starts_with(real(root)?) { Ok(target) } else { Err("it lies outside of the workspace".to_owned()) }
}

/// Replaces `before` by `after` in the file at `target`.
///
/// # Errors
/// In words, when the file does not hold `before` any more, or cannot be written.
pub fn replace(target: &Path, before: &str, after: &str) -> Result<(), String> {
    let failed = |error: io::Error| describe(&error);
    // A rename would pass over a file's own protection.
    let meta = OpenOptions::new().write(true).open(target).and_then(|file| file.metadata()).map_err(failed)?;
    let (beside, file) = create_beside(target).map_err(failed)?;
    let written = fill(file, &meta, after).map_err(failed).and_then(|()| {
        // As late as possible: an editor may have saved it just now.
        if fs::read(target).map_err(failed)? == before.as_bytes() {
            fs::rename(&beside, target).map_err(failed)
        } else {
            Err("it has changed on disk in the meantime".to_owned())
        }
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // Hidden, so that nobody takes it for a page; cut, so that a long name stays one that a disk can hold.
    let name: String = name.chars().take(50).collect();
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..NAMES {
        let path = target.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match File::create_new(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn fill(mut file: File, like: &fs::Metadata, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        // Only root may give a file away, and only root needs to.
        let _ = fchown(&file, Some(like.uid()), Some(like.gid()));
    }
    file.set_permissions(like.permissions())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_in_the_meantime_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.md");
        fs::write(&path, "theirs").unwrap();
        assert_eq!(replace(&path, "before", "after"), Err("it has changed on disk in the meantime".to_owned()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(replace(&path, "theirs", "after"), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_of_the_workspace_is_a_target() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        fs::create_dir(&root).unwrap();
        fs::write(folder.path().join("secret.md"), "").unwrap();
        std::os::unix::fs::symlink("../secret.md", root.join("acme.md")).unwrap();
        assert!(target(&root, "acme.md").is_err());
        assert!(target(&root, "../secret.md").is_err());
        assert!(target(&root, "nowhere.md").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.md");
        fs::write(&path, "a").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, "a", "b").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
