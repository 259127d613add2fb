//! Why a signature is refused: the data, and AWS's names and texts for it.

/// Why a signature is refused. Holds nothing secret: an `Authorization` header only as its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SigError {
    /// Nothing in the request claims a signature of version 4.
    MissingToken,
    /// Both the header and the query carry credentials.
    BothForms,
    /// A header that decides something came more than once.
    RepeatedHeader(&'static str),
    /// Something between the commas of the `Authorization` header has no `=`.
    NotKeyValue {
        /// SHA-256 of the header's value, in base 64.
        hash: String,
    },
    /// The `Authorization` header, or the date beside it, lacks something.
    HeaderIncomplete {
        /// Of `Credential`, `Signature`, `SignedHeaders`.
        missing: Vec<&'static str>,
        /// There is no `X-Amz-Date` and no `Date`.
        dateless: bool,
        /// SHA-256 of the header's value, in base 64.
        hash: String,
    },
    /// Presigned parameters that are missing, or there more than once.
    QueryIncomplete(Vec<&'static str>),
    /// `X-Amz-Expires` is not 0 to [`EXPIRES_S_MAX`](super::EXPIRES_S_MAX).
    BadExpires,
    /// The date is not in the basic format.
    MalformedDate(String),
    /// The signature is too old.
    Expired {
        /// The signature's time.
        signed: String,
        /// The earliest time that would be accepted.
        limit: String,
        /// Our time.
        now: String,
        /// The minutes between the two.
        minutes: i64,
    },
    /// The signature's time is yet to come.
    NotYetCurrent {
        /// The signature's time.
        signed: String,
        /// The latest time that would be accepted.
        limit: String,
        /// Our time.
        now: String,
        /// The minutes between the two.
        minutes: i64,
    },
    /// A header that must be signed is not; its name in lower case.
    Unsigned(String),
    /// The algorithm is not the one.
    Algorithm(String),
    /// The credential does not have five elements.
    MalformedCredential(String),
    /// The credential is for another place or day: all that is wrong with it.
    Scope(Vec<ScopeFault>),
    /// The access key does not exist, is inactive, or does not go with the session token.
    UnknownKey,
    /// The signature, or the body's hash, is not the one we compute.
    Mismatch,
}

/// One thing wrong with a credential scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFault {
    /// Not one of our regions.
    Region,
    /// Not one of our services; ours is named.
    Service(String),
    /// Not `aws4_request`, but this.
    Terminator(String),
    /// Not the day of the signature's time.
    Date {
        /// The scope's date.
        scope: String,
        /// The signature's time.
        signed: String,
    },
}

impl SigError {
    /// The exception's name in the JSON protocols.
    pub fn exception_name(&self) -> &'static str {
        match self.family() {
            Family::Missing => "MissingAuthenticationTokenException",
            Family::Incomplete => "IncompleteSignatureException",
            Family::Unrecognized => "UnrecognizedClientException",
            Family::Invalid => "InvalidSignatureException",
        }
    }

    /// The error's code in the Query protocol of IAM and STS.
    pub fn query_code(&self) -> &'static str {
        match self.family() {
            Family::Missing => "MissingAuthenticationToken",
            Family::Incomplete => "IncompleteSignature",
            Family::Unrecognized => "InvalidClientTokenId",
            Family::Invalid => "SignatureDoesNotMatch",
        }
    }

    fn family(&self) -> Family {
        match self {
            Self::MissingToken => Family::Missing,
            Self::RepeatedHeader(_)
            | Self::NotKeyValue { .. }
            | Self::HeaderIncomplete { .. }
            | Self::QueryIncomplete(_)
            | Self::BadExpires
            | Self::MalformedDate(_)
            | Self::Algorithm(_)
            | Self::MalformedCredential(_) => Family::Incomplete,
            Self::UnknownKey => Family::Unrecognized,
            Self::BothForms
            | Self::Expired { .. }
            | Self::NotYetCurrent { .. }
            | Self::Unsigned(_)
            | Self::Scope(_)
            | Self::Mismatch => Family::Invalid,
        }
    }

    /// The message, in AWS's words where they are known.
    pub fn message(&self) -> String {
        match self {
            Self::MissingToken => "Missing Authentication Token".to_owned(),
            Self::BothForms => "Found both 'X-Amz-Algorithm' as a query-string param and \
                                'Authorization' as HTTP header."
                .to_owned(),
            Self::RepeatedHeader(name) => format!("The header '{name}' must not be repeated."),
            Self::NotKeyValue { hash } => format!(
                "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with \
                 SHA-256 and encoded with Base64): '{hash}'."
            ),
            Self::HeaderIncomplete { missing, dateless, hash } => {
                header_incomplete(missing, *dateless, hash)
            }
            Self::QueryIncomplete(missing) => query_incomplete(missing),
            Self::BadExpires => "X-Amz-Expires must be a number of seconds, non-negative and not \
                                 more than a week (604800 seconds)."
                .to_owned(),
            Self::MalformedDate(date) => format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See \
                 http://en.wikipedia.org/wiki/ISO_8601"
            ),
            Self::Expired { signed, limit, now, minutes } => format!(
                "Signature expired: {signed} is now earlier than {limit} ({now} - {minutes} min.)"
            ),
            Self::NotYetCurrent { signed, limit, now, minutes } => format!(
                "Signature not yet current: {signed} is still later than {limit} \
                 ({now} + {minutes} min.)"
            ),
            Self::Unsigned(name) => unsigned(name),
            Self::Algorithm(name) => {
                format!("Unsupported AWS 'algorithm': '{name}' (only AWS4-HMAC-SHA256 for now). ")
            }
            Self::MalformedCredential(credential) => format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. \
                 keyid/date/region/service/term, got '{credential}'"
            ),
            Self::Scope(faults) => {
                faults.iter().map(ScopeFault::message).collect::<Vec<_>>().join(" ")
            }
            Self::UnknownKey => "The security token included in the request is invalid.".to_owned(),
            Self::Mismatch => "The request signature we calculated does not match the signature \
                               you provided. Check your AWS Secret Access Key and signing method. \
                               Consult the service documentation for details."
                .to_owned(),
        }
    }
}

enum Family {
    Missing,
    Incomplete,
    Unrecognized,
    Invalid,
}

fn header_incomplete(missing: &[&str], dateless: bool, hash: &str) -> String {
    let mut text: String = missing
        .iter()
        .map(|name| format!("Authorization header requires '{name}' parameter. "))
        .collect();
    if dateless {
        text.push_str(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        );
    }
    text + &format!("(Hashed with SHA-256 and encoded with Base64) Authorization={hash}")
}

fn query_incomplete(missing: &[&str]) -> String {
    let text: String = missing
        .iter()
        .map(|name| format!("AWS query-string parameters must include '{name}'. "))
        .collect();
    text + "Re-examine the query-string parameters."
}

fn unsigned(name: &str) -> String {
    let shown = match name {
        "host" => "'Host' or ':authority'".to_owned(),
        name => format!("'{name}'"),
    };
    format!("{shown} must be a 'SignedHeader' in the AWS Authorization.")
}

impl ScopeFault {
    fn message(&self) -> String {
        match self {
            Self::Region => "Credential should be scoped to a valid region.".to_owned(),
            Self::Service(ours) => {
                format!("Credential should be scoped to correct service: '{ours}'.")
            }
            Self::Terminator(theirs) => format!(
                "Credential should be scoped with a valid terminator: 'aws4_request', not \
                 '{theirs}'."
            ),
            Self::Date { scope, signed } => {
                let day = signed.get(..8).unwrap_or_default();
                format!(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of \
                     date from HTTP: '{scope}' != '{day}', from '{signed}'."
                )
            }
        }
    }
}
