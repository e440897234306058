//! What a page in a browser is told while its files are written: that there is something new, and what is wrong.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::answer::{Answer, Body, Desk, decode, has_own_templates, lookup, tag_of};
use crate::diagnostics::texts::{Text, Texts};
use crate::diagnostics::{Counts, Finding};
use crate::site::Site;
use crate::site::routes::Route;
use crate::text::plain::plain;
use crate::workspace::snapshot::text_of;

/// Where the addresses of this module start. No page of a site does: names that start with a dot are ignored.
pub const FOLDER: &str = "/.partnerbook/";
/// The script of every page, and the style of what it shows.
const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");
/// So many findings are told; more are counted.
const MOST: usize = 30;

/// The state of the server, for those who wait for it to change.
pub struct Live {
    /// What tells this run of the program from the one before.
    start: String,
    state: Mutex<State>,
    changed: Condvar,
}

/// What waits are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Counts changes of the site.
    pub generation: u64,
    /// Counts changes of files that pages only show, such as pictures.
    pub assets: u64,
    /// True at the end.
    pub ended: bool,
}

impl Live {
    /// Before the first change. `start` tells this run of the program from others.
    pub fn new(start: u64) -> Live {
        let state = State { generation: 0, assets: 0, ended: false };
        Live { start: format!("{start:x}"), state: Mutex::new(state), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state as it is.
    pub fn state(&self) -> State {
        *self.lock()
    }

    /// The site has changed.
    pub fn tell(&self, assets: bool) {
        let mut state = self.lock();
        state.generation += 1;
        state.assets += u64::from(assets);
        drop(state);
        self.changed.notify_all();
    }

    /// Ends all waiting.
    pub fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Waits for another state than this one, and gives the one there is then.
    pub fn wait(&self, known: State, most: Duration) -> State {
        let waited = self.changed.wait_timeout_while(self.lock(), most, |state| *state == known);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// A state as an event.
    pub fn event(&self, state: State) -> String {
        format!("data: {}\n\n", self.json(state))
    }

    fn json(&self, state: State) -> Value {
        json!({"generation": format!("{}-{}", self.start, state.generation), "assets": format!("{}-{}", self.start, state.assets)})
    }
}

/// The answer at an address of this module.
pub fn answer(desk: &Desk, name: &str, query: &str) -> Answer {
    match name {
        "live.js" => Answer::new(200, "text/javascript; charset=utf-8", SCRIPT.replace("@@CSS@@", STYLE).into_bytes()),
        "events" => Answer { body: Body::Events, ..Answer::new(200, "text/event-stream; charset=utf-8", Vec::new()) },
        "status.json" => {
            let status = status(desk, query);
            Answer::new(200, "application/json", status.to_string().into_bytes())
        }
        _ => Answer::text(404, "There is nothing here.\n"),
    }
}

/// What is wrong: with the workspace, and with the page that is asked for.
fn status(desk: &Desk, query: &str) -> Value {
    // Taken before the site is looked at: what changes meanwhile is told again.
    let mut status = desk.live.json(desk.live.state());
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page=")).and_then(decode);
    let (root, counts, script, blocking, many, about) = {
        let site = desk.site.read().unwrap_or_else(PoisonError::into_inner);
        let at = page.as_deref().and_then(|page| lookup(&site, page));
        let all = || site.workspace.findings.iter().filter(|finding| finding.blocks_publishing());
        let mut many = all().count();
        let mut blocking: Vec<Finding> = all().take(MOST).cloned().collect();
        // A slip in a template shows only when a page is made with it.
        if let Some((at, route)) = at.filter(|(_, route)| route.has_template() && has_own_templates(&site))
            && let Err(finding) = site.render(at, route)
            && !blocking.contains(&finding)
        {
            blocking.insert(0, *finding);
            many += 1;
        }
        let script = site.routes.all.get_key_value("static/site.js").and_then(|(at, route)| site.bytes(at, route).ok()?);
        let about = at.map(|(_, route)| about(&site, route)).unwrap_or_default();
        (site.workspace.root.clone(), Counts::of(&site.workspace.findings), script, blocking, many, about)
    };
    let texts = Texts::read(blocking.iter().take(MOST).chain(about.iter().take(MOST)), |path: &str| text_of(&root.join(path)));
    let list = |findings: &[Finding]| -> Vec<Value> { findings.iter().take(MOST).map(|finding| shown(finding, &texts)).collect() };
    // A script of the workspace's own is a file; then its name and the stamp of the page tell when it changes.
    status["script"] = json!(script.map(|bytes| tag_of(&bytes)));
    status["counts"] = json!({"errors": counts.errors, "warnings": counts.warnings, "notes": counts.notes, "blocking": many});
    status["blocking"] = json!(list(&blocking));
    status["page"] = json!(list(&about));
    status
}

/// The findings that somebody who writes a page wants to see there: those of its file, and those of its partner.
fn about(site: &Site, route: &Route) -> Vec<Finding> {
    let workspace = &site.workspace;
    let (file, partner) = match route {
        Route::Home(Some(page)) | Route::Partners(Some(page)) | Route::Playbooks(Some(page)) => (Some(*page), None),
        Route::Page(page) => (Some(*page), workspace.pages.get(*page).and_then(|page| page.partner)),
        Route::Scorecard(partner) | Route::Quarter(partner, _) => (None, Some(*partner)),
        _ => return Vec::new(),
    };
    let file = file.and_then(|page| workspace.pages.get(page)).map(|page| page.path.clone());
    let of = |finding: &&Finding| Some(&finding.path) == file.as_ref() || (partner.is_some() && finding.partner == partner);
    workspace.findings.iter().filter(|finding| finding.counts() && !finding.blocks_publishing()).filter(of).cloned().collect()
}

/// A finding as the terminal shows it.
fn shown(finding: &Finding, texts: &Texts) -> Value {
    let text = texts.get(&finding.path);
    let lines = excerpt(text, finding);
    let region = text.region(&finding.place);
    let known = !lines.is_empty();
    json!({
        "rule": finding.rule.name,
        "severity": finding.severity.word(),
        "message": plain(&finding.message),
        "help": finding.advice().map(plain),
        "file": plain(&finding.path),
        "line": known.then_some(region.start.line),
        "column": known.then_some(region.start.column),
        "excerpt": lines,
    })
}

/// The lines of a place, three at most, each cut at what is underlined. Empty for a whole file.
fn excerpt(text: &Text, finding: &Finding) -> Vec<Value> {
    if finding.place == crate::diagnostics::Place::File || text.text.is_empty() {
        return Vec::new();
    }
    let span = text.span_of(&finding.place);
    let (first, mut start) = text.line_of(span.start);
    let mut lines = Vec::new();
    for (number, line) in (first..).zip(text.text.get(start..).unwrap_or_default().split_inclusive('\n')).take(3) {
        let end = start + line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let from = span.start.saturating_sub(start).min(line.len());
        let to = span.end.saturating_sub(start).clamp(from, line.len());
        let cut = |part: Option<&str>| plain(part.unwrap_or_default());
        lines.push(
            json!({"line": number, "before": cut(line.get(..from)), "marked": cut(line.get(from..to)), "after": cut(line.get(to..))}),
        );
        start = end;
        if end >= span.end {
            break;
        }
    }
    lines
}
