//! Gives a user a password, as an administrator: a permanent one, or a temporary one that has to
//! be replaced at the next sign-in.
//!
//! With `Permanent` the user is confirmed, whatever they were before; without it they are asked for
//! a new password, and the given one stops working after `TemporaryPasswordValidityDays`. Sign-ins
//! in progress end. Tokens that were issued stay good.
//!
//! Differs from AWS / not verified:
//! - In pools with a `PasswordHistorySize` above 0 it answers 501 until the history is built.
//! - A lock after too many wrong passwords stays for its time.
//! - An unconfirmed user with a temporary password is asked for a new one (FORCE_CHANGE_PASSWORD),
//!   and is thereby confirmed.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::UserStatus;
use poolhouse_domain::user::username::Purpose;
use poolhouse_wire::operations::AdminSetUserPassword;
use poolhouse_wire::shapes::{AdminSetUserPasswordRequest, AdminSetUserPasswordResponse};

use super::passwords;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminSetUserPassword {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminSetUserPasswordRequest,
    ) -> Result<AdminSetUserPasswordResponse> {
        let (id, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let found = ctx.read(async |mut tx| {
            let pool = tx.pool(id).await?;
            let lookups = pool.settings.sign_in_names().lookups(Purpose::Admin, name);
            let user = tx.user_by(&pool.id, &lookups).await?;
            Ok((pool, user))
        });
        let (pool, user) = &found.await?;
        let password = Secret::new(request.password.into_inner());
        passwords::check(pool, password.expose())?;
        let (status, until) = match request.permanent {
            Some(true) => (UserStatus::Confirmed, None),
            Some(false) | None => {
                (UserStatus::ForceChangePassword, Some(passwords::temporary_until(pool, ctx.now)))
            }
        };
        let record = &passwords::record(ctx, user, password, until).await?;
        ctx.write(async |mut tx| {
            let user = tx.user_by_sub(&user.pool, &user.sub).await?;
            passwords::store(&mut tx, pool, &user, record, status).await
        })
        .await?;
        Ok(AdminSetUserPasswordResponse {})
    }
}
