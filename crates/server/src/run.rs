//! The life of the process: settings, files, listener, application, and back.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;

use poolhouse_domain::crypto::Sealer;
use poolhouse_domain::id::PoolId;
use poolhouse_store::Db;
use tokio::net::TcpListener;

use crate::app;
use crate::cli::{Command, describe};
use crate::config::Config;
use crate::env::{Env, NoEntropy};
use crate::http::{Doors, Limits, listener};
use crate::key_command::{self, Action, KeysError};
use crate::keys::FreshKeys;
use crate::logging;
use crate::shutdown::{self, Signals};
use crate::startup::{self, StartupError, banner::banner};

/// Why a command failed. Every text says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Files are missing, damaged, exposed or in use.
    #[error(transparent)]
    Startup(#[from] StartupError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The address cannot be had.
    #[error(
        "cannot listen on {address}: {source}. Stop whatever uses that address, or choose \
             another with --listen."
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The application does not start.
    #[error("{0}")]
    App(Box<dyn std::error::Error + Send + Sync>),
    /// A command about signing keys was refused.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The system gives us no threads, signals or output.
    #[error("the system refuses something every program needs: {0}")]
    System(#[from] io::Error),
}

/// Does what the command line asks for; for a server, until it is told to stop.
///
/// # Errors
/// See [`RunError`].
pub fn run(command: Command) -> Result<(), RunError> {
    match command {
        Command::Version => print(&format!("poolhouse {}\n", env!("CARGO_PKG_VERSION"))),
        Command::CheckConfig { layers } => print(&describe(&layers)),
        Command::Keys { config, action, pool } => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            print(&runtime.block_on(keys(&config, action, &pool, &Env::system()?))?)
        }
        Command::Run(config) => {
            logging::start(&config.log);
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(serve(*config, Env::system()?))
        }
    }
}

/// Works on the database of a server, which may be running.
async fn keys(
    config: &Config,
    action: Action,
    pool: &PoolId,
    env: &Env,
) -> Result<String, RunError> {
    let existing = startup::existing(config)?;
    let database = app::database(config, &existing.database_file);
    let sealer = Sealer::new(existing.master_key).for_purpose("store");
    let nonces = Box::new(env.entropy.fork("sealed cells", 0));
    let db = Db::open(database, sealer, nonces).await;
    let db = db.map_err(|error| RunError::App(error.into()))?;
    Ok(key_command::run(&db, &FreshKeys, action, pool, env.clock.now()).await?)
}

async fn serve(config: Config, env: Env) -> Result<(), RunError> {
    // Before anybody can know that we are here and send one.
    let signals = Signals::take_over()?;
    let config = Arc::new(config);
    let prepared = Arc::new(startup::prepare(&config, &env)?);
    let address = config.listen;
    let listen_error = |source| RunError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(listen_error)?;
    let bound = listener.local_addr()?;
    let (trigger, shutdown) = shutdown::channel();
    let start = app::Start {
        config: Arc::clone(&config),
        prepared: Arc::clone(&prepared),
        env: env.clone(),
        bound,
        shutdown: shutdown.clone(),
    };
    // Clients that connect meanwhile wait in the system's queue: a listening server is a ready one.
    let running = app::start(start).await.map_err(RunError::App)?;
    print(&banner(&config, &prepared, bound))?;
    print(&format!("listening on http://{bound}\n"))?;
    let limits = Limits { connections_max: startup::connections_max(&config), ..Limits::default() };
    let doors: Arc<dyn Doors> = Arc::<app::App>::clone(&running.app);
    let drained = tokio::select! {
        drained = listener::serve(listener, doors, env, limits, shutdown) => drained,
        never = signals.follow(&trigger) => match never {},
    };
    running.stop().await;
    tracing::info!(abandoned_connections = drained.abandoned, "stopped");
    Ok(())
}

/// Writes to the standard output. A closed pipe at the other end is no reason to stop a server.
fn print(text: &str) -> Result<(), RunError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
