//! Lists the remembered devices of the user.
//!
//! In the order of their keys, in pages of at most 60.
//!
//! Differs from AWS / not verified:
//!
//! * `Limit` 0 is taken for none; a page then has 60 devices.
//! * The order of the list is Poolhouse's own.
//! * A pagination token is good for an hour, for this user alone. The text for any other is
//!   Poolhouse's own.
//! * A user without remembered devices is given an empty list, also where the pool does not track
//!   devices.
//! * The attributes whose names begin with `dev:` are left out.

use poolhouse_domain::error::Result;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListDevices;
use poolhouse_wire::shapes::{ListDevicesRequest, ListDevicesResponse};

use super::{List, Viewer, describe};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for ListDevices {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: ListDevicesRequest,
    ) -> Result<ListDevicesResponse> {
        let (pool, sub) = (&ctx.caller.pool().clone(), &ctx.caller.user().sub.clone());
        let list = List { operation: Self::NAME, pool, sub, remembered_only: true };
        let wanted = list.wanted(ctx, request.limit, request.pagination_token.as_deref())?;
        let devices = ctx.read(async |mut tx| list.read(&mut tx, &wanted).await).await?;
        let page = list.page(ctx, devices, &wanted)?;
        let shown = page.devices.iter().map(|device| describe(device, Viewer::User));
        Ok(ListDevicesResponse { devices: Some(shown.collect()), pagination_token: page.next })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::devices::{ALWAYS, Devices, State};
    use crate::testing::refused::{self, Token};

    const OPERATION: &str = "ListDevices";

    fn keys(reply: &Value) -> Vec<&str> {
        let devices = reply["Devices"].as_array().unwrap();
        devices.iter().map(|device| device["DeviceKey"].as_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn remembered_devices_of_the_user_are_listed_and_no_others() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        devices.device(&devices.ada, 1, State::Issued).await;
        devices.device(&devices.ada, 2, State::NotRemembered).await;
        let key = devices.device(&devices.ada, 3, State::Remembered).await;
        devices.device(&devices.bob, 4, State::Remembered).await;
        let reply = devices.by(&token, OPERATION, json!({})).await.ok();
        assert_eq!(keys(&reply), [key.as_str()]);
        assert_eq!(reply.get("PaginationToken"), None);
        let attributes = json!([
            { "Name": "device_status", "Value": "valid" },
            { "Name": "device_name", "Value": "device 3" },
            { "Name": "last_ip_used", "Value": "192.0.2.3" },
        ]);
        assert_eq!(reply["Devices"][0]["DeviceAttributes"], attributes);
    }

    #[tokio::test]
    async fn nothing_to_list_is_an_empty_list_also_without_tracking() {
        for tracking in [ALWAYS, None] {
            let devices = Devices::with(tracking).await;
            let token = devices.token(&devices.ada, None).await;
            let reply = devices.by(&token, OPERATION, json!({})).await.ok();
            assert_eq!(reply, json!({ "Devices": [] }));
        }
    }

    #[tokio::test]
    async fn pages_follow_one_another_until_all_were_listed_once() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        let mut all = Vec::new();
        for n in 1..=3 {
            all.push(devices.device(&devices.ada, n, State::Remembered).await.as_str().to_owned());
        }
        for limit in 1..=3 {
            let (mut listed, mut next, mut pages) = (Vec::new(), Value::Null, 0);
            loop {
                let body = json!({ "Limit": limit, "PaginationToken": next });
                let reply = devices.by(&token, OPERATION, body).await.ok();
                listed.extend(keys(&reply).into_iter().map(str::to_owned));
                pages += 1;
                match reply.get("PaginationToken") {
                    Some(token) => next = token.clone(),
                    None => break,
                }
            }
            assert_eq!((&listed, pages), (&all, 3_usize.div_ceil(limit)), "limit {limit}");
        }
    }

    #[tokio::test]
    async fn without_a_limit_or_with_0_a_page_has_60_devices() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        for n in 1..=61 {
            devices.device(&devices.ada, n, State::Remembered).await;
        }
        for body in [json!({}), json!({ "Limit": 0 }), json!({ "Limit": 60 })] {
            let reply = devices.by(&token, OPERATION, body).await.ok();
            assert_eq!(keys(&reply).len(), 60);
            let body = json!({ "PaginationToken": reply["PaginationToken"] });
            let rest = devices.by(&token, OPERATION, body).await.ok();
            assert_eq!((keys(&rest).len(), rest.get("PaginationToken")), (1, None));
        }
    }

    #[tokio::test]
    async fn a_token_of_another_list_or_an_old_one_is_refused() {
        let devices = Devices::with(ALWAYS).await;
        let (ada, bob) =
            (devices.token(&devices.ada, None).await, devices.token(&devices.bob, None).await);
        for n in 1..=2 {
            devices.device(&devices.ada, n, State::Remembered).await;
            devices.device(&devices.bob, n + 2, State::Remembered).await;
        }
        let refuse = async |bearer: &str, next: &Value| {
            let reply = devices.by(bearer, OPERATION, json!({ "PaginationToken": next })).await;
            reply.refused("InvalidParameterException", "Invalid pagination token given.");
        };
        let one = json!({ "Limit": 1 });
        let mine = devices.by(&ada, OPERATION, one.clone()).await.ok();
        let admins = devices.on("ada", "AdminListDevices", one).await.ok();
        refuse(&bob, &mine["PaginationToken"]).await;
        refuse(&ada, &admins["PaginationToken"]).await;
        refuse(&ada, &json!("garbage")).await;
        devices.server.advance_secs(3600);
        let later = devices.token(&devices.ada, None).await;
        refuse(&later, &mine["PaginationToken"]).await;
    }

    #[tokio::test]
    async fn limits_and_tokens_outside_the_model_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        for (body, text) in [
            (
                json!({ "Limit": 61 }),
                "Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60",
            ),
            (
                json!({ "Limit": -1 }),
                "Value '-1' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 0",
            ),
            (
                json!({ "PaginationToken": "a b" }),
                r"Value 'a b' at 'paginationToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+",
            ),
        ] {
            let text = format!("1 validation error detected: {text}");
            devices.by(&token, OPERATION, body).await.refused("InvalidParameterException", &text);
        }
    }

    #[tokio::test]
    async fn tokens_that_are_no_good_are_refused() {
        refused::tokens(OPERATION, Token::Required, json!({})).await;
    }
}
