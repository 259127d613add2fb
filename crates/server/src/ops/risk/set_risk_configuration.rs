//! Says what a pool, or one of its clients, does about risky sign-ins and known passwords.
//!
//! A request replaces the whole configuration. One that names a pool alone takes the pool's back;
//! one that names a pool and a client alone lets the client have the pool's again.
//!
//! Differs from AWS / not verified:
//! - A pool or client without a configuration records risks and does nothing about them.
//! - The texts of refusals. A range of addresses that is none is refused.
//! - `SourceArn`, `From` and `ReplyTo` are kept and shown; messages go by the server's own sender.
//! - A message needs an HTML or a plain text; where both are given the HTML one is sent.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_domain::risk::settings::RiskSettings;
use poolhouse_wire::operations::SetRiskConfiguration;
use poolhouse_wire::shapes::{SetRiskConfigurationRequest, SetRiskConfigurationResponse};

use super::protected;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for SetRiskConfiguration {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: SetRiskConfigurationRequest,
    ) -> Result<SetRiskConfigurationResponse> {
        let (pool, request) = (&PoolId::new(&request.user_pool_id), &request);
        let client = request.client_id.as_ref().map(|client| ClientId::new(&**client));
        let client = client.as_ref();
        let settings = ctx.write(async |mut tx| {
            protected(&mut tx, pool).await?;
            if let Some(client) = client {
                tx.client_in_pool(pool, client).await?;
            }
            let settings = RiskSettings::configure(request)?;
            tx.set_risk(pool, client, settings.as_ref()).await?;
            Ok(settings)
        });
        let settings = settings.await?;
        let modified = settings.as_ref().map(|_| ctx.now);
        let risk_configuration = settings.unwrap_or_default().shown(pool, client, modified);
        Ok(SetRiskConfigurationResponse { risk_configuration })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::risk::bed::{OFF, on, protected, switch_off};
    use crate::testing::client::with;

    const OPERATION: &str = "SetRiskConfiguration";
    const DESCRIBE: &str = "DescribeRiskConfiguration";
    const START: f64 = 1_767_614_400.0;

    fn everything() -> Value {
        let mail = json!({ "Subject": "Sign-in", "HtmlBody": "<p>{ip-address}</p>", "TextBody": "{ip-address}" });
        json!({
            "CompromisedCredentialsRiskConfiguration": {
                "EventFilter": ["SIGN_UP", "SIGN_IN"], "Actions": { "EventAction": "BLOCK" },
            },
            "AccountTakeoverRiskConfiguration": {
                "Actions": {
                    "LowAction": { "EventAction": "NO_ACTION", "Notify": false },
                    "HighAction": { "EventAction": "MFA_REQUIRED", "Notify": true },
                },
                "NotifyConfiguration": {
                    "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
                    "From": "no-reply@example.com", "ReplyTo": "help@example.com",
                    "BlockEmail": mail, "MfaEmail": mail, "NoActionEmail": mail,
                },
            },
            "RiskExceptionConfiguration": {
                "BlockedIPRangeList": ["203.0.113.0/24"], "SkippedIPRangeList": ["2001:db8::/32"],
            },
        })
    }

    #[tokio::test]
    async fn a_configuration_is_replaced_as_a_whole_and_taken_back() {
        let app = protected("AUDIT").await;
        let set = on(&app, OPERATION, everything()).await.ok();
        let ids = json!({ "UserPoolId": app.pool, "LastModifiedDate": START });
        assert_eq!(set, json!({ "RiskConfiguration": with(everything(), ids) }));
        assert_eq!(on(&app, DESCRIBE, json!({})).await.ok(), set);
        app.server.advance_secs(5);
        let part = json!({ "RiskExceptionConfiguration": { "BlockedIPRangeList": [] } });
        let set = on(&app, OPERATION, part.clone()).await.ok();
        let ids = json!({ "UserPoolId": app.pool, "LastModifiedDate": START + 5.0 });
        assert_eq!(set, json!({ "RiskConfiguration": with(part, ids) }));
        let bare = json!({ "RiskConfiguration": { "UserPoolId": app.pool } });
        assert_eq!(on(&app, OPERATION, json!({})).await.ok(), bare);
        assert_eq!(on(&app, DESCRIBE, json!({})).await.ok(), bare);
    }

    #[tokio::test]
    async fn a_client_has_its_own_until_it_has_the_pools_again() {
        let app = protected("ENFORCED").await;
        let client = json!({ "ClientId": app.client });
        on(&app, OPERATION, everything()).await.ok();
        let own = json!({ "RiskExceptionConfiguration": { "SkippedIPRangeList": ["192.0.2.1"] } });
        let set = on(&app, OPERATION, with(client.clone(), own)).await.ok();
        assert_eq!(set["RiskConfiguration"]["ClientId"], app.client);
        assert_eq!(on(&app, DESCRIBE, client.clone()).await.ok(), set);
        let pools = on(&app, DESCRIBE, json!({})).await.ok();
        assert!(pools["RiskConfiguration"]["AccountTakeoverRiskConfiguration"].is_object());
        on(&app, OPERATION, client.clone()).await.ok();
        let bare =
            json!({ "RiskConfiguration": { "UserPoolId": app.pool, "ClientId": app.client } });
        assert_eq!(on(&app, DESCRIBE, client).await.ok(), bare);
        assert_eq!(on(&app, DESCRIBE, json!({})).await.ok(), pools);
    }

    #[tokio::test]
    async fn a_refusal_changes_nothing() {
        let app = protected("ENFORCED").await;
        on(&app, OPERATION, everything()).await.ok();
        let before = on(&app, DESCRIBE, json!({})).await.ok();
        let notify = json!({ "EventAction": "BLOCK", "Notify": true });
        for (request, text) in [
            (
                json!({ "AccountTakeoverRiskConfiguration": { "Actions": { "LowAction": notify } } }),
                "NotifyConfiguration is required when an action notifies the user.",
            ),
            (
                json!({ "AccountTakeoverRiskConfiguration": {
                    "Actions": { "LowAction": notify },
                    "NotifyConfiguration": {
                        "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
                        "BlockEmail": { "Subject": "Sign-in" },
                    },
                }}),
                "A notification needs an HtmlBody or a TextBody.",
            ),
            (
                json!({ "RiskExceptionConfiguration": { "BlockedIPRangeList": ["192.0.2.0/33"] } }),
                "An IP range must be in CIDR notation.",
            ),
            (
                json!({ "RiskExceptionConfiguration": { "SkippedIPRangeList": ["home"] } }),
                "An IP range must be in CIDR notation.",
            ),
        ] {
            let refused = on(&app, OPERATION, request).await;
            refused.refused("InvalidParameterException", text);
            assert_eq!(on(&app, DESCRIBE, json!({})).await.ok(), before);
        }
        let unknown = json!({ "ClientId": "unknown" });
        on(&app, OPERATION, unknown)
            .await
            .refused("ResourceNotFoundException", "User pool client unknown does not exist.");
    }

    #[tokio::test]
    async fn without_threat_protection_there_is_nothing_to_configure() {
        let app = protected("AUDIT").await;
        on(&app, OPERATION, everything()).await.ok();
        switch_off(&app).await;
        on(&app, OPERATION, json!({})).await.refused(OFF.0, OFF.1);
        on(&app, DESCRIBE, json!({})).await.refused(OFF.0, OFF.1);
    }

    #[tokio::test]
    async fn only_signed_callers_configure_pools_that_are_there() {
        let app = protected("AUDIT").await;
        let reply = app.server.call(OPERATION, json!({ "UserPoolId": app.pool })).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
        let nowhere = json!({ "UserPoolId": "us-east-1_Nowhere00" });
        on(&app, OPERATION, nowhere)
            .await
            .refused("ResourceNotFoundException", "User pool us-east-1_Nowhere00 does not exist.");
    }
}
