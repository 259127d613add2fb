//! The accept loop: how many connections there may be, and how they end.
//!
//! It is our own because the ready-made ones hide the limits that keep slow and greedy clients from
//! hurting the others.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::connection::{self, Shared};
use super::limits::ACCEPT_BACKOFF_MS;
use super::{Doors, Limits};
use crate::env::Env;
use crate::shutdown::{Phase, Shutdown};

/// How a listener ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drained {
    /// Connections cut off because they did not finish in time.
    pub abandoned: usize,
}

/// Accepts and serves connections until `shutdown`, then lets requests in flight finish.
///
/// Returns when the last connection is closed, when [`Limits::drain_timeout`] has passed since the
/// shutdown began, or at once when the shutdown comes to [`Phase::Now`].
pub async fn serve(
    listener: TcpListener,
    doors: Arc<dyn Doors>,
    env: Env,
    limits: Limits,
    mut shutdown: Shutdown,
) -> Drained {
    let shared = Arc::new(Shared::new(doors, env, limits));
    let mut connections = JoinSet::new();
    while shutdown.phase() == Phase::Running {
        let full = connections.len() >= shared.limits().connections_max;
        tokio::select! {
            biased;
            () = shutdown.reached(Phase::Draining) => {}
            Some(_ended) = connections.join_next() => {}
            accepted = accept(&listener), if !full => {
                let Some((stream, peer)) = accepted else { continue };
                let (shared, shutdown) = (Arc::clone(&shared), shutdown.clone());
                connections.spawn(connection::serve(shared, stream, peer, shutdown));
            }
        }
    }
    // From here on the system refuses new connections, so a balancer goes elsewhere at once.
    drop(listener);
    let patience = shared.limits().drain_timeout;
    tokio::select! {
        () = async { while connections.join_next().await.is_some() {} } => {}
        () = sleep(patience) => {}
        () = shutdown.reached(Phase::Now) => {}
    }
    let abandoned = connections.len();
    connections.shutdown().await;
    Drained { abandoned }
}

/// Accepts one connection, or rests if the system cannot give us one now.
async fn accept(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Answers are small and complete: waiting to fill a packet only delays them.
            let _slower_at_worst = stream.set_nodelay(true);
            Some((stream, peer))
        }
        Err(error) if is_about_one_connection(&error) => None,
        Err(error) => {
            // Out of descriptors or memory. The pending connection stays in the queue, so trying
            // again at once would burn a core until one of ours closes.
            tracing::warn!(error = %error, "cannot accept connections; trying again shortly");
            sleep(Duration::from_millis(ACCEPT_BACKOFF_MS)).await;
            None
        }
    }
}

fn is_about_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::Interrupted
    )
}
