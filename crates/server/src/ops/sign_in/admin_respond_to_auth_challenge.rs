//! Answers a challenge of a sign-in as an administrator.
//!
//! The same machine as RespondToAuthChallenge; pool and permission come from the request's
//! signature.
//!
//! Differs from AWS / not verified:
//! - As RespondToAuthChallenge.

use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::AdminRespondToAuthChallenge;
use poolhouse_wire::shapes::{
    AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse,
};

use super::{parameters, parts, pool_and_client};
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::threat::Origin;

impl Operation for AdminRespondToAuthChallenge {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminRespondToAuthChallengeRequest,
    ) -> Result<AdminRespondToAuthChallengeResponse> {
        let client = &ClientId::new(request.client_id.into_inner());
        let pool = &PoolId::new(request.user_pool_id);
        let found = ctx.read(async |mut tx| pool_and_client(&mut tx, pool, client).await).await?;
        let origin = Origin::of_admin(request.context_data.as_ref());
        let mut drive =
            Drive::new(ctx, Api::Admin, found).from(origin).with_metadata(request.client_metadata);
        let responses = parameters(request.challenge_responses);
        let (name, session) = (request.challenge_name.as_str(), request.session);
        let reply = drive.answer(name, &responses, session.as_deref()).await?;
        ctx.mail |= drive.sends_mail();
        let parts = parts(reply)?;
        Ok(AdminRespondToAuthChallengeResponse {
            authentication_result: parts.authentication_result,
            challenge_name: parts.challenge_name,
            challenge_parameters: Some(parts.challenge_parameters),
            session: parts.session,
            ..AdminRespondToAuthChallengeResponse::default()
        })
    }
}
