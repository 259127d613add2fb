//! Answers a challenge of a sign-in.
//!
//! Challenges: SELECT_CHALLENGE, PASSWORD, PASSWORD_SRP, PASSWORD_VERIFIER, EMAIL_OTP, SMS_OTP, SMS_MFA,
//! SELECT_MFA_TYPE, SOFTWARE_TOKEN_MFA, MFA_SETUP, NEW_PASSWORD_REQUIRED, DEVICE_SRP_AUTH,
//! DEVICE_PASSWORD_VERIFIER. A session is answered once, with the challenge it was issued for.
//!
//! Differs from AWS / not verified:
//! - A challenge that this server does not issue yet has no session that could be answered: the
//!   answer to it is `Invalid session for the user.`
//! - `TIMESTAMP` may be five minutes off either way; a `SECRET_BLOCK` lives as long as a session of
//!   the client and works once.
//! - MFA_SETUP answered before VerifySoftwareToken succeeded is `Invalid session for the user.`
//! - `SECRET_HASH` is demanded in every answer of a client with a secret.
//! - A wrong password uses up the session of a PASSWORD or SELECT_CHALLENGE challenge, also when the
//!   right one would follow; a wrong code does not.
//! - An `ANSWER` that is not one of the choices is an InvalidParameterException and uses nothing up.
//! - MFA_SETUP takes an email address as `EMAIL` or `email`; its code makes it the user's verified
//!   address and switches EMAIL_OTP on. After VerifySoftwareToken it answers with tokens.
//! - Ten wrong codes, rather than five, start the lock of TOTP and of a device's secret.

use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::ClientId;
use poolhouse_wire::operations::RespondToAuthChallenge;
use poolhouse_wire::shapes::{RespondToAuthChallengeRequest, RespondToAuthChallengeResponse};

use super::{parameters, parts};
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, client_and_pool};
use crate::threat::Origin;

impl Operation for RespondToAuthChallenge {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: RespondToAuthChallengeRequest,
    ) -> Result<RespondToAuthChallengeResponse> {
        let client = &ClientId::new(request.client_id.into_inner());
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let origin = Origin::of_user(ctx.meta, &found.client, request.user_context_data.as_ref());
        let mut drive =
            Drive::new(ctx, Api::Public, found).from(origin).with_metadata(request.client_metadata);
        let responses = parameters(request.challenge_responses);
        let (name, session) = (request.challenge_name.as_str(), request.session);
        let reply = drive.answer(name, &responses, session.as_deref()).await?;
        ctx.mail |= drive.sends_mail();
        let parts = parts(reply)?;
        Ok(RespondToAuthChallengeResponse {
            authentication_result: parts.authentication_result,
            challenge_name: parts.challenge_name,
            challenge_parameters: Some(parts.challenge_parameters),
            session: parts.session,
            ..RespondToAuthChallengeResponse::default()
        })
    }
}
