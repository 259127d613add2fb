//! Shows the calling user, with the attributes that the client of their sign-in may read.
//!
//! `sub` is always among them, attributes for administrators alone never are.
//!
//! Differs from AWS / not verified:
//! - After `sub`, attributes are listed in the order of the schema.
//! - `MFAOptions` is there only for users whose second factor is a text message.
//! - Tokens of a client that was deleted meanwhile are refused as the client's absence:
//!   `User pool client <id> does not exist.`

use poolhouse_domain::error::Result;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::GetUser;
use poolhouse_wire::shapes::{GetUserRequest, GetUserResponse};

use super::shown;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx, client_and_pool};

impl Operation for GetUser {
    type Caller = Bearer;

    async fn run(ctx: &mut Ctx<'_, Bearer>, _: GetUserRequest) -> Result<GetUserResponse> {
        let id = ctx.caller.client();
        let place = ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let (schema, client) = (place.pool.settings.schema(), &place.client.settings);
        let user = ctx.caller.user();
        Ok(GetUserResponse {
            mfa_options: shown::mfa_options(user),
            preferred_mfa_setting: shown::preferred_factor(user),
            user_attributes: shown::attributes(schema, user, |name| client.reads(name)),
            user_mfa_setting_list: shown::active_factors(user),
            username: Sensitive::new(user.username.clone()),
        })
    }
}
