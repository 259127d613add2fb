//! Steps of accounts.

use serde_json::{Value, json};

use crate::model_test::chance::Rng;
use crate::model_test::rules::accounts::Resent;
use crate::model_test::rules::attributes::Sent;
use crate::model_test::state::{Model, Names, Status, Uid, epoch, shown_attributes};
use crate::model_test::world::{PASSWORDS, Step, World, some_email};

/// Attributes as a request lists them.
pub(super) fn list(given: &[(&'static str, String)]) -> Value {
    given.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect()
}

fn masked(email: &str) -> String {
    let first = |text: &str| text.chars().take(1).collect::<String>();
    let (local, domain) = email.split_once('@').unwrap();
    format!("{}***@{}***", first(local), first(domain))
}

pub(super) fn details(email: &str) -> Value {
    json!({ "Destination": masked(email), "DeliveryMedium": "EMAIL", "AttributeName": "email" })
}

/// A user as lists and AdminCreateUser show them.
pub(super) fn listed(model: &Model, pool: usize, uid: Uid) -> Value {
    let user = &model.pools[pool].users[&uid];
    json!({
        "Username": if user.username.is_empty() { "*" } else { &user.username },
        "Attributes": shown_attributes(user),
        "UserCreateDate": epoch(user.created),
        "UserLastModifiedDate": epoch(user.modified),
        "Enabled": user.enabled,
        "UserStatus": user.status.text(),
    })
}

impl World {
    fn new_attributes(&self, r: &mut Rng, pool: usize) -> Vec<(&'static str, String)> {
        let names = self.model.pools[pool].names;
        let mut given = Vec::new();
        if r.percent(if names == Names::Email { 6 } else { 75 }) {
            given.push(("email", some_email(r)));
        }
        if r.percent(40) {
            given.push(("name", r.pick(&["Ann", "Bob"]).to_owned()));
        }
        if r.percent(2) {
            given.push(("custom:nope", "x".to_owned()));
        }
        given
    }

    /// The subject that the server drew, which is the username where that is made up.
    fn learn_sub(&mut self, pool: usize, uid: Uid, sub: &str) {
        let emails = self.model.pools[pool].names == Names::Email;
        let user = self.model.user_mut(pool, uid);
        user.sub = sub.to_owned();
        if emails {
            user.username = sub.to_owned();
        }
    }

    pub(super) async fn sign_up(&mut self, r: &mut Rng) -> Step {
        let at = self.some_place(r);
        let (name, password) = (self.new_name(r, at.pool), self.new_password(r));
        let mut given = self.new_attributes(r, at.pool);
        if r.percent(4) {
            given.push(("preferred_username", "pref".to_owned()));
        }
        if r.percent(2) {
            given.push(("email_verified", "true".to_owned()));
        }
        let hash = self.some_hash(r, at);
        let said = self.model.sign_up(at, &name, &password, &given, hash);
        let mut request = json!({
            "ClientId": self.model.client(at).id, "Username": name, "Password": password,
            "UserAttributes": list(&given),
        });
        if let Some(hash) = self.hash_text(at, hash, &name) {
            request["SecretHash"] = hash.into();
        }
        let expected = said.clone().map(|(uid, sends)| {
            let mut body = json!({ "UserConfirmed": false, "UserSub": "*", "Session": "*" });
            if sends {
                let user = &self.model.pools[at.pool].users[&uid];
                body["CodeDeliveryDetails"] = details(&user.attributes["email"]);
            }
            body
        });
        let Some(body) = self.call("SignUp", false, request, expected).await? else {
            return self.nothing_was_sent();
        };
        let (uid, sends) = said.unwrap();
        self.learn_sub(at.pool, uid, body["UserSub"].as_str().unwrap());
        if sends { self.a_code_was_sent(at.pool, uid) } else { self.nothing_was_sent() }
    }

    pub(super) fn nothing_was_sent(&mut self) -> Step {
        match self.take_code()? {
            None => Ok(()),
            Some(_) => Err("a message was sent that the model does not expect".to_owned()),
        }
    }

    fn a_code_was_sent(&mut self, pool: usize, uid: Uid) -> Step {
        let code = self.take_code()?.ok_or("no code was sent")?;
        self.held.codes.push(code.clone());
        self.model.learn_sign_up_code(pool, uid, code);
        Ok(())
    }

    pub(super) async fn confirm_sign_up(&mut self, r: &mut Rng) -> Step {
        let at = self.some_place(r);
        let name = self.some_unconfirmed(r, at.pool);
        let place = &self.model.pools[at.pool];
        let found = place.find(&name, crate::model_test::rules::Purpose::Public);
        let sent = found.and_then(|uid| place.users[&uid].sign_up_code.as_ref());
        let code = match sent {
            Some(sent) if r.well(65) => sent.code.clone(),
            _ if self.held.codes.is_empty() || r.percent(50) => "000000".to_owned(),
            _ => r.pick(&self.held.codes),
        };
        let (force, hash) = (r.percent(30), self.some_hash(r, at));
        let said = self.model.confirm_sign_up(at, &name, &code, force, hash);
        let mut request = json!({
            "ClientId": self.model.client(at).id, "Username": name, "ConfirmationCode": code,
            "ForceAliasCreation": force,
        });
        if let Some(hash) = self.hash_text(at, hash, &name) {
            request["SecretHash"] = hash.into();
        }
        self.call("ConfirmSignUp", false, request, said.map(|()| json!({}))).await.map(drop)
    }

    /// Mostly somebody who is not confirmed yet.
    fn some_unconfirmed(&self, r: &mut Rng, pool: usize) -> String {
        let users = self.model.pools[pool].users.values();
        let waiting: Vec<_> = users
            .filter(|user| user.status == Status::Unconfirmed)
            .map(|user| user.username.clone())
            .collect();
        if waiting.is_empty() || !r.well(75) {
            return self.some_name(r, pool);
        }
        if r.in_story { waiting[waiting.len() - 1].clone() } else { r.pick(&waiting) }
    }

    pub(super) async fn resend_code(&mut self, r: &mut Rng) -> Step {
        let at = self.some_place(r);
        let (name, hash) = (self.some_unconfirmed(r, at.pool), self.some_hash(r, at));
        let said = self.model.resend_code(at, &name, hash);
        let mut request = json!({ "ClientId": self.model.client(at).id, "Username": name });
        if let Some(hash) = self.hash_text(at, hash, &name) {
            request["SecretHash"] = hash.into();
        }
        let expected = said.clone().map(|resent| {
            let details = match resent {
                Resent::To(uid) => {
                    details(&self.model.pools[at.pool].users[&uid].attributes["email"])
                }
                Resent::ToNobody => json!({
                    "Destination": "*", "DeliveryMedium": "EMAIL", "AttributeName": "email",
                }),
            };
            json!({ "CodeDeliveryDetails": details })
        });
        self.call("ResendConfirmationCode", false, request, expected).await?;
        match said {
            Ok(Resent::To(uid)) => self.a_code_was_sent(at.pool, uid),
            _ => self.nothing_was_sent(),
        }
    }

    pub(super) async fn admin_confirm_sign_up(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let name = self.some_unconfirmed(r, pool);
        let said = self.model.admin_confirm_sign_up(pool, &name);
        let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": name });
        self.call("AdminConfirmSignUp", true, request, said.map(|()| json!({}))).await.map(drop)
    }

    pub(super) async fn admin_create_user(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let (name, password) = (self.new_name(r, pool), self.new_password(r));
        let mut given = self.new_attributes(r, pool);
        if r.percent(35) {
            given.push(("email_verified", r.pick(&["true", "true", "false"]).to_owned()));
        }
        if r.percent(15) {
            given.push(("preferred_username", r.pick(&["pref", "Pref", "bob"]).to_owned()));
        }
        let (force, invite) = (r.percent(35), r.percent(30));
        let said = self.model.admin_create(pool, &name, &password, &given, force, invite);
        let mut request = json!({
            "UserPoolId": self.model.pools[pool].id, "Username": name,
            "TemporaryPassword": password, "UserAttributes": list(&given),
            "ForceAliasCreation": force,
        });
        match invite {
            true => request["DesiredDeliveryMediums"] = json!(["EMAIL"]),
            false => request["MessageAction"] = json!("SUPPRESS"),
        }
        let expected = said.clone().map(|uid| {
            let mut user = listed(&self.model, pool, uid);
            user["Attributes"][0]["Value"] = "*".into();
            json!({ "User": user })
        });
        let body = self.call("AdminCreateUser", true, request, expected).await?;
        let Some(body) = body else { return self.nothing_was_sent() };
        let sub = body["User"]["Attributes"][0]["Value"].as_str().unwrap();
        self.learn_sub(pool, said.unwrap(), sub);
        self.an_invitation_was_sent(invite, &password)
    }

    fn an_invitation_was_sent(&mut self, expected: bool, password: &str) -> Step {
        match (self.take_code()?, expected) {
            (Some(sent), true) if sent == password => Ok(()),
            (None, false) => Ok(()),
            _ => Err("not the invitation that the model expects".to_owned()),
        }
    }

    pub(super) async fn invite_again(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let (name, password) = (self.some_name(r, pool), self.new_password(r));
        let said = self.model.invite_again(pool, &name, &password);
        let request = json!({
            "UserPoolId": self.model.pools[pool].id, "Username": name,
            "TemporaryPassword": password, "MessageAction": "RESEND",
        });
        let expected = said.map(|uid| json!({ "User": listed(&self.model, pool, uid) }));
        self.call("AdminCreateUser", true, request, expected).await.map(drop)
    }

    pub(super) async fn admin_set_password(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let (name, password) = (self.some_name(r, pool), self.new_password(r));
        let permanent = r.percent(75);
        let said = self.model.set_password(pool, &name, &password, permanent);
        let request = json!({
            "UserPoolId": self.model.pools[pool].id, "Username": name, "Password": password,
            "Permanent": permanent,
        });
        self.call("AdminSetUserPassword", true, request, said.map(|()| json!({}))).await.map(drop)
    }

    pub(super) async fn change_password(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let (right, proposed) = (r.well(60), self.new_password(r));
        let wrong = r.pick(&PASSWORDS).to_owned();
        let said = self.model.bearer(&access);
        let previous = match &said {
            Ok(uid) if right => self.model.pools[pool].users[uid].password.clone(),
            _ => wrong,
        };
        let previous = r.well(96).then_some(previous);
        let said = said
            .and_then(|uid| self.model.change_password(pool, uid, previous.as_deref(), &proposed));
        let mut request = json!({ "AccessToken": token, "ProposedPassword": proposed });
        if let Some(previous) = previous {
            request["PreviousPassword"] = previous.into();
        }
        self.call("ChangePassword", false, request, said.map(|()| json!({}))).await.map(drop)
    }

    pub(super) async fn update_attributes(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let name = self.some_name(r, pool);
        let mut given = Vec::new();
        if r.percent(45) {
            let email = if r.percent(8) { String::new() } else { some_email(r) };
            given.push(("email", email));
        }
        if r.percent(45) {
            given.push(("email_verified", r.pick(&["true", "true", "false"]).to_owned()));
        }
        if r.percent(20) {
            let subject = self.some_subject(r, pool);
            let names = ["pref", "Pref", "cat", "", &subject];
            given.push(("preferred_username", r.pick(&names).to_owned()));
        }
        if given.is_empty() || r.percent(15) {
            given.push(("name", r.pick(&["Ann", "Bob", ""]).to_owned()));
        }
        if r.percent(2) {
            given.push(("custom:nope", "x".to_owned()));
        }
        if r.percent(2) {
            given = vec![("email", "no address".to_owned())];
        }
        let said = self
            .model
            .named(pool, &name)
            .and_then(|uid| Ok((uid, self.model.update_attributes(pool, uid, &given)?)));
        let request = json!({
            "UserPoolId": self.model.pools[pool].id, "Username": name,
            "UserAttributes": list(&given),
        });
        let expected = said.clone().map(|_| json!({}));
        self.call("AdminUpdateUserAttributes", true, request, expected).await?;
        match said {
            Ok((uid, Sent::Code)) => self.an_email_code_was_sent(pool, uid),
            _ => self.nothing_was_sent(),
        }
    }

    pub(super) fn an_email_code_was_sent(&mut self, pool: usize, uid: Uid) -> Step {
        let code = self.take_code()?.ok_or("no code was sent to the new address")?;
        self.held.codes.push(code.clone());
        self.model.learn_email_code(pool, uid, code);
        Ok(())
    }

    pub(super) fn some_subject(&self, r: &mut Rng, pool: usize) -> String {
        let users = &self.model.pools[pool].users;
        let found = users.values().nth(r.below(users.len().max(1)));
        found.map(|user| user.sub.clone()).unwrap_or_default()
    }

    pub(super) async fn set_enabled(&mut self, r: &mut Rng, enabled: bool) -> Step {
        let pool = self.some_pool(r);
        let name = self.some_name(r, pool);
        let said = self.model.set_enabled(pool, &name, enabled);
        let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": name });
        let operation = if enabled { "AdminEnableUser" } else { "AdminDisableUser" };
        self.call(operation, true, request, said.map(|()| json!({}))).await.map(drop)
    }

    pub(super) async fn admin_delete(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let name = self.some_name(r, pool);
        let said = self.model.named(pool, &name);
        if let Ok(uid) = &said {
            self.model.delete(pool, *uid);
        }
        let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": name });
        self.call("AdminDeleteUser", true, request, said.map(|_| Value::Null)).await.map(drop)
    }

    pub(super) async fn delete_user(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let said = self.model.bearer(&access);
        if let Ok(uid) = &said {
            self.model.delete(pool, *uid);
        }
        let request = json!({ "AccessToken": token });
        self.call("DeleteUser", false, request, said.map(|_| Value::Null)).await.map(drop)
    }
}
