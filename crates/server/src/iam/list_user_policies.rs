//! `ListUserPolicies`: the names of a user's inline policies.

use super::call::{Call, Outcome, one_more};
use super::input::{self, Input};
use super::xml::Xml;

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let name = input.required(&input::USER_NAME);
    let page = input.page();
    input.finish()?;
    let user = call.permitted_user(name).await?;
    let list = [user.id.as_str()];
    let after: Option<String> = call.open_marker(&list, page.marker)?;
    let (name, after, limit) = (user.name.as_str(), after.as_deref(), one_more(page.limit));
    let read = call.app.db.read(async |mut tx| tx.list_user_policies(name, after, limit).await);
    let mut policies = read.await?;
    let next = call.cut(&list, &mut policies, page.limit, |(name, _)| name.clone())?;
    let mut xml = Xml::new();
    xml.list("PolicyNames", &policies, |xml, (name, _)| xml.raw_text(name));
    xml.page_end(next.as_deref());
    Ok(Some(xml))
}
