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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use poolhouse_domain::user::{MfaFactor, MfaPreference, UserStatus};
    use serde_json::{Value, json};

    use crate::ops::users::people::{
        BEGAN, TWIN, admin, crowd, names, of_pool, plain, with_custom_attributes,
    };
    use crate::testing::client::Application;
    use crate::testing::devices::insert_pool;
    use crate::testing::{Reply, refused};

    const OPERATION: &str = "ListUsers";
    const REFUSED: &str = "InvalidParameterException";
    const BAD_TOKEN: &str = "Invalid pagination token given.";

    async fn list(app: &Application, more: Value) -> Reply {
        app.server.admin(OPERATION, of_pool(app, more)).await
    }

    fn usernames(page: &Value) -> Vec<String> {
        let users = page["Users"].as_array().unwrap().iter();
        users.map(|user| user["Username"].as_str().unwrap().to_owned()).collect()
    }

    /// The users whom a filter finds, in no order.
    async fn found(app: &Application, filter: &str) -> BTreeSet<String> {
        let page = list(app, json!({ "Filter": filter })).await.ok();
        assert_eq!(page.get("PaginationToken"), None);
        usernames(&page).into_iter().collect()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// All pages of a list, one after the other: each but the last is full.
    async fn pages(app: &Application, request: Value, limit: usize) -> Vec<Vec<String>> {
        let (mut pages, mut token) = (Vec::new(), Value::Null);
        loop {
            let mut request = request.clone();
            request["PaginationToken"] = token;
            let page = list(app, request).await.ok();
            pages.push(usernames(&page));
            token = page["PaginationToken"].clone();
            if token.is_null() {
                return pages;
            }
            assert_eq!(pages.last().map(Vec::len), Some(limit), "a page before the last is full");
        }
    }

    #[tokio::test]
    async fn a_user_in_the_list_has_what_is_set() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let user = json!({
            "Attributes": [
                { "Name": "sub", "Value": ada.sub },
                { "Name": "email", "Value": "ada@example.com" },
            ],
            "Enabled": true,
            "UserCreateDate": BEGAN,
            "UserLastModifiedDate": BEGAN,
            "UserStatus": "CONFIRMED",
            "Username": "ada",
        });
        assert_eq!(list(&app, json!({})).await.ok(), json!({ "Users": [user] }));
        app.change(&ada, |user| {
            user.mfa = MfaPreference { active: vec![MfaFactor::Sms], preferred: None };
        })
        .await;
        let options = json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }]);
        let page = list(&app, json!({})).await.ok();
        assert_eq!(page["Users"][0]["MFAOptions"], options);
        assert_eq!(page["Users"][0].get("UserMFASettingList"), None);
    }

    #[tokio::test]
    async fn a_pool_without_users_has_an_empty_list() {
        let app = plain().await;
        assert_eq!(list(&app, json!({})).await.ok(), json!({ "Users": [] }));
    }

    #[tokio::test]
    async fn pages_show_every_user_exactly_once() {
        const SIZE: usize = 150;
        let app = plain().await;
        crowd(&app.server, &app.pool, SIZE, |number, user| {
            user.enabled = number % 2 == 0;
            let family = if number % 3 == 0 { "Lovelace" } else { "Hopper" };
            user.attributes.insert("family_name".into(), family.into());
            if number % 5 == 0 {
                user.status = UserStatus::Unconfirmed;
            }
        })
        .await;
        let those = |wanted: fn(usize) -> bool| -> BTreeSet<String> {
            (0..SIZE)
                .filter(|number| wanted(*number))
                .map(|number| format!("user{number}"))
                .collect()
        };
        for (filter, limit, expected) in [
            ("", 60, those(|_| true)),
            ("", 0, those(|_| true)),
            ("", 7, those(|_| true)),
            ("status = \"Enabled\"", 10, those(|n| n % 2 == 0)),
            ("family_name = \"lovelace\"", 9, those(|n| n % 3 == 0)),
            ("family_name ^= \"\"", 40, those(|_| true)),
            ("cognito:user_status = \"unconfirmed\"", 29, those(|n| n % 5 == 0)),
            ("username ^= \"user1\"", 4, those(|n| n == 1 || (10..20).contains(&n) || n >= 100)),
            ("email ^= \"USER\"", 50, those(|_| true)),
            ("sub ^= \"\"", 60, those(|_| true)),
        ] {
            let full = if limit == 0 { 60 } else { limit };
            let request = json!({ "Filter": filter, "Limit": limit });
            let pages = pages(&app, request, full).await;
            assert_eq!(pages.len(), expected.len().div_ceil(full), "{filter}");
            let seen: Vec<String> = pages.concat();
            assert_eq!(seen.len(), expected.len(), "{filter}: once each");
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), expected, "{filter}");
        }
    }

    #[tokio::test]
    async fn a_filter_orders_by_what_it_searches() {
        let app = plain().await;
        let names = ["Dijkstra", "Babbage", "church", "Ada", "adams", "Backus"];
        crowd(&app.server, &app.pool, names.len(), |number, user| {
            user.attributes.insert("name".into(), names[number].into());
        })
        .await;
        let listed = list(&app, json!({ "Filter": "name ^= \"\"" })).await.ok();
        assert_eq!(usernames(&listed), ["user3", "user4", "user1", "user5", "user2", "user0"]);
    }

    #[tokio::test]
    async fn the_order_holds_while_users_come_and_go() {
        let app = plain().await;
        crowd(&app.server, &app.pool, 20, |_, _| ()).await;
        let order = usernames(&list(&app, json!({})).await.ok());
        assert_eq!(usernames(&list(&app, json!({})).await.ok()), order);
        let first = list(&app, json!({ "Limit": 8 })).await.ok();
        assert_eq!(usernames(&first), order[..8]);
        // The last of the page, on which the token stands, and the first of the next one.
        for gone in &order[7..9] {
            admin(&app, "AdminDeleteUser", gone).await.ok();
        }
        let next = json!({ "Limit": 8, "PaginationToken": first["PaginationToken"] });
        assert_eq!(usernames(&list(&app, next).await.ok()), order[9..17]);
    }

    /// Five people who differ in everything that can be searched by.
    async fn people() -> Application {
        let app = plain().await;
        let people = [
            ("ada", "Ada \"Countess\" Lovelace", "Ada", "Lovelace", "+13125550101"),
            ("grace", "Grace Hopper", "Grace", "Hopper", "+13125550102"),
            ("diego", "Diego Reddy", "Diego", "Reddy", "+15105550103"),
            ("Ada2", "Ada Yonath", "ADA", "Yonath", "+4915510104"),
            ("user@host", "back\\slash", "Édith", "O'Reddy", "+13125550105"),
        ];
        crowd(&app.server, &app.pool, people.len(), |number, user| {
            let (username, name, given, family, phone) = people[number];
            user.username = username.into();
            for (attribute, value) in [
                ("email", format!("{username}.{family}@Example.com")),
                ("name", name.into()),
                ("given_name", given.into()),
                ("family_name", family.into()),
                ("phone_number", phone.into()),
                ("preferred_username", format!("P-{username}")),
            ] {
                user.attributes.insert(attribute.into(), value);
            }
            user.enabled = username != "diego";
            user.status = UserStatus::ALL[number];
        })
        .await;
        app
    }

    #[tokio::test]
    async fn filters_find_whom_they_describe() {
        let app = people().await;
        let everybody = set(&["ada", "grace", "diego", "Ada2", "user@host"]);
        for (filter, expected) in [
            // The examples of the guide.
            ("phone_number ^= \"+1312\"", set(&["ada", "grace", "user@host"])),
            ("family_name = \"Reddy\"", set(&["diego"])),
            ("given_name = \"Jon\"", set(&[])),
            ("cognito:user_status = \"CONFIRMED\"", set(&["grace"])),
            ("status = \"Enabled\"", set(&["ada", "grace", "Ada2", "user@host"])),
            // Every name that can be searched by.
            ("username = \"ada\"", set(&["ada"])),
            ("username ^= \"A\"", set(&["Ada2"])),
            ("email = \"DIEGO.reddy@example.COM\"", set(&["diego"])),
            ("email ^= \"ada\"", set(&["ada", "Ada2"])),
            ("phone_number = \"+15105550103\"", set(&["diego"])),
            ("name = \"grace hopper\"", set(&["grace"])),
            ("given_name ^= \"ad\"", set(&["ada", "Ada2"])),
            ("family_name ^= \"o'\"", set(&["user@host"])),
            ("preferred_username ^= \"p-A\"", set(&["ada", "Ada2"])),
            ("cognito:user_status ^= \"force\"", set(&["diego"])),
            ("status = \"Disabled\"", set(&["diego"])),
            ("status ^= \"Dis\"", set(&["diego"])),
            // Case counts for two of them.
            ("status = \"enabled\"", set(&[])),
            ("username = \"ADA\"", set(&[])),
            // Letters beyond ASCII fold, too.
            ("given_name = \"éDITH\"", set(&["user@host"])),
            // Blanks around the operator and the whole.
            ("family_name=\"Reddy\"", set(&["diego"])),
            ("  family_name^=\"Red\"  ", set(&["diego"])),
            ("family_name   =   \"Reddy\"", set(&["diego"])),
            // Within quotes, quotes and backslashes are escaped.
            (r#"name = "Ada \"Countess\" Lovelace""#, set(&["ada"])),
            (r#"name = "back\\slash""#, set(&["user@host"])),
            // A percent sign and an underscore stand for themselves.
            ("name ^= \"%\"", set(&[])),
            ("username = \"ad_\"", set(&[])),
            ("name = \"' OR '1'='1\"", set(&[])),
            ("", everybody.clone()),
            ("username ^= \"\"", everybody),
        ] {
            assert_eq!(found(&app, filter).await, expected, "{filter}");
        }
    }

    #[tokio::test]
    async fn a_user_is_found_by_subject() {
        let app = plain().await;
        let users = crowd(&app.server, &app.pool, 3, |_, _| ()).await;
        let sub = users[1].sub.as_str();
        for filter in [
            format!("sub = \"{sub}\""),
            format!("sub = \"{}\"", sub.to_uppercase()),
            format!("sub ^= \"{}\"", &sub[..18]),
        ] {
            assert_eq!(found(&app, &filter).await, set(&["user1"]), "{filter}");
        }
        assert_eq!(found(&app, &format!("sub = \"{}\"", &sub[..18])).await, set(&[]));
    }

    #[tokio::test]
    async fn a_pool_that_ignores_case_finds_usernames_in_any() {
        let settings = json!({ "UsernameConfiguration": { "CaseSensitive": false } });
        let app = Application::new(settings, json!({})).await;
        app.user("ada").await;
        assert_eq!(found(&app, "username = \"ADA\"").await, set(&["ada"]));
    }

    #[tokio::test]
    async fn a_filter_follows_a_change() {
        let app = plain().await;
        let ada = app.user("ada").await;
        app.change(&ada, |user| {
            user.attributes.insert("name".into(), "Countess".into());
            user.attributes.remove("email");
            user.status = UserStatus::ResetRequired;
        })
        .await;
        for (filter, expected) in [
            ("name = \"countess\"", set(&["ada"])),
            ("email ^= \"\"", set(&[])),
            ("cognito:user_status = \"CONFIRMED\"", set(&[])),
            ("cognito:user_status = \"RESET_REQUIRED\"", set(&["ada"])),
        ] {
            assert_eq!(found(&app, filter).await, expected, "{filter}");
        }
    }

    #[tokio::test]
    async fn what_is_no_filter_is_refused() {
        let app = plain().await;
        for filter in [
            "name",
            "name = Reddy",
            "name = 'Reddy'",
            "name = \"Reddy",
            "name != \"Reddy\"",
            "name = \"a\" and email = \"b\"",
            "name = \"a\" b\"",
            "custom:tier = gold",
        ] {
            let reply = list(&app, json!({ "Filter": filter })).await;
            reply.refused(REFUSED, "Error while parsing filter");
        }
        for name in ["custom:tier", "nickname", "address", "enabled", "Email"] {
            let reply = list(&app, json!({ "Filter": format!("{name} = \"x\"") })).await;
            reply.refused(REFUSED, &format!("Invalid search attribute: {name}"));
        }
        let long = format!("name = \"{}\"", "x".repeat(248));
        let reply = list(&app, json!({ "Filter": long })).await;
        let text = format!(
            "1 validation error detected: Value '{long}' at 'filter' failed to satisfy \
             constraint: Member must have length less than or equal to 256"
        );
        reply.refused(REFUSED, &text);
        list(&app, json!({ "Filter": long.replacen("xx", "", 1) })).await.ok();
    }

    #[tokio::test]
    async fn only_the_attributes_that_are_asked_for_are_shown() {
        let app = with_custom_attributes(json!({ "ReadAttributes": ["name"] })).await;
        let bob = app.user("bob").await;
        app.change(&bob, |user| user.attributes.clear()).await;
        let shown = async |wanted: Value| {
            let page = list(&app, json!({ "AttributesToGet": wanted })).await.ok();
            let of = |name| {
                let users = page["Users"].as_array().unwrap();
                let user = users.iter().find(|user| user["Username"] == name).unwrap();
                names(&user["Attributes"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
            };
            (of("ada"), of("bob"))
        };
        let of = |ada: &[&str], bob: &[&str]| {
            let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            (list(ada), list(bob))
        };
        let all = of(&["sub", "name", "email", "custom:tier", "dev:custom:risk"], &["sub"]);
        assert_eq!(shown(Value::Null).await, all, "administrators see what no client reads");
        assert_eq!(shown(json!([])).await, all);
        assert_eq!(shown(json!(["email"])).await, of(&["email"], &[]));
        let some = json!(["dev:custom:risk", "email", "sub", "email"]);
        assert_eq!(shown(some).await, of(&["sub", "email", "dev:custom:risk"], &["sub"]));
        for unknown in [json!(["custom:none"]), json!(["email", "username"]), json!(["tier"])] {
            let reply = list(&app, json!({ "AttributesToGet": unknown })).await;
            reply.refused(REFUSED, "One or more requested attributes do not exist.");
        }
    }

    #[tokio::test]
    async fn a_token_that_was_not_given_out_for_this_list_is_refused() {
        let app = plain().await;
        insert_pool(&app.server, TWIN, None).await;
        crowd(&app.server, &app.pool, 3, |_, _| ()).await;
        crowd(&app.server, TWIN, 3, |_, _| ()).await;
        let given = json!({
            "Limit": 1, "Filter": "status = \"Enabled\"", "AttributesToGet": ["email", "sub"],
        });
        let token = list(&app, given.clone()).await.ok()["PaginationToken"].clone();
        let changed = |member: &str, value: Value| {
            let mut request = of_pool(&app, given.clone());
            request["PaginationToken"] = token.clone();
            request[member] = value;
            request
        };
        let ask = async |member, value| app.server.admin(OPERATION, changed(member, value)).await;
        for (member, value) in [
            ("UserPoolId", json!(TWIN)),
            ("Filter", json!("status = \"Disabled\"")),
            ("Filter", Value::Null),
            ("AttributesToGet", json!(["email"])),
            ("AttributesToGet", Value::Null),
            ("PaginationToken", json!("garbage")),
        ] {
            ask(member, value).await.refused(REFUSED, BAD_TOKEN);
        }
        // Another size of page is no other list.
        assert_eq!(usernames(&ask("Limit", json!(2)).await.ok()).len(), 2);
        app.server.advance_secs(3599);
        ask("Limit", json!(1)).await.ok();
        app.server.advance_secs(1);
        ask("Limit", json!(1)).await.refused(REFUSED, BAD_TOKEN);
    }

    #[tokio::test]
    async fn limits_outside_the_model_are_refused() {
        let app = plain().await;
        for (limit, rule) in [(61, "less than or equal to 60"), (-1, "greater than or equal to 0")]
        {
            let text = format!(
                "1 validation error detected: Value '{limit}' at 'limit' failed to satisfy \
                 constraint: Member must have value {rule}"
            );
            list(&app, json!({ "Limit": limit })).await.refused(REFUSED, &text);
        }
    }

    #[tokio::test]
    async fn users_of_another_pool_are_neither_listed_nor_found() {
        let app = plain().await;
        insert_pool(&app.server, TWIN, None).await;
        let own = crowd(&app.server, &app.pool, 2, |_, _| ()).await;
        let other = crowd(&app.server, TWIN, 3, |_, _| ()).await;
        for (pool, users) in [(app.pool.as_str(), &own), (TWIN, &other)] {
            for filter in ["", "email ^= \"user\"", "username ^= \"\"", "sub ^= \"\""] {
                let request = json!({ "UserPoolId": pool, "Filter": filter });
                let page = app.server.admin(OPERATION, request).await.ok();
                let subs = page["Users"].as_array().unwrap().iter();
                let subs: BTreeSet<&str> =
                    subs.map(|user| user["Attributes"][0]["Value"].as_str().unwrap()).collect();
                assert_eq!(subs, users.iter().map(|user| user.sub.as_str()).collect(), "{filter}");
            }
        }
        let theirs = format!("sub = \"{}\"", other[0].sub);
        assert_eq!(found(&app, &theirs).await, set(&[]));
    }

    #[tokio::test]
    async fn a_pool_that_is_not_there_is_told() {
        let app = plain().await;
        let request = json!({ "UserPoolId": "us-east-1_Nowhere00", "Filter": "no filter" });
        let text = "User pool us-east-1_Nowhere00 does not exist.";
        app.server.admin(OPERATION, request).await.refused("ResourceNotFoundException", text);
    }

    #[tokio::test]
    async fn callers_without_permission_are_refused() {
        refused::callers(OPERATION, json!({})).await;
    }
}
