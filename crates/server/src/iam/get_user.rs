//! `GetUser`: a user by name, or whoever calls.
//!
//! Differs from AWS / not verified:
//! - the root's `CreateDate` is the epoch: nothing records when the account began, and SDKs whose
//!   model requires the member fail without it.

use poolhouse_domain::iam::Principal;
use poolhouse_domain::time::Timestamp;

use super::call::{Call, Outcome, write_user};
use super::input::{self, Input};
use super::xml::Xml;

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let given = input.optional(&input::USER_NAME);
    input.finish()?;
    let mut xml = Xml::new();
    if let (None, Principal::Root { account }) = (given, &call.caller.principal) {
        xml.element("User", |xml| {
            xml.text("UserId", account.id());
            xml.text("Arn", &account.root_arn());
            xml.instant("CreateDate", Timestamp::from_millis(0));
        });
        return Ok(Some(xml));
    }
    let user = call.permitted_user(call.user_name(given)?).await?;
    xml.element("User", |xml| write_user(xml, call.account(), &user));
    Ok(Some(xml))
}
