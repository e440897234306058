//! What is answered to a request: a function of the site and of what was asked. It answers only from the routes of the site, so
//! that nothing else can be read; and no word of the one who asks stands in the head of an answer.

mod file;
mod hosts;
mod kept;

use std::fs::File;
use std::hash::{Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

pub use hosts::Hosts;
pub use kept::Kept;

use super::live::{self, Live};
use crate::content::markdown::escape;
use crate::diagnostics::Finding;
use crate::site::Site;
use crate::site::routes::Route;
use crate::text::path;

/// What is added to every page: the script that shows changes. Without it, a page is what `build` writes.
pub const SUFFIX: &str = "<script src=\"/.partnerbook/live.js\" defer></script>\n";

/// What was asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// The method.
    pub method: &'a str,
    /// The path with its query, as it came.
    pub target: &'a str,
    /// The host that the browser believes to talk to.
    pub host: Option<&'a str>,
    /// `If-None-Match`.
    pub if_none_match: Option<&'a str>,
    /// `Range`.
    pub range: Option<&'a str>,
    /// `If-Range`.
    pub if_range: Option<&'a str>,
}

/// The body of an answer.
#[derive(Debug)]
pub enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// So many bytes of a file, from this one on.
    File(File, u64, u64),
    /// News, as they come, until one side has enough.
    Events,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, besides the length.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
}

impl Answer {
    /// An answer in plain words.
    pub fn text(status: u16, text: &str) -> Answer {
        Answer::new(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
    }

    /// An answer that is not kept by browsers.
    pub fn new(status: u16, kind: &str, bytes: Vec<u8>) -> Answer {
        Answer { status, headers: headers(kind, "no-store"), body: Body::Bytes(bytes) }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }
}

/// The headers that every answer has. Other sites may neither guess what it is nor have it in theirs.
fn headers(kind: &str, cache: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Type", kind.to_owned()),
        ("Cache-Control", cache.to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ]
}

/// What answers are made from.
pub struct Desk {
    /// The site.
    pub site: Arc<RwLock<Site>>,
    /// The names that this server answers to.
    pub hosts: Hosts,
    /// What tabs are told.
    pub live: Live,
    /// Pages as they were when they could last be made.
    pub kept: Mutex<Kept>,
}

/// What is at a path.
enum Found {
    Page(String, Vec<u8>),
    Bytes(String, Vec<u8>),
    Copy(PathBuf, Arc<str>),
    /// A page that cannot be made: its path, why, and whether it may have been made before.
    Broken(String, Box<Finding>),
    Folder(String),
    Missing(Vec<u8>),
}

impl Desk {
    /// The answer to a request.
    pub fn answer(&self, ask: &Ask<'_>) -> Answer {
        if !matches!(ask.method, "GET" | "HEAD") {
            return Answer::text(405, "This server shows pages; it takes nothing. Only GET and HEAD are answered.\n")
                .with("Allow", "GET, HEAD");
        }
        if !ask.host.is_some_and(|host| self.hosts.allow(host)) {
            return Answer::text(
                403,
                "This server does not answer to this name. Use the address that `partnerbook serve` shows, or start it with --host and the name.\n",
            );
        }
        let (at, query) = ask.target.split_once('?').unwrap_or((ask.target, ""));
        if let Some(name) = at.strip_prefix(live::FOLDER) {
            return live::answer(self, name, query);
        }
        if !at.starts_with('/') {
            return Answer::text(400, "This is not an address of a page.\n");
        }
        match self.find(at) {
            Found::Page(at, mut bytes) => {
                bytes.extend_from_slice(SUFFIX.as_bytes());
                let tag = tag_of(&bytes);
                // A page is told its own tag, so that it can ask whether it has changed.
                whole(&at, bytes, ask, "no-store").with("Server-Timing", format!("page;desc={tag}"))
            }
            Found::Bytes(at, bytes) => whole(&at, bytes, ask, "no-cache"),
            Found::Copy(root, file) => file::answer(&root, &file, ask),
            Found::Folder(folder) => {
                let to = format!("/{}/", path::encode(&folder));
                Answer::text(302, "").with("Location", to)
            }
            Found::Missing(mut bytes) => {
                bytes.extend_from_slice(SUFFIX.as_bytes());
                Answer::new(404, "text/html; charset=utf-8", bytes)
            }
            Found::Broken(at, finding) => {
                let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&at);
                match kept {
                    Some(bytes) => {
                        let tag = tag_of(&bytes);
                        whole(&at, bytes, ask, "no-store").with("Server-Timing", format!("page;desc={tag}"))
                    }
                    None => Answer::new(500, "text/html; charset=utf-8", broken(&finding)),
                }
            }
        }
    }

    /// Looks a path up. The site is held only meanwhile.
    fn find(&self, at: &str) -> Found {
        let site = self.site.read().unwrap_or_else(PoisonError::into_inner);
        let not_found = || Found::Missing(missing(&site, at));
        let Some(wanted) = decode(at) else { return not_found() };
        let Some((route_at, route)) = lookup(&site, &wanted) else {
            return match folder(&site, &wanted) {
                Some(folder) => Found::Folder(folder),
                None => not_found(),
            };
        };
        match site.bytes(route_at, route) {
            Ok(Some(bytes)) if route.has_template() => {
                if has_own_templates(&site) {
                    let mut with_suffix = bytes.clone();
                    with_suffix.extend_from_slice(SUFFIX.as_bytes());
                    self.kept.lock().unwrap_or_else(PoisonError::into_inner).put(route_at, with_suffix);
                }
                Found::Page(route_at.to_owned(), bytes)
            }
            Ok(Some(bytes)) => Found::Bytes(route_at.to_owned(), bytes),
            Ok(None) => match site.render(route_at, route) {
                Ok(crate::site::render::Rendered::Copy(file)) => Found::Copy(site.workspace.root.clone(), file),
                _ => not_found(),
            },
            Err(finding) => Found::Broken(route_at.to_owned(), finding),
        }
    }
}

/// The path of the site that an address means, with its escapes undone. `None` where it can be none.
pub fn decode(at: &str) -> Option<String> {
    let lower = at.to_ascii_lowercase();
    // A slash that is escaped is a letter of a name, and no name has one.
    if ["%2f", "%5c", "%00"].iter().any(|escape| lower.contains(escape)) {
        return None;
    }
    let text = percent_encoding::percent_decode_str(at.strip_prefix('/')?).decode_utf8().ok()?.into_owned();
    let odd = text.contains('\\') || text.chars().any(char::is_control) || text.split('/').any(|part| matches!(part, "." | ".."));
    (!odd).then_some(text)
}

/// The route at a path, or at the index of the folder that it names with a slash. A site that will lie in a folder of its server has
/// absolute links to that folder on `404.html`.
pub fn lookup<'a>(site: &'a Site, wanted: &str) -> Option<(&'a str, &'a Route)> {
    let index;
    let wanted = if wanted.is_empty() || wanted.ends_with('/') {
        index = format!("{wanted}index.html");
        &index
    } else {
        wanted
    };
    let get = |wanted: &str| site.routes.all.get_key_value(wanted).map(|(at, route)| (at.as_str(), route));
    get(wanted).or_else(|| get(wanted.strip_prefix(server_folder(site)?)?.strip_prefix('/')?))
}

/// The folder of its server that the site will lie in.
fn server_folder(site: &Site) -> Option<&str> {
    let (_, rest) = site.workspace.settings.base_url.as_deref()?.split_once("://")?;
    let (_, folder) = rest.split_once('/')?;
    Some(folder.trim_end_matches('/')).filter(|folder| !folder.is_empty())
}

/// The folder that a path names without a slash, as the site writes it.
fn folder(site: &Site, wanted: &str) -> Option<String> {
    let (index, _) = lookup(site, &format!("{wanted}/"))?;
    index.strip_suffix("/index.html").map(str::to_owned)
}

/// The page that says that there is none. Its links hold in its own place only, so they are told where that is.
fn missing(site: &Site, at: &str) -> Vec<u8> {
    let made = site.routes.all.get("404.html").map(|route| site.bytes("404.html", route));
    let Some(Ok(Some(bytes))) = made else {
        return b"<!doctype html>\n<html lang=en>\n<title>Page not found</title>\n<h1>Page not found</h1>\n<p><a href=/>Home</a></p>\n"
            .to_vec();
    };
    let deep = at.trim_start_matches('/').contains('/') && site.workspace.settings.base_url.is_none();
    match memchr::memmem::find(&bytes, b"<head>") {
        Some(head) if deep => [&bytes[..head + 6], b"<base href=\"/\">", &bytes[head + 6..]].concat(),
        _ => bytes,
    }
}

/// True when the workspace has templates of its own, so that a page can fail.
pub fn has_own_templates(site: &Site) -> bool {
    site.workspace.theme_files.iter().any(|(_, name)| path::extension(name) == "hbs")
}

/// An answer of bytes that were made: whole, or that they are the same as before.
fn whole(at: &str, bytes: Vec<u8>, ask: &Ask<'_>, cache: &str) -> Answer {
    let tag = tag_of(&bytes);
    let same = ask.if_none_match.is_some_and(|known| names(known, &tag));
    let (status, bytes) = if same { (304, Vec::new()) } else { (200, bytes) };
    Answer { status, headers: headers(&kind_of(at), cache), body: Body::Bytes(bytes) }.with("ETag", tag)
}

/// What tells bytes from others.
pub fn tag_of(bytes: &[u8]) -> String {
    let mut hasher = rustc_hash::FxHasher::default();
    bytes.hash(&mut hasher);
    format!("\"{:016x}-{:x}\"", hasher.finish(), bytes.len())
}

/// True where a list of tags names this one.
fn names(known: &str, tag: &str) -> bool {
    known.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// What browsers are told that a file is.
fn kind_of(at: &str) -> String {
    let extension = path::extension(at);
    let kind = match extension.as_str() {
        "ics" => "text/calendar",
        "md" | "markdown" => "text/markdown",
        "yaml" | "yml" => "text/yaml",
        "xml" => "application/xml",
        other => mime_guess::from_ext(other).first_raw().unwrap_or("application/octet-stream"),
    };
    let is_text = kind.starts_with("text/") || matches!(kind, "application/xml" | "application/json" | "image/svg+xml");
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

/// A page in place of one that cannot be made. It shows itself anew once it can.
fn broken(finding: &Finding) -> Vec<u8> {
    let (message, file) = (escape(&finding.message), escape(&finding.path));
    let help = finding.advice().map(escape).unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=en data-partnerbook=broken>\n<meta charset=utf-8>\n<meta name=viewport content=\"width=device-width\">\n\
         <title>This page cannot be made</title>\n<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem;\
         color-scheme:light dark}}code{{font-family:ui-monospace,monospace}}</style>\n<h1>This page cannot be made</h1>\n<p>In \
         <code>{file}</code>: {message}</p>\n<p>{help}</p>\n<p>Once that is put right, the page appears here.</p>\n{SUFFIX}"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests;
