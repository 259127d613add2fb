//! Users: how they come to be, are read and changed, and what becomes of them.

mod admin_confirm_sign_up;
mod admin_create_user;
mod admin_delete_user;
mod admin_delete_user_attributes;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod admin_reset_user_password;
mod admin_set_user_password;
mod admin_update_user_attributes;
mod change_password;
mod changes;
pub mod codes;
mod confirm_forgot_password;
pub(crate) mod confirm_sign_up;
mod continuation;
pub(crate) mod creation;
mod delete_user;
mod delete_user_attributes;
mod forgot_password;
mod get_user;
mod get_user_attribute_verification_code;
mod list_users;
mod named;
pub mod passwords;
mod resend_confirmation_code;
mod resets;
pub(super) mod shown;
mod sign_up;
mod update_user_attributes;
mod verify_user_attribute;

#[cfg(test)]
mod bed;
#[cfg(test)]
mod history;
#[cfg(test)]
mod people;
