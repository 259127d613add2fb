//! `DeleteAccessKey`: requests that are signed with the key are refused from the next one on.

use poolhouse_store::IamChange;

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::refusal::Refusal;

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let given = input.optional(&input::USER_NAME);
    let id = input.required(&input::ACCESS_KEY_ID);
    input.finish()?;
    let user = call.permitted_user(call.user_name(given)?).await?;
    let name = user.name.as_str();
    let deleted = call.app.db.write(call.now, async |mut tx| tx.delete_access_key(name, id).await);
    match deleted.await? {
        IamChange::Done => Ok(None),
        IamChange::Missing | IamChange::Taken | IamChange::InUse => Err(Refusal::no_key(id)),
    }
}
