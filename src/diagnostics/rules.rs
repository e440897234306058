//! What a rule is. A rule's name is `category/what-is-wrong`; it is the same in findings, settings, documents and on the site.

use super::Severity;

/// One rule, with everything that people read about it: `partnerbook explain`, its page on the site and `docs/rules.md` are
/// made of these texts, and a test runs the examples.
#[derive(Debug)]
pub struct Rule {
    /// `category/what-is-wrong`.
    pub name: &'static str,
    /// Its severity unless the workspace says otherwise.
    pub severity: Severity,
    /// When it fires, in one sentence.
    pub summary: &'static str,
    /// Why it matters, in Markdown.
    pub why: &'static str,
    /// Files in which it fires once; see [`example`].
    pub fires: &'static str,
    /// What it says of them.
    pub says: &'static str,
    /// Files much like those, in which it is silent.
    pub passes: &'static str,
    /// How to put it right, in Markdown.
    pub fix: &'static str,
    /// Settings that matter to it, in Markdown; empty where there are none.
    pub settings: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.name == other.name
    }
}
impl Eq for Rule {}

impl Rule {
    /// The part of the name before the slash.
    pub fn category(&self) -> &'static str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// True where `pattern` means this rule: its name, its category, or `category/*`.
    pub fn is_meant_by(&self, pattern: &str) -> bool {
        pattern == self.name || pattern.strip_suffix("/*").unwrap_or(pattern) == self.category()
    }
}

/// The day on which examples are looked at.
pub const EXAMPLE_DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 20);

/// The files of an example as they are shown: a character that nobody can see stands as its picture.
pub fn example_shown(text: &str) -> Vec<(String, String)> {
    let shown = |c: char| match c {
        '\n' => c,
        c if u32::from(c) < 32 => char::from_u32(0x2400 + u32::from(c)).unwrap_or(c),
        c => c,
    };
    example(text).into_iter().map(|(path, text)| (path, text.chars().map(shown).collect())).collect()
}

/// The files of an example: path and text.
///
/// A line `=== path` starts a file. What comes before the first one is the front matter of `content/partners/acme.md`; its
/// fences are added, and so is a name where it has none.
pub fn example(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut front = String::new();
    for line in text.trim_matches('\n').split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("=== ") {
            files.push((path.trim().to_owned(), String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
        } else {
            front.push_str(line);
        }
    }
    if !front.trim().is_empty() {
        let name = if front.lines().any(|line| line.starts_with("name:")) { "" } else { "name: Acme\n" };
        files.insert(0, ("content/partners/acme.md".to_owned(), format!("---\n{name}{}\n---\n", front.trim_end())));
    }
    files
}
