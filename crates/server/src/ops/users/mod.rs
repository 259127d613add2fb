//! Users: creating, confirming, changing and reading them.

mod admin_set_user_password;
mod change_password;
pub mod passwords;
