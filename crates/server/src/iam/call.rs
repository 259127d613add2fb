//! One call whose signature was verified, and what all operations do with it: find the user it is
//! about, ask policy, turn pages.

use poolhouse_domain::iam::{self, Account, Principal};
use poolhouse_domain::time::Timestamp;
use poolhouse_store::IamUserRow;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::action::Action;
use super::form::Form;
use super::refusal::Refusal;
use super::xml::Xml;
use crate::app::App;
use crate::page;
use crate::rpc::authn::SignedCaller;
use crate::rpc::authz;

/// The result of an action (none for actions without one), or why not.
pub(super) type Outcome = Result<Option<Xml>, Refusal>;

/// A call.
pub(super) struct Call<'a> {
    /// The server.
    pub(super) app: &'a App,
    /// The request's one time.
    pub(super) now: Timestamp,
    /// Who calls.
    pub(super) caller: SignedCaller,
    /// The parameters.
    pub(super) form: Form,
    /// What is asked for.
    pub(super) action: Action,
    /// `User-Agent`.
    pub(super) user_agent: Option<&'a str>,
}

/// The user that a call is about. Whether there is one is told only to callers who may ask.
pub(super) struct Target {
    name: String,
    row: Option<IamUserRow>,
    arn: String,
}

impl Call<'_> {
    /// The account.
    pub(super) fn account(&self) -> &Account {
        self.caller.principal.account()
    }

    /// The name that a call is about: the one given, otherwise the caller's own.
    pub(super) fn user_name<'b>(&'b self, given: Option<&'b str>) -> Result<&'b str, Refusal> {
        match (given, &self.caller.principal) {
            (Some(name), _) => Ok(name),
            (None, Principal::User { name, .. }) => Ok(name),
            (None, Principal::Root { .. }) => Err(Refusal::validation(
                "Must specify userName when calling with non-User credentials",
            )),
        }
    }

    /// The user whom the caller may do the action to.
    pub(super) async fn permitted_user(&self, name: &str) -> Result<IamUserRow, Refusal> {
        let target = self.target(name).await?;
        self.permit(&target.arn)?;
        target.row.ok_or_else(|| Refusal::no_user(&target.name))
    }

    async fn target(&self, name: &str) -> Result<Target, Refusal> {
        let row = self.app.db.read(async |mut tx| tx.iam_user(name).await).await?;
        let arn = match &row {
            Some(row) => self.account().user_arn(&row.path, &row.name),
            None => self.account().user_arn("/", name),
        };
        Ok(Target { name: name.to_owned(), row, arn })
    }

    /// Lets the caller do the action to a resource, or says why not.
    pub(super) fn permit(&self, resource: &str) -> Result<(), Refusal> {
        let context = authz::common_context(self.app, &self.caller, self.user_agent, self.now);
        let action = self.action.label();
        let request = iam::Request { action, resource, context: &context };
        iam::permit(&self.caller.principal, &self.caller.policies, &request)
            .map_err(|denied| Refusal::denied(denied.message()))
    }

    /// Where a page of `list` begins.
    pub(super) fn open_marker<T: DeserializeOwned>(
        &self,
        list: &[&str],
        marker: Option<&str>,
    ) -> Result<Option<T>, Refusal> {
        let open = |marker| page::open(self.app, self.action.label(), list, marker, self.now);
        Ok(marker.map(open).transpose()?)
    }

    /// Cuts a list of up to `limit + 1` items to a page, with the marker of the next one.
    pub(super) fn cut<T, C: Serialize>(
        &self,
        list: &[&str],
        items: &mut Vec<T>,
        limit: usize,
        cursor: impl Fn(&T) -> C,
    ) -> Result<Option<String>, Refusal> {
        if items.len() <= limit {
            return Ok(None);
        }
        items.truncate(limit);
        let Some(last) = items.last() else { return Ok(None) };
        let mut rng = self.app.fork_rng("iam marker");
        let operation = self.action.label();
        let sealed = page::seal(self.app, operation, list, &cursor(last), self.now, &mut rng)?;
        Ok(Some(sealed))
    }
}

/// Writes a user as `CreateUser`, `GetUser` and `ListUsers` show one.
pub(super) fn write_user(xml: &mut Xml, account: &Account, user: &IamUserRow) {
    xml.text("Path", &user.path);
    xml.text("UserName", &user.name);
    xml.text("UserId", &user.id);
    xml.text("Arn", &account.user_arn(&user.path, &user.name));
    xml.instant("CreateDate", user.created);
}

/// One more than a page has, for the store.
pub(super) fn one_more(limit: usize) -> i64 {
    i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX)
}
