//! One step of an episode each: what is asked, what the model says, what is learned.

mod accounts;
mod choice;
mod devices;
mod factors;
mod groups;
pub(crate) mod pools;
mod reading;
mod recovery;
mod sign_in;
mod srp;
mod tokens;

use super::chance::Rng;
use super::world::{Step, World};

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    SignUp,
    ConfirmSignUp,
    ResendCode,
    AdminConfirmSignUp,
    AdminCreateUser,
    InviteAgain,
    AdminSetPassword,
    ChangePassword,
    UpdateAttributes,
    Disable,
    Enable,
    AdminDelete,
    DeleteUser,
    AdminGetUser,
    GetUser,
    ListUsers,
    SignIn,
    BeginSrp,
    AnswerSrp,
    AnswerTotp,
    AnswerNewPassword,
    AnswerSetup,
    AnswerDevice,
    AnswerDevicePassword,
    AnswerOlderDevice,
    AnswerNonsense,
    Refresh,
    GetTokens,
    Revoke,
    SignOut,
    AdminSignOut,
    Associate,
    Verify,
    Preference,
    ConfirmDevice,
    UpdateDevice,
    ForgetDevice,
    GetDevice,
    ListDevices,
    GuessPassword,
    GuessCode,
    Choose,
    AnswerSelect,
    AnswerPassword,
    ForgotPassword,
    ConfirmForgot,
    AdminReset,
    UpdateOwnAttributes,
    DeleteAttributes,
    SendEmailCode,
    VerifyEmail,
    SetGroup,
    DeleteGroup,
    JoinGroup,
    LookAtGroups,
    SetMfa,
    SetPool,
    DescribePool,
    Clock,
    Sweep,
}

/// How often each is done, relative to the others. What needs much arithmetic is done seldom.
pub(crate) const WEIGHTS: [(Kind, usize); 60] = [
    (Kind::SignUp, 20),
    (Kind::ConfirmSignUp, 28),
    (Kind::ResendCode, 14),
    (Kind::AdminConfirmSignUp, 12),
    (Kind::AdminCreateUser, 24),
    (Kind::InviteAgain, 8),
    (Kind::AdminSetPassword, 22),
    (Kind::ChangePassword, 14),
    (Kind::UpdateAttributes, 60),
    (Kind::Disable, 9),
    (Kind::Enable, 22),
    (Kind::AdminDelete, 4),
    (Kind::DeleteUser, 2),
    (Kind::AdminGetUser, 130),
    (Kind::GetUser, 120),
    (Kind::ListUsers, 20),
    (Kind::SignIn, 92),
    (Kind::BeginSrp, 5),
    (Kind::AnswerSrp, 6),
    (Kind::AnswerTotp, 60),
    (Kind::AnswerNewPassword, 26),
    (Kind::AnswerSetup, 24),
    (Kind::AnswerDevice, 10),
    (Kind::AnswerDevicePassword, 9),
    (Kind::AnswerOlderDevice, 4),
    (Kind::AnswerNonsense, 8),
    (Kind::Refresh, 36),
    (Kind::GetTokens, 24),
    (Kind::Revoke, 12),
    (Kind::SignOut, 7),
    (Kind::AdminSignOut, 4),
    (Kind::Associate, 50),
    (Kind::Verify, 60),
    (Kind::Preference, 40),
    (Kind::ConfirmDevice, 46),
    (Kind::UpdateDevice, 50),
    (Kind::ForgetDevice, 12),
    (Kind::GetDevice, 30),
    (Kind::ListDevices, 40),
    (Kind::GuessPassword, 8),
    (Kind::GuessCode, 8),
    (Kind::Choose, 16),
    (Kind::AnswerSelect, 14),
    (Kind::AnswerPassword, 10),
    (Kind::ForgotPassword, 16),
    (Kind::ConfirmForgot, 22),
    (Kind::AdminReset, 8),
    (Kind::UpdateOwnAttributes, 24),
    (Kind::DeleteAttributes, 8),
    (Kind::SendEmailCode, 12),
    (Kind::VerifyEmail, 24),
    (Kind::SetGroup, 24),
    (Kind::DeleteGroup, 4),
    (Kind::JoinGroup, 40),
    (Kind::LookAtGroups, 30),
    (Kind::SetMfa, 5),
    (Kind::SetPool, 5),
    (Kind::DescribePool, 4),
    (Kind::Clock, 100),
    (Kind::Sweep, 4),
];

/// What people do one after the other, and how often. Without these, random steps would seldom get
/// as far as the end of a sign-in.
pub(crate) const STORIES: [(usize, &[Kind]); 24] = {
    use Kind::*;
    [
        (8, &[AdminCreateUser, SignIn, AnswerNewPassword, AnswerTotp, GetUser]),
        (8, &[SignUp, ConfirmSignUp, SignIn, GetUser, AdminGetUser]),
        (14, &[SignIn, Clock, AnswerTotp, GetUser, Refresh]),
        (14, &[SignIn, Associate, Verify, AnswerSetup, GetUser, ConfirmDevice]),
        (10, &[SignIn, Associate, Verify, Preference, Clock, SignIn, Clock, AnswerTotp]),
        (12, &[SignIn, ConfirmDevice, UpdateDevice, GetDevice, ListDevices, Refresh]),
        (8, &[SignIn, Clock, AnswerTotp, ConfirmDevice, UpdateDevice, Refresh, GetTokens]),
        (6, &[SignIn, Clock, AnswerTotp, AnswerDevice, AnswerDevicePassword, GetUser]),
        (2, &[BeginSrp, AnswerSrp, Clock, AnswerTotp, AnswerDevice, AnswerDevicePassword]),
        (4, &[SignIn, AnswerTotp, Refresh, GetTokens, Revoke, Refresh, GetUser]),
        (4, &[SignIn, GetUser, ChangePassword, SignIn, GetUser]),
        (4, &[SignIn, SignOut, GetUser, Refresh, SignIn]),
        (4, &[SignIn, Disable, GetUser, Refresh, SignIn, Enable, SignIn, GetUser]),
        (5, &[ForgotPassword, ConfirmForgot, SignIn, GetUser]),
        (4, &[SignIn, AdminReset, GetUser, SignIn, Refresh, ConfirmForgot, SignIn, Refresh]),
        (6, &[SignIn, UpdateOwnAttributes, VerifyEmail, GetUser, SignIn]),
        (3, &[SignIn, SendEmailCode, VerifyEmail, GetUser, ForgotPassword, ConfirmForgot]),
        (5, &[Choose, AnswerSelect, AnswerPassword, Clock, AnswerTotp, GetUser]),
        (6, &[SignIn, ConfirmDevice, GetTokens, GetTokens, Clock, GetTokens, Revoke, GetTokens]),
        (4, &[SetGroup, JoinGroup, SignIn, Refresh, JoinGroup, Refresh]),
        (4, &[SignIn, SignIn, AnswerOlderDevice, AnswerDevicePassword, AnswerOlderDevice]),
        (2, &[SignIn, ConfirmDevice, ForgetDevice, Refresh, GetUser, SignIn]),
        (
            2,
            &[
                GuessPassword,
                GuessPassword,
                GuessPassword,
                GuessPassword,
                GuessPassword,
                GuessPassword,
                SignIn,
                ChangePassword,
                Clock,
                SignIn,
            ],
        ),
        (
            2,
            &[
                SignIn, GuessCode, GuessCode, GuessCode, GuessCode, GuessCode, GuessCode,
                GuessCode, GuessCode, GuessCode, GuessCode, AnswerTotp, Clock, AnswerTotp,
            ],
        ),
    ]
};

impl World {
    /// Does a step. Where there is nothing yet to do it with, it is a look at a user instead.
    pub(crate) async fn step(&mut self, kind: Kind, r: &mut Rng) -> Step {
        let before = self.requests;
        self.do_step(kind, r).await?;
        if self.requests == before && !matches!(kind, Kind::Clock | Kind::Sweep) {
            self.admin_get_user(r).await?;
        }
        Ok(())
    }

    async fn do_step(&mut self, kind: Kind, r: &mut Rng) -> Step {
        match kind {
            Kind::SignUp => self.sign_up(r).await,
            Kind::ConfirmSignUp => self.confirm_sign_up(r).await,
            Kind::ResendCode => self.resend_code(r).await,
            Kind::AdminConfirmSignUp => self.admin_confirm_sign_up(r).await,
            Kind::AdminCreateUser => self.admin_create_user(r).await,
            Kind::InviteAgain => self.invite_again(r).await,
            Kind::AdminSetPassword => self.admin_set_password(r).await,
            Kind::ChangePassword => self.change_password(r).await,
            Kind::UpdateAttributes => self.update_attributes(r).await,
            Kind::Disable => self.set_enabled(r, false).await,
            Kind::Enable => self.set_enabled(r, true).await,
            Kind::AdminDelete => self.admin_delete(r).await,
            Kind::DeleteUser => self.delete_user(r).await,
            Kind::AdminGetUser => self.admin_get_user(r).await,
            Kind::GetUser => self.get_user(r).await,
            Kind::ListUsers => {
                let pool = self.some_pool(r);
                self.list_users(r, pool).await
            }
            Kind::SignIn => self.sign_in(r).await,
            Kind::BeginSrp => self.begin_srp(r).await,
            Kind::AnswerSrp => self.answer_srp(r).await,
            Kind::AnswerTotp => self.answer_totp(r).await,
            Kind::AnswerNewPassword => self.answer_new_password(r).await,
            Kind::AnswerSetup => self.answer_setup(r).await,
            Kind::AnswerDevice => self.answer_device(r).await,
            Kind::AnswerDevicePassword => self.answer_device_password(r).await,
            Kind::AnswerOlderDevice => {
                // Any of those that wait, rather than the last.
                r.in_story = false;
                self.answer_device(r).await
            }
            Kind::AnswerNonsense => self.answer_nonsense(r).await,
            Kind::Refresh => self.refresh(r).await,
            Kind::GetTokens => self.get_tokens(r).await,
            Kind::Revoke => self.revoke(r).await,
            Kind::SignOut => self.sign_out(r).await,
            Kind::AdminSignOut => self.admin_sign_out(r).await,
            Kind::Associate => self.associate(r).await,
            Kind::Verify => self.verify(r).await,
            Kind::Preference => self.preference(r).await,
            Kind::ConfirmDevice => self.confirm_device(r).await,
            Kind::UpdateDevice => self.update_device(r).await,
            Kind::ForgetDevice => self.forget_device(r).await,
            Kind::GetDevice => self.get_device(r).await,
            Kind::ListDevices => self.list_devices(r).await,
            Kind::GuessPassword => self.guess_password(r).await,
            Kind::GuessCode => self.guess_code(r).await,
            Kind::Choose => self.choose(r).await,
            Kind::AnswerSelect => self.answer_select(r).await,
            Kind::AnswerPassword => self.answer_password(r).await,
            Kind::ForgotPassword => self.forgot_password(r).await,
            Kind::ConfirmForgot => self.confirm_forgot(r).await,
            Kind::AdminReset => self.admin_reset(r).await,
            Kind::UpdateOwnAttributes => self.update_own_attributes(r).await,
            Kind::DeleteAttributes => self.delete_attributes(r).await,
            Kind::SendEmailCode => self.send_email_code(r).await,
            Kind::VerifyEmail => self.verify_email(r).await,
            Kind::SetGroup => self.set_group(r).await,
            Kind::DeleteGroup => self.delete_group(r).await,
            Kind::JoinGroup => self.join_group(r).await,
            Kind::LookAtGroups => self.look_at_groups(r).await,
            Kind::SetMfa => self.set_mfa(r).await,
            Kind::SetPool => self.set_pool(r).await,
            Kind::DescribePool => {
                let pool = self.some_pool(r);
                self.describe_pool(pool).await
            }
            Kind::Clock => self.clock(r),
            Kind::Sweep => self.sweep().await,
        }
    }

    fn clock(&mut self, r: &mut Rng) -> Step {
        const DAY: i64 = 86_400;
        let seconds = match r.below(1000) {
            _ if r.in_story => 30,
            0..400 => 1,
            400..600 => 5,
            600..800 => 30,
            800..900 => 61,
            900..950 => 200,
            950..980 => 901,
            980..994 => 3600,
            994..998 => DAY,
            998 => 8 * DAY,
            _ => 31 * DAY,
        };
        self.advance(seconds);
        Ok(())
    }

    /// Removing what has run out changes no answer.
    async fn sweep(&mut self) -> Step {
        for server in &self.servers {
            server.app.sweep().await.map_err(|error| error.to_string())?;
        }
        self.model.sweep();
        Ok(())
    }
}
