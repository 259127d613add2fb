//! Users: how they come to be, and what becomes of them.

mod admin_confirm_sign_up;
mod admin_create_user;
mod admin_set_user_password;
mod admin_update_user_attributes;
mod change_password;
pub mod codes;
mod confirm_sign_up;
mod creation;
pub mod passwords;
mod resend_confirmation_code;
mod sign_up;

#[cfg(test)]
mod bed;
