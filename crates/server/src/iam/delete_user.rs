//! `DeleteUser`: a user without access keys and policies.

use poolhouse_store::IamChange;

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::refusal::Refusal;

/// What became of it.
enum Deleted {
    Done,
    Missing,
    First(&'static str),
}

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let name = input.required(&input::USER_NAME);
    input.finish()?;
    call.permitted_user(name).await?;
    let deleted = call.app.db.write(call.now, async |mut tx| {
        if !tx.list_access_keys(name).await?.is_empty() {
            return Ok(Deleted::First("access keys"));
        }
        Ok(match tx.delete_iam_user(name).await? {
            IamChange::Done => Deleted::Done,
            IamChange::InUse => Deleted::First("policies"),
            IamChange::Missing | IamChange::Taken => Deleted::Missing,
        })
    });
    match deleted.await? {
        Deleted::Done => Ok(None),
        Deleted::Missing => Err(Refusal::no_user(name)),
        Deleted::First(what) => Err(Refusal::delete_first(what)),
    }
}
