//! Where files are, and reading, writing, formatting and comparing them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The checkout the chores work on.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

/// Text of a file that a generator made, and its path below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Generated {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Workspace {
    /// The workspace this program was built from.
    pub(crate) fn here() -> Workspace {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Workspace { root: package.parent().unwrap_or(package).to_path_buf() }
    }

    /// A path below the root; `relative` uses `/`.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The path as it is written in messages: relative, with `/`.
    pub(crate) fn relative(&self, path: &Path) -> String {
        let short = path.strip_prefix(&self.root).unwrap_or(path);
        short.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    /// The file's text, with its path in the error.
    pub(crate) fn read(&self, relative: &str) -> Outcome<String> {
        Ok(std::fs::read_to_string(self.path(relative)).map_err(|e| format!("{relative}: {e}"))?)
    }

    /// Writes the file and the folders above it.
    pub(crate) fn write(&self, relative: &str, text: &str) -> Outcome<()> {
        let path = self.path(relative);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(&path, text).map_err(|e| format!("{relative}: {e}"))?)
    }

    /// All files below a folder, sorted; none where the folder is missing.
    pub(crate) fn files(&self, relative: &str) -> Outcome<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![self.path(relative)];
        while let Some(folder) = folders.pop() {
            if !folder.is_dir() {
                continue;
            }
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Formats Rust text as `cargo fmt` would.
    pub(crate) fn rustfmt(&self, text: &str) -> Outcome<String> {
        let mut child = Command::new("rustfmt")
            .args(["--edition", "2024", "--config-path"])
            .arg(self.path("rustfmt.toml"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdin = child.stdin.take().ok_or("rustfmt has no input")?;
        let input = text.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output()?;
        writer.join().map_err(|_| "rustfmt's input was not read")??;
        if !output.status.success() {
            return Err("rustfmt refused generated code; see its message above".into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Which of the files differ from what is on disk, as sentences; also files of `folder` nobody generates.
    pub(crate) fn stale(
        &self,
        folder: Option<&str>,
        files: &[Generated],
        command: &str,
    ) -> Outcome<Vec<String>> {
        let mut problems = Vec::new();
        for file in files {
            let on_disk = std::fs::read_to_string(self.path(&file.path)).unwrap_or_default();
            if on_disk != file.text {
                problems.push(format!("{} is out of date: run `{command}`", file.path));
            }
        }
        for path in folder.map_or_else(|| Ok(Vec::new()), |f| self.files(f))? {
            let name = self.relative(&path);
            if !files.iter().any(|file| file.path == name) {
                problems.push(format!("{name} is not generated any more: delete it"));
            }
        }
        Ok(problems)
    }
}
