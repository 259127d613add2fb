//! Steps that look: a read shows what the model holds, and changes nothing.

use serde_json::{Value, json};

use super::accounts::listed;
use crate::model_test::chance::Rng;
use crate::model_test::rules::tokens::Access;
use crate::model_test::state::{Uid, User, epoch, not_authorized, shown_attributes};
use crate::model_test::world::{Step, World};

fn factors(user: &User, body: &mut Value) {
    if user.totp_active {
        body["UserMFASettingList"] = json!(["SOFTWARE_TOKEN_MFA"]);
    }
    if user.totp_preferred {
        body["PreferredMfaSetting"] = json!("SOFTWARE_TOKEN_MFA");
    }
}

impl World {
    /// A token that somebody holds, good or not, and the pool it is of.
    pub(super) fn some_token(&self, r: &mut Rng) -> Option<(String, usize, Access)> {
        let wanted = r.recent(self.held.tokens.len())?;
        let held = &self.held.tokens[wanted];
        let pool = self.model.families[held.access.family].at.pool;
        Some((held.text.clone(), pool, held.access.clone()))
    }

    pub(super) async fn admin_get_user(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let name = self.some_name(r, pool);
        self.look_at(pool, &name).await
    }

    pub(crate) async fn look_at(&mut self, pool: usize, name: &str) -> Step {
        let said = self.model.named(pool, name);
        let expected = said.map(|uid| {
            let user = &self.model.pools[pool].users[&uid];
            let mut body = json!({
                "Username": user.username, "UserAttributes": shown_attributes(user),
                "UserCreateDate": epoch(user.created),
                "UserLastModifiedDate": epoch(user.modified), "Enabled": user.enabled,
                "UserStatus": user.status.text(),
            });
            factors(user, &mut body);
            body
        });
        let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": name });
        self.call("AdminGetUser", true, request, expected).await.map(drop)
    }

    pub(super) async fn get_user(&mut self, r: &mut Rng) -> Step {
        if !r.well(97) {
            return self.get_user_with_nonsense(r).await;
        }
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let expected = self.model.bearer(&access).map(|uid| {
            let user = &self.model.pools[pool].users[&uid];
            let mut body = json!({
                "Username": user.username, "UserAttributes": shown_attributes(user),
            });
            factors(user, &mut body);
            body
        });
        self.call("GetUser", false, json!({ "AccessToken": token }), expected).await.map(drop)
    }

    /// An ID token, or an access token with another signature.
    async fn get_user_with_nonsense(&mut self, r: &mut Rng) -> Step {
        let Some(wanted) = r.recent(self.held.tokens.len()) else { return Ok(()) };
        let held = &self.held.tokens[wanted];
        let (token, text) = match r.percent(50) {
            true => (held.id_token.clone(), "Invalid Access Token"),
            false => {
                let cut = &held.text[..held.text.len() - 8];
                (format!("{cut}AAAAAAAA"), "Could not verify signature for Access Token")
            }
        };
        let expected = Err(not_authorized(text));
        self.call("GetUser", false, json!({ "AccessToken": token }), expected).await.map(drop)
    }

    /// P8: however many fit on a page, every user is on one.
    pub(super) async fn list_users(&mut self, r: &mut Rng, pool: usize) -> Step {
        let mut users: Vec<Uid> = self.model.pools[pool].users.keys().copied().collect();
        users.sort_by_key(|uid| self.model.pools[pool].users[uid].sub.clone());
        let size = r.pick(&[1, 2, 3, 60]);
        let mut next: Option<Value> = None;
        for (number, page) in users.chunks(size).enumerate() {
            let mut request = json!({ "UserPoolId": self.model.pools[pool].id, "Limit": size });
            if let Some(token) = next.take() {
                request["PaginationToken"] = token;
            }
            let shown: Vec<Value> =
                page.iter().map(|uid| listed(&self.model, pool, *uid)).collect();
            let mut expected = json!({ "Users": shown });
            let more = (number + 1) * size < users.len();
            if more {
                expected["PaginationToken"] = "*".into();
            }
            let body = self.call("ListUsers", true, request, Ok(expected)).await?;
            next = body.map(|body| body["PaginationToken"].clone()).filter(|_| more);
        }
        Ok(())
    }

    /// Looks at everything that there is.
    pub(crate) async fn audit(&mut self) -> Step {
        let mut r = Rng::new(7);
        for pool in 0..self.model.pools.len() {
            self.list_users(&mut r, pool).await?;
            let users: Vec<Uid> = self.model.pools[pool].users.keys().copied().collect();
            for uid in users {
                let name = self.model.pools[pool].users[&uid].username.clone();
                self.look_at(pool, &name).await?;
                let devices = self.model.shown_devices(pool, uid, true);
                if devices.len() <= 60 {
                    let request = json!({
                        "UserPoolId": self.model.pools[pool].id, "Username": name,
                    });
                    let expected = Ok(json!({ "Devices": devices }));
                    self.call("AdminListDevices", true, request, expected).await?;
                }
            }
        }
        Ok(())
    }
}
