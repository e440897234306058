//! `serve`, as browsers and editors see it: real servers over real workspaces, on ports that are free.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "serve/client.rs"]
mod client;
mod common;
#[path = "serve/program.rs"]
mod program;
#[path = "serve/served.rs"]
mod served;

use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use client::{Line, PATIENCE, until};
use common::Space;
use partnerbook::serve::News;
use partnerbook::serve::answer::SUFFIX;
use partnerbook::serve::watch::How;
use served::{serve, serve_with, space};

// ---- pages ------------------------------------------------------------------------------------------------------------------------

#[test]
fn every_file_of_the_site_is_served_as_it_is_built() {
    let space = space();
    let built = space.build().pages;
    let served = serve(&space);
    let mut line = served.line();
    let files: Vec<_> = built.iter().filter(|(path, _)| !path.starts_with('.')).collect();
    assert!(files.len() > 15, "{}", files.len());
    for (path, bytes) in files {
        let got = line.get(&format!("/{}", partnerbook::text::path::encode(path)), "");
        assert_eq!(got.status, 200, "{path}");
        let page = partnerbook::text::path::extension(path) == "html";
        let same = got.body == [bytes.as_slice(), if page { SUFFIX.as_bytes() } else { b"" }].concat();
        assert!(same, "{path} is not what a build writes");
    }
}

/// True where every file of a build is served, and nothing of `before` besides.
fn serves_what_is_built(space: &Space, line: &mut Line, before: &mut std::collections::BTreeSet<String>) -> bool {
    let built = space.build_with(&["--keep-going"]).pages;
    let target = |path: &str| format!("/{}", partnerbook::text::path::encode(path));
    let is_same = |line: &mut Line, path: &str, bytes: &[u8]| {
        let suffix = if partnerbook::text::path::extension(path) == "html" { SUFFIX.as_bytes() } else { b"" };
        line.get(&target(path), "").body == [bytes, suffix].concat()
    };
    let shown: Vec<_> = built.iter().filter(|(path, _)| !path.starts_with('.')).collect();
    let same = shown.iter().all(|(path, bytes)| is_same(line, path, bytes));
    let gone = before.iter().filter(|path| !built.contains_key(*path)).all(|path| line.get(&target(path), "").status == 404);
    before.extend(shown.into_iter().map(|(path, _)| path.clone()));
    same && gone
}

#[test]
fn whatever_is_done_what_is_served_is_what_is_built() {
    let space = space();
    let served = serve(&space);
    let (mut line, mut before) = (served.line(), std::collections::BTreeSet::new());
    let partner = |name: &str, rest: &str| format!("---\nname: {name}\n{rest}---\n\nWords of {name}, see [[first]].\n");
    let one = "content/partners/first.md";
    let steps: [(&str, Option<String>); 16] = [
        (one, Some(partner("First", "owner: dana\n"))),
        (one, Some(partner("First", "owner: kim\ntags: [new]\nstage: development\n"))),
        ("content/partners/second/index.md", Some(partner("Second", "relations: {supplier: [first]}\n"))),
        ("content/partners/second/metrics.csv", Some("kpi,period,actual\nrevenue,2026-Q3,7\n".to_owned())),
        (one, Some(partner("First", "kpis: {revenue: {target: 9, actuals: {2026-Q3: 8}}}\n"))),
        (one, Some(partner("First of all", "kpis: {revenue: {target: 9, actuals: {2026-Q3: 9}}}\n"))),
        ("content/partners/second/metrics.csv", Some("kpi,period,actual\nrevenue,2026-Q3,8\n".to_owned())),
        ("content/partners/second/qbr/2026-Q3.md", Some("---\ndate: 2026-10-02\n---\n\n## Results\n".to_owned())),
        ("content/library/plan.md", Some("# Plan\n\n[Results](../partners/second/qbr/2026-Q3.md#results)\n".to_owned())),
        ("content/partners/second/qbr/2026-Q3.md", Some("---\ndate: 2026-10-02\n---\n\n## Outcome\n".to_owned())),
        ("themes/default/static/style.css", Some("body { color: black }\n".to_owned())),
        ("themes/default/page.hbs", Some("<p>Our own: {{page.title}}\n".to_owned())),
        ("partnerbook.yaml", Some("title: Renamed\nlint: {cadence: off}\n".to_owned())),
        ("content/partners/second/metrics.csv", None),
        ("themes/default/page.hbs", None),
        (one, None),
    ];
    for (step, (path, text)) in steps.into_iter().enumerate() {
        match text {
            Some(text) => space.write(path, text),
            None => space.remove(path),
        }
        until(&format!("step {step}, {path}, is served"), || serves_what_is_built(&space, &mut line, &mut before));
    }
}

#[test]
fn a_head_without_a_body_and_a_page_that_is_known() {
    let space = space();
    let served = serve(&space);
    let mut line = served.line();
    line.send(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let head = line.read(false).unwrap();
    let got = line.get("/", "");
    assert_eq!((head.status, head.header("Content-Length")), (200, got.header("Content-Length")));
    assert_eq!(got.header("Content-Length").unwrap(), got.body.len().to_string());
    let tag = got.header("ETag").unwrap();
    let same = line.get("/", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((same.status, same.body.len()), (304, 0));
    assert_eq!(line.get("/", "").status, 200, "the line stays in step");
}

#[test]
fn parts_of_a_file_come_from_the_disk() {
    let space = space();
    let served = serve(&space);
    let mut line = served.line();
    assert_eq!(line.get("/notes/plan.txt", "").text(), "0123456789");
    let part = line.get("/notes/plan.txt", "Range: bytes=3-5\r\n");
    assert_eq!((part.status, part.text().as_str(), part.header("Content-Range")), (206, "345", Some("bytes 3-5/10")));
    assert_eq!(line.get("/notes/plan.txt", "Range: bytes=70-\r\n").status, 416);
    assert_eq!(line.get("/notes", "").header("Location"), Some("/notes/"));
}

// ---- who may ask, and how ---------------------------------------------------------------------------------------------------------

#[test]
fn a_page_of_another_site_cannot_read_this_one() {
    let space = space();
    let served = serve(&space);
    let mut line = served.line();
    line.send(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    let got = line.read(true).unwrap();
    assert_eq!(got.status, 403);
    assert!(got.text().contains("--host"), "{}", got.text());
    assert!(line.is_closed());
}

#[test]
fn nothing_is_taken() {
    let space = space();
    let served = serve(&space);
    for request in [
        "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "DELETE /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nGET /second HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ] {
        let mut line = served.line();
        line.send(request.as_bytes());
        let got = line.read(true).unwrap();
        assert!(matches!(got.status, 405 | 413), "{} for {request:?}", got.status);
        assert!(line.is_closed(), "what comes after a body is no request: {request:?}");
    }
}

#[test]
fn a_header_that_is_no_text_is_not_passed_over() {
    let space = space();
    let served = serve(&space);
    let second = b"GET /second HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for header in [
        &b"Transfer-Encoding: chunked\xff"[..],
        b"Content-Length: 5\xff",
        b"content-length: \xff0",
        b"Connection: \xffclose",
        b"Host: \xff",
    ] {
        let mut line = served.line();
        line.send(&[b"GET / HTTP/1.1\r\nHost: localhost\r\n", header, b"\r\n\r\n", second].concat());
        let got = line.read(true).unwrap();
        assert_eq!(got.status, 400, "{}", String::from_utf8_lossy(header));
        assert!(line.is_closed(), "what comes after it is no request: {}", String::from_utf8_lossy(header));
    }
    let mut line = served.line();
    line.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Name: Ren\xe9\r\n\r\n");
    assert_eq!(line.read(true).unwrap().status, 200, "what nobody looks at may be anything");
}

#[test]
fn what_is_no_request_harms_nobody() {
    let space = space();
    let served = serve(&space);
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "x".repeat(100_000));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X-Many: x\r\n".repeat(500));
    let path = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(60_000));
    let odd: [&[u8]; 14] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00\x00\x00\x00\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nNo colon here\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        long.as_bytes(),
        many.as_bytes(),
        path.as_bytes(),
    ];
    for request in odd {
        let mut line = served.line();
        line.send(request);
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        // An answer that refuses, or an end; never a page.
        if let Some(got) = line.read(true) {
            assert!((400..500).contains(&got.status), "{} for {shown:?}", got.status);
        }
        assert!(line.is_closed(), "{shown:?}");
        assert_eq!(served.get("/").status, 200, "after {shown:?}");
    }
    let mut gone = served.line();
    gone.send(b"GET / HT");
    drop(gone);
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn no_word_of_the_one_who_asks_stands_in_a_head() {
    let space = space();
    let served = serve(&space);
    for target in ["/notes%0d%0aX-Evil:%20yes", "/notes?a=%0d%0aX-Evil:%20yes", "/X-Evil"] {
        let got = served.get(target);
        assert!(!got.head.contains("X-Evil"), "{}", got.head);
    }
}

#[test]
fn those_who_are_stuck_hold_up_nobody() {
    let space = space();
    let served = serve(&space);
    // Half a request, and nothing more; whole requests whose answers nobody takes.
    let mut stuck: Vec<Line> = (0..60).map(|_| served.line()).collect();
    for (at, line) in stuck.iter_mut().enumerate() {
        let requests = if at % 2 == 0 { "GET / HT".to_owned() } else { "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(300) };
        line.send(requests.as_bytes());
    }
    let start = Instant::now();
    assert_eq!(served.get("/").status, 200);
    space.write("content/index.md", "# Home\n\nChanged.\n");
    served.shows("/", "Changed.");
    // More connections than there is room for: the ones that say nothing make room.
    stuck.extend((0..150).map(|_| served.line()));
    assert_eq!(served.get("/").status, 200);
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn ten_thousand_requests_in_a_row() {
    let space = Space::new();
    let served = serve(&space);
    let mut line = served.line();
    for at in 0..9_000 {
        assert_eq!(line.get("/static/favicon.svg", "").status, 200, "request {at} of one line");
    }
    for at in 0..1_000 {
        assert_eq!(served.line().get("/static/favicon.svg", "Connection: close\r\n").status, 200, "line {at}");
    }
}

#[test]
fn several_requests_at_once_are_answered_in_their_order() {
    let space = space();
    let served = serve(&space);
    let mut line = served.line();
    line.send(b"GET /notes/plan.txt HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    let statuses: Vec<u16> = (0..3).map(|_| line.read(true).unwrap().status).collect();
    assert_eq!(statuses, [200, 404, 200]);
    assert!(line.is_closed(), "an old client wants no more");
}

// ---- what changes -----------------------------------------------------------------------------------------------------------------

#[test]
fn a_saved_file_is_told_to_every_tab() {
    let space = space();
    let served = serve(&space);
    let (mut one, mut two) = (served.tab(), served.tab());
    space.write("content/index.md", "# Home\n\nSaved.\n");
    let (told, too) = (one.event().unwrap(), two.event().unwrap());
    assert_eq!(told["generation"], "7-1");
    assert_eq!(too["generation"], "7-1");
    assert!(served.get("/").text().contains("Saved."), "before anybody is told, the page is new");
    assert_eq!(served.first_change(), ["content/index.md"]);
}

#[test]
fn an_atomic_save_is_one_change() {
    let space = space();
    let served = serve(&space);
    let mut tab = served.tab();
    let (temporary, file) = (space.root().join("content/index.md.x7"), space.root().join("content/index.md"));
    std::fs::write(&temporary, "# Home\n\nRenamed into place.\n").unwrap();
    std::fs::rename(&temporary, &file).unwrap();
    assert_eq!(tab.event().unwrap()["generation"], "7-1");
    served.shows("/", "Renamed into place.");
    assert_eq!(tab.event_within(Duration::from_millis(400)), None, "told once");
    assert_eq!(served.first_change(), ["content/index.md"], "the file beside it was there for a moment only");
}

#[test]
fn a_file_that_an_editor_takes_away_first_is_never_missing() {
    let space = space();
    let served = serve(&space);
    let mut tab = served.tab();
    let file = space.root().join("content/index.md");
    std::fs::rename(&file, space.root().join("content/index.md~")).unwrap();
    std::thread::sleep(Duration::from_millis(25));
    std::fs::write(&file, "# Home\n\nWritten anew.\n").unwrap();
    tab.event().unwrap();
    assert!(served.get("/").text().contains("Written anew."), "the first thing that is told is the whole of it");
}

#[test]
fn thousands_of_files_are_one_change() {
    let space = space();
    let served = serve(&space);
    let mut tab = served.tab();
    for at in 0..1_500 {
        space.write(&format!("content/library/page-{at}.md"), format!("# Page {at}\n"));
    }
    assert_eq!(tab.event().unwrap()["generation"], "7-1");
    served.shows("/library/page-1499.html", "Page 1499");
    let more = std::iter::from_fn(|| tab.event_within(Duration::from_millis(600))).count();
    assert!(more <= 1, "{more} more changes");
}

#[test]
fn git_is_waited_for() {
    let space = space().file(".git/index.lock", "");
    let served = serve(&space);
    let mut tab = served.tab();
    space.write("content/index.md", "# Home\n\nChecked out.\n");
    assert_eq!(tab.event_within(Duration::from_millis(300)), None, "git is not done");
    space.remove(".git/index.lock");
    assert_eq!(tab.event().unwrap()["generation"], "7-1");
    served.shows("/", "Checked out.");
}

#[test]
fn files_and_folders_come_move_and_go() {
    let space = space();
    let served = serve(&space);
    space.write("content/partners/new/index.md", "---\nname: Newcomer\n---\n");
    served.shows("/partners/new.html", "Newcomer");
    space.write("content/partners/new/notes.md", "# Notes of a new folder\n");
    served.shows("/partners/new/notes.html", "Notes of a new folder");
    let folder = |name: &str| space.root().join("content/partners").join(name);
    std::fs::rename(folder("new"), folder("moved")).unwrap();
    served.shows("/partners/moved.html", "Newcomer");
    assert_eq!(served.get("/partners/new.html").status, 404);
    space.write("content/partners/moved/index.md", "---\nname: Settled\n---\n");
    served.shows("/partners/moved.html", "Settled");
    std::fs::remove_dir_all(folder("moved")).unwrap();
    until("the folder is gone", || served.get("/partners/moved.html").status == 404);
}

#[test]
fn content_and_themes_may_go_away_and_come_back() {
    let space = space();
    let served = serve(&space);
    let content = space.root().join("content");
    std::fs::rename(&content, space.beside("away")).unwrap();
    until("the page is gone", || served.get("/partners/sound.html").status == 404);
    std::fs::rename(space.beside("away"), &content).unwrap();
    served.shows("/partners/sound.html", "Fine.");
    space.write("content/partners/sound.md", "---\nname: Sound\n---\nSeen again.\n");
    served.shows("/partners/sound.html", "Seen again.");
    space.write("themes/default/static/style.css", "body { color: red }");
    served.shows("/static/style.css", "color: red");
    space.write("themes/default/static/style.css", "body { color: blue }");
    served.shows("/static/style.css", "color: blue");
    space.write("partnerbook.yaml", "title: Another title\n");
    served.shows("/", "Another title");
}

#[test]
fn what_nobody_reads_is_no_change() {
    let space = space();
    let served = serve(&space);
    let mut tab = served.tab();
    for path in ["site/index.html", ".git/index", "README.md", "content/.index.md.swp", "content/index.md~", "content/.obsidian/a.md"] {
        space.write(path, "x");
    }
    let _ = std::fs::read(space.root().join("content/index.md")).unwrap();
    assert_eq!(tab.event_within(Duration::from_millis(300)), None);
}

#[cfg(unix)]
#[test]
fn what_lies_behind_a_link_is_followed() {
    let space = space().file("shared/terms.md", "# Terms\n\nOld.\n");
    std::os::unix::fs::symlink("../shared", space.root().join("content/shared")).unwrap();
    let served = serve(&space);
    served.shows("/shared/terms.html", "Old.");
    space.write("shared/terms.md", "# Terms\n\nNew.\n");
    served.shows("/shared/terms.html", "New.");
    space.write("more/extra.md", "# Extra\n\nFirst.\n");
    std::os::unix::fs::symlink("../more", space.root().join("content/more")).unwrap();
    served.shows("/more/extra.html", "First.");
    space.write("more/extra.md", "# Extra\n\nSecond.\n");
    served.shows("/more/extra.html", "Second.");
    // A link that comes along in a folder.
    space.write("further/far.md", "# Far\n\nFirst.\n");
    std::fs::create_dir(space.beside("folder")).unwrap();
    std::os::unix::fs::symlink(space.root().join("further"), space.beside("folder/inner")).unwrap();
    std::fs::rename(space.beside("folder"), space.root().join("content/folder")).unwrap();
    served.shows("/folder/inner/far.html", "First.");
    space.write("further/far.md", "# Far\n\nSecond.\n");
    served.shows("/folder/inner/far.html", "Second.");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_single_file_is_followed() {
    let space = space().file("README.md", "# About\n\nOld.\n").file("docs/terms.md", "# Terms\n\nOld.\n");
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, space.root().join(at)).unwrap();
    link("../README.md", "content/about.md");
    link("../docs/terms.md", "content/terms.md");
    let served = serve(&space);
    space.write("README.md", "# About\n\nNew.\n");
    served.shows("/about.html", "New.");
    space.write("docs/terms.md.new", "# Terms\n\nRenamed into place.\n");
    std::fs::rename(space.root().join("docs/terms.md.new"), space.root().join("docs/terms.md")).unwrap();
    served.shows("/terms.html", "Renamed into place.");
    // A link that comes along.
    space.write("more/late.md", "# Late\n\nFirst.\n");
    link("../more/late.md", "content/late.md");
    served.shows("/late.html", "First.");
    space.write("more/late.md", "# Late\n\nSecond.\n");
    served.shows("/late.html", "Second.");
    space.write("content/index.md", "# Home\n\nStill watched.\n");
    served.shows("/", "Still watched.");
}

#[test]
fn polling_sees_the_same() {
    let space = space();
    let served = serve_with(&space, true);
    assert!(matches!(served.server.how(), How::Polling(_)));
    space.write("content/index.md", "# Home\n\nSeen by looking.\n");
    served.shows("/", "Seen by looking.");
    space.write("content/partners/new/index.md", "---\nname: Newcomer\n---\n");
    served.shows("/partners/new.html", "Newcomer");
    space.remove("content/partners/sound.md");
    until("the page is gone", || served.get("/partners/sound.html").status == 404);
    let expected = ["content/index.md", "content/partners/new/index.md", "content/partners/sound.md"];
    until("the terminal has heard of it", || served.changed().len() >= expected.len());
    assert_eq!(served.changed(), expected);
}

#[test]
fn what_is_in_the_baseline_is_neither_new_nor_gone() {
    let space = space().file("content/old.md", "# Old\n\n[Broken](nowhere.md)\n");
    let recorded = common::program().arg("-C").arg(space.root()).args(["check", "--write-baseline"]).output().unwrap();
    assert_eq!(common::status(&recorded), 0, "{}", common::said(&recorded));
    let served = serve(&space);
    let beside = served.server.counts();
    assert_eq!((beside.all(), beside.recorded > 0), (0, true));
    let told = |at: usize| {
        until("a change is told", || served.changed().len() > at);
        let said = served.said.lock().unwrap();
        let Some(News::Updated { update, counts, .. }) = said.get(at) else { panic!("{said:?}") };
        (update.new.iter().map(|finding| finding.line).collect::<Vec<_>>(), update.gone, counts.all(), beside.recorded - counts.recorded)
    };
    space.write("content/old.md", "# Old\n\n[Broken](nowhere.md)\n\n[broken](nowhere.md)\n");
    assert_eq!(told(0), (vec![5], 0, 1, 0), "the second one is not the one that is recorded");
    space.write("content/old.md", "# Old\n");
    assert_eq!(told(1), (vec![], 1, 0, 1), "the recorded one is not told to be gone");
}

#[test]
fn another_day_is_noticed() {
    let space = space();
    let served = serve(&space);
    assert!(served.get("/").text().contains("20 Nov 2026"));
    served.tomorrow.store(true, Ordering::SeqCst);
    served.shows("/", "21 Nov 2026");
    assert!(matches!(served.said.lock().unwrap().first(), Some(News::Day(_))));
}

#[test]
fn pages_that_follow_no_more_are_told() {
    let space = space();
    let served = serve(&space);
    served.breaks.store(true, Ordering::SeqCst);
    until("it is said", || matches!(served.said.lock().unwrap().last(), Some(News::Ended)));
    assert_eq!(served.get("/").status, 200, "what was there can still be read");
}

// ---- the end ----------------------------------------------------------------------------------------------------------------------

#[test]
fn stopping_ends_everything_and_frees_the_port() {
    let space = space();
    let mut served = serve(&space);
    let address = served.address();
    let (mut tab, mut idle) = (served.tab(), served.line());
    idle.send(b"GET / HT");
    let start = Instant::now();
    served.server.stop();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(tab.event().is_none() && idle.is_closed());
    TcpListener::bind(address).expect("the port is free");
}
