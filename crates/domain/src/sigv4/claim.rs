//! Reading and checking a signature.

use std::fmt;

use data_encoding::BASE64;

use super::canonical::{self, Scope};
use super::error::{ScopeFault, SigError};
use super::{
    ALGORITHM, CLOCK_SKEW_S_MAX, EXPIRES_S_MAX, PathForm, Request, Rules, TERMINATOR, TokenForm,
};
use crate::crypto::sha256;
use crate::secret::{Secret, ct_eq};
use crate::time::Timestamp;

/// Headers of which a second copy could mean something else to us than to the signer.
const SINGLE_HEADERS: [&str; 6] = [
    "authorization",
    "host",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-target",
];
/// The presigned form's parameters, in the order in which AWS names missing ones.
const QUERY_PARAMETERS: [&str; 5] =
    ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];
/// The parameters that only a presigned request has.
const QUERY_MARKS: [&str; 3] = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"];
const TOKEN_PARAMETER: &str = "X-Amz-Security-Token";

/// What a request claims about its signature, checked as far as that goes without the secret.
#[derive(Clone)]
pub struct Claim {
    access_key_id: String,
    session_token: Option<Secret<String>>,
    scope: Scope,
    time: String,
    signed_headers: Vec<String>,
    signature: String,
    query: Vec<(String, String)>,
    path: PathForm,
}

impl Claim {
    /// The access key to look up. Anything the client liked to write.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The session token that came along. Whoever looks the key up must refuse a token that does
    /// not go with it, and one beside a long-lived key.
    pub fn session_token(&self) -> Option<&Secret<String>> {
        self.session_token.as_ref()
    }

    /// The service that it was signed for: one of the rules'.
    pub fn service(&self) -> &str {
        &self.scope.service
    }

    /// The region that it was signed for: one of the rules'.
    pub fn region(&self) -> &str {
        &self.scope.region
    }
}

impl fmt::Debug for Claim {
    /// Leaves out the signature, the token and the query, which may contain both.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("access_key_id", &self.access_key_id)
            .field("scope", &self.scope)
            .field("time", &self.time)
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

/// Proof that a request was signed with an access key's secret. Only [`verify`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    access_key_id: String,
}

impl Verified {
    /// The access key.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }
}

/// Reads a request's claim and checks, in AWS's order: completeness, date, clock, signed headers,
/// algorithm, credential scope.
///
/// # Errors
/// Everything but [`SigError::UnknownKey`] and [`SigError::Mismatch`].
pub fn parse(request: &Request<'_>, rules: &Rules<'_>, now: Timestamp) -> Result<Claim, SigError> {
    let query = canonical::query(request.query);
    let in_query = query.iter().any(|(name, _)| QUERY_MARKS.contains(&name.as_str()));
    let header = canonical::values(request, "authorization").next();
    for name in SINGLE_HEADERS {
        if canonical::values(request, name).nth(1).is_some() {
            return Err(SigError::RepeatedHeader(name));
        }
    }
    let header = header.map(|value| String::from_utf8_lossy(value).trim().to_owned());
    let raw = match header.filter(|value| value.starts_with("AWS4-")) {
        Some(_) if in_query => return Err(SigError::BothForms),
        Some(value) => from_header(request, &value, query)?,
        None if in_query => from_query(query, rules.token)?,
        None => return Err(SigError::MissingToken),
    };
    let signed_at = check_clock(&raw, now)?;
    let signed_headers: Vec<String> = raw.signed_headers.split(';').map(str::to_owned).collect();
    check_signed(request, &signed_headers, rules)?;
    if raw.algorithm != ALGORITHM {
        return Err(SigError::Algorithm(raw.algorithm));
    }
    let (access_key_id, scope) = credential(&raw.credential, &signed_at, rules)?;
    Ok(Claim {
        access_key_id,
        session_token: raw.session_token.map(Secret::new),
        scope,
        time: signed_at,
        signed_headers,
        signature: raw.signature,
        query: raw.query,
        path: rules.path,
    })
}

/// Checks the signature with the secret of the claim's access key.
///
/// # Errors
/// [`SigError::Mismatch`], whatever it is that differs.
pub fn verify(
    claim: &Claim,
    request: &Request<'_>,
    secret: &Secret<String>,
) -> Result<Verified, SigError> {
    let names: Vec<&str> = claim.signed_headers.iter().map(String::as_str).collect();
    let canonical =
        canonical::request(request, &claim.query, &names, claim.path).ok_or(SigError::Mismatch)?;
    let to_sign = canonical::string_to_sign(&claim.time, &claim.scope, &canonical);
    let expected = canonical::signature(secret.expose(), &claim.scope, &to_sign);
    // A hash that the client states must be the true one: `UNSIGNED-PAYLOAD` and streams are not.
    let stated = canonical::values(request, "x-amz-content-sha256").next();
    let hash_is_true =
        stated.is_none_or(|hash| hash == canonical::sha256_hex(request.body).as_bytes());
    if ct_eq(expected.as_bytes(), claim.signature.as_bytes()) && hash_is_true {
        Ok(Verified { access_key_id: claim.access_key_id.clone() })
    } else {
        Err(SigError::Mismatch)
    }
}

/// A claim's texts, before they are checked.
struct Raw {
    algorithm: String,
    credential: String,
    signed_headers: String,
    signature: String,
    date: String,
    /// Seconds; only presigned requests state it.
    expires: Option<i64>,
    session_token: Option<String>,
    /// The parameters that are signed.
    query: Vec<(String, String)>,
}

fn from_header(
    request: &Request<'_>,
    value: &str,
    query: Vec<(String, String)>,
) -> Result<Raw, SigError> {
    let hash = || BASE64.encode(&sha256(&[value.as_bytes()]));
    let (algorithm, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
    let (mut credential, mut signed_headers, mut signature) = (None, None, None);
    for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (key, value) =
            part.split_once('=').ok_or_else(|| SigError::NotKeyValue { hash: hash() })?;
        let slot = match key.trim() {
            "Credential" => &mut credential,
            "SignedHeaders" => &mut signed_headers,
            "Signature" => &mut signature,
            _ => continue,
        };
        // A second value makes the first one void: what is ambiguous is missing.
        *slot = if slot.is_none() { Some(value.trim()) } else { Some("") };
    }
    let full = |slot: Option<&str>| slot.filter(|value| !value.is_empty()).map(str::to_owned);
    let date = ["x-amz-date", "date"]
        .iter()
        .find_map(|name| canonical::values(request, name).next())
        .map(|value| String::from_utf8_lossy(value).trim().to_owned());
    match (full(credential), full(signature), full(signed_headers), date) {
        (Some(credential), Some(signature), Some(signed_headers), Some(date)) => Ok(Raw {
            algorithm: algorithm.to_owned(),
            credential,
            signed_headers,
            signature,
            date,
            expires: None,
            session_token: canonical::values(request, "x-amz-security-token")
                .next()
                .map(|value| String::from_utf8_lossy(value).trim().to_owned()),
            query,
        }),
        (credential, signature, signed_headers, date) => {
            let parts = [
                ("Credential", credential.is_none()),
                ("Signature", signature.is_none()),
                ("SignedHeaders", signed_headers.is_none()),
            ];
            let missing = parts.into_iter().filter(|(_, gone)| *gone).map(|(name, _)| name);
            Err(SigError::HeaderIncomplete {
                missing: missing.collect(),
                dateless: date.is_none(),
                hash: hash(),
            })
        }
    }
}

fn from_query(query: Vec<(String, String)>, token: TokenForm) -> Result<Raw, SigError> {
    // Exactly one, and not empty.
    let get = |name: &str| {
        let mut values = query.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
        let value = values.next().filter(|value| !value.is_empty());
        value.filter(|_| values.next().is_none()).map(|value| canonical::decoded(value))
    };
    let [Some(algorithm), Some(credential), Some(signature), Some(signed_headers), Some(date)] =
        QUERY_PARAMETERS.map(get)
    else {
        let missing = QUERY_PARAMETERS.into_iter().filter(|name| get(name).is_none());
        return Err(SigError::QueryIncomplete(missing.collect()));
    };
    let expires = match query.iter().any(|(name, _)| name == "X-Amz-Expires") {
        false => None,
        true => {
            let seconds = get("X-Amz-Expires").and_then(|text| text.parse::<u32>().ok());
            let seconds = seconds.map(i64::from).filter(|seconds| *seconds <= EXPIRES_S_MAX);
            Some(seconds.ok_or(SigError::BadExpires)?)
        }
    };
    let session_token = get(TOKEN_PARAMETER);
    let signed = query.into_iter().filter(|(name, _)| {
        name != "X-Amz-Signature" && (token == TokenForm::Signed || name != TOKEN_PARAMETER)
    });
    let query = signed.collect();
    Ok(Raw {
        algorithm,
        credential,
        signed_headers,
        signature,
        date,
        expires,
        session_token,
        query,
    })
}

/// Checks the date's form and distance; returns the signature's time in the basic format.
fn check_clock(raw: &Raw, now: Timestamp) -> Result<String, SigError> {
    let at = instant(&raw.date).ok_or_else(|| SigError::MalformedDate(raw.date.clone()))?;
    let signed = basic(at);
    let now = now.as_secs();
    let life = raw.expires.unwrap_or(CLOCK_SKEW_S_MAX);
    if at < now.saturating_sub(life) {
        return Err(SigError::Expired {
            signed,
            limit: basic(now.saturating_sub(life)),
            now: basic(now),
            minutes: life / 60,
        });
    }
    let latest = now.saturating_add(CLOCK_SKEW_S_MAX);
    if at > latest {
        return Err(SigError::NotYetCurrent {
            signed,
            limit: basic(latest),
            now: basic(now),
            minutes: CLOCK_SKEW_S_MAX / 60,
        });
    }
    Ok(signed)
}

/// Epoch seconds of a date in the basic format, or as a `Date` header has it.
fn instant(text: &str) -> Option<i64> {
    let digits = |range: std::ops::Range<usize>| -> Option<i8> {
        text.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
    };
    if text.len() == 16 && text.get(8..9) == Some("T") && text.ends_with('Z') {
        let year = i16::from(digits(0..2)?) * 100 + i16::from(digits(2..4)?);
        let date = jiff::civil::Date::new(year, digits(4..6)?, digits(6..8)?).ok()?;
        let (hour, minute, second) = (digits(9..11)?, digits(11..13)?, digits(13..15)?);
        let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
        let zoned = date.to_datetime(time).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        return Some(zoned.timestamp().as_second());
    }
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(|t| t.as_second())
}

/// Epoch seconds in the basic format.
pub(super) fn basic(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map_or_else(|_| String::new(), |t| t.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// `host` and every `x-amz-*` header that is there must be signed.
fn check_signed(
    request: &Request<'_>,
    signed: &[String],
    rules: &Rules<'_>,
) -> Result<(), SigError> {
    let is_signed = |name: &str| signed.iter().any(|signed| signed == name);
    if !is_signed("host") {
        return Err(SigError::Unsigned("host".to_owned()));
    }
    for (name, _) in request.headers {
        let name = name.to_ascii_lowercase();
        let may_follow = rules.token == TokenForm::AddedAfter && name == "x-amz-security-token";
        if name.starts_with("x-amz-") && !is_signed(&name) && !may_follow {
            return Err(SigError::Unsigned(name));
        }
    }
    Ok(())
}

/// Takes the credential apart and checks its scope: all that is wrong with it at once.
fn credential(
    credential: &str,
    signed_at: &str,
    rules: &Rules<'_>,
) -> Result<(String, Scope), SigError> {
    let elements: Vec<&str> = credential.split('/').collect();
    let [access_key_id, date, region, service, terminator] = elements.as_slice() else {
        return Err(SigError::MalformedCredential(credential.to_owned()));
    };
    let mut faults = Vec::new();
    if !rules.regions.contains(region) {
        faults.push(ScopeFault::Region);
    }
    if !rules.services.contains(service) {
        let ours = rules.services.first().copied().unwrap_or_default();
        faults.push(ScopeFault::Service(ours.to_owned()));
    }
    if *terminator != TERMINATOR {
        faults.push(ScopeFault::Terminator((*terminator).to_owned()));
    }
    if signed_at.get(..8) != Some(date) {
        faults.push(ScopeFault::Date { scope: (*date).to_owned(), signed: signed_at.to_owned() });
    }
    if !faults.is_empty() {
        return Err(SigError::Scope(faults));
    }
    let scope = Scope {
        date: (*date).to_owned(),
        region: (*region).to_owned(),
        service: (*service).to_owned(),
    };
    Ok(((*access_key_id).to_owned(), scope))
}
