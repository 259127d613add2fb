//! `UserMigration`: a user who does not exist here, and perhaps elsewhere.

use serde_json::{Map, Value, json};

use super::{Call, Event, Fields, Metadata, Trigger, Unrecognizable, put};
use crate::id::ClientId;
use crate::message::Medium;
use crate::secret::Secret;

/// What the user wanted to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationSource {
    /// Sign in with a password.
    Authentication,
    /// Get a new password.
    ForgotPassword,
}

/// Who is this?
#[derive(Clone, Debug)]
pub struct UserMigration {
    /// What was wanted.
    pub source: MigrationSource,
    /// The client.
    pub client: ClientId,
    /// The name as it was typed.
    pub user_name: String,
    /// The password as it was typed.
    pub password: Option<Secret<String>>,
    /// `ClientMetadata` of a sign-in.
    pub validation_data: Option<Metadata>,
    /// `ClientMetadata` of ForgotPassword.
    pub metadata: Option<Metadata>,
}

/// How a migrated user begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinalStatus {
    /// With the password that was typed.
    Confirmed,
    /// With a new password.
    ResetRequired,
}

/// A user to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The attributes.
    pub attributes: Metadata,
    /// How they begin.
    pub status: FinalStatus,
    /// Whether a welcome is sent.
    pub welcomes: bool,
    /// By which media.
    pub media: Vec<Medium>,
    /// Whether addresses move here from users who have them.
    pub force_alias: bool,
    /// Whether text messages become the second factor.
    pub sms_mfa: bool,
}

impl Call for UserMigration {
    /// None: the function knows nobody.
    type Reply = Option<Migrated>;
    const TRIGGER: Trigger = Trigger::UserMigration;

    fn event(&self) -> Event {
        let mut request = Map::new();
        if let Some(password) = &self.password {
            request.insert("password".into(), json!(password.expose()));
        }
        put(&mut request, "validationData", self.validation_data.as_ref());
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        Event {
            source: match self.source {
                MigrationSource::Authentication => "UserMigration_Authentication",
                MigrationSource::ForgotPassword => "UserMigration_ForgotPassword",
            }
            .to_owned(),
            version: "1",
            user_name: self.user_name.clone(),
            client: Some(self.client.clone()),
            request: Value::Object(request),
            response: json!({
                "userAttributes": null, "forceAliasCreation": null, "enableSMSMFA": null,
                "finalUserStatus": null, "messageAction": null, "desiredDeliveryMediums": null,
            }),
        }
    }

    fn reply(&self, response: &Fields) -> Result<Option<Migrated>, Unrecognizable> {
        let status = match response.text("finalUserStatus")?.as_deref() {
            Some("CONFIRMED") => FinalStatus::Confirmed,
            Some("RESET_REQUIRED") | None => FinalStatus::ResetRequired,
            Some(_) => return Err(Unrecognizable),
        };
        let welcomes = match response.text("messageAction")?.as_deref() {
            Some("SUPPRESS") => false,
            Some("RESEND") | None => true,
            Some(_) => return Err(Unrecognizable),
        };
        let mut media = Vec::new();
        for name in response.texts("desiredDeliveryMediums")? {
            media.push(match name.as_str() {
                "EMAIL" => Medium::Email,
                "SMS" => Medium::Sms,
                _ => return Err(Unrecognizable),
            });
        }
        let (force_alias, sms_mfa) =
            (response.flag("forceAliasCreation")?, response.flag("enableSMSMFA")?);
        let attributes = response.text_map("userAttributes")?;
        Ok(attributes.map(|attributes| Migrated {
            attributes,
            status,
            welcomes,
            media,
            force_alias,
            sms_mfa,
        }))
    }
}
