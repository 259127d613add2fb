//! Which door a request wants, by method, path and two headers; nothing of the body is read here.
//!
//! The operation API and the IAM Query API share `POST /`, as they share a port: the first is told
//! by its target header, the second by its form content type.

use hyper::Method;

use super::Request;

/// The header that names an operation.
pub const TARGET_HEADER: &str = "x-amz-target";
const FORM: &str = "application/x-www-form-urlencoded";
const JWKS: &str = ".well-known/jwks.json";
const OPENID_CONFIGURATION: &str = ".well-known/openid-configuration";

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// An operation of the user pools API: `POST /` with a target header (its value is not looked at).
    Rpc,
    /// A call of the IAM or STS Query API: `POST /` with a form, or `GET /?Action=…`.
    IamQuery,
    /// `GET /{pool_id}/.well-known/jwks.json`; the id is unchecked.
    Jwks {
        /// The path's first segment as sent.
        pool_id: String,
    },
    /// `GET /{pool_id}/.well-known/openid-configuration`; the id is unchecked.
    OpenIdConfiguration {
        /// The path's first segment as sent.
        pool_id: String,
    },
    /// `GET /health`.
    Health,
    /// `GET /confirmUser`: the link of a confirmation message.
    ConfirmUser,
    /// `GET /metrics`; whether there are any is for the door to decide.
    Metrics,
    /// `GET` and `POST /_poolhouse/dead-messages`, signed.
    DeadMessages,
    /// `GET /_poolhouse/messages`; exists in `poolhouse dev` only, which the door decides.
    DevMessages,
    /// `GET /_poolhouse/triggers`, for operators.
    TriggerCalls,
    /// `OPTIONS` anywhere: see [`super::cors::preflight`].
    Preflight,
    /// A known path with a wrong method: see [`super::Response::method_not_allowed`].
    MethodNotAllowed {
        /// The methods that the path answers.
        allow: &'static str,
    },
    /// Anything else: see [`super::Response::not_understood`].
    NotUnderstood,
}

/// Finds the door for a request.
pub fn route(request: &Request) -> Route {
    if request.method == Method::OPTIONS {
        return Route::Preflight;
    }
    if request.path == "/" {
        return route_root(request);
    }
    if request.path == "/_poolhouse/dead-messages" {
        return match request.method {
            Method::GET | Method::POST => Route::DeadMessages,
            _ => Route::MethodNotAllowed { allow: "GET, POST" },
        };
    }
    let Some(found) = route_document(&request.path) else { return Route::NotUnderstood };
    // The listener leaves out the body of an answer to HEAD, so it is a GET here.
    if request.method == Method::GET || request.method == Method::HEAD {
        found
    } else {
        Route::MethodNotAllowed { allow: "GET, HEAD" }
    }
}

fn route_root(request: &Request) -> Route {
    if request.method == Method::POST && request.header_values(TARGET_HEADER).next().is_some() {
        return Route::Rpc;
    }
    let form = request.header("content-type").is_some_and(is_form);
    let action = request.query.split('&').any(|pair| pair.starts_with("Action="));
    if (request.method == Method::POST && form) || (request.method == Method::GET && action) {
        return Route::IamQuery;
    }
    Route::NotUnderstood
}

fn is_form(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or(content_type);
    media_type.trim().eq_ignore_ascii_case(FORM)
}

fn route_document(path: &str) -> Option<Route> {
    match path {
        "/health" => return Some(Route::Health),
        "/confirmUser" => return Some(Route::ConfirmUser),
        "/metrics" => return Some(Route::Metrics),
        "/_poolhouse/messages" => return Some(Route::DevMessages),
        "/_poolhouse/triggers" => return Some(Route::TriggerCalls),
        _ => {}
    }
    let (pool_id, document) = path.strip_prefix('/')?.split_once('/')?;
    if pool_id.is_empty() {
        return None;
    }
    let pool_id = pool_id.to_owned();
    match document {
        JWKS => Some(Route::Jwks { pool_id }),
        OPENID_CONFIGURATION => Some(Route::OpenIdConfiguration { pool_id }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::request::tests::request;

    fn check(method: Method, target: &str, headers: &[(&str, &str)], expected: Route) {
        let found = route(&request(method.clone(), target, headers));
        assert_eq!(found, expected, "{method} {target} {headers:?}");
    }

    #[test]
    fn the_root_is_shared_by_two_doors() {
        let target = ("x-amz-target", "AWSCognitoIdentityProviderService.ListUserPools");
        let json = ("content-type", "application/x-amz-json-1.1");
        let form = ("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        check(Method::POST, "/", &[target, json], Route::Rpc);
        check(Method::POST, "/?X-Amz-Algorithm=AWS4-HMAC-SHA256", &[target, json], Route::Rpc);
        check(Method::POST, "/", &[("x-amz-target", ""), json], Route::Rpc);
        check(Method::POST, "/", &[target, form], Route::Rpc);
        check(Method::POST, "/", &[form], Route::IamQuery);
        check(Method::GET, "/?Action=ListUsers&Version=2010-05-08", &[], Route::IamQuery);
        check(Method::POST, "/", &[json], Route::NotUnderstood);
        check(Method::GET, "/", &[target], Route::NotUnderstood);
        check(Method::DELETE, "/", &[form], Route::NotUnderstood);
        check(Method::GET, "/?NoAction=x", &[], Route::NotUnderstood);
    }

    #[test]
    fn documents_have_paths_of_their_own() {
        let pool_id = || "us-east-1_abc".to_owned();
        let jwks = "/us-east-1_abc/.well-known/jwks.json";
        check(Method::GET, jwks, &[], Route::Jwks { pool_id: pool_id() });
        check(Method::HEAD, jwks, &[], Route::Jwks { pool_id: pool_id() });
        check(
            Method::GET,
            "/us-east-1_abc/.well-known/openid-configuration",
            &[],
            Route::OpenIdConfiguration { pool_id: pool_id() },
        );
        check(Method::GET, "/health", &[], Route::Health);
        check(Method::GET, "/_poolhouse/messages?to=a", &[], Route::DevMessages);
        check(Method::GET, "/_poolhouse/triggers?pool=a", &[], Route::TriggerCalls);
    }

    #[test]
    fn what_nobody_knows_is_not_understood() {
        for target in [
            "//.well-known/jwks.json",
            "/a/b/.well-known/jwks.json",
            "/.well-known/jwks.json",
            "/a/.well-known/jwks.json/",
            "/health/",
            "*",
            "",
        ] {
            check(Method::GET, target, &[], Route::NotUnderstood);
        }
    }

    #[test]
    fn a_known_path_names_its_methods() {
        let expected = || Route::MethodNotAllowed { allow: "GET, HEAD" };
        check(Method::POST, "/health", &[], expected());
        check(Method::PUT, "/p/.well-known/jwks.json", &[], expected());
    }

    #[test]
    fn options_is_a_preflight_anywhere() {
        check(Method::OPTIONS, "/", &[], Route::Preflight);
        check(Method::OPTIONS, "/p/.well-known/jwks.json", &[], Route::Preflight);
        check(Method::OPTIONS, "*", &[], Route::Preflight);
    }
}
