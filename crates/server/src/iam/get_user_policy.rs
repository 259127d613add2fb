//! `GetUserPolicy`: the document as it was given, percent-encoded as IAM does (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::refusal::Refusal;
use super::xml::Xml;

/// Everything but the unreserved characters of RFC 3986, 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let name = input.required(&input::USER_NAME);
    let policy = input.required(&input::POLICY_NAME);
    input.finish()?;
    let user = call.permitted_user(name).await?;
    let name = user.name.as_str();
    let document = call.app.db.read(async |mut tx| tx.user_policy(name, policy).await).await?;
    let document = document.ok_or_else(|| Refusal::no_policy(policy))?;
    let mut xml = Xml::new();
    xml.text("UserName", name);
    xml.text("PolicyName", policy);
    xml.text("PolicyDocument", &utf8_percent_encode(&document, RESERVED).to_string());
    Ok(Some(xml))
}
