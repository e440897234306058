//! HTTP, as little as a browser needs: GET and HEAD over connections that stay open. Each has a thread; there is a limit to how
//! many, how long a request may be, and how long anything may take, so that nobody can hold up anybody else.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::answer::{Answer, Ask, Body, Desk};

/// So many connections are open at a time. Where there are more, the one that has been silent longest is closed.
const CONNECTIONS: usize = 100;
/// So many of them wait for news.
const LISTENERS: usize = 60;
/// The longest head of a request.
const HEAD: usize = 16 * 1024;
/// The most headers.
const HEADERS: usize = 100;
/// The headers that are looked at.
const KNOWN: [&str; 9] =
    ["host", "if-none-match", "range", "if-range", "connection", "content-length", "transfer-encoding", "expect", "upgrade"];
/// So long a connection may be silent between two requests, and a head may take.
const SILENCE: Duration = Duration::from_secs(20);
/// So long a client may take none of what is sent to it.
const STUCK: Duration = Duration::from_secs(20);
/// Those who wait for news are told so often that there is none.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A connection, seen from outside of its thread.
struct Connection {
    number: u64,
    stream: TcpStream,
    /// True while it waits for a request.
    silent: bool,
    listens: bool,
}

#[derive(Default)]
struct Shared {
    ended: AtomicBool,
    connections: Mutex<Vec<Connection>>,
}

impl Shared {
    fn with<T>(&self, act: impl FnOnce(&mut Vec<Connection>) -> T) -> T {
        act(&mut self.connections.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn of(&self, number: u64, act: impl FnOnce(&mut Connection)) {
        self.with(|all| all.iter_mut().find(|connection| connection.number == number).map(act));
    }
}

/// Serves over a listener until it is stopped.
pub struct Http {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Http {
    /// Starts.
    ///
    /// # Errors
    /// When the listener has no address, or the system gives no thread.
    pub fn start(listener: TcpListener, desk: Arc<Desk>) -> io::Result<Http> {
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let inner = shared.clone();
        let thread = std::thread::Builder::new().name("accept".to_owned()).spawn(move || accept(&listener, &inner, &desk))?;
        Ok(Http { address, shared, thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes all connections and waits for the threads.
    pub fn stop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        self.shared.with(|all| all.iter().for_each(|connection| drop(connection.stream.shutdown(Shutdown::Both))));
        // Waiting for a connection ends with one.
        let mut here = self.address;
        if here.ip().is_unspecified() {
            here.set_ip(if here.is_ipv4() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { IpAddr::V6(Ipv6Addr::LOCALHOST) });
        }
        let woken = TcpStream::connect_timeout(&here, Duration::from_secs(1)).is_ok();
        if let Some(thread) = self.thread.take().filter(|_| woken) {
            let _ = thread.join();
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>, desk: &Arc<Desk>) {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    for number in 0.. {
        let accepted = listener.accept();
        if shared.ended.load(Ordering::SeqCst) {
            break;
        }
        threads.retain(|thread| !thread.is_finished());
        let Ok((stream, _)) = accepted else {
            // Out of files, most often. Others are about to give theirs back.
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        let Ok(outside) = stream.try_clone() else { continue };
        shared.with(|all| {
            if all.len() >= CONNECTIONS {
                let oldest = all.iter().position(|connection| connection.silent).unwrap_or(0);
                let _ = all.remove(oldest).stream.shutdown(Shutdown::Both);
            }
            all.push(Connection { number, stream: outside, silent: true, listens: false });
        });
        let (own, desk) = (shared.clone(), desk.clone());
        let started = std::thread::Builder::new().name("connection".to_owned()).spawn(move || {
            let mut client = Client { number, stream, read: Vec::new(), shared: &own, desk: &desk };
            // What a client does wrong ends its connection and nothing else.
            let _ = client.serve();
            client.close();
            own.with(|all| all.retain(|connection| connection.number != number));
        });
        match started {
            Ok(thread) => threads.push(thread),
            Err(_) => shared.with(|all| all.retain(|connection| connection.number != number)),
        }
    }
    // One that was accepted meanwhile is closed as well.
    shared.with(|all| all.iter().for_each(|connection| drop(connection.stream.shutdown(Shutdown::Both))));
    for thread in threads {
        let _ = thread.join();
    }
}

struct Client<'a> {
    number: u64,
    stream: TcpStream,
    /// What has come and is not yet answered.
    read: Vec<u8>,
    shared: &'a Shared,
    desk: &'a Desk,
}

/// A request that was understood: what to answer, whether with a body, and whether the connection stays.
struct Asked {
    answer: Answer,
    body: bool,
    stay: bool,
}

impl Client<'_> {
    fn serve(&mut self) -> io::Result<()> {
        self.stream.set_nodelay(true)?;
        self.stream.set_write_timeout(Some(STUCK))?;
        while !self.shared.ended.load(Ordering::SeqCst) {
            self.shared.of(self.number, |own| own.silent = true);
            let Some(end) = self.head()? else { return Ok(()) };
            self.shared.of(self.number, |own| own.silent = false);
            let asked =
                if end == usize::MAX { refused(431, "This request is too long.\n") } else { understand(&self.read[..end], self.desk) };
            self.read.drain(..end.min(self.read.len()));
            if let Body::Events = asked.answer.body
                && asked.body
            {
                return self.events(&asked.answer);
            }
            let stay = asked.stay;
            self.send(asked)?;
            if !stay {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Reads up to the end of a head; `None` where the client has gone, and the greatest number where the head is too long.
    fn head(&mut self) -> io::Result<Option<usize>> {
        let end = Instant::now() + SILENCE;
        let mut looked: usize = 0;
        loop {
            let from = looked.saturating_sub(3);
            if let Some(at) = memchr::memmem::find(&self.read[from..], b"\r\n\r\n") {
                return Ok(Some(from + at + 4));
            }
            looked = self.read.len();
            if looked > HEAD {
                return Ok(Some(usize::MAX));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            self.stream.set_read_timeout(Some(left))?;
            let mut piece = [0; 4096];
            match self.stream.read(&mut piece) {
                Ok(0) => return Ok(None),
                Ok(n) => self.read.extend_from_slice(&piece[..n]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            // Neither HTTP nor patience with it: what starts with no letter is no method.
            if !self.read.first().is_none_or(|first| first.is_ascii_alphabetic() || matches!(first, b'\r' | b'\n')) {
                return Ok(Some(self.read.len()));
            }
        }
    }

    fn send(&mut self, asked: Asked) -> io::Result<()> {
        let Asked { answer, body, stay } = asked;
        let length = match &answer.body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::File(_, _, length) => *length,
            Body::Events => 0,
        };
        let mut head = head_of(&answer);
        if answer.status != 304 {
            let _ = write!(head, "Content-Length: {length}\r\n");
        }
        head.push_str(if stay { "\r\n" } else { "Connection: close\r\n\r\n" });
        match answer.body {
            // Small answers go out in one piece.
            Body::Bytes(bytes) if body => {
                let mut all = head.into_bytes();
                all.extend_from_slice(&bytes);
                self.stream.write_all(&all)
            }
            Body::File(file, from, length) if body => {
                self.stream.write_all(head.as_bytes())?;
                self.send_file(file, from, length)
            }
            _ => self.stream.write_all(head.as_bytes()),
        }
    }

    fn send_file(&mut self, mut file: File, from: u64, length: u64) -> io::Result<()> {
        file.seek(SeekFrom::Start(from))?;
        let sent = io::copy(&mut file.take(length), &mut self.stream)?;
        // A file that has become shorter meanwhile is not what was announced; the client must see that something is missing.
        if sent == length { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }

    /// Tells news until the client has gone or the server ends.
    fn events(&mut self, answer: &Answer) -> io::Result<()> {
        self.shared.with(|all| {
            // The one that has listened longest makes room; its tab comes back when somebody looks at it.
            if all.iter().filter(|connection| connection.listens).count() >= LISTENERS
                && let Some(oldest) = all.iter_mut().find(|connection| connection.listens)
            {
                oldest.listens = false;
                let _ = oldest.stream.shutdown(Shutdown::Both);
            }
            if let Some(own) = all.iter_mut().find(|connection| connection.number == self.number) {
                own.listens = true;
            }
        });
        let live = &self.desk.live;
        let mut known = live.state();
        let hello = format!("{}Connection: close\r\n\r\nretry: 1000\n{}", head_of(answer), live.event(known));
        self.stream.write_all(hello.as_bytes())?;
        let mut told = Instant::now();
        loop {
            let state = live.wait(known, Duration::from_secs(1));
            if state.ended || self.shared.ended.load(Ordering::SeqCst) {
                return Ok(());
            }
            if state != known {
                known = state;
                self.stream.write_all(live.event(known).as_bytes())?;
                told = Instant::now();
            } else if told.elapsed() >= HEARTBEAT {
                self.stream.write_all(b": still here\n\n")?;
                told = Instant::now();
            } else if self.has_gone()? {
                return Ok(());
            }
        }
    }

    /// True where the other side has closed.
    fn has_gone(&mut self) -> io::Result<bool> {
        self.stream.set_nonblocking(true)?;
        let seen = self.stream.peek(&mut [0; 1]);
        self.stream.set_nonblocking(false)?;
        match seen {
            // Whoever waits for news has nothing more to say.
            Ok(_) => Ok(true),
            Err(error) => Ok(error.kind() != ErrorKind::WouldBlock),
        }
    }

    /// Closes in such a way that what was sent last still arrives, even where more had come than was read.
    fn close(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let _ = self.stream.set_read_timeout(Some(Duration::from_millis(200)));
        let mut piece = [0; 4096];
        for _ in 0..64 {
            if !self.stream.read(&mut piece).is_ok_and(|n| n > 0) {
                break;
            }
        }
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// The first line and the headers. Every word of them is ours.
fn head_of(answer: &Answer) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        head.push_str(name);
        head.push_str(": ");
        head.extend(value.chars().filter(|c| (' '..='~').contains(c)));
        head.push_str("\r\n");
    }
    head
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        302 => "Found",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        416 => "Range Not Satisfiable",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        _ => "Bad Request",
    }
}

fn refused(status: u16, text: &str) -> Asked {
    Asked { answer: Answer::text(status, text), body: true, stay: false }
}

/// What to do with a head. Whatever is odd about it ends the connection: what comes after it may not be what it seems.
fn understand(head: &[u8], desk: &Desk) -> Asked {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return refused(431, "This request has too many headers.\n"),
        _ => return refused(400, "This is not a request that can be understood.\n"),
    }
    let (Some(method), Some(target), Some(version)) = (request.method, request.path, request.version) else {
        return refused(400, "This is not a request that can be understood.\n");
    };
    let mut ask = Ask { method, target, ..Ask::default() };
    let mut stay = version == 1;
    for header in request.headers.iter() {
        let name = header.name.to_ascii_lowercase();
        // Others say nothing to us, whatever they hold. One of these that is no text may mean to somebody else what it does not to us.
        if !KNOWN.contains(&name.as_str()) {
            continue;
        }
        let Ok(value) = std::str::from_utf8(header.value).map(str::trim) else {
            return refused(400, "This is not a request that can be understood.\n");
        };
        let field = match name.as_str() {
            "host" => &mut ask.host,
            "if-none-match" => &mut ask.if_none_match,
            "range" => &mut ask.range,
            "if-range" => &mut ask.if_range,
            "connection" => {
                stay &= !value.to_ascii_lowercase().contains("close");
                continue;
            }
            "content-length" if value == "0" => continue,
            "content-length" | "transfer-encoding" => {
                return refused(413, "This server shows pages; it takes nothing. Only GET and HEAD are answered, without a body.\n");
            }
            "expect" | "upgrade" => {
                stay = false;
                continue;
            }
            _ => continue,
        };
        if field.replace(value).is_some() {
            return refused(400, "This request says the same thing twice.\n");
        }
    }
    let answer = desk.answer(&ask);
    stay &= !matches!(answer.status, 400 | 403 | 405);
    Asked { answer, body: method != "HEAD", stay }
}
