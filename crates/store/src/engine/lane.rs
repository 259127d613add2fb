//! SQLite's one writer, and the commit that many writes share.
//!
//! The promise is that an acknowledged write is on disk. A write runs on its caller's task, inside
//! a savepoint of the transaction that is open on the one writer connection. When it is done and
//! others wait, it hands the connection on and waits; the last of the batch has the transaction
//! committed on a thread of its own, so that the fsync holds up no other task, and that one fsync
//! answers the whole batch. No timer takes part: a lone write is committed at once.
//!
//! A write that is dropped half-way takes back its own savepoint and nothing else.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, mpsc};

use rusqlite::Connection;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::sqlite::{finished, is_io, roll_back, step};
use crate::sql::{DbError, Overloaded};

/// Writers that may wait for their turn; one more is turned away.
pub(crate) const WRITERS_WAITING_MAX: usize = 256;
/// Writes that may share one commit.
const BATCH_WRITES_MAX: usize = 64;

/// What the one fsync of a batch tells each of its writes.
type Outcome = Result<(), Arc<str>>;
/// The writer connection and the writes that wait for its commit.
#[derive(Debug)]
struct Lane {
    conn: Connection,
    batch: Vec<oneshot::Sender<Outcome>>,
    /// Why nothing more may be written: after a failed fsync the kernel may have dropped the pages
    /// and a later fsync would lie.
    broken: Arc<OnceLock<Arc<str>>>,
}

/// The lane as all connections of one database share it.
#[derive(Debug)]
pub(crate) struct Shared {
    lane: Arc<Mutex<Lane>>,
    broken: Arc<OnceLock<Arc<str>>>,
    waiting: AtomicUsize,
    /// Where a batch goes to be committed; none for a database in memory, which has no fsync.
    committer: Option<mpsc::Sender<OwnedMutexGuard<Lane>>>,
    #[cfg(test)]
    commits: AtomicUsize,
}

impl Shared {
    /// Takes the writer connection over. `file` says that there is an fsync to wait for.
    pub(super) fn new(conn: Connection, file: bool) -> Result<Self, DbError> {
        let broken = Arc::<OnceLock<_>>::default();
        let lane = Lane { conn, batch: Vec::new(), broken: Arc::clone(&broken) };
        Ok(Self {
            lane: Arc::new(Mutex::new(lane)),
            broken,
            waiting: AtomicUsize::new(0),
            committer: if file { Some(start_committer()?) } else { None },
            #[cfg(test)]
            commits: AtomicUsize::new(0),
        })
    }

    /// Whether writes are still taken.
    pub(super) fn health(&self) -> Result<(), DbError> {
        self.broken.get().map_or(Ok(()), |why| {
            Err(DbError::other(format!("no writing until the server is started again: {why}")))
        })
    }

    #[cfg(test)]
    pub(crate) fn commits(&self) -> usize {
        self.commits.load(Ordering::SeqCst)
    }

    #[cfg(test)]
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }
}

/// A place in the writers' queue. Dropping it, in turn or by cancellation, must never leave a
/// batch behind that nobody commits.
struct Turn<'a>(&'a Arc<Shared>);

impl<'a> Turn<'a> {
    fn wait(shared: &'a Arc<Shared>) -> Result<Self, DbError> {
        let before = shared.waiting.fetch_add(1, Ordering::SeqCst);
        let turn = Self(shared);
        if before >= WRITERS_WAITING_MAX {
            return Err(DbError::other(Overloaded));
        }
        Ok(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.0.waiting.fetch_sub(1, Ordering::SeqCst) == 1 {
            commit_if_idle(self.0);
        }
    }
}

/// Hands the writer on: commits when the batch is full or nobody is left to fill it.
fn release(shared: &Arc<Shared>, guard: OwnedMutexGuard<Lane>) {
    if guard.batch.is_empty() {
        if !guard.conn.is_autocommit() {
            let _ = step(&guard.conn, "ROLLBACK");
        }
        drop(guard);
        return;
    }
    let bound = if shared.committer.is_some() { BATCH_WRITES_MAX } else { 1 };
    if guard.batch.len() >= bound || shared.waiting.load(Ordering::SeqCst) == 0 {
        send_to_commit(shared, guard);
        return;
    }
    drop(guard);
    // Those who waited a moment ago may have given up before they could see the lane free.
    if shared.waiting.load(Ordering::SeqCst) == 0 {
        commit_if_idle(shared);
    }
}

/// Commits what is left open, unless someone holds the writer, who will see to it then.
fn commit_if_idle(shared: &Arc<Shared>) {
    if let Ok(guard) = Arc::clone(&shared.lane).try_lock_owned()
        && !guard.batch.is_empty()
    {
        send_to_commit(shared, guard);
    }
}

fn send_to_commit(shared: &Shared, guard: OwnedMutexGuard<Lane>) {
    #[cfg(test)]
    shared.commits.fetch_add(1, Ordering::SeqCst);
    match &shared.committer {
        None => commit(guard),
        Some(committer) => {
            // The thread outlives every sender; should it be gone, the work is still done.
            if let Err(mpsc::SendError(guard)) = committer.send(guard) {
                commit(guard);
            }
        }
    }
}

fn commit(mut guard: OwnedMutexGuard<Lane>) {
    let outcome = match step(&guard.conn, "COMMIT") {
        Ok(()) => Ok(()),
        Err(error) => {
            let text: Arc<str> = format!("commit failed: {error}").into();
            if !guard.conn.is_autocommit() {
                let _ = step(&guard.conn, "ROLLBACK");
            }
            if is_io(&error) {
                // Only the first reason counts.
                let _ = guard.broken.set(Arc::clone(&text));
            }
            Err(text)
        }
    };
    let batch = std::mem::take(&mut guard.batch);
    drop(guard);
    for write in batch {
        // A write that was dropped while it waited does not hear that it is on disk.
        let _ = write.send(outcome.clone());
    }
}

fn start_committer() -> Result<mpsc::Sender<OwnedMutexGuard<Lane>>, DbError> {
    let (sender, receiver) = mpsc::channel::<OwnedMutexGuard<Lane>>();
    let run = move || receiver.into_iter().for_each(commit);
    std::thread::Builder::new().name("store-commit".into()).spawn(run).map_err(DbError::other)?;
    Ok(sender)
}

/// One transaction's hold on the writer.
#[derive(Debug)]
pub(super) struct Writer {
    guard: Option<OwnedMutexGuard<Lane>>,
    shared: Arc<Shared>,
    savepoint: bool,
    /// The engine rolled the whole transaction back (a full disk does that): nothing more may run,
    /// or it would run outside any transaction.
    lost: bool,
}

impl Writer {
    /// Waits for the writer's turn and begins a savepoint.
    pub(super) async fn begin(shared: &Arc<Shared>) -> Result<Self, DbError> {
        let turn = Turn::wait(shared)?;
        let guard = Some(Arc::clone(&shared.lane).lock_owned().await);
        drop(turn);
        // From here on dropping it gives the lane on.
        let mut writer = Self { guard, shared: Arc::clone(shared), savepoint: false, lost: false };
        shared.health()?;
        let conn = writer.conn()?;
        if conn.is_autocommit() {
            step(conn, "BEGIN IMMEDIATE")?;
        }
        step(conn, "SAVEPOINT one_write")?;
        writer.savepoint = true;
        Ok(writer)
    }

    pub(super) fn conn(&self) -> Result<&Connection, DbError> {
        if self.lost {
            return Err(finished());
        }
        self.guard.as_ref().map(|lane| &lane.conn).ok_or_else(finished)
    }

    /// After a refused statement: has the engine thrown the transaction away?
    pub(super) fn look_for_loss(&mut self) {
        let Some(lane) = self.guard.as_mut() else { return };
        if self.savepoint && lane.conn.is_autocommit() {
            self.savepoint = false;
            self.lost = true;
            for write in lane.batch.drain(..) {
                let _ = write.send(Err("the transaction was rolled back by the engine".into()));
            }
        }
    }

    /// Ends this write's savepoint and gives the writer on. What is returned tells when the batch
    /// is on disk; a refused write has to wait too when it may have read what is not yet.
    pub(super) fn end(&mut self, keep: bool) -> Result<Option<Committed>, DbError> {
        let Some(mut guard) = self.guard.take() else { return Err(finished()) };
        if self.lost {
            release(&self.shared, guard);
            return if keep { Err(finished()) } else { Ok(None) };
        }
        let ended = match (self.savepoint, keep) {
            (true, true) => step(&guard.conn, "RELEASE one_write").inspect_err(|_| {
                let _ = roll_back(&guard.conn);
            }),
            (true, false) => roll_back(&guard.conn),
            (false, _) => Ok(()),
        };
        self.savepoint = false;
        let waits = ended.is_ok() && (keep || !guard.batch.is_empty());
        let receiver = waits.then(|| {
            let (sender, receiver) = oneshot::channel();
            guard.batch.push(sender);
            Committed(receiver)
        });
        release(&self.shared, guard);
        ended?;
        Ok(receiver)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(guard) = self.guard.take() {
            if self.savepoint {
                let _ = roll_back(&guard.conn);
            }
            release(&self.shared, guard);
        }
    }
}

/// The answer that a batch is waiting for.
pub(super) struct Committed(oneshot::Receiver<Outcome>);

impl Committed {
    /// Waits until the batch is on disk, or is not going to be.
    pub(super) async fn heard(self) -> Result<(), DbError> {
        match self.0.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(why)) => Err(DbError::other(why.to_string())),
            Err(_) => Err(DbError::other("the commit was never answered")),
        }
    }
}
