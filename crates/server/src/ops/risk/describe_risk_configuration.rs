//! Shows what a pool, or one of its clients, does about risks.
//!
//! Differs from AWS / not verified:
//! - A pool or client without a configuration shows its ids alone. A client that has none of its
//!   own is not shown the pool's.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::DescribeRiskConfiguration;
use poolhouse_wire::shapes::{DescribeRiskConfigurationRequest, DescribeRiskConfigurationResponse};

use super::protected;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for DescribeRiskConfiguration {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: DescribeRiskConfigurationRequest,
    ) -> Result<DescribeRiskConfigurationResponse> {
        let pool = &PoolId::new(request.user_pool_id);
        let client = request.client_id.map(|client| ClientId::new(client.into_inner()));
        let client = client.as_ref();
        let found = ctx.read(async |mut tx| {
            protected(&mut tx, pool).await?;
            if let Some(client) = client {
                tx.client_in_pool(pool, client).await?;
            }
            tx.risk(pool, client).await
        });
        let (settings, modified) = found.await?.unzip();
        let risk_configuration = settings.unwrap_or_default().shown(pool, client, modified);
        Ok(DescribeRiskConfigurationResponse { risk_configuration })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::risk::bed::{OFF, on, protected};

    const OPERATION: &str = "DescribeRiskConfiguration";

    #[tokio::test]
    async fn an_unset_configuration_shows_ids_alone() {
        let app = protected("ENFORCED").await;
        let shown = on(&app, OPERATION, json!({})).await.ok();
        assert_eq!(shown, json!({ "RiskConfiguration": { "UserPoolId": app.pool } }));
    }

    #[tokio::test]
    async fn what_is_not_there_is_refused() {
        let app = protected("OFF").await;
        on(&app, OPERATION, json!({})).await.refused(OFF.0, OFF.1);
        let app = protected("AUDIT").await;
        on(&app, OPERATION, json!({ "ClientId": "unknown" }))
            .await
            .refused("ResourceNotFoundException", "User pool client unknown does not exist.");
        let reply = app.server.call(OPERATION, json!({ "UserPoolId": app.pool })).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
    }
}
