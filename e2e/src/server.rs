//! The binary as a process: started, watched, told to stop, or killed.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::{http, wait};

/// A debug build on a busy machine migrates its store in this time.
const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(60);

/// How to start a server.
#[derive(Clone, Debug)]
pub struct Options {
    /// `serve` or `dev`.
    pub command: &'static str,
    /// `--data-dir`.
    pub data_dir: PathBuf,
    /// The port, 0 for any.
    pub port: u16,
    /// `--database-url`, if not the embedded store.
    pub database_url: Option<String>,
    /// More flags.
    pub flags: Vec<String>,
    /// Variables, for settings that have no flag.
    pub variables: Vec<(&'static str, String)>,
}

impl Options {
    /// `poolhouse serve` with the embedded store in `data_dir`.
    #[must_use]
    pub fn serve(data_dir: PathBuf) -> Self {
        Options {
            command: "serve",
            data_dir,
            port: 0,
            database_url: None,
            flags: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// The command line.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(binary());
        command.arg(self.command).arg("--data-dir").arg(&self.data_dir);
        command.arg("--listen").arg(format!("127.0.0.1:{}", self.port)).args(&self.flags);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some(url) = &self.database_url {
            // As the manual advises for a URL with a password.
            command.env("POOLHOUSE_DATABASE_URL", url);
        }
        command
    }
}

/// A server that answers.
#[derive(Debug)]
pub struct Server {
    process: Child,
    options: Options,
    /// Where it listens.
    pub port: u16,
    /// What it printed before it listened.
    pub banner: String,
}

impl Server {
    /// Starts a server and waits until it answers.
    #[must_use]
    pub fn start(options: Options) -> Self {
        std::fs::create_dir_all(options.data_dir.parent().unwrap()).unwrap();
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(options.data_dir.with_extension("log"))
            .unwrap();
        let mut command = options.command();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut process = command.spawn().unwrap();
        let lines = lines_of(&mut process);
        let mut banner = String::new();
        let port = loop {
            match lines.recv_timeout(START_LIMIT) {
                Ok(line) => match line.strip_prefix("listening on http://127.0.0.1:") {
                    Some(port) => break port.parse().unwrap(),
                    None => banner.push_str(&format!("{line}\n")),
                },
                Err(_) => {
                    let _already_gone = process.kill();
                    let log = std::fs::read_to_string(options.data_dir.with_extension("log"));
                    panic!("no server:\n{banner}{}", log.unwrap_or_default());
                }
            }
        };
        let server = Server { process, options, port, banner };
        let health = http::get(port, "/health");
        assert_eq!(health.status, 200, "{health:?}");
        server
    }

    /// The address for clients. A name, since tokens carry it as the start of their issuer.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The data directory.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.options.data_dir
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Sends SIGTERM.
    pub fn ask_to_stop(&self) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// Waits for the end of a process that was told to end.
    #[must_use]
    pub fn ended(&mut self) -> ExitStatus {
        wait::for_exit(&mut self.process, STOP_LIMIT).unwrap_or_else(|| panic!("it does not stop"))
    }

    /// Starts again on the same data and the same port, when the process has been killed.
    #[must_use]
    pub fn start_again(mut self) -> Self {
        let status = self.ended();
        assert!(!status.success(), "it was not killed: {status}");
        Server::start(Options { port: self.port, ..self.options.clone() })
    }

    /// What it has logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.options.data_dir.with_extension("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _already_gone = self.process.wait();
        if std::thread::panicking() {
            println!("the server logged:\n{}", self.log());
        }
    }
}

/// The standard output, line by line, so that waiting for a line can be bounded.
fn lines_of(process: &mut Child) -> Receiver<String> {
    let output = BufReader::new(process.stdout.take().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            // Nobody reads after the first lines; the pipe is emptied all the same.
            let _nobody_reads = sender.send(line);
        }
    });
    receiver
}

/// The built binary. Cargo names it only to the tests of its own package, so it is looked for where
/// this test was built, and built first: a stale one would be tested in silence.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let path = profile_dir().join("poolhouse");
        if std::env::var_os("POOLHOUSE_BUILT").is_none() {
            let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let mut build = Command::new(cargo);
            build.args(["build", "--quiet", "--locked", "--package", "poolhouse"]);
            let status = build.current_dir(crate::root()).status().unwrap();
            assert!(status.success(), "cargo build --package poolhouse failed");
        }
        assert!(path.exists(), "{} is missing: cargo build --package poolhouse", path.display());
        path
    })
}

/// `target/debug`: test binaries are in its `deps`.
fn profile_dir() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let deps = test.parent().unwrap();
    assert!(deps.ends_with("deps"), "{} is not where cargo builds tests", deps.display());
    deps.parent().unwrap().to_owned()
}
