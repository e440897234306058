//! Finding things by path or by name.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::classify::{CONTENT, Kind};
use super::lists::ListKind;
use super::model::{PageId, PageKind, PageRef, PartnerEntry, PartnerId, Workspace};
use super::resolve::inner;
use crate::text::suggest::{self, Candidate};
use crate::text::{path, slug};

/// What a path or a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// A page.
    Page(PageId),
    /// A file that is copied, by its place in the list of assets.
    Asset(usize),
    /// A page that partnerbook makes itself, by its place in [`Index::generated`].
    Generated(usize),
    /// A file that cannot be read, or a page that is kept off the site. Whoever links to it has done nothing wrong.
    Nothing,
}

/// What is needed to guess what somebody meant.
struct Suggestions {
    /// All names, sorted.
    names: Vec<Candidate>,
    /// Names of partners, sorted.
    partners: Vec<Candidate>,
    /// Files by their folder, sorted.
    by_folder: FxHashMap<String, Vec<Arc<str>>>,
    /// Paths in lower case, to tell a slip of case from a missing file.
    folded: FxHashMap<String, Arc<str>>,
    /// Files by their name, to find one that has moved.
    by_file_name: FxHashMap<String, Vec<Arc<str>>>,
}

/// Everything that a link may lead to.
pub struct Index {
    by_path: FxHashMap<Arc<str>, Found>,
    /// Made when the first link turns out to be broken.
    suggestions: OnceLock<Suggestions>,
    names: FxHashMap<String, Vec<Found>>,
    partners: FxHashMap<String, PartnerId>,
    /// Names of partners that cannot be read.
    broken_partners: Vec<String>,
    /// Routes of the pages that partnerbook makes itself.
    pub generated: Vec<String>,
}

impl Index {
    /// Indexes pages, partners, assets and the files that cannot be read.
    pub fn new(pages: &[PageRef], partners: &[PartnerEntry], assets: &[(Arc<str>, String)], broken: &[(Arc<str>, Kind)]) -> Index {
        let mut index = Index {
            by_path: FxHashMap::default(),
            suggestions: OnceLock::new(),
            names: FxHashMap::default(),
            partners: FxHashMap::default(),
            broken_partners: Vec::new(),
            generated: Vec::new(),
        };
        index.by_path.reserve(pages.len() + assets.len());
        index.names.reserve(partners.len() * 3);
        for (at, page) in pages.iter().enumerate() {
            index.path(&page.path, Found::Page(at));
            index.page_names(at, page, partners);
        }
        for (at, (path, _)) in assets.iter().enumerate() {
            index.path(path, Found::Asset(at));
            index.name(path::file_name(path), Found::Asset(at));
        }
        for (path, kind) in broken {
            index.path(path, Found::Nothing);
            let stem = match kind {
                Kind::Partner(stem) | Kind::Playbook(stem) => stem.as_str(),
                _ => path::stem(path),
            };
            index.name(stem, Found::Nothing);
            if let Kind::Partner(stem) = kind {
                index.broken_partners.push(slug::fold(stem));
            }
        }
        index.partner_names(partners);
        index
    }

    fn path(&mut self, path: &Arc<str>, found: Found) {
        self.by_path.insert(path.clone(), found);
    }

    fn suggestions(&self) -> &Suggestions {
        self.suggestions.get_or_init(|| {
            let mut paths: Vec<&Arc<str>> = self.by_path.keys().collect();
            paths.sort();
            let sorted = |names: Vec<&String>| -> Vec<Candidate> {
                let mut names = names;
                names.sort_unstable();
                names.into_iter().map(|name| Candidate::new(name)).collect()
            };
            let mut all = Suggestions {
                names: sorted(self.names.keys().collect()),
                partners: sorted(self.partners.keys().collect()),
                by_folder: FxHashMap::default(),
                folded: FxHashMap::default(),
                by_file_name: FxHashMap::default(),
            };
            for path in paths {
                all.by_folder.entry(path::parent(path).to_owned()).or_default().push(path.clone());
                all.folded.entry(slug::fold(path)).or_insert_with(|| path.clone());
                all.by_file_name.entry(slug::fold(path::file_name(path))).or_default().push(path.clone());
            }
            all
        })
    }

    fn name(&mut self, name: &str, found: Found) {
        let key = slug::fold(name.trim());
        if key.is_empty() {
            return;
        }
        let known = self.names.entry(key).or_default();
        if !known.contains(&found) {
            known.push(found);
        }
    }

    fn page_names(&mut self, at: PageId, page: &PageRef, partners: &[PartnerEntry]) {
        let found = Found::Page(at);
        let stem = path::stem(&page.path);
        let own_name = if stem == "index" { path::file_name(path::parent(&page.path)) } else { stem };
        match &page.kind {
            PageKind::Partner(partner) => {
                let partner = &partners[*partner];
                self.name(&partner.id, found);
                self.name(partner.name(), found);
                for alias in &partner.data.aliases {
                    self.name(alias, found);
                }
            }
            PageKind::Page(meta) => {
                self.name(own_name, found);
                self.name(&page.title, found);
                for name in meta.id.iter().chain(&meta.aliases) {
                    self.name(name, found);
                }
            }
            // `2026-Q3` alone would mean a review of every partner; links name it as `acme/2026-Q3`.
            PageKind::Review(..) => {}
            PageKind::Issue(_) | PageKind::Playbook(_) => {
                self.name(own_name, found);
                self.name(&page.title, found);
            }
        }
    }

    /// Partners by id, then by name and alias; an id goes before a name.
    fn partner_names(&mut self, partners: &[PartnerEntry]) {
        for (at, partner) in partners.iter().enumerate() {
            self.partners.insert(slug::fold(&partner.id), at);
        }
        for (at, partner) in partners.iter().enumerate() {
            for name in partner.data.aliases.iter().map(String::as_str).chain([partner.name()]) {
                self.partners.entry(slug::fold(name)).or_insert(at);
            }
        }
    }

    /// Lets links lead to the lists that partnerbook makes itself: `partners`, `tags/index.md`, `stages/review.md`.
    pub fn add_generated(&mut self, workspace: &Workspace) {
        let has = |kind: fn(&PageKind) -> bool| workspace.pages.iter().any(|page| !page.hidden && kind(&page.kind));
        let mut routes = vec!["index.html".to_owned(), "partners/index.html".to_owned()];
        if has(|kind| matches!(kind, PageKind::Playbook(_))) {
            routes.push("playbooks/index.html".to_owned());
        }
        if has(|kind| matches!(kind, PageKind::Issue(_))) {
            routes.push("issues/index.html".to_owned());
        }
        if !workspace.people.all.is_empty() {
            routes.push("people/index.html".to_owned());
        }
        if !workspace.partners.is_empty() {
            routes.push("reviews/index.html".to_owned());
        }
        for (_, partner) in workspace.visible_partners() {
            routes.push(partner.scorecard_route());
            routes.extend(partner.quarters.iter().filter(|quarter| quarter.page.is_none()).map(|quarter| quarter.route.clone()));
        }
        for kind in ListKind::ALL {
            let values = workspace.lists.of(kind);
            if !values.is_empty() {
                routes.push(format!("{}/index.html", kind.folder()));
            }
            routes.extend(values.iter().map(|value| value.route.clone()));
        }
        for (at, route) in routes.iter().enumerate() {
            let file = format!("{CONTENT}/{}.md", route.trim_end_matches(".html"));
            self.by_path.entry(Arc::from(file)).or_insert(Found::Generated(at));
        }
        self.generated = routes;
        // Whatever was guessed so far did not know of these.
        self.suggestions = OnceLock::new();
    }

    /// Lets what leads to a hidden page lead nowhere, silently.
    pub fn forget_hidden(&mut self, pages: &[PageRef]) {
        let hide = |found: &mut Found| {
            if let Found::Page(page) = *found
                && pages[page].hidden
            {
                *found = Found::Nothing;
            }
        };
        if pages.iter().any(|page| page.hidden) {
            self.by_path.values_mut().for_each(hide);
            #[allow(clippy::iter_over_hash_type, reason = "each list is changed by itself, so the order does not matter")]
            for list in self.names.values_mut() {
                list.iter_mut().for_each(hide);
                // What is not on the site does not stand in the way of what is.
                if list.iter().any(|found| *found != Found::Nothing) {
                    list.retain(|found| *found != Found::Nothing);
                } else {
                    list.truncate(1);
                }
            }
        }
    }

    /// The partner of an id, name or alias; `Err` holds true when there is such a partner and it cannot be read.
    pub fn partner(&self, name: &str) -> Result<PartnerId, bool> {
        let key = slug::fold(name.trim());
        self.partners.get(&key).copied().ok_or_else(|| self.broken_partners.contains(&key))
    }

    /// The file at a path relative to the workspace: as written, with `.md`, or a folder's index.
    pub fn file(&self, path: &str) -> Option<Found> {
        let path = path.trim_end_matches('/');
        let exact = |path: &str| self.exact(path);
        exact(path)
            .or_else(|| exact(&format!("{path}.md")))
            .or_else(|| exact(&format!("{path}/index.md")))
            // A partner's folder may stand for the partner whose file lies beside it.
            .or_else(|| path.strip_suffix("/index.md").and_then(|folder| exact(&format!("{folder}.md"))))
            // Somebody may have copied the address of the page.
            .or_else(|| {
                path.strip_suffix(".html").and_then(|stem| exact(&format!("{stem}.md")).or_else(|| exact(&format!("{stem}/index.md"))))
            })
    }

    /// The file at a path, however its accents are composed.
    fn exact(&self, path: &str) -> Option<Found> {
        if let Some(found) = self.by_path.get(path) {
            return Some(*found);
        }
        if path.is_ascii() {
            return None;
        }
        let other = self.suggestions().folded.get(&slug::fold(path))?;
        if other.nfc().eq(path.nfc()) { self.by_path.get(other).copied() } else { None }
    }

    /// Everything of this name, each once.
    pub fn named(&self, name: &str) -> &[Found] {
        self.names.get(&slug::fold(name.trim())).map_or(&[], Vec::as_slice)
    }

    /// The path of a file that somebody may have meant: the same in another case, moved to another folder, or nearly the same.
    pub fn similar_path(&self, wanted: &str, from_folder: &str) -> Option<String> {
        let relative =
            |path: &Arc<str>| relative_path(inner(path), from_folder.strip_prefix(CONTENT).unwrap_or(from_folder).trim_start_matches('/'));
        if let Some(path) = self
            .suggestions()
            .folded
            .get(&slug::fold(wanted))
            .or_else(|| self.suggestions().folded.get(&slug::fold(&format!("{wanted}.md"))))
        {
            return Some(relative(path));
        }
        if let Some(moved) = self.suggestions().by_file_name.get(&slug::fold(path::file_name(wanted)))
            && path::stem(wanted) != "index"
            && let [only] = moved.as_slice()
        {
            return Some(relative(only));
        }
        let folder = path::parent(wanted);
        let siblings = self.suggestions().by_folder.get(folder).map_or(&[][..], Vec::as_slice);
        let near = suggest::nearest(path::file_name(wanted), siblings.iter().map(|path| path::file_name(path)));
        if let Some(near) = near {
            return Some(relative(&Arc::from(format!("{folder}/{near}"))));
        }
        // A folder's name may be the one that is mistyped.
        let same_name = self.suggestions().by_file_name.get(&slug::fold(path::file_name(wanted)))?;
        suggest::nearest(wanted, same_name.iter().map(AsRef::as_ref)).map(|near| relative(&Arc::from(near)))
    }

    /// A name that somebody may have meant.
    pub fn similar_name(&self, wanted: &str) -> Option<String> {
        suggest::nearest_of(wanted, &self.suggestions().names).map(str::to_owned)
    }

    /// Advice for the name of a partner that there is not.
    pub fn partner_advice(&self, wanted: &str) -> Option<String> {
        suggest::nearest_of(wanted, &self.suggestions().partners).map(|near| format!("did you mean `{near}`?"))
    }
}

/// `path` seen from `folder`, both inside `content/`.
fn relative_path(path: &str, folder: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}
