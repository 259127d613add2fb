//! From texts to a [`Config`]: every rule about a value is here, with the sentence that explains it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use poolhouse_domain::secret::Secret;
use tracing_subscriber::EnvFilter;

use super::layers::{Given, Layers};
use super::table::{SETTINGS, Scope, Sources, find};
use super::{
    Config, ConfigError, DataDir, Database, IssuerForm, LogConfig, LogFormat, Mode, Problem,
    RootCredentials, transports,
};
use crate::http::limits::CONNECTIONS_DEFAULT;
use crate::ports::guard::{ALLOWED_MAX, Allowed, Guard};
use crate::ports::lambda::{Endpoint, EndpointKey};
use crate::ports::outbound::Url;

const LISTEN_DEFAULT: ([u8; 4], u16) = ([127, 0, 0, 1], 9229);
const DATA_DIR_DEFAULT: &str = "./poolhouse-data";
const REGION_DEFAULT: &str = "us-east-1";
const ACCOUNT_ID_DEFAULT: &str = "000000000000";
const ACCOUNT_ID_DIGITS: usize = 12;
const LOG_LEVEL_DEFAULT: &str = "info";
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
const CONNECTIONS_MAX: usize = 1_000_000;
const REGION_CHARS_MAX: usize = 32;
const FIXED_CODE_DIGITS: usize = 6;
const FUNCTIONS_MAX: usize = 1000;
const KEY_CHARS_MAX: usize = 128;
const ACCESS_KEY_ID_CHARS_MIN: usize = 3;
const SECRET_KEY_CHARS_MIN: usize = 8;

/// Which command the settings are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// `poolhouse serve`.
    Serve,
    /// `poolhouse dev`.
    Dev,
}

/// Whether a setting's value may be shown.
#[derive(Clone, Copy)]
pub(super) enum Visibility {
    Shown,
    Hidden,
}

/// Checks every setting.
///
/// # Errors
/// All that is wrong, not just the first.
pub fn check(command: Command, layers: &Layers) -> Result<Config, ConfigError> {
    let mut checker = Checker { layers, problems: Vec::new() };
    if command == Command::Serve {
        checker.refuse_dev_settings();
    }
    let fixed_code = checker.optional("fixed-code", Visibility::Shown, fixed_code);
    let data_dir = checker.optional("data-dir", Visibility::Shown, path).map(DataDir::At);
    let (mode, data_dir_default) = match command {
        Command::Serve => (Mode::Serve, DataDir::At(DATA_DIR_DEFAULT.into())),
        Command::Dev => (Mode::Dev { fixed_code }, DataDir::Temporary),
    };
    let config = Config {
        mode,
        listen: checker
            .optional("listen", Visibility::Shown, listen)
            .unwrap_or_else(|| LISTEN_DEFAULT.into()),
        data_dir: data_dir.unwrap_or(data_dir_default),
        database: checker
            .optional("database-url", Visibility::Hidden, database)
            .unwrap_or(Database::Embedded),
        region: checker.text_or("region", region, REGION_DEFAULT),
        account_id: checker.text_or("account-id", account_id, ACCOUNT_ID_DEFAULT),
        public_url: checker.optional("public-url", Visibility::Shown, public_url),
        issuer: checker.optional("issuer", Visibility::Shown, issuer).unwrap_or(IssuerForm::Url),
        master_key_file: checker.optional("master-key-file", Visibility::Shown, path),
        root: checker.root(),
        compromised_passwords: checker.optional("compromised-passwords", Visibility::Shown, path),
        location_table: checker.optional("location-table", Visibility::Shown, path),
        log: LogConfig {
            format: checker
                .optional("log-format", Visibility::Shown, log_format)
                .unwrap_or(LogFormat::Text),
            level: checker.text_or("log-level", log_level, LOG_LEVEL_DEFAULT),
        },
        max_connections: checker
            .optional("max-connections", Visibility::Shown, max_connections)
            .unwrap_or(CONNECTIONS_DEFAULT),
        custom_sender_key_file: checker.optional("custom-sender-key-file", Visibility::Shown, path),
        lambda_functions: checker
            .optional("lambda-functions", Visibility::Shown, lambda_functions)
            .unwrap_or_default(),
        lambda_endpoint: checker.lambda_endpoint(),
        outbound_allow: checker.outbound_allow(command),
        mail: transports::check(&mut checker),
        metrics_token: checker
            .optional("metrics-token", Visibility::Hidden, transports::token)
            .map(Secret::new),
    };
    if checker.problems.is_empty() { Ok(config) } else { Err(ConfigError(checker.problems)) }
}

pub(super) struct Checker<'a> {
    layers: &'a Layers,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    /// A setting's checked value; none when it is not given or wrong (which is noted).
    pub(super) fn optional<T>(
        &mut self,
        key: &str,
        visibility: Visibility,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Given { text, place } = self.layers.get(key)?;
        match parse(text) {
            Ok(value) => Some(value),
            Err(rule) => {
                let value = match visibility {
                    Visibility::Shown => Some(text.clone()),
                    Visibility::Hidden => None,
                };
                self.problems.push(Problem { place: place.clone(), rule, value });
                None
            }
        }
    }

    fn text_or(
        &mut self,
        key: &str,
        parse: impl Fn(&str) -> Result<String, String>,
        default: &str,
    ) -> String {
        self.optional(key, Visibility::Shown, parse).unwrap_or_else(|| default.to_owned())
    }

    /// Whether a setting is given at all.
    pub(super) fn given(&self, key: &str) -> bool {
        self.layers.contains_key(key)
    }

    /// Notes that a setting that was given, or its default, cannot be.
    pub(super) fn refuse(&mut self, key: &str, rule: &str) {
        let place = self.layers.get(key).map(|given| given.place.clone());
        let place = place.unwrap_or_else(|| key.to_owned());
        self.problems.push(Problem { place, rule: rule.to_owned(), value: None });
    }

    /// Notes a setting that is missing though another one needs it.
    pub(super) fn need(&mut self, because: &str, key: &str) {
        if self.given(key) {
            return;
        }
        let name = match find(key) {
            Some(setting) if setting.sources == Sources::Environment => setting.variable(),
            Some(_) | None => key.to_owned(),
        };
        let place = self.layers.get(because).map_or(because, |given| &given.place).to_owned();
        self.problems.push(Problem { place, rule: format!("needs {name}, too."), value: None });
    }

    fn refuse_dev_settings(&mut self) {
        for setting in SETTINGS.iter().filter(|setting| setting.scope == Scope::Dev) {
            if let Some(given) = self.layers.get(setting.key) {
                self.problems.push(Problem {
                    place: given.place.clone(),
                    rule: "this weakens the server and works with `poolhouse dev` only.".to_owned(),
                    value: None,
                });
            }
        }
    }

    fn root(&mut self) -> Option<RootCredentials> {
        let (access_key_id, secret_access_key) =
            self.key_pair("root", ["root-access-key-id", "root-secret-access-key"])?;
        Some(RootCredentials { access_key_id, secret_access_key })
    }

    /// The settings of an access key id and its secret, which go together.
    fn key_pair(&mut self, whose: &str, keys: [&str; 2]) -> Option<(String, Secret<String>)> {
        let [id_key, secret_key_key] = keys;
        let id = self.optional(id_key, Visibility::Shown, access_key_id);
        let secret = self.optional(secret_key_key, Visibility::Hidden, secret_key);
        let given = |key| self.layers.contains_key(key);
        let missing = match (given(id_key), given(secret_key_key)) {
            (true, false) => find(secret_key_key),
            (false, true) => find(id_key),
            (true, true) | (false, false) => None,
        };
        if let Some(missing) = missing {
            let rule = format!("the two {whose} key variables go together; set both or neither.");
            self.problems.push(Problem { place: missing.variable(), rule, value: None });
        }
        Some((id?, Secret::new(secret?)))
    }

    fn lambda_endpoint(&mut self) -> Option<Endpoint> {
        let keys = self.key_pair("Lambda", ["lambda-access-key-id", "lambda-secret-access-key"]);
        let url = self.optional("lambda-endpoint", Visibility::Shown, outbound_url)?;
        let key = keys.map(|(access_key_id, secret)| EndpointKey { access_key_id, secret });
        Some(Endpoint { url, key })
    }

    fn outbound_allow(&mut self, command: Command) -> Vec<Allowed> {
        let given = self.optional("outbound-allow", Visibility::Shown, outbound_allow);
        let by_itself = match command {
            Command::Serve => Vec::new(),
            Command::Dev => Guard::this_machine(),
        };
        given.unwrap_or_default().into_iter().chain(by_itself).collect()
    }
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "expected an IP address and a port, such as 127.0.0.1:9229, [::1]:9229 or 0.0.0.0:9229."
            .to_owned()
    })
}

fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() {
        return Err("expected a path.".to_owned());
    }
    Ok(PathBuf::from(text))
}

fn database(text: &str) -> Result<Database, String> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        return Ok(Database::Postgres(Secret::new(text.to_owned())));
    }
    Err("expected a URL that starts with postgres:// (leave the setting out for the built-in \
         SQLite database)."
        .to_owned())
}

/// Accepts what [AWS's token verifier](https://github.com/awslabs/aws-jwt-verify) accepts at the
/// start of a pool id: `xx-name-1`, `xx-gov-name-1` and `eusc-xx-name-1`.
fn region(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("eusc-").unwrap_or(text);
    let parts: Vec<&str> = rest.split('-').collect();
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let digit = |part: &str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit());
    let area = |part: &str| part.len() == 2 && word(part);
    let well_formed = match parts.as_slice() {
        [first, name, number] => area(first) && word(name) && digit(number),
        [first, "gov", name, number] => area(first) && word(name) && digit(number),
        _ => false,
    };
    if well_formed && text.len() <= REGION_CHARS_MAX {
        return Ok(text.to_owned());
    }
    Err("expected the form of an AWS region, such as us-east-1 or eu-central-1: SDKs and token \
         verifiers refuse pool ids that start differently."
        .to_owned())
}

fn account_id(text: &str) -> Result<String, String> {
    if text.len() == ACCOUNT_ID_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    let quoting = "In a TOML file it stands in quotes, because of its zeros.";
    Err(format!("expected {ACCOUNT_ID_DIGITS} digits. {quoting}"))
}

fn public_url(text: &str) -> Result<String, String> {
    let rule = |what: &str| {
        Err(format!(
            "expected a URL such as https://auth.example.com or http://10.0.0.5:9229, {what}."
        ))
    };
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return rule("with http:// or https:// at its start");
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if rest
        .bytes()
        .any(|byte| matches!(byte, b'?' | b'#' | b'@' | b'\\') || !byte.is_ascii_graphic())
    {
        return rule("without user, query, fragment or blanks");
    }
    if authority.parse::<hyper::http::uri::Authority>().is_err() {
        return rule("with a host name");
    }
    if path.split('/').any(|segment| segment == ".." || segment == ".") {
        return rule("without dots as path segments");
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn issuer(text: &str) -> Result<IssuerForm, String> {
    match text {
        "url" => Ok(IssuerForm::Url),
        "aws" => Ok(IssuerForm::Aws),
        "aws-global" => Ok(IssuerForm::AwsGlobal),
        _ => Err("expected url, aws or aws-global.".to_owned()),
    }
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("expected text or json.".to_owned()),
    }
}

fn log_level(text: &str) -> Result<String, String> {
    // The filter takes a single unknown word for the name of a part to log, and then logs nothing.
    let level = |word: &str| LEVELS.contains(&word);
    let target = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let known = |part: &str| match part.rsplit_once('=') {
        Some((part, word)) => target(part) && level(word),
        None => level(part),
    };
    match EnvFilter::try_new(text) {
        Ok(_) if text.split(',').all(known) => Ok(text.to_owned()),
        _ => Err("expected error, warn, info, debug or trace, or a list such as \
                  info,poolhouse=debug."
            .to_owned()),
    }
}

fn max_connections(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if (1..=CONNECTIONS_MAX).contains(&number) => Ok(number),
        _ => Err(format!("expected a number from 1 to {CONNECTIONS_MAX}.")),
    }
}

fn fixed_code(text: &str) -> Result<String, String> {
    if text.len() == FIXED_CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    Err(format!("expected {FIXED_CODE_DIGITS} digits, as in the codes that are sent."))
}

fn outbound_url(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|rule| format!("{rule}."))
}

fn lambda_functions(text: &str) -> Result<BTreeMap<String, Url>, String> {
    let form = "expected pairs such as arn:aws:lambda:us-east-1:000000000000:function:check=\
                https://functions.example.com/check, separated by blanks.";
    let mut functions = BTreeMap::new();
    for pair in text.split_whitespace() {
        let (arn, url) = pair.split_once('=').ok_or(form)?;
        if !matches!(arn.split(':').collect::<Vec<_>>()[..], ["arn", _, "lambda", _, _, ..]) {
            return Err(form.to_owned());
        }
        if functions.insert(arn.to_owned(), outbound_url(url)?).is_some() {
            return Err(format!("{arn} is there twice."));
        }
    }
    if functions.is_empty() || functions.len() > FUNCTIONS_MAX {
        return Err(format!("expected 1 to {FUNCTIONS_MAX} functions."));
    }
    Ok(functions)
}

fn outbound_allow(text: &str) -> Result<Vec<Allowed>, String> {
    let list: Result<Vec<Allowed>, _> = text.split_whitespace().map(str::parse).collect();
    let list = list.map_err(|rule| format!("{rule}, separated by blanks."))?;
    if list.is_empty() || list.len() > ALLOWED_MAX {
        return Err(format!("expected 1 to {ALLOWED_MAX} hosts and networks."));
    }
    Ok(list)
}

fn access_key_id(text: &str) -> Result<String, String> {
    let word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if word && (ACCESS_KEY_ID_CHARS_MIN..=KEY_CHARS_MAX).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    let range = format!("{ACCESS_KEY_ID_CHARS_MIN} to {KEY_CHARS_MAX}");
    Err(format!("expected {range} letters, digits and underscores."))
}

fn secret_key(text: &str) -> Result<String, String> {
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    if visible && (SECRET_KEY_CHARS_MIN..=KEY_CHARS_MAX).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    let range = format!("{SECRET_KEY_CHARS_MIN} to {KEY_CHARS_MAX}");
    Err(format!("expected {range} visible ASCII characters."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(given: &[(&'static str, &str)]) -> Layers {
        given
            .iter()
            .map(|(key, text)| {
                (*key, Given { text: (*text).to_owned(), place: format!("--{key}") })
            })
            .collect()
    }

    fn serve(given: &[(&'static str, &str)]) -> Result<Config, String> {
        check(Command::Serve, &layers(given)).map_err(|error| error.to_string())
    }

    #[test]
    fn defaults_are_those_of_the_manual() {
        let config = serve(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:9229");
        assert_eq!(config.data_dir, DataDir::At("./poolhouse-data".into()));
        assert!(matches!(config.database, Database::Embedded));
        assert_eq!(
            (config.region.as_str(), config.account_id.as_str()),
            ("us-east-1", "000000000000")
        );
        assert_eq!(config.public_url(([0, 0, 0, 0], 80).into()), "http://localhost:80");
        assert_eq!(config.issuer, IssuerForm::Url);
        assert!(config.root.is_none() && config.master_key_file.is_none());
        assert_eq!(config.log, LogConfig { format: LogFormat::Text, level: "info".into() });
        assert_eq!(config.max_connections, 10_000);
    }

    #[test]
    fn examples_of_the_manual_are_valid() {
        for setting in SETTINGS.iter().filter(|setting| !setting.example.is_empty()) {
            let text = setting.example.trim_matches('"');
            let result = check(Command::Dev, &layers(&[(setting.key, text)]));
            assert!(result.is_ok(), "{}: {result:?}", setting.key);
        }
    }

    #[test]
    fn every_setting_refuses_nonsense_and_says_where() {
        for setting in SETTINGS {
            // Paths may be anything but empty.
            let path = matches!(
                setting.key,
                "data-dir"
                    | "master-key-file"
                    | "custom-sender-key-file"
                    | "compromised-passwords"
                    | "location-table"
            );
            let nonsense = if path { "" } else { "né nonsense" };
            let given = layers(&[(setting.key, nonsense)]);
            let error = check(Command::Dev, &given).expect_err(setting.key).to_string();
            assert!(error.starts_with(&setting.flag()), "{error}");
        }
    }

    #[test]
    fn secret_values_are_not_repeated() {
        let error = serve(&[
            ("root-access-key-id", "AKIDROOT"),
            ("root-secret-access-key", "hush"),
            ("database-url", "mysql://u:hush@h/d"),
        ])
        .unwrap_err();
        assert_eq!(error.lines().count(), 2);
        assert!(!error.contains("hush"), "{error}");
    }

    #[test]
    fn the_root_keys_go_together() {
        let error = serve(&[("root-access-key-id", "AKIDROOT")]).unwrap_err();
        assert!(error.starts_with("POOLHOUSE_ROOT_SECRET_ACCESS_KEY: "), "{error}");
        let error = serve(&[("root-secret-access-key", "long enough".trim())]).unwrap_err();
        assert!(error.contains("POOLHOUSE_ROOT_ACCESS_KEY_ID: "), "{error}");
        let given = [("root-access-key-id", "test"), ("root-secret-access-key", "testtest")];
        assert_eq!(serve(&given).unwrap().root.unwrap().access_key_id, "test");
    }

    #[test]
    fn a_fixed_code_is_for_dev_only() {
        let error = serve(&[("fixed-code", "123456")]).unwrap_err();
        assert!(error.starts_with("--fixed-code: this weakens the server"), "{error}");
        let config = check(Command::Dev, &layers(&[("fixed-code", "123456")])).unwrap();
        assert_eq!(config.mode, Mode::Dev { fixed_code: Some("123456".into()) });
        assert_eq!(config.data_dir, DataDir::Temporary);
    }

    #[test]
    fn regions_have_the_form_of_the_real_ones() {
        for good in ["us-east-1", "us-gov-west-1", "eusc-de-east-1", "ap-southeast-7"] {
            assert_eq!(region(good).as_deref(), Ok(good));
        }
        for bad in
            ["local", "", "us-east-12", "US-east-1", "us_east_1", "us-east-1_x", "us-iso-x-1"]
        {
            assert!(region(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn public_urls_are_plain() {
        assert_eq!(public_url("https://a.example/").as_deref(), Ok("https://a.example"));
        assert_eq!(public_url("http://[::1]:9/a/b").as_deref(), Ok("http://[::1]:9/a/b"));
        for bad in [
            "a.example",
            "ftp://a",
            "https://",
            "https:///a",
            "https://u@a",
            "http://a?b",
            "http://a b",
            "http://a/../b",
        ] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn log_levels_are_levels() {
        for good in ["info", "warn,poolhouse=trace", "off"] {
            assert!(log_level(good).is_ok(), "{good}");
        }
        for bad in ["", "verbose", "info,", "poolhouse", "info poolhouse=debug", "a=b"] {
            assert!(log_level(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn issuers_follow_the_form() {
        let mut config = serve(&[("region", "eu-west-1")]).unwrap();
        let pool = "eu-west-1_a";
        let mut check = |form, expected: &str| {
            config.issuer = form;
            assert_eq!(config.issuer_of("http://h", pool), expected);
        };
        check(IssuerForm::Url, "http://h/eu-west-1_a");
        check(IssuerForm::Aws, "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a");
        check(
            IssuerForm::AwsGlobal,
            "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a",
        );
    }
}
