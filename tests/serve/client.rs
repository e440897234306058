//! A browser of a few lines: it says exactly what a test wants to be said, and waits with a deadline.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// No test waits longer.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What came back.
#[derive(Debug)]
pub struct Got {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Got {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection that is kept open.
pub struct Line {
    stream: BufReader<TcpStream>,
}

impl Line {
    pub fn open(address: SocketAddr) -> Line {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Line { stream: BufReader::new(stream) }
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        // A server that has had enough may have closed already.
        let _ = self.stream.get_mut().write_all(bytes);
    }

    /// Reads an answer; `None` where the server has closed the connection.
    pub fn read(&mut self, with_body: bool) -> Option<Got> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head).ok()? == 0 {
                return None;
            }
        }
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let mut got = Got { status, head, body: Vec::new() };
        if with_body && got.status != 304 {
            let length: usize = got.header("Content-Length").expect("every answer says how long it is").parse().unwrap();
            got.body = vec![0; length];
            self.stream.read_exact(&mut got.body).unwrap();
        }
        Some(got)
    }

    pub fn get(&mut self, target: &str, headers: &str) -> Got {
        self.send(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").as_bytes());
        self.read(true).expect("an answer")
    }

    /// True once the server has closed the connection.
    pub fn is_closed(&mut self) -> bool {
        let mut rest = Vec::new();
        // An end, or a reset, but no waiting until the deadline.
        self.stream.read_to_end(&mut rest).map_or_else(|error| error.kind() == std::io::ErrorKind::ConnectionReset, |_| true)
    }

    /// The next event of a stream of them.
    pub fn event(&mut self) -> Option<serde_json::Value> {
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).ok();
            }
        }
    }

    /// The next event, where it comes within this time.
    pub fn event_within(&mut self, time: Duration) -> Option<serde_json::Value> {
        self.stream.get_ref().set_read_timeout(Some(time)).unwrap();
        let event = self.event();
        self.stream.get_ref().set_read_timeout(Some(PATIENCE)).unwrap();
        event
    }
}

/// Waits until something is so.
#[track_caller]
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is() {
        assert!(Instant::now() < end, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
