//! What the reference model remembers. Plain values: passwords and codes are text, ids are indices.
//!
//! What the server draws at random (subjects, tokens, sessions, device keys, codes) is learned from
//! its answers; everything else the model knows by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// When every episode begins, in milliseconds: as `testing::START`.
pub(crate) const BEGIN_MS: i64 = 1_767_614_400_000;

/// A user, over all pools and for ever.
pub(crate) type Uid = usize;

/// A refusal: the error's name and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct No {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// What an operation says.
pub(crate) type Said<T> = Result<T, No>;

pub(crate) fn no(name: &'static str, text: impl Into<String>) -> No {
    No { name, text: text.into() }
}

pub(crate) fn not_authorized(text: &str) -> No {
    no("NotAuthorizedException", text)
}

pub(crate) fn invalid(text: impl Into<String>) -> No {
    no("InvalidParameterException", text)
}

pub(crate) fn missing_user() -> No {
    no("UserNotFoundException", "User does not exist.")
}

pub(crate) fn missing_device() -> No {
    no("ResourceNotFoundException", "Device does not exist.")
}

pub(crate) fn bad_credentials() -> No {
    not_authorized("Incorrect username or password.")
}

pub(crate) fn disabled() -> No {
    not_authorized("User is disabled.")
}

/// Rules that a test can bend, to see that the runner notices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// The wrong password that starts the lock.
    pub(crate) lock_after: i64,
    /// Whether a disabled user's refresh token is told to be fine.
    pub(crate) disabled_may_refresh: bool,
    /// How many steps a TOTP code may be off.
    pub(crate) totp_tolerance: i64,
    /// Whether a session can be answered twice.
    pub(crate) sessions_are_reusable: bool,
    /// Whether a remembered device is challenged.
    pub(crate) remembered_devices_count: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            lock_after: 5,
            disabled_may_refresh: false,
            totp_tolerance: 1,
            sessions_are_reusable: false,
            remembered_devices_count: true,
        }
    }
}

/// What users of a pool sign in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// Their username alone.
    Own,
    /// Their username; a verified email or a preferred username as well.
    Alias,
    /// An email.
    Email,
}

/// `MfaConfiguration`; the only factor is the authenticator app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mfa {
    Off,
    Optional,
    On,
}

/// `DeviceConfiguration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tracking {
    pub(crate) replaces_mfa: bool,
    pub(crate) on_prompt: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Pool {
    pub(crate) id: String,
    pub(crate) names: Names,
    pub(crate) case_sensitive: bool,
    pub(crate) mfa: Mfa,
    pub(crate) tracking: Option<Tracking>,
    pub(crate) verifies_email: bool,
    /// A new email waits for its code while the old one stays in force.
    pub(crate) new_email_waits: bool,
    pub(crate) clients: Vec<Client>,
    pub(crate) users: BTreeMap<Uid, User>,
    pub(crate) groups: BTreeMap<String, Group>,
    /// What DescribeUserPool showed first.
    pub(crate) described: Value,
    pub(crate) modified: i64,
    pub(crate) guesses: BTreeMap<(String, Guess), Attempts>,
    pub(crate) budgets: BTreeMap<(String, Budget), Spent>,
    /// Until when a code for a new password seems to have been sent to whom nothing was sent.
    pub(crate) seeming: BTreeMap<String, i64>,
}

/// A group.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) description: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) precedence: Option<i64>,
    pub(crate) created: i64,
    pub(crate) modified: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) secret: Option<String>,
    pub(crate) hides_users: bool,
    /// It rotates refresh tokens, and how long one that was replaced may be used again, in seconds.
    pub(crate) rotation: Option<i64>,
    pub(crate) session_secs: i64,
    pub(crate) access_secs: i64,
    pub(crate) refresh_secs: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Guess {
    Password,
    Mfa,
    Device,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempts {
    pub(crate) count: i64,
    pub(crate) last: i64,
    pub(crate) locked_until: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Budget {
    ConfirmSignUp,
    Resend,
    ChangePassword,
    Forgot,
    ConfirmForgot,
    AttributeCode,
    VerifyAttribute,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Spent {
    pub(crate) count: i64,
    pub(crate) since: i64,
}

/// `UserStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Unconfirmed,
    Confirmed,
    ForceChange,
    ResetRequired,
}

impl Status {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Unconfirmed => "UNCONFIRMED",
            Self::Confirmed => "CONFIRMED",
            Self::ForceChange => "FORCE_CHANGE_PASSWORD",
            Self::ResetRequired => "RESET_REQUIRED",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) sub: String,
    pub(crate) username: String,
    pub(crate) status: Status,
    pub(crate) enabled: bool,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) password: String,
    pub(crate) temporary_until: Option<i64>,
    /// Raised by every change of credential, factor or right: it ends sign-ins in progress.
    pub(crate) stamp: u64,
    pub(crate) totp: Option<Totp>,
    pub(crate) totp_pending: Option<Vec<u8>>,
    pub(crate) totp_active: bool,
    pub(crate) totp_preferred: bool,
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) groups: BTreeSet<String>,
    pub(crate) sign_up_code: Option<Code>,
    pub(crate) email_code: Option<Code>,
    pub(crate) reset_code: Option<Code>,
    /// An email that waits for its code.
    pub(crate) waiting: Option<String>,
    pub(crate) created: i64,
    pub(crate) modified: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Totp {
    pub(crate) seed: Vec<u8>,
    pub(crate) last_step: i64,
    pub(crate) name: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) code: String,
    /// Where it was sent: it proves nothing for another address.
    pub(crate) address: String,
    pub(crate) expires: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub(crate) group: String,
    pub(crate) name: Option<String>,
    pub(crate) confirmed: bool,
    pub(crate) remembered: bool,
    pub(crate) has_verifier: bool,
    /// The secret, where the client kept one.
    pub(crate) password: Option<String>,
    pub(crate) created: i64,
    pub(crate) modified: i64,
    pub(crate) authenticated: i64,
}

impl Device {
    pub(crate) fn is_challenged(&self) -> bool {
        self.confirmed && self.remembered && self.has_verifier
    }
}

/// What a sign-in has proven.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    pub(crate) stamp: u64,
    pub(crate) device: Option<String>,
    pub(crate) mfa_done: bool,
    pub(crate) new_password: bool,
}

/// What a session waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Waits {
    Select,
    Password,
    NewPassword,
    Totp,
    Setup { enrolled: bool },
    DeviceSrp(String),
    DevicePassword(usize),
}

/// The place of a sign-in: pool and client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) pool: usize,
    pub(crate) client: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) at: At,
    pub(crate) uid: Uid,
    pub(crate) waits: Waits,
    pub(crate) progress: Progress,
    pub(crate) expires: i64,
    pub(crate) used: bool,
    /// Swept away, which is only ever so long after it expired.
    pub(crate) gone: bool,
}

/// All tokens of one sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub(crate) at: At,
    pub(crate) uid: Uid,
    pub(crate) device: Option<String>,
    /// A device key was issued with the tokens.
    pub(crate) new_device: bool,
    pub(crate) authenticated: i64,
    /// An authenticator's code was proven besides the password.
    pub(crate) with_totp: bool,
    pub(crate) expires: i64,
    pub(crate) revoked: bool,
    pub(crate) refreshable: bool,
    /// Refresh tokens are numbered from 0; this is the last one.
    pub(crate) newest: usize,
    /// Until when a token that was replaced may be used again.
    pub(crate) retry: BTreeMap<usize, i64>,
    pub(crate) origin_jti: String,
    pub(crate) gone: bool,
}

/// An SRP exchange between its two halves.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) at: At,
    pub(crate) who: Prover,
    pub(crate) stamp: u64,
    pub(crate) device: Option<String>,
    pub(crate) issued: i64,
    pub(crate) used: bool,
    /// Of a device: a second factor was proven before.
    pub(crate) mfa_done: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Prover {
    User(Uid),
    /// Nobody of this name; the id that the challenge showed is learned.
    Nobody(String),
    Device(Uid, String),
}

/// What a sign-in step answers.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Challenge { name: &'static str, parameters: Value, session: Option<usize> },
    Tokens { family: usize },
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) rules: Rules,
    pub(crate) now: i64,
    pub(crate) pools: Vec<Pool>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) families: Vec<Family>,
    pub(crate) exchanges: Vec<Exchange>,
    /// The session that an answer without one means: the last of this client, user and device.
    pub(crate) links: BTreeMap<(usize, usize, Uid, String), usize>,
    pub(crate) next_uid: Uid,
    /// A property that does not hold.
    pub(crate) broken: Option<String>,
}

impl Model {
    /// Notes a property that does not hold.
    pub(crate) fn must(&mut self, holds: bool, property: &str) {
        if !holds {
            self.broken.get_or_insert_with(|| property.to_owned());
        }
    }

    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            rules,
            now: BEGIN_MS,
            pools: Vec::new(),
            sessions: Vec::new(),
            families: Vec::new(),
            exchanges: Vec::new(),
            links: BTreeMap::new(),
            next_uid: 0,
            broken: None,
        }
    }

    pub(crate) fn client(&self, at: At) -> &Client {
        &self.pools[at.pool].clients[at.client]
    }

    pub(crate) fn user(&self, pool: usize, uid: Uid) -> Option<&User> {
        self.pools[pool].users.get(&uid)
    }

    /// A user who is known to be there.
    pub(crate) fn user_mut(&mut self, pool: usize, uid: Uid) -> &mut User {
        self.pools[pool].users.get_mut(&uid).unwrap()
    }

    /// A user with a new stamp, modified now.
    pub(crate) fn change(&mut self, pool: usize, uid: Uid) -> &mut User {
        let now = self.now;
        let user = self.user_mut(pool, uid);
        user.stamp += 1;
        user.modified = now;
        user
    }
}

/// A list of attributes as it is shown: `sub`, then the order of the schema.
pub(crate) fn shown_attributes(user: &User) -> Value {
    let mut list = vec![json!({ "Name": "sub", "Value": user.sub })];
    for name in ["name", "preferred_username", "email", "email_verified"] {
        if let Some(value) = user.attributes.get(name) {
            list.push(json!({ "Name": name, "Value": value }));
        }
    }
    list.into()
}

/// A date.
pub(crate) fn epoch(at: i64) -> Value {
    json!(at as f64 / 1000.0)
}
