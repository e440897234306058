//! Where a workspace lies: on what kind of disk, and in which repository.

use std::path::{Path, PathBuf};

use super::gather::Git;

/// File systems on which nobody says that another machine, or the host of this one, has changed a file.
const SILENT: [&str; 13] =
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "v9fs", "vboxsf", "drvfs", "prl_fs", "fuse.sshfs", "fuse.rclone", "fuse.vmhgfs-fuse"];

/// The kind of a file system that tells of no changes; `None` where all of these places lie on ones that do, with all that is in them.
pub fn silent_disk(places: &[PathBuf]) -> Option<String> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    places.iter().find_map(|place| silent(&table, place))
}

fn silent(table: &str, place: &Path) -> Option<String> {
    let is_silent = |kind: &str| SILENT.contains(&kind);
    let inside = || mounts(table).find(|(at, kind)| at != place && at.starts_with(place) && is_silent(kind));
    file_system(table, place).filter(|kind| is_silent(kind)).or_else(|| inside().map(|(_, kind)| kind.to_owned()))
}

/// Where file systems are mounted, and their kinds.
fn mounts(table: &str) -> impl Iterator<Item = (PathBuf, &str)> {
    table.lines().filter_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        Some((unescape(left.split(' ').nth(4)?), right.split(' ').next()?))
    })
}

/// The file system of a folder, as the table of mounts says it: the mount with the longest path above the folder, the last one of equals.
fn file_system(table: &str, folder: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for (at, kind) in mounts(table) {
        if folder.starts_with(&at) && best.is_none_or(|(length, _)| at.as_os_str().len() >= length) {
            best = Some((at.as_os_str().len(), kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

/// Blanks and the like stand in the table as `\040`.
fn unescape(text: &str) -> PathBuf {
    let text = text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
    PathBuf::from(text)
}

/// The repository that a workspace lies in.
#[derive(Debug, Default)]
pub struct Repository {
    folder: Option<PathBuf>,
}

impl Repository {
    /// The repository around a folder, which may be one of several working trees.
    pub fn of(root: &Path) -> Repository {
        let found = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists());
        let folder = found.and_then(|git| {
            if git.is_dir() {
                return Some(git);
            }
            let text = std::fs::read_to_string(&git).ok()?;
            Some(git.parent()?.join(text.strip_prefix("gitdir:")?.trim()))
        });
        Repository { folder }
    }

    /// What git is doing there.
    pub fn state(&self) -> Git {
        let has = |name: &str| self.folder.as_ref().is_some_and(|folder| folder.join(name).exists());
        if has("index.lock") {
            Git::Locked
        } else if has("rebase-merge") || has("rebase-apply") {
            Git::Rebase
        } else {
            Git::Idle
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:50 / /mnt/c rw,noatime - 9p C:\\134 rw,aname=drvfs
31 22 0:51 / /home/kim/team\\040share rw shared:7 master:2 - cifs //server/team rw
32 22 0:52 / /home/kim/old rw - nfs4 server:/old rw
33 22 0:53 / /home/kim/old rw - tmpfs none rw
";

    #[test]
    fn the_kind_of_a_disk_is_that_of_the_nearest_mount() {
        let kind = |folder: &str| file_system(TABLE, Path::new(folder));
        assert_eq!(kind("/work/book").as_deref(), Some("ext4"));
        assert_eq!(kind("/mnt/c/Users/kim/book").as_deref(), Some("9p"));
        assert_eq!(kind("/mnt/cc").as_deref(), Some("ext4"));
        assert_eq!(kind("/home/kim/team share/book").as_deref(), Some("cifs"));
        assert_eq!(kind("/home/kim/old/book").as_deref(), Some("tmpfs"), "what was mounted last lies on top");
        assert_eq!(file_system("nonsense\n - \n", Path::new("/")), None);
    }

    #[test]
    fn a_part_of_a_workspace_may_be_a_disk_of_its_own() {
        let silent = |place: &str| silent(TABLE, Path::new(place));
        assert_eq!(silent("/home/kim/book/content"), None);
        assert_eq!(silent("/mnt/c").as_deref(), Some("9p"), "itself");
        assert_eq!(silent("/home/kim/team share/book/content").as_deref(), Some("cifs"), "around it");
        assert_eq!(silent("/mnt").as_deref(), Some("9p"), "inside of it");
    }

    #[test]
    fn git_is_seen_at_work_from_a_folder_inside_and_from_another_working_tree() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| unreachable!("{error}"));
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            assert!(std::fs::create_dir_all(path.parent().unwrap_or(&path)).and_then(|()| std::fs::write(path, text)).is_ok());
        };
        write("main/.git/HEAD", "");
        write("main/book/partnerbook.yaml", "");
        write("tree/.git", "gitdir: ../main/.git/worktrees/tree\n");
        write("main/.git/worktrees/tree/HEAD", "");
        let (inside, tree) = (Repository::of(&folder.path().join("main/book")), Repository::of(&folder.path().join("tree")));
        assert_eq!((inside.state(), tree.state()), (Git::Idle, Git::Idle));
        write("main/.git/index.lock", "");
        assert_eq!((inside.state(), tree.state()), (Git::Locked, Git::Idle));
        write("main/.git/worktrees/tree/rebase-merge/head-name", "");
        assert_eq!(tree.state(), Git::Rebase);
    }
}
