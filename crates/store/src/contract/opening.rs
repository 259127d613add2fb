//! Opening a database that is there already.

use poolhouse_domain::crypto::{KEY_BYTES, Sealer};
use poolhouse_domain::secret::Secret;

use super::bed::{Bed, NOW, nonces, sealer};
use super::engine::pools;
use crate::{Db, DbConfig};

pub(super) async fn opening_again_changes_nothing(bed: Bed) {
    bed.with_users(&["alice"]).await;
    if bed.config != DbConfig::SqliteMemory {
        let again = Db::open(bed.config.clone(), sealer(), nonces()).await.unwrap();
        assert_eq!(pools(&again).await, 1);
        // One that was sealed under another key is refused, and stays usable under its own.
        let other = Sealer::new(Secret::new([8; KEY_BYTES]));
        let refused = Db::open(bed.config.clone(), other, nonces()).await.unwrap_err();
        assert!(refused.to_string().contains("master key does not fit"), "{refused}");
        Db::open(bed.config.clone(), sealer(), nonces()).await.unwrap();
        // A database of a newer program is left alone.
        const NEWER: &str = "INSERT INTO migration (version, name, checksum) VALUES (99, 'x', 'x')";
        bed.db.write(NOW, async |mut tx| Ok(tx.execute(NEWER, &[]).await?)).await.unwrap();
        let refused = Db::open(bed.config.clone(), sealer(), nonces()).await.unwrap_err();
        assert!(refused.to_string().contains("newer than this program"), "{refused}");
    }
}
