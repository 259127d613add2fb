//! Lists the user pools of the account, oldest first.
//!
//! Differs from AWS / not verified:
//! - The order of the list, and that a token works for an hour.

use poolhouse_domain::error::Result;
use poolhouse_domain::time::Timestamp;
use poolhouse_store::CreatedCursor;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListUserPools;
use poolhouse_wire::shapes::{ListUserPoolsRequest, ListUserPoolsResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::page;

impl Operation for ListUserPools {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: ListUserPoolsRequest,
    ) -> Result<ListUserPoolsResponse> {
        let (app, now) = (ctx.app, ctx.now);
        let after = match &request.next_token {
            None => None,
            Some(token) => {
                let (created, id): (Timestamp, String) =
                    page::open(app, Self::NAME, &[], token, now)?;
                Some(CreatedCursor { created, id })
            }
        };
        let fetch = i64::from(request.max_results).saturating_add(1);
        let rows = ctx.read(async |mut tx| tx.list_pools(after.as_ref(), fetch).await).await?;
        let (pools, last) = page::cut(rows, request.max_results);
        let next_token = match last {
            None => None,
            Some(last) => {
                let cursor = (last.created, last.id.as_str());
                Some(page::seal(app, Self::NAME, &[], &cursor, now, &mut ctx.rng)?)
            }
        };
        let user_pools = pools.iter().map(|pool| pool.list_item()).collect();
        Ok(ListUserPoolsResponse { next_token, user_pools: Some(user_pools) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::pools::testing::{needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "ListUserPools";
    const BAD_TOKEN: &str = "Invalid pagination token given.";

    fn ids(page: &Value) -> Vec<String> {
        let pools = page["UserPools"].as_array().unwrap();
        pools.iter().map(|pool| pool["Id"].as_str().unwrap().to_owned()).collect()
    }

    async fn five(server: &TestServer) -> Vec<String> {
        let mut made = Vec::new();
        for number in 0..5 {
            made.push(pool(server, json!({"PoolName": format!("Pool {number}")})).await);
            server.advance_secs(1);
        }
        made
    }

    #[tokio::test]
    async fn pages_put_together_are_the_whole_list() {
        let server = TestServer::new().await;
        let made = five(&server).await;
        for size in [1, 2, 4, 5, 60] {
            let (mut seen, mut token) = (Vec::new(), Value::Null);
            loop {
                let request = json!({"MaxResults": size, "NextToken": token});
                let page = server.admin(OPERATION, request).await.ok();
                assert!(ids(&page).len() <= size);
                seen.extend(ids(&page));
                token = page["NextToken"].clone();
                if token.is_null() {
                    break;
                }
                assert_eq!(ids(&page).len(), size, "a page before the last is full");
            }
            assert_eq!(seen, made, "{size}");
        }
    }

    #[tokio::test]
    async fn an_item_has_five_members() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        let page = server.admin(OPERATION, json!({"MaxResults": 1})).await.ok();
        let made = crate::ops::pools::testing::described(&server, &id).await;
        let expected = json!({
            "Id": id, "Name": "MyUserPool", "LambdaConfig": {},
            "CreationDate": made["CreationDate"], "LastModifiedDate": made["LastModifiedDate"],
        });
        assert_eq!(page, json!({"UserPools": [expected]}));
    }

    #[tokio::test]
    async fn a_token_that_was_not_given_out_for_this_list_is_refused() {
        let server = TestServer::new().await;
        let made = five(&server).await;
        let page = server.admin(OPERATION, json!({"MaxResults": 1})).await.ok();
        let token = page["NextToken"].as_str().unwrap().to_owned();
        let ask = |token: &str| json!({"MaxResults": 1, "NextToken": token});
        let refused = "InvalidParameterException";
        let (start, end) = token.split_at(token.len() / 2);
        let swapped = format!("{end}{start}");
        for bad in ["x", start, &swapped] {
            server.admin(OPERATION, ask(bad)).await.refused(refused, BAD_TOKEN);
        }
        // Not for another list either.
        let other = json!({"UserPoolId": made[0], "MaxResults": 1, "NextToken": token});
        server.admin("ListUserPoolClients", other).await.refused(refused, BAD_TOKEN);
        server.admin(OPERATION, ask(&token)).await.ok();
        server.advance_secs(3600);
        server.admin(OPERATION, ask(&token)).await.refused(refused, BAD_TOKEN);
    }

    #[tokio::test]
    async fn a_page_has_one_to_sixty_pools() {
        let server = TestServer::new().await;
        for request in [json!({}), json!({"MaxResults": 0}), json!({"MaxResults": 61})] {
            let reply = server.admin(OPERATION, request).await;
            assert_eq!(reply.body["__type"], "InvalidParameterException");
        }
    }

    #[tokio::test]
    async fn only_signed_callers_list_pools() {
        let server = TestServer::new().await;
        needs_a_signature(&server, OPERATION, json!({"MaxResults": 1})).await;
    }
}
