//! Sends the calling user a code that verifies an email address or phone number; the one before
//! stops working.
//!
//! It goes to the address that waits to replace the one in force, if there is one. It works for a
//! day. Five an hour are sent, to both addresses together.
//!
//! Differs from AWS / not verified:
//! - The pool need not verify the attribute automatically, and it may be verified already.
//! - Another attribute than `email` and `phone_number` is an InvalidParameterException of our
//!   wording; for one without a value the text is that of setting `email_verified` without `email`.
//! - A message that cannot be delivered at once is tried again; there is no error for it.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::session::HourlyBudget;
use poolhouse_domain::user::delivery::MessageKind;
use poolhouse_wire::operations::GetUserAttributeVerificationCode;
use poolhouse_wire::shapes::{
    GetUserAttributeVerificationCodeRequest, GetUserAttributeVerificationCodeResponse,
};

use super::changes::{self, Addressed};
use super::codes::Origin;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

const BUDGET: HourlyBudget = HourlyBudget::AttributeVerificationCode;

impl Operation for GetUserAttributeVerificationCode {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: GetUserAttributeVerificationCodeRequest,
    ) -> Result<GetUserAttributeVerificationCodeResponse> {
        let medium = changes::verifiable(&request.attribute_name)?;
        let (id, sub) = &(ctx.caller.pool().clone(), ctx.caller.user().sub.clone());
        let read = ctx.read(async |mut tx| {
            Ok((tx.pool(id).await?, Addressed::read(&mut tx, id, sub, medium).await?))
        });
        let (pool, seen) = &read.await?;
        let address = seen.address(medium)?;
        let (client, metadata) = (ctx.caller.client().clone(), request.client_metadata.as_ref());
        let origin = Origin { pool, client: Some(&client), metadata };
        let kind = MessageKind::VerifyUserAttribute;
        let code = &changes::verification(ctx, origin, &seen.user, kind, medium).await?;
        ctx.write(async |mut tx| {
            let now = Addressed::read(&mut tx, id, sub, medium).await?;
            if now.address(medium)? != address {
                return Err(Error::Overloaded);
            }
            if !tx.spend(id, sub.as_str(), BUDGET).await? {
                return Err(Error::AttemptLimit);
            }
            code.store(&mut tx).await
        })
        .await?;
        ctx.mail_enqueued();
        let details = Some(code.details());
        Ok(GetUserAttributeVerificationCodeResponse { code_delivery_details: details })
    }
}
