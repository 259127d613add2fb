"""Custom senders: the codes of a pool go to a function, encrypted, and the official library opens them."""

import base64
import time

import aws_encryption_sdk
from aws_cryptographic_material_providers.mpl import AwsCryptographicMaterialProviders
from aws_cryptographic_material_providers.mpl.config import MaterialProvidersConfig
from aws_cryptographic_material_providers.mpl.models import (
    AesWrappingAlg, CreateRawAesKeyringInput,
)
from aws_encryption_sdk.identifiers import Algorithm, CommitmentPolicy

from functions import Functions, Refused, invoked, mapped
from walk import DATA_DIR, MAIL_WAIT_SECONDS, PASSWORD, client, main, new_client, ok, same

KMS_KEY = "arn:aws:kms:us-east-1:000000000000:key/7325c1de-b05b-4f84-b321-9adc6e61f4a2"
TEMPORARY = "Tempora<ry&1!"
NEW_PASSWORD = "Another-horse-8"


def keyring():
    key = bytes.fromhex((DATA_DIR / "custom-sender.key").read_text().strip())
    providers = AwsCryptographicMaterialProviders(config=MaterialProvidersConfig())
    return providers.create_raw_aes_keyring(CreateRawAesKeyringInput(
        key_namespace="poolhouse", key_name=KMS_KEY, wrapping_key=key,
        wrapping_alg=AesWrappingAlg.ALG_AES256_GCM_IV12_TAG16,
    ))


def code_of(event):
    """The code of an event, decrypted by a client that insists on key commitment."""
    strict = CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
    sdk = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=strict)
    encrypted = base64.b64decode(event["request"]["code"])
    code, header = sdk.decrypt(source=encrypted, keyring=keyring())
    same(header.algorithm, Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY, "algorithm")
    same(header.encryption_context, {"userpool-id": event["userPoolId"]}, "encryption context")
    return code.decode()


def send(_):
    """Its failures are its own."""
    raise Refused("The mail server is on holiday")


def next_event(functions):
    deadline = time.monotonic() + MAIL_WAIT_SECONDS
    while time.monotonic() < deadline:
        calls = functions.taken()
        if calls:
            same(len(calls), 1, "calls")
            return calls[0][1]
        time.sleep(0.05)
    raise AssertionError("the sender was not called")


def walk():
    functions = Functions(CustomEmailSender=send, CustomSMSSender=send, CustomMessage=send)
    admin, public = client(), client()
    senders = {
        "CustomEmailSender": {
            "LambdaArn": mapped("CustomEmailSender"), "LambdaVersion": "V1_0",
        },
        "CustomSMSSender": {"LambdaArn": invoked("CustomSMSSender"), "LambdaVersion": "V1_0"},
        "CustomMessage": mapped("CustomMessage"),
        "KMSKeyID": KMS_KEY,
    }
    pool = admin.create_user_pool(
        PoolName="senders", AutoVerifiedAttributes=["email", "phone_number"], LambdaConfig=senders,
        SmsConfiguration={"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"},
    )["UserPool"]["Id"]
    app = new_client(admin, pool, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])

    user = public.sign_up(
        ClientId=app, Username="ann", Password=PASSWORD, ClientMetadata={"k": "v"},
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
    )
    event = next_event(functions)
    code = code_of(event)
    encrypted = event["request"].pop("code")
    same(event, {
        "version": "1", "triggerSource": "CustomEmailSender_SignUp", "region": "us-east-1",
        "userPoolId": pool, "userName": "ann",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app},
        "request": {
            "type": "customEmailSenderRequestV1", "clientMetadata": {"k": "v"},
            "userAttributes": {
                "sub": user["UserSub"], "cognito:user_status": "UNCONFIRMED",
                "email": "ann@example.com",
            },
        },
    }, "event")
    assert code not in encrypted
    public.confirm_sign_up(ClientId=app, Username="ann", ConfirmationCode=code)
    ok("the code of a sign-up is decrypted by aws-encryption-sdk and confirms the user")

    public.forgot_password(ClientId=app, Username="ann")
    event = next_event(functions)
    same(event["triggerSource"], "CustomEmailSender_ForgotPassword", "source")
    public.confirm_forgot_password(
        ClientId=app, Username="ann", ConfirmationCode=code_of(event), Password=NEW_PASSWORD
    )
    ok("so is the code of a forgotten password")

    public.sign_up(
        ClientId=app, Username="bob", Password=PASSWORD,
        UserAttributes=[{"Name": "phone_number", "Value": "+15550100"}],
    )
    event = next_event(functions)
    same(event["triggerSource"], "CustomSMSSender_SignUp", "source")
    same(event["request"]["type"], "customSMSSenderRequestV1", "type")
    public.confirm_sign_up(ClientId=app, Username="bob", ConfirmationCode=code_of(event))
    same(functions.signed, [True], "signatures")
    ok("text messages go to a function behind the Invoke API")

    admin.admin_create_user(
        UserPoolId=pool, Username="cat", TemporaryPassword=TEMPORARY,
        DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[{"Name": "email", "Value": "cat@example.com"}],
    )
    event = next_event(functions)
    same(event["triggerSource"], "CustomEmailSender_AdminCreateUser", "source")
    same(code_of(event), "Tempora&lt;ry&amp;1!", "temporary password")
    ok("a temporary password is escaped for HTML")

    same(list((DATA_DIR / "outbox").iterdir()), [], "messages that Poolhouse sent itself")
    same(functions.taken(), [], "calls after failures of the function")


if __name__ == "__main__":
    main(walk)
