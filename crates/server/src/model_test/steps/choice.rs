//! Steps of choice-based sign-ins.

use serde_json::json;

use super::sign_in::initiate;
use crate::model_test::chance::Rng;
use crate::model_test::state::{At, Waits};
use crate::model_test::world::{Step, World};

impl World {
    pub(super) async fn choose(&mut self, r: &mut Rng) -> Step {
        // What the client that hides users says of nobody is tested elsewhere.
        let at = At { pool: self.some_pool(r), client: r.pick(&[0, 2]) };
        let (name, admin) = (self.some_name(r, at.pool), r.percent(40));
        let (prefers, gives) = (r.percent(50), r.percent(60));
        let password = gives.then(|| self.some_password(r, at.pool, &name));
        let device = self.some_device(r, at.pool, &name, 40);
        let hash = self.some_hash(r, at);
        let wish = (prefers, password.as_deref());
        let said = self.model.choose(at, &name, wish, device.as_deref(), hash);
        let mut parameters = json!({ "USERNAME": name });
        if prefers {
            parameters["PREFERRED_CHALLENGE"] = "PASSWORD".into();
        }
        if let Some(password) = password {
            parameters["PASSWORD"] = password.into();
        }
        if let Some(device) = device {
            parameters["DEVICE_KEY"] = device.into();
        }
        if let Some(hash) = self.hash_text(at, hash, &name) {
            parameters["SECRET_HASH"] = hash.into();
        }
        let request = self.beginning(at, admin, "USER_AUTH", parameters);
        self.offers = true;
        let step = self.expect_reply(at, initiate(admin), admin, request, said).await;
        self.offers = false;
        step
    }

    pub(super) async fn answer_select(&mut self, r: &mut Rng) -> Step {
        let sent = self.some_answer(r, |waits| *waits == Waits::Select);
        let Some(sent) = sent else { return Ok(()) };
        let choice = if r.well(90) { "PASSWORD" } else { "EMAIL_OTP" };
        let password = r.well(70).then(|| self.some_password(r, sent.at.pool, &sent.name));
        let said = self.model.answer_select(&sent.answer(), choice, password.as_deref());
        let mut own = json!({ "ANSWER": choice });
        if let Some(password) = password {
            own["PASSWORD"] = password.into();
        }
        self.expect_answer(&sent, "SELECT_CHALLENGE", own, said).await
    }

    pub(super) async fn answer_password(&mut self, r: &mut Rng) -> Step {
        let sent = self.some_answer(r, |waits| *waits == Waits::Password);
        let Some(sent) = sent else { return Ok(()) };
        let password = self.some_password(r, sent.at.pool, &sent.name);
        let said = self.model.answer_password(&sent.answer(), &password);
        self.expect_answer(&sent, "PASSWORD", json!({ "PASSWORD": password }), said).await
    }
}
