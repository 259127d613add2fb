"""What clients put on the wire beyond the device story, and what is refused there.

W2 (a Session that is sent is checked), W5, W6, W8, W9, W11, W14, W15.
"""

import base64
import datetime
import json

import requests
from pycognito.aws_srp import N_HEX, AWSSRP

from walk import (
    ENDPOINT, NO_DEVICE, PASSWORD, WRONG_PASSWORD, Device, Person, client, main, message_to,
    new_client, new_pool, ok, post, refused, register, same,
)


class UpperCase(AWSSRP):
    """W8: .NET writes hexadecimal numbers in capitals, and one with leading zeros is the same."""

    def get_auth_params(self):
        parameters = super().get_auth_params()
        return parameters | {"SRP_A": parameters["SRP_A"].upper().rjust(770, "0")}


class AtTime(AWSSRP):
    """Signs a time of the test's choosing, correctly."""

    stamp = ""

    def get_cognito_formatted_timestamp(self, _):
        return self.stamp


def number_forms(person):
    person.sign_in(kind=UpperCase)
    ok("W8: SRP_A in capitals with leading zeros")
    for name, value in {
        "0": "0", "N": N_HEX, "2N": f"{2 * int(N_HEX, 16):x}", "letters": "xyz", "nothing": "",
    }.items():
        with refused("InvalidParameterException"):
            person.public.initiate_auth(
                AuthFlow="USER_SRP_AUTH",
                ClientId=person.client_id,
                AuthParameters={"USERNAME": person.name, "SRP_A": value},
            )
        ok(f"SRP_A = {name} is refused")


def time_forms(person):
    """W14. A day with a leading zero is a unit test: it needs the first days of a month."""
    now = datetime.datetime.now(datetime.timezone.utc)
    plain = AWSSRP.get_cognito_formatted_timestamp

    def at(text):
        return type("Stamped", (AtTime,), {"stamp": text})

    person.sign_in(kind=at(plain(now)))
    ok("W14: the time as every client writes it")
    wrong_day = plain(now)
    wrong_day = ("Tue" if wrong_day.startswith("Mon") else "Mon") + wrong_day[3:]
    stale = plain(now - datetime.timedelta(minutes=10))
    for text in (wrong_day, stale, plain(now).replace("UTC", "GMT"), now.isoformat(), ""):
        with refused("NotAuthorizedException", WRONG_PASSWORD):
            person.sign_in(kind=at(text))
    ok("W14: a wrong weekday, a stale time and other notations are a wrong password")


def spent_once(person):
    """The secret block is used once, by its user."""
    parameters, responses = proof(person)
    same(answer(person, responses).status_code, 200, "status")
    again = answer(person, responses)
    same((again.status_code, again.json()["__type"]), (400, "NotAuthorizedException"), "again")
    ok("a replayed PASSWORD_VERIFIER answer is refused")


def proof(person):
    """A SECRET_BLOCK and a right answer to it."""
    srp = person.srp()
    parameters = srp.get_auth_params()
    challenge = person.public.initiate_auth(
        AuthFlow="USER_SRP_AUTH", ClientId=person.client_id, AuthParameters=parameters
    )
    return parameters, srp.process_challenge(challenge["ChallengeParameters"], parameters)


def answer(person, responses, challenge="PASSWORD_VERIFIER", headers=None, **members):
    body = {
        "ClientId": person.client_id,
        "ChallengeName": challenge,
        "ChallengeResponses": responses,
        **members,
    }
    return post("RespondToAuthChallenge", body, headers)


def lost_device(person):
    """W3, W4, W5: an unknown device does not cost the password, and null is no key."""
    parameters, responses = proof(person)
    unknown = "us-east-1_00000000-0000-4000-8000-000000000000"
    lost = answer(person, responses | {"DEVICE_KEY": unknown})
    same(lost.status_code, 400, "status")
    same(lost.headers["x-amzn-ErrorType"].split(":")[0], "ResourceNotFoundException", "header")
    same(lost.json(), {"__type": "ResourceNotFoundException", "message": NO_DEVICE}, "body")
    ok(f"W3: an unknown device is ResourceNotFoundException `{NO_DEVICE}`")
    extra = {"DEVICE_KEY": None, "SRP_A": parameters["SRP_A"], "SMS_MFA_CODE": "000000"}
    found = answer(
        person, responses | extra, Session=None, ClientMetadata=None, Unknown={"a": [None, 1]}
    )
    same(found.status_code, 200, found.text)
    assert found.json()["AuthenticationResult"]["NewDeviceMetadata"]
    ok("W4, W5, W6: the same answer without the key is taken; null is absent, extra keys are free")


def any_authorization(person):
    """W11: what needs no signature does not look at one."""
    forged = (
        "AWS4-HMAC-SHA256 Credential=AKIDNOBODY/20200101/us-east-1/cognito-idp/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64
    )
    for header in (f"Bearer {'x' * 40}", forged, "nonsense"):
        headers = {"Authorization": header, "X-Amz-Date": "20200101T000000Z"}
        _, responses = proof(person)
        found = answer(person, responses, headers=headers)
        same(found.status_code, 200, found.text)
        tokens = found.json()["AuthenticationResult"]
        device = Device(tokens["NewDeviceMetadata"])
        body = {
            "AccessToken": tokens["AccessToken"],
            "DeviceKey": device.key,
            "DeviceName": None,
            "DeviceSecretVerifierConfig": device.verifier,
        }
        confirmed = post("ConfirmDevice", body, headers)
        same(confirmed.json(), {"UserConfirmationNecessary": False}, "answer")
    ok("W11: public operations ignore Authorization: Bearer, of an unknown key, nonsense")


def device_numbers(person):
    """W9: a device's numbers are signed; one that looks negative was not padded."""
    result = person.sign_in()
    device = Device(result["NewDeviceMetadata"])
    negative = base64.b64encode(b"\xff" * 384).decode()
    for change in (
        {"PasswordVerifier": negative},
        {"Salt": base64.b64encode(b"\xff" * 16).decode()},
        {"PasswordVerifier": "not base64!"},
        {"PasswordVerifier": base64.b64encode(b"\x00").decode()},
        {"PasswordVerifier": base64.b64encode(b"\x00" + b"\xff" * 384).decode()},
    ):
        body = {
            "AccessToken": result["AccessToken"],
            "DeviceKey": device.key,
            "DeviceSecretVerifierConfig": device.verifier | change,
        }
        found = post("ConfirmDevice", body)
        same(found.json()["__type"], "InvalidParameterException", str(change))
    same(device.confirm(person.public, result["AccessToken"]), False, "confirmed")
    person.sign_in(device)
    ok("W9: verifiers and salts that are negative, zero, too large or not Base64 are refused")
    sessions(person, device)


def sessions(person, device):
    """W2: what is left out is not missed; what is sent must be right."""
    _, responses = proof(person)
    first = answer(person, responses | {"DEVICE_KEY": device.key}).json()
    same(first["ChallengeName"], "DEVICE_SRP_AUTH", "ChallengeName")
    start = {
        "USERNAME": person.name,
        "DEVICE_KEY": device.key,
        "SRP_A": f"{person.srp(device).large_a_value:x}",
    }
    wrong = answer(person, start, "DEVICE_SRP_AUTH", Session="x" * 40)
    same(wrong.json()["__type"], "NotAuthorizedException", "with a made-up session")
    ok("W2: a Session that was never given is refused")
    other = Person(person.public, person.pool, person.client_id, "dan")
    register(other.public, other.client_id, other.name)
    stolen = answer(
        other, start | {"USERNAME": other.name}, "DEVICE_SRP_AUTH", Session=first["Session"]
    )
    same(stolen.status_code, 400, "another's session")
    without = post(
        "RespondToAuthChallenge",
        {
            "ClientId": other.client_id,
            "ChallengeName": "DEVICE_SRP_AUTH",
            "ChallengeResponses": start | {"USERNAME": other.name},
        },
    )
    same(without.status_code, 400, "no first factor")
    ok("DEVICE_SRP_AUTH without a first factor of that user is refused")


def error_form():
    """W15, and the protocol around it."""
    unknown = post("NoSuchOperation", {})
    same(unknown.status_code, 400, "status")
    assert unknown.json()["__type"].endswith("UnknownOperationException"), unknown.text
    assert unknown.headers["x-amzn-ErrorType"].startswith("UnknownOperationException")
    assert unknown.headers["x-amzn-RequestId"]
    same(unknown.headers["Content-Type"], "application/x-amz-json-1.1", "Content-Type")
    ok("W15: __type, message and x-amzn-ErrorType; an unknown operation is a 400")
    for body in (b"{", b"[]", b"\xff\xfe", b'"text"'):
        found = post("InitiateAuth", body)
        same(found.status_code, 400, "status")
        same(found.json()["__type"], "SerializationException", str(body))
    ok("a body that is no JSON object is a SerializationException")
    huge = post("InitiateAuth", json.dumps({"ClientId": "x" * 1_100_000}))
    assert huge.status_code in (400, 413), huge.status_code
    deep = post("InitiateAuth", b'{"ClientMetadata":' + b'{"a":' * 100 + b"1" + b"}" * 101)
    same(deep.status_code, 400, "status")
    ok("a body that is too large or too deep is refused")
    browser = requests.options(
        ENDPOINT,
        headers={
            "Origin": "http://localhost:3000",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,x-amz-target,x-amz-user-agent,cache-control",
        },
        timeout=60,
    )
    assert browser.status_code in (200, 204), browser.status_code
    same(browser.headers["Access-Control-Allow-Origin"], "*", "Access-Control-Allow-Origin")
    allowed = browser.headers["Access-Control-Allow-Headers"].lower()
    for name in ("content-type", "x-amz-target", "x-amz-user-agent", "cache-control"):
        assert name in allowed, f"{name} is not in {allowed}"
    ok("a browser may call")


def secrets(admin):
    """A client with a secret, through pycognito, which makes SECRET_HASH."""
    pool = new_pool(admin, "confidential", mfa="OFF")
    created = admin.create_user_pool_client(
        UserPoolId=pool,
        ClientName="server",
        GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )["UserPoolClient"]
    app, secret = created["ClientId"], created["ClientSecret"]
    public = client()
    hashed = AWSSRP.get_secret_hash("eve", app, secret)
    attributes = [{"Name": "email", "Value": "eve@example.com"}]
    wrong = f"Unable to verify secret hash for client {app}"
    with refused("NotAuthorizedException", wrong):
        public.sign_up(
            ClientId=app, Username="eve", Password=PASSWORD, UserAttributes=attributes,
            SecretHash=AWSSRP.get_secret_hash("ann", app, secret),
        )
    public.sign_up(
        ClientId=app, Username="eve", Password=PASSWORD, UserAttributes=attributes,
        SecretHash=hashed,
    )
    code = message_to("eve@example.com")["code"]
    public.confirm_sign_up(
        ClientId=app, Username="eve", ConfirmationCode=code, SecretHash=hashed
    )
    eve = Person(public, pool, app, "eve")
    eve.sign_in(client_secret=secret)
    with refused("NotAuthorizedException"):
        eve.sign_in()
    with refused("NotAuthorizedException", wrong):
        eve.sign_in(client_secret="another")
    ok("SECRET_HASH: demanded, checked, and right from pycognito")


def walk():
    admin, public = client(), client()
    pool = new_pool(admin, "wire", new_device=True, on_prompt=False, mfa="OFF")
    app = new_client(admin, pool)
    register(public, app, "ann")
    ann = Person(public, pool, app, "ann")
    error_form()
    number_forms(ann)
    spent_once(ann)
    lost_device(ann)
    any_authorization(ann)
    device_numbers(ann)
    # Wrong passwords come last, for an account of its own: they slow its next attempts down.
    register(public, app, "tim")
    time_forms(Person(public, pool, app, "tim"))
    with refused("NotAuthorizedException", WRONG_PASSWORD):
        Person(public, pool, app, "ann", "wrong-Password-1").sign_in()
    ok("a wrong password is refused")
    secrets(admin)


if __name__ == "__main__":
    main(walk)
