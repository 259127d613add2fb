//! Which features belong to which plan ("User pool feature plans" in the developer guide).

use poolhouse_wire::shapes::{
    AdvancedSecurityModeType, AuthFactorType, PreTokenGenerationLambdaVersionType, StatusType,
    UserPoolTierType,
};

use super::{PoolRule, PoolSettings, sessions};

/// The plan of a pool whose creator named none.
pub(super) const DEFAULT: UserPoolTierType = UserPoolTierType::Essentials;

/// Refuses settings that the pool's plan does not have. Where an earlier plan had them all, it is
/// the change of plan that is refused.
pub(super) fn check(
    settings: &PoolSettings,
    before: Option<&PoolSettings>,
) -> Result<(), PoolRule> {
    let missing = missing(settings, settings.tier);
    if missing.is_empty() {
        return Ok(());
    }
    let changed = before.is_some_and(|before| {
        before.tier != settings.tier && self::missing(settings, before.tier).is_empty()
    });
    Err(if changed { PoolRule::TierChange(missing) } else { PoolRule::FeatureUnavailable(missing) })
}

/// The features in use that this plan does not have.
fn missing(settings: &PoolSettings, tier: UserPoolTierType) -> Vec<&'static str> {
    let mut features = Vec::new();
    if tier == UserPoolTierType::Lite {
        features.extend(beyond_lite(settings));
    }
    let mode = settings.add_ons.as_ref().map(|add_ons| add_ons.advanced_security_mode);
    let threats = mode.is_some_and(|mode| mode != AdvancedSecurityModeType::Off);
    if threats && tier != UserPoolTierType::Plus {
        features.push("Threat Protection");
    }
    features
}

fn beyond_lite(settings: &PoolSettings) -> impl Iterator<Item = &'static str> {
    let version = settings.lambda.pre_token_generation_config.as_ref().map(|c| c.lambda_version);
    let choice = settings.first_factors().iter().any(|f| *f != AuthFactorType::Password);
    let history = settings.password_policy.password_history_size.is_some_and(|size| size > 0);
    let dcr = settings.dcr.as_ref().is_some_and(|c| c.enable_status != Some(StatusType::Disabled));
    [
        (choice, "Choice-Based Sign-In"),
        (history, "Password History"),
        (
            version == Some(PreTokenGenerationLambdaVersionType::V20),
            "Token Customization with Pre-Token Generation Lambda V2_0",
        ),
        (
            version == Some(PreTokenGenerationLambdaVersionType::V30),
            "Token Customization with Pre-Token Generation Lambda V3_0",
        ),
        (dcr, "Dynamic Client Registration"),
        (!settings.acr.is_empty(), "Authentication Context Class Configuration"),
        (settings.email_mfa.is_some(), "Email MFA"),
        (settings.web_authn.is_some(), "Passkeys"),
        (settings.session_limit().is_some(), sessions::FEATURE),
    ]
    .into_iter()
    .filter_map(|(used, name)| used.then_some(name))
}
