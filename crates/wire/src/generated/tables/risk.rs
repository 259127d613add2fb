// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `risk` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ACCOUNT_TAKEOVER_ACTION_TYPE: Shape = Shape::structure(
    "AccountTakeoverActionType",
    &[
        Member::required("Notify", &ACCOUNT_TAKEOVER_ACTION_NOTIFY_TYPE),
        Member::required("EventAction", &ACCOUNT_TAKEOVER_EVENT_ACTION_TYPE),
    ],
);

pub(crate) static ACCOUNT_TAKEOVER_ACTIONS_TYPE: Shape = Shape::structure(
    "AccountTakeoverActionsType",
    &[
        Member::optional("LowAction", &ACCOUNT_TAKEOVER_ACTION_TYPE),
        Member::optional("MediumAction", &ACCOUNT_TAKEOVER_ACTION_TYPE),
        Member::optional("HighAction", &ACCOUNT_TAKEOVER_ACTION_TYPE),
    ],
);

pub(crate) static ACCOUNT_TAKEOVER_RISK_CONFIGURATION_TYPE: Shape = Shape::structure(
    "AccountTakeoverRiskConfigurationType",
    &[
        Member::optional("NotifyConfiguration", &NOTIFY_CONFIGURATION_TYPE),
        Member::required("Actions", &ACCOUNT_TAKEOVER_ACTIONS_TYPE),
    ],
);

pub(crate) static ADMIN_LIST_USER_AUTH_EVENTS_REQUEST: Shape = Shape::structure(
    "AdminListUserAuthEventsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("MaxResults", &QUERY_LIMIT_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
    ],
);

pub(crate) static ADMIN_UPDATE_AUTH_EVENT_FEEDBACK_REQUEST: Shape = Shape::structure(
    "AdminUpdateAuthEventFeedbackRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("EventId", &EVENT_ID_TYPE),
        Member::required("FeedbackValue", &FEEDBACK_VALUE_TYPE),
    ],
);

pub(crate) static COMPROMISED_CREDENTIALS_ACTIONS_TYPE: Shape = Shape::structure(
    "CompromisedCredentialsActionsType",
    &[Member::required("EventAction", &COMPROMISED_CREDENTIALS_EVENT_ACTION_TYPE)],
);

pub(crate) static COMPROMISED_CREDENTIALS_RISK_CONFIGURATION_TYPE: Shape = Shape::structure(
    "CompromisedCredentialsRiskConfigurationType",
    &[
        Member::optional("EventFilter", &EVENT_FILTERS_TYPE),
        Member::required("Actions", &COMPROMISED_CREDENTIALS_ACTIONS_TYPE),
    ],
);

pub(crate) static DESCRIBE_RISK_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "DescribeRiskConfigurationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("ClientId", &CLIENT_ID_TYPE),
    ],
);

pub(crate) static NOTIFY_CONFIGURATION_TYPE: Shape = Shape::structure(
    "NotifyConfigurationType",
    &[
        Member::optional("From", &STRING_TYPE),
        Member::optional("ReplyTo", &STRING_TYPE),
        Member::required("SourceArn", &ARN_TYPE),
        Member::optional("BlockEmail", &NOTIFY_EMAIL_TYPE),
        Member::optional("NoActionEmail", &NOTIFY_EMAIL_TYPE),
        Member::optional("MfaEmail", &NOTIFY_EMAIL_TYPE),
    ],
);

pub(crate) static NOTIFY_EMAIL_TYPE: Shape = Shape::structure(
    "NotifyEmailType",
    &[
        Member::required("Subject", &EMAIL_NOTIFICATION_SUBJECT_TYPE),
        Member::optional("HtmlBody", &EMAIL_NOTIFICATION_BODY_TYPE),
        Member::optional("TextBody", &EMAIL_NOTIFICATION_BODY_TYPE),
    ],
);

pub(crate) static RISK_EXCEPTION_CONFIGURATION_TYPE: Shape = Shape::structure(
    "RiskExceptionConfigurationType",
    &[
        Member::optional("BlockedIPRangeList", &BLOCKED_IP_RANGE_LIST_TYPE),
        Member::optional("SkippedIPRangeList", &SKIPPED_IP_RANGE_LIST_TYPE),
    ],
);

pub(crate) static SET_RISK_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "SetRiskConfigurationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("ClientId", &CLIENT_ID_TYPE),
        Member::optional(
            "CompromisedCredentialsRiskConfiguration",
            &COMPROMISED_CREDENTIALS_RISK_CONFIGURATION_TYPE,
        ),
        Member::optional(
            "AccountTakeoverRiskConfiguration",
            &ACCOUNT_TAKEOVER_RISK_CONFIGURATION_TYPE,
        ),
        Member::optional("RiskExceptionConfiguration", &RISK_EXCEPTION_CONFIGURATION_TYPE),
    ],
);

pub(crate) static UPDATE_AUTH_EVENT_FEEDBACK_REQUEST: Shape = Shape::structure(
    "UpdateAuthEventFeedbackRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("EventId", &EVENT_ID_TYPE),
        Member::required("FeedbackToken", &TOKEN_MODEL_TYPE),
        Member::required("FeedbackValue", &FEEDBACK_VALUE_TYPE),
    ],
);
