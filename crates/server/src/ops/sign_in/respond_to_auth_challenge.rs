//! Answers a challenge of a sign-in.
//!
//! Challenges: PASSWORD_VERIFIER, NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, MFA_SETUP,
//! DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER. A session is answered once, with the challenge it was
//! issued for.
//!
//! Differs from AWS / not verified:
//! - A challenge that this server does not issue yet has no session that could be answered: the
//!   answer to it is `Invalid session for the user.`
//! - `TIMESTAMP` may be five minutes off either way; a `SECRET_BLOCK` lives as long as a session of
//!   the client and works once.
//! - MFA_SETUP answered before VerifySoftwareToken succeeded is `Invalid session for the user.`
//! - `SECRET_HASH` is demanded in every answer of a client with a secret.
//! - Ten wrong codes, rather than five, start the lock of TOTP and of a device's secret.

use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::ClientId;
use poolhouse_wire::operations::RespondToAuthChallenge;
use poolhouse_wire::shapes::{RespondToAuthChallengeRequest, RespondToAuthChallengeResponse};

use super::{Parts, parameters, parts};
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, client_and_pool};

impl Operation for RespondToAuthChallenge {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: RespondToAuthChallengeRequest,
    ) -> Result<RespondToAuthChallengeResponse> {
        let client = &ClientId::new(request.client_id.into_inner());
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let mut drive = Drive::new(ctx, Api::Public, found);
        let responses = parameters(request.challenge_responses);
        let (name, session) = (request.challenge_name.as_str(), request.session);
        let reply = drive.answer(name, &responses, session.as_deref()).await?;
        let Parts { challenge_name, challenge_parameters, session, authentication_result } =
            parts(reply)?;
        Ok(RespondToAuthChallengeResponse {
            authentication_result,
            challenge_name,
            challenge_parameters: Some(challenge_parameters),
            session,
            ..RespondToAuthChallengeResponse::default()
        })
    }
}
