//! From flags, environment and file to one text per setting, with the place where it stood.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::table::{SETTINGS, Setting, Sources};
use super::{ConfigError, Problem};

/// Reads a variable of the environment; tests give a map's.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The environment of this process.
pub fn system_environment(name: &str) -> Option<OsString> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    std::env::var_os(name)
}

/// A configuration file that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it is, for messages.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// A setting's text and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The value as text.
    pub text: String,
    /// `--region`, `POOLHOUSE_REGION` or `region in poolhouse.toml`.
    pub place: String,
}

/// Every setting that was given, by key; the strongest source has won.
pub type Layers = BTreeMap<&'static str, Given>;

/// Puts the sources on top of each other.
///
/// # Errors
/// The file is not TOML, has an unknown key or a value that is no text, number or truth value; a
/// variable is not Unicode.
pub fn gather(
    flags: &BTreeMap<&'static str, String>,
    environment: Environment<'_>,
    file: Option<&File>,
) -> Result<Layers, ConfigError> {
    let mut problems = Vec::new();
    let mut layers = file.map(|file| from_file(file, &mut problems)).unwrap_or_default();
    for setting in SETTINGS {
        let variable = setting.variable();
        match environment(&variable).map(OsString::into_string) {
            // An empty variable is how scripts and compose files say "not set".
            None => {}
            Some(Ok(text)) if text.is_empty() => {}
            Some(Ok(text)) => {
                layers.insert(setting.key, Given { text, place: variable });
            }
            Some(Err(_)) => problems.push(Problem {
                place: variable,
                rule: "the value is not valid Unicode.".to_owned(),
                value: None,
            }),
        }
        if let Some(text) = flags.get(setting.key) {
            let given = Given { text: text.clone(), place: setting.flag() };
            layers.insert(setting.key, given);
        }
    }
    if problems.is_empty() { Ok(layers) } else { Err(ConfigError(problems)) }
}

fn from_file(file: &File, problems: &mut Vec<Problem>) -> Layers {
    let path = file.path.display();
    let mut layers = Layers::new();
    let table: toml::Table = match file.text.parse() {
        Ok(table) => table,
        Err(error) => {
            // The parser's display shows the line itself, which may hold a password.
            let line = error.span().map_or(0, |span| line_of(&file.text, span.start));
            let rule = format!("line {line} is not TOML: {}.", error.message());
            problems.push(Problem { place: path.to_string(), rule, value: None });
            return layers;
        }
    };
    for (key, value) in table {
        let place = format!("{key} in {path}");
        let problem = |rule: String| Problem { place: place.clone(), rule, value: None };
        match SETTINGS.iter().find(|setting| setting.key == key) {
            None => problems.push(problem(unknown_key(&key))),
            Some(setting) if setting.sources == Sources::Environment => {
                let variable = setting.variable();
                problems.push(problem(format!(
                    "secrets do not belong into a file that gets copied around; set the \
                     environment variable {variable} instead."
                )));
            }
            Some(setting) => match text_of(value) {
                Some(text) => {
                    layers.insert(setting.key, Given { text, place });
                }
                None => problems.push(problem(format!(
                    "the value must be a text or a number, such as {}.",
                    setting.example
                ))),
            },
        }
    }
    layers
}

fn text_of(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Float(_)
        | toml::Value::Datetime(_)
        | toml::Value::Array(_)
        | toml::Value::Table(_) => None,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn unknown_key(key: &str) -> String {
    let wanted = key.to_ascii_lowercase().replace('_', "-");
    let wanted = wanted.strip_prefix("poolhouse-").unwrap_or(&wanted);
    match SETTINGS.iter().find(|setting| setting.key == wanted) {
        Some(setting) => format!("there is no such setting; did you mean `{}`?", setting.key),
        None => {
            let known: Vec<&str> = SETTINGS
                .iter()
                .filter(|s| !s.example.is_empty())
                .map(|s: &Setting| s.key)
                .collect();
            format!("there is no such setting. Settings are {}.", known.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        flags: &[(&'static str, &str)],
        variables: &[(&str, &str)],
        file: Option<&str>,
    ) -> Result<Layers, String> {
        let flags = flags.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        let environment = |name: &str| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        };
        let file = file.map(|text| File { path: "p.toml".into(), text: text.to_owned() });
        gather(&flags, &environment, file.as_ref()).map_err(|error| error.to_string())
    }

    fn given(layers: &Layers, key: &str) -> (String, String) {
        let given = layers[key].clone();
        (given.text, given.place)
    }

    #[test]
    fn flag_before_environment_before_file() {
        let flags = [("region", "flag")];
        let variables = [("POOLHOUSE_REGION", "variable"), ("POOLHOUSE_LISTEN", "variable")];
        let file = "region = 'file'\nlisten = 'file'\nmax-connections = 7\n";
        let layers = check(&flags, &variables, Some(file)).unwrap();
        assert_eq!(given(&layers, "region"), ("flag".into(), "--region".into()));
        assert_eq!(given(&layers, "listen"), ("variable".into(), "POOLHOUSE_LISTEN".into()));
        assert_eq!(
            given(&layers, "max-connections"),
            ("7".into(), "max-connections in p.toml".into())
        );
        assert_eq!(layers.len(), 3);
    }

    #[test]
    fn an_empty_variable_is_no_setting() {
        let layers = check(&[], &[("POOLHOUSE_REGION", "")], Some("region = 'file'")).unwrap();
        assert_eq!(given(&layers, "region").0, "file");
    }

    #[test]
    fn unknown_keys_are_errors_that_help() {
        let error = check(&[], &[], Some("data_dir = 'x'\n")).unwrap_err();
        assert_eq!(error, "data_dir in p.toml: there is no such setting; did you mean `data-dir`?");
        let error = check(&[], &[], Some("[server]\nport = 1\n")).unwrap_err();
        assert!(
            error.starts_with("server in p.toml: there is no such setting. Settings are listen")
        );
        assert!(!error.contains("secret-access-key"));
    }

    #[test]
    fn all_problems_are_named_at_once() {
        let error = check(&[], &[], Some("a = 1\nregion = []\nb = 2\n")).unwrap_err();
        assert_eq!(error.lines().count(), 3, "{error}");
        assert!(error.contains("region in p.toml: the value must be a text or a number"));
    }

    #[test]
    fn secrets_are_refused_in_the_file_and_not_shown() {
        let error = check(&[], &[], Some("root-secret-access-key = 'hush'\n")).unwrap_err();
        assert!(error.contains("POOLHOUSE_ROOT_SECRET_ACCESS_KEY") && !error.contains("hush"));
        let broken = "region = 'a'\ndatabase-url = 'postgres://u:hush\n";
        let error = check(&[], &[], Some(broken)).unwrap_err();
        assert!(error.contains("line 2 is not TOML") && !error.contains("hush"), "{error}");
    }
}
