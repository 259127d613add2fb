//! Sets for how long a browser session that this client began may be used again without a question.
//!
//! It is kept and shown; browser sessions come with the hosted pages.
//!
//! Differs from AWS / not verified:
//! - In a pool that does not track sessions it is refused with InvalidParameterException; the
//!   service's name and text are not known.
//! - UpdateUserPoolClient keeps the setting.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::SetUserPoolClientSessionConfiguration;
use poolhouse_wire::shapes::{
    SetUserPoolClientSessionConfigurationRequest, SetUserPoolClientSessionConfigurationResponse,
};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for SetUserPoolClientSessionConfiguration {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: SetUserPoolClientSessionConfigurationRequest,
    ) -> Result<SetUserPoolClientSessionConfigurationResponse> {
        let now = ctx.now;
        let pool = &PoolId::new(request.user_pool_id.clone());
        let id = &ClientId::new(&*request.client_id);
        let minutes = request.sso_session.max_validity_minutes;
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let client = tx.client_in_pool(&pool.id, id).await?;
            let client = client.set_sso_minutes(minutes, &pool, now)?;
            tx.update_client(&client).await
        })
        .await?;
        Ok(SetUserPoolClientSessionConfigurationResponse {
            client_id: Some(request.client_id),
            sso_session: Some(request.sso_session),
            user_pool_id: Some(request.user_pool_id),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::sessions::testing::{track, tracking};
    use crate::testing::client::{Application, with};

    const OPERATION: &str = "SetUserPoolClientSessionConfiguration";
    const READ: &str = "GetUserPoolClientSessionConfiguration";

    fn request(app: &Application, minutes: i64) -> Value {
        json!({
            "UserPoolId": app.pool, "ClientId": app.client,
            "SSOSession": { "MaxValidityMinutes": minutes },
        })
    }

    async fn read(app: &Application) -> Value {
        let request = json!({ "UserPoolId": app.pool, "ClientId": app.client });
        app.server.admin(READ, request).await.ok()
    }

    #[tokio::test]
    async fn it_is_kept_by_updates_and_while_tracking_is_off() {
        let app = tracking(5).await;
        for minutes in [0, 129_600, 30] {
            let request = request(&app, minutes);
            assert_eq!(app.server.admin(OPERATION, request.clone()).await.ok(), request);
            assert_eq!(read(&app).await, request);
        }
        let update = json!({ "UserPoolId": app.pool, "ClientId": app.client });
        app.server.admin("UpdateUserPoolClient", update).await.ok();
        track(&app, "DISABLED", 5).await;
        assert_eq!(read(&app).await, request(&app, 30));
    }

    #[tokio::test]
    async fn refusals_change_nothing() {
        let app = Application::new(json!({}), json!({})).await;
        let off = app.server.admin(OPERATION, request(&app, 5)).await;
        let text = "User session tracking is not enabled for the user pool.";
        off.refused("InvalidParameterException", text);
        track(&app, "ENABLED", 5).await;
        for minutes in [-1, 129_601] {
            let reply = app.server.admin(OPERATION, request(&app, minutes)).await;
            assert_eq!(reply.body["__type"], "InvalidParameterException");
        }
        let nobody = with(request(&app, 5), json!({ "ClientId": "nosuchclient" }));
        let reply = app.server.admin(OPERATION, nobody).await;
        assert_eq!(reply.body["__type"], "ResourceNotFoundException");
        let unsigned = app.server.call(OPERATION, request(&app, 5)).await;
        assert_eq!(unsigned.body["__type"], "MissingAuthenticationTokenException");
        assert_eq!(read(&app).await, request(&app, 60));
    }
}
