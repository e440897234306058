//! The resolved workspace: partners, pages, people and lists, in which every link knows where it leads.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::kpis::PartnerKpi;
use super::links::Target;
use super::lists::Lists;
use super::people::People;
use super::quarters::Quarter;
use super::references::Related;
use super::resolve::{read_documents_to_check, read_documents_with, resolve};
use super::snapshot::{Snapshot, Texts, text_of};
use crate::content::key_lines::KeyLines;
use crate::content::markdown::Markdown;
use crate::diagnostics::Finding;
use crate::model::issue::Issue;
use crate::model::page::PageMeta;
use crate::model::partner::Partner;
use crate::model::period::Period;
use crate::model::playbook::Playbook;
use crate::model::review::Review;
use crate::model::settings::Settings;
use crate::text::slug;

/// The place of a page in [`Workspace::pages`].
pub type PageId = usize;
/// The place of a partner in [`Workspace::partners`].
pub type PartnerId = usize;

/// What a page is made from.
#[derive(Debug)]
pub enum PageKind {
    /// A partner.
    Partner(PartnerId),
    /// A review of one period.
    Review(Arc<Review>, Period),
    /// An issue.
    Issue(Arc<Issue>),
    /// A playbook.
    Playbook(Arc<Playbook>),
    /// Any other page.
    Page(Arc<PageMeta>),
}

/// A page of the site that is made from one file.
#[derive(Debug)]
pub struct PageRef {
    /// The file, relative to the workspace.
    pub path: Arc<str>,
    /// The page's path in the site.
    pub route: String,
    /// Its title.
    pub title: String,
    /// What it is made from.
    pub kind: PageKind,
    /// The partner that it belongs to.
    pub partner: Option<PartnerId>,
    /// True when it is kept off the site: a draft, a page without its partner, a page whose place another one has.
    pub hidden: bool,
    /// True for a draft, and for everything that belongs to one.
    pub draft: bool,
    /// Where the keys of its file stand.
    pub lines: KeyLines,
    /// Its prose.
    pub markdown: Arc<Markdown>,
    /// Where each link of the prose leads.
    pub targets: Vec<Target>,
    /// Pages that link here, by title.
    pub backlinks: Vec<PageId>,
    /// Playbooks that name this page as the document of a step: the playbook's page and the step.
    pub used_by: Vec<(PageId, usize)>,
}

impl PageRef {
    /// The addresses that the page had; those of a partner's page are in `partners`.
    pub fn redirects<'a>(&'a self, partners: &'a [PartnerEntry]) -> &'a [String] {
        match &self.kind {
            PageKind::Partner(at) => &partners[*at].data.redirect_from,
            PageKind::Review(review, _) => &review.redirect_from,
            PageKind::Issue(issue) => &issue.redirect_from,
            PageKind::Page(meta) => &meta.redirect_from,
            PageKind::Playbook(_) => &[],
        }
    }
}

/// A partner, resolved.
#[derive(Debug, Default)]
pub struct PartnerEntry {
    /// Its id.
    pub id: String,
    /// Its page.
    pub page: PageId,
    /// What its file says.
    pub data: Arc<Partner>,
    /// The place of its stage in the lifecycle.
    pub stage: Option<usize>,
    /// The place of its model in the settings.
    pub model: Option<usize>,
    /// Its KPIs, with definitions and values from every source.
    pub kpis: Vec<PartnerKpi>,
    /// Relations to other partners.
    pub related: Vec<Related>,
    /// Links in its front matter by their text: where each leads.
    pub outputs: Vec<(String, Target)>,
    /// Its reviews, newest first.
    pub reviews: Vec<PageId>,
    /// The periods that have a page, newest first.
    pub quarters: Vec<Quarter>,
    /// Its issues, by route.
    pub issues: Vec<PageId>,
    /// Its other pages, by route.
    pub pages: Vec<PageId>,
}

impl PartnerEntry {
    /// The path of its scorecard in the site.
    pub fn scorecard_route(&self) -> String {
        format!("partners/{}/scorecard.html", crate::text::slug::safe_file_name(&self.id))
    }

    /// The place of the stage that it is judged by: its own, and the first one where it says nothing of a stage. `None` where it
    /// names one that there is not, which tells nothing.
    pub fn judged_stage(&self) -> Option<usize> {
        self.stage.or_else(|| self.data.current_stage().is_none().then_some(0))
    }

    /// The name that people read.
    pub fn name(&self) -> &str {
        self.data.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&self.id)
    }
}

/// A step of a playbook whose document is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingTemplate {
    /// The page of the playbook.
    pub playbook: PageId,
    /// The place of the step in it.
    pub step: usize,
    /// What may have been meant.
    pub advice: Option<String>,
}

/// A workspace in which every link knows where it leads.
#[derive(Debug)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// The day on which it is looked at.
    pub as_of: Date,
    /// Its settings.
    pub settings: Settings,
    /// Where the keys of `partnerbook.yaml` stand.
    pub settings_lines: KeyLines,
    /// The people in it.
    pub people: People,
    /// Its partners, by name.
    pub partners: Vec<PartnerEntry>,
    /// The pages made from its files.
    pub pages: Vec<PageRef>,
    /// The same by the path of their file.
    pub by_path: rustc_hash::FxHashMap<Arc<str>, PageId>,
    /// Partners by the folder in which, or beside which, their file lies, in lower case.
    pub folders: rustc_hash::FxHashMap<String, PartnerId>,
    /// Files that are copied: where they are and where they go.
    pub assets: Vec<(Arc<str>, String)>,
    /// Stages, tiers, models, owners and tags with their partners.
    pub lists: Lists,
    /// Playbooks by id and by name, in lower case.
    pub playbooks: rustc_hash::FxHashMap<String, PageId>,
    /// Steps of playbooks whose document is not there, by page and step.
    pub missing_templates: Vec<MissingTemplate>,
    /// Files of the theme: their path in the workspace and their name in the theme.
    pub theme_files: Vec<(Arc<str>, String)>,
    /// Everything that is wrong, in the severities of this workspace, sorted by path, place and rule.
    pub findings: Vec<Finding>,
    /// What takes the place of files on disk.
    pub instead: Arc<Texts>,
}

impl Workspace {
    /// Reads, parses and resolves the workspace at `root` as of a day.
    pub fn load(root: &Path, as_of: Date, drafts: bool) -> Workspace {
        Workspace::load_with(root, as_of, drafts, Arc::default())
    }

    /// The same with texts that take the place of files on disk.
    pub fn load_with(root: &Path, as_of: Date, drafts: bool, instead: Arc<Texts>) -> Workspace {
        let snapshot = Snapshot::take(root, as_of);
        let documents = read_documents_with(&snapshot, &instead);
        Workspace { instead, ..resolve(&snapshot, documents, drafts) }
    }

    /// The text of a file as it was read, for finding places in it. Empty when it cannot be read.
    pub fn text(&self, path: &str) -> String {
        self.instead.get(path).map_or_else(|| text_of(&self.root.join(path)), |text| text.as_ref().to_owned())
    }

    /// The same for its findings alone: no page can be made of it, unless it has a theme of its own.
    pub fn load_to_check(root: &Path, as_of: Date, drafts: bool) -> Workspace {
        let snapshot = Snapshot::take(root, as_of);
        let documents = read_documents_to_check(&snapshot);
        resolve(&snapshot, documents, drafts)
    }

    /// The page that is made from a file.
    pub fn page_at(&self, path: &str) -> Option<&PageRef> {
        self.by_path.get(path).and_then(|at| self.pages.get(*at))
    }

    /// The partner that a file belongs to: that of its page, or the one in whose folder it lies.
    pub fn owner_of(&self, path: &str) -> Option<PartnerId> {
        if let Some(page) = self.page_at(path) {
            return page.partner;
        }
        let (folder, _) = path.strip_prefix("content/partners/")?.split_once('/')?;
        self.folders.get(&slug::fold(folder)).copied()
    }

    /// The partners that are on the site, by name.
    pub fn visible_partners(&self) -> impl Iterator<Item = (PartnerId, &PartnerEntry)> {
        self.partners.iter().enumerate().filter(|(_, partner)| !self.pages[partner.page].hidden)
    }

    /// The page of a partner.
    pub fn partner_page(&self, partner: PartnerId) -> &PageRef {
        &self.pages[self.partners[partner].page]
    }
}
