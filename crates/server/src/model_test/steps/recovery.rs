//! Steps of forgotten passwords, and of attributes that users change and verify themselves.

use serde_json::{Value, json};

use super::accounts::{details, list};
use crate::model_test::chance::Rng;
use crate::model_test::rules::Purpose;
use crate::model_test::rules::attributes::Sent;
use crate::model_test::rules::recovery::Forgotten;
use crate::model_test::state::not_authorized;
use crate::model_test::world::{Step, World, some_email};

impl World {
    pub(super) async fn forgot_password(&mut self, r: &mut Rng) -> Step {
        let at = self.some_place(r);
        let (name, hash) = (self.some_name(r, at.pool), self.some_hash(r, at));
        let said = self.model.forgot_password(at, &name, hash);
        let mut request = json!({ "ClientId": self.model.client(at).id, "Username": name });
        if let Some(hash) = self.hash_text(at, hash, &name) {
            request["SecretHash"] = hash.into();
        }
        let place = &self.model.pools[at.pool];
        let expected = said.clone().map(|forgotten| {
            let shown = match forgotten {
                Forgotten::Sent(uid) => details(&place.users[&uid].attributes["email"]),
                Forgotten::Pretended if name.contains('@') => details(&place.key(&name)),
                Forgotten::Pretended => json!({
                    "Destination": "*", "DeliveryMedium": "EMAIL", "AttributeName": "email",
                }),
            };
            json!({ "CodeDeliveryDetails": shown })
        });
        self.call("ForgotPassword", false, request, expected).await?;
        match said {
            Ok(Forgotten::Sent(uid)) => self.a_reset_code_was_sent(at.pool, uid),
            Ok(Forgotten::Pretended) | Err(_) => self.nothing_was_sent(),
        }
    }

    fn a_reset_code_was_sent(&mut self, pool: usize, uid: usize) -> Step {
        let code = self.take_code()?.ok_or("no code for a new password was sent")?;
        self.held.codes.push(code.clone());
        self.model.learn_reset_code(pool, uid, code);
        Ok(())
    }

    pub(super) async fn admin_reset(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let name = self.some_name(r, pool);
        let said = self.model.admin_reset(pool, &name);
        let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": name });
        let expected = said.clone().map(|_| json!({}));
        self.call("AdminResetUserPassword", true, request, expected).await?;
        match said {
            Ok(uid) => self.a_reset_code_was_sent(pool, uid),
            Err(_) => self.nothing_was_sent(),
        }
    }

    pub(super) async fn confirm_forgot(&mut self, r: &mut Rng) -> Step {
        let at = self.some_place(r);
        let name = self.some_name(r, at.pool);
        let place = &self.model.pools[at.pool];
        let found = place.find(&name, Purpose::Public);
        let sent = found.and_then(|uid| place.users[&uid].reset_code.as_ref());
        let code = match sent {
            Some(sent) if r.well(65) => sent.code.clone(),
            _ if self.held.codes.is_empty() || r.percent(50) => "000000".to_owned(),
            _ => r.pick(&self.held.codes),
        };
        let (password, hash) = (self.new_password(r), self.some_hash(r, at));
        let said = self.model.confirm_forgot(at, &name, &code, &password, hash);
        let mut request = json!({
            "ClientId": self.model.client(at).id, "Username": name, "ConfirmationCode": code,
            "Password": password,
        });
        if let Some(hash) = self.hash_text(at, hash, &name) {
            request["SecretHash"] = hash.into();
        }
        let expected = said.map(|()| json!({}));
        self.call("ConfirmForgotPassword", false, request, expected).await.map(drop)
    }

    pub(super) async fn update_own_attributes(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let mut given = Vec::new();
        if r.percent(60) {
            given.push(("email", if r.percent(5) { String::new() } else { some_email(r) }));
        }
        if r.percent(20) {
            let subject = self.some_subject(r, pool);
            let names = ["pref", "Pref", "cat", "", &subject];
            given.push(("preferred_username", r.pick(&names).to_owned()));
        }
        if given.is_empty() || r.percent(20) {
            given.push(("name", r.pick(&["Ann", "Bob", ""]).to_owned()));
        }
        if !r.well(96) {
            given.push(("email_verified", "true".to_owned()));
        }
        let forbidden = given.iter().any(|(name, _)| *name == "email_verified");
        let said = self.model.bearer(&access).and_then(|uid| {
            if forbidden {
                let text = "A client attempted to write unauthorized attribute";
                return Err(not_authorized(text));
            }
            Ok((uid, self.model.update_attributes(pool, uid, &given)?))
        });
        let expected = said.clone().map(|(uid, sent)| {
            let sent: Vec<Value> = match sent {
                Sent::Code => self.model.address_to_verify(pool, uid).map(|to| details(to)),
                Sent::Nothing => None,
            }
            .into_iter()
            .collect();
            json!({ "CodeDeliveryDetailsList": sent })
        });
        let request = json!({ "AccessToken": token, "UserAttributes": list(&given) });
        self.call("UpdateUserAttributes", false, request, expected).await?;
        match said {
            Ok((uid, Sent::Code)) => self.an_email_code_was_sent(pool, uid),
            _ => self.nothing_was_sent(),
        }
    }

    pub(super) async fn delete_attributes(&mut self, r: &mut Rng) -> Step {
        let all = [
            vec!["name"],
            vec!["preferred_username"],
            vec!["email"],
            vec!["name", "email"],
            vec!["custom:nope"],
        ];
        let names = r.pick(&all);
        let mut request = json!({ "UserAttributeNames": names });
        if r.percent(50) {
            let pool = self.some_pool(r);
            let name = self.some_name(r, pool);
            let said = self.model.named(pool, &name);
            let said = said.and_then(|uid| self.model.delete_attributes(pool, uid, &names));
            request["UserPoolId"] = self.model.pools[pool].id.clone().into();
            request["Username"] = name.into();
            let expected = said.map(|()| json!({}));
            let operation = "AdminDeleteUserAttributes";
            return self.call(operation, true, request, expected).await.map(drop);
        }
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let said = self.model.bearer(&access);
        let said = said.and_then(|uid| self.model.delete_attributes(pool, uid, &names));
        request["AccessToken"] = token.into();
        self.call("DeleteUserAttributes", false, request, said.map(|()| json!({}))).await.map(drop)
    }

    pub(super) async fn send_email_code(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let name = if r.well(95) { "email" } else { "name" };
        let said = self
            .model
            .bearer(&access)
            .and_then(|uid| Ok((uid, self.model.send_email_code(pool, uid, name)?)));
        let expected = said.clone().map(|(_, to)| json!({ "CodeDeliveryDetails": details(&to) }));
        let request = json!({ "AccessToken": token, "AttributeName": name });
        self.call("GetUserAttributeVerificationCode", false, request, expected).await?;
        match said {
            Ok((uid, _)) => self.an_email_code_was_sent(pool, uid),
            Err(_) => self.nothing_was_sent(),
        }
    }

    pub(super) async fn verify_email(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let name = if r.well(97) { "email" } else { "name" };
        let said = self.model.bearer(&access);
        let sent = said.as_ref().ok().and_then(|uid| {
            self.model.pools[pool].users[uid].email_code.as_ref().map(|sent| sent.code.clone())
        });
        let code = match sent {
            Some(code) if r.well(70) => code,
            _ if self.held.codes.is_empty() || r.percent(50) => "000000".to_owned(),
            _ => r.pick(&self.held.codes),
        };
        let said = said.and_then(|uid| self.model.verify_email(pool, uid, name, &code));
        let request = json!({ "AccessToken": token, "AttributeName": name, "Code": code });
        self.call("VerifyUserAttribute", false, request, said.map(|()| json!({}))).await.map(drop)
    }
}
