//! A site that renders any of its pages on demand.

use std::io;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::frame::{Frame, PageInfo, crumbs, title_of};
use super::routes::{Route, Routes, lay_out};
use super::theme::{Static, Theme};
use crate::diagnostics::Finding;
use crate::lint;
use crate::measures::Measures;
use crate::pages::findings::{self, Findings};
use crate::pages::parts::{Parts, mark};
use crate::pages::playbook::Runs;
use crate::pages::{data, home, issue, lists, page, partner, partners, people, playbook, prose, review, reviews, scorecard, values};
use crate::text::{join, path};
use crate::workspace::{PageId, PageKind, PartnerEntry, Workspace};

/// A site: a workspace, a theme and the routes. Rendering a page changes nothing.
pub struct Site {
    /// The workspace.
    pub workspace: Workspace,
    /// The routes.
    pub routes: Routes,
    pub(super) theme: Theme,
    pub(super) frame: Frame,
    pub(super) runs: Runs,
    pub(super) measures: Measures,
    pub(super) findings: Findings,
    pub(super) skeletons: Vec<Skeleton>,
}

/// A template that is the same for every page of a kind at one depth, with marks where the parts belong.
pub(super) struct Skeleton {
    kind: &'static str,
    root: String,
    text: Vec<u8>,
}

/// Room for a page while it is made. Many pages are made one after the other, and large pieces of memory are dear.
#[derive(Debug, Default)]
pub struct Room {
    parts: String,
    page: Vec<u8>,
}

impl Room {
    /// Takes back what is not needed any more.
    pub fn take_back(&mut self, rendered: Rendered) {
        if let Rendered::Bytes(bytes) = rendered {
            self.page = bytes;
        }
    }
}

/// What is at a path: bytes that were made, or a file to copy.
pub enum Rendered {
    /// The bytes of a page.
    Bytes(Vec<u8>),
    /// A file that is too large to be held as a whole: see [`Site::stream`].
    Stream,
    /// A file of the workspace, by its path relative to it.
    Copy(std::sync::Arc<str>),
}

impl Site {
    /// Lays out the site of a workspace. What is found on the way is added to the findings of the workspace.
    pub fn new(workspace: Workspace) -> Site {
        Site::after(workspace, None)
    }

    /// The same where an earlier state of the site is at hand: what has not changed is not measured again.
    pub fn after(mut workspace: Workspace, before: Option<&Site>) -> Site {
        let (theme, findings) = Theme::load(&workspace);
        workspace.findings.extend(findings);
        // Most of laying out is one piece of work, during which another core can look for findings.
        let ((routes, collisions), (measures, found)) = rayon::join(|| lay_out(&workspace, &theme), || examine(&workspace, before));
        let routes = settle(&mut workspace, found, routes, collisions);
        Site::of(workspace, theme, routes, measures)
    }

    /// Completes the findings of a workspace. Where it has no template of its own, no page is made.
    pub fn check(workspace: Workspace) -> Workspace {
        if workspace.theme_files.iter().any(|(path, _)| path.ends_with(".hbs")) {
            let mut site = Site::new(workspace);
            if site.theme.has_own_templates() {
                site.try_templates();
            }
            return site.workspace;
        }
        let mut workspace = workspace;
        let (theme, findings) = Theme::load(&workspace);
        workspace.findings.extend(findings);
        let (measures, found) = examine(&workspace, None);
        // Their memory is wanted for the routes.
        drop(measures);
        let (routes, collisions) = lay_out(&workspace, &theme);
        settle(&mut workspace, found, routes, collisions);
        workspace
    }

    fn of(workspace: Workspace, theme: Theme, routes: Routes, measures: Measures) -> Site {
        let findings = Findings::new(&workspace);
        let frame = Frame::new(&workspace, &routes, &theme.stamp);
        let runs = playbook::runs(&workspace);
        let mut site = Site { workspace, routes, theme, frame, runs, measures, findings, skeletons: Vec::new() };
        site.skeletons = site.skeletons();
        site
    }

    /// Renders every page and adds what goes wrong to the findings. The built-in templates ask for nothing that is not there.
    fn try_templates(&mut self) {
        let pages: Vec<_> = self.routes.all.iter().filter(|(_, route)| route.has_template()).collect();
        let failed: Vec<Finding> =
            pages.par_iter().filter_map(|(at, route)| self.render(at, route).err()).map(|finding| *finding).collect();
        self.workspace.findings.extend(once_each(failed));
        lint::settle::sort(&mut self.workspace);
    }

    /// What is at a path of the site.
    ///
    /// # Errors
    /// A finding in a template.
    pub fn render(&self, at: &str, route: &Route) -> Result<Rendered, Box<Finding>> {
        self.render_in(&mut Room::default(), at, route)
    }

    /// The same, in room where other pages have been.
    ///
    /// # Errors
    /// A finding in a template.
    pub fn render_in(&self, room: &mut Room, at: &str, route: &Route) -> Result<Rendered, Box<Finding>> {
        let bytes = |text: String| Ok(Rendered::Bytes(text.into_bytes()));
        let base = self.workspace.settings.base_url.as_deref().unwrap_or_default();
        match route {
            Route::Asset(asset) => Ok(Rendered::Copy(self.workspace.assets[*asset].0.clone())),
            Route::Static => Ok(match self.theme.statics.get(at) {
                Some(Static::Builtin(bytes)) => Rendered::Bytes(bytes.to_vec()),
                Some(Static::File(path)) => Rendered::Copy(path.clone()),
                None => Rendered::Bytes(Vec::new()),
            }),
            Route::PartnersJson | Route::KpisCsv | Route::FindingsJson => Ok(Rendered::Stream),
            Route::Calendar => bytes(data::calendar(&self.workspace, &self.measures)),
            Route::Feed => bytes(data::feed(&self.workspace, base)),
            Route::Sitemap(part) => {
                let pages: Vec<&str> = self.routes.all.iter().filter(|(_, route)| route.is_page()).map(|(path, _)| path.as_str()).collect();
                bytes(data::sitemap(&pages, *part, base))
            }
            Route::Redirect(page) => self.redirect(at, *page),
            _ => self.page(room, at, route),
        }
    }

    /// Writes a file that comes piece by piece; nothing for any other route.
    ///
    /// # Errors
    /// What the sink says.
    pub fn stream(&self, route: &Route, sink: &mut data::Sink<'_>) -> io::Result<()> {
        match route {
            Route::PartnersJson => data::partners_json(&self.workspace, &self.measures, sink),
            Route::KpisCsv => data::kpis_csv(&self.workspace, &self.measures, sink),
            Route::FindingsJson => data::findings_json(&self.workspace, sink),
            _ => Ok(()),
        }
    }

    /// The whole of what is at a path; `None` for a file that is copied.
    ///
    /// # Errors
    /// A finding in a template.
    pub fn bytes(&self, at: &str, route: &Route) -> Result<Option<Vec<u8>>, Box<Finding>> {
        Ok(match self.render(at, route)? {
            Rendered::Bytes(bytes) => Some(bytes),
            Rendered::Copy(_) => None,
            Rendered::Stream => {
                let mut all = Vec::new();
                // A vector takes everything.
                let _ = self.stream(route, &mut |piece| {
                    all.extend_from_slice(piece);
                    Ok(())
                });
                Some(all)
            }
        })
    }

    fn redirect(&self, at: &str, page: PageId) -> Result<Rendered, Box<Finding>> {
        let page = &self.workspace.pages[page];
        let root = path::root_of(at);
        let mut values = self.frame.values(
            &self.workspace,
            at,
            &root,
            &PageInfo { kind: "redirect", title: page.title.clone(), ..PageInfo::default() },
            false,
        );
        values.insert("to".to_owned(), Value::from(join!(root, path::encode(&page.route))));
        values.insert("title".to_owned(), Value::from(page.title.as_str()));
        let (text, _) = self.theme.render(&self.workspace, "redirect", values, at)?;
        Ok(Rendered::Bytes(text))
    }

    fn page(&self, room: &mut Room, at: &str, route: &Route) -> Result<Rendered, Box<Finding>> {
        let root = self.root(at, route);
        let mut parts = Parts::in_room(&root, std::mem::take(&mut room.parts));
        let (info, mut view) = self.view(at, route, &root, &mut parts);
        let skeleton = self.skeletons.iter().find(|skeleton| skeleton.kind == info.kind && skeleton.root == root);
        let made;
        let template = if let Some(skeleton) = skeleton {
            &skeleton.text
        } else {
            if self.theme.has_own_templates() {
                self.add_values(&mut view, route);
            }
            view.insert("parts".to_owned(), Value::Object(parts.marks()));
            self.frame.top(&mut parts, &self.workspace, at);
            made = self.template(at, &root, &info, view)?;
            &made
        };
        self.frame.around(&mut parts, &self.workspace, at, &info);
        let mut page = std::mem::take(&mut room.page);
        page.clear();
        page.reserve(template.len() + parts.len());
        parts.splice(template, &mut page);
        room.parts = parts.into_room();
        Ok(Rendered::Bytes(page))
    }

    /// A page in its frame, with marks where its parts belong.
    fn template(&self, at: &str, root: &str, info: &PageInfo, view: Map<String, Value>) -> Result<Vec<u8>, Box<Finding>> {
        let mut values = self.frame.values(&self.workspace, at, root, info, self.theme.has_own_templates());
        values.extend(view);
        let (content, mut values) = self.theme.render(&self.workspace, info.kind, values, at)?;
        values.retain(|key, _| matches!(key.as_str(), "root" | "site" | "page"));
        values.insert("frame".to_owned(), Frame::marks());
        values.insert("content".to_owned(), Value::from(String::from_utf8(content).unwrap_or_default()));
        let (text, _) = self.theme.render(&self.workspace, "base", values, at)?;
        Ok(text)
    }

    /// Templates that are the same for every page but for its parts, rendered once. Those of the workspace's own may ask for
    /// more, so they are rendered for each page.
    pub(super) fn skeletons(&self) -> Vec<Skeleton> {
        let kinds: [(&'static str, &str, &[&str]); 3] = [
            ("partner", "partners/x.html", partner::PARTS),
            ("scorecard", "partners/x/scorecard.html", scorecard::PARTS),
            ("review", "partners/x/qbr/x.html", review::PARTS),
        ];
        let made = kinds.into_iter().filter(|(kind, ..)| self.theme.is_builtin(kind) && self.theme.is_builtin("base"));
        made.filter_map(|(kind, at, parts)| {
            let root = path::root_of(at);
            let marks: Map<String, Value> = parts.iter().map(|name| ((*name).to_owned(), Value::from(mark(name)))).collect();
            let view = Map::from_iter([("parts".to_owned(), Value::Object(marks))]);
            let info = PageInfo { kind, ..PageInfo::default() };
            // What goes wrong here goes wrong again, and is told, when the page is made.
            let template = self.template(at, &root, &info, view).ok()?;
            let (mut parts, mut text) = (Parts::new(&root), Vec::new());
            self.frame.top(&mut parts, &self.workspace, at);
            parts.splice(&template, &mut text);
            drop(parts);
            Some(Skeleton { kind, root, text })
        })
        .collect()
    }

    /// Adds the values that only templates of the workspace's own may ask for.
    fn add_values(&self, view: &mut Map<String, Value>, route: &Route) {
        let workspace = &self.workspace;
        match route {
            Route::Partners(_) => values::of_list(view, workspace, workspace.visible_partners().map(|(_, partner)| partner)),
            Route::List(kind, at) => {
                let partners = &workspace.lists.of(*kind)[*at].partners;
                values::of_list(view, workspace, partners.iter().map(|at| &workspace.partners[*at]));
            }
            Route::Page(id) => {
                let page = &workspace.pages[*id];
                let partner = page.partner.map(|at| (&workspace.partners[at], self.measures.partners[at].as_ref()));
                match (&page.kind, partner) {
                    (PageKind::Partner(_), Some((partner, measures))) => values::of_partner(view, workspace, partner, measures),
                    (PageKind::Review(review, _), partner) => values::of_review(view, workspace, partner, review),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// The way to the top. A server shows `404.html` at any address, so there it starts at the top of the server.
    fn root(&self, at: &str, route: &Route) -> String {
        let server = self.workspace.settings.base_url.as_deref().filter(|_| *route == Route::NotFound);
        match server.and_then(|url| url.split_once("://")).map(|(_, rest)| rest.split_once('/').map_or("", |(_, path)| path)) {
            Some(folder) => join!("/", folder),
            None => path::root_of(at),
        }
    }

    fn view(&self, at: &str, route: &Route, root: &str, parts: &mut Parts<'_>) -> (PageInfo, Map<String, Value>) {
        let workspace = &self.workspace;
        let mut info = PageInfo {
            title: title_of(workspace, route).unwrap_or_default(),
            crumbs: crumbs(&self.routes, workspace, at),
            ..PageInfo::default()
        };
        let words = |info: &mut PageInfo, page: &Option<PageId>| match page.map(|page| &workspace.pages[page]) {
            None => String::new(),
            Some(page) => {
                info.source = Some(page.path.to_string());
                let titled = page.markdown.title.is_some() || matches!(&page.kind, PageKind::Page(meta) if meta.title.is_some());
                if titled && !matches!(route, Route::Home(_)) {
                    info.title.clone_from(&page.title);
                }
                prose::html(workspace, page, root)
            }
        };
        let view = match route {
            Route::Home(page) => {
                info.kind = "home";
                info.crumbs.clear();
                let body = words(&mut info, page);
                home::view(workspace, &self.measures, &body, parts)
            }
            Route::Partners(page) => {
                info.kind = "partners";
                let body = words(&mut info, page);
                object(partners::view(workspace, &self.measures, &self.findings, &body, parts))
            }
            Route::Playbooks(page) => {
                info.kind = "playbooks";
                let body = words(&mut info, page);
                object(playbook::list(workspace, &self.runs, &body))
            }
            Route::Issues => {
                info.kind = "issues";
                object(issue::list(workspace))
            }
            Route::Reviews => {
                info.kind = "reviews";
                object(reviews::view(workspace, &self.measures, parts))
            }
            Route::Findings => {
                info.kind = "findings";
                findings::view(workspace, &self.findings, parts)
            }
            Route::Rule(name) => {
                info.kind = "rule";
                (*name).clone_into(&mut info.title);
                info.crumbs.truncate(2);
                findings::rule(workspace, &self.findings, name, parts)
            }
            Route::People => {
                info.kind = "people";
                object(people::view(workspace))
            }
            Route::Section(folder) => {
                info.kind = "section";
                object(json!({"children": self.routes.children.get(folder).map_or(&[][..], Vec::as_slice)}))
            }
            Route::List(kind, value) => {
                info.kind = "list";
                object(lists::one(workspace, &self.findings, *kind, &workspace.lists.of(*kind)[*value], parts))
            }
            Route::Lists(kind) => {
                info.kind = "lists";
                object(lists::all(workspace, *kind))
            }
            Route::Page(id) => self.file_page(*id, &mut info, root, parts),
            Route::Scorecard(at) => {
                let partner = &workspace.partners[*at];
                info.kind = "scorecard";
                info.title = join!(partner.name(), ": scorecard");
                info.sheet = Some(info.title.clone());
                self.of_partner(&mut info, partner);
                scorecard::view(workspace, partner, &self.measures.partners[*at], parts);
                Map::new()
            }
            Route::Quarter(at, place) => {
                let partner = &workspace.partners[*at];
                info.kind = "review";
                info.title = join!(partner.name(), ": ", partner.quarters[*place].period.title());
                info.sheet = Some(info.title.clone());
                self.of_partner(&mut info, partner);
                review::view(workspace, partner, &self.measures.partners[*at], *place, parts);
                Map::new()
            }
            _ => {
                info.kind = "not-found";
                Map::new()
            }
        };
        (info, view)
    }

    /// A page that is made from what a partner's file says.
    fn of_partner(&self, info: &mut PageInfo, partner: &PartnerEntry) {
        info.source = Some(self.workspace.pages[partner.page].path.to_string());
        self.under_partner(info, partner);
    }

    /// Puts the partner above a page of its own.
    fn under_partner(&self, info: &mut PageInfo, partner: &PartnerEntry) {
        info.crumbs.truncate(2);
        info.crumbs.push((partner.name().to_owned(), self.workspace.pages[partner.page].route.clone()));
    }

    /// A page made from one file.
    fn file_page(&self, id: PageId, info: &mut PageInfo, root: &str, parts: &mut Parts<'_>) -> Map<String, Value> {
        let workspace = &self.workspace;
        let page = &workspace.pages[id];
        info.title.clone_from(&page.title);
        info.source = Some(page.path.to_string());
        if page.markdown.headings.len() >= 3 {
            info.toc = page.markdown.headings.iter().filter(|h| h.level <= 3).map(|h| (h.id.clone(), h.text.clone(), h.level)).collect();
        }
        // Between the index of partners and a partner's other pages stands the partner.
        if let Some(owner) = page.partner.map(|at| &workspace.partners[at]).filter(|owner| owner.page != id) {
            self.under_partner(info, owner);
        }
        match &page.kind {
            PageKind::Partner(at) => {
                info.kind = "partner";
                info.x.clone_from(&workspace.partners[*at].data.x);
                let entry = &workspace.partners[*at];
                info.description.clone_from(&entry.data.summary);
                info.sheet = Some(info.title.clone());
                let found = self.findings.of_partner(workspace, *at);
                partner::view(workspace, entry, &self.measures.partners[*at], &found, parts);
                Map::new()
            }
            PageKind::Review(data, period) => {
                info.kind = "review";
                info.x.clone_from(&data.x);
                info.description.clone_from(&data.summary);
                // Without its partner a review is not on the site.
                let Some((at, owner)) = page.partner.map(|at| (at, &workspace.partners[at])) else {
                    return Map::new();
                };
                info.title = join!(owner.name(), ": ", page.title);
                info.sheet = Some(info.title.clone());
                let place = owner.quarters.iter().position(|quarter| quarter.period == *period && quarter.page == Some(id));
                if let Some(place) = place {
                    review::view(workspace, owner, &self.measures.partners[at], place, parts);
                }
                Map::new()
            }
            PageKind::Issue(data) => {
                info.kind = "issue";
                info.x.clone_from(&data.x);
                object(issue::view(workspace, page, data, root))
            }
            PageKind::Playbook(data) => {
                info.kind = "playbook";
                info.x.clone_from(&data.x);
                info.description.clone_from(&data.description);
                object(playbook::view(workspace, page, data, self.runs.get(&id).map_or(&[][..], Vec::as_slice)))
            }
            PageKind::Page(meta) => {
                info.kind = "page";
                info.x.clone_from(&meta.x);
                info.description.clone_from(&meta.summary);
                let is_index = path::file_name(&page.route) == "index.html" && page.partner.is_none();
                let children = is_index.then(|| self.routes.children.get(path::parent(&page.route))).flatten();
                object(page::view(workspace, page, children.map_or(&[][..], Vec::as_slice), root))
            }
        }
    }
}

/// Measures a workspace and applies the rules.
fn examine(workspace: &Workspace, before: Option<&Site>) -> (Measures, Vec<Finding>) {
    let measures = Measures::after(workspace, before.map(|site| (&site.workspace, &site.measures)));
    let found = lint::check(workspace, &measures);
    (measures, found)
}

/// Judges all findings, puts them into their order, and leaves the routes that follow from them. Nobody can soften or waive paths
/// that collide, so they come last.
fn settle(workspace: &mut Workspace, mut found: Vec<Finding>, mut routes: Routes, mut collisions: Vec<Finding>) -> Routes {
    // Rules find far more than was found before.
    found.append(&mut workspace.findings);
    workspace.findings = found;
    lint::settle::judge(workspace);
    workspace.findings.append(&mut collisions);
    lint::settle::sort(workspace);
    routes.settle(workspace);
    routes
}

/// One mistake in a template shows on every page that uses it, and is told once.
pub fn once_each(findings: Vec<Finding>) -> Vec<Finding> {
    let mut known: Vec<Finding> = Vec::new();
    for finding in findings {
        if !known.iter().any(|other| other.path == finding.path && other.place == finding.place) {
            known.push(finding);
        }
    }
    known
}

/// The fields of an object.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
