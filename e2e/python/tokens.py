"""What tokens are good for, and for how long: verified by PyJWT, rotated, listed as sessions, revoked.

A service that receives a token checks it with PyJWT as below: the signature by a key of the pool's key set,
issuer, audience (access tokens name their client elsewhere), expiry, and the token's use.
"""

import base64
import json
import os
import subprocess
import time

import jwt

from walk import (
    DATA_DIR, ENDPOINT, PASSWORD, client, main, new_client, new_pool, ok, refused, register, same,
)

REUSED = "Refresh token reuse detected"
# A new key signs a minute after it was published.
NEW_KEY_WAIT_SECONDS = 120


class Verifier:
    """What a service keeps that receives tokens of a pool."""

    def __init__(self, pool, client_id):
        self.issuer, self.client_id = f"{ENDPOINT}/{pool}", client_id
        self.keys = jwt.PyJWKClient(f"{self.issuer}/.well-known/jwks.json")

    def _decode(self, token, use, **expected):
        key = self.keys.get_signing_key_from_jwt(token)
        required = ["exp", "iat", "iss", "sub", "token_use", "jti"]
        claims = jwt.decode(
            token, key, algorithms=["RS256"], issuer=self.issuer,
            options={"require": required}, **expected,
        )
        same(claims["token_use"], use, "token_use")
        return claims

    def id(self, token):
        return self._decode(token, "id", audience=self.client_id)

    def access(self, token):
        claims = self._decode(token, "access")
        same(claims["client_id"], self.client_id, "client_id")
        return claims

    def both(self, result):
        access, identity = self.access(result["AccessToken"]), self.id(result["IdToken"])
        for name in ("sub", "origin_jti", "event_id", "auth_time"):
            same(access[name], identity[name], name)
        return access, identity


def changed(token, **claims):
    """The same token with other claims, and the signature it had."""
    head, body, signature = token.split(".")
    payload = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))) | claims
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode()
    return ".".join([head, body, signature])


def rejected(error, call, *arguments):
    try:
        call(*arguments)
    except error:
        return
    raise AssertionError(f"accepted; expected {error}")


def sign_in(public, client_id, name="ann"):
    parameters = {"USERNAME": name, "PASSWORD": PASSWORD}
    answer = public.initiate_auth(
        ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
    )
    return answer["AuthenticationResult"]


def verified(admin, public, pool):
    app, other = new_client(admin, pool), new_client(admin, pool, ClientName="other")
    register(public, app, "ann")
    verifier = Verifier(pool, app)
    result = sign_in(public, app)
    access, identity = verifier.both(result)
    same((access["username"], identity["cognito:username"]), ("ann", "ann"), "names")
    same((identity["email"], identity["email_verified"]), ("ann@example.com", True), "email")
    same(access["exp"] - access["iat"], result["ExpiresIn"], "life")
    raised = changed(result["AccessToken"], username="root")
    rejected(jwt.InvalidSignatureError, verifier.access, raised)
    with refused("NotAuthorizedException"):
        public.get_user(AccessToken=raised)
    rejected(jwt.InvalidAudienceError, Verifier(pool, other).id, result["IdToken"])
    rejected(jwt.InvalidAudienceError, verifier.access, result["IdToken"])
    rejected(jwt.MissingRequiredClaimError, verifier.id, result["AccessToken"])
    elsewhere = Verifier(new_pool(admin, "elsewhere", mfa="OFF"), app)
    rejected(jwt.PyJWKClientError, elsewhere.access, result["AccessToken"])
    unsigned = jwt.encode({"sub": "root"}, None, algorithm="none")
    with refused("NotAuthorizedException"):
        public.get_user(AccessToken=unsigned)
    ok("PyJWT verifies both tokens; forged, confused and foreign ones are refused")
    return app, verifier


def groups(admin, public, pool, app, verifier):
    role = "arn:aws:iam::000000000000:role/readers"
    for name, precedence in (("writers", 2), ("readers", 1)):
        roles = {"RoleArn": role} if name == "readers" else {}
        admin.create_group(UserPoolId=pool, GroupName=name, Precedence=precedence, **roles)
        admin.admin_add_user_to_group(UserPoolId=pool, Username="ann", GroupName=name)
    access, identity = verifier.both(sign_in(public, app))
    same(access["cognito:groups"], ["readers", "writers"], "groups")
    same(identity["cognito:groups"], ["readers", "writers"], "groups")
    same(identity["cognito:roles"], [role], "roles")
    same(identity["cognito:preferred_role"], role, "preferred role")
    admin.admin_remove_user_from_group(UserPoolId=pool, Username="ann", GroupName="readers")
    admin.delete_group(UserPoolId=pool, GroupName="writers")
    access, _ = verifier.both(sign_in(public, app))
    assert "cognito:groups" not in access, access
    ok("groups, by precedence, with their roles, in the tokens")


def rotation(admin, public, pool):
    """The exception is modelled: SDKs have a class for it."""
    app = new_client(
        admin, pool, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
    )
    verifier = Verifier(pool, app)
    first = sign_in(public, app)

    def renew(token):
        answer = public.get_tokens_from_refresh_token(ClientId=app, RefreshToken=token)
        return answer["AuthenticationResult"]

    second = renew(first["RefreshToken"])
    before, after = verifier.both(first)[0], verifier.both(second)[0]
    same(after["origin_jti"], before["origin_jti"], "origin_jti")
    same(after["auth_time"], before["auth_time"], "auth_time")
    assert second["RefreshToken"] != first["RefreshToken"]
    try:
        renew(first["RefreshToken"])
    except public.exceptions.RefreshTokenReuseException as reuse:
        same(reuse.response["Error"]["Message"], REUSED, "message")
    else:
        raise AssertionError("a token that was replaced is taken again")
    third = renew(second["RefreshToken"])
    ok("each use replaces the refresh token; the one before is refused as reused")
    public.revoke_token(ClientId=app, Token=third["RefreshToken"])
    with refused("NotAuthorizedException", "Refresh Token has been revoked"):
        renew(third["RefreshToken"])
    with refused("NotAuthorizedException"):
        public.get_user(AccessToken=first["AccessToken"])
    ok("a revocation ends all of them")


def sessions(admin, public, pool, app):
    settings = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 2}}
    answer = admin.set_user_pool_session_configuration(UserPoolId=pool, **settings)
    same(answer["TokenSession"], {"MaxPerUser": 2}, "TokenSession")
    read = admin.get_user_pool_session_configuration(UserPoolId=pool)
    same(read["UserSessionTracking"], "ENABLED", "UserSessionTracking")

    def listed(result):
        return public.list_user_sessions(AccessToken=result["AccessToken"])["Sessions"]

    one, two = sign_in(public, app), sign_in(public, app)
    shown = listed(two)
    same(len(shown), 2, "sessions")
    same({session["ClientId"] for session in shown}, {app}, "clients")
    same({session["SessionType"] for session in shown}, {"TOKEN"}, "types")
    same([session["IsCurrentSession"] for session in shown].count(True), 1, "current ones")
    mine = next(session["SessionId"] for session in shown if session["IsCurrentSession"])
    others = next(session["SessionId"] for session in shown if not session["IsCurrentSession"])
    same(next(s["SessionId"] for s in listed(one) if s["IsCurrentSession"]), others, "the other")
    public.revoke_user_session(AccessToken=two["AccessToken"], SessionId=others)
    with refused("NotAuthorizedException", "Access Token has been revoked"):
        public.get_user(AccessToken=one["AccessToken"])
    same([session["SessionId"] for session in listed(two)], [mine], "sessions")
    ok("a user lists the sessions, and ends another")

    three = sign_in(public, app)
    four = sign_in(public, app)
    same(len(listed(four)), 2, "sessions")
    with refused("NotAuthorizedException"):
        public.get_user(AccessToken=two["AccessToken"])
    public.get_user(AccessToken=three["AccessToken"])
    ok("with one more than there may be, the least recently used ends")

    seen = admin.admin_list_user_sessions(UserPoolId=pool, Username="ann")["Sessions"]
    same({s["SessionId"] for s in seen}, {s["SessionId"] for s in listed(four)}, "sessions")
    for session in seen:
        admin.admin_revoke_user_session(
            UserPoolId=pool, Username="ann", SessionId=session["SessionId"]
        )
    for result in (three, four):
        with refused("NotAuthorizedException"):
            public.get_user(AccessToken=result["AccessToken"])
        with refused("NotAuthorizedException", "Refresh Token has been revoked"):
            public.initiate_auth(
                ClientId=app, AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters={"REFRESH_TOKEN": result["RefreshToken"]},
            )
    same(admin.admin_list_user_sessions(UserPoolId=pool, Username="ann")["Sessions"], [], "left")
    with refused("ResourceNotFoundException"):
        admin.admin_revoke_user_session(UserPoolId=pool, Username="ann", SessionId=mine)
    ok("an administrator lists the sessions of a user, and ends them")


def machines(admin, public, pool):
    made = admin.create_user_pool_client(
        UserPoolId=pool, ClientName="machine", GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"],
    )["UserPoolClient"]
    answer = public.get_client_token(ClientId=made["ClientId"], Secret=made["ClientSecret"])
    result = answer["ClientAuthenticationResult"]
    claims = Verifier(pool, made["ClientId"]).access(result["AccessToken"])
    same((claims["sub"], result["TokenType"]), (made["ClientId"], "Bearer"), "subject")
    with refused("NotAuthorizedException"):
        public.get_client_token(ClientId=made["ClientId"], Secret="A" * 40)
    with refused("NotAuthorizedException"):
        public.get_user(AccessToken=result["AccessToken"])
    ok("GetClientToken: a token of the client's own, which is no user's")


def walk():
    admin, public = client(), client()
    pool = new_pool(admin, "tokens", mfa="OFF")
    app, verifier = verified(admin, public, pool)
    groups(admin, public, pool, app, verifier)
    rotation(admin, public, pool)
    sessions(admin, public, pool, app)
    machines(admin, public, pool)


def new_keys():
    """`poolhouse keys rotate` beside a running server: old and new tokens verify, and are accepted."""
    admin, public = client(), client()
    pool = new_pool(admin, "keys", mfa="OFF")
    app = new_client(admin, pool)
    register(public, app, "ann")
    before = sign_in(public, app)
    old = jwt.get_unverified_header(before["AccessToken"])["kid"]
    command = [os.environ["POOLHOUSE"], "keys", "rotate", "--pool", pool]
    subprocess.run([*command, "--data-dir", DATA_DIR], check=True, timeout=60)
    deadline = time.monotonic() + NEW_KEY_WAIT_SECONDS
    while True:
        after = sign_in(public, app)
        if jwt.get_unverified_header(after["AccessToken"])["kid"] != old:
            break
        assert time.monotonic() < deadline, "the new key does not sign"
        time.sleep(1)
    verifier = Verifier(pool, app)
    same(verifier.both(before)[0]["username"], "ann", "username")
    same(verifier.both(after)[0]["username"], "ann", "username")
    for result in (before, after):
        public.get_user(AccessToken=result["AccessToken"])
    again = public.initiate_auth(
        ClientId=app, AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": before["RefreshToken"]},
    )["AuthenticationResult"]
    renewed = jwt.get_unverified_header(again["AccessToken"])["kid"]
    assert renewed != old, "a renewed token is signed by the new key"
    ok("after keys rotate both keys verify, and the new one signs")


if __name__ == "__main__":
    main(new_keys if "POOLHOUSE" in os.environ else walk)
