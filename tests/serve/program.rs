//! `serve` at the terminal: what it says, and how it ends.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Stdio};

use crate::client::{Line, until};
use crate::common::{self, DAY, Space};
use crate::served::space;

/// `partnerbook serve` as a program. It is killed where it has not ended by itself.
struct Program {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
}

impl Program {
    fn start(space: &Space, arguments: &[&str]) -> Program {
        let mut command = common::program();
        command.arg("-C").arg(space.root()).arg("serve").args(arguments).arg(format!("--as-of={DAY}"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Program { child, out }
    }

    fn says(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn the_terminal_says_little_and_ctrl_c_ends_it() {
    let space = space();
    let mut program = Program::start(&space, &["--port", "0"]);
    let first = program.says();
    let address = first.strip_prefix("Serving 1 partner at http://").and_then(|rest| rest.split('/').next()).expect(&first);
    let address: SocketAddr = address.parse().unwrap();
    assert!(address.ip().is_loopback());
    assert!(program.says().contains("Ctrl-C"));
    assert_eq!(Line::open(address).get("/", "").status, 200);
    space.write("content/index.md", "# Home\n\n[Broken](nowhere.md)\n");
    let mut line = program.says();
    let mut said = line.clone();
    while !line.starts_with("content/index.md: ") {
        line = program.says();
        assert!(!line.is_empty(), "{said}");
        said.push_str(&line);
    }
    assert!(line.contains(" ms"), "{said}");
    let pid = program.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    until("the program ends", || program.child.try_wait().unwrap().is_some());
    assert_eq!(program.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut program.out, &mut rest).unwrap();
    assert!(rest.ends_with("Stopped\n"), "{rest}");
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_it_at_once_while_it_starts() {
    let space = space();
    // Reading goes on for ever: nobody writes into this pipe.
    let pipe = space.root().join("partnerbook-baseline.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut program = Program::start(&space, &["--port", "0"]);
    let pid = program.child.id().to_string();
    let listens = || {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap() & 2 != 0
    };
    until("Ctrl-C is listened to", listens);
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    until("the program ends", || program.child.try_wait().unwrap().is_some());
    assert_eq!(program.child.wait().unwrap().code(), Some(130));
    assert_eq!(program.says(), "", "it never served");
}

#[test]
fn others_are_told_where_to_look() {
    let space = space();
    let mut program = Program::start(&space, &["--port", "0", "--host", "0.0.0.0"]);
    assert!(program.says().starts_with("Serving 1 partner at http://127.0.0.1:"));
    let others = program.says();
    assert!(others.starts_with("Others open http://") && !others.contains("127.0.0.1"), "{others}");
}

#[test]
fn a_port_that_is_taken_is_said_plainly() {
    let space = space();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = common::program().arg("-C").arg(space.root()).args(["serve", "--port", &port]).output().unwrap();
    let said = common::said(&output);
    assert_eq!(common::status(&output), 2);
    assert!(said.contains(&format!("port {port} is taken by another program")) && said.contains("--port"), "{said}");
    let free = said.split_once(" is free").and_then(|(before, _)| before.rsplit(' ').next()?.parse::<u16>().ok());
    assert!(free.is_some_and(|free| free.to_string() != port), "{said}");
}
