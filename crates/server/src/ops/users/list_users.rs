//! Lists the users of a pool, or those whom a filter finds, in pages of at most 60.
//!
//! In the order of the searched value and then of the subject, so that a user who is there all
//! the while is on exactly one page, whoever comes or goes in between. A page costs what it holds,
//! however many users the pool has.
//!
//! Differs from AWS / not verified:
//! - `Limit` 0 is taken for none; a page then has 60 users.
//! - Without a filter users come in the order of their subjects.
//! - `username` and `status` are compared exactly, everything else without regard to case.
//! - Of `AttributesToGet` the names that the pool's schema does not know are refused; of a known
//!   one, users without it are listed without it. An empty list is taken for none.
//! - After `sub`, attributes are listed in the order of the schema.
//! - `MFAOptions` is there only for users whose second factor is a text message.
//! - A pagination token is good for an hour, for the same pool, filter and attributes. The text
//!   for any other is Poolhouse's own.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::user::filter::{self, Match};
use poolhouse_store::{SearchMatch, SearchTerm, UserCursor};
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListUsers;
use poolhouse_wire::shapes::{ListUsersRequest, ListUsersResponse};

use super::shown;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::page;

/// Users on a page where the request names no limit, or 0.
const PAGE_DEFAULT: i64 = 60;

impl Operation for ListUsers {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: ListUsersRequest,
    ) -> Result<ListUsersResponse> {
        let id = &PoolId::new(request.user_pool_id);
        let pool = ctx.read(async |mut tx| tx.pool(id).await).await?;
        let filter = request.filter.as_deref().unwrap_or_default();
        let term = filter::parse(filter, &pool.settings.sign_in_names())?.map(term);
        let wanted = request.attributes_to_get.as_deref().unwrap_or_default();
        let schema = pool.settings.schema();
        filter::check_attributes(schema, wanted)?;
        // As JSON, so that no filter can look like another one with attributes behind it.
        let what = serde_json::to_string(&(filter, wanted)).map_err(Error::fault)?;
        let list = [pool.id.as_str(), what.as_str()];
        let open = |token| page::open(ctx.app, Self::NAME, &list, token, ctx.now);
        let after: Option<(String, Sub)> =
            request.pagination_token.as_deref().map(open).transpose()?;
        let after = after.map(|(key, sub)| UserCursor { key, sub });
        let limit = request.limit.map(i64::from).filter(|limit| *limit > 0);
        let limit = limit.unwrap_or(PAGE_DEFAULT);
        let (term, after) = (term.as_ref(), after.as_ref());
        let read = ctx.read(async |mut tx| tx.list_users(&pool.id, term, after, limit).await);
        let page = read.await?;
        let next = page.next.map(|next| (next.key, next.sub));
        let seal = |next| page::seal(ctx.app, Self::NAME, &list, &next, ctx.now, &mut ctx.rng);
        let seen = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
        let users = page.users.iter().map(|user| shown::listed(schema, user, seen));
        Ok(ListUsersResponse {
            users: Some(users.collect()),
            pagination_token: next.map(seal).transpose()?,
        })
    }
}

/// A term as the store takes it.
fn term(term: filter::SearchTerm) -> SearchTerm {
    let matching = match term.op {
        Match::Exact => SearchMatch::Exact,
        Match::Prefix => SearchMatch::Prefix,
    };
    SearchTerm { name: term.name.to_owned(), matching, key: term.key }
}
