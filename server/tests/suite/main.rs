//! The province, served for real: axum on port 0, one suite on both storages (a throw-away PostgreSQL cluster, an embedded file).

#![allow(clippy::unwrap_used, missing_docs, reason = "a test says by a panic what failed")]

mod cluster;
mod device;
mod enrolling;
mod finding;
mod logs;
mod policies;
mod pushing;
mod restored;
mod sealed;
mod sequence;
mod serving;
mod world;

/// Declares each scenario once and runs it on both storages.
macro_rules! on_both_storages {
    ($($scenario:ident),+ $(,)?) => {
        mod embedded {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                super::$scenario(crate::world::World::embedded().await).await;
            })+
        }
        mod postgresql {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                super::$scenario(crate::world::World::postgresql().await).await;
            })+
        }
    };
}
pub(crate) use on_both_storages;
