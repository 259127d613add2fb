//! The stopwatch of one connection: what the client owes us now, and until when.
//!
//! hyper's own header timer also runs while a connection rests between two requests, and does not
//! run at all before it knows the protocol version; this one covers a connection from accept to
//! close. The socket reports bytes, the service reports requests, and [`Stopwatch::overdue`] ends
//! when the client is late. It never looks at what the bytes say.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::Version;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// What a connection was late with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// Request headers began (or the connection opened) and did not end in time.
    Headers,
    /// No request came, or the last response was not read.
    Idle,
}

/// What the client owes us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    /// The headers of a request.
    Headers { until: Instant },
    /// A request, or its silence, or the reading of a response.
    Idle { until: Instant },
    /// Nothing: it is our turn (a body has its own timer).
    Nothing,
}

/// Whether a deadline has come nearer than it was, so that whoever sleeps must look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deadline {
    Sooner,
    Later,
}

struct State {
    waiting: Waiting,
    /// Requests between the end of their headers and their response.
    active: usize,
    /// HTTP/2 mixes control frames into the stream: bytes are no sign of a request.
    multiplexed: bool,
    /// When the task will look at the deadline next unless the bell rings.
    asleep_until: Instant,
    header_timeout: Duration,
    idle_timeout: Duration,
}

impl State {
    fn new(header_timeout: Duration, idle_timeout: Duration, now: Instant) -> Self {
        let until = now + header_timeout;
        State {
            waiting: Waiting::Headers { until },
            active: 0,
            multiplexed: false,
            asleep_until: until,
            header_timeout,
            idle_timeout,
        }
    }

    fn bytes_read(&mut self, now: Instant) -> Deadline {
        match self.waiting {
            Waiting::Idle { .. } if !self.multiplexed => {
                let until = now + self.header_timeout;
                self.waiting = Waiting::Headers { until };
                self.compare(until)
            }
            Waiting::Idle { .. } | Waiting::Headers { .. } | Waiting::Nothing => Deadline::Later,
        }
    }

    fn request_begins(&mut self, multiplexed: bool) {
        self.active += 1;
        self.multiplexed = multiplexed;
        self.waiting = Waiting::Nothing;
    }

    fn request_ends(&mut self, now: Instant) -> Deadline {
        self.active = self.active.saturating_sub(1);
        if self.active > 0 {
            return Deadline::Later;
        }
        let until = now + self.idle_timeout;
        self.waiting = Waiting::Idle { until };
        self.compare(until)
    }

    fn compare(&self, until: Instant) -> Deadline {
        if until < self.asleep_until { Deadline::Sooner } else { Deadline::Later }
    }

    fn late(&self, now: Instant) -> Option<Late> {
        match self.waiting {
            Waiting::Headers { until } if now >= until => Some(Late::Headers),
            Waiting::Idle { until } if now >= until => Some(Late::Idle),
            Waiting::Headers { .. } | Waiting::Idle { .. } | Waiting::Nothing => None,
        }
    }

    /// Until when to sleep. A deadline that moves further away rings no bell, so this may turn out
    /// to be early.
    fn sleep(&mut self, now: Instant) -> Instant {
        self.asleep_until = match self.waiting {
            Waiting::Headers { until } | Waiting::Idle { until } => until,
            Waiting::Nothing => now + self.idle_timeout,
        };
        self.asleep_until
    }
}

/// The stopwatch. One per connection, shared by its socket, its service and its task.
pub struct Stopwatch {
    state: Mutex<State>,
    /// Rung when the deadline comes nearer than it was.
    sooner: Notify,
}

impl Stopwatch {
    /// A stopwatch for a connection that has just been accepted.
    pub fn start(header_timeout: Duration, idle_timeout: Duration) -> Self {
        let state = State::new(header_timeout, idle_timeout, Instant::now());
        Stopwatch { state: Mutex::new(state), sooner: Notify::new() }
    }

    /// Bytes have come from the client.
    pub fn bytes_read(&self) {
        let deadline = self.lock().bytes_read(Instant::now());
        self.ring(deadline);
    }

    fn ring(&self, deadline: Deadline) {
        if deadline == Deadline::Sooner {
            self.sooner.notify_one();
        }
    }

    /// The headers of a request are complete; the returned guard ends with the response.
    pub fn request_begins(&self, version: Version) -> ActiveRequest<'_> {
        self.lock().request_begins(version >= Version::HTTP_2);
        ActiveRequest(self)
    }

    /// Ends when the client is late; says with what.
    pub async fn overdue(&self) -> Late {
        loop {
            let now = Instant::now();
            let (late, until) = {
                let mut state = self.lock();
                (state.late(now), state.sleep(now))
            };
            if let Some(late) = late {
                return late;
            }
            tokio::select! {
                () = sleep_until(until) => {}
                () = self.sooner.notified() => {}
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request in flight on a connection.
pub struct ActiveRequest<'a>(&'a Stopwatch);

impl Drop for ActiveRequest<'_> {
    fn drop(&mut self) {
        let deadline = self.0.lock().request_ends(Instant::now());
        self.0.ring(deadline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADERS: Duration = Duration::from_secs(10);
    const IDLE: Duration = Duration::from_secs(75);

    fn state() -> (State, Instant) {
        let now = Instant::now();
        (State::new(HEADERS, IDLE, now), now)
    }

    #[test]
    fn a_new_connection_owes_headers() {
        let (mut state, start) = state();
        assert_eq!(state.late(start + HEADERS / 2), None);
        // One byte a second gains no time.
        assert_eq!(state.bytes_read(start + HEADERS / 2), Deadline::Later);
        assert_eq!(state.late(start + HEADERS), Some(Late::Headers));
        assert_eq!(state.sleep(start), start + HEADERS);
    }

    #[test]
    fn a_request_in_flight_is_never_late() {
        let (mut state, start) = state();
        state.request_begins(false);
        assert_eq!(state.late(start + IDLE * 10), None);
        assert_eq!(state.bytes_read(start), Deadline::Later);
        assert_eq!(state.late(start + IDLE * 10), None);
    }

    #[test]
    fn between_requests_a_client_may_rest_until_it_begins_the_next() {
        let (mut state, start) = state();
        state.request_begins(false);
        state.request_ends(start);
        assert_eq!(state.late(start + HEADERS * 2), None);
        assert_eq!(state.late(start + IDLE), Some(Late::Idle));
        assert_eq!(state.sleep(start), start + IDLE);
        let begun = start + IDLE / 2;
        assert_eq!(state.bytes_read(begun), Deadline::Sooner);
        assert_eq!(state.late(begun + HEADERS), Some(Late::Headers));
    }

    #[test]
    fn a_deadline_that_comes_nearer_wakes_the_sleeper() {
        let start = Instant::now();
        // The sleeper waits for the headers, but the rest after the request is shorter.
        let mut state = State::new(IDLE, HEADERS, start);
        assert_eq!(state.sleep(start), start + IDLE);
        state.request_begins(false);
        assert_eq!(state.request_ends(start), Deadline::Sooner);
        assert_eq!(state.sleep(start), start + HEADERS);
        state.request_begins(false);
        assert_eq!(state.request_ends(start), Deadline::Later);
    }

    #[test]
    fn control_frames_are_no_request() {
        let (mut state, start) = state();
        state.request_begins(true);
        state.request_begins(true);
        state.request_ends(start);
        assert_eq!(state.late(start + IDLE), None, "one is still in flight");
        state.request_ends(start);
        assert_eq!(state.bytes_read(start), Deadline::Later);
        assert_eq!(state.late(start + HEADERS), None);
        assert_eq!(state.late(start + IDLE), Some(Late::Idle), "pings gain no time");
    }
}
