//! A site that follows its workspace: what is on disk, as pages, whenever somebody asks.
//!
//! One thread watches the disk, brings the site up to date and tells the open pages; others answer requests.

pub mod answer;
pub mod http;
pub mod live;
mod recorded;
pub mod store;
pub mod watch;

use std::collections::BTreeSet;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use store::Files;
pub use store::{Change, Store, Update};

use self::answer::{Desk, Hosts, Kept};
use self::http::Http;
use self::live::Live;
use self::recorded::Recorded;
use self::watch::{How, Seen, Signal, Watch};
use crate::diagnostics::Counts;
use crate::workspace::classify::Kind;

/// What is served, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// Drafts are on the site.
    pub drafts: bool,
    /// Files are looked at again and again, even where the system would tell of changes.
    pub poll: bool,
    /// The name under which the server is reached, besides those of this machine itself.
    pub host: Option<String>,
    /// The file of the baseline, which need not be there.
    pub baseline: Option<PathBuf>,
    /// What tells this run of the program from others, so that open pages notice a new one.
    pub start: u64,
}

/// What happened.
#[derive(Debug)]
pub enum News {
    /// The site is up to date again.
    Updated {
        /// What had changed, and what came of it.
        update: Update,
        /// How long that took.
        took: Duration,
        /// The findings there are now, beside those of the baseline.
        counts: Counts,
    },
    /// Another day has begun.
    Day(Date),
    /// Files are looked at again and again from now on, for this reason.
    Polling(String),
    /// The baseline cannot be read any more, for this reason; what it was holds on.
    Baseline(String),
    /// Changes are not followed any more: a mistake of this program has ended the thread that does.
    Ended,
}

/// A site that is served until it is stopped.
pub struct Server {
    http: Http,
    desk: Arc<Desk>,
    how: How,
    counts: Counts,
    end: Sender<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Reads the workspace and serves it over a listener. `today` is asked for the day, `say` is told what happens.
    ///
    /// # Errors
    /// When the listener or the system's threads cannot be used.
    pub fn start(
        listener: TcpListener,
        options: &Options,
        mut today: impl FnMut() -> Date + Send + 'static,
        say: impl FnMut(News) + Send + 'static,
    ) -> io::Result<Server> {
        let as_of = today();
        let files = Files::read(&options.root, as_of);
        // A large workspace takes a while to be watched, folder by folder. What changed meanwhile is found by looking once more.
        let (root, poll) = (options.root.clone(), options.poll);
        let watching = std::thread::Builder::new().name("watch".to_owned()).spawn(move || Watch::start(&root, poll))?;
        let store = files.open(options.drafts);
        let (mut watch, how, end) = watching.join().map_err(|_| io::Error::other("the workspace cannot be watched"))?;
        let (recorded, counts) = {
            let site = store.site();
            let site = site.read().unwrap_or_else(PoisonError::into_inner);
            Recorded::start(options.baseline.clone(), &site.workspace.findings)
        };
        let desk = Arc::new(Desk {
            site: store.site(),
            hosts: Hosts::new(listener.local_addr()?.ip(), options.host.as_deref()),
            live: Live::new(options.start),
            kept: Mutex::new(Kept::default()),
        });
        let http = Http::start(listener, desk.clone())?;
        let mut follow = Follow { store, desk: desk.clone(), recorded, as_of, say };
        let thread = std::thread::Builder::new().name("follow".to_owned()).spawn(move || follow.run(&mut watch, &mut today))?;
        Ok(Server { http, desk, how, counts, end, thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.http.address()
    }

    /// How changes are noticed.
    pub fn how(&self) -> &How {
        &self.how
    }

    /// The findings there were at the start, beside those of the baseline.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What answers are made from.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Ends everything, and waits for it.
    pub fn stop(&mut self) {
        let _ = self.end.send(Signal::Stop);
        self.desk.live.end();
        self.http.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The thread that keeps the site as the disk is.
struct Follow<S: FnMut(News)> {
    store: Store,
    desk: Arc<Desk>,
    recorded: Recorded,
    as_of: Date,
    say: S,
}

/// Nothing is to panic there. If something does, pages stay as they are, and somebody has to know.
impl<S: FnMut(News)> Drop for Follow<S> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            (self.say)(News::Ended);
        }
    }
}

impl<S: FnMut(News)> Follow<S> {
    fn run(&mut self, watch: &mut Watch, today: &mut impl FnMut() -> Date) {
        loop {
            let change = match watch.wait() {
                Seen::Stop => return,
                Seen::Change(change) => Some(change),
                Seen::Polling(reason) => {
                    (self.say)(News::Polling(reason));
                    Some(Change::Everything)
                }
                Seen::Nothing => None,
            };
            let day = today();
            if day != self.as_of {
                self.as_of = day;
                (self.say)(News::Day(day));
                // Nearly every page has a number that depends on the day.
                self.update(&change.unwrap_or(Change::Paths(BTreeSet::new())));
            } else if let Some(change) = change {
                self.update(&change);
            }
        }
    }

    fn update(&mut self, change: &Change) {
        let start = Instant::now();
        let mut update = self.store.update(change, self.as_of);
        if !update.changed {
            return;
        }
        self.desk.live.tell(update.files.iter().any(|path| is_only_shown(path)));
        let took = start.elapsed();
        let site = self.desk.site.read().unwrap_or_else(PoisonError::into_inner);
        let (counts, trouble) = self.recorded.apply(&site.workspace.findings, &mut update);
        drop(site);
        if let Some(why) = trouble {
            (self.say)(News::Baseline(why));
        }
        (self.say)(News::Updated { update, took, counts });
    }
}

/// True for a file that pages only show: a picture, a style sheet.
fn is_only_shown(path: &str) -> bool {
    match Kind::of(path) {
        Some(Kind::Theme(name)) => name.starts_with("static/"),
        Some(kind) => !kind.is_text(),
        None => false,
    }
}
