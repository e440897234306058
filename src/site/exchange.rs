//! Two folders change places.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How the name of the old site ends while it stands aside.
pub const ASIDE: &str = "-old";

/// Lets two folders change places: in one step where the system can, else in two.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_in_two(a, b),
        result => result.map_err(io::Error::from),
    }
}

/// Lets two folders change places, in two steps.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    exchange_in_two(a, b)
}

/// Two renames. Killed between them, the next build puts the old site back.
fn exchange_in_two(new: &Path, out: &Path) -> io::Result<()> {
    let mut aside = new.as_os_str().to_owned();
    aside.push(ASIDE);
    let aside = PathBuf::from(aside);
    fs::rename(out, &aside)?;
    if let Err(error) = fs::rename(new, out) {
        fs::rename(&aside, out)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}
