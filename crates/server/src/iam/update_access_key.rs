//! `UpdateAccessKey`: takes a key out of use, or back into it. The next request that is signed with
//! it is judged by the new status.
//!
//! Differs from AWS / not verified:
//! - `Expired`, which AWS's model lists among the statuses, cannot be set.

use poolhouse_store::IamChange;

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::refusal::Refusal;

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let given = input.optional(&input::USER_NAME);
    let id = input.required(&input::ACCESS_KEY_ID);
    let status = input.required(&input::STATUS);
    input.finish()?;
    let user = call.permitted_user(call.user_name(given)?).await?;
    let (name, active) = (user.name.as_str(), status == "Active");
    let set = call.app.db.write(call.now, async |mut tx| tx.set_access_key(name, id, active).await);
    match set.await? {
        IamChange::Done => Ok(None),
        IamChange::Missing | IamChange::Taken | IamChange::InUse => Err(Refusal::no_key(id)),
    }
}
