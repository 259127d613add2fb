"""Signed calls: what real signers send verifies, and what is wrong with a request is told.

W12: the verifier takes its list of headers from the request. The sets below are the ones that the
SDKs send; botocore's own signer makes the signatures.
"""

import datetime
import hashlib
import json

import boto3
import botocore.auth
import requests
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from walk import ENDPOINT, REGION, client, iam_user, main, ok, refused, same

TYPE = "application/x-amz-json-1.1"


def root_keys():
    found = boto3.session.Session().get_credentials().get_frozen_credentials()
    return Credentials(found.access_key, found.secret_key)


def signed(operation, body, extra=None, credentials=None, region=REGION, service="cognito-idp"):
    """A request with botocore's signature over exactly these headers and `host`, `x-amz-date`."""
    data = json.dumps(body).encode()
    headers = {
        "Content-Type": TYPE,
        "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        **(extra or {}),
    }
    request = AWSRequest("POST", ENDPOINT + "/", headers=headers, data=data)
    SigV4Auth(credentials or root_keys(), service, region).add_auth(request)
    return request.prepare()


def send(prepared, **changes):
    headers = dict(prepared.headers) | changes.pop("headers", {})
    body = changes.pop("body", prepared.body)
    return requests.request(prepared.method, prepared.url, data=body, headers=headers, timeout=60)


def header_sets():
    body = {"MaxResults": 1}
    length = str(len(json.dumps(body)))
    digest = hashlib.sha256(json.dumps(body).encode()).hexdigest()
    sets = {
        "boto3 and the AWS CLI": {},
        "paws": {"Content-Length": length},
        "Go and Terraform": {
            "amz-sdk-invocation-id": "b0a2a3ee-9f1f-4a0e-8f0e-0d9f6f3c7a10",
            "amz-sdk-request": "attempt=1; max=3",
            "Content-Length": length,
        },
        "the JavaScript SDK": {
            "amz-sdk-invocation-id": "b0a2a3ee-9f1f-4a0e-8f0e-0d9f6f3c7a10",
            "amz-sdk-request": "attempt=1; max=3",
            "Content-Length": length,
            "X-Amz-Content-Sha256": digest,
            "X-Amz-User-Agent": "aws-sdk-js/3.0.0",
        },
    }
    for name, extra in sets.items():
        found = send(signed("ListUserPools", body, extra))
        same(found.status_code, 200, f"{name}: {found.text}")
        ok(f"W12: the headers that {name} sign")


def presigned():
    """botocore signs a query for an empty body, so it is the body that is refused, not the caller."""
    headers = {
        "Content-Type": TYPE,
        "X-Amz-Target": "AWSCognitoIdentityProviderService.ListUserPools",
    }
    request = AWSRequest("POST", ENDPOINT + "/", headers=headers)
    SigV4QueryAuth(root_keys(), "cognito-idp", REGION, expires=60).add_auth(request)
    prepared = request.prepare()
    told(send(prepared), "InvalidParameterException")
    head, _, signature = prepared.url.rpartition("X-Amz-Signature=")
    prepared.url = f"{head}X-Amz-Signature={signature[::-1]}"
    told(send(prepared), "InvalidSignatureException")
    ok("a signature in the query")


def told(found, code):
    same(found.status_code, 400, found.text)
    same(found.json()["__type"].split("#")[-1], code, found.text)
    assert found.headers["x-amzn-ErrorType"].startswith(code)


def wrong_ones():
    body = {"MaxResults": 1}
    good = signed("ListUserPools", body)
    plain = {k: v for k, v in good.headers.items() if k.lower() != "authorization"}
    unsigned = requests.post(ENDPOINT, data=good.body, headers=plain, timeout=60)
    told(unsigned, "MissingAuthenticationTokenException")
    ok("unsigned: MissingAuthenticationTokenException")
    told(send(good, body=b'{"MaxResults":2}'), "InvalidSignatureException")
    wrong_secret = Credentials(root_keys().access_key, "no")
    told(send(signed("ListUserPools", body, credentials=wrong_secret)), "InvalidSignatureException")
    ok("another body or another secret: InvalidSignatureException")
    nobody = Credentials("AKIDNOBODY", "no")
    told(send(signed("ListUserPools", body, credentials=nobody)), "UnrecognizedClientException")
    ok("unknown key: UnrecognizedClientException")
    told(send(good, headers={"X-Amz-User-Agent": "not signed"}), "InvalidSignatureException")
    ok("an x-amz header that is not signed: InvalidSignatureException")
    for change in ({"region": "eu-west-1"}, {"service": "s3"}):
        told(send(signed("ListUserPools", body, **change)), "InvalidSignatureException")
    ok("signed for another region or service: InvalidSignatureException")
    broken = {"Authorization": "AWS4-HMAC-SHA256 Credential=x"}
    told(send(good, headers=broken), "IncompleteSignatureException")
    ok("half a signature: IncompleteSignatureException")


def stale():
    """botocore's clock, ten minutes behind."""
    real = botocore.auth.get_current_datetime
    late = datetime.timedelta(minutes=10)
    botocore.auth.get_current_datetime = lambda *a, **k: real(*a, **k) - late
    try:
        found = send(signed("ListUserPools", {"MaxResults": 1}))
    finally:
        botocore.auth.get_current_datetime = real
    told(found, "InvalidSignatureException")
    assert "Signature expired" in found.json()["message"], found.text
    ok("ten minutes old: Signature expired")


def administrators():
    """IAM and STS through boto3, as any AWS account's."""
    iam, sts = client("iam"), client("sts")
    same(sts.get_caller_identity()["Arn"].split(":")[-1], "root", "Arn")
    lister = iam_user(iam, "lister", "cognito-idp:ListUserPools", "*")
    lister.list_user_pools(MaxResults=1)
    with refused("AccessDeniedException"):
        lister.create_user_pool(PoolName="x")
    ok("an IAM user may do what the policy says and nothing else")
    names = [user["UserName"] for user in iam.list_users()["Users"]]
    same(names, ["lister"], "users")
    same(iam.get_user(UserName="lister")["User"]["UserName"], "lister", "user")
    same(iam.list_user_policies(UserName="lister")["PolicyNames"], ["only"], "policies")
    policy = iam.get_user_policy(UserName="lister", PolicyName="only")["PolicyDocument"]
    same(policy["Statement"][0]["Action"], "cognito-idp:ListUserPools", "Action")
    key = iam.list_access_keys(UserName="lister")["AccessKeyMetadata"][0]["AccessKeyId"]
    iam.update_access_key(UserName="lister", AccessKeyId=key, Status="Inactive")
    with refused("UnrecognizedClientException"):
        lister.list_user_pools(MaxResults=1)
    iam.update_access_key(UserName="lister", AccessKeyId=key, Status="Active")
    iam.delete_user_policy(UserName="lister", PolicyName="only")
    with refused("AccessDeniedException"):
        lister.list_user_pools(MaxResults=1)
    ok("keys can be switched off, policies taken away")
    try:
        iam.delete_user(UserName="lister")
        raise AssertionError("a user with a key was deleted")
    except ClientError as error:
        same(error.response["Error"]["Code"], "DeleteConflict", "Code")
    iam.delete_access_key(UserName="lister", AccessKeyId=key)
    iam.delete_user(UserName="lister")
    try:
        iam.get_user(UserName="lister")
        raise AssertionError("a deleted user was found")
    except ClientError as error:
        same(error.response["Error"]["Code"], "NoSuchEntity", "Code")
    ok("users are deleted as in AWS")


def walk():
    header_sets()
    presigned()
    wrong_ones()
    stale()
    administrators()


if __name__ == "__main__":
    main(walk)
