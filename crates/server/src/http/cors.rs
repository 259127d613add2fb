//! CORS: browsers call this API from pages of any origin, as they call Cognito.
//!
//! Two headers stand on every answer, whether the request named an `Origin` or not: harmless
//! for other clients, and one rule fewer to get wrong. Cookies play no part in the API, so `*` gives
//! no page more than its own credentials.

use super::{Request, Response};
use hyper::Method;

/// Value of `Access-Control-Allow-Origin` on every response.
pub const ALLOW_ORIGIN: &str = "*";
/// Value of `Access-Control-Expose-Headers` on every response; browser clients read the error's name
/// from `x-amzn-ErrorType`.
pub const EXPOSE_HEADERS: &str = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
/// How long a browser may remember a preflight's answer.
const MAX_AGE_SECONDS: &str = "172800";

/// Answers a preflight: the headers that the page asks for are echoed, whatever they are.
pub fn preflight(request: &Request) -> Response {
    debug_assert_eq!(request.method, Method::OPTIONS);
    let methods = if request.path == "/" { "POST" } else { "GET" };
    let mut response = Response::empty(200)
        .with_header("Access-Control-Allow-Methods", methods)
        .with_header("Access-Control-Max-Age", MAX_AGE_SECONDS);
    if let Some(asked) = request.header("access-control-request-headers") {
        response = response.with_header("Access-Control-Allow-Headers", asked);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::request::tests::request;

    #[test]
    fn a_preflight_echoes_the_headers_asked_for() {
        let asked = "content-type,x-amz-target,x-amz-user-agent";
        let headers = [("access-control-request-headers", asked)];
        let response = preflight(&request(Method::OPTIONS, "/", &headers));
        assert_eq!(response.status, 200);
        assert!(response.body.is_empty());
        assert_eq!(
            response.headers,
            [
                ("Access-Control-Allow-Methods", "POST".to_owned()),
                ("Access-Control-Max-Age", "172800".to_owned()),
                ("Access-Control-Allow-Headers", asked.to_owned()),
            ]
        );
    }

    #[test]
    fn a_preflight_that_asks_for_no_header_is_given_none() {
        let response = preflight(&request(Method::OPTIONS, "/", &[]));
        assert!(!response.headers.iter().any(|(name, _)| *name == "Access-Control-Allow-Headers"));
    }
}
