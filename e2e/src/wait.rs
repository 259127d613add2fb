//! Waiting for processes, never for ever.

use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

const STEP: Duration = Duration::from_millis(20);

/// Tries until there is a value or the time is over.
pub(crate) fn until<T>(limit: Duration, mut attempt: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(value) = attempt() {
            return Some(value);
        }
        if start.elapsed() > limit {
            return None;
        }
        std::thread::sleep(STEP);
    }
}

/// How the process ended; `None` when it was still running after `limit`.
pub(crate) fn for_exit(process: &mut Child, limit: Duration) -> Option<ExitStatus> {
    until(limit, || process.try_wait().unwrap())
}
