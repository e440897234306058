use super::*;
use crate::workspace::Workspace;

/// A workspace on disk with the desk that answers for it.
struct Case {
    folder: tempfile::TempDir,
    desk: Desk,
}

fn case(files: &[(&str, &str)]) -> Case {
    let folder = tempfile::tempdir().unwrap_or_else(|error| unreachable!("{error}"));
    let usual = [("partnerbook.yaml", ""), ("content/partners/acme.md", "---\nname: Acme\n---\nText.\n")];
    for (path, text) in usual.iter().chain(files) {
        let path = folder.path().join(path);
        assert!(std::fs::create_dir_all(path.parent().unwrap_or(&path)).and_then(|()| std::fs::write(path, text)).is_ok());
    }
    let site = Site::new(Workspace::load(folder.path(), jiff::civil::date(2026, 11, 20), false));
    let desk = Desk {
        site: Arc::new(RwLock::new(site)),
        hosts: Hosts::new([127, 0, 0, 1].into(), None),
        live: Live::new(1),
        kept: Mutex::default(),
    };
    Case { folder, desk }
}

fn ask(target: &str) -> Ask<'_> {
    Ask { method: "GET", target, host: Some("localhost:4173"), ..Ask::default() }
}

impl Case {
    fn get(&self, target: &str) -> Answer {
        self.desk.answer(&ask(target))
    }

    fn built(&self, at: &str) -> Vec<u8> {
        let site = self.desk.site.read().unwrap_or_else(PoisonError::into_inner);
        site.routes.all.get(at).and_then(|route| site.bytes(at, route).ok()?).unwrap_or_default()
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::File(file, from, length) => {
                use std::io::{Read as _, Seek as _, SeekFrom};
                let (mut file, mut bytes) = (file, Vec::new());
                assert!(file.seek(SeekFrom::Start(*from)).and_then(|_| file.take(*length).read_to_end(&mut bytes)).is_ok());
                bytes
            }
            Body::Events => Vec::new(),
        }
    }
}

#[test]
fn a_page_is_what_a_build_writes_and_the_script() {
    let case = case(&[]);
    for (target, at) in [("/", "index.html"), ("/partners/", "partners/index.html"), ("/partners/acme.html?a=b", "partners/acme.html")] {
        let answer = case.get(target);
        let built = case.built(at);
        assert!(!built.is_empty());
        assert_eq!((answer.status, answer.bytes()), (200, [built, SUFFIX.as_bytes().to_vec()].concat()), "{target}");
        assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    }
}

#[test]
fn a_page_that_is_the_same_is_not_sent_again() {
    let case = case(&[]);
    let tag = case.get("/").header("ETag").unwrap_or_default().to_owned();
    let again = |known: &str| case.desk.answer(&Ask { if_none_match: Some(known), ..ask("/") });
    assert_eq!((again(&tag).status, again(&tag).bytes().len()), (304, 0));
    assert_eq!((again(&format!("\"other\", W/{tag}")).status, again("*").status), (304, 304));
    assert_eq!(again("\"other\"").status, 200);
}

#[test]
fn only_pages_are_shown_and_only_to_those_who_mean_this_server() {
    let case = case(&[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get"] {
        let answer = case.desk.answer(&Ask { method, ..ask("/") });
        assert_eq!((answer.status, answer.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    for host in [None, Some("evil.example"), Some("evil.example:4173")] {
        for target in ["/", "/.partnerbook/status.json", "/.partnerbook/events"] {
            assert_eq!(case.desk.answer(&Ask { host, ..ask(target) }).status, 403, "{host:?} {target}");
        }
    }
    assert_eq!((case.get("http://localhost/").status, case.get("*").status), (400, 400));
}

#[test]
fn nothing_but_the_site_can_be_read() {
    let case = case(&[("content/notes/plan.txt", "plan"), ("secret.txt", "SECRET"), ("content/.hidden.txt", "SECRET")]);
    assert_eq!(case.get("/notes/plan.txt").bytes(), b"plan");
    let odd = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/notes/../../secret.txt",
        "/notes%2fplan.txt",
        "/notes%2Fplan.txt",
        "/notes%5cplan.txt",
        "/notes\\plan.txt",
        "/notes/plan.txt%00",
        "//notes/plan.txt",
        "/notes//plan.txt",
        "/./notes/plan.txt",
        "/partnerbook.yaml",
        "/content/notes/plan.txt",
        "/.hidden.txt",
        "/.git/config",
        "/%ff",
        "/%",
        "/notes/plan.txt/",
        "//etc/passwd",
        "/C:/secret.txt",
        "/%252e%252e/secret.txt",
        "/notes/plan.txt%0d%0aX: y",
        "/.partnerbook/../secret.txt",
        "/.partnerbook/",
    ];
    for target in odd {
        let answer = case.get(target);
        assert_eq!(answer.status, 404, "{target}");
        assert!(!String::from_utf8_lossy(&answer.bytes()).contains("SECRET"));
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_the_one_with_it() {
    let case = case(&[("content/über uns/a.md", "# A\n")]);
    let answer = case.get("/partners");
    assert_eq!((answer.status, answer.header("Location")), (302, Some("/partners/")));
    let site_path = case.desk.site.read().map(|site| site.routes.all.keys().find(|at| at.ends_with("uns/index.html")).cloned());
    assert!(site_path.is_ok_and(|path| path.is_some()));
    let odd = case.get("/%C3%BCber%20uns");
    assert_eq!((odd.status, odd.header("Location")), (302, Some("/%C3%BCber%20uns/")), "in words of ours, which are plain");
    assert_eq!(case.get("//evil.example").status, 404, "never to another host");
}

#[test]
fn what_is_not_there_is_told_by_the_page_of_the_site() {
    let case = case(&[]);
    let answer = case.get("/nothing.html");
    assert_eq!((answer.status, answer.bytes()), (404, [case.built("404.html"), SUFFIX.as_bytes().to_vec()].concat()));
    let deep = String::from_utf8_lossy(&case.get("/a/b/c.html").bytes()).into_owned();
    assert!(deep.contains("<head><base href=\"/\">"), "its links start at the top");
    let based = self::case(&[("partnerbook.yaml", "base_url: https://example.com/book/\n")]);
    let page = String::from_utf8_lossy(&based.get("/a/b.html").bytes()).into_owned();
    let sheet = page.split("href=\"").find(|part| part.contains("style.css")).and_then(|part| part.split('"').next()).unwrap_or_default();
    assert!(sheet.starts_with("/book/"), "{sheet}");
    assert_eq!(based.get(sheet).status, 200);
}

#[test]
fn browsers_are_told_what_a_file_is() {
    for (at, kind) in [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.PNG", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.gif", "image/gif"),
        ("favicon.ico", "image/x-icon"),
        ("a.woff2", "font/woff2"),
        ("a.pdf", "application/pdf"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("calendar.ics", "text/calendar; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.md", "text/markdown; charset=utf-8"),
        ("a.mp4", "video/mp4"),
        ("a", "application/octet-stream"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ] {
        assert_eq!(kind_of(at), kind, "{at}");
    }
    let case = case(&[]);
    assert_eq!(case.get("/static/style.css?v=1").header("X-Content-Type-Options"), Some("nosniff"));
}

#[test]
fn a_part_of_a_file_is_sent_where_it_is_asked_for() {
    let case = case(&[("content/film.mp4", "0123456789")]);
    let get =
        |range: &'static str, if_range: Option<&'static str>| case.desk.answer(&Ask { range: Some(range), if_range, ..ask("/film.mp4") });
    let part = get("bytes=2-4", None);
    assert_eq!((part.status, part.bytes(), part.header("Content-Range")), (206, b"234".to_vec(), Some("bytes 2-4/10")));
    let none = get("bytes=10-", None);
    assert_eq!((none.status, none.bytes().len(), none.header("Content-Range")), (416, 0, Some("bytes */10")));
    assert_eq!(get("bytes=2-4", Some("\"of another version\"")).bytes(), b"0123456789");
    assert_eq!(get("bytes=0-1,3-4", None).status, 200);
}

#[cfg(unix)]
#[test]
fn a_file_that_has_become_a_link_out_of_the_workspace_is_refused() {
    let case = case(&[("content/notes/plan.txt", "plan")]);
    let outside = tempfile::NamedTempFile::new().unwrap_or_else(|error| unreachable!("{error}"));
    assert!(std::fs::write(outside.path(), "SECRET").is_ok());
    let file = case.folder.path().join("content/notes/plan.txt");
    assert!(std::fs::remove_file(&file).and_then(|()| std::os::unix::fs::symlink(outside.path(), &file)).is_ok());
    assert_eq!(case.get("/notes/plan.txt").status, 404);
}

#[test]
fn a_page_that_cannot_be_made_says_so_or_stays_as_it_was() {
    let good = "<p>{{page.title}}</p>";
    let mut case = case(&[("themes/default/partner.hbs", good)]);
    let before = case.get("/partners/acme.html");
    assert_eq!(before.status, 200);
    assert!(std::fs::write(case.folder.path().join("themes/default/partner.hbs"), "<p>{{page.titel}} <b></p>").is_ok());
    let site = Site::new(Workspace::load(case.folder.path(), jiff::civil::date(2026, 11, 20), false));
    case.desk.site = Arc::new(RwLock::new(site));
    let after = case.get("/partners/acme.html");
    assert_eq!((after.status, after.bytes(), after.header("ETag")), (200, before.bytes(), before.header("ETag")));
    let status = String::from_utf8_lossy(&case.get("/.partnerbook/status.json?page=/partners/acme.html").bytes()).into_owned();
    assert!(status.contains("input/bad-template") && status.contains("page.titel"), "{status}");
    case.desk.kept = Mutex::default();
    let fresh = case.get("/partners/acme.html");
    let text = String::from_utf8_lossy(&fresh.bytes()).into_owned();
    assert_eq!(fresh.status, 500);
    assert!(text.contains("themes/default/partner.hbs") && text.contains("page.titel") && text.ends_with(SUFFIX), "{text}");
}

#[test]
fn the_status_has_what_blocks_and_what_the_page_is_about() {
    let broken = "---\nname: Beta\nlifecycle:\n  - stage: nowhere <b>\n---\n[x](missing.md)\n";
    let case = case(&[("content/partners/beta.md", broken)]);
    let status = |page: &str| -> serde_json::Value {
        serde_json::from_slice(&case.get(&format!("/.partnerbook/status.json?page={page}")).bytes()).unwrap_or_default()
    };
    let beta = status("/partners/beta.html");
    let blocking = beta["blocking"].as_array().cloned().unwrap_or_default();
    assert_eq!(beta["counts"]["blocking"], blocking.len());
    let link = blocking.iter().find(|finding| finding["file"] == "content/partners/beta.md" && finding["line"] == 6);
    let link = link.unwrap_or_else(|| unreachable!("{beta}"));
    assert_eq!(link["severity"], "error");
    assert!(link["excerpt"][0]["marked"].as_str().is_some_and(|marked| marked.contains("missing.md")), "{link}");
    assert!(beta["page"].as_array().is_some_and(|list| !list.is_empty()), "{beta}");
    assert_eq!(status("/partners/nobody.html")["page"], serde_json::json!([]));
    assert_eq!(status("/%")["page"], serde_json::json!([]));
}
