"""Two thousand parallel guesses at each kind of secret, through two servers on one PostgreSQL.

The servers count in the database, so together they compare no more guesses than one would: so many at
once, and one more each time that a lock, which doubles from a second, has run out meanwhile.
"""

import collections
import concurrent.futures
import itertools
import math
import os
import threading
import time

import requests

from walk import (
    ENDPOINT, PASSWORD, WRONG_PASSWORD, client, enrol_totp, main, message_to, ok, person, same,
    sending_pool,
)

GUESSES, THREADS = 2_000, 32
ENDPOINTS = [ENDPOINT, os.environ["OTHER_ENDPOINT"]]
LOCKED = "Password attempts exceeded"
WRONG_CODE = "Invalid code or auth state for the user."
MISMATCH = "Invalid verification code provided, please try again."
LIMIT = "Attempt limit exceeded, please try after some time."

local = threading.local()


def post(numbered, operation, body):
    """The text of a refusal."""
    if not hasattr(local, "session"):
        local.session = requests.Session()
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
    }
    endpoint = ENDPOINTS[numbered % len(ENDPOINTS)]
    answer = local.session.post(endpoint, json=body, headers=headers, timeout=60)
    assert answer.status_code == 400, f"{operation} answered {answer.status_code} to a guess"
    return answer.json()["message"]


def storm(operation, body):
    """What 2,000 guesses at once are told, and how long they took in all."""
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        told = pool.map(lambda number: post(number, operation, body), range(GUESSES))
        told = collections.Counter(told)
    return told, time.monotonic() - began


def bounded(what, operation, body, wrong, free):
    """Guesses at something that locks: `free` of them cost nothing, the last of which locks."""
    told, seconds = storm(operation, body)
    same(sum(told.values()), GUESSES, "answers")
    same(set(told) - {wrong, LOCKED}, set(), "answers of another kind")
    most = free + int(math.log2(seconds + 2)) + 1
    assert free <= told[wrong] <= most, f"{what}: {told[wrong]} compared in {seconds:.1f} s"
    ok(f"{what}: of {GUESSES} guesses {told[wrong]} were compared")


def budgeted(what, operation, body, right, of_an_hour):
    """Guesses at something of which so many an hour are compared, right ones included."""
    told, _ = storm(operation, body)
    same(told, {MISMATCH: of_an_hour, LIMIT: GUESSES - of_an_hour}, what)
    for number in range(len(ENDPOINTS)):
        same(post(number, operation, {**body, **right}), LIMIT, "the right one, too late")
    ok(f"{what}: of {GUESSES} guesses {of_an_hour} were compared")


def wrong_code(*right, digits=6):
    codes = (str(number).zfill(digits) for number in itertools.count())
    return next(code for code in codes if code not in right)


def walk():
    admin, public = client(), client()
    pool, app = sending_pool(admin, "guesses", ["PASSWORD", "EMAIL_OTP"])
    admin.update_user_pool(
        UserPoolId=pool, AutoVerifiedAttributes=["email"],
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
    )
    for name in ["ada", "bob", "cay", "dan", "eve"]:
        person(admin, pool, name, email=f"{name}@example.com", email_verified="true")

    def sign_in(name, **more):
        return public.initiate_auth(
            ClientId=app, AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD}, **more,
        )

    parameters = {"USERNAME": "ada", "PASSWORD": "Wrong-horse-7"}
    body = {"ClientId": app, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
    bounded("a password", "InitiateAuth", body, WRONG_PASSWORD, 5)

    asked = public.initiate_auth(
        ClientId=app, AuthFlow="USER_AUTH",
        AuthParameters={"USERNAME": "bob", "PREFERRED_CHALLENGE": "EMAIL_OTP"},
    )
    wrong = wrong_code(message_to("bob@example.com")["code"], digits=8)
    body = {
        "ClientId": app, "ChallengeName": "EMAIL_OTP", "Session": asked["Session"],
        "ChallengeResponses": {"USERNAME": "bob", "EMAIL_OTP_CODE": wrong},
    }
    bounded("a code by mail", "RespondToAuthChallenge", body, WRONG_CODE, 10)

    admin.set_user_pool_mfa_config(
        UserPoolId=pool, MfaConfiguration="OPTIONAL",
        SoftwareTokenMfaConfiguration={"Enabled": True},
    )
    token = sign_in("cay")["AuthenticationResult"]["AccessToken"]
    totp = enrol_totp(public, token)
    session = sign_in("cay")["Session"]
    now = int(time.time() // totp.STEP_SECONDS)
    wrong = wrong_code(*(totp.at(now + step) for step in range(-4, 20)))
    body = {
        "ClientId": app, "ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": session,
        "ChallengeResponses": {"USERNAME": "cay", "SOFTWARE_TOKEN_MFA_CODE": wrong},
    }
    told = "Invalid code received for user"
    bounded("an authenticator's code", "RespondToAuthChallenge", body, told, 10)

    public.forgot_password(ClientId=app, Username="dan")
    right = message_to("dan@example.com")["code"]
    body = {
        "ClientId": app, "Username": "dan", "ConfirmationCode": wrong_code(right),
        "Password": "Another-horse-8",
    }
    right = {"ConfirmationCode": right}
    budgeted("a reset code", "ConfirmForgotPassword", body, right, 15)
    sign_in("dan")

    public.sign_up(
        ClientId=app, Username="fay", Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "fay@example.com"}],
    )
    right = message_to("fay@example.com")["code"]
    body = {"ClientId": app, "Username": "fay", "ConfirmationCode": wrong_code(right)}
    right = {"ConfirmationCode": right}
    budgeted("a sign-up code", "ConfirmSignUp", body, right, 15)

    token = sign_in("eve")["AuthenticationResult"]["AccessToken"]
    public.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    right = message_to("eve@example.com")["code"]
    body = {"AccessToken": token, "AttributeName": "email", "Code": wrong_code(right)}
    budgeted("an attribute's code", "VerifyUserAttribute", body, {"Code": right}, 15)


main(walk)
