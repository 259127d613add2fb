//! `SECRET_HASH`: a client with a secret must prove that it knows it, over the name it sends.

use crate::error::{Error, Result, SignInRefusal};
use crate::pool::client::Client;

/// Checks the hash over any of `names` against any of the client's active secrets.
///
/// Most operations have one name, the one the request carries; a refresh accepts the username and
/// the sub.
///
/// # Errors
/// `SecretHashMissing` where the client has a secret and none came; `SecretHashWrong` where it
/// does not fit, or came for a client without a secret.
pub fn check(client: &Client, names: &[&str], hash: Option<&str>) -> Result<()> {
    let wrong = || Error::SignIn(SignInRefusal::SecretHashWrong(client.id.clone()));
    match (client.secrets.is_empty(), hash) {
        (true, None) => Ok(()),
        (true, Some(_)) => Err(wrong()),
        (false, None) => Err(Error::SignIn(SignInRefusal::SecretHashMissing(client.id.clone()))),
        (false, Some(hash)) => {
            // No early exit: every secret and every name is tried, whichever fits.
            let mut fits = false;
            for secret in &client.secrets {
                for name in names {
                    let value = secret.value.expose();
                    fits |= crate::secret_hash::verify(value, name, client.id.as_str(), hash);
                }
            }
            if fits { Ok(()) } else { Err(wrong()) }
        }
    }
}
