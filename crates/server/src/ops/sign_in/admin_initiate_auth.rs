//! Starts a sign-in as an administrator.
//!
//! Flows: USER_SRP_AUTH, ADMIN_USER_PASSWORD_AUTH (ADMIN_NO_SRP_AUTH), USER_AUTH, REFRESH_TOKEN_AUTH. The
//! same machine as InitiateAuth; pool and permission come from the request's signature.
//!
//! Differs from AWS / not verified:
//! - As InitiateAuth.
//! - Without `ContextData` neither address nor device of a sign-in are known, and so not new.
//! - Devices are tracked as in the public operation; an old guide says that admin flows have none.

use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::AdminInitiateAuth;
use poolhouse_wire::shapes::{AdminInitiateAuthRequest, AdminInitiateAuthResponse};

use super::{flow, parameters, parts, pool_and_client};
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::threat::Origin;

impl Operation for AdminInitiateAuth {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminInitiateAuthRequest,
    ) -> Result<AdminInitiateAuthResponse> {
        let client = &ClientId::new(request.client_id.into_inner());
        let pool = &PoolId::new(request.user_pool_id);
        let found = ctx.read(async |mut tx| pool_and_client(&mut tx, pool, client).await).await?;
        let origin = Origin::of_admin(request.context_data.as_ref());
        let mut drive =
            Drive::new(ctx, Api::Admin, found).from(origin).with_metadata(request.client_metadata);
        let parameters = parameters(request.auth_parameters);
        let (flow, session) = (flow(request.auth_flow)?, request.session);
        let reply = drive.begin(flow, &parameters, session.as_deref()).await?;
        ctx.mail |= drive.sends_mail();
        let parts = parts(reply)?;
        Ok(AdminInitiateAuthResponse {
            authentication_result: parts.authentication_result,
            available_challenges: parts.available_challenges,
            challenge_name: parts.challenge_name,
            challenge_parameters: Some(parts.challenge_parameters),
            session: parts.session,
        })
    }
}
