//! What a request is known to be: the condition keys and their values.
//!
//! Key names are case-insensitive, values are not. A key may have several values. Values come from
//! the server's own knowledge; nothing here reads a request.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::principal::Principal;
use crate::time::Timestamp;

/// Condition keys with their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// By key in lower case; never an empty list.
    values: BTreeMap<String, Vec<String>>,
}

impl Context {
    /// The keys that follow from who asks: `aws:username`, `aws:userid`, `aws:PrincipalArn`,
    /// `aws:PrincipalAccount`, `aws:PrincipalType` and the two that say "not an AWS service".
    pub fn of(principal: &Principal) -> Self {
        let context = Self::default()
            .with("aws:PrincipalArn", principal.arn())
            .with("aws:PrincipalAccount", principal.account().id())
            .with("aws:PrincipalType", principal.kind())
            .with("aws:userid", principal.user_id())
            .with("aws:PrincipalIsAWSService", "false")
            .with("aws:ViaAWSService", "false");
        match principal {
            Principal::Root { .. } => context,
            Principal::User { name, .. } => context.with("aws:username", name),
        }
    }

    /// Adds one value to a key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.values.entry(key.to_lowercase()).or_default().push(value.into());
        self
    }

    /// `aws:CurrentTime` and `aws:EpochTime`.
    #[must_use]
    pub fn with_time(self, now: Timestamp) -> Self {
        let seconds = now.as_secs();
        let iso =
            jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |t| t.to_string());
        self.with("aws:CurrentTime", iso).with("aws:EpochTime", seconds.to_string())
    }

    /// `aws:SourceIp`: the caller's address; an IPv4 address in IPv6 clothes counts as IPv4.
    #[must_use]
    pub fn with_source_ip(self, address: IpAddr) -> Self {
        self.with("aws:SourceIp", address.to_canonical().to_string())
    }

    /// `aws:UserAgent`.
    #[must_use]
    pub fn with_user_agent(self, agent: &str) -> Self {
        self.with("aws:UserAgent", agent)
    }

    /// `aws:SecureTransport`: whether the request came over TLS.
    #[must_use]
    pub fn with_secure_transport(self, transport: Transport) -> Self {
        self.with("aws:SecureTransport", (transport == Transport::Tls).to_string())
    }

    /// `aws:RequestedRegion`.
    #[must_use]
    pub fn with_requested_region(self, region: &str) -> Self {
        self.with("aws:RequestedRegion", region)
    }

    /// `aws:ResourceTag/<key>`: a tag that the resource carries now.
    #[must_use]
    pub fn with_resource_tag(self, key: &str, value: &str) -> Self {
        self.with(&format!("aws:ResourceTag/{key}"), value)
    }

    /// `aws:RequestTag/<key>` and a member of `aws:TagKeys`: a tag that the request would set.
    #[must_use]
    pub fn with_request_tag(self, key: &str, value: &str) -> Self {
        self.with(&format!("aws:RequestTag/{key}"), value).with_tag_key(key)
    }

    /// A member of `aws:TagKeys`: a tag key that the request names, as UntagResource does.
    #[must_use]
    pub fn with_tag_key(self, key: &str) -> Self {
        self.with("aws:TagKeys", key)
    }

    /// The values of a key, which must be given in lower case; empty if it is absent.
    pub(super) fn get(&self, key: &str) -> &[String] {
        self.values.get(key).map_or(&[], Vec::as_slice)
    }
}

/// How a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over TLS.
    Tls,
    /// In the clear.
    Plain,
}
