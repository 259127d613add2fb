//! The OAuth settings: flows, scopes and the addresses that browsers are sent to.

use poolhouse_wire::shapes::OAuthFlowType;

use super::{ClientSettings, OAuthRule};
use crate::pool::Pool;

/// Scopes that speak of a user. No client can have them for itself.
const USER_SCOPES: [&str; 5] =
    ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];
/// The scope of dynamic client registration, which exists where that is switched on.
const REGISTRATION_SCOPE: &str = "aws.cognito/dcr/register";
/// Where a browser may go without TLS: back to its own machine.
const LOOPBACK_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl ClientSettings {
    pub(super) fn check_oauth(&self, pool: &Pool, secret: bool) -> Result<(), OAuthRule> {
        let flows = self.allowed_oauth_flows.as_deref().unwrap_or_default();
        let scopes = self.allowed_oauth_scopes.as_deref().unwrap_or_default();
        if self.oauth && (flows.is_empty() || scopes.is_empty()) {
            return Err(OAuthRule::Incomplete);
        }
        let credentials = flows.contains(&OAuthFlowType::ClientCredentials);
        let browser = flows.iter().any(|flow| *flow != OAuthFlowType::ClientCredentials);
        if credentials && browser {
            return Err(OAuthRule::ClientCredentialsNotAlone);
        }
        if credentials && !secret {
            return Err(OAuthRule::ClientCredentialsNeedSecret);
        }
        check_scopes(scopes, credentials, pool)?;
        self.check_urls(browser)
    }

    fn check_urls(&self, browser: bool) -> Result<(), OAuthRule> {
        let callbacks = self.callback_urls.as_deref().unwrap_or_default();
        for url in callbacks {
            check_url(url, OAuthRule::CallbackUrl)?;
        }
        for url in self.logout_urls.iter().flatten() {
            check_url(url, OAuthRule::LogoutUrl)?;
        }
        if self.default_redirect_uri.as_ref().is_some_and(|url| !callbacks.contains(url)) {
            return Err(OAuthRule::DefaultRedirect);
        }
        if browser && callbacks.is_empty() {
            return Err(OAuthRule::CallbackMissing);
        }
        Ok(())
    }
}

/// Resource servers, whose scopes would be the rest, do not exist yet.
fn check_scopes(scopes: &[String], credentials: bool, pool: &Pool) -> Result<(), OAuthRule> {
    for scope in scopes {
        let of_user = USER_SCOPES.contains(&scope.as_str());
        if of_user && credentials {
            return Err(OAuthRule::ClientCredentialsScope(scope.clone()));
        }
        let registration = scope == REGISTRATION_SCOPE && pool.settings.registers_clients();
        if !of_user && !registration {
            return Err(OAuthRule::UnknownScope(scope.clone()));
        }
    }
    Ok(())
}

fn check_url(url: &str, unusable: fn(String) -> OAuthRule) -> Result<(), OAuthRule> {
    let unusable = || unusable(url.to_owned());
    let (scheme, rest) = url.split_once(':').ok_or_else(unusable)?;
    let mut letters = scheme.chars();
    let named = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !named || rest.is_empty() || url.contains('#') {
        return Err(unusable());
    }
    let web = ["http", "https"].into_iter().find(|web| scheme.eq_ignore_ascii_case(web));
    let Some(web) = web else { return Ok(()) };
    let host = host(rest).filter(|host| !host.is_empty()).ok_or_else(unusable)?;
    if web == "http" && !LOOPBACK_HOSTS.iter().any(|own| host.eq_ignore_ascii_case(own)) {
        return Err(OAuthRule::InsecureUrl(url.to_owned()));
    }
    Ok(())
}

/// The host in `//host:port/path?query`. An address with a user in it has none that could be
/// trusted to be what it seems.
fn host(rest: &str) -> Option<&str> {
    let authority = rest.strip_prefix("//")?.split(['/', '?', '\\']).next()?;
    if authority.contains('@') {
        return None;
    }
    match authority.split_once(']') {
        Some((address, _)) => authority.get(..=address.len()),
        None => authority.split(':').next(),
    }
}
