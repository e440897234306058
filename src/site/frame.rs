//! What every template receives: the site, the page, and the way to the top.

use serde_json::{Map, Value, json};

use crate::object;
use crate::text::path;
use crate::workspace::Workspace;
use crate::workspace::lists::ListKind;

use super::routes::{Route, Routes};

/// The part of the frame that is the same on all pages, made once.
pub struct Frame {
    site: Map<String, Value>,
    nav: Vec<(String, String)>,
}

/// What a page says about itself.
#[derive(Debug, Default)]
pub struct PageInfo {
    /// The template's name.
    pub kind: &'static str,
    /// The title.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// The file it is made from.
    pub source: Option<String>,
    /// The way here from the home page: title and route of each page above.
    pub crumbs: Vec<(String, String)>,
    /// Headings: anchor, text, level.
    pub toc: Vec<(String, String, u8)>,
    /// The team's own `x-*` keys of the file.
    pub x: Map<String, Value>,
}

impl Frame {
    /// The frame of a site.
    pub fn new(workspace: &Workspace, routes: &Routes, stamp: &str) -> Frame {
        let settings = &workspace.settings;
        let mut nav = vec![("Home".to_owned(), "index.html".to_owned())];
        let mut add = |title: &str, route: &str| {
            if routes.all.contains_key(route) {
                nav.push((title.to_owned(), route.to_owned()));
            }
        };
        add("Partners", "partners/index.html");
        for kind in [ListKind::Stage, ListKind::Owner, ListKind::Tag] {
            add(kind.words().1, &format!("{}/index.html", kind.folder()));
        }
        add("Issues", "issues/index.html");
        add("Playbooks", "playbooks/index.html");
        add("Library", "library/index.html");
        add("People", "people/index.html");
        let site = json!({
            "title": settings.title,
            "company": settings.company,
            "as_of": workspace.as_of.to_string(),
            "version": env!("CARGO_PKG_VERSION"),
            "language": settings.language,
            "feed": settings.base_url.is_some(),
            "x": settings.x,
            "stylesheet": format!("static/style.css?v={stamp}"),
            "script": format!("static/site.js?v={stamp}"),
        });
        let Value::Object(site) = site else {
            return Frame { site: Map::new(), nav };
        };
        Frame { site, nav }
    }

    /// The values that every template receives, for the page at `route`.
    pub fn values(&self, workspace: &Workspace, route: &str, root: &str, info: &PageInfo) -> Map<String, Value> {
        let top = route.split('/').next().unwrap_or_default();
        let section = if route.contains('/') { format!("{top}/index.html") } else { route.to_owned() };
        let nav: Vec<Value> =
            self.nav.iter().map(|(title, href)| json!({"title": title, "href": href, "current": *href == section})).collect();
        let mut site = self.site.clone();
        site.insert("nav".to_owned(), Value::Array(nav));
        let crumbs: Vec<Value> = info.crumbs.iter().map(|(title, href)| json!({"title": title, "href": path::encode(href)})).collect();
        let toc: Vec<Value> = info.toc.iter().map(|(id, text, level)| json!({"id": id, "text": text, "level": level})).collect();
        let edit_url = info
            .source
            .as_ref()
            .zip(workspace.settings.edit_url.as_ref())
            .map(|(source, url)| url.replace("{path}", &path::encode(source)));
        // An error page has no address of its own.
        let og_url =
            workspace.settings.base_url.as_ref().filter(|_| info.kind != "not-found").map(|base| format!("{base}{}", path::encode(route)));
        let page = object!({
            "kind": info.kind,
            "title": info.title.as_str(),
            "description": info.description.as_deref().filter(|text| !text.is_empty()),
            "path": route,
            "source": info.source.as_deref(),
            "edit_url": edit_url,
            "crumbs": crumbs,
            "toc": toc,
            "og_url": og_url,
            "x": info.x.clone(),
        });
        let mut values = Map::new();
        values.insert("root".to_owned(), Value::from(root));
        values.insert("site".to_owned(), Value::Object(site));
        values.insert("page".to_owned(), page);
        values
    }
}

/// The crumbs of a page at `route`: home, and the index of each folder above it that is a page.
pub fn crumbs(routes: &Routes, workspace: &Workspace, route: &str) -> Vec<(String, String)> {
    let mut crumbs = vec![("Home".to_owned(), "index.html".to_owned())];
    let mut folder = String::new();
    for part in path::parent(route).split('/').filter(|part| !part.is_empty()) {
        if !folder.is_empty() {
            folder.push('/');
        }
        folder.push_str(part);
        let index = format!("{folder}/index.html");
        if index != route
            && let Some(title) = routes.all.get(&index).and_then(|route| title_of(workspace, route))
        {
            crumbs.push((title, index));
        }
    }
    crumbs
}

/// The title of an index page.
pub fn title_of(workspace: &Workspace, route: &Route) -> Option<String> {
    Some(match route {
        Route::Home(_) => workspace.settings.title.clone(),
        Route::Partners(_) => "Partners".to_owned(),
        Route::Playbooks(_) => "Playbooks".to_owned(),
        Route::Issues => "Issues".to_owned(),
        Route::People => "People".to_owned(),
        Route::Lists(kind) => kind.words().1.to_owned(),
        Route::Section(folder) => crate::text::slug::title(path::file_name(folder)),
        Route::Page(page) => workspace.pages.get(*page)?.title.clone(),
        Route::List(kind, at) => workspace.lists.of(*kind).get(*at)?.title.clone(),
        Route::NotFound => "Page not found".to_owned(),
        _ => return None,
    })
}
