//! Steps of sign-ins: beginnings, answers, and what comes of them.

use serde_json::{Map, Value, json};

use crate::model_test::chance::{Rng, totp};
use crate::model_test::rules::Hash;
use crate::model_test::rules::sign_in::{Answer, invalid_session};
use crate::model_test::rules::tokens::{Access, RefreshToken};
use crate::model_test::state::{At, Family, Pool, Reply, Said, Session, Uid, User, Waits};
use crate::model_test::world::{HeldToken, Step, World, some_email};

/// What an answer to a challenge says besides the challenge's own keys.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) at: At,
    pub(super) session: Option<usize>,
    /// The text that is sent for it, none where it is left out.
    pub(super) text: Option<String>,
    pub(super) name: String,
    pub(super) device: Option<String>,
    pub(super) hash: Hash,
    pub(super) admin: bool,
}

impl Sent {
    pub(super) fn answer(&self) -> Answer<'_> {
        Answer {
            at: self.at,
            session: self.session,
            name: &self.name,
            device: self.device.as_deref(),
            hash: self.hash,
        }
    }
}

pub(crate) fn claims(token: &str) -> Map<String, Value> {
    let part = token.split('.').nth(1).unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(part.as_bytes()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

impl World {
    pub(super) async fn sign_in(&mut self, r: &mut Rng) -> Step {
        let (at, admin) = (self.some_place(r), r.percent(40));
        let name = self.some_name(r, at.pool);
        let password = self.some_password(r, at.pool, &name);
        let device = self.some_device(r, at.pool, &name, 45);
        let hash = self.some_hash(r, at);
        let said = self.model.sign_in(at, &name, &password, device.as_deref(), hash);
        let mut parameters = json!({ "USERNAME": name, "PASSWORD": password });
        if let Some(device) = device {
            parameters["DEVICE_KEY"] = device.into();
        }
        if let Some(hash) = self.hash_text(at, hash, &name) {
            parameters["SECRET_HASH"] = hash.into();
        }
        let flow = if admin { "ADMIN_USER_PASSWORD_AUTH" } else { "USER_PASSWORD_AUTH" };
        let request = self.beginning(at, admin, flow, parameters);
        self.expect_reply(at, initiate(admin), admin, request, said).await
    }

    /// InitiateAuth or AdminInitiateAuth.
    pub(super) fn beginning(&self, at: At, admin: bool, flow: &str, parameters: Value) -> Value {
        let mut request = json!({
            "ClientId": self.model.client(at).id, "AuthFlow": flow, "AuthParameters": parameters,
        });
        if admin {
            request["UserPoolId"] = self.model.pools[at.pool].id.clone().into();
        }
        request
    }

    /// A device key of this user with this chance, at times of somebody else or of nobody.
    pub(super) fn some_device(
        &self,
        r: &mut Rng,
        pool: usize,
        name: &str,
        percent: usize,
    ) -> Option<String> {
        if !r.percent(if r.in_story { percent.max(60) } else { percent }) {
            return None;
        }
        let place = &self.model.pools[pool];
        let user = place.find(name, crate::model_test::rules::Purpose::Admin);
        let own: Vec<&String> =
            user.iter().flat_map(|uid| place.users[uid].devices.keys()).collect();
        let any = || place.users.values().flat_map(|user| user.devices.keys()).next().cloned();
        let unknown = "us-east-1_ffffffff-0000-4000-8000-000000000000".to_owned();
        match r.below(100) {
            _ if r.in_story && own.is_empty() => None,
            _ if r.in_story => Some(self.best_device(place, user, &own)),
            0..94 if !own.is_empty() => Some(r.pick(&own).clone()),
            0..94 => None,
            94..97 => any().or(Some(unknown)),
            _ => Some(unknown),
        }
    }

    /// The device that is furthest: it knows its secret and is remembered.
    fn best_device(&self, place: &Pool, user: Option<Uid>, own: &[&String]) -> String {
        let devices = &place.users[&user.unwrap()].devices;
        let far = |key: &&&String| {
            let device = &devices[**key];
            (device.is_challenged(), device.password.is_some(), device.confirmed)
        };
        (*own.iter().max_by_key(far).unwrap()).clone()
    }

    /// A challenge with a session, of this kind if there is one; who answers names themselves.
    pub(super) fn some_answer(&self, r: &mut Rng, wanted: fn(&Waits) -> bool) -> Option<Sent> {
        let sessions = &self.model.sessions;
        let fits = |session: &&(usize, &Session)| wanted(&session.1.waits);
        let all: Vec<(usize, &Session)> = sessions.iter().enumerate().collect();
        let fitting: Vec<(usize, &Session)> = all.iter().filter(fits).copied().collect();
        let from = if r.well(97) { fitting } else { all };
        let (id, session) = from[r.recent(from.len())?];
        let mut at = session.at;
        if !r.well(98) {
            at.client = (at.client + 1) % 3;
        }
        let user = self.model.user(at.pool, session.uid);
        let name = match user {
            Some(user) if r.well(88) => user.username.clone(),
            Some(user) if r.percent(60) => {
                user.attributes.get("email").unwrap_or(&user.username).clone()
            }
            _ => self.some_name(r, at.pool),
        };
        let device = self.some_device(r, at.pool, &name, 25).filter(|_| !r.in_story);
        let (hash, admin) = (self.some_hash(r, at), r.percent(40));
        let (session, text) = match r.well(97) {
            true => (Some(id), self.held.sessions.get(&id).cloned()),
            false => (None, Some("nonsense".repeat(5))),
        };
        Some(Sent { at, session, text, name, device, hash, admin })
    }

    /// RespondToAuthChallenge or AdminRespondToAuthChallenge.
    pub(super) fn responding(&self, sent: &Sent, challenge: &str, mut own: Value) -> Value {
        own["USERNAME"] = sent.name.clone().into();
        if let Some(device) = &sent.device {
            own["DEVICE_KEY"] = device.clone().into();
        }
        if let Some(hash) = self.hash_text(sent.at, sent.hash, &sent.name) {
            own["SECRET_HASH"] = hash.into();
        }
        let mut request = json!({
            "ClientId": self.model.client(sent.at).id, "ChallengeName": challenge,
            "ChallengeResponses": own,
        });
        if let Some(text) = &sent.text {
            request["Session"] = text.clone().into();
        }
        if sent.admin {
            request["UserPoolId"] = self.model.pools[sent.at.pool].id.clone().into();
        }
        request
    }

    pub(super) async fn answer_totp(&mut self, r: &mut Rng) -> Step {
        let Some(sent) = self.some_answer(r, |waits| *waits == Waits::Totp) else { return Ok(()) };
        let uid = sent.session.map(|id| self.model.sessions[id].uid);
        let user = uid.and_then(|uid| self.model.user(sent.at.pool, uid));
        let code = self.some_code(r, user.and_then(|user| user.totp.as_ref()).map(|t| &*t.seed));
        let said = self.model.answer_totp(&sent.answer(), &code);
        let own = json!({ "SOFTWARE_TOKEN_MFA_CODE": code });
        self.expect_answer(&sent, "SOFTWARE_TOKEN_MFA", own, said).await
    }

    /// A code that is wrong, for the last session that waits for one.
    pub(super) async fn guess_code(&mut self, r: &mut Rng) -> Step {
        let Some(sent) = self.some_answer(r, |waits| *waits == Waits::Totp) else { return Ok(()) };
        let code = "000000";
        let said = self.model.answer_totp(&sent.answer(), code);
        let own = json!({ "SOFTWARE_TOKEN_MFA_CODE": code });
        self.expect_answer(&sent, "SOFTWARE_TOKEN_MFA", own, said).await
    }

    /// A password that is nobody's.
    pub(super) async fn guess_password(&mut self, r: &mut Rng) -> Step {
        let at = self.some_place(r);
        let (name, password, hash) =
            (self.some_name(r, at.pool), "Guess-1234", self.some_hash(r, at));
        let said = self.model.sign_in(at, &name, password, None, hash);
        let mut parameters = json!({ "USERNAME": name, "PASSWORD": password });
        if let Some(hash) = self.hash_text(at, hash, &name) {
            parameters["SECRET_HASH"] = hash.into();
        }
        let request = self.beginning(at, false, "USER_PASSWORD_AUTH", parameters);
        self.expect_reply(at, initiate(false), false, request, said).await
    }

    /// What an authenticator shows, now or a little off, or something else.
    pub(super) fn some_code(&self, r: &mut Rng, seed: Option<&[u8]>) -> String {
        match seed {
            Some(seed) if r.well(82) => {
                let off = if r.in_story { 0 } else { r.pick(&[0, 0, 0, 0, 1, -1, 2, -2]) };
                totp(seed, self.model.now, off)
            }
            _ => r.pick(&["000000", "123456"]).to_owned(),
        }
    }

    pub(super) async fn answer_new_password(&mut self, r: &mut Rng) -> Step {
        let sent = self.some_answer(r, |waits| *waits == Waits::NewPassword);
        let Some(sent) = sent else { return Ok(()) };
        let password = self.new_password(r);
        let mut attributes = Vec::new();
        if r.percent(20) {
            attributes.push(("name", "Cat".to_owned()));
        }
        if r.percent(10) {
            attributes.push(("email", some_email(r)));
        }
        let said = self.model.answer_new_password(&sent.answer(), &password, &attributes);
        let mut own = json!({ "NEW_PASSWORD": password });
        for (name, value) in attributes {
            own[format!("userAttributes.{name}")] = value.into();
        }
        self.expect_answer(&sent, "NEW_PASSWORD_REQUIRED", own, said).await
    }

    pub(super) async fn answer_setup(&mut self, r: &mut Rng) -> Step {
        let enrolled = |waits: &Waits| *waits == Waits::Setup { enrolled: true };
        let any = |waits: &Waits| matches!(waits, Waits::Setup { .. });
        let sent = self.some_answer(r, if r.clone().well(85) { enrolled } else { any });
        let Some(sent) = sent else { return Ok(()) };
        let said = self.model.answer_setup(&sent.answer());
        self.expect_answer(&sent, "MFA_SETUP", json!({}), said).await
    }

    /// The wrong challenge for a session, one that nobody issues, or no session.
    pub(super) async fn answer_nonsense(&mut self, r: &mut Rng) -> Step {
        let Some(mut sent) = self.some_answer(r, |_| true) else { return Ok(()) };
        let said = crate::model_test::rules::check_hash(self.model.client(sent.at), sent.hash);
        if r.percent(30) {
            sent.text = None;
            let missing = crate::model_test::state::invalid("Missing required parameter Session");
            let said = said.and(Err(missing));
            let own = json!({ "SOFTWARE_TOKEN_MFA_CODE": "000000" });
            return self.expect_answer(&sent, "SOFTWARE_TOKEN_MFA", own, said).await;
        }
        let waits = sent.session.map(|id| self.model.sessions[id].waits.clone());
        let (challenge, own) = match waits {
            Some(Waits::Totp) => ("NEW_PASSWORD_REQUIRED", json!({ "NEW_PASSWORD": "Passw0rd!" })),
            _ => ("SOFTWARE_TOKEN_MFA", json!({ "SOFTWARE_TOKEN_MFA_CODE": "000000" })),
        };
        let said = said.and_then(|()| {
            let session = self.model.open_session(sent.session)?.clone();
            self.model.check_session(&session, sent.at, &sent.name)?;
            Err(invalid_session())
        });
        self.expect_answer(&sent, challenge, own, said).await
    }

    pub(super) async fn expect_answer(
        &mut self,
        sent: &Sent,
        challenge: &str,
        own: Value,
        said: Said<Reply>,
    ) -> Step {
        let request = self.responding(sent, challenge, own);
        let operation = match sent.admin {
            true => "AdminRespondToAuthChallenge",
            false => "RespondToAuthChallenge",
        };
        self.expect_reply(sent.at, operation, sent.admin, request, said).await
    }

    /// Sends a step of a sign-in and keeps what it brings.
    pub(super) async fn expect_reply(
        &mut self,
        at: At,
        operation: &'static str,
        admin: bool,
        request: Value,
        said: Said<Reply>,
    ) -> Step {
        let expected = said.clone().map(|reply| match reply {
            Reply::Challenge { name, parameters, session } => {
                let mut body = json!({ "ChallengeName": name, "ChallengeParameters": parameters });
                if session.is_some() {
                    body["Session"] = "*".into();
                }
                if self.offers {
                    body["AvailableChallenges"] = json!(["PASSWORD_SRP", "PASSWORD"]);
                }
                body
            }
            Reply::Tokens { family } => {
                let mut result = self.tokens(at);
                result["RefreshToken"] = "*".into();
                if self.model.families[family].new_device {
                    result["NewDeviceMetadata"] =
                        json!({ "DeviceKey": "*", "DeviceGroupKey": "*" });
                }
                json!({ "AuthenticationResult": result, "ChallengeParameters": {} })
            }
        });
        let Some(body) = self.call(operation, admin, request, expected).await? else {
            return Ok(());
        };
        match said {
            Ok(Reply::Challenge { session: Some(id), .. }) => {
                let text = body["Session"].as_str().unwrap().to_owned();
                self.held.sessions.insert(id, text);
                Ok(())
            }
            Ok(Reply::Tokens { family }) => self.keep_tokens(family, &body),
            Ok(Reply::Challenge { session: None, .. }) | Err(_) => Ok(()),
        }
    }

    /// Tokens as every reply shows them.
    pub(super) fn tokens(&self, at: At) -> Value {
        json!({
            "AccessToken": "*", "IdToken": "*", "TokenType": "Bearer",
            "ExpiresIn": self.model.client(at).access_secs,
        })
    }

    /// Keeps the tokens of a new sign-in.
    fn keep_tokens(&mut self, family: usize, body: &Value) -> Step {
        let result = &body["AuthenticationResult"];
        let new = &result["NewDeviceMetadata"];
        if let (Some(key), Some(group)) =
            (new["DeviceKey"].as_str(), new["DeviceGroupKey"].as_str())
        {
            self.model.learn_device(family, key, group);
        }
        let access = result["AccessToken"].as_str().unwrap();
        let origin = claims(access)["origin_jti"].as_str().unwrap().to_owned();
        if self.model.families.iter().any(|family| family.origin_jti == origin) {
            return Err("two sign-ins have one origin_jti".to_owned());
        }
        self.model.families[family].origin_jti = origin;
        let refresh = result["RefreshToken"].as_str().unwrap().to_owned();
        self.held.refreshes.push((refresh, RefreshToken { family, number: 0 }));
        self.keep_access(family, result)
    }

    /// Checks the claims of two tokens and keeps them.
    pub(super) fn keep_access(&mut self, id: usize, result: &Value) -> Step {
        let text = |name: &str| result[name].as_str().unwrap().to_owned();
        let (access, id_token) = (text("AccessToken"), text("IdToken"));
        let family = self.model.families[id].clone();
        self.check_claims(&family, &access, &id_token)?;
        let access_claims = Access {
            family: id,
            expires: self.model.access_expiry(family.at),
            device: claims(&access).get("device_key").and_then(Value::as_str).map(str::to_owned),
        };
        self.held.tokens.push(HeldToken { text: access, id_token, access: access_claims });
        Ok(())
    }

    fn check_claims(&self, family: &Family, access: &str, id: &str) -> Step {
        let place = &self.model.pools[family.at.pool];
        let client = self.model.client(family.at);
        let user = &place.users[&family.uid];
        let now = self.model.now / 1000;
        let shared = json!({
            "sub": user.sub, "iss": format!("http://localhost:9229/{}", place.id),
            "origin_jti": family.origin_jti, "event_id": "*", "jti": "*",
            "auth_time": family.authenticated / 1000, "iat": now,
            "acr": if family.with_totp { "urn:cognito:loa:4" } else { "urn:cognito:loa:1" },
            "amr": if family.with_totp { json!(["pwd", "otp", "mfa"]) } else { json!(["pwd"]) },
        });
        let mut expected = shared.clone();
        expected["token_use"] = "access".into();
        expected["exp"] = (now + client.access_secs).into();
        expected["client_id"] = client.id.clone().into();
        expected["scope"] = "aws.cognito.signin.user.admin".into();
        expected["username"] = user.username.clone().into();
        if let Some(device) = &family.device {
            expected["device_key"] = device.clone().into();
        }
        let mut access_claims = expected;
        let mut expected = shared;
        self.model.claim_groups(family.at.pool, family.uid, &mut access_claims, &mut expected);
        compare("access", &access_claims, access)?;
        expected["token_use"] = "id".into();
        expected["exp"] = (now + 3600).into();
        expected["aud"] = client.id.clone().into();
        expected["cognito:username"] = user.username.clone().into();
        attribute_claims(user, &mut expected);
        compare("id", &expected, id)
    }
}

pub(super) fn initiate(admin: bool) -> &'static str {
    if admin { "AdminInitiateAuth" } else { "InitiateAuth" }
}

fn attribute_claims(user: &User, claims: &mut Value) {
    for (name, value) in &user.attributes {
        claims[name] = match name.as_str() {
            "email_verified" => json!(value == "true"),
            _ => json!(value),
        };
    }
}

fn compare(kind: &str, expected: &Value, token: &str) -> Step {
    let got = Value::Object(claims(token));
    if crate::model_test::world::fits(expected, &got) {
        return Ok(());
    }
    Err(format!("claims of the {kind} token\n  server: {got}\n  model:  {expected}"))
}
