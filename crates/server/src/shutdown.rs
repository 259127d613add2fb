//! How the server is told to stop, and how its parts learn of it.
//!
//! There are two steps. *Draining*: take no new work, finish what is in flight. *Now*: drop
//! everything. The first SIGTERM or SIGINT starts the first step, a second one the second. What each
//! part does at a step is its own affair.

use std::convert::Infallible;
use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// How far a shutdown has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// No shutdown.
    Running,
    /// Finish what is in flight, begin nothing.
    Draining,
    /// Drop everything.
    Now,
}

/// The end that starts a shutdown.
#[derive(Debug)]
pub struct Trigger(watch::Sender<Phase>);

/// The end that waits for a shutdown; every part of the server has its own clone.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Receiver<Phase>);

/// A trigger and the listening end that belongs to it.
pub fn channel() -> (Trigger, Shutdown) {
    let (sender, receiver) = watch::channel(Phase::Running);
    (Trigger(sender), Shutdown(receiver))
}

impl Trigger {
    /// Goes to the next phase: running → draining → now.
    pub fn advance(&self) -> Phase {
        self.0.send_modify(|phase| {
            *phase = match *phase {
                Phase::Running => Phase::Draining,
                Phase::Draining | Phase::Now => Phase::Now,
            };
        });
        *self.0.borrow()
    }
}

impl Shutdown {
    /// The phase at this moment.
    pub fn phase(&self) -> Phase {
        *self.0.borrow()
    }

    /// Waits until the shutdown has come to `phase` or beyond. A dropped trigger counts as `Now`.
    pub async fn reached(&mut self, phase: Phase) {
        // The error means that the trigger is gone, which is as final as it gets.
        let _gone = self.0.wait_for(|current| *current >= phase).await;
    }
}

/// The signals that stop a server. From the moment this exists they are kept for it, instead of
/// killing the process.
#[derive(Debug)]
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Takes over SIGTERM and SIGINT; before the server says that it is there.
    ///
    /// # Errors
    /// The system refuses.
    pub fn take_over() -> io::Result<Self> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Turns signals into phases, for ever: the caller races it against the server's own end.
    pub async fn follow(mut self, trigger: &Trigger) -> Infallible {
        loop {
            let name = tokio::select! {
                _ = self.terminate.recv() => "SIGTERM",
                _ = self.interrupt.recv() => "SIGINT",
            };
            let phase = trigger.advance();
            tracing::info!(signal = name, ?phase, "stopping");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn phases_only_go_forward() {
        let (trigger, mut shutdown) = channel();
        assert_eq!(shutdown.phase(), Phase::Running);
        assert_eq!(trigger.advance(), Phase::Draining);
        shutdown.reached(Phase::Draining).await;
        assert_eq!(trigger.advance(), Phase::Now);
        assert_eq!(trigger.advance(), Phase::Now);
        // Now is beyond draining, so whoever waits for draining goes on.
        shutdown.reached(Phase::Draining).await;
        shutdown.reached(Phase::Now).await;
    }

    #[tokio::test]
    async fn a_lost_trigger_stops_the_server() {
        let (trigger, mut shutdown) = channel();
        drop(trigger);
        shutdown.reached(Phase::Now).await;
    }
}
