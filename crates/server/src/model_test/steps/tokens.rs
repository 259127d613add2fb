//! Steps of tokens: refreshing, revoking, signing out.

use serde_json::{Value, json};

use super::sign_in::initiate;
use crate::model_test::chance::Rng;
use crate::model_test::rules::Hash;
use crate::model_test::rules::tokens::RefreshToken;
use crate::model_test::state::{At, Said};
use crate::model_test::world::{Step, World};

/// What a client without a secret, or with the wrong one, sends.
const NO_SECRET: &str = "not_the_secret_of_this_client_at_all";

impl World {
    /// A refresh token with its family, or one that was never issued.
    fn some_refresh(&self, r: &mut Rng) -> Option<(String, Option<RefreshToken>)> {
        let rotated =
            |(_, token): &&(String, RefreshToken)| self.model.families[token.family].newest > 0;
        let rotated: Vec<_> = self.held.refreshes.iter().filter(rotated).collect();
        if !r.in_story && !rotated.is_empty() && r.percent(40) {
            // One that was replaced, or the newest.
            let (text, token) = r.pick(&rotated).clone();
            return Some((text, Some(token)));
        }
        let wanted = r.recent(self.held.refreshes.len())?;
        let (text, token) = self.held.refreshes[wanted].clone();
        if r.well(97) {
            return Some((text, Some(token)));
        }
        Some(("e30.AAAA.BBBB.CCCC.DDDD".to_owned(), None))
    }

    /// Mostly the client of the family, and the device.
    fn some_bearing(&self, r: &mut Rng, token: Option<RefreshToken>) -> (At, Option<String>) {
        let family = token.map(|token| token.family);
        let mut at = family.map_or_else(|| self.some_place(r), |id| self.model.families[id].at);
        match r.below(100) {
            _ if r.in_story => {}
            0..95 => {}
            95..98 => at.client = (at.client + 1) % 3,
            _ => at.pool = 1 - at.pool,
        }
        let device = family.and_then(|id| self.model.families[id].device.clone());
        let device = match r.below(100) {
            _ if r.in_story => device,
            0..88 => device,
            88..95 => None,
            _ => Some("us-east-1_ffffffff-0000-4000-8000-000000000000".to_owned()),
        };
        (at, device)
    }

    pub(super) async fn refresh(&mut self, r: &mut Rng) -> Step {
        let Some((text, token)) = self.some_refresh(r) else { return Ok(()) };
        let (at, device) = self.some_bearing(r, token);
        let (hash, admin) = (self.some_hash(r, at), r.percent(30));
        let said = self.model.refresh(at, token, device.as_deref(), Some(hash));
        let mut parameters = json!({ "REFRESH_TOKEN": text });
        if let Some(device) = device {
            parameters["DEVICE_KEY"] = device.into();
        }
        let owner = token.map(|token| &self.model.families[token.family]);
        let owner = owner.and_then(|family| self.model.user(family.at.pool, family.uid));
        let name = owner.map(|user| if r.percent(50) { &user.username } else { &user.sub });
        let name = name.cloned().unwrap_or_default();
        if let Some(hash) = self.hash_text(at, hash, &name) {
            parameters["SECRET_HASH"] = hash.into();
        }
        let flow = r.pick(&["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"]);
        let request = self.beginning(at, admin, flow, parameters);
        self.expect_renewal(initiate(admin), admin, request, said, true).await
    }

    pub(super) async fn get_tokens(&mut self, r: &mut Rng) -> Step {
        let Some((text, token)) = self.some_refresh(r) else { return Ok(()) };
        let (at, device) = self.some_bearing(r, token);
        let hash = self.some_hash(r, at);
        let client = self.model.client(at).clone();
        let said = crate::model_test::rules::check_hash(&client, hash)
            .and_then(|()| self.model.refresh(at, token, device.as_deref(), None));
        let mut request = json!({ "ClientId": client.id, "RefreshToken": text });
        if let Some(secret) = self.secret(at, hash) {
            request["ClientSecret"] = secret.into();
        }
        if let Some(device) = device {
            request["DeviceKey"] = device.into();
        }
        self.expect_renewal("GetTokensFromRefreshToken", false, request, said, false).await
    }

    /// The client's secret itself.
    fn secret(&self, at: At, hash: Hash) -> Option<String> {
        match (hash, &self.model.client(at).secret) {
            (Hash::None, _) => None,
            (Hash::Right, Some(secret)) => Some(secret.clone()),
            (Hash::Right, None) | (Hash::Wrong, _) => Some(NO_SECRET.to_owned()),
        }
    }

    async fn expect_renewal(
        &mut self,
        operation: &'static str,
        admin: bool,
        request: Value,
        said: Said<(usize, Option<usize>)>,
        in_flow: bool,
    ) -> Step {
        let expected = said.clone().map(|(id, next)| {
            let mut result = self.tokens(self.model.families[id].at);
            if next.is_some() {
                result["RefreshToken"] = "*".into();
            }
            match in_flow {
                true => json!({ "AuthenticationResult": result, "ChallengeParameters": {} }),
                false => json!({ "AuthenticationResult": result }),
            }
        });
        match self.call(operation, admin, request, expected).await? {
            None => Ok(()),
            Some(body) => {
                let ((family, next), result) = (said.unwrap(), &body["AuthenticationResult"]);
                if let Some(number) = next {
                    let text = result["RefreshToken"].as_str().unwrap().to_owned();
                    self.held.refreshes.push((text, RefreshToken { family, number }));
                }
                self.keep_access(family, result)
            }
        }
    }

    pub(super) async fn revoke(&mut self, r: &mut Rng) -> Step {
        if !r.well(94) {
            return self.revoke_access_token(r).await;
        }
        let Some((text, token)) = self.some_refresh(r) else { return Ok(()) };
        let (at, _) = self.some_bearing(r, token);
        let hash = self.some_hash(r, at);
        let said = self.model.revoke(at, token, hash);
        let mut request = json!({ "ClientId": self.model.client(at).id, "Token": text });
        if let Some(secret) = self.secret(at, hash) {
            request["ClientSecret"] = secret.into();
        }
        self.call("RevokeToken", false, request, said.map(|()| json!({}))).await.map(drop)
    }

    async fn revoke_access_token(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, _)) = self.some_token(r) else { return Ok(()) };
        let at = At { pool, client: 0 };
        let expected = Err(crate::model_test::state::no(
            "UnsupportedTokenTypeException",
            "Unsupported token type.",
        ));
        let request = json!({ "ClientId": self.model.client(at).id, "Token": token });
        self.call("RevokeToken", false, request, expected).await.map(drop)
    }

    /// P2: after it, no token from before is good any more.
    pub(super) async fn sign_out(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let said = self.model.bearer(&access);
        if let Ok(uid) = &said {
            self.model.sign_out(pool, *uid);
        }
        let signed_out = said.is_ok();
        let request = json!({ "AccessToken": token });
        let expected = said.map(|_| json!({}));
        self.call("GlobalSignOut", false, request.clone(), expected).await?;
        if signed_out {
            let expected =
                Err(crate::model_test::state::not_authorized("Access Token has been revoked"));
            self.call("GetUser", false, request, expected).await?;
        }
        Ok(())
    }

    pub(super) async fn admin_sign_out(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let name = self.some_name(r, pool);
        let said = self.model.named(pool, &name);
        if let Ok(uid) = &said {
            self.model.sign_out(pool, *uid);
        }
        let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": name });
        self.call("AdminUserGlobalSignOut", true, request, said.map(|_| json!({}))).await.map(drop)
    }
}
