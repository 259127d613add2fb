//! `GetCallerIdentity`: who the signature belongs to. Every signature may ask; no policy is needed
//! and none can deny it.

use super::call::Call;
use super::xml::Xml;

pub(super) fn run(call: &Call<'_>) -> Option<Xml> {
    let principal = &call.caller.principal;
    let mut xml = Xml::new();
    xml.text("Arn", &principal.arn());
    xml.text("UserId", principal.user_id());
    xml.text("Account", call.account().id());
    Some(xml)
}
