//! `ListUsers`: all users, or those whose path begins with a prefix, by name without regard to
//! case.

use poolhouse_domain::error::Result;
use poolhouse_store::{IamUserRow, Tx};

use super::call::{Call, Outcome, write_user};
use super::input::{self, Input};
use super::xml::Xml;

/// Users that are read at a time.
const BATCH: usize = 1000;

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let prefix = input.optional(&input::PATH_PREFIX).unwrap_or("/");
    let page = input.page();
    input.finish()?;
    call.permit(&call.account().user_arn(prefix, ""))?;
    let list = [prefix];
    let after: Option<String> = call.open_marker(&list, page.marker)?;
    let after = after.as_deref();
    let wanted = page.limit.saturating_add(1);
    let users = call.app.db.read(async |mut tx| collect(&mut tx, prefix, after, wanted).await);
    let mut users = users.await?;
    let next = call.cut(&list, &mut users, page.limit, |user| user.name.clone())?;
    let mut xml = Xml::new();
    xml.list("Users", &users, |xml, user| write_user(xml, call.account(), user));
    xml.page_end(next.as_deref());
    Ok(Some(xml))
}

/// Reads until there are as many as wanted. Paths have no index: an account has at most 5000 users.
async fn collect(
    tx: &mut Tx,
    prefix: &str,
    after: Option<&str>,
    wanted: usize,
) -> Result<Vec<IamUserRow>> {
    let mut found = Vec::new();
    let mut after = after.map(str::to_owned);
    loop {
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let batch = tx.list_iam_users(after.as_deref(), limit).await?;
        let more = batch.len() == BATCH;
        after = batch.last().map(|user| user.name.clone());
        found.extend(batch.into_iter().filter(|user| user.path.starts_with(prefix)));
        if !more || found.len() >= wanted {
            found.truncate(wanted);
            return Ok(found);
        }
    }
}
