//! What was signed in: its renewal, its end everywhere, and the revocation of one token.

mod admin_user_global_sign_out;
mod get_client_token;
mod get_derived_token;
mod get_tokens_from_refresh_token;
mod global_sign_out;
#[cfg(test)]
mod nodes;
mod revoke_token;

use poolhouse_domain::error::Result;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;

/// Ends every sign-in of a user, also those in progress.
async fn sign_out(tx: &mut Tx, user: User) -> Result<()> {
    tx.revoke_all(&user.pool, &user.sub).await?;
    let stamp = user.stamp.saturating_add(1);
    tx.update_user(&User { stamp, ..user }).await
}
