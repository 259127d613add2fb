//! Steps of the authenticator app.

use serde_json::json;

use crate::model_test::chance::Rng;
use crate::model_test::rules::factors::Enroller;
use crate::model_test::state::{Said, Waits};
use crate::model_test::world::{Step, World};

impl World {
    /// Who enrols, with what they send: an access token or a session.
    fn some_enroller(&self, r: &mut Rng) -> Option<(Said<Enroller>, &'static str, String)> {
        let enrolling = |waits: &Waits| matches!(waits, Waits::Setup { .. });
        let last = self.model.sessions.last();
        let told = last.is_some_and(|session| enrolling(&session.waits) && !session.used);
        if (if r.in_story { told } else { r.percent(55) })
            && let Some(sent) = self.some_answer(r, enrolling)
            && let (Some(id), Some(text)) = (sent.session, sent.text)
        {
            return Some((Ok(Enroller::Session(id)), "Session", text));
        }
        let (token, pool, access) = self.some_token(r)?;
        let enroller = self.model.bearer(&access).map(|uid| Enroller::User(pool, uid));
        Some((enroller, "AccessToken", token))
    }

    pub(super) async fn associate(&mut self, r: &mut Rng) -> Step {
        let Some((enroller, member, text)) = self.some_enroller(r) else { return Ok(()) };
        let said = enroller.and_then(|enroller| self.model.associate(enroller));
        let expected = said.clone().map(|(_, _, next)| match next {
            Some(_) => json!({ "SecretCode": "*", "Session": "*" }),
            None => json!({ "SecretCode": "*" }),
        });
        let request = json!({ member: text });
        let body = self.call("AssociateSoftwareToken", false, request, expected).await?;
        if let (Some(body), Ok((pool, uid, next))) = (body, said) {
            let seed = body["SecretCode"].as_str().unwrap();
            let seed = data_encoding::BASE32_NOPAD.decode(seed.as_bytes()).unwrap();
            self.model.user_mut(pool, uid).totp_pending = Some(seed);
            if let Some(next) = next {
                self.held.sessions.insert(next, body["Session"].as_str().unwrap().to_owned());
            }
        }
        Ok(())
    }

    pub(super) async fn verify(&mut self, r: &mut Rng) -> Step {
        let Some((enroller, member, text)) = self.some_enroller(r) else { return Ok(()) };
        let who = match &enroller {
            Ok(Enroller::User(pool, uid)) => Some((*pool, *uid)),
            Ok(Enroller::Session(id)) => {
                let session = &self.model.sessions[*id];
                Some((session.at.pool, session.uid))
            }
            Err(_) => None,
        };
        let user = who.and_then(|(pool, uid)| self.model.user(pool, uid));
        let code = self.some_code(r, user.and_then(|user| user.totp_pending.as_deref()));
        let name = r.percent(30).then(|| "phone".to_owned());
        let said =
            enroller.and_then(|enroller| self.model.verify(enroller, &code, name.as_deref()));
        let mut request = json!({ member: text, "UserCode": code });
        if let Some(name) = name {
            request["FriendlyDeviceName"] = name.into();
        }
        let expected = said.clone().map(|next| match next {
            Some(_) => json!({ "Status": "SUCCESS", "Session": "*" }),
            None => json!({ "Status": "SUCCESS" }),
        });
        let body = self.call("VerifySoftwareToken", false, request, expected).await?;
        if let (Some(body), Ok(Some(next))) = (body, said) {
            self.held.sessions.insert(next, body["Session"].as_str().unwrap().to_owned());
        }
        Ok(())
    }

    pub(super) async fn preference(&mut self, r: &mut Rng) -> Step {
        let (enabled, preferred) = (r.well(75), r.percent(40));
        let settings = json!({ "Enabled": enabled, "PreferredMfa": preferred });
        let mut request = json!({ "SoftwareTokenMfaSettings": settings });
        if r.percent(if r.in_story { 20 } else { 50 }) {
            let pool = self.some_pool(r);
            let name = self.some_name(r, pool);
            let said = self.model.named(pool, &name);
            let said =
                said.and_then(|uid| self.model.set_preference(pool, uid, enabled, preferred));
            request["UserPoolId"] = self.model.pools[pool].id.clone().into();
            request["Username"] = name.into();
            let expected = said.map(|()| json!({}));
            return self.call("AdminSetUserMFAPreference", true, request, expected).await.map(drop);
        }
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let said = self.model.bearer(&access);
        let said = said.and_then(|uid| self.model.set_preference(pool, uid, enabled, preferred));
        request["AccessToken"] = token.into();
        self.call("SetUserMFAPreference", false, request, said.map(|()| json!({}))).await.map(drop)
    }
}
