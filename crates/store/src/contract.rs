//! One suite for every engine: in memory, in a file, and on PostgreSQL when `TEST_POSTGRES` holds
//! the URL of a database in which the tests may make and drop schemas.

mod access;
mod accounts;
mod bed;
mod credentials;
mod directory;
mod engine;
mod groups;
mod opening;
mod races;
mod risk;
mod sending;
mod signing_in;
mod user_sessions;

use bed::Bed;

/// Runs each case on each engine.
macro_rules! on_every_engine {
    ($($module:ident: $($case:ident),+ $(,)?;)+) => {
        mod in_memory {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$module::$case(super::Bed::memory().await).await;
                }
            )+)+
        }
        mod in_a_file {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    let bed = super::Bed::file().await;
                    super::$module::$case(bed.clone()).await;
                    bed.remove().await;
                }
            )+)+
        }
        mod on_postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    if let Some(bed) = super::Bed::postgres().await {
                        super::$module::$case(bed.clone()).await;
                        bed.remove().await;
                    }
                }
            )+)+
        }
    };
}

on_every_engine! {
    engine:
        a_refusal_takes_everything_back,
        a_refusal_can_be_a_value_that_commits,
        a_read_cannot_write,
        a_unique_index_is_named,
        a_missing_parent_is_named,
        a_failed_statement_keeps_nothing,
        contention_runs_the_closure_again_but_not_for_ever,
        a_dropped_write_takes_itself_back,
        a_panic_poisons_nothing,
        many_writers_lose_nothing,
        no_update_is_lost,
        the_schema_is_the_sum_of_the_migrations,
        text_is_ordered_by_its_bytes;
    opening:
        opening_again_changes_nothing;
    directory:
        pools_are_kept,
        pools_are_listed_in_order,
        a_pool_goes_with_everything_in_it,
        clients_are_kept,
        clients_are_listed_in_order,
        users_are_kept,
        a_username_is_taken_once,
        users_are_found_in_the_order_of_the_lookups,
        users_are_counted,
        users_are_searched,
        every_page_of_a_search_is_found_once,
        an_alias_has_one_holder;
    risk:
        risk_configurations_are_kept,
        a_client_takes_its_risk_configuration_along,
        events_are_listed_newest_first,
        sign_ins_are_counted,
        feedback_is_kept,
        events_go_after_two_years_or_with_their_user;
    groups:
        groups_are_kept,
        groups_are_listed_by_name,
        a_pool_is_full_of_groups_once,
        a_user_is_in_a_group_once,
        members_are_listed,
        a_membership_goes_with_either_end;
    credentials:
        signing_keys_are_kept,
        a_signing_key_is_swept_after_its_last_token,
        passwords_are_kept,
        a_swapped_cell_does_not_open,
        an_authenticator_is_verified_once,
        a_time_step_is_used_once,
        a_device_is_confirmed_once,
        a_device_is_remembered_by_one_statement,
        a_forgotten_device_cannot_refresh,
        devices_are_listed;
    races:
        a_code_has_one_winner,
        a_secret_block_has_one_winner,
        a_session_has_one_winner,
        a_totp_step_has_one_winner;
    signing_in:
        a_session_is_consumed_once,
        a_session_is_replaced_by_its_handle,
        things_happen_once,
        locks_double,
        guesses_are_charged_one_by_one,
        budgets_are_hourly,
        a_code_is_consumed_once,
        families_are_revoked,
        a_bearer_is_judged_in_one_journey,
        what_ran_out_is_swept_away;
    user_sessions:
        a_refresh_token_is_replaced_once,
        a_replaced_token_may_be_retried,
        sessions_are_listed_and_end_when_there_are_too_many,
        sessions_are_limited_one_by_one,
        a_session_is_touched_coarsely;
    sending:
        a_message_is_sent_once,
        of_many_takers_one_gets_a_message,
        a_lane_takes_its_own_messages,
        what_was_given_up_is_listed_and_can_be_revived,
        a_message_goes_with_its_user_and_after_its_time;
    accounts:
        a_hidden_code_seems_to_be_there,
        a_value_waits_sealed,
        the_newest_passwords_are_remembered,
        passwords_replaced_at_once_are_all_remembered,
        guesses_at_a_reset_code_are_counted_one_by_one,
        a_reset_code_is_consumed_once;
    access:
        iam_users_are_kept,
        access_keys_come_with_policies;
}
