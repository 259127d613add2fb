"""Accounts that change: a forgotten password, a reset by an administrator, a new address."""

from walk import (
    PASSWORD, WRONG_PASSWORD, Person, client, main, message_to, new_client, ok, refused, register,
    same,
)

SECOND, THIRD, FOURTH = "Second-horse-8", "Third-horse-9", "Fourth-horse-10"
OLD_EMAIL, NEW_EMAIL = "ann@example.com", "ann@new.example"
USED = "PasswordHistoryPolicyViolationException"


def attributes(public, access_token):
    shown = public.get_user(AccessToken=access_token)["UserAttributes"]
    return {attribute["Name"]: attribute["Value"] for attribute in shown}


def walk():
    admin, public = client(), client()
    pool = admin.create_user_pool(
        PoolName="accounts",
        AutoVerifiedAttributes=["email"],
        AliasAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
        Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}},
    )["UserPool"]["Id"]
    app = new_client(admin, pool, PreventUserExistenceErrors="ENABLED")
    register(public, app, "ann")

    def sign_in(name, password):
        parameters = {"USERNAME": name, "PASSWORD": password}
        answer = public.initiate_auth(
            ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
        )
        return answer["AuthenticationResult"]["AccessToken"]

    def finish(code, password):
        public.confirm_forgot_password(
            ClientId=app, Username="ann", ConfirmationCode=code, Password=password
        )

    details = public.forgot_password(ClientId=app, Username="ann")["CodeDeliveryDetails"]
    expected = {"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    same(details, expected, "CodeDeliveryDetails")
    code = message_to(OLD_EMAIL, "ForgotPassword")["code"]
    sign_in("ann", PASSWORD)
    with refused("CodeMismatchException"):
        finish("1234567", SECOND)
    with refused("InvalidPasswordException"):
        finish(code, "short")
    with refused(USED):
        finish(code, PASSWORD)
    finish(code, SECOND)
    with refused("NotAuthorizedException", WRONG_PASSWORD):
        sign_in("ann", PASSWORD)
    sign_in("ann", SECOND)
    with refused("ExpiredCodeException"):
        finish(code, THIRD)
    Person(public, pool, app, "ann", SECOND).sign_in()
    ok("a forgotten password is replaced, by password and by SRP, and the code works once")

    hidden = public.forgot_password(ClientId=app, Username="nobody")["CodeDeliveryDetails"]
    same(hidden["AttributeName"], "email", "AttributeName")
    same(len(hidden["Destination"]), len("a***@e***"), "length of the destination")
    ok("a user who does not exist seems to be sent a code")

    access = sign_in("ann", SECOND)
    admin.admin_reset_user_password(UserPoolId=pool, Username="ann")
    # Where clients hide users, one who must reset looks like one with another password.
    with refused("NotAuthorizedException", WRONG_PASSWORD):
        sign_in("ann", SECOND)
    with refused("PasswordResetRequiredException"):
        public.get_user(AccessToken=access)
    public.forgot_password(ClientId=app, Username="ann")
    same(admin.admin_get_user(UserPoolId=pool, Username="ann")["UserStatus"], "RESET_REQUIRED")
    admin.admin_set_user_password(UserPoolId=pool, Username="ann", Password=THIRD, Permanent=True)
    access = sign_in("ann", THIRD)
    ok("a reset shuts the user out, and an administrator can give a password")

    sent = public.update_user_attributes(
        AccessToken=access, UserAttributes=[{"Name": "email", "Value": NEW_EMAIL}]
    )["CodeDeliveryDetailsList"]
    same([details["Destination"] for details in sent], ["a***@n***"], "destinations")
    same(attributes(public, access)["email"], OLD_EMAIL, "email")
    sign_in(OLD_EMAIL, THIRD)
    first = message_to(NEW_EMAIL, "UpdateUserAttribute")["code"]
    public.get_user_attribute_verification_code(AccessToken=access, AttributeName="email")
    code = message_to(NEW_EMAIL, "VerifyUserAttribute")["code"]
    if first != code:
        with refused("CodeMismatchException"):
            public.verify_user_attribute(AccessToken=access, AttributeName="email", Code=first)
    public.verify_user_attribute(AccessToken=access, AttributeName="email", Code=code)
    now = attributes(public, access)
    same((now["email"], now["email_verified"]), (NEW_EMAIL, "true"), "email")
    sign_in(NEW_EMAIL, THIRD)
    with refused("NotAuthorizedException", WRONG_PASSWORD):
        sign_in(OLD_EMAIL, THIRD)
    ok("a new address waits for its code, and then takes the old one's place")

    for name in ("email_verified", "sub"):
        with refused(
            "NotAuthorizedException", "A client attempted to write unauthorized attribute"
        ):
            public.update_user_attributes(
                AccessToken=access, UserAttributes=[{"Name": name, "Value": "true"}]
            )
    with refused(USED):
        public.change_password(
            AccessToken=access, PreviousPassword=THIRD, ProposedPassword=SECOND
        )
    public.change_password(AccessToken=access, PreviousPassword=THIRD, ProposedPassword=FOURTH)
    factors = public.get_user_auth_factors(AccessToken=access)
    same(factors["ConfiguredUserAuthFactors"], ["PASSWORD"], "factors")
    public.delete_user_attributes(AccessToken=access, UserAttributeNames=["email"])
    assert "email" not in attributes(public, access)
    sign_in("ann", FOURTH)
    ok("attributes are the user's as far as they are theirs to write")


if __name__ == "__main__":
    main(walk)
