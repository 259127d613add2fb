//! Guessing from many connections at two servers that share one database: what is compared in an
//! hour is what the limit says, to the one.

use std::sync::Arc;

use poolhouse_store::DbConfig;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::testing::client::{Application, PASSWORD, with};
use crate::testing::{Build, TestServer};

/// Guesses of one attack.
const GUESSES: usize = 2_000;
/// How many are under way at once.
const AT_ONCE: usize = 32;
/// Guesses an hour that ConfirmForgotPassword compares.
const COMPARED: usize = 15;

async fn administer(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    let mut tasks = JoinSet::new();
    tasks.spawn(connection);
    client.batch_execute(sql).await.unwrap();
}

/// Sends guesses at a code to the servers in turn, a new code being asked for again and again; how
/// many were compared.
async fn attack(servers: &[Arc<TestServer>], forgot: &Value, wrong: &str) -> usize {
    let guess =
        with(forgot.clone(), json!({ "ConfirmationCode": wrong, "Password": "Guessed-Passw0rd!" }));
    let mut compared = 0;
    let mut tasks = JoinSet::new();
    for number in 0..GUESSES {
        let server = Arc::clone(&servers[number % servers.len()]);
        let (guess, forgot) = (guess.clone(), forgot.clone());
        tasks.spawn(async move {
            if number % 100 == 99 {
                server.call("ForgotPassword", forgot).await;
            }
            server.call("ConfirmForgotPassword", guess).await
        });
        if tasks.len() == AT_ONCE || number + 1 == GUESSES {
            for reply in std::mem::take(&mut tasks).join_all().await {
                let name = reply.body["__type"].as_str().unwrap_or("none");
                compared += usize::from(name == "CodeMismatchException");
                let known =
                    ["CodeMismatchException", "LimitExceededException", "TooManyRequestsException"];
                assert!(known.contains(&name), "{}", reply.body);
            }
        }
    }
    compared
}

async fn guessed_from_everywhere(servers: Vec<TestServer>) {
    let mut servers = servers.into_iter();
    let settings = json!({ "AutoVerifiedAttributes": ["email"] });
    let app = Application::on(servers.next().unwrap(), settings, json!({})).await;
    let ada = app.user("ada").await;
    app.change(&ada, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
    })
    .await;
    let forgot = json!({ "ClientId": app.client, "Username": "ada" });
    app.server.call("ForgotPassword", forgot.clone()).await.ok();
    let (pool, sub) = (ada.pool.clone(), ada.sub.clone());
    let client = app.client.clone();
    let mut all = vec![Arc::new(app.server)];
    all.extend(servers.map(Arc::new));
    // No code is seven digits.
    assert_eq!(attack(&all, &forgot, "1234567").await, COMPARED);
    let first = &all[0];
    let user = first.app.db.read(async |mut tx| tx.user_by_sub(&pool, &sub).await).await.unwrap();
    assert_eq!(user.stamp, ada.stamp);
    let sign_in = json!({
        "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
    });
    first.call("InitiateAuth", sign_in).await.ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_guesses_at_a_reset_code_at_once_are_fifteen() {
    guessed_from_everywhere(vec![TestServer::new().await]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_guesses_at_a_reset_code_on_two_servers_are_fifteen() {
    #[expect(clippy::disallowed_methods, reason = "the test's own setting, not the server's")]
    let Ok(url) = std::env::var("TEST_POSTGRES") else {
        println!("skipped: TEST_POSTGRES is not set");
        return;
    };
    let schema = format!("poolhouse_guesses_{}", std::process::id());
    administer(&url, &format!("CREATE SCHEMA {schema}")).await;
    let mark = if url.contains('?') { '&' } else { '?' };
    let own = format!("{url}{mark}options=-c%20search_path%3D{schema}");
    let build = || Build { database: DbConfig::Postgres(own.clone()), ..Build::default() };
    let servers = vec![TestServer::built(build()).await, TestServer::built(build()).await];
    guessed_from_everywhere(servers).await;
    administer(&url, &format!("DROP SCHEMA {schema} CASCADE")).await;
}
