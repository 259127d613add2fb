//! The root principal's key pair: from the environment, from its file, or made at first start.

use std::path::{Path, PathBuf};

use data_encoding::{BASE32_NOPAD, BASE64};
use poolhouse_domain::secret::Secret;
use rand_core::RngCore;

use super::{StartupError, files};
use crate::config::{Config, RootCredentials};

const FILE: &str = "root-credentials";
/// What AWS's own long-lived access key ids start with; tools tell keys by it.
const ACCESS_KEY_ID_PREFIX: &str = "AKIA";
/// Random bytes of an id: 16 characters in Base32.
const ACCESS_KEY_ID_BYTES: usize = 10;
/// Random bytes of a secret: 40 characters in Base64.
const SECRET_ACCESS_KEY_BYTES: usize = 30;

/// The credentials and where they came from.
pub struct Root {
    /// The pair.
    pub credentials: RootCredentials,
    /// The file that holds it; none when the environment gave it.
    pub file: Option<PathBuf>,
    /// Whether the pair was made just now.
    pub is_new: bool,
}

/// Finds or makes the root principal's credentials.
///
/// # Errors
/// The file cannot be read or written, others may read it, or it holds no credentials.
pub fn credentials(
    config: &Config,
    data_dir: &Path,
    rng: &mut dyn RngCore,
) -> Result<Root, StartupError> {
    if let Some(credentials) = &config.root {
        return Ok(Root { credentials: credentials.clone(), file: None, is_new: false });
    }
    let path = data_dir.join(FILE);
    if path.exists() {
        let text = Secret::new(files::read_private(&path)?);
        let Some(credentials) = parse(text.expose()) else {
            return Err(StartupError::BadRootCredentials { path });
        };
        return Ok(Root { credentials, file: Some(path), is_new: false });
    }
    let credentials = generate(rng);
    let text = Secret::new(format(&credentials));
    files::write_private(&path, text.expose())?;
    Ok(Root { credentials, file: Some(path), is_new: true })
}

fn generate(rng: &mut dyn RngCore) -> RootCredentials {
    let mut id = [0; ACCESS_KEY_ID_BYTES];
    rng.fill_bytes(&mut id);
    let mut secret = [0; SECRET_ACCESS_KEY_BYTES];
    rng.fill_bytes(&mut secret);
    RootCredentials {
        access_key_id: format!("{ACCESS_KEY_ID_PREFIX}{}", BASE32_NOPAD.encode(&id)),
        secret_access_key: Secret::new(BASE64.encode(&secret)),
    }
}

fn format(credentials: &RootCredentials) -> String {
    format!(
        "# The root principal of Poolhouse, who may do everything. Keep it secret. Remove this file\n\
         # and restart the server to get a new pair of keys.\n\
         [default]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        credentials.access_key_id,
        credentials.secret_access_key.expose()
    )
}

/// Reads the profile `default` of an AWS shared-credentials file.
fn parse(text: &str) -> Option<RootCredentials> {
    let (mut id, mut secret, mut here) = (None, None, false);
    for line in text.lines().map(str::trim) {
        if let Some(profile) = line.strip_prefix('[') {
            here = profile.trim_end_matches(']').trim() == "default";
        } else if here && let Some((key, value)) = line.split_once('=') {
            match key.trim() {
                "aws_access_key_id" => id = Some(value.trim().to_owned()),
                "aws_secret_access_key" => secret = Some(Secret::new(value.trim().to_owned())),
                _ => {}
            }
        }
    }
    let (access_key_id, secret_access_key) = (id?, secret?);
    let complete = !access_key_id.is_empty() && !secret_access_key.expose().is_empty();
    complete.then_some(RootCredentials { access_key_id, secret_access_key })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = parse(text);
        let found = found.as_ref().map(|credentials| {
            (credentials.access_key_id.as_str(), credentials.secret_access_key.expose().as_str())
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn the_default_profile_counts() {
        let pair = Some(("AK", "se=cret"));
        check("[default]\naws_access_key_id=AK\naws_secret_access_key = se=cret", pair);
        check(
            "# c\n[other]\naws_access_key_id=no\n[ default ]\r\naws_access_key_id = AK\r\naws_secret_access_key = se=cret\r\n",
            pair,
        );
        check("[default]\naws_access_key_id=AK\n", None);
        check("[default]\naws_access_key_id=AK\naws_secret_access_key=\n", None);
        check("aws_access_key_id=AK\naws_secret_access_key=s\n", None);
        check("", None);
    }
}
