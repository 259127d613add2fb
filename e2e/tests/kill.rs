//! `kill -9` in the moment after an administrator was told that a decision stands: it stands.

use e2e::postgres::Schema;
use e2e::{Options, Place, Server, python};

fn story(place: &Place, database_url: Option<String>) {
    let options = Options { database_url, ..Options::serve(place.join("data")) };
    let mut server = Server::start(options);
    for phase in ["first", "second"] {
        let memory = place.join("memory.json");
        python("restart.py").arg(phase).env("MEMORY", memory).run(&server);
        server = server.start_again();
    }
    python("restart.py").arg("third").env("MEMORY", place.join("memory.json")).run(&server);
}

#[test]
fn a_device_status_outlives_kill_9_on_sqlite() {
    story(&Place::new("kill"), None);
}

#[test]
fn a_device_status_outlives_kill_9_on_postgresql() {
    let Some(schema) = Schema::new() else { return };
    story(&Place::new("kill-postgresql"), Some(schema.url()));
}
