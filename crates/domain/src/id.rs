//! Identifiers, each its own type, so that a device key cannot be passed where a user's sub is meant.
//!
//! Parsing an id here means "it has the form of one"; whether it exists is the store's answer.

use std::fmt;

use rand_core::RngCore;
use serde::{Deserialize, Serialize};

use crate::rng;

/// Characters of the random part of a pool id.
const POOL_SUFFIX_CHARS: usize = 9;
/// Characters of a client id: 26 of base 32, as the service's own.
const CLIENT_ID_CHARS: usize = 26;
/// Characters of a generated client secret.
const CLIENT_SECRET_CHARS: usize = 51;
/// Characters after the dash of a device group key.
const DEVICE_GROUP_CHARS: usize = 8;
/// Characters after the kind of a session's id.
const SESSION_CHARS: usize = 25;

const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LOWER_ALPHANUMERIC: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const BASE32: &[u8] = b"0123456789abcdefghijklmnopqrstuv";

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps text that is already known to be such an id (a stored row, a validated request).
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

text_id! {
    /// A user pool's id: `<region>_<9 alphanumerics>`.
    PoolId
}
text_id! {
    /// An app client's id.
    ClientId
}
text_id! {
    /// A user's immutable subject, a UUID.
    Sub
}
text_id! {
    /// A device's key: `<region>_<uuid>`.
    DeviceKey
}
text_id! {
    /// What all tokens of one sign-in share (`origin_jti`), the id of its token family.
    OriginJti
}

text_id! {
    /// The id of a user's session: `tkn` and 25 of `[a-z0-9]`.
    SessionId
}

impl PoolId {
    /// A new id in `region`.
    pub fn generate(region: &str, rng: &mut dyn RngCore) -> Self {
        Self(format!("{region}_{}", rng::string_from(ALPHANUMERIC, POOL_SUFFIX_CHARS, rng)))
    }

    /// The part before the first underscore: the region.
    pub fn region(&self) -> &str {
        self.0.split_once('_').map_or("", |(region, _)| region)
    }

    /// The part after the first underscore, which SRP hashes in place of the whole id.
    pub fn short_name(&self) -> &str {
        self.0.split_once('_').map_or(self.0.as_str(), |(_, name)| name)
    }
}

impl ClientId {
    /// A new client id.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        Self(rng::string_from(BASE32, CLIENT_ID_CHARS, rng))
    }
}

impl Sub {
    /// A new subject.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        Self(rng::uuid(rng))
    }
}

impl DeviceKey {
    /// A new device key in the pool's region.
    pub fn generate(pool: &PoolId, rng: &mut dyn RngCore) -> Self {
        Self(format!("{}_{}", pool.region(), rng::uuid(rng)))
    }
}

impl OriginJti {
    /// A new token family.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        Self(rng::uuid(rng))
    }
}

impl SessionId {
    /// A new token session.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        Self(format!("tkn{}", rng::string_from(LOWER_ALPHANUMERIC, SESSION_CHARS, rng)))
    }
}

/// A new client secret.
pub fn client_secret(rng: &mut dyn RngCore) -> String {
    rng::string_from(BASE32, CLIENT_SECRET_CHARS, rng)
}

/// A new device group key: a dash and eight alphanumerics.
pub fn device_group_key(rng: &mut dyn RngCore) -> String {
    format!("-{}", rng::string_from(ALPHANUMERIC, DEVICE_GROUP_CHARS, rng))
}

/// Where the server stands: what ARNs, ids and issuers are built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realm {
    /// The region name, such as `us-east-1`.
    pub region: String,
    /// The twelve-digit account id.
    pub account: String,
}

impl Realm {
    /// The ARN of a pool.
    pub fn pool_arn(&self, pool: &PoolId) -> String {
        format!("arn:aws:cognito-idp:{}:{}:userpool/{pool}", self.region, self.account)
    }

    /// The pool id in an ARN of this realm, if it is one.
    pub fn pool_of_arn(&self, arn: &str) -> Option<PoolId> {
        let prefix = format!("arn:aws:cognito-idp:{}:{}:userpool/", self.region, self.account);
        arn.strip_prefix(&prefix).filter(|id| !id.is_empty()).map(PoolId::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn a_pool_id_has_one_underscore_and_splits_at_it() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        for _ in 0..1000 {
            let id = PoolId::generate("eu-central-1", &mut rng);
            assert_eq!(id.region(), "eu-central-1");
            assert_eq!(id.short_name().len(), POOL_SUFFIX_CHARS);
            assert_eq!(id.as_str().matches('_').count(), 1);
        }
    }

    #[test]
    fn a_device_key_fits_the_models_pattern_and_length() {
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        let key = DeviceKey::generate(&PoolId::new("us-west-2_AbCdEfGhI"), &mut rng);
        let (region, uuid) = key.as_str().split_once('_').unwrap();
        assert_eq!(region, "us-west-2");
        assert!(uuid.chars().all(|c| c == '-' || c.is_ascii_hexdigit() && !c.is_ascii_uppercase()));
        assert!(key.as_str().len() <= 55);
    }

    #[test]
    fn a_session_id_fits_the_models_pattern() {
        let id = SessionId::generate(&mut ChaCha20Rng::seed_from_u64(3));
        let random = id.as_str().strip_prefix("tkn").unwrap();
        assert_eq!(random.len(), 25);
        assert!(random.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    }

    #[test]
    fn arns_are_read_back_only_for_this_realm() {
        let realm = Realm { region: "us-east-1".into(), account: "000000000000".into() };
        let pool = PoolId::new("us-east-1_AbCdEfGhI");
        assert_eq!(realm.pool_of_arn(&realm.pool_arn(&pool)), Some(pool.clone()));
        assert_eq!(realm.pool_of_arn("arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_A"), None);
    }
}
