//! What must be on disk before the server runs: the data directory, its lock, the master key, the
//! root principal's credentials.
//!
//! It decides who may read these files and refuses to start rather than guess: a lost or readable
//! key is the operator's to judge. It must never know what the keys are used for.

pub mod banner;
pub mod files;
pub mod root;
mod sender;

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use poolhouse_domain::secret::Secret;
use rand_core::RngCore;

use crate::config::{Config, DataDir, Database, RootCredentials};
use crate::env::Env;

/// Bytes of the master key.
pub const MASTER_KEY_BYTES: usize = 32;
/// File name of the embedded database in the data directory.
pub const DATABASE_FILE: &str = "poolhouse.db";
const MASTER_KEY_FILE: &str = "master.key";
const LOCK_FILE: &str = "lock";
const OUTBOX_DIR: &str = "outbox";
/// Descriptors that the server needs for other things than clients.
const DESCRIPTORS_RESERVED: usize = 64;

/// Everything on disk is ready, and belongs to this process as long as this lives.
pub struct Prepared {
    /// The data directory, absolute.
    pub data_dir: PathBuf,
    /// Whether no server has come as far as opening the database in this data directory. A start
    /// that failed on a busy address was not the first.
    pub first_start: bool,
    /// The key that seals secrets in the database.
    pub master_key: Secret<[u8; MASTER_KEY_BYTES]>,
    /// Whether the key was made just now. A database that already holds sealed secrets cannot be
    /// read with it, so whoever opens one (PostgreSQL's is not seen here) must refuse.
    pub master_key_is_new: bool,
    /// The key under which codes go to custom senders.
    pub sender_key: Secret<[u8; MASTER_KEY_BYTES]>,
    /// The root principal's keys.
    pub root: RootCredentials,
    /// The file with the root principal's keys; none when the environment gave them.
    pub root_file: Option<PathBuf>,
    /// Where messages are written.
    pub outbox_dir: PathBuf,
    /// Where the embedded database is; exists, perhaps empty, when it is the one in use.
    pub database_file: PathBuf,
    // Fields are dropped in this order: the lock before the directory it lies in.
    _lock: File,
    temporary: Option<files::TemporaryDir>,
}

impl Prepared {
    /// Whether the data directory is removed when the server ends.
    pub fn is_temporary(&self) -> bool {
        self.temporary.is_some()
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("data_dir", &self.data_dir).finish_non_exhaustive()
    }
}

/// Why the server does not start. Every text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartupError {
    /// Something about a file or directory failed.
    #[error("cannot {action} {}: {source}. Check that the directory exists, that its disk is not \
             full, and that this user may write there.", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another server has the data directory.
    #[error("another server{owner} is using the data directory {}. Stop it first, or give this one \
             a directory of its own with --data-dir.", data_dir.display())]
    Locked {
        /// The directory.
        data_dir: PathBuf,
        /// ` (process 123)`, or nothing.
        owner: String,
    },
    /// Others may read a secret file.
    #[error("{} can be read by other users (mode {mode:o}). If nobody has, run `chmod 600 {}` and \
             start again; otherwise its secrets must be replaced.", path.display(), path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The master key's file holds something else.
    #[error("{} does not hold a master key: it must be 32 bytes as 64 hexadecimal digits or in \
             Base64. If it was cut off or overwritten, restore it from a backup: without it the \
             secrets in the database cannot be read.", path.display())]
    BadMasterKey {
        /// The file.
        path: PathBuf,
    },
    /// There is a database but no key.
    #[error("{} is missing, but the database {} is there. Restore the key from a backup: a new one \
             could not read the secrets in this database. To start over with nothing, remove the \
             data directory.", path.display(), database.display())]
    MissingMasterKey {
        /// Where the key should be.
        path: PathBuf,
        /// The database.
        database: PathBuf,
    },
    /// The key file that the settings name is not there.
    #[error("the master key file {} does not exist. Make one with `openssl rand -hex 32 > {}` and \
             `chmod 600 {}`, or leave the setting out.",
             path.display(), path.display(), path.display())]
    NoSuchMasterKey {
        /// The file.
        path: PathBuf,
    },
    /// There is nothing for a command to work on.
    #[error("{} is not there: no server has been started with these settings. Give the settings of \
             the server, above all --data-dir.", path.display())]
    NoServer {
        /// What is missing.
        path: PathBuf,
    },
    /// The file with the key of custom senders holds something else.
    #[error("{} does not hold a key for custom senders: it must be 32 bytes as 64 hexadecimal \
             digits or in Base64. Make one with `openssl rand -hex 32`.", path.display())]
    BadSenderKey {
        /// The file.
        path: PathBuf,
    },
    /// The root credentials' file holds something else.
    #[error("{} does not hold credentials: a profile [default] with aws_access_key_id and \
             aws_secret_access_key. Restore it, or remove it to get a new pair of keys at the next \
             start.", path.display())]
    BadRootCredentials {
        /// The file.
        path: PathBuf,
    },
}

/// Makes and checks everything that must be on disk. Only one server at a time can hold the result
/// for one data directory.
///
/// # Errors
/// See [`StartupError`].
pub fn prepare(config: &Config, env: &Env) -> Result<Prepared, StartupError> {
    let mut rng = env.entropy.fork("startup", 0);
    let temporary = match config.data_dir {
        DataDir::At(_) => None,
        DataDir::Temporary => Some(files::TemporaryDir::create(&mut rng)?),
    };
    let data_dir = match (&config.data_dir, &temporary) {
        (DataDir::At(path), _) => files::create_private_dir(path)?,
        (DataDir::Temporary, Some(temporary)) => temporary.path().to_owned(),
        (DataDir::Temporary, None) => PathBuf::new(),
    };
    let lock = lock(&data_dir)?;
    let database_file = data_dir.join(DATABASE_FILE);
    let key = master_key(config, &data_dir, &database_file, &mut rng)?;
    let sender_key = sender::key(config, &data_dir, &key.key)?;
    let root = root::credentials(config, &data_dir, &mut rng)?;
    let outbox_dir = files::create_private_dir(&data_dir.join(OUTBOX_DIR))?;
    let mut first_start = key.is_new || root.is_new;
    if matches!(config.database, Database::Embedded) {
        // SQLite would make it readable for everybody; its side files take the mode of this one.
        files::create_private_if_missing(&database_file)?;
        first_start = first_start || !holds_something(&database_file);
    }
    Ok(Prepared {
        first_start,
        data_dir,
        master_key: key.key,
        master_key_is_new: key.is_new,
        sender_key,
        root: root.credentials,
        root_file: root.file,
        outbox_dir,
        database_file,
        _lock: lock,
        temporary,
    })
}

/// What a command needs of what a server made, whether or not that is running.
pub struct Existing {
    /// The key that seals secrets in the database.
    pub master_key: Secret<[u8; MASTER_KEY_BYTES]>,
    /// Where the embedded database is, if it is the one in use.
    pub database_file: PathBuf,
}

/// Finds it. Nothing is made and nothing is locked.
///
/// # Errors
/// [`StartupError::NoServer`], and what is wrong with the master key's file.
pub fn existing(config: &Config) -> Result<Existing, StartupError> {
    let data_dir = match &config.data_dir {
        DataDir::At(path) => path.clone(),
        DataDir::Temporary => PathBuf::new(),
    };
    let database_file = data_dir.join(DATABASE_FILE);
    let key = config.master_key_file.clone().unwrap_or_else(|| data_dir.join(MASTER_KEY_FILE));
    if !key.exists() {
        return Err(StartupError::NoServer { path: key });
    }
    if matches!(config.database, Database::Embedded) && !holds_something(&database_file) {
        return Err(StartupError::NoServer { path: database_file });
    }
    Ok(Existing { master_key: read_master_key(&key)?, database_file })
}

fn lock(data_dir: &Path) -> Result<File, StartupError> {
    let path = data_dir.join(LOCK_FILE);
    let mut file = files::open_private(&path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let owner = files::read_small(&path)
                .ok()
                .and_then(|text| text.trim().parse::<u32>().ok())
                .map(|process| format!(" (process {process})"))
                .unwrap_or_default();
            return Err(StartupError::Locked { data_dir: data_dir.to_owned(), owner });
        }
        Err(TryLockError::Error(source)) => {
            return Err(StartupError::Io { action: "lock", path, source });
        }
    }
    // The number only helps people; the lock is the system's and ends with the process.
    let written = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
    written.map_err(|source| StartupError::Io { action: "write", path, source })?;
    Ok(file)
}

struct MasterKey {
    key: Secret<[u8; MASTER_KEY_BYTES]>,
    is_new: bool,
}

fn master_key(
    config: &Config,
    data_dir: &Path,
    database: &Path,
    rng: &mut dyn RngCore,
) -> Result<MasterKey, StartupError> {
    if let Some(path) = &config.master_key_file {
        if !path.exists() {
            return Err(StartupError::NoSuchMasterKey { path: path.clone() });
        }
        return Ok(MasterKey { key: read_master_key(path)?, is_new: false });
    }
    let path = data_dir.join(MASTER_KEY_FILE);
    if path.exists() {
        return Ok(MasterKey { key: read_master_key(&path)?, is_new: false });
    }
    if holds_something(database) {
        return Err(StartupError::MissingMasterKey { path, database: database.to_owned() });
    }
    let mut key = [0; MASTER_KEY_BYTES];
    rng.fill_bytes(&mut key);
    let key = Secret::new(key);
    let text = data_encoding::HEXLOWER.encode(key.expose());
    files::write_private(&path, &format!("{text}\n"))?;
    Ok(MasterKey { key, is_new: true })
}

fn holds_something(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0)
}

fn read_master_key(path: &Path) -> Result<Secret<[u8; MASTER_KEY_BYTES]>, StartupError> {
    let text = Secret::new(files::read_private(path)?);
    key_bytes(&text).ok_or_else(|| StartupError::BadMasterKey { path: path.to_owned() })
}

fn key_bytes(text: &Secret<String>) -> Option<Secret<[u8; MASTER_KEY_BYTES]>> {
    let text = text.expose().trim().as_bytes();
    let bytes = data_encoding::HEXLOWER_PERMISSIVE
        .decode(text)
        .or_else(|_| data_encoding::BASE64.decode(text))
        .ok()?;
    <[u8; MASTER_KEY_BYTES]>::try_from(bytes).ok().map(Secret::new)
}

/// How many clients may be connected: the setting, or less where the system allows fewer open files.
pub fn connections_max(config: &Config) -> usize {
    // Only Linux tells without a system call of our own; elsewhere the accept loop backs off.
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let Some(allowed) = descriptors_allowed(&limits) else { return config.max_connections };
    let usable = allowed.saturating_sub(DESCRIPTORS_RESERVED).max(allowed / 2).max(1);
    if usable < config.max_connections {
        tracing::info!(
            max_connections = config.max_connections,
            open_files = allowed,
            usable,
            "the system's limit of open files (`ulimit -n`) allows fewer connections than the setting"
        );
    }
    usable.min(config.max_connections)
}

fn descriptors_allowed(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests;
