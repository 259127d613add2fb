//! Starts a sign-in of a user, or refreshes tokens.
//!
//! Flows: USER_SRP_AUTH, USER_PASSWORD_AUTH, USER_AUTH, CUSTOM_AUTH, REFRESH_TOKEN_AUTH. What follows is decided
//! by `poolhouse_domain::auth`; see `drive`.
//!
//! Differs from AWS / not verified:
//! - Passkeys are never among the choices of USER_AUTH.
//! - In CUSTOM_AUTH `DefineAuthChallenge` may ask for CUSTOM_CHALLENGE and PASSWORD_VERIFIER; other
//!   names are an InvalidLambdaResponseException. A sign-in has thirty rounds at most. When tokens
//!   are to be issued, a second factor is asked for where the password was proven, and a remembered
//!   device proves itself; DefineAuthChallenge does not hear of these.
//! - UserMigration is asked in password flows. A migrated user's name is what was typed; no welcome is
//!   sent; an answer with attributes outside of the schema is an InvalidLambdaResponseException.
//!   Where the function fails, clients that hide users are told of a wrong password.
//! - PreAuthentication runs before the state of the user is looked at, except that a disabled user
//!   is refused first in USER_SRP_AUTH and USER_AUTH. PostAuthentication and PreTokenGeneration run before
//!   anything is written: when one fails, the sign-in did not happen.
//! - Codes as a first factor have eight digits, as a second one six; ten wrong ones, counted for the
//!   user over all sessions, start a lock. Sending them is not limited.
//! - Where the client hides who exists, a missing user seems to have a password and an address for
//!   every code that the pool allows first: USER_AUTH then answers the same choices and challenges.
//! - A user who owes a second factor is offered the password alone in USER_AUTH, in pools with
//!   optional MFA too. A user with nothing to sign in with gets the error of a wrong password.
//! - An address that a code proved becomes verified; where another user has verified it first and
//!   it is an alias, it stays as it was.
//! - A disabled user is refused here, an unconfirmed one at the answer.
//! - `DEVICE_KEY` is checked here when it is given, and ignored in pools without device tracking.
//! - Where the client hides who exists, a device key is refused for a missing user as for a real
//!   one that does not have it, and the challenge of a missing user shows the name typed where
//!   users have names of their own; AWS documents a made-up id, which would tell.
//! - The text for an unusable `SRP_A` is `Invalid SRP_A`.
//! - Step-up (`TARGET_ACR_VALUES`, `MAX_AGE`, `ACCESS_TOKEN`) belongs to USER_AUTH. Levels as the guide
//!   names them: password; one code; password and code; password and authenticator app. Other sets
//!   of proofs count as the highest level among them. A remembered device does not stand in for the
//!   factor of a level. The texts of its errors are ours, all InvalidParameterException.
//! - Threat protection: the score is Poolhouse's own (`domain::risk::score`); `EncodedData` is not read.
//!   A password that others know is looked up where it is seen, which it is not with SRP, and after
//!   it proved right. A sign-in that ends because of its risk is refused after its proof, too, and
//!   the proof stays counted. In a risky sign-in nobody is let set up a factor that is demanded.
//! - `acr` and `amr` are in access and ID tokens of every sign-in in which something was proven here;
//!   a device's proof adds nothing to them.

use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::ClientId;
use poolhouse_wire::operations::InitiateAuth;
use poolhouse_wire::shapes::{InitiateAuthRequest, InitiateAuthResponse};

use super::{flow, parameters, parts};
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, client_and_pool};
use crate::threat::Origin;

impl Operation for InitiateAuth {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: InitiateAuthRequest,
    ) -> Result<InitiateAuthResponse> {
        let client = &ClientId::new(request.client_id.into_inner());
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let origin = Origin::of_user(ctx.meta, &found.client, request.user_context_data.as_ref());
        let mut drive =
            Drive::new(ctx, Api::Public, found).from(origin).with_metadata(request.client_metadata);
        let parameters = parameters(request.auth_parameters);
        let (flow, session) = (flow(request.auth_flow)?, request.session);
        let reply = drive.begin(flow, &parameters, session.as_deref()).await?;
        ctx.mail |= drive.sends_mail();
        let parts = parts(reply)?;
        Ok(InitiateAuthResponse {
            authentication_result: parts.authentication_result,
            available_challenges: parts.available_challenges,
            challenge_name: parts.challenge_name,
            challenge_parameters: Some(parts.challenge_parameters),
            session: parts.session,
        })
    }
}
