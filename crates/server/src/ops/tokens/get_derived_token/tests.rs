use serde_json::{Map, Value, json};

use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, claims, with};

const USER_ADMIN: &str = "aws.cognito.signin.user.admin";

/// An application, and a service in its pool that exchanges tokens.
struct Bed {
    app: Application,
    service: String,
    result: Value,
}

async fn bed(client: Value) -> Bed {
    let app = Application::new(json!({}), json!({})).await;
    app.user("ada").await;
    let base = json!({
        "UserPoolId": app.pool, "ClientName": "service",
        "ExplicitAuthFlows": [
            "ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION",
        ],
    });
    let made = app.server.admin("CreateUserPoolClient", with(base, client)).await.ok();
    let service = made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    let result = app.password_sign_in("ada", PASSWORD).await.ok()["AuthenticationResult"].clone();
    Bed { app, service, result }
}

impl Bed {
    async fn exchange(&self, more: Value) -> Reply {
        let request = json!({
            "ClientId": self.service, "SubjectToken": self.result["AccessToken"],
            "SubjectTokenType": "ACCESS_TOKEN",
        });
        self.app.server.call("GetDerivedToken", with(request, more)).await
    }

    async fn derived(&self, more: Value) -> (Value, Map<String, Value>) {
        let reply = self.exchange(more).await.ok();
        let said = claims(&reply["IssuedToken"]);
        (reply, said)
    }
}

fn invalid(text: &str) -> (&str, &str) {
    ("NotAuthorizedException", text)
}

#[tokio::test]
async fn a_token_is_derived_for_the_client_and_keeps_the_sign_in() {
    let bed = bed(json!({ "AccessTokenValidity": 2 })).await;
    bed.app.server.advance_secs(600);
    let (reply, said) = bed.derived(json!({ "Audiences": ["orders"] })).await;
    assert_eq!(reply["IssuedTokenType"], "ACCESS_TOKEN");
    assert_eq!(reply["TokenType"], "Bearer");
    assert_eq!(reply["Scopes"], json!([USER_ADMIN]));
    // Not longer than the token that it was made of.
    assert_eq!(reply["ExpiresIn"], 3000);
    let subject = claims(&bed.result["AccessToken"]);
    for same in ["sub", "iss", "origin_jti", "auth_time", "username", "scope", "exp", "token_use"] {
        assert_eq!(said[same], subject[same], "{same}");
    }
    assert_ne!(said["jti"], subject["jti"]);
    assert_eq!((&said["client_id"], &said["aud"]), (&json!(bed.service), &json!("orders")));
    assert!(!said.contains_key("act"));
    let get = json!({ "AccessToken": reply["IssuedToken"] });
    let (name, text) = invalid("Invalid Access Token");
    bed.app.server.call("GetUser", get).await.refused(name, text);
}

#[tokio::test]
async fn an_id_token_can_be_subject_and_result() {
    let bed = bed(json!({ "ReadAttributes": ["name"] })).await;
    let subject = json!({
        "SubjectToken": bed.result["IdToken"], "SubjectTokenType": "ID_TOKEN",
        "RequestedTokenType": "ID_TOKEN",
    });
    let (reply, said) = bed.derived(subject.clone()).await;
    assert_eq!((&reply["TokenType"], reply.get("Scopes")), (&json!("N_A"), None));
    assert_eq!((&said["aud"], &said["token_use"]), (&json!(bed.service), &json!("id")));
    // Of the user, what the service may read.
    assert!(!said.contains_key("email"));
    let (reply, said) = bed.derived(with(subject, json!({ "RequestedTokenType": null }))).await;
    assert_eq!(reply["Scopes"], json!([]));
    assert!(!said.contains_key("scope"));
    let confused = json!({ "SubjectToken": bed.result["IdToken"] });
    let (name, text) = invalid("Invalid Subject Token");
    bed.exchange(confused).await.refused(name, text);
}

#[tokio::test]
async fn scopes_are_those_of_request_subject_and_client() {
    let scopes = json!({
        "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthScopes": ["openid", USER_ADMIN], "CallbackURLs": ["https://example.com"],
    });
    let bed = bed(scopes).await;
    for (wanted, expected) in [
        (json!([USER_ADMIN, "openid", "email"]), json!([USER_ADMIN])),
        (json!(["openid"]), json!([])),
    ] {
        let (reply, said) = bed.derived(json!({ "Scopes": wanted })).await;
        assert_eq!(reply["Scopes"], expected);
        assert_eq!(said.contains_key("scope"), expected != json!([]));
    }
}

#[tokio::test]
async fn an_actor_is_named_and_the_chain_kept() {
    let bed = bed(json!({})).await;
    bed.app.user("bob").await;
    let bob = bed.app.password_sign_in("bob", PASSWORD).await.ok();
    let bob = &bob["AuthenticationResult"]["AccessToken"];
    let acting = |token: &Value| json!({ "ActorToken": token, "ActorTokenType": "ACCESS_TOKEN" });
    let (reply, said) = bed.derived(acting(bob)).await;
    let first = json!({ "sub": claims(bob)["sub"], "client_id": bed.app.client });
    assert_eq!((&said["act"], &said["sub"]), (&first, &claims(&bed.result["AccessToken"])["sub"]));

    let machine = json!({
        "UserPoolId": bed.app.pool, "ClientName": "machine", "ClientSecret": "m".repeat(30),
        "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"],
    });
    let machine = bed.app.server.admin("CreateUserPoolClient", machine).await.ok();
    let machine = &machine["UserPoolClient"]["ClientId"];
    let request = json!({ "ClientId": machine, "Secret": "m".repeat(30) });
    let token = bed.app.server.call("GetClientToken", request).await.ok();
    let token = &token["ClientAuthenticationResult"]["AccessToken"];
    let again = json!({ "SubjectToken": reply["IssuedToken"] });
    let (_, said) = bed.derived(with(acting(token), again.clone())).await;
    assert_eq!(said["act"], json!({ "sub": machine, "client_id": machine, "act": first }));
    // Without an actor the chain is not shortened.
    let (_, said) = bed.derived(again).await;
    assert_eq!(said["act"], first);

    let (name, text) = invalid("Invalid Subject Token");
    bed.exchange(json!({ "SubjectToken": token })).await.refused(name, text);
    let delete = json!({ "UserPoolId": bed.app.pool, "ClientId": machine });
    bed.app.server.admin("DeleteUserPoolClient", delete).await.ok();
    let (name, text) = invalid("Invalid Actor Token");
    bed.exchange(acting(token)).await.refused(name, text);
    let out = json!({ "UserPoolId": bed.app.pool, "Username": "bob" });
    bed.app.server.admin("AdminUserGlobalSignOut", out).await.ok();
    bed.exchange(acting(bob)).await.refused(name, text);
    bed.exchange(acting(&json!("a.b.c"))).await.refused(name, text);
}

#[tokio::test]
async fn a_subject_that_ended_or_is_of_another_pool_is_refused() {
    let bed = bed(json!({})).await;
    let (reply, _) = bed.derived(json!({})).await;
    let other = Application::on(bed.app.server.clone(), json!({}), json!({})).await;
    other.user("ada").await;
    let foreign = other.password_sign_in("ada", PASSWORD).await.ok();
    let foreign = json!({ "SubjectToken": foreign["AuthenticationResult"]["AccessToken"] });
    for token in [foreign, json!({ "SubjectToken": "a.b.c" })] {
        let (name, text) = invalid("Invalid Subject Token");
        bed.exchange(token).await.refused(name, text);
    }
    let revoke = json!({ "ClientId": bed.app.client, "Token": bed.result["RefreshToken"] });
    bed.app.server.call("RevokeToken", revoke).await.ok();
    let (name, text) = invalid("Subject Token has been revoked");
    for token in [&bed.result["AccessToken"], &reply["IssuedToken"]] {
        bed.exchange(json!({ "SubjectToken": token })).await.refused(name, text);
    }
    bed.app.server.advance_secs(3600);
    let (name, text) = invalid("Subject Token has expired");
    bed.exchange(json!({})).await.refused(name, text);
}

#[tokio::test]
async fn the_user_is_looked_at() {
    let bed = bed(json!({})).await;
    let named = json!({ "UserPoolId": bed.app.pool, "Username": "ada" });
    bed.app.server.admin("AdminDisableUser", named.clone()).await.ok();
    let (name, text) = invalid("User is disabled.");
    bed.exchange(json!({})).await.refused(name, text);
    bed.app.server.admin("AdminDeleteUser", named).await.ok();
    bed.exchange(json!({})).await.refused("UserNotFoundException", "User does not exist.");
}

#[tokio::test]
async fn flow_secret_and_members_are_checked() {
    let bed = bed(json!({})).await;
    let token = &bed.result["AccessToken"];
    let parameter = "InvalidParameterException";
    let incomplete = "ActorToken and ActorTokenType must be given together.";
    for half in [json!({ "ActorToken": token }), json!({ "ActorTokenType": "ACCESS_TOKEN" })] {
        bed.exchange(half).await.refused(parameter, incomplete);
    }
    let both = json!({ "Audiences": ["a"], "Resources": ["b"] });
    let text = "Audiences and Resources cannot be used together.";
    bed.exchange(both).await.refused(parameter, text);
    let resource = json!({ "Resources": ["https://orders"] });
    let text = "Resource server https://orders does not exist.";
    bed.exchange(resource).await.refused("ResourceNotFoundException", text);
    for foreign in [
        json!({ "SubjectTokenType": "SAML2" }),
        json!({ "SubjectTokenProviderName": "Google" }),
        json!({ "ActorToken": "x", "ActorTokenType": "SAML2" }),
    ] {
        let reply = bed.exchange(foreign).await;
        assert_eq!(reply.body["__type"], "NotImplementedException");
    }
    let secret = bed.exchange(json!({ "ClientSecret": "x".repeat(30) })).await;
    assert_eq!(secret.body["__type"], "NotAuthorizedException");

    let own = json!({ "ClientId": bed.app.client });
    let text = "ALLOW_TOKEN_EXCHANGE_IMPERSONATION flow not enabled for this client";
    bed.exchange(own.clone()).await.refused(parameter, text);
    let acting = json!({ "ActorToken": token, "ActorTokenType": "ACCESS_TOKEN" });
    let text = "ALLOW_TOKEN_EXCHANGE_DELEGATION flow not enabled for this client";
    bed.exchange(with(own, acting)).await.refused(parameter, text);
    let nobody = bed.exchange(json!({ "ClientId": "nosuchclient" })).await;
    assert_eq!(nobody.body["__type"], "ResourceNotFoundException");
}
