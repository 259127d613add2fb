//! A directory for one test, removed when the test has passed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A scratch directory. A failing test leaves it behind and says where it is.
#[derive(Debug)]
pub struct Place(PathBuf);

impl Place {
    /// A new empty directory whose name tells the test.
    #[must_use]
    pub fn new(test: &str) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("poolhouse-e2e-{}-{number}-{test}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Place(path)
    }

    /// A path inside.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("left for inspection: {}", self.0.display());
        } else {
            let _maybe_in_use = std::fs::remove_dir_all(&self.0);
        }
    }
}
