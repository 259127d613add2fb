//! Second factors: enrolling an authenticator, and choosing what is asked for.

mod admin_delete_software_token;
mod admin_get_user_auth_factors;
mod admin_set_user_mfa_preference;
mod admin_set_user_settings;
mod associate_software_token;
mod factors;
mod get_user_auth_factors;
mod legacy_settings;
mod set_user_mfa_preference;
mod set_user_settings;
mod verify_software_token;

use poolhouse_domain::auth::advance::gate;
use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::auth::preference::{self, Wish};
use poolhouse_domain::auth::step::{SessionState, Step};
use poolhouse_domain::error::{Error, MfaRefusal, Result, SessionRefusal};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::user::{MfaFactor, User};
use poolhouse_store::Tx;
use poolhouse_wire::shapes::{
    EmailMfaSettingsType, SMSMfaSettingsType, SoftwareTokenMfaSettingsType, WebAuthnMfaSettingsType,
};

use super::ctx::{BearerOrSession, Ctx};
use crate::drive::session::{self, Found};
use crate::drive::settle::session_row;

/// Who enrols an authenticator.
enum Enroller {
    /// A signed-in user.
    User(Box<User>),
    /// Somebody whom MFA_SETUP told to, in the middle of a sign-in.
    Session(Box<Found>),
}

impl Enroller {
    fn user(&self) -> &User {
        match self {
            Self::User(user) => user,
            Self::Session(found) => &found.user,
        }
    }
}

async fn enroller(ctx: &Ctx<'_, BearerOrSession>) -> Result<Enroller> {
    match &ctx.caller {
        BearerOrSession::Bearer(bearer) => Ok(Enroller::User(Box::new(bearer.user().clone()))),
        BearerOrSession::Session(text) => {
            let found = session::find(ctx.app, text, ctx.now).await?;
            match found.state.step {
                Step::MfaSetup { ref choices, .. } if choices.contains(&MfaFactor::Totp) => {
                    gate(&found.user, false)?;
                    Ok(Enroller::Session(Box::new(found)))
                }
                _ => Err(Error::Session(SessionRefusal::Invalid)),
            }
        }
    }
}

/// The pool, if it enables authenticators.
async fn pool_with_totp(ctx: &Ctx<'_, BearerOrSession>, pool: &PoolId) -> Result<Pool> {
    let pool = ctx.read(async |mut tx| tx.pool(pool).await).await?;
    if pool.settings.mfa_factors().contains(&MfaFactor::Totp) {
        return Ok(pool);
    }
    Err(Error::Mfa(MfaRefusal::SoftwareTokenNotEnabled))
}

/// The user of a session, if they are as the session found them. Between its look and this
/// transaction somebody may have changed the password or shut the user out, which ended the
/// session: it must not be replaced by one that knows of the change.
async fn same_user(tx: &mut Tx, found: &Found) -> Result<User> {
    let current = tx.user_by_sub(&found.pool, &found.user.sub).await?;
    gate(&current, false)?;
    if current.stamp != found.user.stamp {
        return Err(Error::Session(SessionRefusal::Invalid));
    }
    Ok(current)
}

/// Replaces a session by one in a new state, with the life that a new one has.
async fn replace_session(
    tx: &mut Tx,
    found: &Found,
    state: &SessionState,
    handle: &Handle,
) -> Result<()> {
    if !tx.consume_session(&found.pool, &found.hash).await? {
        return Err(Error::Session(SessionRefusal::Used));
    }
    let minutes = tx.client(&found.client).await?.settings.auth_policy().session_minutes;
    let (sub, expires) = (&found.user.sub, tx.now.plus_secs(minutes.saturating_mul(60)));
    let row = session_row(&found.pool, Some(sub), &found.client, handle.hash(), state, expires)?;
    tx.put_session(&row).await
}

/// The four settings of a preference request.
struct Settings {
    sms: Option<SMSMfaSettingsType>,
    totp: Option<SoftwareTokenMfaSettingsType>,
    email: Option<EmailMfaSettingsType>,
    passkey: Option<WebAuthnMfaSettingsType>,
}

/// Applies a preference request to a user, as read in this transaction.
async fn set_preference(tx: &mut Tx, pool: &Pool, user: User, settings: &Settings) -> Result<()> {
    if settings.passkey.as_ref().is_some_and(|passkey| passkey.enabled == Some(true)) {
        return Err(Error::NotBuilt("passkeys as a second factor"));
    }
    let wish = |enabled: Option<bool>, preferred: Option<bool>| Wish {
        enabled: enabled.unwrap_or(false),
        preferred: preferred.unwrap_or(false),
    };
    let mut wishes = Vec::new();
    if let Some(sms) = &settings.sms {
        wishes.push((MfaFactor::Sms, wish(sms.enabled, sms.preferred_mfa)));
    }
    if let Some(totp) = &settings.totp {
        wishes.push((MfaFactor::Totp, wish(totp.enabled, totp.preferred_mfa)));
    }
    if let Some(email) = &settings.email {
        wishes.push((MfaFactor::Email, wish(email.enabled, email.preferred_mfa)));
    }
    let mfa = preference::apply(&pool.settings.auth_policy(), &user, &wishes)?;
    if mfa == user.mfa {
        return Ok(());
    }
    let stamp = user.stamp.saturating_add(1);
    tx.update_user(&User { mfa, stamp, modified: tx.now, ..user }).await
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::error::{Error, SessionRefusal, SignInRefusal};
    use serde_json::json;

    use super::same_user;
    use crate::drive::session;
    use crate::testing::client::{Application, PASSWORD};

    /// A user in the middle of an enrolment that the sign-in demands, and its session.
    async fn enrolling() -> (Application, poolhouse_domain::user::User, String) {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("ON").await;
        let ada = app.user("ada").await;
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "MFA_SETUP");
        (app, ada, asked["Session"].as_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn an_enrolment_ends_with_a_change_of_its_user_at_any_moment() {
        let (app, ada, session) = enrolling().await;
        let server = &app.server.app;
        let found = &session::find(server, &session, app.server.now()).await.unwrap();
        let now = app.server.now();
        let look =
            async || server.db.write(now, async |mut tx| same_user(&mut tx, found).await).await;
        assert_eq!(look().await.unwrap().sub, ada.sub);
        app.change(&ada, |user| user.stamp += 1).await;
        assert!(matches!(look().await, Err(Error::Session(SessionRefusal::Invalid))));
        app.change(&ada, |user| (user.stamp, user.enabled) = (found.user.stamp, false)).await;
        assert!(matches!(look().await, Err(Error::SignIn(SignInRefusal::Disabled))));
    }

    #[tokio::test]
    async fn a_disabled_user_enrols_nothing() {
        let (app, ada, session) = enrolling().await;
        app.change(&ada, |user| user.enabled = false).await;
        for (operation, more) in [
            ("AssociateSoftwareToken", json!({})),
            ("VerifySoftwareToken", json!({ "UserCode": "123456" })),
        ] {
            let mut request = more;
            request["Session"] = json!(session);
            let reply = app.server.call(operation, request).await;
            reply.refused("NotAuthorizedException", "User is disabled.");
        }
    }
}
