"""Threat protection: what users did, what a configuration does about it, and what they say of it."""

import re

from walk import (
    PASSWORD, WRONG_PASSWORD, client, main, message_to, new_client, ok, person, refused, same,
)

BLOCKED = "Unable to login because of security reasons."
SOURCE = "arn:aws:ses:us-east-1:000000000000:identity/example.com"


def walk():
    admin, public = client(), client()
    pool = admin.create_user_pool(
        PoolName="protected", UserPoolTier="PLUS", AutoVerifiedAttributes=["email"],
        UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"},
    )["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    app = new_client(admin, pool, ExplicitAuthFlows=flows)
    person(admin, pool, "ann", email="ann@example.com", email_verified="true")

    def sign_in(ip, password=PASSWORD):
        """As a backend does it that says where its user is."""
        return admin.admin_initiate_auth(
            UserPoolId=pool, ClientId=app, AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "ann", "PASSWORD": password},
            ContextData={
                "IpAddress": ip, "ServerName": "shop", "ServerPath": "/",
                "HttpHeaders": [{"headerName": "User-Agent", "headerValue": "laptop"}],
            },
        )["AuthenticationResult"]

    def events():
        found = admin.admin_list_user_auth_events(UserPoolId=pool, Username="ann", MaxResults=60)
        return found["AuthEvents"]

    sign_in("192.0.2.10")
    with refused("NotAuthorizedException", WRONG_PASSWORD):
        sign_in("192.0.2.10", "Not-my-horse-1")
    shown = events()
    kinds = [(event["EventType"], event["EventResponse"]) for event in shown]
    same(kinds, [("SignIn", "Fail"), ("SignIn", "Pass")], "events")
    same(shown[1]["EventContextData"]["IpAddress"], "192.0.2.10", "IpAddress")
    same(
        shown[1]["ChallengeResponses"],
        [{"ChallengeName": "Password", "ChallengeResponse": "Success"}], "ChallengeResponses",
    )
    admin.admin_update_auth_event_feedback(
        UserPoolId=pool, Username="ann", EventId=shown[0]["EventId"], FeedbackValue="Invalid"
    )
    said = events()[0]["EventFeedback"]
    same((said["FeedbackValue"], said["Provider"]), ("Invalid", "Admin"), "EventFeedback")
    ok("sign-ins are listed as events, and an administrator says which were none of the user's")

    mail = {"Subject": "Was it you?", "TextBody": "{event-id} {feedback-token} end"}
    action = {"EventAction": "BLOCK", "Notify": True}
    takeover = {
        "Actions": {"LowAction": action, "MediumAction": action, "HighAction": action},
        "NotifyConfiguration": {"SourceArn": SOURCE, "BlockEmail": mail},
    }
    answer = admin.set_risk_configuration(
        UserPoolId=pool, AccountTakeoverRiskConfiguration=takeover
    )["RiskConfiguration"]
    shown = admin.describe_risk_configuration(UserPoolId=pool)["RiskConfiguration"]
    same(shown, answer, "RiskConfiguration")
    with refused("NotAuthorizedException", BLOCKED):
        sign_in("198.51.100.5")
    newest = events()[0]
    same(newest["EventRisk"]["RiskDecision"], "Block", "RiskDecision")
    same(newest["EventContextData"]["IpAddress"], "198.51.100.5", "IpAddress")
    message = message_to("ann@example.com")
    same(message["subject"], "Was it you?", "subject")
    event, token = re.match(r"(\S+) (\S+) end", message["body"]).groups()
    same(event, newest["EventId"], "event")
    answered = {"UserPoolId": pool, "Username": "ann", "FeedbackValue": "Valid"}
    with refused("NotAuthorizedException", "Invalid feedback token."):
        public.update_auth_event_feedback(**answered, EventId=event, FeedbackToken="x" + token)
    public.update_auth_event_feedback(**answered, EventId=event, FeedbackToken=token)
    said = events()[0]["EventFeedback"]
    same((said["FeedbackValue"], said["Provider"]), ("Valid", "User"), "EventFeedback")
    ok("from an address never seen nobody signs in; the user is asked by mail, and answers")

    exceptions = {
        "BlockedIPRangeList": ["203.0.113.0/24"], "SkippedIPRangeList": ["198.51.100.0/24"],
    }
    admin.set_risk_configuration(
        UserPoolId=pool, AccountTakeoverRiskConfiguration=takeover,
        RiskExceptionConfiguration=exceptions,
    )
    with refused("NotAuthorizedException", BLOCKED):
        sign_in("203.0.113.7")
    sign_in("198.51.100.99")
    ok("networks can be blocked, and left out")


if __name__ == "__main__":
    main(walk)
