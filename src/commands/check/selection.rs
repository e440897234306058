//! Which findings are asked for: those of some rules, in some files.

use std::path::{Component, Path, PathBuf};

use super::super::{Failure, explain, report};
use crate::cli::CheckArgs;
use crate::diagnostics::Finding;

/// Which findings are asked for.
pub struct Selection {
    select: Vec<&'static str>,
    ignore: Vec<&'static str>,
    /// Paths relative to the workspace; empty where all are asked for.
    paths: Vec<String>,
}

impl Selection {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// When they name a rule or a path that there is not.
    pub fn new(root: &Path, args: &CheckArgs) -> Result<Selection, Failure> {
        let rules = |option: &str, names: &[String]| names.iter().map(|name| rule(option, name)).collect::<Result<Vec<_>, _>>();
        let (select, ignore) = (rules("--select", &args.select)?, rules("--ignore", &args.ignore)?);
        let mut paths = args.paths.iter().map(|path| inside(root, path)).collect::<Result<Vec<_>, _>>()?;
        if paths.iter().any(String::is_empty) {
            paths.clear();
        }
        Ok(Selection { select, ignore, paths })
    }

    /// True where everything is asked for.
    pub fn is_all(&self) -> bool {
        self.select.is_empty() && self.ignore.is_empty() && self.paths.is_empty()
    }

    /// True for a finding that is asked for.
    pub fn takes(&self, finding: &Finding) -> bool {
        let meant = |names: &[&str]| names.iter().any(|name| finding.rule.is_meant_by(name));
        let inside = |path: &String| finding.path.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        (self.select.is_empty() || meant(&self.select)) && !meant(&self.ignore) && (self.paths.is_empty() || self.paths.iter().any(inside))
    }
}

/// The name of the rule or category that is meant.
fn rule(option: &str, name: &str) -> Result<&'static str, Failure> {
    let named = explain::named(name).map_err(|failure| Failure { message: format!("{option}: {}", failure.message), ..failure })?;
    Ok(named.name())
}

/// A path from where one stands, as a path relative to the workspace.
fn inside(root: &Path, path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    if std::fs::symlink_metadata(path).is_err() {
        let help = if path.is_relative() && root.join(path).exists() {
            format!("paths start at the current folder; did you mean `{}`?", report::shown(&root.join(path)))
        } else {
            "name files or folders of the workspace, from where you stand".to_owned()
        };
        return Err(Failure::new(format!("there is no file or folder {shown}"), help));
    }
    // As it is written; where that does not lead into the workspace, as it is on disk.
    let written = relative(&absolute(root), &absolute(path));
    let real = || relative(&root.canonicalize().ok()?, &path.canonicalize().ok()?);
    written.or_else(real).ok_or_else(|| {
        Failure::new(
            format!("{shown} is outside of the workspace"),
            "name files or folders of the workspace; -C DIR names another workspace".to_owned(),
        )
    })
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let inner = path.strip_prefix(root).ok()?;
    Some(inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// A path from the top of the disk, without `.` and `..`, as it is written.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
