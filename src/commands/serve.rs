//! `partnerbook serve`.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs as _, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::progress::Progress;
use super::{FINE, Failure, as_of, baseline, find_workspace, report};
use crate::cli::ServeArgs;
use crate::diagnostics::{Counts, Finding};
use crate::serve::watch::How;
use crate::serve::{News, Options, Server, Update};
use crate::workspace::snapshot::describe;

/// The port, where none is asked for.
const PORT: u16 = 4173;
/// So many ports from there on are tried.
const PORTS: u16 = 20;
/// The most new findings that are shown at a time.
const MOST: usize = 20;

/// Serves the site until Ctrl-C.
///
/// # Errors
/// When the workspace is not found, or no port can be had.
pub fn run(dir: Option<&Path>, args: &ServeArgs) -> Result<u8, Failure> {
    let root = find_workspace(dir)?;
    let day = as_of(&args.as_of)?;
    let listener = listen(args.host.as_deref(), args.port)?;
    let ended = Interrupt::listen()?;
    let recorded = baseline::default_file(&root);
    // One that is none is said before anything else is.
    baseline::read(&root, &recorded)?;

    let progress = Progress::start(false);
    let options = Options {
        root: root.clone(),
        drafts: args.drafts,
        poll: args.poll,
        host: args.host.clone(),
        baseline: Some(recorded),
        start: u64::try_from(jiff::Timestamp::now().as_microsecond()).unwrap_or_default(),
    };
    let fixed = args.as_of.as_of.is_some() || std::env::var_os("SOURCE_DATE_EPOCH").is_some();
    let today = move || if fixed { day } else { jiff::Zoned::now().date() };
    let tell = Tell { root };
    let (say, said) = channel();
    // A terminal that is held up, by somebody who selects a line in it, holds up nothing else.
    std::thread::spawn(move || said.iter().for_each(|news| tell.news(news)));
    let told = move |news| {
        let _ = say.send(news);
    };
    let mut server = Server::start(listener, &options, today, told)
        .map_err(|error| Failure::new(format!("the server cannot be started: {}", describe(&error)), None))?;
    drop(progress);
    ended.be_gentle();

    let partners = report::partners(&server.desk().site.read().unwrap_or_else(PoisonError::into_inner).workspace);
    let address = address(server.address(), args.host.as_deref());
    if !server.address().ip().is_loopback() {
        report::err("warning: everybody who can reach this machine can read the site; there is no password\n");
    }
    if let How::Polling(reason) = server.how() {
        polling(reason);
    }
    report::out(&format!("Serving {partners} at {address} ({})\n", server.counts().sentence()));
    if server.address().ip().is_unspecified() {
        report::out(&format!("Others open {}\n", elsewhere(server.address())));
    }
    report::out("Save a file, and the page shows it; Ctrl-C ends this\n");
    if args.open
        && let Err(error) = open::that_detached(&address)
    {
        report::err(&format!("warning: no browser could be opened: {}\n", describe(&error)));
    }
    ended.wait();
    server.stop();
    report::out("\nStopped\n");
    Ok(FINE)
}

/// Ctrl-C. While the workspace is read, and while the server ends already, it ends the program at once.
struct Interrupt {
    /// True while a first one ends the server and nothing else.
    gently: Arc<AtomicBool>,
    pressed: Receiver<()>,
}

impl Interrupt {
    /// What a shell expects of a program that Ctrl-C has ended.
    const ENDED: i32 = 130;

    fn listen() -> Result<Interrupt, Failure> {
        let (gently, (press, pressed)) = (Arc::new(AtomicBool::new(false)), channel());
        let asked = gently.clone();
        ctrlc::set_handler(move || {
            if !asked.swap(false, Ordering::SeqCst) || press.send(()).is_err() {
                std::process::exit(Interrupt::ENDED);
            }
        })
        .map_err(|error| Failure::new(format!("Ctrl-C cannot be listened to: {error}"), None))?;
        Ok(Interrupt { gently, pressed })
    }

    fn be_gentle(&self) {
        self.gently.store(true, Ordering::SeqCst);
    }

    fn wait(&self) {
        // Nobody can send any more only once the handler is gone, which is never.
        let _ = self.pressed.recv();
    }
}

/// A listener at the port that is asked for, or at the first free one from [`PORT`] on.
fn listen(host: Option<&str>, port: Option<u16>) -> Result<TcpListener, Failure> {
    let ip = match host {
        None => IpAddr::from([127, 0, 0, 1]),
        Some(host) => resolve(host)?,
    };
    let failed = |port: u16, error: &std::io::Error| match error.kind() {
        ErrorKind::AddrInUse => Failure::new(
            format!("port {port} is taken by another program"),
            match (1..=PORTS).filter_map(|more| port.checked_add(more)).find(|port| TcpListener::bind((ip, *port)).is_ok()) {
                Some(free) => format!("{free} is free: `--port {free}`; or leave --port out to get a free one"),
                None => "name another one with --port, or leave --port out to get a free one".to_owned(),
            },
        ),
        ErrorKind::PermissionDenied => {
            Failure::new(format!("port {port} may not be used: permission denied"), "name one above 1023 with --port".to_owned())
        }
        ErrorKind::AddrNotAvailable => {
            Failure::new(format!("{ip} is no address of this machine"), "name one with --host, or 0.0.0.0 for all of them".to_owned())
        }
        _ => Failure::new(format!("port {port} cannot be used: {}", describe(error)), None),
    };
    if let Some(port) = port {
        return TcpListener::bind((ip, port)).map_err(|error| failed(port, &error));
    }
    for port in PORT..PORT + PORTS {
        match TcpListener::bind((ip, port)) {
            Ok(listener) => {
                if port != PORT {
                    report::out(&format!("Port {PORT} is taken; using {port}\n"));
                }
                return Ok(listener);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(failed(port, &error)),
        }
    }
    let last = PORT + PORTS - 1;
    Err(Failure::new(format!("all ports from {PORT} to {last} are taken by other programs"), "name another one with --port".to_owned()))
}

/// The address that a name stands for.
fn resolve(host: &str) -> Result<IpAddr, Failure> {
    let bare = host.trim_matches(['[', ']']);
    let found = (bare, 0).to_socket_addrs().ok().and_then(|mut all| all.next()).map(|address| address.ip());
    found.ok_or_else(|| {
        Failure::new(format!("there is no host `{host}`"), "name an address of this machine, or 0.0.0.0 for all of them".to_owned())
    })
}

/// The address of the site, as it is typed into a browser.
fn address(bound: SocketAddr, host: Option<&str>) -> String {
    let port = bound.port();
    match host {
        Some(host) if !bound.ip().is_unspecified() && host.parse::<IpAddr>().is_err() => format!("http://{host}:{port}/"),
        _ if bound.ip().is_unspecified() => format!("http://127.0.0.1:{port}/"),
        _ => format!("http://{bound}/"),
    }
}

/// What others type into theirs, where the server is bound to all addresses of this machine.
fn elsewhere(bound: SocketAddr) -> String {
    let port = bound.port();
    let mut found: Vec<String> = own_address(([0, 0, 0, 0], 0).into(), ([192, 0, 2, 1], 9).into()).into_iter().collect();
    if bound.is_ipv6() {
        found.extend(own_address((Ipv6Addr::UNSPECIFIED, 0).into(), (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 9).into()));
    }
    if found.is_empty() {
        found.push("<address of this machine>".to_owned());
    }
    found.iter().map(|address| format!("http://{address}:{port}/")).collect::<Vec<_>>().join(" or ")
}

/// The address under which this machine would speak to another one. Nothing is sent: UDP only looks up the way.
fn own_address(from: SocketAddr, to: SocketAddr) -> Option<String> {
    let socket = UdpSocket::bind(from).ok()?;
    socket.connect(to).ok()?;
    match socket.local_addr().ok()?.ip() {
        ip if ip.is_loopback() || ip.is_unspecified() => None,
        IpAddr::V4(ip) => Some(ip.to_string()),
        IpAddr::V6(ip) => Some(format!("[{ip}]")),
    }
}

fn polling(reason: &str) {
    report::err(&format!("note: files are looked at twice a second: {reason}\n"));
}

/// Tells at the terminal what happens.
struct Tell {
    root: PathBuf,
}

impl Tell {
    fn news(&self, news: News) {
        match news {
            News::Polling(reason) => polling(&reason),
            News::Day(day) => report::out(&format!("It is {day} now\n")),
            News::Ended => report::err(
                "error: pages do not follow their files any more, by a mistake of partnerbook; end it with Ctrl-C and start it again\n",
            ),
            News::Baseline(why) => {
                report::err(&format!("warning: the baseline cannot be read any more, so the last one holds: {why}\n"));
            }
            News::Updated { update, took, counts } => {
                let new: Vec<&Finding> = update.new.iter().collect();
                report::findings(&new, &self.root, MOST, report::out);
                report::out(&line(&update, took, counts));
            }
        }
    }
}

/// `content/partners/acme.md: 12 ms, 1 new finding, 2 gone (3 errors)`.
fn line(update: &Update, took: Duration, counts: Counts) -> String {
    let what = match update.files.as_slice() {
        [] => "Everything was looked at again".to_owned(),
        [path] => crate::text::plain::one_line(path),
        paths => format!("{} files", paths.len()),
    };
    let findings = match (update.new.len(), update.gone) {
        (0, 0) => String::new(),
        (0, gone) => format!(", {gone} {} gone", if gone == 1 { "finding" } else { "findings" }),
        (new, 0) => format!(", {new} new {}", if new == 1 { "finding" } else { "findings" }),
        (new, gone) => format!(", {new} new {}, {gone} gone", if new == 1 { "finding" } else { "findings" }),
    };
    format!("{what}: {} ms{findings} ({})\n", took.as_millis().max(1), counts.sentence())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_line() {
        let files = |all: &[&str]| all.iter().map(|path| Arc::from(*path)).collect::<Vec<Arc<str>>>();
        let counts = Counts { errors: 1, ..Counts::default() };
        let took = Duration::from_micros(12_345);
        let gone = Update { files: files(&["content/a.md"]), changed: true, gone: 2, ..Update::default() };
        assert_eq!(line(&gone, took, counts), "content/a.md: 12 ms, 2 findings gone (1 error)\n");
        let nothing = Update { files: files(&["a", "b"]), changed: true, ..Update::default() };
        assert_eq!(line(&nothing, Duration::ZERO, Counts::default()), "2 files: 1 ms (no findings)\n");
        let day = Update { changed: true, ..Update::default() };
        assert_eq!(line(&day, took, counts), "Everything was looked at again: 12 ms (1 error)\n");
    }

    #[test]
    fn others_are_told_an_address_that_is_not_their_own_machine() {
        for bound in [SocketAddr::from(([0, 0, 0, 0], 4173)), SocketAddr::from((Ipv6Addr::UNSPECIFIED, 4173))] {
            let told = elsewhere(bound);
            assert!(told.starts_with("http://") && told.ends_with(":4173/"), "{told}");
            assert!(!told.contains("//127.") && !told.contains("0.0.0.0") && !told.contains("[::]"), "{told}");
        }
        assert_eq!(own_address(([127, 0, 0, 1], 0).into(), ([127, 0, 0, 1], 9).into()), None);
    }

    #[test]
    fn the_address_can_be_opened() {
        let at = |ip: [u8; 4], host: Option<&str>| address(SocketAddr::from((ip, 4173)), host);
        assert_eq!(at([127, 0, 0, 1], None), "http://127.0.0.1:4173/");
        assert_eq!(at([0, 0, 0, 0], Some("0.0.0.0")), "http://127.0.0.1:4173/");
        assert_eq!(at([192, 168, 0, 7], Some("book.lan")), "http://book.lan:4173/");
        assert_eq!(at([192, 168, 0, 7], Some("192.168.0.7")), "http://192.168.0.7:4173/");
        assert_eq!(address(SocketAddr::from(([0, 0, 0, 0, 0, 0, 0, 1], 80)), Some("::1")), "http://[::1]:80/");
    }
}
