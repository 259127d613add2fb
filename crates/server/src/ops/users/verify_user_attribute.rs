//! Verifies an email address or phone number of the calling user with the code that was sent to it;
//! one that waited replaces the one in force.
//!
//! Fifteen guesses an hour are compared, for both addresses together. A code works once, for a day,
//! for its user and for the address it was sent to. Sign-ins in progress end.
//!
//! Differs from AWS / not verified:
//! - Another attribute than `email` and `phone_number` is an InvalidParameterException of our
//!   wording.
//! - An address that another user holds by now is an AliasExistsException; the code stays good.

use poolhouse_domain::error::{CodeRefusal, Error, Result};
use poolhouse_domain::session::{CodePurpose, HourlyBudget};
use poolhouse_wire::operations::VerifyUserAttribute;
use poolhouse_wire::shapes::{VerifyUserAttributeRequest, VerifyUserAttributeResponse};

use super::changes::{self, Addressed};
use super::codes;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for VerifyUserAttribute {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: VerifyUserAttributeRequest,
    ) -> Result<VerifyUserAttributeResponse> {
        let medium = changes::verifiable(&request.attribute_name)?;
        let (id, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        let read = ctx.read(async |mut tx| {
            Ok((tx.pool(id).await?, Addressed::read(&mut tx, id, sub, medium).await?))
        });
        let (pool, seen) = &read.await?;
        let (purpose, budget) = (CodePurpose::Attribute(medium), HourlyBudget::VerifyUserAttribute);
        let code = &codes::check(ctx, &seen.user, purpose, budget, &request.code).await?;
        ctx.write(async |mut tx| {
            let changed = changes::verified(&mut tx, pool, seen, medium).await?;
            if changed && tx.consume_code(id, sub, purpose, &code.hash).await? {
                return Ok(());
            }
            // A newer code, or another address, since it was compared.
            Err(Error::Code(CodeRefusal::Expired))
        })
        .await?;
        Ok(VerifyUserAttributeResponse {})
    }
}
