//! What was signed in: its renewal, its end everywhere, and the revocation of one token.

mod admin_user_global_sign_out;
mod get_tokens_from_refresh_token;
mod global_sign_out;
mod revoke_token;

use poolhouse_domain::error::Result;
use poolhouse_domain::pool::client::Client;
use poolhouse_domain::secret::ct_eq;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;

/// Ends every sign-in of a user, also those in progress.
async fn sign_out(tx: &mut Tx, user: User) -> Result<()> {
    tx.revoke_all(&user.pool, &user.sub).await?;
    let stamp = user.stamp.saturating_add(1);
    tx.update_user(&User { stamp, ..user }).await
}

/// Whether this is one of the client's active secrets, itself and not a hash; a public client has
/// none to send.
fn knows_secret(client: &Client, given: Option<&str>) -> bool {
    match given {
        None => client.secrets.is_empty(),
        Some(given) => client.secrets.iter().fold(false, |fits, secret| {
            fits | ct_eq(secret.value.expose().as_bytes(), given.as_bytes())
        }),
    }
}
