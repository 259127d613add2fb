//! `DeleteUserPolicy`: an inline policy; the next request of the user is judged without it.

use poolhouse_store::IamChange;

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::refusal::Refusal;

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let name = input.required(&input::USER_NAME);
    let policy = input.required(&input::POLICY_NAME);
    input.finish()?;
    let user = call.permitted_user(name).await?;
    let name = user.name.as_str();
    let deleted =
        call.app.db.write(call.now, async |mut tx| tx.delete_user_policy(name, policy).await);
    match deleted.await? {
        IamChange::Done => Ok(None),
        IamChange::Missing | IamChange::Taken | IamChange::InUse => Err(Refusal::no_policy(policy)),
    }
}
