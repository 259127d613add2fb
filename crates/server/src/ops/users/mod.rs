//! Users: how they come to be, are read and changed, and what becomes of them.

mod admin_delete_user;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod delete_user;
mod get_user;
mod list_users;
mod named;
#[cfg(test)]
mod people;

mod shown;
