//! Gives a user a password, as an administrator: permanent or temporary.
//!
//! With `Permanent` the user is confirmed, whatever they were before; without it they are asked for
//! a new password, and the given one stops working after `TemporaryPasswordValidityDays`. Sign-ins
//! in progress end. Tokens that were issued stay good.
//!
//! Differs from AWS / not verified:
//! - AliasExistsException when an unconfirmed user is confirmed by it and was given a preferred
//!   username that another user holds, which the model does not list here.
//! - A temporary password, too, must not be one of those that the pool's history forbids.
//! - Where the pool has a history and the password is changed at the same moment:
//!   TooManyRequestsException.
//! - A lock after too many wrong passwords stays for its time.
//! - An unconfirmed user with a temporary password is asked for a new one (FORCE_CHANGE_PASSWORD),
//!   and is thereby confirmed.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::AdminSetUserPassword;
use poolhouse_wire::shapes::{AdminSetUserPasswordRequest, AdminSetUserPasswordResponse};

use super::{creation, named, passwords};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminSetUserPassword {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminSetUserPasswordRequest,
    ) -> Result<AdminSetUserPasswordResponse> {
        let (id, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let found = ctx.read(async |mut tx| named::user(&mut tx, id, name).await);
        let (pool, user) = &found.await?;
        let password = Secret::new(request.password.into_inner());
        passwords::check(pool, password.expose())?;
        let (status, until) = match request.permanent {
            Some(true) => (UserStatus::Confirmed, None),
            Some(false) | None => {
                (UserStatus::ForceChangePassword, Some(passwords::temporary_until(pool, ctx.now)))
            }
        };
        passwords::check_history(ctx.app, pool, user, &password).await?;
        let record = &creation::password_record(ctx, user, password, until).await?;
        ctx.write(async |mut tx| {
            let before = tx.user_by_sub(&user.pool, &user.sub).await?;
            passwords::check_still_compared(pool, user, &before)?;
            let after = User { status, ..before.clone() };
            passwords::store(&mut tx, pool, &before, after, record).await
        })
        .await?;
        Ok(AdminSetUserPasswordResponse {})
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::UserStatus;
    use serde_json::{Value, json};

    use crate::ops::users::passwords::testing::{
        Bed, NEW, OLD, UNUSABLE, WRONG, is_for_administrators,
    };

    const OPERATION: &str = "AdminSetUserPassword";

    fn permanent() -> Value {
        json!({"Password": NEW, "Permanent": true})
    }

    #[tokio::test]
    async fn a_permanent_password_replaces_the_old_one() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        bed.server.advance_secs(60);
        assert_eq!(bed.on("ann", OPERATION, permanent()).await.ok(), json!({}));
        bed.sign_in("ann", OLD).await.refused("NotAuthorizedException", WRONG);
        bed.tokens("ann", NEW).await;
        let stored = bed.stored(&ann).await;
        assert_eq!(stored.status, UserStatus::Confirmed);
        assert!(stored.stamp > ann.stamp);
        assert_eq!(stored.modified, bed.server.now());
    }

    #[tokio::test]
    async fn a_temporary_password_has_to_be_replaced() {
        for body in [json!({"Password": NEW}), json!({"Password": NEW, "Permanent": false})] {
            let bed = Bed::with(json!({})).await;
            let ann = bed.confirmed("ann").await;
            bed.on("ann", OPERATION, body).await.ok();
            assert_eq!(bed.stored(&ann).await.status, UserStatus::ForceChangePassword);
            bed.sign_in("ann", OLD).await.refused("NotAuthorizedException", WRONG);
            let challenge = bed.sign_in("ann", NEW).await.ok();
            assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
            assert_eq!(challenge.get("AuthenticationResult"), None);
            bed.answer("ann", &challenge, "Own-Secret-3").await.ok();
            bed.sign_in("ann", NEW).await.refused("NotAuthorizedException", WRONG);
            bed.tokens("ann", "Own-Secret-3").await;
        }
    }

    #[tokio::test]
    async fn a_temporary_password_works_as_long_as_the_pool_says() {
        const DAY_SECS: i64 = 24 * 60 * 60;
        let days = |days: u32| json!({"TemporaryPasswordValidityDays": days});
        for (policy, valid_days) in [(json!({}), 7), (days(2), 2)] {
            let settings = json!({"Policies": {"PasswordPolicy": policy}});
            let bed = Bed::with(settings).await;
            bed.confirmed("ann").await;
            bed.on("ann", OPERATION, json!({"Password": NEW})).await.ok();
            bed.server.advance_secs(valid_days * DAY_SECS - 1);
            bed.sign_in("ann", NEW).await.ok();
            bed.server.advance_secs(1);
            let text = "Temporary password has expired and must be reset by an administrator.";
            bed.sign_in("ann", NEW).await.refused("NotAuthorizedException", text);
            bed.on("ann", OPERATION, permanent()).await.ok();
            bed.server.advance_secs(365 * DAY_SECS);
            bed.tokens("ann", NEW).await;
        }
    }

    #[tokio::test]
    async fn a_user_in_any_state_is_given_one() {
        for status in UserStatus::ALL {
            for password in [Some(OLD), None] {
                let bed = Bed::with(json!({})).await;
                let ann = bed.user("ann", status, json!({}), password).await;
                bed.on("ann", OPERATION, json!({"Password": NEW})).await.ok();
                assert_eq!(bed.stored(&ann).await.status, UserStatus::ForceChangePassword);
                bed.on("ann", OPERATION, permanent()).await.ok();
                assert_eq!(bed.stored(&ann).await.status, UserStatus::Confirmed);
                bed.tokens("ann", NEW).await;
            }
        }
    }

    #[tokio::test]
    async fn a_disabled_user_stays_disabled() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        bed.change(&ann, |user| user.enabled = false).await;
        bed.on("ann", OPERATION, permanent()).await.ok();
        assert!(!bed.stored(&ann).await.enabled);
        bed.sign_in("ann", NEW).await.refused("NotAuthorizedException", "User is disabled.");
    }

    #[tokio::test]
    async fn sign_ins_in_progress_end_and_tokens_stay() {
        let bed = Bed::with(json!({})).await;
        bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        bed.on("ann", OPERATION, json!({"Password": OLD})).await.ok();
        let challenge = bed.sign_in("ann", OLD).await.ok();
        bed.on("ann", OPERATION, permanent()).await.ok();
        let answered = bed.answer("ann", &challenge, "Own-Secret-3").await;
        answered.refused("NotAuthorizedException", "Invalid session for the user.");
        bed.tokens("ann", NEW).await;
        bed.refresh(&tokens).await.ok();
    }

    #[tokio::test]
    async fn the_reason_against_a_password_is_told_and_nothing_changes() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        for (password, reason) in UNUSABLE {
            for permanent in [true, false] {
                let body = json!({"Password": password, "Permanent": permanent});
                let text = format!("Password did not conform with policy: {reason}");
                bed.on("ann", OPERATION, body).await.refused("InvalidPasswordException", &text);
            }
        }
        assert_eq!(bed.stored(&ann).await, ann);
        bed.tokens("ann", OLD).await;
    }

    #[tokio::test]
    async fn the_pools_own_policy_counts() {
        let bed = Bed::with(json!({"Policies": {"PasswordPolicy": {"MinimumLength": 6}}})).await;
        bed.confirmed("ann").await;
        let body = json!({"Password": "abcdef", "Permanent": true});
        bed.on("ann", OPERATION, body).await.ok();
        bed.tokens("ann", "abcdef").await;
    }

    #[tokio::test]
    async fn a_password_outside_the_model_is_not_repeated() {
        let bed = Bed::with(json!({})).await;
        bed.confirmed("ann").await;
        let body = json!({"Password": format!("Aa1-{}", "x".repeat(253)), "Permanent": true});
        bed.on("ann", OPERATION, body).await.refused(
            "InvalidParameterException",
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member \
             must have length less than or equal to 256",
        );
    }

    #[tokio::test]
    async fn the_preferred_username_becomes_an_alias_when_the_user_is_confirmed() {
        let bed = Bed::with(json!({"AliasAttributes": ["preferred_username"]})).await;
        let named = json!({"preferred_username": "ally"});
        bed.user("ann", UserStatus::Unconfirmed, named.clone(), None).await;
        bed.sign_in("ally", NEW).await.refused("UserNotFoundException", "User does not exist.");
        bed.on("ann", OPERATION, permanent()).await.ok();
        bed.tokens("ally", NEW).await;
        // Whoever comes second does not get it, and stays as they were.
        let bob = bed.user("bob", UserStatus::Unconfirmed, named, Some(OLD)).await;
        bed.on("bob", OPERATION, permanent()).await.refused(
            "AliasExistsException",
            "An account with the preferred_username already exists.",
        );
        assert_eq!(bed.stored(&bob).await, bob);
        bed.sign_in("bob", NEW)
            .await
            .refused("UserNotConfirmedException", "User is not confirmed.");
    }

    #[tokio::test]
    async fn the_user_is_named_by_username_alias_or_subject() {
        let bed = Bed::with(json!({"AliasAttributes": ["email"]})).await;
        let email = json!({"email": "ann@example.com", "email_verified": "true"});
        let ann = bed.user("ann", UserStatus::Confirmed, email, None).await;
        for (name, password) in [
            ("ann", "Secret-No-1"),
            ("ann@example.com", "Secret-No-2"),
            (ann.sub.as_str(), "Secret-No-3"),
        ] {
            let body = json!({"Password": password, "Permanent": true});
            bed.on(name, OPERATION, body).await.ok();
            bed.tokens("ann", password).await;
        }
    }

    #[tokio::test]
    async fn only_administrators_set_passwords_and_of_users_that_are_there() {
        is_for_administrators(OPERATION, permanent()).await;
    }
}
