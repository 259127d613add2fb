//! `CreateUser`: a name and a path; no key, no permission.
//!
//! Differs from AWS / not verified:
//! - `Tags` and `PermissionsBoundary` are refused as not implemented: to ignore a boundary would
//!   give more permission than was asked for.

use poolhouse_domain::iam::id::UserId;
use poolhouse_store::{IamChange, IamUserRow};

use super::call::{Call, Outcome, write_user};
use super::input::{self, Input};
use super::refusal::Refusal;
use super::xml::Xml;

/// Most users of an account: AWS's own quota.
pub(super) const USERS_MAX: usize = 5000;

/// What became of it.
enum Made {
    Done,
    Taken,
    TooMany,
}

pub(super) async fn run(call: &Call<'_>) -> Outcome {
    let mut input = Input::new(&call.form);
    let name = input.required(&input::NEW_USER_NAME);
    let path = input.optional(&input::PATH).unwrap_or("/");
    input.finish()?;
    call.permit(&call.account().user_arn(path, name))?;
    for member in ["PermissionsBoundary", "Tags"] {
        if call.form.part_of(member).is_some() {
            return Err(Refusal::not_built(&format!("{member} of CreateUser")));
        }
    }
    let id = UserId::generate(&mut call.app.fork_rng("iam user"));
    let user = IamUserRow {
        name: name.to_owned(),
        id: id.as_str().to_owned(),
        path: path.to_owned(),
        created: call.now,
    };
    let made = call.app.db.write(call.now, async |mut tx| {
        if tx.iam_user(name).await?.is_some() {
            return Ok(Made::Taken);
        }
        if tx.count_iam_users().await? >= USERS_MAX {
            return Ok(Made::TooMany);
        }
        Ok(match tx.insert_iam_user(&user).await? {
            IamChange::Done => Made::Done,
            IamChange::Missing | IamChange::Taken | IamChange::InUse => Made::Taken,
        })
    });
    match made.await? {
        Made::Done => {
            let mut xml = Xml::new();
            xml.element("User", |xml| write_user(xml, call.account(), &user));
            Ok(Some(xml))
        }
        Made::Taken => Err(Refusal::user_exists(name)),
        Made::TooMany => Err(Refusal::quota("UsersPerAccount", USERS_MAX)),
    }
}
