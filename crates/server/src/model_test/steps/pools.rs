//! Steps that change a pool while people use it.

use serde_json::{Value, json};

use crate::model_test::chance::Rng;
use crate::model_test::state::{Mfa, Tracking, epoch};
use crate::model_test::world::{Step, World};

pub(crate) fn mode(mfa: Mfa) -> &'static str {
    match mfa {
        Mfa::Off => "OFF",
        Mfa::Optional => "OPTIONAL",
        Mfa::On => "ON",
    }
}

pub(crate) fn device_configuration(tracking: Tracking) -> Value {
    json!({
        "ChallengeRequiredOnNewDevice": tracking.replaces_mfa,
        "DeviceOnlyRememberedOnUserPrompt": tracking.on_prompt,
    })
}

pub(crate) fn waiting_attributes(waits: bool) -> Value {
    let names: &[&str] = if waits { &["email"] } else { &[] };
    json!({ "AttributesRequireVerificationBeforeUpdate": names })
}

impl World {
    /// Sets whether a second factor is asked for. P9: what was set is shown.
    pub(super) async fn set_mfa(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let mfa = r.pick(&[Mfa::Off, Mfa::Optional, Mfa::Optional, Mfa::On]);
        let mut shown = json!({ "MfaConfiguration": mode(mfa) });
        if mfa != Mfa::Off {
            shown["SoftwareTokenMfaConfiguration"] = json!({ "Enabled": true });
        }
        let now = self.model.now;
        let place = &mut self.model.pools[pool];
        (place.mfa, place.modified) = (mfa, now);
        let id = place.id.clone();
        let mut request = shown.clone();
        request["UserPoolId"] = id.clone().into();
        self.call("SetUserPoolMfaConfig", true, request, Ok(shown.clone())).await?;
        let request = json!({ "UserPoolId": id });
        self.call("GetUserPoolMfaConfig", true, request, Ok(shown)).await.map(drop)
    }

    /// Sets what is tracked and verified. P9: what was set is shown, and everything else is as it
    /// was, because none of it was ever anything but the default.
    pub(super) async fn set_pool(&mut self, r: &mut Rng) -> Step {
        let pool = self.some_pool(r);
        let tracking = r
            .percent(80)
            .then(|| Tracking { replaces_mfa: r.percent(50), on_prompt: r.percent(50) });
        let verifies_email = r.percent(75);
        let waits = verifies_email && r.percent(40);
        let now = self.model.now;
        let place = &mut self.model.pools[pool];
        (place.tracking, place.verifies_email) = (tracking, verifies_email);
        (place.modified, place.new_email_waits) = (now, waits);
        let mut request = json!({
            "UserPoolId": place.id, "MfaConfiguration": mode(place.mfa), "PoolName": "model",
        });
        if let Some(tracking) = tracking {
            request["DeviceConfiguration"] = device_configuration(tracking);
        }
        if verifies_email {
            request["AutoVerifiedAttributes"] = json!(["email"]);
        }
        request["UserAttributeUpdateSettings"] = waiting_attributes(waits);
        self.call("UpdateUserPool", true, request, Ok(json!({}))).await?;
        self.describe_pool(pool).await
    }

    pub(super) async fn describe_pool(&mut self, pool: usize) -> Step {
        let place = &self.model.pools[pool];
        let mut shown = place.described.clone();
        let known = shown.as_object_mut().unwrap();
        known.remove("DeviceConfiguration");
        known.remove("AutoVerifiedAttributes");
        shown["MfaConfiguration"] = mode(place.mfa).into();
        shown["UserAttributeUpdateSettings"] = waiting_attributes(place.new_email_waits);
        shown["LastModifiedDate"] = epoch(place.modified);
        shown["EstimatedNumberOfUsers"] = place.users.len().into();
        if let Some(tracking) = place.tracking {
            shown["DeviceConfiguration"] = device_configuration(tracking);
        }
        if place.verifies_email {
            shown["AutoVerifiedAttributes"] = json!(["email"]);
        }
        let request = json!({ "UserPoolId": place.id });
        let expected = Ok(json!({ "UserPool": shown }));
        self.call("DescribeUserPool", true, request, expected).await.map(drop)
    }
}
