//! Guessing at secrets through two server processes that share one PostgreSQL.

use e2e::postgres::Schema;
use e2e::{Options, Place, Server, python};

#[test]
fn two_processes_count_together() {
    let Some(schema) = Schema::new() else { return };
    let place = Place::new("guesses");
    let at = |name: &str| Options {
        database_url: Some(schema.url()),
        ..Options::serve(place.join(name))
    };
    let one = Server::start(at("one"));
    let key = one.data_dir().join("master.key");
    // One installation: one key, and one address that tokens name.
    let flags =
        [("--master-key-file", key.display().to_string()), ("--public-url", one.endpoint())];
    let flags = flags.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect();
    let two = Server::start(Options { flags, ..at("two") });
    python("guesses.py").env("OTHER_ENDPOINT", two.endpoint()).run(&one);
}
