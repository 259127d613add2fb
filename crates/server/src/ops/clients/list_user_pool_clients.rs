//! Lists the app clients of a pool, oldest first.
//!
//! Differs from AWS / not verified:
//! - The order of the list, that a token works for an hour, and that a request without `MaxResults`
//!   is answered with up to sixty clients.
//! - There are no clients of the type DCR yet: that list is empty.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::time::Timestamp;
use poolhouse_store::{ClientListing, CreatedCursor};
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListUserPoolClients;
use poolhouse_wire::shapes::{
    ClientTypeType, ListUserPoolClientsRequest, ListUserPoolClientsResponse,
    UserPoolClientDescription,
};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::page;

/// Clients on a page where the request does not say how many.
const PAGE_CLIENTS_DEFAULT: i32 = 60;

impl Operation for ListUserPoolClients {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: ListUserPoolClientsRequest,
    ) -> Result<ListUserPoolClientsResponse> {
        let (app, now) = (ctx.app, ctx.now);
        let id = PoolId::new(request.user_pool_id);
        let dcr = request.client_type == Some(ClientTypeType::Dcr);
        let list = [id.as_str(), if dcr { "DCR" } else { "REGULAR" }];
        let after = match &request.next_token {
            None => None,
            Some(token) => {
                let (created, id): (Timestamp, String) =
                    page::open(app, Self::NAME, &list, token, now)?;
                Some(CreatedCursor { created, id })
            }
        };
        let size = request.max_results.unwrap_or(PAGE_CLIENTS_DEFAULT);
        let fetch = if dcr { 0 } else { i64::from(size).saturating_add(1) };
        let rows = ctx.read(async |mut tx| {
            tx.pool(&id).await?;
            tx.list_clients(&id, after.as_ref(), fetch).await
        });
        let (clients, last) = page::cut(rows.await?, size);
        let next_token = match last {
            None => None,
            Some(last) => {
                let cursor = (last.created, last.id.as_str());
                Some(page::seal(app, Self::NAME, &list, &cursor, now, &mut ctx.rng)?)
            }
        };
        let clients = clients.into_iter().map(|client| item(client, &id)).collect();
        Ok(ListUserPoolClientsResponse { next_token, user_pool_clients: Some(clients) })
    }
}

fn item(client: ClientListing, pool: &PoolId) -> UserPoolClientDescription {
    UserPoolClientDescription {
        client_id: Some(client.id.as_str().into()),
        client_name: Some(client.name),
        user_pool_id: Some(pool.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::clients::testing::client;
    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "ListUserPoolClients";
    const BAD_TOKEN: &str = "Invalid pagination token given.";

    async fn five(server: &TestServer, pool: &str) -> Vec<Value> {
        let mut made = Vec::new();
        for number in 0..5 {
            let name = format!("app {number}");
            let id = client(server, pool, json!({"ClientName": name})).await;
            made.push(json!({"ClientId": id, "ClientName": name, "UserPoolId": pool}));
            server.advance_secs(1);
        }
        made
    }

    #[tokio::test]
    async fn pages_put_together_are_the_whole_list() {
        let server = TestServer::new().await;
        let here = pool(&server, json!({})).await;
        let there = pool(&server, json!({})).await;
        client(&server, &there, json!({})).await;
        let made = five(&server, &here).await;
        for size in [1, 2, 5] {
            let (mut seen, mut token) = (Vec::new(), Value::Null);
            loop {
                let request = json!({"UserPoolId": here, "MaxResults": size, "NextToken": token});
                let page = server.admin(OPERATION, request).await.ok();
                seen.extend(page["UserPoolClients"].as_array().unwrap().clone());
                token = page["NextToken"].clone();
                if token.is_null() {
                    break;
                }
            }
            assert_eq!(seen, made, "{size}");
        }
        let whole = server.admin(OPERATION, json!({"UserPoolId": here})).await.ok();
        assert_eq!(whole, json!({"UserPoolClients": made}));
    }

    #[tokio::test]
    async fn all_clients_are_of_the_regular_type() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let made = five(&server, &pool).await;
        let ask = |kind: &str| json!({"UserPoolId": pool, "ClientType": kind});
        let regular = server.admin(OPERATION, ask("REGULAR")).await.ok();
        assert_eq!(regular, json!({"UserPoolClients": made}));
        let registered = server.admin(OPERATION, ask("DCR")).await.ok();
        assert_eq!(registered, json!({"UserPoolClients": []}));
    }

    #[tokio::test]
    async fn a_token_of_another_pool_is_refused() {
        let server = TestServer::new().await;
        let (here, there) = (pool(&server, json!({})).await, pool(&server, json!({})).await);
        five(&server, &here).await;
        let first = json!({"UserPoolId": here, "MaxResults": 2});
        let page = server.admin(OPERATION, first).await.ok();
        let token = &page["NextToken"];
        let ask = |pool: &str| json!({"UserPoolId": pool, "MaxResults": 2, "NextToken": token});
        let refused = "InvalidParameterException";
        server.admin(OPERATION, ask(&there)).await.refused(refused, BAD_TOKEN);
        server.admin(OPERATION, ask(&here)).await.ok();
        let garbage = json!({"UserPoolId": here, "NextToken": "x"});
        server.admin(OPERATION, garbage).await.refused(refused, BAD_TOKEN);
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        finds_no_pool(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }

    #[tokio::test]
    async fn only_signed_callers_list_clients() {
        let server = TestServer::new().await;
        needs_a_signature(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }
}
