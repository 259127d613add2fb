//! What a sign-in needs to know of a pool and a client, and nothing else of them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::choice::FirstFactor;
use super::method::LevelNames;
use crate::device::Tracking;
use crate::user::MfaFactor;

/// `MfaConfiguration` of a pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MfaMode {
    /// `OFF`: nobody is asked.
    #[default]
    Off,
    /// `OPTIONAL`: users with an active factor are asked.
    Optional,
    /// `ON`: everybody is asked.
    Required,
}

/// The attribute that account recovery uses first; it cannot be a second factor as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryChannel {
    /// The verified email address.
    Email,
    /// The verified phone number.
    Phone,
}

/// The pool's part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoolPolicy {
    /// Whether MFA is off, optional or required.
    pub mfa: MfaMode,
    /// The factors that the pool enables for MFA.
    pub factors: BTreeSet<MfaFactor>,
    /// The primary recovery channel, none where only administrators recover accounts.
    pub recovery: Option<RecoveryChannel>,
    /// Device tracking, none where it is off.
    pub tracking: Option<Tracking>,
    /// Names of the attributes that the pool requires, in schema order.
    pub required_attributes: Vec<String>,
    /// Codes that the pool allows as a first factor.
    pub first_factors: BTreeSet<FirstFactor>,
    /// Whether the pool's plan has choice-based sign-in and step-up.
    pub choice_based: bool,
    /// What it calls the levels of authentication.
    pub levels: LevelNames,
    /// The Lambda triggers that are configured, by their name in `LambdaConfig`.
    pub triggers: BTreeSet<String>,
}

/// A sign-in flow, with the two names of one flow folded into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Flow {
    /// `USER_SRP_AUTH`.
    UserSrp,
    /// `USER_PASSWORD_AUTH`.
    UserPassword,
    /// `ADMIN_USER_PASSWORD_AUTH`, `ADMIN_NO_SRP_AUTH`.
    AdminUserPassword,
    /// `CUSTOM_AUTH`.
    Custom,
    /// `REFRESH_TOKEN_AUTH`, `REFRESH_TOKEN`.
    Refresh,
    /// `USER_AUTH`.
    UserAuth,
}

impl Flow {
    /// The name under which texts speak of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UserSrp => "USER_SRP_AUTH",
            Self::UserPassword => "USER_PASSWORD_AUTH",
            Self::AdminUserPassword => "ADMIN_USER_PASSWORD_AUTH",
            Self::Custom => "CUSTOM_AUTH",
            Self::Refresh => "REFRESH_TOKEN_AUTH",
            Self::UserAuth => "USER_AUTH",
        }
    }

    /// Reads a value of `AuthFlow`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "USER_SRP_AUTH" => Self::UserSrp,
            "USER_PASSWORD_AUTH" => Self::UserPassword,
            "ADMIN_USER_PASSWORD_AUTH" | "ADMIN_NO_SRP_AUTH" => Self::AdminUserPassword,
            "CUSTOM_AUTH" => Self::Custom,
            "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" => Self::Refresh,
            "USER_AUTH" => Self::UserAuth,
            _ => return None,
        })
    }
}

/// The client's part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientPolicy {
    /// The flows that its effective ExplicitAuthFlows permit, legacy values included.
    pub flows: BTreeSet<Flow>,
    /// `PreventUserExistenceErrors` is ENABLED.
    pub hides_users: bool,
    /// `AuthSessionValidity`, minutes.
    pub session_minutes: i64,
    /// `EnableTokenRevocation`.
    pub revocation: bool,
    /// Lifetime of an access token, seconds.
    pub access_seconds: i64,
    /// Lifetime of an ID token, seconds.
    pub id_seconds: i64,
    /// Lifetime of a refresh token, seconds.
    pub refresh_seconds: i64,
    /// Refresh-token rotation is on, which shuts the REFRESH_TOKEN_AUTH flow.
    pub rotation: bool,
    /// How long a refresh token that was replaced may still be used, by a client that did not get
    /// the answer; seconds.
    pub retry_seconds: i64,
}
