//! Deletes attributes of the calling user, as far as the client of their sign-in may write them.
//!
//! An address takes along what is known of its verification, the name that it is to its user, and
//! one that waits to replace it. A name that the user does not have is no error. All are deleted, or
//! none.
//!
//! Differs from AWS / not verified:
//! - Permissions come before the schema; required and immutable attributes are refused with texts of
//!   updates.
//! - A user can delete the address that they sign in with.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::user::attribute::AttributeRule;
use poolhouse_wire::operations::DeleteUserAttributes;
use poolhouse_wire::shapes::{DeleteUserAttributesRequest, DeleteUserAttributesResponse};

use super::changes;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx, client_and_pool};

impl Operation for DeleteUserAttributes {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: DeleteUserAttributesRequest,
    ) -> Result<DeleteUserAttributesResponse> {
        let id = ctx.caller.client();
        let place = &ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let names = request.user_attribute_names.as_slice();
        if !names.iter().all(|name| place.client.settings.writes(name)) {
            return Err(Error::Attribute(AttributeRule::UnauthorizedWrite));
        }
        let sub = &ctx.caller.user().sub;
        ctx.write(async |mut tx| {
            let user = tx.user_by_sub(&place.pool.id, sub).await?;
            changes::delete(&mut tx, &place.pool, user, names).await
        })
        .await?;
        Ok(DeleteUserAttributesResponse {})
    }
}
