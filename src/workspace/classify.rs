//! What a file is, told by its path alone.

use crate::model::period::Period;
use crate::text::path;

/// What a file of the workspace is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `partnerbook.yaml`.
    Settings,
    /// `content/people.yaml`.
    People,
    /// `content/metrics.csv`, or a partner's own with the name of its folder.
    Metrics(Option<String>),
    /// A partner, with the stem of its file or the name of its folder.
    Partner(String),
    /// A quarterly review: the partner's folder, and the period in its name (`None` where the name is not a period).
    Review(String, Option<Period>),
    /// A partnership issue: the partner's folder.
    Issue(String),
    /// A playbook: its id.
    Playbook(String),
    /// Any other Markdown page, with the partner's folder where it lies in one.
    Page(Option<String>),
    /// Any other file of `content/`: copied.
    Asset,
    /// A file of the theme, by its path in it.
    Theme(String),
}

/// The file of settings, at the top of a workspace.
pub const SETTINGS: &str = "partnerbook.yaml";
/// The folder of everything that people write.
pub const CONTENT: &str = "content";

impl Kind {
    /// What the file at `file` (relative to the workspace) is; `None` for what partnerbook does not read.
    pub fn of(file: &str) -> Option<Kind> {
        if file == SETTINGS {
            return Some(Kind::Settings);
        }
        if let Some(rest) = file.strip_prefix("themes/") {
            return rest.split_once('/').map(|(_, inner)| Kind::Theme(inner.to_owned()));
        }
        let inner = file.strip_prefix("content/")?;
        let parts: Vec<&str> = inner.split('/').collect();
        let extension = path::extension(inner);
        let markdown = matches!(extension.as_str(), "md" | "markdown");
        let yaml = matches!(extension.as_str(), "yaml" | "yml");
        let stem = path::stem(inner);
        Some(match parts.as_slice() {
            ["people.yaml" | "people.yml"] => Kind::People,
            ["metrics.csv"] => Kind::Metrics(None),
            ["partners", folder, "metrics.csv"] => Kind::Metrics(Some((*folder).to_owned())),
            ["playbooks", _] if yaml => Kind::Playbook(stem.to_owned()),
            ["partners", _] if markdown && stem != "index" => Kind::Partner(stem.to_owned()),
            ["partners", folder, _] if markdown && stem == "index" => Kind::Partner((*folder).to_owned()),
            ["partners", folder, "qbr", _] if markdown && stem != "index" => Kind::Review((*folder).to_owned(), Period::parse(stem)),
            ["partners", folder, "issues", _] if markdown && stem != "index" => Kind::Issue((*folder).to_owned()),
            ["partners", folder, _, ..] if markdown => Kind::Page(Some((*folder).to_owned())),
            _ if markdown => Kind::Page(None),
            _ => Kind::Asset,
        })
    }

    /// True for what is parsed, false for what is only copied.
    pub fn is_text(&self) -> bool {
        !matches!(self, Kind::Asset | Kind::Theme(_))
    }
}

/// True for files that nobody means to publish: hidden ones, and what editors and systems leave behind.
pub fn is_ignored(name: &str) -> bool {
    const LEFTOVERS: [&str; 5] = [".orig", ".bak", ".rej", ".swp", ".tmp"];
    name.starts_with('.')
        || LEFTOVERS.iter().any(|ending| name.ends_with(ending))
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_place() {
        let page = |folder: &str| Some(Kind::Page(Some(folder.to_owned())));
        assert_eq!(Kind::of("content/partners/acme.md"), Some(Kind::Partner("acme".to_owned())));
        assert_eq!(Kind::of("content/partners/acme/index.md"), Some(Kind::Partner("acme".to_owned())));
        assert_eq!(Kind::of("content/partners/index.md"), Some(Kind::Page(None)));
        assert_eq!(Kind::of("content/partners/acme/qbr/2026-Q3.md"), Some(Kind::Review("acme".to_owned(), Some(Period::Quarter(2026, 3)))));
        assert_eq!(Kind::of("content/partners/acme/notes/a.md"), page("acme"));
        assert_eq!(Kind::of("content/partners/acme/logo.svg"), Some(Kind::Asset));
        assert_eq!(Kind::of("content/playbooks/recruit.yml"), Some(Kind::Playbook("recruit".to_owned())));
        assert_eq!(Kind::of("themes/default/static/style.css"), Some(Kind::Theme("static/style.css".to_owned())));
        assert_eq!(Kind::of("README.md"), None);
    }
}
