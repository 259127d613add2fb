"""What every walk needs: clients, a mailbox, one-time codes, and ways to say what must be true.

A walk is a script that tells one story through unmodified clients. It prints `ok: …` for each step
and ends with a traceback at the first step that is not as told. Where the server is, and whose
credentials administer it, comes from the environment that the Rust harness sets.
"""

import base64
import contextlib
import hashlib
import hmac
import itertools
import json
import os
import pathlib
import struct
import sys
import time
import warnings

import boto3
import pycognito.aws_srp
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP
from pycognito.exceptions import SoftwareTokenMFAChallengeException

# pycognito calls datetime.utcnow(), which newer Pythons warn about.
warnings.filterwarnings("ignore", category=DeprecationWarning)

ENDPOINT = os.environ["ENDPOINT"]
REGION = os.environ["AWS_REGION"]
ACCOUNT = os.environ.get("ACCOUNT_ID", "000000000000")
DATA_DIR = pathlib.Path(os.environ["DATA_DIR"])

PASSWORD = "Correct-horse-7"
NO_DEVICE = "Device does not exist."
WRONG_PASSWORD = "Incorrect username or password."

# A message is written when its request has been answered, by a worker: not at once.
MAIL_WAIT_SECONDS = 20
# One retry would hide a lost answer.
ONE_TRY = Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=60)


def ok(step):
    print(f"ok: {step}", flush=True)


def same(found, expected, what="value"):
    assert found == expected, f"{what}: {found!r}, expected {expected!r}"


def client(service="cognito-idp", keys=None, config=ONE_TRY):
    """A boto3 client, with the administrator's credentials or with `keys`."""
    named = {}
    if keys is not None:
        named = {"aws_access_key_id": keys[0], "aws_secret_access_key": keys[1]}
    session = boto3.session.Session(region_name=REGION)
    return session.client(service, endpoint_url=ENDPOINT, config=config, **named)


@contextlib.contextmanager
def refused(code, message=None):
    """What is inside must be refused with this exception, and with this text where one is given."""
    try:
        yield
    except ClientError as error:
        answer = error.response
        same(answer["Error"]["Code"], code, f"exception ({answer['Error'].get('Message')})")
        same(answer["ResponseMetadata"]["HTTPStatusCode"], 400, "status")
        if message is not None:
            same(answer["Error"]["Message"], message, "message")
    else:
        raise AssertionError(f"accepted; expected {code}")


class Trace:
    """Which challenge each sign-in call of a boto3 client led to, with requests and answers."""

    def __init__(self, boto_client):
        self.calls = []
        self._request = None
        events = boto_client.meta.events
        events.register("provide-client-params.cognito-idp", self._before)
        events.register("after-call.cognito-idp", self._after)

    def _before(self, params, **_):
        self._request = params

    def _after(self, parsed, model, **_):
        self.calls.append((model.name, self._request, parsed))

    def path(self):
        """The challenges since the last call, `tokens` for the end; errors by their names."""
        steps = []
        for name, _, answer in self.calls:
            if name in ("InitiateAuth", "RespondToAuthChallenge"):
                failed = answer.get("Error", {}).get("Code")
                steps.append(failed or answer.get("ChallengeName") or "tokens")
        self.calls = []
        return steps

    def answers(self, challenge):
        return [answer for _, _, answer in self.calls if answer.get("ChallengeName") == challenge]

    def requests(self, operation):
        return [request for name, request, _ in self.calls if name == operation]


# People


def message_to(address, kind=None):
    """The newest message to an address, from the spool of the server."""
    deadline = time.monotonic() + MAIL_WAIT_SECONDS
    while time.monotonic() < deadline:
        found = []
        for path in (DATA_DIR / "outbox").glob("*.json"):
            message = json.loads(path.read_text())
            if message["to"] == address and kind in (None, message.get("kind")):
                found.append((path.name, message))
        if found:
            return max(found, key=lambda pair: pair[0])[1]
        time.sleep(0.05)
    raise AssertionError(f"no message to {address} in {MAIL_WAIT_SECONDS} s")


def new_pool(admin, name, new_device=None, on_prompt=None, mfa="OPTIONAL"):
    """A pool with confirmation by e-mail; with devices where the two switches are given."""
    settings = {}
    if new_device is not None:
        settings["DeviceConfiguration"] = {
            "ChallengeRequiredOnNewDevice": new_device,
            "DeviceOnlyRememberedOnUserPrompt": on_prompt,
        }
    created = admin.create_user_pool(
        PoolName=name, AutoVerifiedAttributes=["email"], **settings
    )["UserPool"]
    if mfa != "OFF":
        admin.set_user_pool_mfa_config(
            UserPoolId=created["Id"],
            MfaConfiguration=mfa,
            SoftwareTokenMfaConfiguration={"Enabled": True},
        )
    return created["Id"]


def new_client(admin, pool, **settings):
    flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    settings = {"ClientName": "app", "ExplicitAuthFlows": flows, **settings}
    return admin.create_user_pool_client(UserPoolId=pool, **settings)["UserPoolClient"]["ClientId"]


def register(public, client_id, name, password=PASSWORD):
    """Signs a person up and confirms with the code from the mail."""
    email = f"{name}@example.com"
    attributes = [{"Name": "email", "Value": email}]
    answer = public.sign_up(
        ClientId=client_id, Username=name, Password=password, UserAttributes=attributes
    )
    same(answer["UserConfirmed"], False, "UserConfirmed")
    same(answer["CodeDeliveryDetails"]["AttributeName"], "email", "AttributeName")
    code = message_to(email)["code"]
    public.confirm_sign_up(ClientId=client_id, Username=name, ConfirmationCode=code)


def sending_pool(admin, name, first_factors):
    """A pool that may send codes as first and as second factors, and a client for all flows."""
    pool = admin.create_user_pool(
        PoolName=name,
        AutoVerifiedAttributes=["email"],
        SmsConfiguration={"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"},
        EmailConfiguration={
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
        },
        # What recovers the account cannot be its second factor as well.
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": first_factors}},
    )["UserPool"]["Id"]
    flows = ["USER_AUTH", "USER_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"]
    flows = [f"ALLOW_{flow}" for flow in [*flows, "REFRESH_TOKEN_AUTH"]]
    return pool, new_client(admin, pool, ExplicitAuthFlows=flows)


def person(admin, pool, name, **attributes):
    """A user made by an administrator, with a password of their own."""
    given = [{"Name": key, "Value": value} for key, value in attributes.items()]
    admin.admin_create_user(
        UserPoolId=pool, Username=name, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS",
        UserAttributes=given,
    )
    admin.admin_set_user_password(
        UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True
    )


class Totp:
    """An authenticator app. A code works once, and none older than one that was used (RFC 6238)."""

    STEP_SECONDS = 30
    # A code of the last step must still be valid when it arrives.
    MARGIN_SECONDS = 6

    def __init__(self, secret):
        self.key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        self.used = 0

    def code(self):
        """A code not used before, from as early a step as the server takes, so that three codes
        can be had without waiting."""
        now = time.time()
        earliest = int((now + self.MARGIN_SECONDS) // self.STEP_SECONDS) - 1
        step = max(self.used + 1, earliest)
        wait = (step - 1) * self.STEP_SECONDS - now
        if wait > 0:
            time.sleep(wait + 0.2)
        self.used = step
        return self.at(step)

    def at(self, step):
        digest = hmac.new(self.key, struct.pack(">Q", step), hashlib.sha1).digest()
        offset = digest[-1] & 15
        number = struct.unpack_from(">I", digest, offset)[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"


def enrol_totp(public, access_token):
    secret = public.associate_software_token(AccessToken=access_token)["SecretCode"]
    totp = Totp(secret)
    answer = public.verify_software_token(AccessToken=access_token, UserCode=totp.code())
    same(answer["Status"], "SUCCESS", "Status")
    public.set_user_mfa_preference(
        AccessToken=access_token,
        SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    return totp


class Device:
    """What an app keeps about the device it runs on."""

    def __init__(self, metadata):
        self.key = metadata["DeviceKey"]
        self.group = metadata["DeviceGroupKey"]
        self.password, self.verifier = pycognito.aws_srp.generate_hash_device(self.group, self.key)

    def confirm(self, public, access_token, name="a laptop"):
        answer = public.confirm_device(
            AccessToken=access_token,
            DeviceKey=self.key,
            DeviceName=name,
            DeviceSecretVerifierConfig=self.verifier,
        )
        return answer["UserConfirmationNecessary"]

    def named(self):
        return {
            "device_key": self.key,
            "device_group_key": self.group,
            "device_password": self.password,
        }


class Person:
    """Somebody with an app that uses pycognito."""

    def __init__(self, public, pool, client_id, name, password=PASSWORD):
        self.public, self.pool, self.client_id = public, pool, client_id
        self.name, self.password = name, password

    def srp(self, device=None, kind=AWSSRP, **changes):
        named = device.named() | changes if device else changes
        return kind(
            username=self.name,
            password=self.password,
            pool_id=self.pool,
            client_id=self.client_id,
            client=self.public,
            **named,
        )

    def sign_in(self, device=None, **changes):
        """Tokens, or an AssertionError when a code is asked for."""
        try:
            return self.srp(device, **changes).authenticate_user()["AuthenticationResult"]
        except SoftwareTokenMFAChallengeException as challenge:
            raise AssertionError("a code was asked for") from challenge

    def asked(self, device=None, **changes):
        """The session of the MFA challenge, or an AssertionError when none comes."""
        try:
            self.srp(device, **changes).authenticate_user()
        except SoftwareTokenMFAChallengeException as challenge:
            return challenge.get_tokens()["Session"]
        raise AssertionError("no code was asked for")

    def answer(self, session, code, device=None):
        responses = {"USERNAME": self.name, "SOFTWARE_TOKEN_MFA_CODE": code}
        if device:
            responses["DEVICE_KEY"] = device.key
        return self.public.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName="SOFTWARE_TOKEN_MFA",
            Session=session,
            ChallengeResponses=responses,
        )


def claims(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


# Administrators


def pool_arn(pool):
    return f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{pool}"


def iam_user(iam, name, action, resource):
    """An IAM user who may do one thing; a client that signs with their key."""
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    iam.put_user_policy(UserName=name, PolicyName="only", PolicyDocument=json.dumps(policy))
    return client(keys=(key["AccessKeyId"], key["SecretAccessKey"]))


def device_status(admin, pool, user, device):
    """`dev:device_remembered_status` as the administrator sees it."""
    answer = admin.admin_get_device(UserPoolId=pool, Username=user, DeviceKey=device.key)
    attributes = answer["Device"]["DeviceAttributes"]
    return {a["Name"]: a["Value"] for a in attributes}.get("dev:device_remembered_status")


# The wire, for what no client would send

_NUMBERS = itertools.count(1)


def unique(prefix):
    return f"{prefix}{next(_NUMBERS)}"


def post(operation, body, headers=None):
    """An unsigned call as bytes: the answer of the `requests` library."""
    target = f"AWSCognitoIdentityProviderService.{operation}"
    every = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target}
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    return requests.post(ENDPOINT, data=data, headers=every | (headers or {}), timeout=60)


def main(walk):
    """Runs a walk; its name is the script's."""
    name = pathlib.Path(sys.argv[0]).stem
    started = time.monotonic()
    walk()
    print(f"{name}: all told in {time.monotonic() - started:.1f} s", flush=True)
