//! From documents to a workspace: ids, pages and where they stand in the site, then links and references.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::classify::{CONTENT, Kind};
use super::document::{Content, Document, id_of};
use super::index::Index;
use super::kpis::{Metrics, MetricsFile};
use super::links::{self};
use super::lists::Lists;
use super::model::{PageId, PageKind, PageRef, PartnerEntry, PartnerId, Workspace};
use super::people::People;
use super::references;
use super::snapshot::{FileEntry, Snapshot, Texts};
use crate::content::key_lines::KeyLines;
use crate::content::markdown::Markdown;
use crate::diagnostics::{Finding, Place, input};
use crate::model::partner::Partner;
use crate::model::settings::Settings;
use crate::text::{join, path, slug};

/// What is wrong with two paths that letter case alone keeps apart.
pub const CASE: &str = "differ only in letter case, and many disks and servers cannot keep them apart";

/// Reads every file of a snapshot, in parallel.
pub fn read_documents(snapshot: &Snapshot) -> Vec<Document> {
    read_documents_with(snapshot, &Texts::new())
}

/// The same with texts that take the place of files on disk.
pub fn read_documents_with(snapshot: &Snapshot, instead: &Texts) -> Vec<Document> {
    snapshot.files.par_iter().map(|entry| read_document(snapshot, instead, entry)).collect()
}

/// The same for a workspace of which no page is made. Where it has templates of its own all pages are made to try them.
pub fn read_documents_to_check(snapshot: &Snapshot) -> Vec<Document> {
    if snapshot.files.iter().any(|entry| matches!(entry.kind, Kind::Theme(_))) {
        return read_documents(snapshot);
    }
    snapshot.files.par_iter().map(|entry| read_document(snapshot, &Texts::new(), entry).without_html()).collect()
}

fn read_document(snapshot: &Snapshot, instead: &Texts, entry: &FileEntry) -> Document {
    let bytes = match instead.get(&entry.path) {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None if entry.kind.is_text() => snapshot.read(&entry.path),
        None => Ok(Vec::new()),
    };
    Document::read(entry, bytes)
}

/// What was made to resolve a workspace, for those who change it later.
pub struct Resolved {
    /// Everything by its name.
    pub index: Index,
    /// Every `metrics.csv`.
    pub metrics: Metrics,
}

/// Resolves documents into a workspace. `drafts` puts pages on the site that are marked as drafts.
pub fn resolve(snapshot: &Snapshot, documents: Vec<Document>, drafts: bool) -> Workspace {
    resolve_to_keep(snapshot, documents, drafts).0
}

/// The same, with what was made for it.
pub fn resolve_to_keep(snapshot: &Snapshot, documents: Vec<Document>, drafts: bool) -> (Workspace, Resolved) {
    let mut builder = Builder::new(snapshot, drafts);
    builder.pages.reserve(documents.len());
    let mut documents: Vec<Option<Document>> = documents.into_iter().map(Some).collect();
    // Pages in partners' folders wait until all partners are known.
    let waits = |document: &Document| matches!(document.kind, Kind::Review(..) | Kind::Issue(_) | Kind::Page(Some(_)));
    for document in documents.iter_mut().filter_map(|slot| slot.take_if(|document| !waits(document))) {
        builder.add(document);
    }
    for document in documents.iter_mut().filter_map(Option::take) {
        builder.page_of_partner(document);
    }
    drop(documents);
    builder.finish()
}

struct Builder {
    root: PathBuf,
    as_of: Date,
    drafts: bool,
    findings: Vec<Finding>,
    settings: Settings,
    settings_lines: KeyLines,
    people: Option<(Arc<str>, Arc<crate::content::read::Dict<crate::model::playbook::Person>>)>,
    metrics: Vec<MetricsFile>,
    pages: Vec<PageRef>,
    partners: Vec<PartnerEntry>,
    /// The id of each partner, in lower case.
    ids: rustc_hash::FxHashMap<String, PartnerId>,
    /// The folder or stem of each partner, to the partner.
    folders: rustc_hash::FxHashMap<String, Folder>,
    assets: Vec<Arc<str>>,
    broken: Vec<(Arc<str>, Kind)>,
    theme_files: Vec<(Arc<str>, String)>,
}

#[derive(Clone, Copy)]
enum Folder {
    Known(PartnerId),
    /// There is a file, but it cannot be read; that is its own finding.
    Broken,
}

impl Builder {
    fn new(snapshot: &Snapshot, drafts: bool) -> Builder {
        Builder {
            root: snapshot.root.clone(),
            as_of: snapshot.as_of,
            drafts,
            findings: snapshot.findings.clone(),
            settings: Settings::default(),
            settings_lines: KeyLines::default(),
            people: None,
            metrics: Vec::new(),
            pages: Vec::new(),
            partners: Vec::new(),
            ids: rustc_hash::FxHashMap::default(),
            folders: rustc_hash::FxHashMap::default(),
            assets: Vec::new(),
            broken: Vec::new(),
            theme_files: Vec::new(),
        }
    }

    fn page(&mut self, document: Document, route: String, kind: PageKind, draft: bool, markdown: Arc<Markdown>) -> PageId {
        self.pages.push(PageRef {
            path: document.path,
            route,
            title: document.title,
            kind,
            partner: None,
            hidden: draft && !self.drafts,
            draft,
            lines: document.lines,
            markdown,
            targets: Vec::new(),
            backlinks: Vec::new(),
            used_by: Vec::new(),
        });
        self.pages.len() - 1
    }

    /// Takes in a document that needs no other.
    fn add(&mut self, mut document: Document) {
        self.findings.append(&mut document.findings);
        let path = document.path.clone();
        match (document.kind.clone(), document.content.clone()) {
            (kind, Content::Broken) => {
                if let Kind::Partner(stem) = &kind {
                    self.folders.entry(slug::fold(stem)).or_insert(Folder::Broken);
                }
                self.broken.push((path, kind));
            }
            (_, Content::Settings(file)) => {
                self.settings = Settings::new(&file);
                self.settings_lines = document.lines;
            }
            (_, Content::People(people)) => match &self.people {
                None => self.people = Some((path, people)),
                Some((first, _)) => {
                    let finding = Finding::new(&input::DUPLICATE_ID, &path, Place::File, "people are in two files")
                        .help("put everybody into one of them")
                        .related(first, Place::File, "the other one");
                    self.findings.push(finding);
                }
            },
            (Kind::Metrics(folder), Content::Metrics(metrics)) => self.metrics.push((path, folder, metrics)),
            (Kind::Partner(stem), Content::Partner(partner, markdown)) => self.partner(document, &stem, partner, markdown),
            (Kind::Playbook(id), Content::Playbook(playbook)) => {
                let route = format!("playbooks/{}.html", slug::safe_file_name(&id));
                self.page(document, route, PageKind::Playbook(playbook), false, Arc::default());
            }
            (Kind::Page(None), Content::Page(meta, markdown)) => {
                let draft = meta.draft == Some(true);
                self.page(document, page_route(inner(&path)), PageKind::Page(meta), draft, markdown);
            }
            (Kind::Theme(name), _) => self.theme_files.push((path, name)),
            (Kind::Asset, _) => self.assets.push(path),
            _ => {}
        }
    }

    fn partner(&mut self, document: Document, stem: &str, data: Arc<Partner>, markdown: Arc<Markdown>) {
        let path = &document.path;
        let id = id_of(&data, stem).to_owned();
        if let Some(known) = self.ids.get(&slug::fold(&id)) {
            let first = &self.pages[self.partners[*known].page].path;
            let message = format!("the partner `{id}` is defined twice");
            let place = if data.id.is_some() { Place::Key(crate::route!["id"]) } else { Place::File };
            let finding = Finding::new(&input::DUPLICATE_ID, path, place, message)
                .help("rename one of the two files, or give one of them another `id:`")
                .related(first, Place::File, "the other one is here");
            self.findings.push(finding);
            self.broken.push((path.clone(), Kind::Partner(stem.to_owned())));
            self.folders.entry(slug::fold(stem)).or_insert(Folder::Broken);
            return;
        }
        let route = join!("partners/", slug::safe_file_name(&id), ".html");
        let number = self.partners.len();
        self.ids.insert(slug::fold(&id), number);
        let draft = data.draft == Some(true);
        let page = self.page(document, route, PageKind::Partner(number), draft, markdown);
        self.pages[page].partner = Some(number);
        self.folders.insert(slug::fold(stem), Folder::Known(number));
        self.partners.push(PartnerEntry { id, page, data, ..PartnerEntry::default() });
    }

    /// Takes in a page in a partner's folder.
    fn page_of_partner(&mut self, mut document: Document) {
        self.findings.append(&mut document.findings);
        let path = document.path.clone();
        let (Kind::Review(folder, _) | Kind::Issue(folder) | Kind::Page(Some(folder))) = &document.kind else { return };
        let partner = match self.folders.get(&slug::fold(folder)).copied() {
            Some(Folder::Known(partner)) => Some(partner),
            Some(Folder::Broken) => None,
            None if matches!(document.content, Content::Broken) => None,
            None => {
                self.no_such_partner(&path, folder);
                None
            }
        };
        let prefix = self.prefix(folder, partner);
        // Without its partner a page would hang in the air.
        let hidden = partner.is_none_or(|p| self.pages[self.partners[p].page].hidden);
        let rest = || path.split('/').skip(3).collect::<Vec<_>>().join("/");
        let (kind, draft, markdown, route) = match (&document.kind, document.content.clone()) {
            (Kind::Review(_, Some(period)), Content::Review(review, markdown)) => {
                let draft = review.draft == Some(true);
                (PageKind::Review(review, *period), draft, markdown, join!(prefix, "/qbr/", period.key(), ".html"))
            }
            (Kind::Issue(_), Content::Issue(issue, markdown)) => {
                let draft = issue.draft == Some(true);
                (PageKind::Issue(issue), draft, markdown, format!("{prefix}/{}", page_route(&rest())))
            }
            (_, Content::Page(meta, markdown)) => {
                let draft = meta.draft == Some(true);
                (PageKind::Page(meta), draft, markdown, format!("{prefix}/{}", page_route(&rest())))
            }
            (kind, _) => {
                self.broken.push((path, kind.clone()));
                return;
            }
        };
        let page = self.page(document, route, kind, draft, markdown);
        self.pages[page].hidden |= hidden;
        self.pages[page].draft |= partner.is_some_and(|p| self.pages[self.partners[p].page].draft);
        self.pages[page].partner = partner;
    }

    fn prefix(&self, folder: &str, partner: Option<PartnerId>) -> String {
        let name = partner.map_or(folder, |partner| self.partners[partner].id.as_str());
        join!("partners/", slug::safe_file_name(name))
    }

    /// Files in a folder that belongs to no partner: a renamed or forgotten file. Said once for each folder.
    fn no_such_partner(&mut self, path: &Arc<str>, folder: &str) {
        let known = self.partners.iter().map(|partner| partner.id.as_str());
        let near = crate::text::suggest::nearest(folder, known).map(|near| format!("did you mean `{near}`? "));
        let finding = Finding::new(
            &input::BROKEN_LINK,
            path,
            Place::File,
            format!("this file belongs to the partner `{folder}`, which does not exist"),
        )
        .help(format!("{}Write `content/partners/{folder}/index.md`, or move the file", near.unwrap_or_default()));
        self.findings.push(finding);
        self.folders.insert(slug::fold(folder), Folder::Broken);
    }

    fn finish(mut self) -> (Workspace, Resolved) {
        self.collisions();
        self.sort_partners();
        let assets = self.asset_routes();
        let mut index = Index::new(&self.pages, &self.partners, &assets, &self.broken);
        let known = |folder: &Folder| match folder {
            Folder::Known(partner) => Some(*partner),
            Folder::Broken => None,
        };
        let folders = self.folders.iter().filter_map(|(name, folder)| Some((name.clone(), known(folder)?))).collect();
        let people = People::new(self.people.take(), &index, &mut self.findings);
        let mut workspace = Workspace {
            root: self.root,
            instead: Arc::default(),
            as_of: self.as_of,
            settings: self.settings,
            settings_lines: self.settings_lines,
            people,
            partners: self.partners,
            folders,
            by_path: self.pages.iter().enumerate().map(|(at, page)| (page.path.clone(), at)).collect(),
            pages: self.pages,
            assets,
            lists: Lists::default(),
            playbooks: rustc_hash::FxHashMap::default(),
            missing_templates: Vec::new(),
            theme_files: self.theme_files,
            findings: self.findings,
        };
        index.forget_hidden(&workspace.pages);
        for (at, page) in workspace.pages.iter().enumerate().filter(|(_, page)| matches!(page.kind, PageKind::Playbook(_))) {
            workspace.playbooks.insert(slug::fold(path::stem(&page.path)), at);
            workspace.playbooks.entry(slug::fold(&page.title)).or_insert(at);
        }
        let (metrics, mut findings) = Metrics::new(self.metrics, &workspace, &index);
        workspace.findings.append(&mut findings);
        references::resolve(&mut workspace, &index, &metrics);
        workspace.lists = Lists::new(&workspace);
        index.add_generated(&workspace);
        links::resolve(&mut workspace, &index);
        let mut findings = std::mem::take(&mut workspace.findings);
        findings.retain(|finding| !is_meant_blank(&workspace, finding));
        workspace.findings = findings;
        (workspace, Resolved { index, metrics })
    }

    /// Two pages that want one place in the site: the first by path has it, links to the other lead nowhere.
    fn collisions(&mut self) {
        let mut taken: rustc_hash::FxHashMap<String, PageId> = rustc_hash::FxHashMap::default();
        for at in 0..self.pages.len() {
            if self.pages[at].hidden {
                continue;
            }
            // The index of partners is made in any case, and a partner of this name cannot be there too.
            if matches!(self.pages[at].kind, PageKind::Partner(_)) && slug::fold(&self.pages[at].route) == "partners/index.html" {
                let message = "`partners/index.html` is a page that partnerbook makes itself";
                let finding = Finding::new(&input::URL_COLLISION, &self.pages[at].path, Place::File, message);
                self.findings.push(finding.help("rename the partner's file or folder, or give it another `id:`"));
                self.pages[at].hidden = true;
                continue;
            }
            let Some(first) = taken.insert(slug::fold(&self.pages[at].route), at) else { continue };
            let (page, other) = (&self.pages[at], &self.pages[first]);
            let what = if page.route == other.route {
                format!("two files want to be `{}`", page.route)
            } else {
                format!("`{}` and `{}` {CASE}", page.route, other.route)
            };
            let finding = Finding::new(&input::URL_COLLISION, &page.path, Place::File, what).help("rename one of them").related(
                &other.path,
                Place::File,
                "the other one",
            );
            taken.insert(slug::fold(&other.route), first);
            self.findings.push(finding);
            self.pages[at].hidden = true;
        }
    }

    fn sort_partners(&mut self) {
        let mut order: Vec<PartnerId> = (0..self.partners.len()).collect();
        order.sort_by_cached_key(|p| (slug::fold(self.partners[*p].name()), slug::fold(&self.partners[*p].id)));
        let mut new_place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            new_place[*old] = new;
        }
        let mut old: Vec<Option<PartnerEntry>> = std::mem::take(&mut self.partners).into_iter().map(Some).collect();
        self.partners = order.iter().filter_map(|at| old[*at].take()).collect();
        #[allow(clippy::iter_over_hash_type, reason = "each value is changed by itself, so the order does not matter")]
        for folder in self.folders.values_mut() {
            if let Folder::Known(partner) = folder {
                *partner = new_place[*partner];
            }
        }
        for page in &mut self.pages {
            page.partner = page.partner.map(|p| new_place[p]);
            if let PageKind::Partner(partner) = &mut page.kind {
                *partner = new_place[*partner];
            }
        }
        let mut by_route: Vec<PageId> = (0..self.pages.len()).collect();
        by_route.sort_by(|a, b| self.pages[*a].route.cmp(&self.pages[*b].route));
        for at in by_route {
            let page = &self.pages[at];
            let (Some(partner), false) = (page.partner, page.hidden) else {
                continue;
            };
            let partner = &mut self.partners[partner];
            match page.kind {
                PageKind::Review(..) => partner.reviews.push(at),
                PageKind::Issue(_) => partner.issues.push(at),
                PageKind::Page(_) => partner.pages.push(at),
                _ => {}
            }
        }
        for partner in &mut self.partners {
            partner.reviews.reverse();
        }
    }

    /// The files that are copied and where they go; those of a partner that is kept off the site stay off it too.
    fn asset_routes(&mut self) -> Vec<(Arc<str>, String)> {
        let partner_of = |path: &str| {
            let folder = inner(path).strip_prefix("partners/")?.split('/').next()?;
            self.folders.get(&slug::fold(folder)).copied()
        };
        let hidden = |path: &Arc<str>| match partner_of(path) {
            Some(Folder::Known(partner)) => self.pages[self.partners[partner].page].hidden,
            // With a partner that cannot be read goes all that lies in its folder.
            Some(Folder::Broken) => true,
            None => false,
        };
        let (hidden, assets): (Vec<_>, Vec<_>) = std::mem::take(&mut self.assets).into_iter().partition(hidden);
        self.broken.extend(hidden.into_iter().map(|path| (path, Kind::Asset)));
        assets
            .iter()
            .map(|path| {
                let inside = inner(path);
                let parts: Vec<&str> = inside.split('/').collect();
                let route = match parts.as_slice() {
                    ["partners", folder, rest @ ..] if !rest.is_empty() => {
                        let partner = match self.folders.get(&slug::fold(folder)) {
                            Some(Folder::Known(partner)) => Some(*partner),
                            _ => None,
                        };
                        format!("{}/{}", self.prefix(folder, partner), safe_path(&rest.join("/")))
                    }
                    _ => safe_path(inside),
                };
                (path.clone(), route)
            })
            .collect()
    }
}

/// The path of a file inside `content/`.
pub fn inner(path: &str) -> &str {
    path.strip_prefix(CONTENT).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
}

fn safe_path(path: &str) -> String {
    path.split('/').map(slug::safe_file_name).collect::<Vec<_>>().join("/")
}

/// Where a Markdown file stands in the site: `library/plan.md` → `library/plan.html`.
fn page_route(file: &str) -> String {
    let folder = path::parent(file);
    let name = slug::safe_file_name(path::stem(file));
    if folder.is_empty() { format!("{name}.html") } else { format!("{}/{name}.html", safe_path(folder)) }
}

/// True for a blank in a document that a playbook hands out: there it has its purpose.
pub fn is_meant_blank(workspace: &Workspace, finding: &Finding) -> bool {
    finding.rule == &input::PLACEHOLDER && workspace.page_at(&finding.path).is_some_and(|page| !page.used_by.is_empty())
}
