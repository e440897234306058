//! A real server over a real workspace, on a port that is free.

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use partnerbook::serve::{News, Options, Server};

use crate::client::{self, Line, until};
use crate::common::{DAY, Space};

/// A server, and what it has said. It is stopped when it is dropped.
pub struct Served {
    pub server: Server,
    pub said: Arc<Mutex<Vec<News>>>,
    pub tomorrow: Arc<AtomicBool>,
    /// Lets the thread that follows panic.
    pub breaks: Arc<AtomicBool>,
}

pub fn serve(space: &Space) -> Served {
    serve_with(space, false)
}

pub fn serve_with(space: &Space, poll: bool) -> Served {
    let options = Options {
        root: space.root(),
        drafts: false,
        poll,
        host: None,
        baseline: Some(space.root().join("partnerbook-baseline.json")),
        start: 7,
    };
    let (said, tomorrow) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
    let (hears, late) = (said.clone(), tomorrow.clone());
    let breaks = Arc::new(AtomicBool::new(false));
    let broken = breaks.clone();
    let today = move || {
        assert!(!broken.load(Ordering::SeqCst), "a test wants this to break");
        if late.load(Ordering::SeqCst) { "2026-11-21" } else { DAY }.parse().unwrap()
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::start(listener, &options, today, move |news| hears.lock().unwrap().push(news)).unwrap();
    Served { server, said, tomorrow, breaks }
}

impl Served {
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub fn line(&self) -> Line {
        Line::open(self.address())
    }

    pub fn get(&self, target: &str) -> client::Got {
        self.line().get(target, "")
    }

    /// Waits until a page has these words.
    #[track_caller]
    pub fn shows(&self, target: &str, words: &str) {
        until(&format!("{target} shows {words}"), || self.get(target).text().contains(words));
    }

    /// The paths of all changes, as the terminal heard of them.
    pub fn changed(&self) -> Vec<String> {
        let paths = |news: &News| match news {
            News::Updated { update, .. } => update.files.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        self.said.lock().unwrap().iter().flat_map(paths).collect()
    }

    /// The paths of the first change. The terminal hears of it after the tabs.
    #[track_caller]
    pub fn first_change(&self) -> Vec<String> {
        until("a change is told", || !self.changed().is_empty());
        self.changed()
    }

    /// A tab that listens, after the first thing it is told.
    pub fn tab(&self) -> Line {
        let mut line = self.line();
        line.send(b"GET /.partnerbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        line.event().expect("a tab is told the state at once");
        line
    }
}

pub fn space() -> Space {
    Space::new()
        .file("content/index.md", "# Home\n\nWelcome.\n")
        .file("content/notes/plan.txt", "0123456789")
        .file("content/notes/größe.md", "# Größe\n")
}
