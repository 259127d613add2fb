//! Says for how long a browser session that this client began may be used again: 60 minutes where
//! that was never set.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::GetUserPoolClientSessionConfiguration;
use poolhouse_wire::shapes::{
    ClientSSOSessionConfigType, GetUserPoolClientSessionConfigurationRequest,
    GetUserPoolClientSessionConfigurationResponse,
};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for GetUserPoolClientSessionConfiguration {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: GetUserPoolClientSessionConfigurationRequest,
    ) -> Result<GetUserPoolClientSessionConfigurationResponse> {
        let pool = &PoolId::new(request.user_pool_id.clone());
        let id = &ClientId::new(&*request.client_id);
        let client = ctx.read(async |mut tx| {
            let pool = tx.pool(pool).await?;
            tx.client_in_pool(&pool.id, id).await
        });
        let max_validity_minutes = client.await?.settings.sso_minutes();
        Ok(GetUserPoolClientSessionConfigurationResponse {
            client_id: Some(request.client_id),
            sso_session: Some(ClientSSOSessionConfigType { max_validity_minutes }),
            user_pool_id: Some(request.user_pool_id),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::client::{Application, with};

    const OPERATION: &str = "GetUserPoolClientSessionConfiguration";

    #[tokio::test]
    async fn what_was_never_set_is_an_hour_and_unknown_ones_are_not_found() {
        let app = Application::new(json!({}), json!({})).await;
        let request = json!({ "UserPoolId": app.pool, "ClientId": app.client });
        let session = json!({ "SSOSession": { "MaxValidityMinutes": 60 } });
        let read = app.server.admin(OPERATION, request.clone()).await.ok();
        assert_eq!(read, with(request.clone(), session));
        for other in [json!({ "ClientId": "none" }), json!({ "UserPoolId": "us-east-1_Nowhere00" })]
        {
            let reply = app.server.admin(OPERATION, with(request.clone(), other)).await;
            assert_eq!(reply.body["__type"], "ResourceNotFoundException");
        }
        let unsigned = app.server.call(OPERATION, request).await;
        assert_eq!(unsigned.body["__type"], "MissingAuthenticationTokenException");
    }
}
