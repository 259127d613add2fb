//! Lists all devices of a user, whether or not they are remembered or even confirmed.
//!
//! In the order of their keys, in pages of at most 60.
//!
//! Differs from AWS / not verified:
//!
//! * Keys that were handed out but never confirmed are listed; they are removed after some time.
//! * An unknown user gives `UserNotFoundException`, although the model does not declare it here.
//! * `Limit` 0 is taken for none; a page then has 60 devices.
//! * The order of the list is Poolhouse's own.
//! * A pagination token is good for an hour, for this user alone. The text for any other is
//!   Poolhouse's own.
//! * A user without devices is given an empty list, also where the pool does not track devices.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::AdminListDevices;
use poolhouse_wire::shapes::{AdminListDevicesRequest, AdminListDevicesResponse};

use super::{List, Viewer, describe};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminListDevices {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminListDevicesRequest,
    ) -> Result<AdminListDevicesResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let user = ctx.read(async |mut tx| {
            let pool = tx.pool(pool).await?;
            named_user(&mut tx, &pool, name).await
        });
        let owner = &user.await?;
        let (pool, sub) = (&owner.pool, &owner.sub);
        let list = List { operation: Self::NAME, pool, sub, remembered_only: false };
        let wanted = list.wanted(ctx, request.limit, request.pagination_token.as_deref())?;
        let devices = ctx.read(async |mut tx| list.read(&mut tx, &wanted).await).await?;
        let page = list.page(ctx, devices, &wanted)?;
        let viewer = Viewer::Admin { realm: &ctx.app.identity.realm, owner };
        let shown = page.devices.iter().map(|device| describe(device, viewer));
        Ok(AdminListDevicesResponse { devices: Some(shown.collect()), pagination_token: page.next })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::devices::{ALWAYS, Devices, POOL, State, insert_pool, insert_user};
    use crate::testing::refused;

    const OPERATION: &str = "AdminListDevices";

    fn keys(reply: &Value) -> Vec<&str> {
        let devices = reply["Devices"].as_array().unwrap();
        devices.iter().map(|device| device["DeviceKey"].as_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn all_devices_of_the_user_are_listed_whatever_their_state() {
        let devices = Devices::with(ALWAYS).await;
        let issued = devices.device(&devices.ada, 1, State::Issued).await;
        let confirmed = devices.device(&devices.ada, 2, State::NotRemembered).await;
        let remembered = devices.device(&devices.ada, 3, State::Remembered).await;
        devices.device(&devices.bob, 4, State::Remembered).await;
        let reply = devices.on("ada", OPERATION, json!({})).await.ok();
        assert_eq!(keys(&reply), [issued.as_str(), confirmed.as_str(), remembered.as_str()]);
        let names = |index: usize| {
            let attributes = reply["Devices"][index]["DeviceAttributes"].as_array().unwrap();
            attributes.iter().map(|a| a["Name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let all = [
            "device_status",
            "device_name",
            "dev:device_arn",
            "dev:device_owner",
            "last_ip_used",
            "dev:device_remembered_status",
            "dev:device_sdk",
        ];
        assert_eq!(names(2), all);
        assert!(!names(0).contains(&"device_name".to_owned()), "an issued device has no name");
    }

    #[tokio::test]
    async fn nothing_to_list_is_an_empty_list_also_without_tracking() {
        for tracking in [ALWAYS, None] {
            let devices = Devices::with(tracking).await;
            let reply = devices.on("ada", OPERATION, json!({})).await.ok();
            assert_eq!(reply, json!({ "Devices": [] }));
        }
    }

    #[tokio::test]
    async fn pages_follow_one_another_until_all_were_listed_once() {
        let devices = Devices::with(ALWAYS).await;
        let mut all = Vec::new();
        for (n, state) in [(1, State::Issued), (2, State::NotRemembered), (3, State::Remembered)] {
            all.push(devices.device(&devices.ada, n, state).await.as_str().to_owned());
        }
        let first = devices.on("ada", OPERATION, json!({ "Limit": 2 })).await.ok();
        assert_eq!(keys(&first), all[..2]);
        // The subject names the same user, so the token of one is good for the other.
        let body = json!({ "Limit": 2, "PaginationToken": first["PaginationToken"] });
        let rest = devices.on(devices.ada.sub.as_str(), OPERATION, body).await.ok();
        assert_eq!((keys(&rest), rest.get("PaginationToken")), (vec![all[2].as_str()], None));
    }

    #[tokio::test]
    async fn a_token_of_another_user_pool_or_operation_is_refused() {
        let devices = Devices::with(ALWAYS).await;
        insert_pool(&devices.server, "us-east-1_Devices02", ALWAYS).await;
        insert_user(&devices.server, "us-east-1_Devices02", "ada").await;
        for n in 1..=2 {
            devices.device(&devices.ada, n, State::Remembered).await;
        }
        let first = devices.on("ada", OPERATION, json!({ "Limit": 1 })).await.ok();
        let bearer = devices.token(&devices.ada, None).await;
        let own = devices.by(&bearer, "ListDevices", json!({ "Limit": 1 })).await.ok();
        for (pool, user, token) in [
            (POOL, "bob", &first["PaginationToken"]),
            ("us-east-1_Devices02", "ada", &first["PaginationToken"]),
            (POOL, "ada", &own["PaginationToken"]),
            (POOL, "ada", &json!("garbage")),
        ] {
            let body = json!({ "UserPoolId": pool, "Username": user, "PaginationToken": token });
            let reply = devices.server.admin(OPERATION, body).await;
            reply.refused("InvalidParameterException", "Invalid pagination token given.");
        }
    }

    #[tokio::test]
    async fn limits_outside_the_model_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        for (limit, rule) in [(61, "less than or equal to 60"), (-1, "greater than or equal to 0")]
        {
            let text = format!(
                "1 validation error detected: Value '{limit}' at 'limit' failed to satisfy \
                 constraint: Member must have value {rule}"
            );
            let reply = devices.on("ada", OPERATION, json!({ "Limit": limit })).await;
            reply.refused("InvalidParameterException", &text);
        }
    }

    #[tokio::test]
    async fn pools_and_users_that_are_not_there_are_told() {
        refused::places(OPERATION, json!({})).await;
    }

    #[tokio::test]
    async fn callers_without_permission_are_refused() {
        refused::callers(OPERATION, json!({})).await;
    }
}
