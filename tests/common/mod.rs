//! What the tests share: a workspace made on the spot, what is found in it, and the site that comes out.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::case_sensitive_file_extension_comparisons,
    missing_docs
)]

pub mod records;
pub mod site;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::civil::Date;
use partnerbook::diagnostics::{Finding, span_of};
use partnerbook::site::Site;
use partnerbook::text::lines::line_column;
use partnerbook::workspace::Workspace;
use tempfile::TempDir;

/// The day on which tests look at a workspace.
pub const DAY: &str = "2026-11-20";

/// The files of a folder by their paths, with their bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A workspace in a folder of its own; it is removed when it is dropped.
pub struct Space {
    folder: TempDir,
    as_of: Date,
}

/// What came out of a build.
pub struct Built {
    /// The exit status.
    pub status: i32,
    /// What was said, on both outputs.
    pub said: String,
    /// The site.
    pub pages: Tree,
    /// What was found: `path:line:column severity rule message`.
    pub findings: Vec<String>,
}

impl Space {
    /// A workspace with empty settings and a partner that nothing is wrong with.
    pub fn new() -> Space {
        Space::empty().file("content/partners/sound.md", "---\nname: Sound\n---\nFine.\n")
    }

    /// A workspace with empty settings and nothing else.
    pub fn empty() -> Space {
        let space = Space { folder: tempfile::tempdir().unwrap(), as_of: DAY.parse().unwrap() };
        space.file("partnerbook.yaml", "")
    }

    /// Looked at on another day.
    pub fn on(mut self, day: &str) -> Space {
        self.as_of = day.parse().unwrap();
        self
    }

    /// With this file.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Space {
        self.write(path, bytes);
        self
    }

    /// With a partner whose front matter is `yaml`, and a body.
    pub fn partner(self, id: &str, yaml: &str, body: &str) -> Space {
        let text = format!("---\n{yaml}\n---\n{body}");
        self.file(&format!("content/partners/{id}.md"), text)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        write(&self.root().join(path), bytes);
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// The folder of the workspace. The sites of tests lie beside it, so that copies of it hold nothing else.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    /// A path beside the workspace.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of the site.
    pub fn out(&self) -> PathBuf {
        self.beside("site")
    }

    /// The workspace, read and resolved.
    pub fn workspace(&self) -> Workspace {
        Workspace::load(&self.root(), self.as_of, false)
    }

    /// The site, laid out but not published.
    pub fn site(&self) -> Site {
        Site::new(self.workspace())
    }

    /// What is wrong with what was read. What rules say of partnerships has tests of its own.
    pub fn findings(&self) -> Vec<String> {
        let found = self.site().workspace.findings;
        shown(&self.root(), found.iter().filter(|finding| finding.rule.category() == "input"))
    }

    /// Everything that is found.
    pub fn all_findings(&self) -> Vec<String> {
        shown(&self.root(), &self.site().workspace.findings)
    }

    /// Builds with `--keep-going`.
    pub fn build(&self) -> Built {
        self.build_with(&["--keep-going"])
    }

    /// Builds with these arguments.
    pub fn build_with(&self, arguments: &[&str]) -> Built {
        let output = self.command(arguments).output().unwrap();
        Built { status: status(&output), said: said(&output), pages: tree(&self.out()), findings: self.findings() }
    }

    /// A build of this workspace as a program that has not been started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = build_command(&self.root(), &self.out(), arguments);
        command.arg(format!("--as-of={}", self.as_of));
        command
    }
}

/// A build of a workspace into a folder, as of whatever the environment says.
pub fn build_command(root: &Path, out: &Path, arguments: &[&str]) -> Command {
    let mut command = program();
    command.arg("-C").arg(root).arg("build").arg("--out").arg(out).args(arguments);
    command
}

/// The program, with nothing of the environment that changes what it does.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partnerbook"));
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    command
}

/// Writes a file, and the folders above it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The exit status; a program that was stopped by a signal, or that panicked, fails the test.
pub fn status(output: &Output) -> i32 {
    let said = said(output);
    assert!(!said.contains("panicked at"), "{said}");
    output.status.code().unwrap_or_else(|| panic!("stopped by a signal: {:?}\n{said}", output.status))
}

/// What a program said, on both outputs.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Every file below a folder, links as files that hold where they lead; empty where there is no such folder.
pub fn tree(folder: &Path) -> Tree {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let bytes = if entry.path_is_symlink() {
                fs::read_link(entry.path()).unwrap().into_os_string().into_encoded_bytes()
            } else {
                fs::read(entry.path()).unwrap()
            };
            (path.to_string_lossy().replace('\\', "/"), bytes)
        })
        .collect()
}

/// Findings as one line each.
pub fn shown<'f>(root: &Path, findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    findings
        .into_iter()
        .map(|finding| {
            let bytes = fs::read(root.join(finding.path.as_ref())).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let at = line_column(&text, span_of(&text, &finding.place).start);
            format!("{}:{}:{} {} {} {}", finding.path, at.line, at.column, finding.severity.word(), finding.rule.name, finding.message)
        })
        .collect()
}

/// The findings without the notes, which say nothing about what is broken.
pub fn grave(findings: &[String]) -> Vec<&str> {
    findings.iter().map(String::as_str).filter(|finding| !finding.contains(" note ")).collect()
}

impl Built {
    /// The text of a page.
    pub fn page(&self, path: &str) -> &str {
        let bytes = self.pages.get(path).unwrap_or_else(|| panic!("there is no {path} in {:?}\n{}", self.pages.keys(), self.said));
        std::str::from_utf8(bytes).unwrap()
    }

    /// True when the site has this file.
    pub fn has(&self, path: &str) -> bool {
        self.pages.contains_key(path)
    }

    /// Asserts that exactly these are found, notes aside, that the sound partner has its page all the same, and that the
    /// exit status says so.
    #[track_caller]
    pub fn finds(&self, expected: &[&str]) -> &Self {
        assert_eq!(grave(&self.findings), expected, "{}", self.said);
        let errors = expected.iter().any(|finding| finding.contains(" error "));
        assert_eq!(self.status, i32::from(errors), "{}", self.said);
        assert!(self.page("partners/sound.html").contains("Fine."), "the sound partner has its page");
        self
    }
}

/// Asserts that two folders hold the same files; tells which differ.
#[track_caller]
pub fn same(left: &Tree, right: &Tree) {
    let differ = differences(left, right);
    assert!(differ.is_empty(), "these differ: {differ:?}");
}

/// The files that are not in both, or not the same in both.
pub fn differences<'a>(left: &'a Tree, right: &'a Tree) -> Vec<&'a str> {
    let mut differ: Vec<&str> =
        left.keys().chain(right.keys()).filter(|path| left.get(*path) != right.get(*path)).map(String::as_str).collect();
    differ.sort_unstable();
    differ.dedup();
    differ
}
