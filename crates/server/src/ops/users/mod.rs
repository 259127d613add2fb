//! Users: how they come to be, and what becomes of them.

mod admin_confirm_sign_up;
mod admin_create_user;
pub mod codes;
mod confirm_sign_up;
mod creation;
mod resend_confirmation_code;
mod sign_up;

#[cfg(test)]
mod bed;
