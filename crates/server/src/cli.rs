//! The command line: which command, which flags, which file.
//!
//! The flags come from the table of settings, so that a setting cannot be missing here. What their
//! values mean is decided in [`crate::config`].

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap::{Arg, ArgMatches, Command as ClapCommand};
use poolhouse_domain::id::PoolId;

use crate::config::check::{self, check};
use crate::config::layers::{Environment, File, Layers, gather};
use crate::config::table::{SETTINGS, Scope, Sources};
use crate::config::{Config, ConfigError, Problem, manual};
use crate::key_command::Action;

/// The flag that names a user pool.
const POOL: &str = "pool";
const CONFIG_VARIABLE: &str = "POOLHOUSE_CONFIG";
/// A larger file is not one of ours.
const CONFIG_BYTES_MAX: u64 = 1024 * 1024;

/// What the user wants, with all settings checked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Run the server, in the mode that the settings name.
    Run(Box<Config>),
    /// Say what the settings are.
    CheckConfig {
        /// What was given, and where.
        layers: Layers,
    },
    /// List or rotate the signing keys of a pool.
    Keys {
        /// The settings of the server that they belong to.
        config: Box<Config>,
        /// What to do.
        action: Action,
        /// The pool.
        pool: PoolId,
    },
    /// Say the version.
    Version,
}

/// Why there is no command.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// The command line is wrong, or asks for help.
    #[error(transparent)]
    Clap(#[from] clap::Error),
    /// The settings are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

/// Understands a command line.
///
/// # Errors
/// Wrong flags (or a request for help, which clap treats the same) and wrong settings.
pub fn parse<I>(arguments: I, environment: Environment<'_>) -> Result<Command, UsageError>
where
    I: IntoIterator<Item = OsString>,
{
    let matches = command().try_get_matches_from(arguments)?;
    let Some((name, matches)) = matches.subcommand() else {
        // clap demands a subcommand before we get here.
        return Ok(Command::Version);
    };
    if name == "version" {
        return Ok(Command::Version);
    }
    let keys = matches.subcommand().filter(|_| name == "keys");
    let matches = keys.map_or(matches, |(_, matches)| matches);
    let file = match config_path(matches, environment) {
        Some(path) => Some(read_file(&path)?),
        None => None,
    };
    let layers = gather(&flags(matches), environment, file.as_ref())?;
    let mode = if name == "dev" { check::Command::Dev } else { check::Command::Serve };
    let config = check(mode, &layers)?;
    if name == "check-config" {
        return Ok(Command::CheckConfig { layers });
    }
    let config = Box::new(config);
    let Some((action, matches)) = keys else { return Ok(Command::Run(config)) };
    let action = if action == "rotate" { Action::Rotate } else { Action::List };
    let pool = matches.get_one::<String>(POOL).map_or("", String::as_str);
    Ok(Command::Keys { config, action, pool: PoolId::new(pool) })
}

fn config_path(matches: &ArgMatches, environment: Environment<'_>) -> Option<PathBuf> {
    let flag = matches.get_one::<PathBuf>("config").cloned();
    let variable = || environment(CONFIG_VARIABLE).filter(|path| !path.is_empty());
    flag.or_else(|| variable().map(PathBuf::from))
}

fn read_file(path: &Path) -> Result<File, ConfigError> {
    let problem = |rule: String| {
        let place = format!("configuration file {}", path.display());
        ConfigError(vec![Problem { place, rule, value: None }])
    };
    let length = std::fs::metadata(path).map(|metadata| metadata.len());
    if length.is_ok_and(|length| length > CONFIG_BYTES_MAX) {
        return Err(problem(format!("larger than {CONFIG_BYTES_MAX} bytes.")));
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(File { path: path.to_owned(), text }),
        Err(error) => Err(problem(format!("cannot be read: {error}."))),
    }
}

fn flags(matches: &ArgMatches) -> BTreeMap<&'static str, String> {
    let mut flags = BTreeMap::new();
    for setting in SETTINGS {
        if let Ok(Some(text)) = matches.try_get_one::<String>(setting.key) {
            flags.insert(setting.key, text.clone());
        }
    }
    flags
}

/// The command line's grammar and help.
pub fn command() -> ClapCommand {
    ClapCommand::new("poolhouse")
        .about("A self-hosted identity server that speaks the Amazon Cognito user pools API.")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(EXAMPLES)
        .subcommand(
            with_settings(ClapCommand::new("serve"), &[Scope::Both])
                .about("Run the server")
                .after_help(EXAMPLES_SERVE),
        )
        .subcommand(
            with_settings(ClapCommand::new("dev"), &[Scope::Both, Scope::Dev])
                .about("Run a server for local work: temporary data, signatures not checked")
                .after_help(EXAMPLES_DEV),
        )
        .subcommand(
            with_settings(ClapCommand::new("check-config"), &[Scope::Both])
                .about("Check the settings of `serve` and show what holds, without starting"),
        )
        .subcommand(
            ClapCommand::new("keys")
                .about("List or rotate the keys that sign a user pool's tokens")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .disable_help_subcommand(true)
                .subcommand(keys_command("list").about("Say which keys a user pool has"))
                .subcommand(
                    keys_command("rotate")
                        .about("Make new keys, which sign from a minute later on")
                        .after_help(EXAMPLES_KEYS),
                ),
        )
        .subcommand(ClapCommand::new("version").about("Print the version"))
}

fn keys_command(name: &'static str) -> ClapCommand {
    let pool = Arg::new(POOL).long(POOL).value_name("ID").required(true).help("The user pool's id");
    with_settings(ClapCommand::new(name).arg(pool), &[Scope::Both])
}

fn with_settings(command: ClapCommand, scopes: &[Scope]) -> ClapCommand {
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help("A TOML file with settings")
        .long_help(format!(
            "A TOML file with settings; flags and variables go before it. Unknown keys are \
             errors.\n[env: {CONFIG_VARIABLE}]"
        ));
    let settings = SETTINGS
        .iter()
        .filter(|setting| setting.sources == Sources::All && scopes.contains(&setting.scope));
    settings.fold(command.arg(config), |command, setting| {
        command.arg(
            Arg::new(setting.key)
                .long(setting.key)
                .value_name(setting.value)
                .help(StyledStr::from(manual::flag_help_short(setting)))
                .long_help(StyledStr::from(manual::flag_help(setting))),
        )
    })
}

/// What `check-config` prints: every setting with its value and where it comes from.
pub fn describe(layers: &Layers) -> String {
    let mut text = String::from("The settings are valid.\n");
    for setting in SETTINGS.iter().filter(|setting| setting.scope == Scope::Both) {
        let secret = match setting.sources {
            Sources::All => setting.key == "database-url",
            Sources::Environment => setting.key != "root-access-key-id",
        };
        let line = match layers.get(setting.key) {
            Some(given) if secret => format!("{} = (hidden)  # {}", setting.key, given.place),
            Some(given) => format!("{} = {:?}  # {}", setting.key, given.text, given.place),
            None => format!("{}: {}", setting.key, setting.default),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

const EXAMPLES: &str = "\
Examples:
  poolhouse serve                           run a server with its data in ./poolhouse-data
  poolhouse serve --config poolhouse.toml   with settings from a file
  poolhouse dev --fixed-code 123456         a throw-away server for tests
  poolhouse serve --help                    all settings";

const EXAMPLES_SERVE: &str = "\
Examples:
  poolhouse serve
  poolhouse serve --listen 0.0.0.0:9229 --public-url https://auth.example.com
  POOLHOUSE_DATABASE_URL=postgres://user:password@db/poolhouse poolhouse serve
  poolhouse serve --config /etc/poolhouse.toml --log-format json

The first start prints where the administrator's credentials are and lines to paste.";

const EXAMPLES_KEYS: &str = "\
Examples:
  poolhouse keys rotate --pool us-east-1_AbCdEfGhI --data-dir ./poolhouse-data
  poolhouse keys rotate --pool us-east-1_AbCdEfGhI --config /etc/poolhouse.toml

Give the settings of the server, which may go on running. It publishes the new keys at once and signs
with them after a minute; tokens of the old ones are accepted until the last of them has expired.";

const EXAMPLES_DEV: &str = "\
Examples:
  poolhouse dev
  poolhouse dev --fixed-code 123456 --data-dir ./pool
  curl 'http://localhost:9229/_poolhouse/messages?to=ann@example.com'

Any access key is accepted and no signature is checked: never let others reach this server.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DataDir, Mode};

    fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Command, UsageError> {
        let arguments = std::iter::once("poolhouse").chain(arguments.iter().copied());
        let environment = |name: &str| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        };
        parse(arguments.map(OsString::from), &environment)
    }

    fn config(arguments: &[&str], variables: &[(&str, &str)]) -> Config {
        match run(arguments, variables) {
            Ok(Command::Run(config)) => *config,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_grammar_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn serve_and_dev_take_flags_and_variables() {
        let config = config(&["serve", "--data-dir", "d"], &[("POOLHOUSE_REGION", "eu-west-1")]);
        assert_eq!(config.mode, Mode::Serve);
        assert_eq!(config.data_dir, DataDir::At("d".into()));
        assert_eq!(config.region, "eu-west-1");
        let config = self::config(&["dev", "--fixed-code", "000000"], &[]);
        assert_eq!(config.mode, Mode::Dev { fixed_code: Some("000000".into()) });
    }

    #[test]
    fn keys_take_a_pool_and_the_settings_of_the_server() {
        for (name, wanted) in [("list", Action::List), ("rotate", Action::Rotate)] {
            let command = run(&["keys", name, "--pool", "us-east-1_A", "--data-dir", "d"], &[]);
            let Ok(Command::Keys { config, action, pool }) = command else { panic!("{name}") };
            assert_eq!(config.data_dir, DataDir::At("d".into()));
            assert_eq!((action, pool.as_str()), (wanted, "us-east-1_A"));
            assert!(matches!(run(&["keys", name], &[]), Err(UsageError::Clap(_))));
        }
        assert!(matches!(run(&["keys"], &[]), Err(UsageError::Clap(_))));
    }

    #[test]
    fn a_flag_of_dev_is_unknown_to_serve() {
        assert!(matches!(run(&["serve", "--fixed-code", "000000"], &[]), Err(UsageError::Clap(_))));
        let variables = [("POOLHOUSE_FIXED_CODE", "000000")];
        assert!(matches!(run(&["serve"], &variables), Err(UsageError::Config(_))));
    }

    #[test]
    fn secrets_are_no_flags() {
        let result = run(&["serve", "--root-secret-access-key", "a-secret-of-root"], &[]);
        assert!(matches!(result, Err(UsageError::Clap(_))));
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = run(&["serve", "--config", "/no/such/file.toml"], &[]).unwrap_err();
        assert!(error.to_string().contains("/no/such/file.toml: cannot be read"), "{error}");
        let error = run(&["serve"], &[("POOLHOUSE_CONFIG", "/no/such")]).unwrap_err();
        assert!(error.to_string().contains("/no/such"), "{error}");
    }

    #[test]
    fn check_config_hides_secrets() {
        let variables = [
            ("POOLHOUSE_DATABASE_URL", "postgres://u:hush@h/d"),
            ("POOLHOUSE_ROOT_ACCESS_KEY_ID", "AKIDROOT"),
            ("POOLHOUSE_ROOT_SECRET_ACCESS_KEY", "hush-hush"),
            ("POOLHOUSE_WEBHOOK_SECRET", "hush-hush-hush-hush"),
            ("POOLHOUSE_METRICS_TOKEN", "hush-hush-hush-hush"),
        ];
        let Ok(Command::CheckConfig { layers }) = run(&["check-config"], &variables) else {
            panic!("no check-config");
        };
        let text = describe(&layers);
        assert!(!text.contains("hush"), "{text}");
        assert!(text.contains("root-access-key-id = \"AKIDROOT\"  # POOLHOUSE_ROOT_ACCESS_KEY_ID"));
        assert!(text.contains("listen: 127.0.0.1:9229\n"));
    }

    #[test]
    fn help_teaches() {
        let help = run(&["serve", "--help"], &[]).unwrap_err().to_string();
        for words in ["--public-url", "POOLHOUSE_PUBLIC_URL", "Examples:", "[default: us-east-1]"] {
            assert!(help.contains(words), "{words} is missing in\n{help}");
        }
    }
}
