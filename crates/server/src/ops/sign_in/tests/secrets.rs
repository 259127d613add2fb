//! `SECRET_HASH`.

use super::*;
use poolhouse_domain::secret_hash::compute;

async fn confidential() -> (Application, String) {
    let app = Application::new(json!({}), json!({ "GenerateSecret": true })).await;
    app.user("ada").await;
    let described = json!({ "UserPoolId": app.pool, "ClientId": app.client });
    let described = app.server.admin("DescribeUserPoolClient", described).await.ok();
    let secret = described["UserPoolClient"]["ClientSecret"].as_str().unwrap().to_owned();
    (app, secret)
}

#[tokio::test]
async fn a_client_with_a_secret_proves_it_in_every_step() {
    let (app, secret) = confidential().await;
    let (id, hash) = (app.client.clone(), compute(&secret, "ada", &app.client));
    let missing = format!("Client {id} is configured with secret but SECRET_HASH was not received");
    let wrong = format!("Unable to verify secret hash for client {id}");
    let start = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
    let flow = "USER_PASSWORD_AUTH";
    refused(app.initiate(flow, start.clone()).await, ("NotAuthorizedException", &missing));
    // It comes before any look at the user.
    let nobody = json!({ "USERNAME": "nobody", "PASSWORD": "x", "SECRET_HASH": hash });
    refused(app.initiate(flow, nobody).await, ("NotAuthorizedException", &wrong));
    let good = with(start, json!({ "SECRET_HASH": hash }));
    let result = tokens(app.initiate(flow, good).await);

    let client = Client::new(&mut app.server.app.fork_rng("t"));
    let start = json!({ "USERNAME": "ada", "SRP_A": client.srp_a(), "SECRET_HASH": hash });
    let started = app.initiate("USER_SRP_AUTH", start).await.ok();
    let claim = app.claim(&client, &started, PASSWORD);
    let reply = app.respond("PASSWORD_VERIFIER", None, claim.clone()).await;
    refused(reply, ("NotAuthorizedException", &missing));
    let claim = with(claim, json!({ "SECRET_HASH": hash }));
    tokens(app.respond("PASSWORD_VERIFIER", None, claim).await);

    let refresh = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
    let flow = "REFRESH_TOKEN_AUTH";
    refused(app.initiate(flow, refresh.clone()).await, ("NotAuthorizedException", &missing));
    for name in ["ada", claims(&result["AccessToken"])["sub"].as_str().unwrap()] {
        let hash = compute(&secret, name, &app.client);
        tokens(app.initiate(flow, with(refresh.clone(), json!({ "SECRET_HASH": hash }))).await);
    }
}

#[tokio::test]
async fn a_hash_for_a_client_without_a_secret_is_refused() {
    let app = plain().await;
    app.user("ada").await;
    let start = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD, "SECRET_HASH": "AAAA" });
    let text = format!("Unable to verify secret hash for client {}", app.client);
    let reply = app.initiate("USER_PASSWORD_AUTH", start).await;
    refused(reply, ("NotAuthorizedException", &text));
}
