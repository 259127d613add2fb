//! The table of all settings: one row is the flag, the environment variable, the key of the file,
//! the help text and the line of `docs/config.md`.
//!
//! A new setting is a new row here, a field of [`super::Config`], and a line in
//! [`super::check`] that checks it.

/// In which command a setting exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `serve` and `dev`.
    Both,
    /// `dev` only: it weakens a check.
    Dev,
}

/// Where a setting may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    /// Flag, environment and file.
    All,
    /// Environment only: a secret on a command line is in every process list, and one in a
    /// configuration file is in every repository.
    Environment,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Name in the file; `--` before it makes the flag.
    pub key: &'static str,
    /// What stands for the value in help texts.
    pub value: &'static str,
    /// What holds when nothing is set, as text for the reader.
    pub default: &'static str,
    /// An example line of the file (a TOML value); empty for settings that cannot stand there.
    pub example: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// More sentences: form of the value, reasons, consequences.
    pub detail: &'static str,
    /// In which command it exists.
    pub scope: Scope,
    /// Where it may come from.
    pub sources: Sources,
}

impl Setting {
    /// The environment variable: `POOLHOUSE_` and the key in capitals.
    pub fn variable(&self) -> String {
        format!("POOLHOUSE_{}", self.key.to_ascii_uppercase().replace('-', "_"))
    }

    /// The flag.
    pub fn flag(&self) -> String {
        format!("--{}", self.key)
    }
}

/// Every setting, in the order of the manual.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "listen",
        value: "ADDRESS:PORT",
        default: "127.0.0.1:9229",
        example: r#""127.0.0.1:9229""#,
        summary: "Where to listen for HTTP.",
        detail: "An IP address and a port. Port 0 takes a free one; the line `listening on …` says \
                 which. Use 0.0.0.0 to be reachable from other machines, behind a proxy that speaks \
                 TLS.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "data-dir",
        value: "DIRECTORY",
        default: "./poolhouse-data (dev: a temporary directory, removed at the end)",
        example: r#""./poolhouse-data""#,
        summary: "Where the server keeps its files.",
        detail: "Made at first start, readable by its owner only. It holds the database (unless \
                 database-url names another), `master.key`, `root-credentials`, the messages in \
                 `outbox/` and a lock that keeps a second server out. Back up all of it: without \
                 `master.key` the database cannot be read.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "database-url",
        value: "URL",
        default: "SQLite in the data directory",
        example: r#""postgres://poolhouse@localhost/poolhouse""#,
        summary: "A PostgreSQL database to use instead of the built-in SQLite.",
        detail: "`postgres://user:password@host:port/database`, version 15 or newer. Put a URL with \
                 a password into the environment rather than a flag.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "region",
        value: "REGION",
        default: "us-east-1",
        example: r#""us-east-1""#,
        summary: "The AWS region the server claims to be.",
        detail: "It starts every pool id, and signatures must name it. SDKs insist on the form of \
                 AWS's own names, such as eu-central-1.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "account-id",
        value: "DIGITS",
        default: "000000000000",
        example: r#""000000000000""#,
        summary: "The AWS account id in every ARN.",
        detail: "Twelve digits.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "public-url",
        value: "URL",
        default: "http://localhost:<port>",
        example: r#""https://auth.example.com""#,
        summary: "The address by which clients reach the server.",
        detail: "It starts the issuer of every token (see issuer), so change it only together with \
                 whatever checks tokens. A scheme and a host, if need be a port and a path.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "issuer",
        value: "url|aws|aws-global",
        default: "url",
        example: r#""url""#,
        summary: "What tokens name as their issuer.",
        detail: "`url`: <public-url>/<pool id>. `aws`: \
                 https://cognito-idp.<region>.amazonaws.com/<pool id>, for programs that accept AWS's \
                 issuer only. `aws-global`: \
                 https://issuer-cognito-idp.<region>.amazonaws.com/<pool id>. Key sets and discovery \
                 are served under the public URL in all three.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "master-key-file",
        value: "FILE",
        default: "<data-dir>/master.key",
        example: r#""/run/secrets/poolhouse-master.key""#,
        summary: "The key that seals secrets in the database.",
        detail: "A file with 32 random bytes as 64 hexadecimal digits (`openssl rand -hex 32`) or in \
                 Base64 (`openssl rand -base64 32`), readable by its owner only. Without this setting the server makes one at \
                 first start; a file named here must exist.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "root-access-key-id",
        value: "ID",
        default: "made at first start, in <data-dir>/root-credentials",
        example: "",
        summary: "The access key id of the root principal, who may do everything.",
        detail: "3 to 128 letters, digits and underscores. Goes together with \
                 POOLHOUSE_ROOT_SECRET_ACCESS_KEY. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "root-secret-access-key",
        value: "SECRET",
        default: "made at first start, in <data-dir>/root-credentials",
        example: "",
        summary: "The secret access key of the root principal.",
        detail: "8 to 128 visible ASCII characters. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "compromised-passwords",
        value: "FILE",
        default: "none: no password is looked up",
        example: r#""/var/lib/poolhouse/pwned-passwords-sha1-ordered-by-hash.txt""#,
        summary: "Hashes of passwords that others know, for pools that refuse them.",
        detail: "A line for each: its SHA-1 or SHA-256 in hexadecimal digits, then perhaps a colon \
                 and a count, in the order of the hashes, as Have I Been Pwned distributes them. The \
                 file stays on disk and is searched there; it must not be changed while the server \
                 runs. Acts in user pools with threat protection whose risk configuration says so. A \
                 sign-in by SRP does not show the password, so it is not looked up there.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "location-table",
        value: "FILE",
        default: "none: no address has a place",
        example: r#""/var/lib/poolhouse/places.csv""#,
        summary: "Where addresses are, for threat protection.",
        detail: "A line for each network: `network,country,city,latitude,longitude`, for instance \
                 `192.0.2.0/24,DE,Berlin,52.52,13.40`, without quotes; networks must not overlap. \
                 Read at start into memory: at most a million lines. With it, a sign-in that nobody \
                 could have travelled to is a high risk, and events show city and country.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "log-format",
        value: "text|json",
        default: "text",
        example: r#""text""#,
        summary: "The form of the log, which goes to the standard error output.",
        detail: "`text` for people, `json` (one object a line) for collectors.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "log-level",
        value: "LEVEL",
        default: "info",
        example: r#""info""#,
        summary: "How much to log.",
        detail: "`error`, `warn`, `info`, `debug` or `trace`, for all or for parts: \
                 `info,poolhouse=debug`.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "max-connections",
        value: "NUMBER",
        default: "10000",
        example: "10000",
        summary: "How many clients may be connected at once.",
        detail: "1 to 1000000. More wait until one leaves. Each takes a file descriptor: the limit \
                 of the system (`ulimit -n`) must be higher, or it is the one that counts.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "custom-sender-key-file",
        value: "FILE",
        default: "follows from the master key; written to <data-dir>/custom-sender.key",
        example: r#""/run/secrets/poolhouse-custom-sender.key""#,
        summary: "The key under which codes go to custom email and SMS senders.",
        detail: "A file with 32 random bytes as 64 hexadecimal digits (`openssl rand -hex 32`) or in \
                 Base64, readable by its owner only. Functions decrypt codes with the AWS Encryption SDK and \
                 this raw AES key: namespace `poolhouse`, name the pool's KMSKeyID. Without this setting all \
                 servers that share a master key have the same.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "lambda-functions",
        value: "ARN=URL …",
        default: "none",
        example: r#""arn:aws:lambda:us-east-1:000000000000:function:check=http://127.0.0.1:9000/check""#,
        summary: "Where the functions of Lambda triggers are, by their ARN.",
        detail: "Pairs, separated by blanks. The URL gets the trigger's event as JSON in a POST and \
                 answers the event with its `response` filled in; an answer with the header \
                 `X-Amz-Function-Error`, or an object with `errorMessage`, is the function's error. \
                 The event holds passwords and attributes, so use https outside of this machine.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "lambda-endpoint",
        value: "URL",
        default: "none: functions that lambda-functions does not name cannot be called",
        example: r#""http://127.0.0.1:4566""#,
        summary: "An endpoint that speaks the Invoke API of AWS Lambda.",
        detail: "AWS's own, such as https://lambda.eu-central-1.amazonaws.com, or that of an \
                 emulator. It gets every function that lambda-functions does not name. Requests are \
                 signed with the key pair below; without one they are not signed.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "lambda-access-key-id",
        value: "ID",
        default: "none",
        example: "",
        summary: "The access key id that invocations at lambda-endpoint are signed with.",
        detail: "Goes together with POOLHOUSE_LAMBDA_SECRET_ACCESS_KEY. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "lambda-secret-access-key",
        value: "SECRET",
        default: "none",
        example: "",
        summary: "The secret access key that invocations at lambda-endpoint are signed with.",
        detail: "8 to 128 visible ASCII characters. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "outbound-allow",
        value: "HOST|NETWORK …",
        default: "none (dev: this machine)",
        example: r#""functions.internal 10.1.0.0/16""#,
        summary: "Hosts and networks outside of the public internet that the server may call.",
        detail: "Separated by blanks: names as they stand in URLs, addresses, networks. Without it \
                 nothing that a URL leads to is called at a private, loopback, link-local or other \
                 special address, whoever wrote the URL and whatever its name resolves to.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "email-transport",
        value: "file|smtp|webhook",
        default: "file",
        example: r#""file""#,
        summary: "How email leaves the server.",
        detail: "`file`: as files in `outbox/` of the data directory, before a request is \
                 answered. `smtp`: to a mail server (smtp-host, email-from). `webhook`: to a \
                 program of yours (email-webhook-url). See docs/operating.md.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "sms-transport",
        value: "file|webhook",
        default: "file",
        example: r#""file""#,
        summary: "How text messages leave the server.",
        detail: "`file`: as files in `outbox/` of the data directory. `webhook`: to a program \
                 of yours (sms-webhook-url), which hands them to a provider.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "email-from",
        value: "ADDRESS",
        default: "none; email-transport smtp needs it",
        example: r#""Example <no-reply@example.com>""#,
        summary: "In whose name mail is sent.",
        detail: "An address, with a name before it if you like. Bounces go to it.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "email-reply-to",
        value: "ADDRESS",
        default: "answers go to email-from",
        example: r#""help@example.com""#,
        summary: "Where answers to mail go.",
        detail: "An address, with a name before it if you like.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "email-pool-senders",
        value: "yes|no",
        default: "no",
        example: r#""no""#,
        summary: "Whether a pool chooses the sender that its users see.",
        detail: "`yes`: From and ReplyToEmailAddress of a pool's EmailConfiguration go before \
                 email-from and email-reply-to in the headers; the mail server must accept \
                 them. Whoever administers a pool can then write in any name that it accepts.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "smtp-host",
        value: "HOST",
        default: "none; email-transport smtp needs it",
        example: r#""mail.example.com""#,
        summary: "The mail server.",
        detail: "A name or an address. The name must be the one in its certificate.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "smtp-port",
        value: "PORT",
        default: "465 for implicit, 587 for starttls, 25 otherwise",
        example: "587",
        summary: "The port of the mail server.",
        detail: "A number.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "smtp-security",
        value: "implicit|starttls|opportunistic|plain",
        default: "starttls",
        example: r#""starttls""#,
        summary: "How the connection to the mail server is protected.",
        detail: "`implicit`: TLS from the first byte. `starttls`: TLS before anything is \
                 sent, or nothing is sent. `opportunistic`: TLS if the server offers it, so \
                 whoever is on the way can switch it off. `plain`: none. Certificates are \
                 checked against the system's authorities.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "smtp-username",
        value: "NAME",
        default: "no login",
        example: r#""poolhouse""#,
        summary: "The name to log in with at the mail server.",
        detail: "Goes together with POOLHOUSE_SMTP_PASSWORD. Only over TLS: implicit or \
                 starttls. PLAIN and LOGIN are spoken.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "smtp-password",
        value: "SECRET",
        default: "no login",
        example: "",
        summary: "The password to log in with at the mail server.",
        detail: "Printable ASCII characters. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "email-webhook-url",
        value: "URL",
        default: "none; email-transport webhook needs it",
        example: r#""https://mail.example.com/send""#,
        summary: "Where mail is posted to.",
        detail: "Each message is a signed `POST` of JSON: see docs/operating.md.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "sms-webhook-url",
        value: "URL",
        default: "none; sms-transport webhook needs it",
        example: r#""https://sms.example.com/send""#,
        summary: "Where text messages are posted to.",
        detail: "Each message is a signed `POST` of JSON: see docs/operating.md.",
        scope: Scope::Both,
        sources: Sources::All,
    },
    Setting {
        key: "webhook-secret",
        value: "SECRET",
        default: "none; webhooks need it",
        example: "",
        summary: "The key that messages to webhooks are signed with.",
        detail: "16 to 512 visible ASCII characters. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "webhook-token",
        value: "TOKEN",
        default: "no Authorization header",
        example: "",
        summary: "A bearer token that webhooks are called with.",
        detail: "16 to 512 visible ASCII characters. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "metrics-token",
        value: "TOKEN",
        default: "no metrics",
        example: "",
        summary: "The bearer token that GET /metrics wants.",
        detail: "16 to 512 visible ASCII characters. Without it there are no metrics: numbers \
                 of messages tell who has an account. Environment only.",
        scope: Scope::Both,
        sources: Sources::Environment,
    },
    Setting {
        key: "fixed-code",
        value: "CODE",
        default: "every code is random",
        example: r#""123456""#,
        summary: "The code in every message sent, for tests that cannot read messages.",
        detail: "Six digits. `poolhouse dev` only.",
        scope: Scope::Dev,
        sources: Sources::All,
    },
];

/// Finds a setting by its key.
pub fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_well_formed() {
        for (index, setting) in SETTINGS.iter().enumerate() {
            assert!(setting.key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
            assert!(!SETTINGS[..index].iter().any(|other| other.key == setting.key));
            assert_eq!(setting.example.is_empty(), setting.sources == Sources::Environment);
            assert!(setting.summary.ends_with('.'), "{}", setting.key);
        }
    }

    #[test]
    fn names_follow_from_the_key() {
        let setting = find("data-dir").unwrap();
        assert_eq!(setting.variable(), "POOLHOUSE_DATA_DIR");
        assert_eq!(setting.flag(), "--data-dir");
    }
}
