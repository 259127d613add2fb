//! How a user proved who they are: what the `amr` and `acr` claims tell, and what step-up asks for.
//!
//! Source: "Step-up authentication with ACR and AMR" in the developer guide. It names four levels;
//! proofs that it does not name together count as the highest level that is among them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::user::MfaFactor;

/// A proof that was given in a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Method {
    /// The password, plain or by SRP.
    #[serde(rename = "pwd")]
    Password,
    /// A code from an authenticator app.
    #[serde(rename = "otp")]
    Totp,
    /// A code by text message.
    #[serde(rename = "sms")]
    Sms,
    /// A code by email.
    #[serde(rename = "email_otp")]
    Email,
}

impl Method {
    const ALL: [Self; 4] = [Self::Password, Self::Totp, Self::Sms, Self::Email];

    /// Its value in the `amr` claim.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "pwd",
            Self::Totp => "otp",
            Self::Sms => "sms",
            Self::Email => "email_otp",
        }
    }
}

impl From<MfaFactor> for Method {
    fn from(factor: MfaFactor) -> Self {
        match factor {
            MfaFactor::Sms => Self::Sms,
            MfaFactor::Totp => Self::Totp,
            MfaFactor::Email => Self::Email,
        }
    }
}

/// The proofs of one sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Methods(BTreeSet<Method>);

impl Methods {
    /// Adds a proof.
    pub fn add(&mut self, method: Method) {
        self.0.insert(method);
    }

    /// Whether a proof is among them.
    pub fn has(&self, method: Method) -> bool {
        self.0.contains(&method)
    }

    /// Both together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).copied().collect())
    }

    /// The `amr` claim: each proof, and `mfa` where there are two or more. Empty for a sign-in whose
    /// proofs were judged by triggers alone.
    pub fn amr(&self) -> Vec<&'static str> {
        let mut amr: Vec<_> = self.0.iter().map(|method| method.as_str()).collect();
        if amr.len() > 1 {
            amr.push("mfa");
        }
        amr
    }

    /// The level that these proofs reach, none without any.
    pub fn level(&self) -> Option<Level> {
        let by_message = self.has(Method::Sms) || self.has(Method::Email);
        match (self.has(Method::Password), self.has(Method::Totp), by_message) {
            (true, true, _) => Some(Level::PasswordAndTotp),
            (true, false, true) => Some(Level::PasswordAndMessage),
            (false, _, true) => Some(Level::Message),
            (true, false, false) => Some(Level::Password),
            (false, true | false, false) => None,
        }
    }

    /// What the store keeps.
    pub fn to_text(&self) -> String {
        let names: Vec<_> = self.0.iter().map(|method| method.as_str()).collect();
        names.join(" ")
    }

    /// Reads what the store keeps; unknown words are passed over.
    pub fn from_text(text: &str) -> Self {
        let named = |word: &str| Method::ALL.into_iter().find(|method| method.as_str() == word);
        Self(text.split(' ').filter_map(named).collect())
    }
}

impl FromIterator<Method> for Methods {
    fn from_iter<I: IntoIterator<Item = Method>>(methods: I) -> Self {
        Self(methods.into_iter().collect())
    }
}

/// An authentication context class, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// The password.
    Password,
    /// One code by text message or email.
    Message,
    /// The password and a code by text message or email.
    PasswordAndMessage,
    /// The password and an authenticator app.
    PasswordAndTotp,
}

impl Level {
    /// All of them, weakest first.
    pub const ALL: [Self; 4] =
        [Self::Password, Self::Message, Self::PasswordAndMessage, Self::PasswordAndTotp];

    /// Its member in `AcrConfiguration`.
    pub fn member(self) -> &'static str {
        match self {
            Self::Password => "Level1",
            Self::Message => "Level2",
            Self::PasswordAndMessage => "Level3",
            Self::PasswordAndTotp => "Level4",
        }
    }

    /// Its name where the pool gives it none.
    pub fn default_name(self) -> &'static str {
        match self {
            Self::Password => "urn:cognito:loa:1",
            Self::Message => "urn:cognito:loa:2",
            Self::PasswordAndMessage => "urn:cognito:loa:3",
            Self::PasswordAndTotp => "urn:cognito:loa:4",
        }
    }

    /// Whether these proofs are enough for it: a higher level includes the lower ones.
    pub fn is_met_by(self, methods: &Methods) -> bool {
        methods.level().is_some_and(|level| level >= self)
    }

    /// The second factors of which one takes a proven password to this level.
    pub fn second_factors(self) -> &'static [MfaFactor] {
        match self {
            Self::Password | Self::Message => &[],
            Self::PasswordAndMessage => &[MfaFactor::Sms, MfaFactor::Email],
            Self::PasswordAndTotp => &[MfaFactor::Totp],
        }
    }
}

/// What a pool calls the levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelNames(pub BTreeMap<Level, String>);

impl LevelNames {
    /// The name of a level.
    pub fn of(&self, level: Level) -> &str {
        self.0.get(&level).map_or(level.default_name(), String::as_str)
    }

    /// The levels that a list of names means, in its order; unknown names are passed over.
    pub fn parse(&self, names: &str) -> Vec<Level> {
        let known = |name: &str| Level::ALL.into_iter().find(|level| self.of(*level) == name);
        names.split(' ').filter_map(known).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Method::{Email, Password, Sms, Totp};

    fn of(methods: &[Method]) -> Methods {
        methods.iter().copied().collect()
    }

    #[test]
    fn levels_of_every_set_of_proofs() {
        let cases: [(&[Method], Option<Level>); 9] = [
            (&[], None),
            (&[Password], Some(Level::Password)),
            (&[Email], Some(Level::Message)),
            (&[Sms], Some(Level::Message)),
            (&[Sms, Email], Some(Level::Message)),
            (&[Password, Sms], Some(Level::PasswordAndMessage)),
            (&[Password, Email], Some(Level::PasswordAndMessage)),
            (&[Password, Totp], Some(Level::PasswordAndTotp)),
            (&[Password, Totp, Sms], Some(Level::PasswordAndTotp)),
        ];
        for (methods, level) in cases {
            assert_eq!(of(methods).level(), level, "{methods:?}");
        }
    }

    #[test]
    fn amr_tells_each_proof_and_that_there_were_several() {
        assert_eq!(of(&[Password]).amr(), ["pwd"]);
        assert_eq!(of(&[Totp, Password]).amr(), ["pwd", "otp", "mfa"]);
        assert_eq!(of(&[Email]).amr(), ["email_otp"]);
        assert!(of(&[]).amr().is_empty());
    }

    #[test]
    fn what_is_kept_reads_back() {
        for methods in [of(&[]), of(&[Password]), of(&[Password, Totp, Sms, Email])] {
            assert_eq!(Methods::from_text(&methods.to_text()), methods);
        }
        assert_eq!(Methods::from_text("pwd fed"), of(&[Password]));
    }

    #[test]
    fn a_pool_may_rename_levels_and_unknown_names_are_passed_over() {
        let names = LevelNames([(Level::Message, "silver".to_owned())].into());
        assert_eq!(names.of(Level::Password), "urn:cognito:loa:1");
        let parsed = names.parse("gold silver urn:cognito:loa:2 urn:cognito:loa:4");
        assert_eq!(parsed, [Level::Message, Level::PasswordAndTotp]);
    }
}
