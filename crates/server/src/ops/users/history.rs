//! Old passwords in pools that forbid them, through every operation that sets one; and how long
//! temporary ones work.

use poolhouse_domain::user::{User, UserStatus};
use serde_json::{Value, json};

use super::passwords::testing::{Bed, NEW, OLD};
use crate::testing::Reply;

const USED: (&str, &str) =
    ("PasswordHistoryPolicyViolationException", "Password has previously been used.");

fn remembering(passwords: i64) -> Value {
    json!({
        "AutoVerifiedAttributes": ["email"],
        "Policies": {"PasswordPolicy": {"PasswordHistorySize": passwords}},
    })
}

async fn with_ann(passwords: i64) -> (Bed, User) {
    let bed = Bed::with(remembering(passwords)).await;
    let email = json!({"email": "ann@example.com", "email_verified": "true"});
    let ann = bed.user("ann", UserStatus::Confirmed, email, Some(OLD)).await;
    (bed, ann)
}

async fn set(bed: &Bed, password: &str, permanent: bool) -> Reply {
    let body = json!({"Password": password, "Permanent": permanent});
    bed.on("ann", "AdminSetUserPassword", body).await
}

async fn change(bed: &Bed, access: &str, from: &str, to: &str) -> Reply {
    let body = json!({"AccessToken": access, "PreviousPassword": from, "ProposedPassword": to});
    bed.server.call("ChangePassword", body).await
}

/// ForgotPassword and ConfirmForgotPassword with the right code.
async fn recover(bed: &Bed, passwords: &[&str]) -> Vec<Reply> {
    let body = json!({"ClientId": bed.client, "Username": "ann"});
    bed.server.call("ForgotPassword", body).await.ok();
    let code = bed.server.take_message().code.expose().clone();
    let mut replies = Vec::new();
    for password in passwords {
        let body = json!({
            "ClientId": bed.client, "Username": "ann", "ConfirmationCode": code,
            "Password": password,
        });
        replies.push(bed.server.call("ConfirmForgotPassword", body).await);
    }
    replies
}

async fn remembered(bed: &Bed, user: &User) -> usize {
    let read = bed
        .server
        .app
        .db
        .read(async |mut tx| Ok(tx.old_passwords(&user.pool, &user.sub, 100).await?.len()));
    read.await.unwrap()
}

#[tokio::test]
async fn the_last_passwords_are_refused_by_every_way_to_set_one() {
    let (bed, ann) = with_ann(3).await;
    let access = bed.tokens("ann", OLD).await.access;
    // OLD, NEW, Third-Secret-3 are the last three.
    change(&bed, &access, OLD, NEW).await.ok();
    set(&bed, "Third-Secret-3", true).await.ok();
    let before = bed.stored(&ann).await;
    for used in [OLD, NEW, "Third-Secret-3"] {
        set(&bed, used, true).await.refused(USED.0, USED.1);
        set(&bed, used, false).await.refused(USED.0, USED.1);
        bed.server.advance_secs(3600);
        let access = bed.tokens("ann", "Third-Secret-3").await.access;
        change(&bed, &access, "Third-Secret-3", used).await.refused(USED.0, USED.1);
    }
    // With the right code alone is it told, and the code still works.
    let replies = recover(&bed, &[OLD, NEW, "Third-Secret-3", "Fourth-Secret-4"]).await;
    let names: Vec<_> = replies.iter().map(|reply| reply.body["__type"].as_str()).collect();
    assert_eq!(names, [Some(USED.0), Some(USED.0), Some(USED.0), None]);
    assert_eq!(bed.stored(&ann).await.stamp, before.stamp + 1);
    // The oldest is forgotten.
    set(&bed, OLD, true).await.ok();
    assert_eq!(remembered(&bed, &ann).await, 2);
    bed.tokens("ann", OLD).await;
}

#[tokio::test]
async fn a_new_password_at_sign_in_is_none_of_the_last_either() {
    let (bed, ann) = with_ann(2).await;
    set(&bed, "Temporary-1", false).await.ok();
    for used in [OLD, "Temporary-1"] {
        let challenge = bed.sign_in("ann", "Temporary-1").await.ok();
        let before = bed.stored(&ann).await;
        bed.answer("ann", &challenge, used).await.refused(USED.0, USED.1);
        assert_eq!(bed.stored(&ann).await, before);
    }
    let challenge = bed.sign_in("ann", "Temporary-1").await.ok();
    bed.answer("ann", &challenge, NEW).await.ok();
    assert_eq!(remembered(&bed, &ann).await, 1);
    set(&bed, "Temporary-1", true).await.refused(USED.0, USED.1);
    set(&bed, OLD, true).await.ok();
}

#[tokio::test]
async fn one_remembered_password_is_the_one_in_force() {
    let (bed, ann) = with_ann(1).await;
    set(&bed, OLD, true).await.refused(USED.0, USED.1);
    set(&bed, NEW, true).await.ok();
    set(&bed, OLD, true).await.ok();
    assert_eq!(remembered(&bed, &ann).await, 0);
}

#[tokio::test]
async fn a_pool_without_a_history_keeps_none() {
    let (bed, ann) = with_ann(0).await;
    for password in [OLD, NEW, OLD, OLD] {
        set(&bed, password, true).await.ok();
    }
    assert_eq!(remembered(&bed, &ann).await, 0);
}

#[tokio::test]
async fn at_most_twenty_four_are_kept_and_compared() {
    let (bed, ann) = with_ann(24).await;
    for number in 0..26 {
        set(&bed, &format!("Secret-Number-{number}"), true).await.ok();
    }
    assert_eq!(remembered(&bed, &ann).await, 23);
    set(&bed, "Secret-Number-2", true).await.refused(USED.0, USED.1);
    set(&bed, "Secret-Number-1", true).await.ok();
}

#[tokio::test]
async fn of_two_that_set_one_password_at_once_one_is_refused() {
    let (bed, ann) = with_ann(5).await;
    let (one, two) = tokio::join!(set(&bed, NEW, true), set(&bed, NEW, true));
    let kept = [&one, &two].into_iter().filter(|reply| reply.status == 200).count();
    assert_eq!(kept, 1, "{one:?} {two:?}");
    assert_eq!((remembered(&bed, &ann).await, bed.stored(&ann).await.stamp), (1, 1));
}

#[tokio::test]
async fn a_temporary_password_of_a_new_user_is_not_compared() {
    let bed = Bed::with(remembering(3)).await;
    let create = json!({
        "UserPoolId": bed.pool, "Username": "ann", "TemporaryPassword": OLD,
        "MessageAction": "SUPPRESS",
    });
    bed.server.admin("AdminCreateUser", create.clone()).await.ok();
    let mut again = create;
    again["MessageAction"] = json!("RESEND");
    bed.server.admin("AdminCreateUser", again).await.ok();
    let challenge = bed.sign_in("ann", OLD).await.ok();
    bed.answer("ann", &challenge, OLD).await.refused(USED.0, USED.1);
    let challenge = bed.sign_in("ann", OLD).await.ok();
    bed.answer("ann", &challenge, NEW).await.ok();
}

#[tokio::test]
async fn a_temporary_password_runs_out_and_a_resend_begins_anew() {
    const DAY_SECS: i64 = 24 * 60 * 60;
    const EXPIRED: &str = "Temporary password has expired and must be reset by an administrator.";
    let settings = json!({"Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 2}}});
    let bed = Bed::with(settings).await;
    let request = |action: &str| {
        json!({
            "UserPoolId": bed.pool, "Username": "ann", "TemporaryPassword": OLD,
            "MessageAction": action,
        })
    };
    bed.server.admin("AdminCreateUser", request("SUPPRESS")).await.ok();
    bed.server.advance_secs(2 * DAY_SECS - 1);
    let challenge = bed.sign_in("ann", OLD).await.ok();
    assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    bed.server.advance_secs(1);
    bed.sign_in("ann", OLD).await.refused("NotAuthorizedException", EXPIRED);
    // Whoever does not know it is not told.
    bed.sign_in("ann", NEW)
        .await
        .refused("NotAuthorizedException", "Incorrect username or password.");
    bed.server.admin("AdminCreateUser", request("RESEND")).await.ok();
    bed.server.advance_secs(2 * DAY_SECS - 1);
    bed.sign_in("ann", OLD).await.ok();
    bed.server.advance_secs(1);
    bed.sign_in("ann", OLD).await.refused("NotAuthorizedException", EXPIRED);
    set(&bed, NEW, false).await.ok();
    bed.sign_in("ann", NEW).await.ok();
}
