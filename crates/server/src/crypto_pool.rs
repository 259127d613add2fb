//! Where modular exponentiations and RSA signatures run: off the I/O threads, on as many threads
//! as there are cores, behind a bounded queue that says "slow down" before latency explodes.

use std::sync::Arc;

use poolhouse_domain::error::{Error, Result};
use tokio::sync::Semaphore;

/// Jobs that may wait for a core; beyond that requests are refused as too many.
const WAITING_JOBS_MAX: usize = 512;

/// The pool. Cheap to clone.
#[derive(Clone, Debug)]
pub struct CryptoPool {
    cores: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl CryptoPool {
    /// A pool for this many cores.
    pub fn new(cores: usize) -> Self {
        Self {
            cores: Arc::new(Semaphore::new(cores.max(1))),
            waiting: Arc::new(Semaphore::new(WAITING_JOBS_MAX)),
        }
    }

    /// Runs `job` and waits for its result.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when the queue is full; a fault when the job panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let _place = self.waiting.clone().try_acquire_owned().map_err(|_| Error::Overloaded)?;
        let core = self.cores.clone().acquire_owned().await.map_err(Error::fault)?;
        let job = move || {
            let result = job();
            drop(core);
            result
        };
        tokio::task::spawn_blocking(job).await.map_err(Error::fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_job_runs_and_a_panic_is_a_fault() {
        let pool = CryptoPool::new(2);
        assert_eq!(pool.run(|| 6 * 7).await.unwrap(), 42);
        let broken = pool.run(|| panic!("broken job")).await;
        assert!(matches!(broken, Err(Error::Fault(_))));
        assert_eq!(pool.run(|| 1).await.unwrap(), 1, "the core came back");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_full_queue_refuses_at_once() {
        let pool = CryptoPool::new(1);
        let all = u32::try_from(WAITING_JOBS_MAX).unwrap();
        let held = pool.waiting.clone().acquire_many_owned(all).await.unwrap();
        assert!(matches!(pool.run(|| ()).await, Err(Error::Overloaded)));
        drop(held);
        assert!(pool.run(|| ()).await.is_ok());
    }
}
