"""The device story with boto3 and pycognito's SRP: an administrator decides whether a code is asked.

W2 (pycognito sends no Session with device answers), W7, W9, W10, W13, W16.
"""

import pycognito

from walk import (
    ACCOUNT, ENDPOINT, NO_DEVICE, PASSWORD, WRONG_PASSWORD, Device, Person, Trace, claims, client,
    device_status, enrol_totp, iam_user, main, new_client, new_pool, ok, pool_arn, refused,
    register, same,
)

WITH_DEVICE = ["PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "tokens"]
WITH_CODE = ["PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA"]


def story():
    admin, iam, public = client(), client("iam"), client()
    trace = Trace(public)
    pool = new_pool(admin, "people", new_device=True, on_prompt=False)
    other_pool = new_pool(admin, "others", new_device=True, on_prompt=False)
    app = new_client(admin, pool)
    ok("a pool that remembers devices, and another")

    deputy = iam_user(iam, "deputy", "cognito-idp:AdminUpdateDeviceStatus", pool_arn(pool))
    stranger = iam_user(iam, "stranger", "cognito-idp:AdminGetDevice", pool_arn(pool))
    ok("an IAM user who may only update device status of that pool, and one who may not")

    ann, laptop, totp = arrive(admin, public, trace, pool, app)
    silent_sign_in(public, trace, ann, laptop)
    refresh(public, ann, laptop)

    def by(administrator, status, pool_id=pool, name="ann", key=laptop.key):
        return administrator.admin_update_device_status(
            UserPoolId=pool_id, Username=name, DeviceKey=key, DeviceRememberedStatus=status
        )

    answer = by(deputy, "not_remembered")
    answer.pop("ResponseMetadata")
    same(answer, {}, "answer")
    same(device_status(admin, pool, "ann", laptop), "not_remembered", "status")
    trace.path()
    session = ann.asked(laptop)
    same(trace.path(), WITH_CODE, "path")
    ok("not_remembered: a code is asked again")
    result = ann.answer(session, totp.code(), laptop)["AuthenticationResult"]
    assert "NewDeviceMetadata" not in result, "a known device is no new one"
    same(claims(result["AccessToken"])["device_key"], laptop.key, "device_key")
    ok("not_remembered: the code gives tokens of the same device, no new one")

    denied = (
        f"User: arn:aws:iam::{ACCOUNT}:user/stranger is not authorized to perform: "
        f"cognito-idp:AdminUpdateDeviceStatus on resource: {pool_arn(pool)} because no "
        "identity-based policy allows the cognito-idp:AdminUpdateDeviceStatus action"
    )
    with refused("AccessDeniedException", denied):
        by(stranger, "remembered")
    with refused("AccessDeniedException"):
        by(deputy, "remembered", pool_id=other_pool)
    with refused("AccessDeniedException"):
        deputy.admin_get_device(UserPoolId=pool, Username="ann", DeviceKey=laptop.key)
    same(device_status(admin, pool, "ann", laptop), "not_remembered", "status")
    ok("refused: to one without the permission, for another pool, for another operation")

    by(deputy, "remembered")
    trace.path()
    result = ann.sign_in(laptop)
    same(trace.path(), WITH_DEVICE, "path")
    same(claims(result["AccessToken"])["device_key"], laptop.key, "device_key")
    ok("remembered: no code is asked")

    others_device(admin, public, trace, ann, laptop, by, deputy)
    wrong_secret(trace, ann, laptop)
    forgotten(admin, public, trace, ann, laptop, by, deputy)


def arrive(admin, public, trace, pool, app):
    register(public, app, "ann")
    ann = Person(public, pool, app, "ann")
    first = ann.sign_in()
    assert first["NewDeviceMetadata"]["DeviceKey"].startswith(pool.split("_")[0] + "_")
    same(trace.path(), ["PASSWORD_VERIFIER", "tokens"], "path")
    ok("signed up with the code from the mail, signed in with SRP")
    totp = enrol_totp(public, first["AccessToken"])
    user = public.get_user(AccessToken=first["AccessToken"])
    same(user["UserMFASettingList"], ["SOFTWARE_TOKEN_MFA"], "UserMFASettingList")
    same(user["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA", "PreferredMfaSetting")
    ok("enrolled an authenticator app")

    trace.path()
    session = ann.asked()
    same(trace.path(), WITH_CODE, "path")
    code = totp.code()
    with refused("CodeMismatchException", "Invalid code received for user"):
        ann.answer(session, f"{(int(code) + 1) % 1_000_000:06d}")
    result = ann.answer(session, code)["AuthenticationResult"]
    ok("new device: a code is asked; a wrong one is refused and can be corrected")
    with refused("NotAuthorizedException"):
        ann.answer(session, totp.at(totp.used + 1))
    laptop = Device(result["NewDeviceMetadata"])
    same(claims(result["AccessToken"])["device_key"], laptop.key, "device_key")
    assert claims(result["AccessToken"])["origin_jti"], "RevokeToken needs origin_jti"
    assert laptop.key != first["NewDeviceMetadata"]["DeviceKey"], "each sign-in is a new device"

    same(laptop.confirm(public, result["AccessToken"]), False, "UserConfirmationNecessary")
    listed = public.list_devices(AccessToken=result["AccessToken"])["Devices"]
    same([device["DeviceKey"] for device in listed], [laptop.key], "devices")
    attributes = {a["Name"]: a["Value"] for a in listed[0]["DeviceAttributes"]}
    same(attributes["device_name"], "a laptop", "device_name")
    same(device_status(admin, pool, "ann", laptop), "remembered", "status")
    ok("ConfirmDevice: remembered at once, and listed")
    with refused("InvalidParameterException", "Invalid device key given."):
        Device(first["NewDeviceMetadata"]).confirm(public, result["AccessToken"])
    ok("ConfirmDevice: only for the device of the token")
    return ann, laptop, totp


def silent_sign_in(public, trace, ann, laptop):
    trace.path()
    result = ann.sign_in(laptop)
    challenge = trace.answers("DEVICE_PASSWORD_VERIFIER")[0]["ChallengeParameters"]
    same(challenge["USERNAME"], "ann", "USERNAME")
    same(challenge["DEVICE_KEY"], laptop.key, "DEVICE_KEY")
    for request in trace.requests("RespondToAuthChallenge"):
        assert "Session" not in request, "pycognito has learnt to send the Session: move W2"
    same(trace.path(), WITH_DEVICE, "path")
    assert "NewDeviceMetadata" not in result, "a known device is no new one"
    same(claims(result["AccessToken"])["device_key"], laptop.key, "device_key")
    same(public.get_user(AccessToken=result["AccessToken"])["Username"], "ann", "Username")
    ok("with the device: DEVICE_SRP_AUTH, no code")


def refresh(public, ann, laptop):
    result = ann.sign_in(laptop)

    def again(**extra):
        parameters = {"REFRESH_TOKEN": result["RefreshToken"], **extra}
        return public.initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH", ClientId=ann.client_id, AuthParameters=parameters
        )["AuthenticationResult"]

    fresh = again(DEVICE_KEY=laptop.key)
    assert "RefreshToken" not in fresh
    old, new = claims(result["AccessToken"]), claims(fresh["AccessToken"])
    for name in ("sub", "origin_jti", "auth_time", "device_key"):
        same(new[name], old[name], name)
    with refused("NotAuthorizedException", "Invalid Refresh Token."):
        again()
    renewed = public.get_tokens_from_refresh_token(
        RefreshToken=result["RefreshToken"], ClientId=ann.client_id, DeviceKey=laptop.key
    )["AuthenticationResult"]
    same(claims(renewed["AccessToken"])["origin_jti"], old["origin_jti"], "origin_jti")
    with refused("NotAuthorizedException", "Invalid Refresh Token."):
        public.get_tokens_from_refresh_token(
            RefreshToken=result["RefreshToken"], ClientId=ann.client_id
        )
    ok("the refresh token works with its device only, in both operations")
    public.revoke_token(Token=result["RefreshToken"], ClientId=ann.client_id)
    with refused("NotAuthorizedException"):
        again(DEVICE_KEY=laptop.key)
    with refused("NotAuthorizedException"):
        public.get_user(AccessToken=fresh["AccessToken"])
    ok("RevokeToken ends what came from that sign-in")


def others_device(admin, public, trace, ann, laptop, by, deputy):
    register(public, ann.client_id, "bob")
    bob = Person(public, ann.pool, ann.client_id, "bob")
    result = bob.sign_in()
    phone = Device(result["NewDeviceMetadata"])
    phone.confirm(public, result["AccessToken"], "a phone")
    bob.sign_in(phone)
    trace.path()
    with refused("ResourceNotFoundException", NO_DEVICE):
        ann.sign_in(phone)
    with refused("ResourceNotFoundException", NO_DEVICE):
        by(deputy, "remembered", key=phone.key)
    with refused("ResourceNotFoundException", NO_DEVICE):
        by(deputy, "remembered", name="bob", key=laptop.key)
    with refused("ResourceNotFoundException", NO_DEVICE):
        public.get_device(AccessToken=result["AccessToken"], DeviceKey=laptop.key)
    same(device_status(admin, ann.pool, "bob", phone), "remembered", "status")
    ok(f"another user's device key: {NO_DEVICE}")


def wrong_secret(trace, ann, laptop):
    trace.path()
    with refused("NotAuthorizedException", WRONG_PASSWORD):
        ann.sign_in(laptop, device_password="a guess")
    same(trace.path(), [*WITH_DEVICE[:3], "NotAuthorizedException"], "path")
    ann.sign_in(laptop)
    ok("wrong device secret: refused; the right one still works")


def forgotten(admin, public, trace, ann, laptop, by, deputy):
    result = ann.sign_in(laptop)
    admin.admin_forget_device(UserPoolId=ann.pool, Username="ann", DeviceKey=laptop.key)
    with refused("ResourceNotFoundException", NO_DEVICE):
        ann.sign_in(laptop)
    with refused("ResourceNotFoundException", NO_DEVICE):
        by(deputy, "remembered")
    with refused("ResourceNotFoundException", NO_DEVICE):
        device_status(admin, ann.pool, "ann", laptop)
    with refused("ResourceNotFoundException", NO_DEVICE):
        public.get_device(AccessToken=result["AccessToken"], DeviceKey=laptop.key)
    with refused("NotAuthorizedException"):
        public.initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH",
            ClientId=ann.client_id,
            AuthParameters={"REFRESH_TOKEN": result["RefreshToken"], "DEVICE_KEY": laptop.key},
        )
    trace.path()
    ann.asked()
    same(trace.path(), WITH_CODE, "path")
    ok(f"forgotten: {NO_DEVICE}; without the key a code is asked")


def whole_client():
    """pycognito's own class, which fetches the keys of the pool and checks every claim."""
    admin, public = client(), client()
    pool = new_pool(admin, "verified", mfa="OFF")
    app = new_client(admin, pool)
    register(public, app, "cat")
    cat = pycognito.Cognito(
        pool, app, username="cat", boto3_client_kwargs={"endpoint_url": ENDPOINT}
    )
    cat.authenticate(password=PASSWORD)
    same(cat.access_claims["username"], "cat", "username")
    same(cat.id_claims["email"], "cat@example.com", "email")
    cat.renew_access_token()
    cat.verify_tokens()
    token = cat.access_token
    cat.logout()
    with refused("NotAuthorizedException"):
        public.get_user(AccessToken=token)
    ok("pycognito verifies the tokens, renews them and signs out")


def walk():
    story()
    whole_client()


if __name__ == "__main__":
    main(walk)
