//! The workers: one for each lane, so that a transport that hangs holds up its own messages alone.

use std::sync::Arc;
use std::time::Duration;

use poolhouse_domain::message::Lane;
use tokio::task::JoinSet;

use super::{Wait, take};
use crate::app::App;
use crate::shutdown::{Phase, Shutdown};

/// Messages of one lane that are on their way at once.
const IN_FLIGHT_MAX: usize = 16;
/// How often a lane is looked through when nobody says that a message was written: retries, leases
/// that ran out, messages of other servers.
const INTERVAL: Duration = Duration::from_secs(5);
/// How long a server that stops waits for messages on their way. The leases of the others run out,
/// and they are sent again.
const DRAIN_MAX: Duration = Duration::from_secs(5);

/// Sends the messages of one lane until the server stops.
pub async fn work(app: Arc<App>, lane: Lane, mut shutdown: Shutdown) {
    let mut flights = JoinSet::new();
    loop {
        fill(&app, lane, &mut flights).await;
        tokio::select! {
            () = shutdown.reached(Phase::Draining) => break,
            Some(ended) = flights.join_next(), if !flights.is_empty() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "an attempt to send a message ended badly");
                }
            }
            () = app.post.carrier(lane).waiting.notified() => {}
            () = tokio::time::sleep(INTERVAL) => {}
        }
    }
    let landed = async { while flights.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN_MAX, landed).await.is_err() {
        tracing::warn!("messages that are on their way may be sent again after the next start");
    }
}

async fn fill(app: &Arc<App>, lane: Lane, flights: &mut JoinSet<()>) {
    let free = IN_FLIGHT_MAX.saturating_sub(flights.len());
    if free == 0 {
        return;
    }
    if app.post.carrier(lane).wait == Wait::ForDelivery {
        // In turn with requests, whose messages must not be taken from under them.
        if let Err(error) = app.post.deliver(app.desk(), &[lane]).await {
            tracing::error!(%error, "messages could not be taken from the outbox");
        }
        return;
    }
    let limit = i64::try_from(free).unwrap_or(1);
    let taken = match take(app.desk(), &[lane], limit).await {
        Ok(taken) => taken,
        Err(error) => {
            tracing::error!(%error, "messages could not be taken from the outbox");
            return;
        }
    };
    for taken in taken {
        let app = Arc::clone(app);
        flights.spawn(async move {
            if let Err(error) = app.post.attempt(app.desk(), &taken).await {
                tracing::error!(%error, "what became of a message could not be noted");
            }
        });
    }
}
