//! Settings: what may be set, where from, and whether it makes sense.
//!
//! Flag goes before environment, environment before file, file before default. [`table`] lists the
//! settings, [`layers`] finds each one's text, [`check`] turns texts into a [`Config`] or says what
//! is wrong with them, [`manual`] writes the reference from the table. Nothing else in the server
//! reads the environment.

pub mod check;
pub mod layers;
pub mod manual;
pub mod table;
pub mod transports;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use poolhouse_domain::secret::Secret;

use crate::ports::guard::Allowed;
use crate::ports::lambda::Endpoint;
use crate::ports::outbound::Url;

/// Everything that can be set, checked. The manual of each field is its row in
/// [`table::SETTINGS`].
#[derive(Clone, Debug)]
pub struct Config {
    /// Which command was given, with what only that command has.
    pub mode: Mode,
    /// `listen`; port 0 means any.
    pub listen: SocketAddr,
    /// `data-dir`.
    pub data_dir: DataDir,
    /// `database-url`.
    pub database: Database,
    /// `region`.
    pub region: String,
    /// `account-id`.
    pub account_id: String,
    /// `public-url` without a slash at its end; none means `http://localhost:<port>`.
    pub public_url: Option<String>,
    /// `issuer`.
    pub issuer: IssuerForm,
    /// `master-key-file`; none means the one in the data directory.
    pub master_key_file: Option<PathBuf>,
    /// `root-access-key-id` and `root-secret-access-key`; none means the file in the data directory.
    pub root: Option<RootCredentials>,
    /// `compromised-passwords`.
    pub compromised_passwords: Option<PathBuf>,
    /// `location-table`.
    pub location_table: Option<PathBuf>,
    /// `log-format` and `log-level`.
    pub log: LogConfig,
    /// `max-connections`.
    pub max_connections: usize,
    /// `custom-sender-key-file`; none means one that follows from the master key.
    pub custom_sender_key_file: Option<PathBuf>,
    /// `lambda-functions`: where functions are, by their ARN.
    pub lambda_functions: BTreeMap<String, Url>,
    /// `lambda-endpoint`, with its key pair.
    pub lambda_endpoint: Option<Endpoint>,
    /// `outbound-allow`, and what the mode allows by itself.
    pub outbound_allow: Vec<Allowed>,
    /// How messages leave the server.
    pub mail: transports::MailConfig,
    /// `metrics-token`; none means that there are no metrics.
    pub metrics_token: Option<Secret<String>>,
}

impl Config {
    /// The public URL, given the address that the listener really has.
    pub fn public_url(&self, bound: SocketAddr) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://localhost:{}", bound.port()))
    }

    /// The issuer of a pool's tokens.
    pub fn issuer_of(&self, public_url: &str, pool_id: &str) -> String {
        self.issuer.of(public_url, &self.region, pool_id)
    }
}

/// The command that runs the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `poolhouse serve`: everything is checked.
    Serve,
    /// `poolhouse dev`: signatures are not checked, and messages can be read over HTTP.
    Dev {
        /// `fixed-code`: the code of every message; none means random ones.
        fixed_code: Option<String>,
    },
}

/// Where files go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataDir {
    /// A directory that stays.
    At(PathBuf),
    /// A new directory that is removed when the server ends.
    Temporary,
}

/// Which database.
#[derive(Clone, Debug)]
pub enum Database {
    /// SQLite in the data directory.
    Embedded,
    /// PostgreSQL at a URL, which may hold a password.
    Postgres(Secret<String>),
}

/// What tokens name as their issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuerForm {
    /// `<public-url>/<pool id>`.
    Url,
    /// AWS's regional host.
    Aws,
    /// AWS's host for pools replicated over regions.
    AwsGlobal,
}

impl IssuerForm {
    /// The issuer of a pool's tokens. `public_url` has no slash at its end.
    pub fn of(self, public_url: &str, region: &str, pool_id: &str) -> String {
        match self {
            Self::Url => format!("{public_url}/{pool_id}"),
            Self::Aws => format!("https://cognito-idp.{region}.amazonaws.com/{pool_id}"),
            Self::AwsGlobal => {
                format!("https://issuer-cognito-idp.{region}.amazonaws.com/{pool_id}")
            }
        }
    }
}

/// The key pair of the principal who may do everything.
#[derive(Clone, Debug)]
pub struct RootCredentials {
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: Secret<String>,
}

/// How to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// `log-format`.
    pub format: LogFormat,
    /// `log-level`, a valid filter.
    pub level: String,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// One thing wrong with the settings: where it was said, what the rule is, what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The flag, variable or key with its file.
    pub place: String,
    /// What is wrong and what would be right.
    pub rule: String,
    /// The offending value; none for secrets.
    pub value: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} is {value:?}: {}", self.place, self.rule),
            None => write!(f, "{}: {}", self.place, self.rule),
        }
    }
}

/// Everything wrong with the settings, so that one look mends it all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub Vec<Problem>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
