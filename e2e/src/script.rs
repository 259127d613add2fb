//! Running a client: a Python or JavaScript walk, or a shell command, against a server.

use std::ffi::OsStr;
use std::fs::File;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::{Place, Server, root, wait};

/// The longest walk waits once for the next one-time code.
const LIMIT: Duration = Duration::from_secs(240);

/// A command with the environment of an administrator of a server, and nothing else in it.
#[derive(Debug)]
pub struct Script {
    command: Command,
    name: String,
    listener: Option<TcpListener>,
}

/// A walk in `e2e/python`.
#[must_use]
pub fn python(walk: &str) -> Script {
    let mut script = Script::new(tool("python"), walk);
    script.command.arg("-B").arg(root().join("e2e/python").join(walk));
    script
}

/// A walk in `e2e/js`.
#[must_use]
pub fn node(walk: &str) -> Script {
    let modules = root().join("e2e/js/node_modules");
    assert!(modules.exists(), "{} is missing: run ./test once", modules.display());
    let mut script = Script::new(tool("node"), walk);
    script.command.arg(root().join("e2e/js").join(walk));
    script
}

/// A socket for [`Script::serving`], and the address that reaches it.
#[must_use]
pub fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// A program of the virtual environment that `./test` makes, or `node` from `PATH`.
///
/// # Panics
/// Where it is not installed.
#[must_use]
pub fn tool(name: &str) -> PathBuf {
    let installed = root().join(".venv/bin").join(name);
    if installed.exists() {
        return installed;
    }
    assert!(name == "node", "{} is missing: run ./test once", installed.display());
    PathBuf::from(name)
}

impl Script {
    /// Any program, in an environment that has only a way to find programs.
    pub fn new(program: impl AsRef<OsStr>, name: &str) -> Self {
        let mut command = Command::new(program);
        command.env_clear();
        for kept in ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        Script { command, name: name.to_owned(), listener: None }
    }

    /// An argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// A variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// With `aws` and `python` of the virtual environment on its path.
    ///
    /// # Panics
    /// Where they are not installed.
    #[must_use]
    pub fn with_aws(self) -> Self {
        let aws = tool("aws");
        let bin = aws.parent().unwrap().display();
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{bin}:{path}");
        self.env("PATH", path).env("AWS_PAGER", "")
    }

    /// With a listening socket as its standard input: what the script serves there can be known to
    /// the server before the script runs.
    #[must_use]
    pub fn serving(mut self, listener: TcpListener) -> Self {
        self.listener = Some(listener);
        self
    }

    /// The directory to run in.
    #[must_use]
    pub fn current_dir(mut self, path: &Path) -> Self {
        self.command.current_dir(path);
        self
    }

    /// Runs it as the administrator of a server; it must succeed.
    ///
    /// # Panics
    /// With all that it printed, if it fails or does not end.
    pub fn run(self, server: &Server) -> String {
        self.env("ENDPOINT", server.endpoint())
            .env("DATA_DIR", server.data_dir())
            .env("SERVER_PID", server.id().to_string())
            .env("AWS_REGION", "us-east-1")
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("AWS_SHARED_CREDENTIALS_FILE", server.data_dir().join("root-credentials"))
            .env("AWS_CONFIG_FILE", "/dev/null")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .succeeds()
    }

    /// Runs it; it must succeed. Its output.
    ///
    /// # Panics
    /// With all that it printed, if it fails or does not end.
    pub fn succeeds(mut self) -> String {
        let place = Place::new("script");
        let path = place.join("output");
        let output = File::create(&path).unwrap();
        let input =
            self.listener.take().map_or_else(Stdio::null, |socket| OwnedFd::from(socket).into());
        self.command.stdin(input).stdout(output.try_clone().unwrap()).stderr(output);
        // A group of its own, so that what it started can be ended with it.
        let mut process = self.command.process_group(0).spawn().unwrap_or_else(|error| {
            panic!("{}: {:?}: {error}", self.name, self.command.get_program())
        });
        let status = wait::for_exit(&mut process, LIMIT);
        if status.is_none() {
            let group = format!("-{}", process.id());
            let _maybe_gone = Command::new("kill").args(["-KILL", "--", &group]).status();
            let _reaped = process.wait();
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        println!("{text}");
        match status {
            None => panic!("{} did not end in {} s:\n{text}", self.name, LIMIT.as_secs()),
            Some(status) => assert!(status.success(), "{} failed ({status})", self.name),
        }
        text
    }
}
