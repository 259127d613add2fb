// Written by `cargo xtask codegen` from model/. Do not edit.
//! Patterns: the text that messages show, and the expression that is matched (`\w`, `\s`, `\S` and `.` as Java
//! means them). `each` marks those that judge every character alone.

use crate::pattern::Pattern;

pub(super) static ACR_LEVEL_KEY_TYPE: Pattern = Pattern::new(r"Level[1-4]", r"Level[1-4]");
pub(super) static ACR_MAPPING_KEY_TYPE: Pattern = Pattern::new(r"Level[1-4]", r"Level[1-4]");
pub(super) static ACR_VALUE_TYPE: Pattern =
    Pattern::each(r"[\x21\x23-\x5B\x5D-\x7E]+", r"[\x21\x23-\x5B\x5D-\x7E]+");
pub(super) static ARN_TYPE: Pattern = Pattern::new(
    r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?",
    r"arn:[0-9A-Za-z_+=/,.@-]+:[0-9A-Za-z_+=/,.@-]+:([0-9A-Za-z_+=/,.@-]*)?:[0-9]+:[0-9A-Za-z_+=/,.@-]+(:[0-9A-Za-z_+=/,.@-]+)?(:[0-9A-Za-z_+=/,.@-]+)?",
);
pub(super) static ATTRIBUTE_NAME_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+");
pub(super) static AUDIENCE_TYPE: Pattern =
    Pattern::each(r"[\x21\x23-\x5B\x5D-\x7E]+", r"[\x21\x23-\x5B\x5D-\x7E]+");
pub(super) static CLIENT_ID_TYPE: Pattern = Pattern::each(r"[\w+]+", r"[0-9A-Za-z_+]+");
pub(super) static CLIENT_NAME_TYPE: Pattern =
    Pattern::each(r"[\w\s+=,.@-]+", r"[0-9A-Za-z_ \t\n\x0B\f\r+=,.@-]+");
pub(super) static CLIENT_SECRET_TYPE: Pattern = Pattern::each(r"[\w+]+", r"[0-9A-Za-z_+]+");
pub(super) static CONFIRMATION_CODE_TYPE: Pattern = Pattern::each(r"[\S]+", r"[[^ \t\n\x0B\f\r]]+");
pub(super) static CUSTOM_ATTRIBUTE_NAME_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+");
pub(super) static DEVICE_KEY_TYPE: Pattern =
    Pattern::new(r"[\w-]+_[0-9a-f-]+", r"[0-9A-Za-z_-]+_[0-9a-f-]+");
pub(super) static DOMAIN_TYPE: Pattern = Pattern::new(
    r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$",
    r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$",
);
pub(super) static EMAIL_ADDRESS_TYPE: Pattern = Pattern::new(
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
);
pub(super) static EMAIL_INVITE_MESSAGE_TYPE: Pattern = Pattern::each(
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
    r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*",
);
pub(super) static EMAIL_MFA_MESSAGE_TYPE: Pattern = Pattern::new(
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
    r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*",
);
pub(super) static EMAIL_MFA_SUBJECT_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r]+");
pub(super) static EMAIL_NOTIFICATION_BODY_TYPE: Pattern = Pattern::each(
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]+",
    r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]+",
);
pub(super) static EMAIL_NOTIFICATION_SUBJECT_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r]+");
pub(super) static EMAIL_VERIFICATION_MESSAGE_BY_LINK_TYPE: Pattern = Pattern::new(
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
    r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*",
);
pub(super) static EMAIL_VERIFICATION_MESSAGE_TYPE: Pattern = Pattern::new(
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
    r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r*]*",
);
pub(super) static EMAIL_VERIFICATION_SUBJECT_BY_LINK_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r]+");
pub(super) static EMAIL_VERIFICATION_SUBJECT_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P} \t\n\x0B\f\r]+");
pub(super) static ENCRYPTION_KEY_ARN_TYPE: Pattern = Pattern::new(
    r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?",
    r"arn:[0-9A-Za-z_+=/,.@-]+:[0-9A-Za-z_+=/,.@-]+:([0-9A-Za-z_+=/,.@-]*)?:[0-9]+:[0-9A-Za-z_+=/,.@-]+(:[0-9A-Za-z_+=/,.@-]+)?(:[0-9A-Za-z_+=/,.@-]+)?",
);
pub(super) static EVENT_ID_TYPE: Pattern = Pattern::each(r"[\w+-]+", r"[0-9A-Za-z_+-]+");
pub(super) static GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE: Pattern =
    Pattern::each(r"[A-Za-z0-9-_+/=.]+", r"[A-Za-z0-9-_+/=.]+");
pub(super) static GROUP_NAME_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+");
pub(super) static HEX_STRING_TYPE: Pattern = Pattern::each(r"^[0-9a-fA-F]+$", r"^[0-9a-fA-F]+$");
pub(super) static IDP_IDENTIFIER_TYPE: Pattern =
    Pattern::each(r"[\w\s+=.@-]+", r"[0-9A-Za-z_ \t\n\x0B\f\r+=.@-]+");
pub(super) static LANGUAGE_ID_TYPE: Pattern = Pattern::new(
    r"^cognito:(default|dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$",
    r"^cognito:(default|dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$",
);
pub(super) static LINK_URL_TYPE: Pattern =
    Pattern::each(r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$", r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$");
pub(super) static MANAGED_LOGIN_BRANDING_ID_TYPE: Pattern = Pattern::new(
    r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
    r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
);
pub(super) static OPTIONAL_ARN_TYPE: Pattern = Pattern::new(
    r"(arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?)?",
    r"(arn:[0-9A-Za-z_+=/,.@-]+:[0-9A-Za-z_+=/,.@-]+:([0-9A-Za-z_+=/,.@-]*)?:[0-9]+:[0-9A-Za-z_+=/,.@-]+(:[0-9A-Za-z_+=/,.@-]+)?(:[0-9A-Za-z_+=/,.@-]+)?)?",
);
pub(super) static PAGINATION_KEY: Pattern = Pattern::each(r"[\S]+", r"[[^ \t\n\x0B\f\r]]+");
pub(super) static PAGINATION_KEY_TYPE: Pattern = Pattern::each(r"[\S]+", r"[[^ \t\n\x0B\f\r]]+");
pub(super) static PASSWORD_TYPE: Pattern = Pattern::each(r"[\S]+", r"[[^ \t\n\x0B\f\r]]+");
pub(super) static PROVIDER_NAME_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+");
pub(super) static PROVIDER_NAME_TYPE_V2: Pattern = Pattern::new(
    r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+",
    r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+",
);
pub(super) static REDIRECT_URL_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+");
pub(super) static RESOURCE_ID_TYPE: Pattern = Pattern::each(r"^[\w\- ]+$", r"^[0-9A-Za-z_\- ]+$");
pub(super) static RESOURCE_SERVER_IDENTIFIER_TYPE: Pattern =
    Pattern::each(r"[\x21\x23-\x5B\x5D-\x7E]+", r"[\x21\x23-\x5B\x5D-\x7E]+");
pub(super) static RESOURCE_SERVER_NAME_TYPE: Pattern =
    Pattern::each(r"[\w\s+=,.@-]+", r"[0-9A-Za-z_ \t\n\x0B\f\r+=,.@-]+");
pub(super) static RESOURCE_SERVER_SCOPE_NAME_TYPE: Pattern =
    Pattern::each(r"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+", r"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+");
pub(super) static S3_ARN_TYPE: Pattern = Pattern::new(
    r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:::[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?",
    r"arn:[0-9A-Za-z_+=/,.@-]+:[0-9A-Za-z_+=/,.@-]+:::[0-9A-Za-z_+=/,.@-]+(:[0-9A-Za-z_+=/,.@-]+)?(:[0-9A-Za-z_+=/,.@-]+)?",
);
pub(super) static SES_CONFIGURATION_SET: Pattern =
    Pattern::each(r"^[a-zA-Z0-9_-]+$", r"^[a-zA-Z0-9_-]+$");
pub(super) static SCOPE_TYPE: Pattern =
    Pattern::each(r"[\x21\x23-\x5B\x5D-\x7E]+", r"[\x21\x23-\x5B\x5D-\x7E]+");
pub(super) static SEARCH_PAGINATION_TOKEN_TYPE: Pattern =
    Pattern::each(r"[\S]+", r"[[^ \t\n\x0B\f\r]]+");
pub(super) static SECRET_HASH_TYPE: Pattern = Pattern::each(r"[\w+=/]+", r"[0-9A-Za-z_+=/]+");
pub(super) static SESSION_ID_TYPE: Pattern =
    Pattern::new(r"^(tkn|sso)[a-z0-9]{25}$", r"^(tkn|sso)[a-z0-9]{25}$");
pub(super) static SMS_INVITE_MESSAGE_TYPE: Pattern = Pattern::new(r"(?s).*", r"(?s).*");
pub(super) static SMS_VERIFICATION_MESSAGE_TYPE: Pattern = Pattern::new(
    r".*\{####\}.*",
    r"[^\n\r\x{85}\x{2028}\x{2029}]*\{####\}[^\n\r\x{85}\x{2028}\x{2029}]*",
);
pub(super) static SOFTWARE_TOKEN_MFA_USER_CODE_TYPE: Pattern = Pattern::each(r"[0-9]+", r"[0-9]+");
pub(super) static TERMS_ID_TYPE: Pattern = Pattern::new(
    r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
    r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
);
pub(super) static TERMS_NAME_TYPE: Pattern =
    Pattern::new(r"^(terms-of-use|privacy-policy)$", r"^(terms-of-use|privacy-policy)$");
pub(super) static TOKEN_MODEL_TYPE: Pattern =
    Pattern::each(r"[A-Za-z0-9-_=.]+", r"[A-Za-z0-9-_=.]+");
pub(super) static USER_IMPORT_JOB_ID_TYPE: Pattern =
    Pattern::new(r"import-[0-9a-zA-Z-]+", r"import-[0-9a-zA-Z-]+");
pub(super) static USER_IMPORT_JOB_NAME_TYPE: Pattern =
    Pattern::each(r"[\w\s+=,.@-]+", r"[0-9A-Za-z_ \t\n\x0B\f\r+=,.@-]+");
pub(super) static USER_POOL_ID_TYPE: Pattern =
    Pattern::new(r"[\w-]+_[0-9a-zA-Z]+", r"[0-9A-Za-z_-]+_[0-9a-zA-Z]+");
pub(super) static USER_POOL_NAME_TYPE: Pattern =
    Pattern::each(r"[\w\s+=,.@-]+", r"[0-9A-Za-z_ \t\n\x0B\f\r+=,.@-]+");
pub(super) static USERNAME_TYPE: Pattern =
    Pattern::each(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+");
