//! What every template receives: the site, the page, and the way to the top.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::content::scalar::human_date;
use crate::pages::html::Html;
use crate::pages::parts::{Parts, mark};
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
    /// What stands at the top of every printed sheet after the first, for a page that is a document to hand out.
    pub sheet: Option<String>,
    /// Headings: anchor, text, level.
    pub toc: Vec<(String, String, u8)>,
    /// The team's own `x-*` keys of the file.
    pub x: Map<String, Value>,
}

impl Frame {
    /// The frame of a site.
    pub fn new(workspace: &Workspace, routes: &Routes, stamp: &str) -> Frame {
        let settings = &workspace.settings;
        let mut nav = Vec::new();
        let mut add = |title: &str, route: &str| {
            if routes.all.contains_key(route) {
                nav.push((title.to_owned(), route.to_owned()));
            }
        };
        add("Partners", "partners/index.html");
        for kind in [ListKind::Stage, ListKind::Owner] {
            add(kind.words().1, &format!("{}/index.html", kind.folder()));
        }
        add("Reviews", "reviews/index.html");
        add("Findings", "findings/index.html");
        add("Issues", "issues/index.html");
        add("Playbooks", "playbooks/index.html");
        add("Library", "library/index.html");
        add("People", "people/index.html");
        let site = json!({
            "title": settings.title,
            "company": settings.company,
            "as_of": workspace.as_of.to_string(),
            "version": VERSION,
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

    /// The values that every template receives, for the page at `route`; `with_nav` adds the menu as values, for templates
    /// that do not take it from [`Frame::around`].
    pub fn values(&self, workspace: &Workspace, route: &str, root: &str, info: &PageInfo, with_nav: bool) -> Map<String, Value> {
        let mut site = self.site.clone();
        if with_nav {
            let section = section_of(route);
            let nav = self.nav.iter().map(|(title, href)| json!({"title": title, "href": href, "current": *href == section})).collect();
            site.insert("nav".to_owned(), Value::Array(nav));
        }
        let crumbs: Vec<Value> = info.crumbs.iter().map(|(title, href)| json!({"title": title, "href": path::encode(href)})).collect();
        let toc: Vec<Value> = info.toc.iter().map(|(id, text, level)| json!({"id": id, "text": text, "level": level})).collect();
        let mut page = Map::new();
        let mut put = |key: &str, value: Value| {
            page.insert(key.to_owned(), value);
        };
        put("kind", Value::from(info.kind));
        put("title", Value::from(info.title.as_str()));
        put("description", Value::from(info.description.as_deref().filter(|text| !text.is_empty())));
        put("path", Value::from(route));
        put("source", Value::from(info.source.as_deref()));
        put("edit_url", Value::from(edit_url(workspace, info)));
        put("crumbs", Value::Array(crumbs));
        put("toc", Value::Array(toc));
        put("og_url", Value::from(address(workspace, route, info)));
        put("x", Value::Object(info.x.clone()));
        let mut values = Map::new();
        values.insert("root".to_owned(), Value::from(root));
        values.insert("site".to_owned(), Value::Object(site));
        values.insert("page".to_owned(), Value::Object(page));
        values
    }

    /// What `base.hbs` receives as `frame`.
    pub fn marks() -> Value {
        json!({"head": mark("frame.head"), "bar": mark("frame.bar"), "above": mark("frame.above"), "foot": mark("frame.foot")})
    }

    /// Writes the bar at the top of a page; the same for all pages of a section at one depth.
    pub fn top(&self, parts: &mut Parts<'_>, workspace: &Workspace, route: &str) {
        parts.add("frame.bar", |html| self.bar(html, workspace, route));
    }

    /// Writes the other pieces around a page, for `base.hbs`: `head`, `above`, `foot`.
    pub fn around(&self, parts: &mut Parts<'_>, workspace: &Workspace, route: &str, info: &PageInfo) {
        parts.add("frame.head", |html| head(html, workspace, route, info));
        parts.add("frame.above", |html| above(html, workspace, info));
        parts.add("frame.foot", |html| foot(html, workspace, info));
    }

    /// The name of the site, the menu and the choice of colours.
    fn bar(&self, html: &mut Html<'_>, workspace: &Workspace, route: &str) {
        let settings = &workspace.settings;
        html.raw("<header class=bar>\n<div class=bar-in>\n<a class=brand href=\"").route("index.html").raw("\">");
        html.raw("<span>").text(&settings.title);
        if let Some(company) = settings.company.as_deref().filter(|company| !company.is_empty()) {
            html.between(" <small>", company, "</small>");
        }
        html.raw("</span></a>\n<nav class=nav aria-label=Main><ul>\n");
        let section = section_of(route);
        for (title, href) in &self.nav {
            html.raw("<li><a href=\"").route(href).raw(if *href == section { "\" aria-current=true>" } else { "\">" });
            html.text(title).raw("</a>\n");
        }
        html.raw("</ul></nav>\n<button class=theme type=button title=\"Colours: auto, light or dark\" hidden>").icon("theme");
        html.raw("<span class=vh>Theme: </span><span class=theme-word>auto</span></button>\n</div>\n</header>");
    }
}

/// The menu's entry for a page.
fn section_of(route: &str) -> std::borrow::Cow<'_, str> {
    match route.split_once('/') {
        Some((top, _)) => format!("{top}/index.html").into(),
        None => route.into(),
    }
}

fn edit_url(workspace: &Workspace, info: &PageInfo) -> Option<String> {
    workspace.settings.edit_line(info.source.as_ref()?, 1)
}

/// Where the page will be on the web. An error page has no address of its own.
fn address(workspace: &Workspace, route: &str, info: &PageInfo) -> Option<String> {
    let base = workspace.settings.base_url.as_ref().filter(|_| info.kind != "not-found")?;
    Some(format!("{base}{}", path::encode(route)))
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Text as a string of a style sheet, which no character can end early.
fn css_string(text: &str) -> String {
    let special = |c: char| c.is_control() || matches!(c, '"' | '\\' | '<' | '>' | '&');
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (plain, behind) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = behind.chars();
        if let Some(c) = chars.next() {
            let _ = write!(out, "\\{:x} ", u32::from(c));
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
    out
}

/// The title and what else tells other programs about the page.
fn head(html: &mut Html<'_>, workspace: &Workspace, route: &str, info: &PageInfo) {
    let settings = &workspace.settings;
    html.raw("<title>").text(&info.title);
    if info.title != settings.title {
        html.raw(" · ").text(&settings.title);
    }
    html.raw("</title>\n");
    let description = info.description.as_deref().unwrap_or_default();
    if !description.is_empty() {
        html.between("<meta name=\"description\" content=\"", description, "\">\n");
    }
    if let Some(sheet) = &info.sheet {
        let from = format!("{}, {}", settings.title, human_date(workspace.as_of));
        html.raw("<style>@page{@top-left{content:")
            .raw(&css_string(sheet))
            .raw("}@top-right{content:")
            .raw(&css_string(&from))
            .raw("}}</style>\n");
    }
    html.raw("<meta name=\"generator\" content=\"partnerbook ").raw(VERSION).raw("\">\n");
    if let Some(address) = address(workspace, route, info) {
        html.between("<link rel=\"canonical\" href=\"", &address, "\">\n<meta property=\"og:type\" content=\"article\">\n");
        html.between("<meta property=\"og:url\" content=\"", &address, "\">\n");
        html.between("<meta property=\"og:title\" content=\"", &info.title, "\">\n");
        if !description.is_empty() {
            html.between("<meta property=\"og:description\" content=\"", description, "\">\n");
        }
    }
    if settings.base_url.is_some() {
        html.between("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"", &settings.title, "\" href=\"");
        html.route("feed.xml").raw("\">\n");
    }
}

/// The way here, and the link to edit the page.
fn above(html: &mut Html<'_>, workspace: &Workspace, info: &PageInfo) {
    let edit = edit_url(workspace, info);
    if info.crumbs.is_empty() && edit.is_none() {
        return;
    }
    html.raw("<div class=above>\n");
    if !info.crumbs.is_empty() {
        html.raw("<nav class=crumbs aria-label=Breadcrumb><ol>\n");
        for (title, route) in &info.crumbs {
            // A line end would be a space before the sign that follows.
            html.raw("<li><a href=\"").route(route).between("\">", title, "</a>");
        }
        html.raw("</ol></nav>\n");
    }
    if let Some(edit) = edit {
        html.between("<a class=edit href=\"", &edit, "\">").icon("edit").raw("Edit this page</a>\n");
    }
    html.raw("</div>\n");
}

/// What the site is, where the page is written, and what made it.
fn foot(html: &mut Html<'_>, workspace: &Workspace, info: &PageInfo) {
    let settings = &workspace.settings;
    html.between("<footer class=foot>\n<div class=foot-in>\n<p>", &settings.title, ", as of ").day(workspace.as_of).raw("</p>\n");
    if let Some(source) = &info.source {
        html.between("<p class=src>Written in <code>", source, "</code></p>\n");
    }
    html.raw("<p>");
    if settings.base_url.is_some() {
        html.raw("<a href=\"").route("feed.xml").raw("\">Feed</a> · ");
    }
    html.raw("partnerbook ").raw(VERSION).raw("</p>\n</div>\n</footer>");
}

/// The crumbs of a page at `route`: home, and the index of each folder above it that is a page.
pub fn crumbs(routes: &Routes, workspace: &Workspace, route: &str) -> Vec<(String, String)> {
    let mut crumbs = vec![("Home".to_owned(), "index.html".to_owned())];
    // Nearly every page is one of a partner's, and there is nothing to look up for those.
    if route.starts_with("partners/") && route != "partners/index.html" {
        crumbs.push(("Partners".to_owned(), "partners/index.html".to_owned()));
        return crumbs;
    }
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
        Route::Reviews => "Reviews".to_owned(),
        Route::People => "People".to_owned(),
        Route::Findings => "Findings".to_owned(),
        Route::Lists(kind) => kind.words().1.to_owned(),
        Route::Section(folder) => crate::text::slug::title(path::file_name(folder)),
        Route::Page(page) => workspace.pages.get(*page)?.title.clone(),
        Route::List(kind, at) => workspace.lists.of(*kind).get(*at)?.title.clone(),
        Route::NotFound => "Page not found".to_owned(),
        _ => return None,
    })
}
