"""Codes by email and text message with boto3, as first and as second factors, in both forms.

The public form is what an app calls; the admin form is what its own backend calls, with a signature.
"""

from walk import (
    PASSWORD, claims, client, main, message_to, ok, person, refused, same, sending_pool,
)

EMAIL, PHONE = "ann@example.com", "+15555550100"
WRONG = "Invalid code or auth state for the user."


class App:
    """The public form."""

    flow = "USER_PASSWORD_AUTH"

    def __init__(self, boto_client, pool, client_id):
        self.boto, self.pool, self.named = boto_client, pool, {"ClientId": client_id}

    def begin(self, name, flow=None, **parameters):
        parameters = {"USERNAME": name, **parameters}
        return self._begin(AuthFlow=flow or self.flow, AuthParameters=parameters, **self.named)

    def _begin(self, **request):
        return self.boto.initiate_auth(**request)

    def answer(self, challenge, name, **responses):
        return self._answer(
            ChallengeName=challenge["ChallengeName"],
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": name, **responses},
            **self.named,
        )

    def _answer(self, **request):
        return self.boto.respond_to_auth_challenge(**request)


class Backend(App):
    """The admin form."""

    flow = "ADMIN_USER_PASSWORD_AUTH"

    def __init__(self, boto_client, pool, client_id):
        super().__init__(boto_client, pool, client_id)
        self.named["UserPoolId"] = pool

    def _begin(self, **request):
        return self.boto.admin_initiate_auth(**request)

    def _answer(self, **request):
        return self.boto.admin_respond_to_auth_challenge(**request)


def done(answer):
    assert "ChallengeName" not in answer, answer["ChallengeName"]
    return answer["AuthenticationResult"]


def by_choice(admin, form, address):
    pool, app = sending_pool(admin, "choosers", ["PASSWORD", "EMAIL_OTP", "SMS_OTP"])
    form = form(admin, pool, app)
    person(
        admin, pool, "ann", email=address, email_verified="true", phone_number=PHONE,
        phone_number_verified="true",
    )
    asked = form.begin("ann", "USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP")
    same(asked["ChallengeName"], "EMAIL_OTP", "challenge")
    same(asked["ChallengeParameters"]["CODE_DELIVERY_DELIVERY_MEDIUM"], "EMAIL", "medium")
    with refused("CodeMismatchException", WRONG):
        form.answer(asked, "ann", EMAIL_OTP_CODE="1234567")
    code = message_to(address, "Authentication")["code"]
    result = done(form.answer(asked, "ann", EMAIL_OTP_CODE=code))
    same(admin.get_user(AccessToken=result["AccessToken"])["Username"], "ann", "Username")
    with refused("NotAuthorizedException"):
        form.answer(asked, "ann", EMAIL_OTP_CODE=code)
    listed = form.begin("ann", "USER_AUTH")
    same(listed["ChallengeName"], "SELECT_CHALLENGE", "challenge")
    offered = ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP", "SMS_OTP"]
    same(sorted(listed["AvailableChallenges"]), offered, "AvailableChallenges")
    done(form.answer(listed, "ann", ANSWER="PASSWORD", PASSWORD=PASSWORD))
    factors = admin.get_user_auth_factors(AccessToken=result["AccessToken"])
    same(
        sorted(factors["ConfiguredUserAuthFactors"]), ["EMAIL_OTP", "PASSWORD", "SMS_OTP"],
        "ConfiguredUserAuthFactors",
    )
    of_user = admin.admin_get_user_auth_factors(UserPoolId=pool, Username="ann")
    same(of_user["ConfiguredUserAuthFactors"], factors["ConfiguredUserAuthFactors"], "the same")
    ok(f"{form.__class__.__name__}: by choice with a code by email, once; or by password")


def second_factors(admin, form, address, phone):
    pool, app = sending_pool(admin, "careful", ["PASSWORD"])
    admin.set_user_pool_mfa_config(
        UserPoolId=pool,
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={
            "SmsAuthenticationMessage": "{####} lets you in",
            "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"},
        },
        EmailMfaConfiguration={"Message": "Your code: {####}", "Subject": "Signing in"},
    )
    form = form(admin, pool, app)
    person(admin, pool, "ann", email=address, phone_number=phone, phone_number_verified="true")
    access = done(form.begin("ann", PASSWORD=PASSWORD))["AccessToken"]
    admin.set_user_mfa_preference(
        AccessToken=access, SMSMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    asked = form.begin("ann", PASSWORD=PASSWORD)
    same(asked["ChallengeName"], "SMS_MFA", "challenge")
    same(asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], "+*******" + phone[-4:], "to")
    with refused("CodeMismatchException", WRONG):
        form.answer(asked, "ann", SMS_MFA_CODE="1234567")
    message = message_to(phone, "Authentication")
    same(message["body"], f"{message['code']} lets you in", "body")
    result = done(form.answer(asked, "ann", SMS_MFA_CODE=message["code"]))
    same(claims(result["AccessToken"])["username"], "ann", "username")
    ok(f"{form.__class__.__name__}: a text message is the second factor, with the pool's words")

    admin.admin_set_user_mfa_preference(
        UserPoolId=pool, Username="ann",
        SMSMfaSettings={"Enabled": True, "PreferredMfa": False},
        EmailMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    asked = form.begin("ann", PASSWORD=PASSWORD)
    same(asked["ChallengeName"], "EMAIL_OTP", "challenge")
    message = message_to(address, "Authentication")
    same((message["subject"], message["body"]), ("Signing in", f"Your code: {message['code']}"))
    done(form.answer(asked, "ann", EMAIL_OTP_CODE=message["code"]))
    user = admin.admin_get_user(UserPoolId=pool, Username="ann")
    same(user["PreferredMfaSetting"], "EMAIL_OTP", "PreferredMfaSetting")
    same(sorted(user["UserMFASettingList"]), ["EMAIL_OTP", "SMS_MFA"], "UserMFASettingList")
    ok(f"{form.__class__.__name__}: an email is the second factor")

    admin.admin_set_user_mfa_preference(
        UserPoolId=pool, Username="ann",
        EmailMfaSettings={"Enabled": True, "PreferredMfa": False},
    )
    asked = form.begin("ann", PASSWORD=PASSWORD)
    same(asked["ChallengeName"], "SELECT_MFA_TYPE", "challenge")
    chosen = form.answer(asked, "ann", ANSWER="EMAIL_OTP")
    same(chosen["ChallengeName"], "EMAIL_OTP", "challenge")
    ok(f"{form.__class__.__name__}: without a preferred factor the user chooses")


def walk():
    admin = client()
    by_choice(admin, App, EMAIL)
    by_choice(admin, Backend, "backend@example.com")
    second_factors(admin, App, "second@example.com", "+15555550111")
    second_factors(admin, Backend, "third@example.com", "+15555550122")


if __name__ == "__main__":
    main(walk)
