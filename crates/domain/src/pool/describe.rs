//! How a pool is listed.

use std::collections::BTreeMap;

use poolhouse_wire::EpochSeconds;
use poolhouse_wire::shapes::{
    AcrLevelConfigType, UserPoolDescriptionType, UserPoolPolicyType, UserPoolType,
};

use super::{Pool, PoolSettings};
use crate::auth::method::Level;
use crate::id::Realm;

/// The name that a level has by default.
pub(super) fn default_acr_value(member: &str) -> Option<&'static str> {
    Level::ALL.into_iter().find(|level| level.member() == member).map(Level::default_name)
}

impl PoolSettings {
    /// `AcrConfiguration` with every level in it.
    pub(super) fn effective_levels(&self) -> BTreeMap<String, AcrLevelConfigType> {
        let standard = Level::ALL.into_iter().map(|level| {
            let acr_value = level.default_name().to_owned();
            (level.member().to_owned(), AcrLevelConfigType { acr_value })
        });
        let mut levels: BTreeMap<_, _> = standard.collect();
        levels.extend(self.acr.clone());
        levels
    }
}

impl Pool {
    /// The pool as DescribeUserPool lists it. The domains are not known here.
    pub fn describe(&self, realm: &Realm) -> UserPoolType {
        let settings = self.settings.clone();
        let policies = UserPoolPolicyType {
            password_policy: Some(settings.password_policy.clone()),
            sign_in_policy: Some(settings.sign_in_policy.clone()),
        };
        UserPoolType {
            acr_configuration: Some(settings.effective_levels()),
            account_recovery_setting: Some(settings.account_recovery),
            admin_create_user_config: Some(settings.admin_create_user),
            alias_attributes: settings.alias_attributes,
            arn: Some(realm.pool_arn(&self.id)),
            auto_verified_attributes: settings.auto_verified_attributes,
            creation_date: Some(EpochSeconds::from_millis(self.created.as_millis())),
            custom_domain: None,
            dcr_configuration: settings.dcr,
            deletion_protection: Some(settings.deletion_protection),
            device_configuration: settings.device,
            domain: None,
            email_configuration: Some(settings.email),
            email_configuration_failure: None,
            email_verification_message: settings.verification.email_message.clone(),
            email_verification_subject: settings.verification.email_subject.clone(),
            estimated_number_of_users: Some(i32::try_from(self.users).unwrap_or(i32::MAX)),
            id: Some(self.id.as_str().to_owned()),
            issuer_configuration: settings.issuer,
            key_configuration: settings.key,
            lambda_config: Some(settings.lambda),
            last_modified_date: Some(EpochSeconds::from_millis(self.modified.as_millis())),
            mfa_configuration: Some(settings.mfa),
            name: Some(self.name.clone()),
            policies: Some(policies),
            schema_attributes: Some(settings.schema.to_wire()),
            sms_authentication_message: settings.sms_authentication_message,
            sms_configuration: settings.sms,
            sms_configuration_failure: None,
            sms_verification_message: settings.verification.sms_message.clone(),
            status: None,
            user_attribute_update_settings: Some(settings.update_settings),
            user_pool_add_ons: settings.add_ons,
            user_pool_tags: Some(settings.tags),
            user_pool_tier: Some(settings.tier),
            username_attributes: settings.username_attributes,
            username_configuration: settings.username,
            verification_message_template: Some(settings.verification),
        }
    }

    /// The pool as CreateUserPool answers: without tags where there are none.
    pub fn describe_created(&self, realm: &Realm) -> UserPoolType {
        let described = self.describe(realm);
        let user_pool_tags = described.user_pool_tags.filter(|tags| !tags.is_empty());
        UserPoolType { user_pool_tags, ..described }
    }

    /// The pool as ListUserPools lists it.
    pub fn list_item(&self) -> UserPoolDescriptionType {
        UserPoolDescriptionType {
            creation_date: Some(EpochSeconds::from_millis(self.created.as_millis())),
            id: Some(self.id.as_str().to_owned()),
            lambda_config: Some(self.settings.lambda.clone()),
            last_modified_date: Some(EpochSeconds::from_millis(self.modified.as_millis())),
            name: Some(self.name.clone()),
            replica_regions: None,
            status: None,
        }
    }
}
