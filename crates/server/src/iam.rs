//! The IAM and STS Query API.

use crate::app::App;
use crate::http::{Request, Response};

/// Answers one call.
pub async fn handle(_: &App, _: Request) -> Response {
    Response::not_understood()
}
