//! `ListAccessKeys`: a user's keys without their secrets, oldest first.

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::xml::Xml;

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let given = input.optional(&input::USER_NAME);
    let page = input.page();
    input.finish()?;
    let user = call.permitted_user(call.user_name(given)?).await?;
    let list = [user.id.as_str()];
    let after: Option<(i64, String)> = call.open_marker(&list, page.marker)?;
    let name = user.name.as_str();
    let mut keys = call.app.db.read(async |mut tx| tx.list_access_keys(name).await).await?;
    if let Some(after) = after {
        keys.retain(|key| (key.created.as_millis(), &key.id) > (after.0, &after.1));
    }
    let cursor = |key: &poolhouse_store::IamKeyListing| (key.created.as_millis(), key.id.clone());
    let next = call.cut(&list, &mut keys, page.limit, cursor)?;
    let mut xml = Xml::new();
    xml.text("UserName", name);
    xml.list("AccessKeyMetadata", &keys, |xml, key| {
        xml.text("UserName", name);
        xml.text("AccessKeyId", &key.id);
        xml.text("Status", if key.active { "Active" } else { "Inactive" });
        xml.instant("CreateDate", key.created);
    });
    xml.page_end(next.as_deref());
    Ok(Some(xml))
}
