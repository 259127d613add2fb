"""Lambda triggers with functions written here, each in both forms: by URL, and by the Invoke API."""

from functions import Answer, Functions, Refused, invoked, mapped
from tokens import Verifier
from walk import (
    PASSWORD, WRONG_PASSWORD, client, main, message_to, new_client, ok, person, refused, same,
)

OLD_PASSWORD = "From-the-old-horse-1"


def pre_sign_up(event):
    request, response = event["request"], event["response"]
    email = request["userAttributes"]["email"]
    if email.endswith("@banned.example"):
        raise Refused("Your domain is not welcome")
    known = (request.get("validationData") or {}).get("invitation") == "yes"
    response["autoConfirmUser"] = response["autoVerifyEmail"] = known


def custom_message(event):
    request = event["request"]
    event["response"]["emailSubject"] = "Welcome"
    event["response"]["emailMessage"] = f"Say {request['codeParameter']} to come in"


def nothing(_):
    pass


def user_migration(event):
    name, request = event["userName"], event["request"]
    if name != "olga":
        raise Refused("Nobody of that name")
    by_password = event["triggerSource"] == "UserMigration_Authentication"
    if by_password and request["password"] != OLD_PASSWORD:
        raise Refused("Wrong password")
    event["response"] |= {
        "userAttributes": {"email": "olga@example.com", "email_verified": "true"},
        "finalUserStatus": "CONFIRMED",
        "messageAction": "SUPPRESS",
    }


def define_auth_challenge(event):
    """A riddle, three times at most."""
    session, response = event["request"]["session"], event["response"]
    right = bool(session) and session[-1]["challengeResult"]
    response["issueTokens"] = right
    response["failAuthentication"] = not right and len(session) == 3
    if not right and len(session) < 3:
        response["challengeName"] = "CUSTOM_CHALLENGE"


def create_auth_challenge(event):
    event["response"] = {
        "publicChallengeParameters": {"riddle": "What has keys but no locks?"},
        "privateChallengeParameters": {"answer": "a piano"},
        "challengeMetadata": f"RIDDLE_{len(event['request']['session'])}",
    }


def verify_auth_challenge_response(event):
    request = event["request"]
    right = request["privateChallengeParameters"]["answer"]
    event["response"]["answerCorrect"] = request["challengeAnswer"] == right


def pre_token_generation(event):
    """Version 2: both tokens, each with its own."""
    seats = len(event["request"]["groupConfiguration"]["groupsToOverride"])
    event["response"] = {
        "claimsAndScopeOverrideDetails": {
            "idTokenGeneration": {
                "claimsToAddOrOverride": {"tenant": {"id": 7}, "sub": "root"},
                "claimsToSuppress": ["email"],
            },
            "accessTokenGeneration": {
                "claimsToAddOrOverride": {"tenant": "seven", "seats": seats, "token_use": "id"},
                "scopesToAdd": ["orders.read"],
                "scopesToSuppress": ["aws.cognito.signin.user.admin"],
            },
            "groupOverrideDetails": {"groupsToOverride": ["guests"]},
        }
    }


def pre_authentication(event):
    if (event["request"].get("validationData") or {}).get("from") == "the moon":
        raise Refused("Too far away")


def new_pool(admin, arn, *triggers, **settings):
    config = {trigger: arn(trigger) for trigger in triggers}
    pool = admin.create_user_pool(
        PoolName="triggers", AutoVerifiedAttributes=["email"], LambdaConfig=config | settings
    )["UserPool"]["Id"]
    flows = ["CUSTOM_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"]
    return pool, new_client(admin, pool, ExplicitAuthFlows=[f"ALLOW_{flow}" for flow in flows])


def sign_up(public, app, name, email=None, **more):
    attributes = [{"Name": "email", "Value": email or f"{name}@example.com"}]
    return public.sign_up(
        ClientId=app, Username=name, Password=PASSWORD, UserAttributes=attributes, **more
    )


def arrivals(admin, public, functions, arn):
    pool, app = new_pool(admin, arn, "PreSignUp", "CustomMessage", "PostConfirmation")
    with refused(
        "UserLambdaValidationException", "PreSignUp failed with error Your domain is not welcome."
    ):
        sign_up(public, app, "bad", "bad@banned.example")
    same(admin.list_users(UserPoolId=pool)["Users"], [], "users")
    same(functions.sources(), ["PreSignUp_SignUp"], "calls")

    invited = {"ValidationData": [{"Name": "invitation", "Value": "yes"}]}
    answer = sign_up(public, app, "ann", **invited, ClientMetadata={"where": "the fair"})
    same(answer["UserConfirmed"], True, "UserConfirmed")
    user = admin.admin_get_user(UserPoolId=pool, Username="ann")
    attributes = {a["Name"]: a["Value"] for a in user["UserAttributes"]}
    same((user["UserStatus"], attributes["email_verified"]), ("CONFIRMED", "true"), "user")
    (_, event), (_, after) = functions.taken()
    same(event["version"], "1", "version")
    same(event["userPoolId"], pool, "userPoolId")
    same(event["callerContext"]["clientId"], app, "clientId")
    same(event["request"]["clientMetadata"], {"where": "the fair"}, "clientMetadata")
    same(after["triggerSource"], "PostConfirmation_ConfirmSignUp", "triggerSource")
    same(after["request"]["userAttributes"]["sub"], attributes["sub"], "sub")

    same(sign_up(public, app, "bob")["UserConfirmed"], False, "UserConfirmed")
    same(functions.sources(), ["PreSignUp_SignUp", "CustomMessage_SignUp"], "calls")
    message = message_to("bob@example.com")
    code = message["code"]
    same((message["subject"], message["body"]), ("Welcome", f"Say {code} to come in"), "message")
    public.confirm_sign_up(ClientId=app, Username="bob", ConfirmationCode=code)
    same(functions.sources(), ["PostConfirmation_ConfirmSignUp"], "calls")
    admin.admin_delete_user(UserPoolId=pool, Username="bob")
    ok("PreSignUp refuses and confirms, CustomMessage writes, PostConfirmation hears of it")


def failures(admin, public, functions, arn):
    def garbage(_):
        raise Answer(b"<html>")

    functions.functions["PreSignUp"] = garbage
    pool, app = new_pool(admin, arn, "PreSignUp")
    with refused("InvalidLambdaResponseException", "Unrecognizable lambda output"):
        sign_up(public, app, "ann")
    same(admin.list_users(UserPoolId=pool)["Users"], [], "users")
    functions.functions["PreSignUp"] = pre_sign_up
    functions.taken()
    ok("what is no answer is refused, and nobody is made")


def migration(admin, public, functions, arn):
    pool, app = new_pool(admin, arn, "UserMigration")

    def sign_in(name, password):
        return public.initiate_auth(
            ClientId=app, AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": password},
        )["AuthenticationResult"]

    for name, password in (("olga", "Not-the-old-horse-1"), ("otto", OLD_PASSWORD)):
        with refused("UserNotFoundException"):
            sign_in(name, password)
    same(admin.list_users(UserPoolId=pool)["Users"], [], "users")
    functions.taken()
    access = sign_in("olga", OLD_PASSWORD)["AccessToken"]
    same(functions.sources(), ["UserMigration_Authentication"], "calls")
    user = public.get_user(AccessToken=access)
    attributes = {a["Name"]: a["Value"] for a in user["UserAttributes"]}
    same((attributes["email"], attributes["email_verified"]), ("olga@example.com", "true"))
    sign_in("olga", OLD_PASSWORD)
    same(functions.sources(), [], "calls")
    ok("UserMigration brings a user with the old password, once")


def custom_auth(admin, public, functions, arn):
    triggers = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]
    pool, app = new_pool(admin, arn, *triggers)
    person(admin, pool, "ann", email="ann@example.com")
    begin = {"AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": "ann"}, "ClientId": app}

    def answer(challenge, text, call=public.respond_to_auth_challenge, **more):
        return call(
            ClientId=app, ChallengeName="CUSTOM_CHALLENGE", Session=challenge["Session"],
            ChallengeResponses={"USERNAME": "ann", "ANSWER": text}, **more,
        )

    asked = public.initiate_auth(**begin)
    same(asked["ChallengeName"], "CUSTOM_CHALLENGE", "challenge")
    same(asked["ChallengeParameters"]["riddle"], "What has keys but no locks?", "riddle")
    assert "piano" not in str(asked), asked
    again = answer(asked, "a computer")
    with refused("NotAuthorizedException"):
        answer(asked, "a piano")
    functions.taken()
    result = answer(again, "a piano")["AuthenticationResult"]
    (_, judged), (_, defined) = functions.taken()
    same(judged["request"]["challengeAnswer"], "a piano", "challengeAnswer")
    past = [(p["challengeResult"], p["challengeMetadata"]) for p in defined["request"]["session"]]
    same(past, [(False, "RIDDLE_0"), (True, "RIDDLE_1")], "session")
    same(public.get_user(AccessToken=result["AccessToken"])["Username"], "ann", "Username")
    ok("custom authentication asks, judges and remembers; an answered challenge is over")

    asked = public.initiate_auth(**begin)
    for _ in range(2):
        asked = answer(asked, "a map")
    with refused("NotAuthorizedException", WRONG_PASSWORD):
        answer(asked, "a map")
    asked = admin.admin_initiate_auth(UserPoolId=pool, **begin)
    answered = answer(
        asked, "a piano", call=admin.admin_respond_to_auth_challenge, UserPoolId=pool
    )
    assert answered["AuthenticationResult"]["IdToken"]
    functions.taken()
    ok("three wrong answers end it; the admin form works as well")


def generation(admin, public, functions, arn):
    function = {"LambdaArn": arn("PreTokenGeneration"), "LambdaVersion": "V2_0"}
    triggers = ["PreAuthentication", "PostAuthentication"]
    pool, app = new_pool(admin, arn, *triggers, PreTokenGenerationConfig=function)
    person(admin, pool, "ann", email="ann@example.com")
    admin.create_group(UserPoolId=pool, GroupName="staff")
    admin.admin_add_user_to_group(UserPoolId=pool, Username="ann", GroupName="staff")

    def sign_in(**more):
        parameters = {"USERNAME": "ann", "PASSWORD": PASSWORD}
        return public.initiate_auth(
            ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters, **more
        )["AuthenticationResult"]

    def verified(result):
        access, identity = Verifier(pool, app).both(result)
        same((access["tenant"], access["seats"]), ("seven", 1), "access claims")
        same(access["scope"], "orders.read", "scope")
        same(identity["tenant"], {"id": 7}, "id claim")
        assert "email" not in identity and identity["sub"] != "root", identity
        same(access["cognito:groups"], ["guests"], "groups")
        same(identity["cognito:groups"], ["guests"], "groups")

    result = sign_in()
    same(
        functions.sources(),
        [
            "PreAuthentication_Authentication", "PostAuthentication_Authentication",
            "TokenGeneration_Authentication",
        ],
        "calls",
    )
    verified(result)
    parameters = {"REFRESH_TOKEN": result["RefreshToken"]}
    renewed = public.initiate_auth(
        ClientId=app, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters
    )["AuthenticationResult"]
    verified(renewed)
    same(functions.sources(), ["TokenGeneration_RefreshTokens"], "calls")
    ok("PreTokenGeneration 2.0 changes both tokens, also renewed ones, but not who they are about")

    with refused(
        "UserLambdaValidationException", "PreAuthentication failed with error Too far away."
    ):
        sign_in(ClientMetadata={"from": "the moon"})
    same(functions.sources(), ["PreAuthentication_Authentication"], "calls")
    ok("PreAuthentication refuses, and nothing else is called")


def walk():
    admin, public = client(), client()
    functions = Functions(
        PreSignUp=pre_sign_up, CustomMessage=custom_message, PostConfirmation=nothing,
        UserMigration=user_migration, DefineAuthChallenge=define_auth_challenge,
        CreateAuthChallenge=create_auth_challenge, PreAuthentication=pre_authentication,
        VerifyAuthChallengeResponse=verify_auth_challenge_response, PostAuthentication=nothing,
        PreTokenGeneration=pre_token_generation,
    )
    for arn in (mapped, invoked):
        arrivals(admin, public, functions, arn)
        failures(admin, public, functions, arn)
        migration(admin, public, functions, arn)
        custom_auth(admin, public, functions, arn)
        generation(admin, public, functions, arn)
    assert functions.signed and all(functions.signed), functions.signed
    ok("every call of the Invoke API was signed with the configured key")


if __name__ == "__main__":
    main(walk)
