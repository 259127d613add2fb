//! What a person sees at start: where things are, and lines to paste.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;

use super::Prepared;
use crate::config::{Config, Database, Mode};

/// The banner, for the standard output. Long at the first start, short later; `dev` always warns.
pub fn banner(config: &Config, prepared: &Prepared, bound: SocketAddr) -> String {
    let mut text = format!("Poolhouse {}\n\n", env!("CARGO_PKG_VERSION"));
    let database = match config.database {
        Database::Embedded => "SQLite",
        Database::Postgres(_) => "PostgreSQL at database-url",
    };
    let keep = if prepared.is_temporary() { "; removed when the server stops" } else { "" };
    let public_url = config.public_url(bound);
    row(&mut text, "address", &public_url);
    row(&mut text, "data", &format!("{} ({database}{keep})", prepared.data_dir.display()));
    row(&mut text, "credentials", &credentials(prepared));
    row(&mut text, "messages", &format!("{} (one file each)", prepared.outbox_dir.display()));
    row(&mut text, "issuer", &config.issuer_of(&public_url, "<pool id>"));
    if let Mode::Dev { fixed_code } = &config.mode {
        text.push_str(&dev_warning(fixed_code.as_deref(), bound));
    }
    if prepared.first_start {
        text.push_str(&first_steps(config, prepared, bound));
    }
    text.push('\n');
    text
}

fn row(text: &mut String, name: &str, value: &str) {
    // Writing to a String cannot fail.
    let _infallible = writeln!(text, "  {name:<12} {value}");
}

fn credentials(prepared: &Prepared) -> String {
    match &prepared.root_file {
        Some(file) => format!("{} (root: {})", file.display(), prepared.root.access_key_id),
        None => format!("from the environment (root: {})", prepared.root.access_key_id),
    }
}

fn dev_warning(fixed_code: Option<&str>, bound: SocketAddr) -> String {
    let mut text = String::from(
        "\n  *** DEVELOPMENT MODE: SIGNATURES ARE NOT CHECKED ***\n  \
         Any access key is accepted, and anybody who reaches this server is its administrator and\n  \
         reads its messages. Use `poolhouse serve` for everything else.\n",
    );
    if let Some(code) = fixed_code {
        let _infallible = writeln!(text, "  Every code sent is {code}.");
    }
    if !bound.ip().is_loopback() {
        let _infallible = writeln!(text, "  It listens on {bound}: OTHER MACHINES CAN REACH IT.");
    }
    text
}

fn first_steps(config: &Config, prepared: &Prepared, bound: SocketAddr) -> String {
    let credentials = match (&config.mode, &prepared.root_file) {
        (Mode::Dev { .. }, _) => {
            "export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test".to_owned()
        }
        (Mode::Serve, Some(file)) => {
            format!("export AWS_SHARED_CREDENTIALS_FILE={}", quoted(file))
        }
        (Mode::Serve, None) => format!(
            "export AWS_ACCESS_KEY_ID={} AWS_SECRET_ACCESS_KEY=…",
            prepared.root.access_key_id
        ),
    };
    let region = &config.region;
    format!(
        "\nUse it with any AWS tool:\n\n  {credentials}\n  \
         export AWS_ENDPOINT_URL={} AWS_REGION={region} AWS_DEFAULT_REGION={region}\n  \
         aws cognito-idp create-user-pool --pool-name my-pool\n",
        local_url(bound)
    )
}

/// An address that works from this machine, whatever the public one is.
fn local_url(bound: SocketAddr) -> String {
    if bound.ip().is_loopback() || bound.ip().is_unspecified() {
        format!("http://localhost:{}", bound.port())
    } else {
        format!("http://{bound}")
    }
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ':' | '@');
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_one_word() {
        assert_eq!(quoted(Path::new("/a/b-c.d")), "/a/b-c.d");
        assert_eq!(quoted(Path::new("/a b/c'd")), r"'/a b/c'\''d'");
    }

    #[test]
    fn the_pasted_address_works_here() {
        assert_eq!(local_url(([0, 0, 0, 0], 80).into()), "http://localhost:80");
        assert_eq!(local_url(([127, 0, 0, 1], 80).into()), "http://localhost:80");
        assert_eq!(local_url(([10, 0, 0, 1], 80).into()), "http://10.0.0.1:80");
    }
}
