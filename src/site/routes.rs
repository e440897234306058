//! The routes of a site: every path in it, and what is there. Two claims on one path are a finding.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use super::theme::Theme;
use crate::diagnostics::{Finding, Place, input};
use crate::lint;
use crate::pages::value::Entry;
use crate::pages::{data, findings};
use crate::text::{path, slug};
use crate::workspace::lists::ListKind;
use crate::workspace::references::redirect_route;
use crate::workspace::resolve::CASE;
use crate::workspace::{PageId, PageKind, PartnerId, Workspace};

/// What is at a path of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The home page, with the page that has its words.
    Home(Option<PageId>),
    /// The index of all partners, with the page that has its words.
    Partners(Option<PageId>),
    /// The index of playbooks, with the page that has its words.
    Playbooks(Option<PageId>),
    /// All reviews.
    Reviews,
    /// The list of issues.
    Issues,
    /// What the checker found.
    Findings,
    /// A rule with its findings, by its name.
    Rule(&'static str),
    /// The people.
    People,
    /// A page made from one file.
    Page(PageId),
    /// The scorecard of a partner.
    Scorecard(PartnerId),
    /// A quarter of a partner of which there are only numbers, by its place among the partner's quarters.
    Quarter(PartnerId, usize),
    /// The index of a folder without a page of its own.
    Section(String),
    /// One value of a list, by its place.
    List(ListKind, usize),
    /// All values of a list.
    Lists(ListKind),
    /// `404.html`.
    NotFound,
    /// An address that a page had: where it is now.
    Redirect(PageId),
    /// `feed.xml`.
    Feed,
    /// `sitemap.xml`, or one of its parts where there are more pages than one file may hold.
    Sitemap(Option<usize>),
    /// `data/partners.json`.
    PartnersJson,
    /// `data/kpis.csv`.
    KpisCsv,
    /// `data/findings.json`.
    FindingsJson,
    /// `calendar.ics`.
    Calendar,
    /// A file that is copied, by its place in the list of assets.
    Asset(usize),
    /// A static file of the theme.
    Static,
}

impl Route {
    /// True for what is made with a template.
    pub fn has_template(&self) -> bool {
        self.is_page() || matches!(self, Route::NotFound | Route::Redirect(_))
    }

    /// True for a page that people read.
    pub fn is_page(&self) -> bool {
        !matches!(
            self,
            Route::NotFound
                | Route::Redirect(_)
                | Route::Feed
                | Route::Sitemap(_)
                | Route::PartnersJson
                | Route::KpisCsv
                | Route::FindingsJson
                | Route::Calendar
                | Route::Asset(_)
                | Route::Static
        )
    }
}

/// All routes by path, and the pages of each folder.
#[derive(Debug, Default)]
pub struct Routes {
    /// What is at each path.
    pub all: BTreeMap<String, Route>,
    /// Entries of the pages in each folder, by the folder's path in the site.
    pub children: BTreeMap<String, Vec<Value>>,
}

impl Routes {
    /// Leaves those that follow from what was found: a page for each rule that has fired, and a sitemap in as many parts as there
    /// are pages for.
    pub fn settle(&mut self, workspace: &Workspace) {
        let fired: FxHashSet<&'static str> = workspace.findings.iter().map(|finding| finding.rule.name).collect();
        for rule in lint::rules() {
            let path = findings::route(rule);
            if fired.contains(rule.name) {
                self.all.insert(path, Route::Rule(rule.name));
            } else {
                self.all.remove(&path);
            }
        }
        if workspace.partners.is_empty() && workspace.findings.is_empty() {
            self.all.remove("findings/index.html");
        }
        if workspace.settings.base_url.is_some() {
            self.all.retain(|_, route| !matches!(route, Route::Sitemap(Some(_))));
            let pages = self.all.values().filter(|route| route.is_page()).count();
            let parts = if pages > data::SITEMAP_MOST { pages.div_ceil(data::SITEMAP_MOST) } else { 0 };
            for part in 0..parts {
                self.all.entry(data::sitemap_part(part)).or_insert(Route::Sitemap(Some(part)));
            }
        }
    }
}

/// A path that is taken: as it is written where that differs from its folded form, and the file, where there is one.
type Claim = (Option<Box<str>>, Option<Arc<str>>);

struct Claims<'a> {
    routes: Routes,
    /// Who claims a path, by its folded form.
    taken: FxHashMap<String, Claim>,
    /// Folders of claimed paths, folded, with a path in each.
    folders: FxHashMap<String, String>,
    findings: Vec<Finding>,
    workspace: &'a Workspace,
}

impl Claims<'_> {
    /// Who has claimed this path, a file where it needs a folder, or a folder where it needs a file.
    fn claimant(&self, key: &str) -> Option<(String, Option<Arc<str>>)> {
        let inside = |key: &str| self.folders.get(key).and_then(|inner| self.taken.get_key_value(inner));
        let mut found = self.taken.get_key_value(key).or_else(|| inside(key));
        let mut folder = path::parent(key);
        while found.is_none() && !folder.is_empty() && !self.folders.contains_key(folder) {
            found = self.taken.get_key_value(folder);
            folder = path::parent(folder);
        }
        found.map(|(key, (path, file))| (path.as_deref().unwrap_or(key).to_owned(), file.clone()))
    }

    fn claim(&mut self, path: &str, route: Route, source: Option<&Arc<str>>) {
        let key = slug::fold(path);
        if let Some((other_path, other)) = self.claimant(&key) {
            let Some(file) = source else { return };
            let redirect = matches!(route, Route::Redirect(_));
            let what = match other {
                _ if redirect => format!("`{path}`, named in `redirect_from`, is a page of this site"),
                Some(_) if slug::fold(&other_path) != key => {
                    format!("`{path}` and `{other_path}` cannot both be there: one is a file where the other needs a folder")
                }
                Some(_) if other_path != path => format!("`{path}` and `{other_path}` {CASE}"),
                Some(_) => format!("two files want to be `{path}`"),
                None => format!("`{path}` is a page that partnerbook makes itself"),
            };
            let (place, help) = if redirect {
                (Place::Key(crate::route!["redirect_from"]), "remove it from `redirect_from`")
            } else {
                (Place::File, "rename one of them")
            };
            let mut finding = Finding::new(&input::URL_COLLISION, file, place, what).help(help);
            if let Some(other) = other {
                finding = finding.related(&other, Place::File, "the other one");
            }
            self.findings.push(finding);
            return;
        }
        let mut folder = path::parent(&key);
        while !folder.is_empty() && !self.folders.contains_key(folder) {
            self.folders.insert(folder.to_owned(), key.clone());
            folder = path::parent(folder);
        }
        let other = (key != path).then(|| path.into());
        self.taken.insert(key, (other, source.cloned()));
        self.routes.all.insert(path.to_owned(), route);
    }
}

/// Lays out the site of a workspace, whatever its findings are: [`Routes::settle`] does the rest.
pub fn lay_out(workspace: &Workspace, theme: &Theme) -> (Routes, Vec<Finding>) {
    let mut claims =
        Claims { routes: Routes::default(), taken: FxHashMap::default(), folders: FxHashMap::default(), findings: Vec::new(), workspace };
    let by_route: FxHashMap<&str, PageId> =
        workspace.pages.iter().enumerate().filter(|(_, page)| !page.hidden).map(|(at, page)| (page.route.as_str(), at)).collect();
    let words = |route: &str| by_route.get(route).copied();
    claims.claim("index.html", Route::Home(words("index.html")), None);
    claims.claim("partners/index.html", Route::Partners(words("partners/index.html")), None);
    claims.claim("404.html", Route::NotFound, None);
    claims.claim("data/partners.json", Route::PartnersJson, None);
    claims.claim("data/kpis.csv", Route::KpisCsv, None);
    claims.claim("data/findings.json", Route::FindingsJson, None);
    claims.claim("calendar.ics", Route::Calendar, None);
    let has = |kind: fn(&PageKind) -> bool| workspace.pages.iter().any(|page| !page.hidden && kind(&page.kind));
    if has(|kind| matches!(kind, PageKind::Playbook(_))) || words("playbooks/index.html").is_some() {
        claims.claim("playbooks/index.html", Route::Playbooks(words("playbooks/index.html")), None);
    }
    if has(|kind| matches!(kind, PageKind::Issue(_))) {
        claims.claim("issues/index.html", Route::Issues, None);
    }
    if !workspace.partners.is_empty() {
        claims.claim("reviews/index.html", Route::Reviews, None);
    }
    // Which rules have fired is known later, and another day it will be others.
    claims.claim("findings/index.html", Route::Findings, None);
    for rule in lint::rules() {
        claims.claim(&findings::route(rule), Route::Rule(rule.name), None);
    }
    if !workspace.people.all.is_empty() {
        claims.claim("people/index.html", Route::People, None);
    }
    if workspace.settings.base_url.is_some() {
        claims.claim("feed.xml", Route::Feed, None);
        claims.claim("sitemap.xml", Route::Sitemap(None), None);
    }
    for kind in ListKind::ALL {
        let values = workspace.lists.of(kind);
        if !values.is_empty() {
            claims.claim(&format!("{}/index.html", kind.folder()), Route::Lists(kind), None);
        }
        for (at, value) in values.iter().enumerate() {
            claims.claim(&value.route, Route::List(kind, at), None);
        }
    }
    for (at, partner) in workspace.visible_partners() {
        claims.claim(&partner.scorecard_route(), Route::Scorecard(at), None);
        for (place, quarter) in partner.quarters.iter().enumerate().filter(|(_, quarter)| quarter.page.is_none()) {
            claims.claim(&quarter.route, Route::Quarter(at, place), None);
        }
    }
    for name in theme.statics.keys() {
        claims.claim(name, Route::Static, None);
    }
    let intros = ["index.html", "partners/index.html", "playbooks/index.html"];
    for (at, page) in workspace.pages.iter().enumerate().filter(|(_, page)| !page.hidden) {
        if !intros.contains(&page.route.as_str()) {
            claims.claim(&page.route, Route::Page(at), Some(&page.path));
        }
    }
    for (at, (path, route)) in workspace.assets.iter().enumerate() {
        claims.claim(route, Route::Asset(at), Some(path));
    }
    folders(&mut claims, &intros);
    redirects(&mut claims);
    (claims.routes, claims.findings)
}

/// Gives every folder of pages an index, and lists its pages.
fn folders(claims: &mut Claims<'_>, intros: &[&str]) {
    let mut children: BTreeMap<String, Vec<(u32, String, Value)>> = BTreeMap::new();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for page in claims.workspace.pages.iter().filter(|page| !page.hidden && page.partner.is_none()) {
        let PageKind::Page(meta) = &page.kind else {
            continue;
        };
        if intros.contains(&page.route.as_str()) || page.route.starts_with("partners/") {
            continue;
        }
        let folder = path::parent(&page.route);
        if folder.is_empty() {
            continue;
        }
        if path::file_name(&page.route) == "index.html" {
            known.insert(folder.to_owned(), page.title.clone());
        } else {
            known.entry(folder.to_owned()).or_default();
            let value = json!(Entry::new(page.title.as_str(), &page.route).note(meta.summary.as_deref()));
            children.entry(folder.to_owned()).or_default().push((meta.order.unwrap_or(u32::MAX), slug::fold(&page.title), value));
        }
        // Every folder above has an index as well.
        let mut above = path::parent(folder);
        while !above.is_empty() {
            known.entry(above.to_owned()).or_default();
            above = path::parent(above);
        }
    }
    for (folder, title) in &known {
        let above = path::parent(folder);
        if !above.is_empty() && folder != "playbooks" {
            let title = if title.is_empty() { slug::title(path::file_name(folder)) } else { title.clone() };
            let value = json!(Entry::new(title.as_str(), &format!("{folder}/index.html")));
            children.entry(above.to_owned()).or_default().push((u32::MAX, slug::fold(&title), value));
        }
        if !claims.taken.contains_key(&slug::fold(&format!("{folder}/index.html"))) {
            claims.claim(&format!("{folder}/index.html"), Route::Section(folder.clone()), None);
        }
    }
    for (folder, mut entries) in children {
        entries.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        claims.routes.children.insert(folder, entries.into_iter().map(|(_, _, value)| value).collect());
    }
}

fn redirects(claims: &mut Claims<'_>) {
    for (at, page) in claims.workspace.pages.iter().enumerate().filter(|(_, page)| !page.hidden) {
        let old = page.redirects(&claims.workspace.partners);
        for route in old.iter().filter_map(|old| redirect_route(old)).filter(|route| *route != page.route) {
            claims.claim(&route, Route::Redirect(at), Some(&page.path));
        }
    }
}
