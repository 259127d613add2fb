//! Starts a sign-in of a user, or refreshes tokens.
//!
//! Flows: USER_SRP_AUTH, USER_PASSWORD_AUTH, REFRESH_TOKEN_AUTH. What follows is decided by
//! `poolhouse_domain::auth`; see `drive`.
//!
//! Differs from AWS / not verified:
//! - CUSTOM_AUTH (with its triggers) and USER_AUTH answer 501 until they are built; so do sign-ins
//!   in pools with a Lambda trigger that would have to run, and second factors other than TOTP.
//! - A disabled user is refused here, an unconfirmed one at the answer.
//! - `DEVICE_KEY` is checked here when it is given, and ignored in pools without device tracking.
//! - Where the client hides who exists, a device key is refused for a missing user as for a real
//!   one that does not have it, and the challenge of a missing user shows the name typed where
//!   users have names of their own; AWS documents a made-up id, which would tell.
//! - The text for an unusable `SRP_A` is `Invalid SRP_A`.
//! - The step-up parameters (`TARGET_ACR_VALUES`, `MAX_AGE`) belong to USER_AUTH.

use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::ClientId;
use poolhouse_wire::operations::InitiateAuth;
use poolhouse_wire::shapes::{InitiateAuthRequest, InitiateAuthResponse};

use super::{Parts, flow, parameters, parts};
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, client_and_pool};

impl Operation for InitiateAuth {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: InitiateAuthRequest,
    ) -> Result<InitiateAuthResponse> {
        let client = &ClientId::new(request.client_id.into_inner());
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let mut drive = Drive::new(ctx, Api::Public, found);
        let parameters = parameters(request.auth_parameters);
        let Parts { challenge_name, challenge_parameters, session, authentication_result } =
            parts(drive.begin(flow(request.auth_flow)?, &parameters).await?)?;
        Ok(InitiateAuthResponse {
            authentication_result,
            available_challenges: None,
            challenge_name,
            challenge_parameters: Some(challenge_parameters),
            session,
        })
    }
}
