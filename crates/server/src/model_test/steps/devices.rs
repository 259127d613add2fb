//! Steps of devices.

use poolhouse_domain::srp::client::DeviceRegistration;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

use crate::model_test::chance::Rng;
use crate::model_test::rules::devices::Registration;
use crate::model_test::state::{Said, Uid};
use crate::model_test::world::{Step, World};

/// A salt and a verifier that nobody knows the secret of: registering a real one takes long.
const SALT: &str = "AQIDBAUGBwgJCgsMDQ4PEA==";
const VERIFIER: &str = "AQIDBAUGBwgJCgsMDQ4PEA==";

/// Whose device an operation is about: the bearer's, or whom an administrator names.
struct Owner {
    pool: usize,
    said: Said<Uid>,
    request: Value,
    admin: bool,
}

impl World {
    fn some_owner(&self, r: &mut Rng) -> Option<Owner> {
        if r.percent(50) {
            let pool = self.some_pool(r);
            let name = self.some_name(r, pool);
            let said = self.model.named(pool, &name);
            let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": name });
            return Some(Owner { pool, said, request, admin: true });
        }
        let (token, pool, access) = self.some_token(r)?;
        let said = self.model.bearer(&access);
        Some(Owner { pool, said, request: json!({ "AccessToken": token }), admin: false })
    }

    /// A device of a user, at times somebody else's or nobody's.
    fn some_key(&self, r: &mut Rng, pool: usize, owner: &Said<Uid>) -> String {
        let name = owner.as_ref().ok().map(|uid| &self.model.pools[pool].users[uid].username);
        let key = name.and_then(|name| self.some_device(r, pool, name, 100));
        key.unwrap_or_else(|| "us-east-1_ffffffff-0000-4000-8000-000000000000".to_owned())
    }

    pub(super) async fn confirm_device(&mut self, r: &mut Rng) -> Step {
        let Some((token, pool, access)) = self.some_token(r) else { return Ok(()) };
        let said = self.model.bearer(&access);
        let own = access.device.clone();
        let key = match own.clone() {
            Some(own) if r.well(90) => own,
            _ => self.some_key(r, pool, &said),
        };
        let group = said.as_ref().ok().and_then(|uid| {
            self.model.pools[pool].users[uid].devices.get(&key).map(|device| device.group.clone())
        });
        let real = group.filter(|_| r.percent(35)).map(|group| {
            let mut rng = ChaCha20Rng::seed_from_u64(r.next());
            DeviceRegistration::generate(&group, &key, &mut rng)
        });
        let name = r.percent(60).then(|| "laptop".to_owned());
        let registration = Registration {
            has_verifier: real.is_some() || r.well(70),
            password: real.as_ref().map(|real| real.password.clone()),
            name,
        };
        let mut request = json!({ "AccessToken": token, "DeviceKey": key });
        if let Some(name) = &registration.name {
            request["DeviceName"] = name.clone().into();
        }
        if registration.has_verifier {
            let (salt, verifier) = match &real {
                Some(real) => (real.salt.as_str(), real.verifier.as_str()),
                None => (SALT, VERIFIER),
            };
            request["DeviceSecretVerifierConfig"] =
                json!({ "PasswordVerifier": verifier, "Salt": salt });
        }
        let said = said.and_then(|uid| {
            self.model.confirm_device(pool, uid, own.as_deref(), &key, &registration)
        });
        let expected = said.map(|ask| json!({ "UserConfirmationNecessary": ask }));
        self.call("ConfirmDevice", false, request, expected).await.map(drop)
    }

    pub(super) async fn update_device(&mut self, r: &mut Rng) -> Step {
        let Some(mut owner) = self.some_owner(r) else { return Ok(()) };
        let key = self.some_key(r, owner.pool, &owner.said);
        let remembered = r.pick(&[Some(true), Some(true), Some(true), Some(false), None]);
        owner.request["DeviceKey"] = key.clone().into();
        if let Some(remembered) = remembered {
            let status = if remembered { "remembered" } else { "not_remembered" };
            owner.request["DeviceRememberedStatus"] = status.into();
        }
        // A bearer is judged before anything else, who an administrator names after the pool.
        let said = match (&owner.said, owner.admin) {
            (Err(no), false) => Err(no.clone()),
            (said, _) => {
                let uid = said.as_ref().ok().copied();
                self.model.update_device(owner.pool, uid, &key, remembered)
            }
        };
        let operation = if owner.admin { "AdminUpdateDeviceStatus" } else { "UpdateDeviceStatus" };
        let expected = said.map(|()| json!({}));
        self.call(operation, owner.admin, owner.request, expected).await.map(drop)
    }

    pub(super) async fn forget_device(&mut self, r: &mut Rng) -> Step {
        let Some(mut owner) = self.some_owner(r) else { return Ok(()) };
        let key = self.some_key(r, owner.pool, &owner.said);
        owner.request["DeviceKey"] = key.clone().into();
        let said = owner.said.and_then(|uid| self.model.forget_device(owner.pool, uid, &key));
        let operation = if owner.admin { "AdminForgetDevice" } else { "ForgetDevice" };
        let expected = said.map(|()| Value::Null);
        self.call(operation, owner.admin, owner.request, expected).await.map(drop)
    }

    pub(super) async fn get_device(&mut self, r: &mut Rng) -> Step {
        let Some(mut owner) = self.some_owner(r) else { return Ok(()) };
        let key = self.some_key(r, owner.pool, &owner.said);
        owner.request["DeviceKey"] = key.clone().into();
        let (pool, admin) = (owner.pool, owner.admin);
        let expected = owner.said.and_then(|uid| {
            self.model.device(pool, uid, &key)?;
            Ok(json!({ "Device": self.model.shown_device(pool, uid, &key, admin) }))
        });
        let operation = if admin { "AdminGetDevice" } else { "GetDevice" };
        self.call(operation, admin, owner.request, expected).await.map(drop)
    }

    /// P8: in pages, each device once.
    pub(super) async fn list_devices(&mut self, r: &mut Rng) -> Step {
        let Some(Owner { pool, said, request, admin }) = self.some_owner(r) else {
            return Ok(());
        };
        let operation = if admin { "AdminListDevices" } else { "ListDevices" };
        let uid = match said {
            Ok(uid) => uid,
            Err(no) => return self.call(operation, admin, request, Err(no)).await.map(drop),
        };
        let all = self.model.shown_devices(pool, uid, admin);
        let size = r.pick(&[1, 3, 10, 60]);
        let mut next: Option<Value> = None;
        let mut rest = all.as_slice();
        loop {
            let (page, after) = rest.split_at(rest.len().min(size));
            let mut request = request.clone();
            request["Limit"] = size.into();
            if let Some(token) = next.take() {
                request["PaginationToken"] = token;
            }
            let mut expected = json!({ "Devices": page });
            if !after.is_empty() {
                expected["PaginationToken"] = "*".into();
            }
            let body = self.call(operation, admin, request, Ok(expected)).await?;
            if after.is_empty() {
                return Ok(());
            }
            rest = after;
            next = body.map(|body| body["PaginationToken"].clone());
        }
    }
}
