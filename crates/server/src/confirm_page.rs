//! `GET /confirmUser`: the page behind the link of a confirmation message.
//!
//! It does what ConfirmSignUp does, with the code of the link: the same budget, the same single use.
//! The page shows nothing of what was sent to it, runs no script and may be put into no frame.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::secret::Secret;

use crate::app::App;
use crate::http::{Request, Response};
use crate::ops::ctx::{Anonymous, Ctx, Meta, client_and_pool};
use crate::ops::users::confirm_sign_up::{Confirmation, confirm_by_code};

/// Longest value of a parameter that is looked at, bytes as sent.
const VALUE_BYTES_MAX: usize = 2_048;

const CONFIRMED: &str = "Your registration has been confirmed.";
const REFUSED: &str = "This link does not work, or no longer. If your account is not confirmed yet, \
                       ask for a new message where you signed up.";
const FAILED: &str = "Something went wrong on our side. Please try the link again later.";

/// The link that confirms a user of a client with a code.
pub(crate) fn link(
    app: &App,
    client: &ClientId,
    username: &str,
    code: &Secret<String>,
) -> Secret<String> {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    Secret::new(format!(
        "{}/confirmUser?client_id={}&user_name={}&confirmation_code={}",
        app.identity.public_url,
        encode(client.as_str()),
        encode(username),
        encode(code.expose())
    ))
}

/// Answers a visit.
pub(crate) async fn answer(app: &App, request: &Request) -> Response {
    match confirm(app, request).await {
        Ok(()) => page(200, "Confirmed", CONFIRMED),
        Err(error) if error.is_fault() => {
            tracing::error!(%error, request_id = %request.id, "a link could not be followed");
            page(500, "Not confirmed", FAILED)
        }
        // Why is nobody's business but the user's, and they know.
        Err(_) => page(400, "Not confirmed", REFUSED),
    }
}

async fn confirm(app: &App, request: &Request) -> Result<()> {
    let get = |name| parameter(&request.query, name).ok_or(Error::MissingParameter(name));
    let (client, name) = (ClientId::new(get("client_id")?), get("user_name")?);
    let code = Secret::new(get("confirmation_code")?);
    let meta = Meta { ip: request.peer.ip(), user_agent: None };
    let mut ctx = Ctx::new(app, app.env.clock.now(), Anonymous, &meta);
    let client = &client;
    let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
    let given = Confirmation {
        username: &name,
        code: code.expose(),
        force: false,
        session: None,
        metadata: None,
    };
    confirm_by_code(&mut ctx, &found, given).await.map(drop)
}

/// A parameter that is given once and is text.
fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
    let value = values.next().filter(|value| value.len() <= VALUE_BYTES_MAX)?;
    if values.next().is_some() {
        return None;
    }
    let decoded = percent_decode_str(value).decode_utf8().ok()?.into_owned();
    (!decoded.is_empty()).then_some(decoded)
}

fn page(status: u16, title: &str, text: &str) -> Response {
    let body = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\n\
         <body><h1>{title}</h1><p>{text}</p></body>\n</html>\n"
    );
    Response::new(status, "text/html; charset=utf-8", body)
        .with_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .with_header("X-Content-Type-Options", "nosniff")
        .with_header("Referrer-Policy", "no-referrer")
        .with_header("Cache-Control", "no-store")
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use hyper::Method;
    use poolhouse_domain::user::UserStatus;
    use serde_json::{Value, json};

    use crate::http::Doors;
    use crate::testing::client::{Application, PASSWORD, with};

    async fn by_link(texts: Value) -> Application {
        let template = with(json!({ "DefaultEmailOption": "CONFIRM_WITH_LINK" }), texts);
        let pool = json!({
            "AutoVerifiedAttributes": ["email"], "VerificationMessageTemplate": template,
        });
        Application::new(pool, json!({})).await
    }

    /// Signs a user up; the link of the message.
    async fn signed_up(app: &Application, name: &str) -> String {
        let request = json!({
            "ClientId": app.client, "Username": name, "Password": PASSWORD,
            "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
        });
        app.server.call("SignUp", request).await.ok();
        let body = app.server.take_message().body.expose().clone();
        let (_, rest) = body.split_once("<a href=\"").unwrap();
        rest.split_once('"').unwrap().0.replace("&amp;", "&")
    }

    async fn visit(app: &Application, link: &str) -> (u16, String) {
        let (_, target) = link.split_once("localhost:9229").unwrap();
        let (path, query) = target.split_once('?').unwrap();
        let mut request = app.server.request(Vec::new(), Bytes::new());
        (request.method, request.path) = (Method::GET, path.into());
        request.query = query.into();
        let response = app.server.app.handle(request).await;
        for (name, value) in [
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
        ] {
            assert!(response.headers.contains(&(name, value.to_owned())), "{name}");
        }
        (response.status, String::from_utf8(response.body.to_vec()).unwrap())
    }

    async fn status(app: &Application, name: &str) -> Value {
        let request = json!({ "UserPoolId": app.pool, "Username": name });
        app.server.admin("AdminGetUser", request).await.ok()["UserStatus"].clone()
    }

    #[tokio::test]
    async fn the_link_confirms_once() {
        let app = by_link(json!({})).await;
        let link = signed_up(&app, "ada&bob").await;
        assert!(link.contains("&user_name=ada%26bob&"), "{link}");
        assert_eq!(visit(&app, &link).await.0, 200);
        assert_eq!(status(&app, "ada&bob").await, UserStatus::Confirmed.as_str());
        assert_eq!(visit(&app, &link).await.0, 400);
    }

    #[tokio::test]
    async fn the_pools_own_text_holds_the_link() {
        let app = by_link(json!({
            "EmailMessageByLink": "<p>Hi, {##press <b>here##} now",
            "EmailSubjectByLink": "Join us",
        }))
        .await;
        let request = json!({
            "ClientId": app.client, "Username": "ada", "Password": PASSWORD,
            "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
        });
        app.server.call("SignUp", request.clone()).await.ok();
        let message = app.server.take_message();
        assert_eq!(message.subject.as_deref(), Some("Join us"));
        let body = message.body.expose();
        assert!(body.starts_with("<p>Hi, <a href=\"http://localhost:9229/confirmUser?client_id="));
        assert!(body.ends_with("\">press <b>here</a> now"), "{body}");
    }

    #[tokio::test]
    async fn a_wrong_link_confirms_nobody_shows_nothing_and_is_paid_for() {
        let app = by_link(json!({})).await;
        let link = signed_up(&app, "ada").await;
        let (before, code) = link.split_once("confirmation_code=").unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let refused = visit(&app, &format!("{before}confirmation_code={wrong}")).await;
        assert_eq!(refused.0, 400);
        for odd in ["", "%FF", "<script>", "1&confirmation_code=2"] {
            let link = format!("{before}confirmation_code={odd}");
            assert_eq!(visit(&app, &link).await, refused, "{odd}");
        }
        let nobody = link.replace("user_name=ada", "user_name=%3Cscript%3E");
        assert_eq!(visit(&app, &nobody).await, refused);
        assert_eq!(status(&app, "ada").await, UserStatus::Unconfirmed.as_str());
        // One guess was compared so far, and "<script>" a second; fifteen are the budget of an hour.
        for _ in 0..13 {
            visit(&app, &format!("{before}confirmation_code={wrong}")).await;
        }
        assert_eq!(visit(&app, &link).await, refused, "not even the right one");
        app.server.advance_secs(3600);
        assert_eq!(visit(&app, &link).await.0, 200);
    }
}
