//! Threat protection: its configuration, what it recorded, and what is said about it.

mod admin_list_user_auth_events;
mod admin_update_auth_event_feedback;
mod describe_risk_configuration;
mod feedback;
mod set_risk_configuration;
mod update_auth_event_feedback;

pub use feedback::issue as feedback_token;

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::risk::{Mode, RiskRefusal};
use poolhouse_store::Tx;

/// The pool, if its threat protection is on.
///
/// # Errors
/// `PoolNotFound`; [`RiskRefusal::AddOnOff`].
async fn protected(tx: &mut Tx, pool: &PoolId) -> Result<Pool> {
    let pool = tx.pool(pool).await?;
    match pool.settings.threat_mode() {
        Mode::Off => Err(Error::Risk(RiskRefusal::AddOnOff)),
        Mode::Audit | Mode::Enforced => Ok(pool),
    }
}

#[cfg(test)]
mod acting;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod bed {
    //! What the tests of this family share.

    use poolhouse_domain::risk::event::{AuthEvent, Context, Findings};
    use poolhouse_domain::user::User;
    use poolhouse_wire::shapes::{ChallengeName, EventResponseType, EventType};
    use serde_json::{Value, json};

    use crate::testing::client::{Application, with};
    use crate::testing::{Build, Reply, TestServer};
    use crate::threat::breached::tests::{list, opened};
    use crate::threat::{Sources, places};

    pub(super) const OFF: (&str, &str) =
        ("UserPoolAddOnNotEnabledException", "User pool add-ons are not enabled");

    /// A pool with threat protection in this mode.
    pub(super) async fn protected(mode: &str) -> Application {
        Application::new(json!({ "UserPoolAddOns": { "AdvancedSecurityMode": mode } }), json!({}))
            .await
    }

    /// The same on a server that knows these passwords and places.
    pub(super) async fn knowing(
        mode: &str,
        passwords: &[&str],
        table: &str,
        client: Value,
    ) -> Application {
        let breached =
            (!passwords.is_empty()).then(|| opened(&list(passwords, false, ":1")).unwrap());
        let threats = Sources { breached, places: Some(places::tests::table(table)) };
        let server = TestServer::built(Build { threats, ..Build::default() }).await;
        let pool = json!({
            "UserPoolAddOns": { "AdvancedSecurityMode": mode }, "AutoVerifiedAttributes": ["email"],
        });
        Application::on(server, pool, client).await
    }

    /// Refuses passwords that others know, on these occasions.
    pub(super) async fn refuse_known_passwords(app: &Application, occasions: Value) {
        let configuration =
            json!({ "EventFilter": occasions, "Actions": { "EventAction": "BLOCK" } });
        let request = json!({ "CompromisedCredentialsRiskConfiguration": configuration });
        on(app, "SetRiskConfiguration", request).await.ok();
    }

    /// Calls an operation on the pool.
    pub(super) async fn on(app: &Application, operation: &str, more: Value) -> Reply {
        app.server.admin(operation, with(json!({ "UserPoolId": app.pool }), more)).await
    }

    /// Switches threat protection off.
    pub(super) async fn switch_off(app: &Application) {
        on(app, "UpdateUserPool", json!({ "UserPoolAddOns": { "AdvancedSecurityMode": "OFF" } }))
            .await
            .ok();
    }

    /// Puts an event into the store.
    pub(super) async fn event(app: &Application, user: &User, id: &str) {
        let event = AuthEvent {
            id: id.into(),
            pool: user.pool.clone(),
            sub: user.sub.clone(),
            created: app.server.now(),
            kind: EventType::SignIn,
            response: EventResponseType::Pass,
            findings: Findings::proof(ChallengeName::Password, true),
            context: Context::new("192.0.2.1".parse().ok(), Some("laptop"), None),
            feedback: None,
        };
        let write =
            app.server.app.db.write(app.server.now(), async |mut tx| tx.put_event(&event).await);
        write.await.unwrap();
    }

    /// The events of a user.
    pub(super) async fn events(app: &Application, user: &str) -> Vec<Value> {
        let page = on(app, "AdminListUserAuthEvents", json!({ "Username": user })).await.ok();
        page["AuthEvents"].as_array().unwrap().clone()
    }
}
