//! Deletes the calling user, with everything that was kept about them, at once.
//!
//! The token that was presented is the first to find nobody afterwards.

use poolhouse_domain::error::Result;
use poolhouse_wire::operations::DeleteUser;
use poolhouse_wire::shapes::DeleteUserRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for DeleteUser {
    type Caller = Bearer;

    async fn run(ctx: &mut Ctx<'_, Bearer>, _: DeleteUserRequest) -> Result<()> {
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| tx.delete_user(pool, sub).await).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::users::people::{
        NOBODY, admin, answer_bytes, me, plain, seen_in_twin, signed_in, twin,
    };
    use crate::testing::client::PASSWORD;
    use crate::testing::refused::{self, Token};

    const OPERATION: &str = "DeleteUser";

    #[tokio::test]
    async fn the_caller_is_gone_and_nobody_else() {
        let app = plain().await;
        app.user("ada").await;
        app.user("bob").await;
        let (first, second) = (signed_in(&app, "ada").await, signed_in(&app, "ada").await);
        let bobs = signed_in(&app, "bob").await;
        let request = json!({ "AccessToken": first["AccessToken"] });
        app.server.call(OPERATION, request.clone()).await.ok();
        let (name, text) = NOBODY;
        app.server.call(OPERATION, request).await.refused(name, text);
        for tokens in [&first, &second] {
            me(&app, tokens).await.refused(name, text);
        }
        app.password_sign_in("ada", PASSWORD).await.refused(name, text);
        admin(&app, "AdminGetUser", "ada").await.refused(name, text);
        me(&app, &bobs).await.ok();
    }

    #[tokio::test]
    async fn the_answer_has_no_body_at_all() {
        let app = plain().await;
        app.user("ada").await;
        let token = signed_in(&app, "ada").await["AccessToken"].clone();
        let request = json!({ "AccessToken": token });
        // A signature is neither needed nor looked at.
        assert_eq!(answer_bytes(&app.server, OPERATION, request).await, (200, 0));
        let (name, text) = NOBODY;
        admin(&app, "AdminGetUser", "ada").await.refused(name, text);
    }

    #[tokio::test]
    async fn the_name_is_free_and_the_old_token_is_not_the_new_users() {
        let app = plain().await;
        app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        let request = json!({ "AccessToken": tokens["AccessToken"] });
        app.server.call(OPERATION, request.clone()).await.ok();
        app.user("ada").await;
        let (name, text) = NOBODY;
        app.server.call(OPERATION, request).await.refused(name, text);
        me(&app, &signed_in(&app, "ada").await).await.ok();
    }

    #[tokio::test]
    async fn nobody_of_another_pool_is_touched() {
        let app = plain().await;
        app.user("ada").await;
        twin(&app.server, "ada").await;
        let before = seen_in_twin(&app.server, "ada").await;
        let token = signed_in(&app, "ada").await["AccessToken"].clone();
        app.server.call(OPERATION, json!({ "AccessToken": token })).await.ok();
        assert_eq!(seen_in_twin(&app.server, "ada").await, before);
    }

    #[tokio::test]
    async fn tokens_that_are_no_good_are_refused() {
        refused::tokens(OPERATION, Token::Required, json!({})).await;
    }
}
