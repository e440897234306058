//! One file, read by itself: a typed document and everything that is wrong with it.

use std::sync::Arc;

use super::classify::Kind;
use super::snapshot::FileEntry;
use crate::content::front_matter::{self, Split};
use crate::content::key_lines::KeyLines;
use crate::content::markdown::{self, Markdown};
use crate::content::read::{Dict, Field, Read, Reader};
use crate::content::yaml::{self, Node, Value};
use crate::diagnostics::{Finding, Place, input};
use crate::model::issue::Issue;
use crate::model::metrics::{self, Metric};
use crate::model::page::PageMeta;
use crate::model::partner::Partner;
use crate::model::playbook::{Person, Playbook};
use crate::model::review::Review;
use crate::model::settings_file::{self, SettingsFile};
use crate::text::{Span, join, path, slug};

/// A file, read. A copy of it shares what is in it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its path, relative to the workspace.
    pub path: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// What is in it.
    pub content: Content,
    /// The title of its page, for a file that has one.
    pub title: String,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// Where its keys stand.
    pub lines: KeyLines,
}

/// What is in a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// It cannot be understood at all, and is left out.
    Broken,
    /// Settings.
    Settings(Arc<SettingsFile>),
    /// People by id.
    People(Arc<Dict<Person>>),
    /// KPI values.
    Metrics(Arc<[Metric]>),
    /// A partner and the prose about it.
    Partner(Arc<Partner>, Arc<Markdown>),
    /// A review.
    Review(Arc<Review>, Arc<Markdown>),
    /// An issue.
    Issue(Arc<Issue>, Arc<Markdown>),
    /// A playbook.
    Playbook(Arc<Playbook>),
    /// Any other page.
    Page(Arc<PageMeta>, Arc<Markdown>),
    /// A file that is only copied.
    Asset,
}

impl Document {
    /// Reads the bytes of a file; `Err` holds why there are none.
    pub fn read(entry: &FileEntry, bytes: Result<Vec<u8>, String>) -> Document {
        let mut lines = KeyLines::default();
        let (mut content, findings) = read(entry, bytes, &mut lines);
        let title = title(&entry.path, &entry.kind, &content);
        content.keep_heading_unless(&title);
        Document { path: entry.path.clone(), kind: entry.kind.clone(), content, title, findings, lines }
    }

    /// Forgets the HTML of its prose, for those who look at links and headings only: it is larger than all the rest.
    #[must_use]
    pub fn without_html(mut self) -> Document {
        // The numbers in reviews are compared with the data.
        if matches!(&self.content, Content::Review(_, prose) if prose.has_digit) {
            return self;
        }
        if let Some(prose) = self.content.prose() {
            (prose.html, prose.slots) = (String::new(), Vec::new());
        }
        self
    }
}

impl Content {
    /// The prose of a document that has just been read.
    fn prose(&mut self) -> Option<&mut Markdown> {
        match self {
            Content::Partner(_, prose) | Content::Review(_, prose) | Content::Issue(_, prose) | Content::Page(_, prose) => {
                Some(Arc::make_mut(prose))
            }
            _ => None,
        }
    }

    /// Puts the leading heading back where the page has another title.
    fn keep_heading_unless(&mut self, title: &str) {
        if let Some(prose) = self.prose() {
            prose.keep_heading_unless(title);
        }
    }
}

/// The title of a page: what it says, its name, its first heading, or the name of its file.
fn title(path: &str, kind: &Kind, content: &Content) -> String {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let of_page = |own: &Option<String>, prose: &Markdown| {
        let found = said(own).or_else(|| prose.title.clone()).filter(|title| !title.trim().is_empty());
        found.unwrap_or_else(|| {
            let stem = path::stem(path);
            slug::title(if stem == "index" { path::file_name(path::parent(path)) } else { stem })
        })
    };
    match (content, kind) {
        (Content::Partner(data, _), Kind::Partner(stem)) => said(&data.name).unwrap_or_else(|| id_of(data, stem).to_owned()),
        (Content::Review(review, _), Kind::Review(_, period)) => {
            said(&review.title).unwrap_or_else(|| period.map_or_else(String::new, |period| join!(period.title(), " review")))
        }
        (Content::Issue(issue, prose), _) => of_page(&issue.title, prose),
        (Content::Page(meta, prose), _) => of_page(&meta.title, prose),
        (Content::Playbook(playbook), Kind::Playbook(id)) => said(&playbook.name).unwrap_or_else(|| slug::title(id)),
        _ => String::new(),
    }
}

/// The id of a partner: its own, or the name of its file.
pub fn id_of<'a>(data: &'a Partner, stem: &'a str) -> &'a str {
    data.id.as_deref().filter(|own| !own.is_empty()).unwrap_or(stem)
}

fn read(entry: &FileEntry, bytes: Result<Vec<u8>, String>, lines: &mut KeyLines) -> (Content, Vec<Finding>) {
    let broken = |finding: Finding| (Content::Broken, vec![finding]);
    if !entry.kind.is_text() {
        return (Content::Asset, Vec::new());
    }
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(why) => {
            return broken(Finding::new(&input::UNREADABLE, &entry.path, Place::File, format!("this file is not read: {why}")));
        }
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let message = "this file is not UTF-8 text from here on";
            return broken(Finding::new(&input::UNREADABLE, &entry.path, Place::Span(at..at), message).help("save it as UTF-8"));
        }
    };
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let message = "this file has a NUL character in it, so it is not text";
        return broken(Finding::new(&input::UNREADABLE, &entry.path, Place::Span(at..at + 1), message).help("save it as UTF-8 text"));
    }
    if let Some((ours, theirs)) = conflict(&text) {
        let finding = Finding::new(&input::MERGE_CONFLICT, &entry.path, Place::Span(ours), "a merge conflict is left in this file")
            .help("keep one of the two sides and remove the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`")
            .related(&entry.path, Place::Span(theirs), "the other side ends here");
        return broken(finding);
    }
    match &entry.kind {
        Kind::Metrics(partner) => {
            let (metrics, findings) = metrics::read(&entry.path, &text, partner.is_none());
            (Content::Metrics(metrics.into()), findings)
        }
        Kind::Settings | Kind::People | Kind::Playbook(_) => yaml_file(entry, &text, lines),
        _ => markdown_file(entry, &text, lines),
    }
}

/// Git's conflict markers: the lines that start and end the first conflict.
fn conflict(text: &str) -> Option<(Span, Span)> {
    // Next to no file has one.
    memchr::memmem::find(text.as_bytes(), b"<<<<<<< ")?;
    let line = |marker: &str, from: usize| {
        let start = if text[from..].starts_with(marker) { from } else { from + text[from..].find(&format!("\n{marker}"))? + 1 };
        let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
        Some(start..end)
    };
    let ours = line("<<<<<<< ", 0)?;
    let theirs = line(">>>>>>> ", ours.end)?;
    Some((ours, theirs))
}

/// Reports what is wrong with the YAML itself; true when it can be used all the same.
fn usable(path: &Arc<str>, tree: &yaml::Tree<'_>, findings: &mut Vec<Finding>) -> bool {
    for problem in &tree.problems {
        findings.push(
            Finding::new(&input::BAD_YAML, path, Place::Span(problem.span.clone()), problem.message.clone())
                .maybe_help(problem.help.clone()),
        );
    }
    tree.problems.is_empty()
}

fn yaml_file(entry: &FileEntry, text: &str, lines: &mut KeyLines) -> (Content, Vec<Finding>) {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let tree = yaml::parse(text, start..text.len());
    let mut findings = Vec::new();
    if !usable(&entry.path, &tree, &mut findings) {
        return (Content::Broken, findings);
    }
    *lines = KeyLines::new(text, &tree.root);
    let mut reader = Reader::new(&entry.path, text);
    let content = match &entry.kind {
        Kind::Settings => Content::Settings(Arc::new(settings_file::read(&tree.root, &mut reader))),
        Kind::People => Content::People(Arc::new(Field::field(&tree.root, &mut reader))),
        _ => Content::Playbook(Arc::new(Read::read(&tree.root, &mut reader).unwrap_or_default())),
    };
    (content, reader.findings)
}

fn markdown_file(entry: &FileEntry, text: &str, lines: &mut KeyLines) -> (Content, Vec<Finding>) {
    let path = &entry.path;
    let (yaml, body) = match front_matter::split(text) {
        Split::Found { yaml, body } => (Some(yaml), body),
        Split::None { body } if !matches!(entry.kind, Kind::Partner(_)) => (None, body),
        Split::None { body } => {
            let line = body.start..body.start + text[body.start..].find('\n').unwrap_or(text.len() - body.start);
            let finding = Finding::new(&input::NO_FRONT_MATTER, path, Place::Span(line), "this partner has no front matter")
                .help("start the file with `---`, a line `name: …`, and `---`");
            return (Content::Broken, vec![finding]);
        }
        Split::Unclosed { fence } => {
            let finding =
                Finding::new(&input::NO_FRONT_MATTER, path, Place::Span(fence), "the front matter that starts here is not closed")
                    .help("write a line `---` where it ends");
            return (Content::Broken, vec![finding]);
        }
    };
    let mut findings = Vec::new();
    let tree = yaml.map_or_else(
        || yaml::Tree { root: Node { span: body.start..body.start, value: Value::Null }, problems: Vec::new() },
        |range| yaml::parse(text, range),
    );
    if !usable(path, &tree, &mut findings) {
        return (Content::Broken, findings);
    }
    let root = &tree.root;
    *lines = KeyLines::new(text, root);
    let mut reader = Reader::new(path, text);
    let prose = Arc::new(markdown::parse(text, body.clone()));
    for span in &prose.raw_html {
        reader.report(
            &input::RAW_HTML,
            span,
            "HTML is shown as text",
            Some("write it in Markdown, or put it in backticks if it is meant to be shown".to_owned()),
        );
    }
    for span in &prose.placeholders {
        let message = format!("`{}` is still to be filled in", &text[span.clone()]);
        reader.report(&input::PLACEHOLDER, span, message, Some("fill it in, or remove it".to_owned()));
    }
    let content = match &entry.kind {
        Kind::Partner(stem) => {
            let partner = partner(stem, root, &mut reader);
            Content::Partner(Arc::new(partner), prose)
        }
        Kind::Review(_, period) => {
            if period.is_none() {
                let finding = Finding::new(&input::BAD_VALUE, path, Place::File, "the name of this review is not a period")
                    .help("name the file after its quarter, such as `2026-Q3.md`");
                reader.findings.push(finding);
            }
            Content::Review(Arc::new(read_record(root, &mut reader)), prose)
        }
        Kind::Issue(_) => Content::Issue(Arc::new(read_record(root, &mut reader)), prose),
        _ => Content::Page(Arc::new(read_record(root, &mut reader)), prose),
    };
    findings.append(&mut reader.findings);
    (content, findings)
}

/// Reads a partner; what is understood in another form than it is written gets its one form here.
fn partner<'n>(stem: &str, root: &'n Node<'n>, reader: &mut Reader<'n>) -> Partner {
    let mut partner: Partner = read_record(root, reader);
    let mut report = |key: &'static str, message: String, help: &'static str| {
        reader.findings.push(Finding::new(&input::BAD_VALUE, &reader.path, Place::Key(crate::route![key]), message).help(help));
    };
    if root.get("name").is_none_or(|node| node.value == Value::Null || node.text().is_some_and(|text| text.trim().is_empty())) {
        report(
            "name",
            format!("partner `{stem}` has no name"),
            "add a line `name: …` to its front matter; it is the one thing that every partner must have",
        );
    }
    let is_legal = |own: &&String| {
        own.is_empty() || (slug::safe_file_name(own) == **own && !own.starts_with('.') && own.len() <= 120 && slug::fold(own) != "index")
    };
    if let Some(own) = partner.id.take_if(|own| !is_legal(&&*own)) {
        report("id", format!("`{own}` cannot be an id"), "an id is a file name: no slashes, no leading dot, none of `<>:\"|?*`");
    }
    // `tags: crm, emea` is one text to YAML and two tags to people.
    if let [only] = partner.tags.as_slice()
        && only.contains(',')
    {
        partner.tags = only.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    }
    partner
}

fn read_record<'n, T: Read + Default>(root: &'n Node<'n>, reader: &mut Reader<'n>) -> T {
    Option::<T>::field(root, reader).unwrap_or_default()
}
