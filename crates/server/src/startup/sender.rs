//! The key under which codes go to custom senders.
//!
//! Without a setting it follows from the master key, so that all servers of an installation have
//! the same, and lies in the data directory for the operator to give to the functions.

use std::path::Path;

use poolhouse_domain::crypto::Sealer;
use poolhouse_domain::secret::Secret;

use super::{MASTER_KEY_BYTES, StartupError, files, key_bytes};
use crate::config::Config;

/// Where the key is written.
const SENDER_KEY_FILE: &str = "custom-sender.key";

pub(super) fn key(
    config: &Config,
    data_dir: &Path,
    master: &Secret<[u8; MASTER_KEY_BYTES]>,
) -> Result<Secret<[u8; MASTER_KEY_BYTES]>, StartupError> {
    if let Some(path) = &config.custom_sender_key_file {
        let text = Secret::new(files::read_private(path)?);
        return key_bytes(&text)
            .ok_or_else(|| StartupError::BadSenderKey { path: path.to_owned() });
    }
    let key = Secret::new(Sealer::new(master.clone()).derive("custom senders"));
    let path = data_dir.join(SENDER_KEY_FILE);
    let text = Secret::new(format!("{}\n", data_encoding::HEXLOWER.encode(key.expose())));
    let kept = path.exists() && files::read_private(&path)? == *text.expose();
    if !kept {
        files::write_private(&path, text.expose())?;
    }
    Ok(key)
}
