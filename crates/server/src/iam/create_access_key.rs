//! `CreateAccessKey`: a new key pair. Its secret is in this answer and nowhere else: it is stored
//! sealed, and no other action tells it.
//!
//! Differs from AWS / not verified:
//! - the root has its one key pair from the settings; a call without `UserName` by the root is
//!   refused.

use poolhouse_domain::iam::id::{AccessKeyId, generate_secret_access_key};
use poolhouse_store::IamChange;

use super::call::{Call, Outcome};
use super::input::{self, Input};
use super::refusal::Refusal;
use super::xml::Xml;

/// Most keys of a user: AWS's own quota. Two, so that one can be replaced by the other.
pub(super) const KEYS_PER_USER_MAX: usize = 2;

/// What became of it.
enum Made {
    Done,
    Missing,
    TooMany,
}

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let given = input.optional(&input::USER_NAME);
    input.finish()?;
    let user = call.permitted_user(call.user_name(given)?).await?;
    let name = user.name.as_str();
    let mut rng = call.app.fork_rng("iam access key");
    let (id, secret) = (AccessKeyId::generate(&mut rng), generate_secret_access_key(&mut rng));
    let made = call.app.db.write(call.now, async |mut tx| {
        if !tx.lock_iam_user(name).await? {
            return Ok(Made::Missing);
        }
        if tx.list_access_keys(name).await?.len() >= KEYS_PER_USER_MAX {
            return Ok(Made::TooMany);
        }
        Ok(match tx.insert_access_key(name, id.as_str(), &secret).await? {
            IamChange::Done => Made::Done,
            IamChange::Missing | IamChange::Taken | IamChange::InUse => Made::Missing,
        })
    });
    match made.await? {
        Made::Missing => return Err(Refusal::no_user(name)),
        Made::TooMany => return Err(Refusal::quota("AccessKeysPerUser", KEYS_PER_USER_MAX)),
        Made::Done => {}
    }
    let mut xml = Xml::new();
    xml.element("AccessKey", |xml| {
        xml.text("UserName", name);
        xml.text("AccessKeyId", id.as_str());
        xml.text("Status", "Active");
        xml.text("SecretAccessKey", secret.expose());
        xml.instant("CreateDate", call.now);
    });
    Ok(Some(xml))
}
