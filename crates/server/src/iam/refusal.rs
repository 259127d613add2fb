//! What is said when a call is refused: code, HTTP status and text, in IAM's words where they are
//! known.

use poolhouse_domain::error::Error;
use poolhouse_domain::sigv4::SigError;

/// A refusal or a fault.
#[derive(Debug)]
pub(super) struct Refusal {
    /// HTTP status.
    pub(super) status: u16,
    /// The error's code.
    pub(super) code: &'static str,
    /// The text.
    pub(super) message: String,
    /// What broke, for the log only.
    pub(super) cause: Option<Error>,
}

impl Refusal {
    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), cause: None }
    }

    /// Whose fault it is, as the `Type` of an error says it.
    pub(super) const fn kind(&self) -> &'static str {
        if self.status >= 500 { "Receiver" } else { "Sender" }
    }

    /// The form names no action.
    pub(super) fn no_action() -> Self {
        Self::new(400, "MissingAction", "The request is missing an action.")
    }

    /// The service has no such action, or there is no such service.
    pub(super) fn unknown_action(name: &str, version: Option<&str>) -> Self {
        let version = version.unwrap_or("NO_VERSION_SPECIFIED");
        let text = format!("Could not find operation {name} for version {version}");
        Self::new(400, "InvalidAction", text)
    }

    /// AWS has it and this server has not.
    pub(super) fn not_built(what: &str) -> Self {
        Self::new(501, "NotImplemented", format!("Poolhouse does not implement {what}."))
    }

    /// The signature.
    pub(super) fn signature(refusal: &SigError) -> Self {
        let code = refusal.query_code();
        let status = if code == "IncompleteSignature" { 400 } else { 403 };
        Self::new(status, code, refusal.message())
    }

    /// Policy.
    pub(super) fn denied(message: String) -> Self {
        Self::new(403, "AccessDenied", message)
    }

    /// The parameters cannot be read.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, "MalformedInput", message)
    }

    /// A parameter breaks a rule.
    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self::new(400, "ValidationError", message)
    }

    /// A document is not a policy.
    pub(super) fn bad_policy(message: String) -> Self {
        Self::new(400, "MalformedPolicyDocument", message)
    }

    /// No such user.
    pub(super) fn no_user(name: &str) -> Self {
        Self::no_such(&format!("user with name {name}"))
    }

    /// No such access key of the user.
    pub(super) fn no_key(id: &str) -> Self {
        Self::no_such(&format!("Access Key with id {id}"))
    }

    /// No such inline policy of the user.
    pub(super) fn no_policy(name: &str) -> Self {
        Self::no_such(&format!("user policy with name {name}"))
    }

    fn no_such(what: &str) -> Self {
        Self::new(404, "NoSuchEntity", format!("The {what} cannot be found."))
    }

    /// The name is taken.
    pub(super) fn user_exists(name: &str) -> Self {
        let text = format!("User with name {name} already exists.");
        Self::new(409, "EntityAlreadyExists", text)
    }

    /// The user still has `what`.
    pub(super) fn delete_first(what: &str) -> Self {
        let text = format!("Cannot delete entity, must delete {what} first.");
        Self::new(409, "DeleteConflict", text)
    }

    /// There are as many as there may be.
    pub(super) fn quota(name: &str, limit: usize) -> Self {
        let text = format!("Cannot exceed quota for {name}: {limit}");
        Self::new(409, "LimitExceeded", text)
    }

    /// A user's policies are too long together.
    pub(super) fn policies_too_long(user: &str, limit: usize) -> Self {
        let text = format!("Maximum policy size of {limit} bytes exceeded for user {user}");
        Self::new(409, "LimitExceeded", text)
    }

    /// Something of ours broke.
    pub(super) fn internal() -> Self {
        let text = "An internal error occurred; the server's log names the cause under this \
                    request's id.";
        Self::new(500, "ServiceFailure", text)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::PaginationToken => Self::validation("Invalid Marker."),
            Error::Overloaded => Self::new(400, "Throttling", "Rate exceeded"),
            // Everything else that the store can say here is a fault: IAM's own refusals are
            // outcomes, not errors.
            other => Self { cause: Some(other), ..Self::internal() },
        }
    }
}
