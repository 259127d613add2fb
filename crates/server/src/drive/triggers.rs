//! The Lambda triggers of a sign-in: before it, after it, before its tokens, and for users who are
//! not here yet.
//!
//! `ClientMetadata` of the request that begins a sign-in is for the triggers that judge it; that of
//! an answer is for the ones that follow.

use poolhouse_domain::auth::advance::{Grant, GrantedDevice};
use poolhouse_domain::auth::exchange;
use poolhouse_domain::error::{Error, Result, TriggerRefusal};
use poolhouse_domain::id::Sub;
use poolhouse_domain::message::Medium;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::token::claims::Claims;
use poolhouse_domain::trigger::{
    Call, CustomMessage, CustomText, FinalStatus, Groups, Migrated, MigrationSource, Person,
    PostAuthentication, PreAuthentication, PreTokenGeneration, TokenSource, Trigger, UserMigration,
    apply,
};
use poolhouse_domain::user::attribute::{self, Creator};
use poolhouse_domain::user::delivery::MessageKind;
use poolhouse_domain::user::username::UsernameRule;
use poolhouse_domain::user::{MfaFactor, MfaPreference, User, UserStatus};
use poolhouse_wire::shapes::AttributeType;
use serde_json::Value;

use super::settle::Settlement;
use super::{Drive, bad_credentials};
use crate::ops::users::creation::{self, By};
use crate::triggers::{self, sender};

impl Drive<'_> {
    /// Calls a trigger, if the pool has it. It needs the sign-in for itself, so that it cannot be
    /// called while a transaction is open.
    pub(super) async fn trigger<C: Call + Sync>(&mut self, call: &C) -> Result<Option<C::Reply>> {
        triggers::call(self.app, self.now, &self.pool, call).await
    }

    /// Whether somebody may try to sign in.
    pub(super) async fn pre_authentication(&mut self, person: Person) -> Result<()> {
        let validation_data = self.validation.clone();
        let call = PreAuthentication { client: self.client.id.clone(), person, validation_data };
        self.trigger(&call).await.map(drop)
    }

    /// A user has proven everything.
    pub(super) async fn post_authentication(&mut self, grant: &Grant, user: &User) -> Result<()> {
        let call = PostAuthentication {
            client: self.client.id.clone(),
            person: Person::of(user),
            new_device: matches!(grant.device(), GrantedDevice::New { .. }),
            metadata: self.metadata.clone(),
        };
        self.trigger(&call).await.map(drop)
    }

    /// What a function changes about the claims of tokens.
    pub(super) async fn shape(
        &mut self,
        claims: &mut Claims,
        user: &User,
        source: TokenSource,
    ) -> Result<()> {
        let texts = |value: Option<&Value>| -> Vec<String> {
            let list = value.and_then(Value::as_array);
            list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let scopes = text(claims.access.get("scope")).unwrap_or_default();
        let call = PreTokenGeneration {
            version: self.pool.settings.token_trigger_version(),
            source,
            client: self.client.id.clone(),
            person: Some(Person::of(user)),
            groups: Groups {
                names: texts(claims.access.get("cognito:groups")),
                roles: texts(claims.id.get("cognito:roles")),
                preferred_role: text(claims.id.get("cognito:preferred_role")),
            },
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            metadata: self.metadata.clone(),
        };
        if let Some(change) = self.trigger(&call).await? {
            apply(&change, claims, &self.client.id);
        }
        Ok(())
    }

    /// What a function has the message of a sign-in code say.
    pub(super) async fn custom_text(&mut self, user: &User, medium: Medium) -> Result<CustomText> {
        if sender::sends(&self.pool, medium) {
            return Ok(CustomText::default());
        }
        let call = CustomMessage {
            kind: MessageKind::Authentication,
            medium,
            by_link: false,
            client: Some(self.client.id.clone()),
            person: Person::of(user),
            metadata: self.metadata.clone(),
        };
        Ok(self.trigger(&call).await?.unwrap_or_default())
    }

    /// A user who is not here, and whom a function knows: with this password, or, without one, as
    /// somebody who has forgotten it.
    pub(crate) async fn migrate(
        &mut self,
        username: &str,
        password: Option<&Secret<String>>,
    ) -> Result<Option<User>> {
        if self.pool.settings.trigger(Trigger::UserMigration).is_none() {
            return Ok(None);
        }
        let call = UserMigration {
            source: match password {
                Some(_) => MigrationSource::Authentication,
                None => MigrationSource::ForgotPassword,
            },
            client: self.client.id.clone(),
            user_name: username.to_owned(),
            password: password.cloned(),
            validation_data: self.validation.clone(),
            metadata: self.metadata.clone().filter(|_| password.is_none()),
        };
        let migrated = match self.trigger(&call).await {
            Err(Error::Trigger(TriggerRefusal::Function(..))) if self.client_policy.hides_users => {
                return Ok(None);
            }
            Err(Error::Trigger(TriggerRefusal::Function(..))) => {
                let client = self.client.id.clone();
                return Err(Error::Trigger(TriggerRefusal::Migration(client)));
            }
            other => other?.flatten(),
        };
        let Some(migrated) = migrated else { return Ok(None) };
        let user = self.migrated_user(username, &migrated)?;
        self.keep_migrated(&user, &migrated, password).await?;
        self.find_user(username).await
    }

    fn migrated_user(&mut self, username: &str, migrated: &Migrated) -> Result<User> {
        let unrecognizable = |_| Error::Trigger(TriggerRefusal::Unrecognizable);
        let names = self.pool.settings.sign_in_names();
        names.check_new(username).map_err(|_| bad_credentials())?;
        let given: Vec<AttributeType> = migrated
            .attributes
            .iter()
            // Functions repeat the name there, as the service's own example does.
            .filter(|(name, _)| *name != "username")
            .map(|(name, value)| AttributeType {
                name: name.clone(),
                value: Some(value.clone().into()),
            })
            .collect();
        let sub = Sub::generate(&mut self.rng);
        let identity = names.new_identity(username, &sub);
        let schema = self.pool.settings.schema();
        let implied = identity.implied_attribute;
        let attributes = attribute::for_new_user(schema, Creator::Admin, &given, implied)
            .map_err(unrecognizable)?;
        let status = match migrated.status {
            FinalStatus::Confirmed => UserStatus::Confirmed,
            FinalStatus::ResetRequired => UserStatus::ResetRequired,
        };
        let (pool, name) = (&self.pool.id, identity.stored_username);
        let mut user = creation::record(pool, sub, name, status, attributes, self.now);
        let sms = self.policy.factors.contains(&MfaFactor::Sms);
        if migrated.sms_mfa && sms && user.attribute("phone_number").is_some() {
            user.mfa = MfaPreference { active: vec![MfaFactor::Sms], ..MfaPreference::default() };
        }
        Ok(user)
    }

    async fn keep_migrated(
        &mut self,
        user: &User,
        migrated: &Migrated,
        password: Option<&Secret<String>>,
    ) -> Result<()> {
        let record = match password.cloned() {
            None => None,
            Some(password) => {
                let mut rng = self.fork();
                let (pool, name) = (user.pool.clone(), user.username.clone());
                let job =
                    move || exchange::new_password(&pool, &name, password.expose(), None, &mut rng);
                Some(self.app.crypto.run(job).await?)
            }
        };
        let record = record.as_ref();
        let names = &self.pool.settings.sign_in_names();
        let by = By::Admin { force: migrated.force_alias };
        let written = self.app.db.write(self.now, async |mut tx| {
            creation::insert(&mut tx, names, user, record, by).await
        });
        match written.await {
            // Somebody was faster, and the user is there.
            Err(Error::Username(UsernameRule::UsernameTaken { .. })) => Ok(()),
            other => other,
        }
    }
}

/// Of what the tokens of a finished sign-in tell the trigger that shapes them.
pub(super) fn token_source(grant: &Grant, settlement: &Settlement) -> TokenSource {
    match (&settlement.proven_device, grant.new_password()) {
        (Some(_), _) => TokenSource::AuthenticateDevice,
        (None, true) => TokenSource::NewPasswordChallenge,
        (None, false) => TokenSource::Authentication,
    }
}
