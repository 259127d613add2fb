//! An empty schema of the PostgreSQL server that `TEST_POSTGRES` names, one for each test.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A schema that goes with the value.
#[derive(Debug)]
pub struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// `None`, with a line that says so, where `TEST_POSTGRES` is not set.
    #[must_use]
    pub fn new() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES") else {
            println!("skipped: TEST_POSTGRES is not set; ./test sets it");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("e2e_{}_{number}", std::process::id());
        run(&server, &format!("CREATE SCHEMA {name}"));
        Some(Schema { server, name })
    }

    /// What `--database-url` takes.
    #[must_use]
    pub fn url(&self) -> String {
        let mark = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{mark}options=-c%20search_path%3D{}", self.server, self.name)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            run(&self.server, &format!("DROP SCHEMA {} CASCADE", self.name));
        }
    }
}

fn run(server: &str, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) =
            tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(connection);
        client.batch_execute(sql).await.unwrap();
    });
}
