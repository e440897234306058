//! `partnerbook schema`: what the files of a workspace look like, as JSON Schema for editors.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{FINE, Failure, find_workspace, report};
use crate::cli::SchemaArgs;
use crate::content::schema::{Form, Words};
use crate::diagnostics::input;
use crate::lint;
use crate::model::schema::{self, SchemaKind};
use crate::model::settings::Settings;
use crate::workspace::classify::{Kind, SETTINGS};
use crate::workspace::document::{Content, Document};
use crate::workspace::snapshot::{Snapshot, describe};

/// The start of the comment in every schema, by which a file is known that may be written again.
const MADE: &str = "Made by `partnerbook schema`";

/// Prints a schema, writes all of them, or lists what there is.
///
/// # Errors
/// When the workspace is not found or its settings cannot be read, and when the disk fails.
pub fn run(dir: Option<&Path>, args: &SchemaArgs) -> Result<u8, Failure> {
    if args.kind.is_none() && args.out.is_none() {
        report::out(&list());
        return Ok(FINE);
    }
    let workspace = if args.default { None } else { workspace(dir)? };
    let (words, whose) = match &workspace {
        Some(root) => (words_of(root)?, "those of this workspace"),
        None => (built_in(), "the built-in ones"),
    };
    let comment = format!("{MADE}. Stages, models and other words are {whose}.");
    let text = |kind: SchemaKind| serde_json::to_string_pretty(&kind.schema(&words, &comment)).unwrap_or_default() + "\n";
    if let Some(kind) = args.kind.as_deref().and_then(SchemaKind::from_word) {
        report::out(&text(kind));
    }
    if let Some(folder) = &args.out {
        for kind in SchemaKind::ALL {
            write(&folder.join(format!("{}.schema.json", kind.word())), &text(kind))?;
        }
        report::out(&format!("Wrote {} schemas to {}; their words are {whose}\n", SchemaKind::ALL.len(), folder.display()));
    }
    Ok(FINE)
}

/// The kinds of files that have a schema.
fn list() -> String {
    let mut text = String::new();
    for (kind, about) in SchemaKind::ALL.into_iter().zip(SchemaKind::ABOUT) {
        let _ = writeln!(text, "{:9} {:31} {}", kind.word(), about.trim().trim_end_matches('.'), kind.files());
    }
    text.push_str("\n`partnerbook schema partner` prints one, `partnerbook schema --out .schemas` writes all of them.\n");
    text
}

/// The workspace, if there is one here or one was named.
fn workspace(dir: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    match find_workspace(dir) {
        Ok(root) => Ok(Some(root)),
        Err(_) if dir.is_none() => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The words of a workspace, from its settings and its people.
///
/// # Errors
/// When its settings cannot be read.
pub fn words_of(root: &Path) -> Result<Words, Failure> {
    // Nothing that is read here depends on the day.
    let snapshot = Snapshot::take(root, Date::ZERO);
    let mut settings = Settings::default();
    let mut people = Vec::new();
    for entry in snapshot.files.iter().filter(|entry| matches!(entry.kind, Kind::Settings | Kind::People)) {
        match Document::read(entry, snapshot.read(&entry.path)).content {
            Content::Settings(file) => settings = Settings::new(&file),
            Content::People(all) => people.clone_from(&all.0),
            _ if entry.kind == Kind::Settings => {
                let help = "`partnerbook check` says why; --default takes the built-in words".to_owned();
                return Err(Failure::new(format!("{SETTINGS} cannot be read, so its words are not known"), help));
            }
            _ => {}
        }
    }
    let mut words = schema::words(&settings);
    words.add(
        Form::Person,
        people.into_iter().map(|(id, person)| {
            let about = [person.name, person.role].into_iter().flatten().collect::<Vec<_>>().join(", ");
            (id, about)
        }),
    );
    add_rules(&mut words);
    Ok(words)
}

/// The words that every workspace starts with.
pub fn built_in() -> Words {
    let mut words = schema::words(&Settings::default());
    add_rules(&mut words);
    words
}

/// The rules, by name and by category.
fn add_rules(words: &mut Words) {
    let rules = || lint::rules().map(|rule| (rule.name.to_owned(), rule.summary.to_owned()));
    let categories = || {
        lint::CATEGORIES.iter().map(|category| (format!("{}/*", category.name), format!("All rules of the category: {}", category.about)))
    };
    let fixed = |name: &str| input::FIXED.iter().any(|rule| rule.name == name);
    words.add(Form::Rule, rules().chain(categories()));
    words.add(Form::Lint, rules().filter(|(name, _)| !fixed(name)).chain(categories()));
}

/// Writes a schema. Over another file only where that is a schema of ours.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("cannot write {}: {}", path.display(), describe(&error)), None);
    match fs::read(path) {
        Ok(bytes) if memchr::memmem::find(&bytes, MADE.as_bytes()).is_none_or(|at| at > 200) => {
            let help = "move it away, or name another folder".to_owned();
            return Err(Failure::new(format!("{} is there already, and partnerbook has not written it", path.display()), help));
        }
        // What stays the same is not touched, so that editors need not look again.
        Ok(bytes) if bytes == text.as_bytes() => return Ok(()),
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}
