//! The refusals that operations on devices have in common, each asked of one operation.

use poolhouse_domain::device::Device;
use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::user::UserStatus;
use serde_json::{Value, json};

use super::devices::{ACCESS_SECS, ALWAYS, Devices, POOL, State, iam_user, insert_pool};

/// Whether the model demands the access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Required,
    Optional,
}

/// An operation of the bearer refuses each token that is no good, and the device stays as it was.
/// `more` are further members of the request.
pub(crate) async fn tokens(operation: &str, token: Token, more: Value) {
    let devices = Devices::with(ALWAYS).await;
    let Devices { server, ada, .. } = &devices;
    let key = devices.device(ada, 1, State::NotRemembered).await;
    let before = devices.stored(ada, &key).await;
    let body = with_key(&more, &key);
    let none = server.call(operation, body.clone()).await;
    match token {
        Token::Required => none.refused(
            "InvalidParameterException",
            "1 validation error detected: Value null at 'accessToken' failed to satisfy constraint: \
             Member must not be null",
        ),
        Token::Optional => {
            none.refused("InvalidParameterException", "Missing required parameter AccessToken")
        }
    }
    let refuse = async |token: &str, name: &str, text: &str| {
        devices.by(token, operation, body.clone()).await.refused(name, text);
    };
    let good = &devices.token(ada, Some(&key)).await;
    refuse("garbage", "NotAuthorizedException", "Invalid Access Token").await;
    let forged = format!("{}AAAA", &good[..good.len() - 4]);
    let text = "Could not verify signature for Access Token";
    refuse(&forged, "NotAuthorizedException", text).await;
    for (status, name, text) in [
        (UserStatus::Unconfirmed, "UserNotConfirmedException", "User is not confirmed."),
        (
            UserStatus::ResetRequired,
            "PasswordResetRequiredException",
            "Password reset required for the user",
        ),
    ] {
        devices.change(ada, |user| user.status = status).await;
        refuse(good, name, text).await;
    }
    devices.change(ada, |user| user.enabled = false).await;
    refuse(good, "NotAuthorizedException", "User is disabled.").await;
    devices.change(ada, |_| ()).await;
    let (pool, sub, now) = (&ada.pool, &ada.sub, server.now());
    server.app.db.write(now, async |mut tx| tx.revoke_all(pool, sub).await).await.unwrap();
    refuse(good, "NotAuthorizedException", "Access Token has been revoked").await;
    let late = &devices.token(ada, Some(&key)).await;
    server.advance_secs(ACCESS_SECS);
    refuse(late, "NotAuthorizedException", "Access Token has expired").await;
    assert_eq!(devices.stored(ada, &key).await, before);
    let fresh = &devices.token(ada, Some(&key)).await;
    server.app.db.write(now, async |mut tx| tx.delete_user(pool, sub).await).await.unwrap();
    refuse(fresh, "UserNotFoundException", "User does not exist.").await;
}

/// An operation of an administrator refuses whoever did not sign or has no permission, and the
/// device stays as it was; permission for this operation on this pool is enough.
pub(crate) async fn callers(operation: &str, more: Value) {
    let this = format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{POOL}");
    let other = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Devices02";
    let action = format!("cognito-idp:{operation}");
    let allow = |action: &str, resource: &str| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
    let deny = json!({ "Effect": "Deny", "Action": action, "Resource": this });
    let implicit = format!("because no identity-based policy allows the {action} action");
    for (statements, why) in [
        (json!([allow("cognito-idp:DescribeUserPool", &this)]), Some(implicit.as_str())),
        (json!([allow(&action, other)]), Some(implicit.as_str())),
        (json!([allow("*", "*"), deny]), Some("with an explicit deny in an identity-based policy")),
        (json!([allow(&action, &this)]), None),
    ] {
        let devices = Devices::with(ALWAYS).await;
        insert_pool(&devices.server, "us-east-1_Devices02", ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        let before = devices.stored(&devices.ada, &key).await;
        let mut body = with_key(&more, &key);
        body["UserPoolId"] = POOL.into();
        body["Username"] = "ada".into();
        devices
            .server
            .call(operation, body.clone())
            .await
            .refused("MissingAuthenticationTokenException", "Missing Authentication Token");
        let caller = iam_user(&devices.server, statements).await;
        let reply = devices.server.signed(caller, operation, body).await;
        let Some(why) = why else {
            assert_eq!(reply.status, 200, "{}", reply.body);
            continue;
        };
        let text = format!(
            "User: arn:aws:iam::000000000000:user/operator is not authorized to perform: {action} \
             on resource: {this} {why}"
        );
        reply.refused("AccessDeniedException", &text);
        assert_eq!(devices.stored(&devices.ada, &key).await, before);
    }
}

/// An operation on one device, as its caller would call it, refuses each device key that is none.
pub(crate) async fn device_keys(call: impl AsyncFn(Value) -> super::Reply) {
    let long = format!("us-east-1_{}", "0".repeat(46));
    for (key, violation) in [
        (
            Value::Null,
            "Value null at 'deviceKey' failed to satisfy constraint: Member must not be null"
                .to_owned(),
        ),
        (json!("abc"), violation("abc", r"satisfy regular expression pattern: [\w-]+_[0-9a-f-]+")),
        (
            json!("us-east-1_ABC"),
            violation("us-east-1_ABC", r"satisfy regular expression pattern: [\w-]+_[0-9a-f-]+"),
        ),
        (json!(long), violation(&long, "have length less than or equal to 55")),
    ] {
        let text = format!("1 validation error detected: {violation}");
        call(json!({ "DeviceKey": key })).await.refused("InvalidParameterException", &text);
    }
    let wrong_type = call(json!({ "DeviceKey": 7 })).await;
    assert_eq!(
        (wrong_type.status, &wrong_type.body["__type"]),
        (400, &json!("SerializationException"))
    );
}

/// An operation of an administrator refuses pools and users who are not there.
pub(crate) async fn places(operation: &str, more: Value) {
    let devices = Devices::with(ALWAYS).await;
    let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
    let body = with_key(&more, &key);
    devices
        .on("nobody", operation, body.clone())
        .await
        .refused("UserNotFoundException", "User does not exist.");
    let mut elsewhere = body.clone();
    elsewhere["Username"] = "ada".into();
    elsewhere["UserPoolId"] = "us-east-1_Nowhere00".into();
    devices
        .server
        .admin(operation, elsewhere.clone())
        .await
        .refused("ResourceNotFoundException", "User pool us-east-1_Nowhere00 does not exist.");
    insert_pool(&devices.server, "us-east-1_Devices02", ALWAYS).await;
    elsewhere["UserPoolId"] = "us-east-1_Devices02".into();
    devices
        .server
        .admin(operation, elsewhere)
        .await
        .refused("UserNotFoundException", "User does not exist.");
}

/// An operation on one device refuses devices that are not the user's: unknown ones, another
/// user's, forgotten ones. `call` calls it for `ada`.
pub(crate) async fn devices(devices: &Devices, call: impl AsyncFn(&DeviceKey) -> super::Reply) {
    const TEXT: &str = "Device does not exist.";
    let unknown = DeviceKey::new("us-east-1_ffffffff-0000-4000-8000-000000000000");
    call(&unknown).await.refused("ResourceNotFoundException", TEXT);
    let bobs = devices.device(&devices.bob, 9, State::NotRemembered).await;
    let before: Option<Device> = devices.stored(&devices.bob, &bobs).await;
    call(&bobs).await.refused("ResourceNotFoundException", TEXT);
    assert_eq!(devices.stored(&devices.bob, &bobs).await, before);
    let forgotten = devices.device(&devices.ada, 8, State::Remembered).await;
    let body = json!({ "DeviceKey": forgotten });
    devices.on("ada", "AdminForgetDevice", body).await.ok();
    call(&forgotten).await.refused("ResourceNotFoundException", TEXT);
}

fn with_key(more: &Value, key: &DeviceKey) -> Value {
    let mut body = more.clone();
    body["DeviceKey"] = key.as_str().into();
    body
}

fn violation(value: &str, rule: &str) -> String {
    format!("Value '{value}' at 'deviceKey' failed to satisfy constraint: Member must {rule}")
}
