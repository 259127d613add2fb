//! The binary as a process: what it prints, how it is refused, how it ends.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail their test by panicking"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A data directory of its own per test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("poolhouse-{}-{name}", std::process::id()));
        let _none_left = std::fs::remove_dir_all(&path);
        Scratch(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _maybe_never_made = std::fs::remove_dir_all(&self.0);
    }
}

fn poolhouse(command: &str, data_dir: &Path) -> Command {
    let mut process = Command::new(env!("CARGO_BIN_EXE_poolhouse"));
    process.arg(command).arg("--data-dir").arg(data_dir).args(["--listen", "127.0.0.1:0"]);
    process
}

/// A server that has said where it listens.
struct Server {
    process: Child,
    address: String,
    banner: String,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut banner = String::new();
        let mut address = None;
        for line in BufReader::new(process.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            address = line.strip_prefix("listening on http://").map(str::to_owned);
            if address.is_some() {
                break;
            }
            banner.push_str(&line);
            banner.push('\n');
        }
        let address = address.unwrap_or_else(|| panic!("no server: {banner}"));
        Server { process, address, banner }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    }

    /// Sends SIGTERM and waits for the exit code.
    fn terminate(mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _already_gone = self.process.wait();
    }
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_server_says_where_it_is_is_alone_and_ends_when_told() {
    let scratch = Scratch::new("serve");
    let mut command = poolhouse("serve", &scratch.0);
    command.env("POOLHOUSE_REGION", "eu-west-1");
    let server = Server::start(command);
    assert!(server.banner.contains("root-credentials"), "{}", server.banner);
    assert!(server.banner.contains("AWS_REGION=eu-west-1"), "{}", server.banner);
    assert!(server.get("/health").starts_with("HTTP/1.1 200 OK\r\n"));

    let second = poolhouse("serve", &scratch.0).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(complaint(&second).contains("another server (process"), "{}", complaint(&second));

    assert_eq!(server.terminate(), Some(0));
    assert_eq!(Server::start(poolhouse("serve", &scratch.0)).terminate(), Some(0));
}

#[test]
fn wrong_settings_are_named_and_nothing_is_made() {
    let scratch = Scratch::new("wrong");
    let mut command = poolhouse("serve", &scratch.0);
    let output = command.env("POOLHOUSE_ACCOUNT_ID", "12").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let complaint = complaint(&output);
    assert!(
        complaint.contains("POOLHOUSE_ACCOUNT_ID is \"12\": expected 12 digits"),
        "{complaint}"
    );
    assert!(!scratch.0.exists());
}
