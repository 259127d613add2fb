//! `PutUserPolicy`: an inline policy, in place of one of the same name. A document that the policy
//! language does not have is refused here, so that what is stored can be evaluated.
//!
//! Differs from AWS / not verified:
//! - a user's inline policies have 6144 characters together, white space not counted; AWS allows
//!   2048. The bound keeps the cost of every request that the user signs bounded, too.

use poolhouse_domain::iam::{POLICY_CHARS_MAX, Policy, PolicyError, policy_chars};
use poolhouse_store::{IamChange, Tx};

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::refusal::Refusal;

/// What became of it.
enum Put {
    Done,
    Missing,
    TooLong,
}

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let name = input.required(&input::USER_NAME);
    let policy = input.required(&input::POLICY_NAME);
    let document = input.required(&input::POLICY_DOCUMENT);
    input.finish()?;
    let user = call.permitted_user(name).await?;
    let name = user.name.as_str();
    let too_long = || Refusal::policies_too_long(name, POLICY_CHARS_MAX);
    Policy::parse(document).map_err(|error| match error {
        PolicyError::TooLong => too_long(),
        PolicyError::Malformed(text) => Refusal::bad_policy(text),
    })?;
    let put = call.app.db.write(call.now, async |mut tx| {
        if !tx.lock_iam_user(name).await? {
            return Ok(Put::Missing);
        }
        let others = chars_of_others(&mut tx, name, policy).await?;
        if others.saturating_add(policy_chars(document)) > POLICY_CHARS_MAX {
            return Ok(Put::TooLong);
        }
        Ok(match tx.put_user_policy(name, policy, document).await? {
            IamChange::Done => Put::Done,
            IamChange::Missing | IamChange::Taken | IamChange::InUse => Put::Missing,
        })
    });
    match put.await? {
        Put::Done => Ok(None),
        Put::Missing => Err(Refusal::no_user(name)),
        Put::TooLong => Err(too_long()),
    }
}

async fn chars_of_others(
    tx: &mut Tx,
    user: &str,
    policy: &str,
) -> poolhouse_domain::error::Result<usize> {
    // The bound on the characters bounds how many there are.
    let all = tx.list_user_policies(user, None, i64::MAX).await?;
    Ok(all.iter().filter(|(name, _)| name != policy).map(|(_, text)| policy_chars(text)).sum())
}
