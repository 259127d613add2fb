//! Files that only their owner may read, written so that a power cut leaves the old one or the new.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rand_core::RngCore;

use super::StartupError;

/// Permissions of our directories.
const DIR_MODE: u32 = 0o700;
/// Permissions of our files.
const FILE_MODE: u32 = 0o600;
/// The permissions that nobody but the owner may have.
const OTHERS: u32 = 0o077;
/// Keys and credentials are small; anything larger is another file.
const SECRET_FILE_BYTES_MAX: u64 = 16 * 1024;

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StartupError {
    let path = path.to_owned();
    move |source| StartupError::Io { action, path, source }
}

/// Makes a directory, and those above it, for the owner alone; an existing one stays as it is.
/// Returns its absolute path.
///
/// # Errors
/// It cannot be made.
pub fn create_private_dir(path: &Path) -> Result<PathBuf, StartupError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(DIR_MODE).create(path).map_err(failed("make", path))?;
    path.canonicalize().map_err(failed("find", path))
}

/// Opens a file for reading and writing, making it for the owner alone if it is not there.
///
/// # Errors
/// It cannot be opened.
pub fn open_private(path: &Path) -> Result<File, StartupError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(FILE_MODE);
    options.open(path).map_err(failed("open", path))
}

/// Makes an empty file for the owner alone if it is not there.
///
/// # Errors
/// It cannot be made.
pub fn create_private_if_missing(path: &Path) -> Result<(), StartupError> {
    open_private(path).map(drop)
}

/// Writes a file for the owner alone, completely or not at all, and durably: the caller may go on to
/// use what it wrote.
///
/// # Errors
/// It cannot be written.
pub fn write_private(path: &Path, text: &str) -> Result<(), StartupError> {
    let new = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(FILE_MODE);
    let mut file = options.open(&new).map_err(failed("make", &new))?;
    file.write_all(text.as_bytes()).map_err(failed("write", &new))?;
    file.sync_all().map_err(failed("write", &new))?;
    fs::rename(&new, path).map_err(failed("write", path))?;
    if let Some(parent) = path.parent() {
        // The name is durable only when the directory is.
        let directory = File::open(parent).map_err(failed("open", parent))?;
        directory.sync_all().map_err(failed("write", parent))?;
    }
    Ok(())
}

/// Reads a file that must be readable by its owner alone.
///
/// # Errors
/// It cannot be read, others may read it, or it is far too large.
pub fn read_private(path: &Path) -> Result<String, StartupError> {
    let metadata = fs::metadata(path).map_err(failed("read", path))?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & OTHERS != 0 {
        return Err(StartupError::Exposed { path: path.to_owned(), mode });
    }
    read_small(path).map_err(failed("read", path))
}

/// Reads the start of a file that should be small. Bytes that are not UTF-8 are replaced: the caller
/// will find that the text is none of its own.
///
/// # Errors
/// It cannot be read.
pub fn read_small(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(SECRET_FILE_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A new directory that is removed with everything in it.
#[derive(Debug)]
pub struct TemporaryDir(PathBuf);

impl TemporaryDir {
    /// Makes one where the system keeps temporary files.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(rng: &mut dyn RngCore) -> Result<Self, StartupError> {
        let name = format!("poolhouse-dev-{:016x}", rng.next_u64());
        let path = std::env::temp_dir().join(name);
        // Not recursive: a directory that somebody else has put there is an error.
        DirBuilder::new().mode(DIR_MODE).create(&path).map_err(failed("make", &path))?;
        Ok(TemporaryDir(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryDir {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), error = %error, "cannot remove the data");
        }
    }
}
