//! Confirms a sign-up without a code. No address is verified by it.
//!
//! Differs from AWS / not verified:
//! - A disabled user can be confirmed.
//! - A pool with a PostConfirmation trigger answers 501.
//! - AliasExistsException when the user was given a preferred username that another user holds,
//!   which the model does not list for this operation.

use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::AdminConfirmSignUp;
use poolhouse_wire::shapes::{AdminConfirmSignUpRequest, AdminConfirmSignUpResponse};

use crate::ops::ctx::{Ctx, Signed, refuse_trigger};
use crate::ops::{Operation, aliases};

impl Operation for AdminConfirmSignUp {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminConfirmSignUpRequest,
    ) -> Result<AdminConfirmSignUpResponse> {
        let pool = &PoolId::new(request.user_pool_id);
        let pool = ctx.read(async |mut tx| tx.pool(pool).await).await?;
        refuse_trigger(&pool.settings.auth_policy(), &["PostConfirmation"])?;
        let names = pool.settings.sign_in_names();
        let lookups = names.lookups(Purpose::Admin, &request.username);
        let (id, names, lookups) = (&pool.id, &names, &lookups);
        ctx.write(async |mut tx| {
            let before = tx.user_by(id, lookups).await?;
            if before.status != UserStatus::Unconfirmed {
                let status = before.status.as_str();
                return Err(Error::UserState(UserStateRefusal::CannotConfirm(status)));
            }
            let after = User {
                status: UserStatus::Confirmed,
                stamp: before.stamp.saturating_add(1),
                modified: tx.now,
                ..before.clone()
            };
            aliases::sync(&mut tx, names, Some(&before), &after).await?;
            tx.update_user(&after).await
        })
        .await?;
        Ok(AdminConfirmSignUpResponse {})
    }
}
