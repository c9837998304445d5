//! Whoever has seen a number of a scope has seen all below it (I7), with eight writers and rollbacks; and the proof that these
//! tests would see the fault that a database sequence brings.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use server::Result;
use server::db::{Db, Tx, ops, scopes};
use server::error::Error;

use crate::device::{Device, id};
use crate::on_both_storages;
use crate::world::{MUONG_BI_UNIT, World};

on_both_storages!(eight_writers_and_rollbacks_leave_no_gap_for_a_puller);

async fn eight_writers_and_rollbacks_leave_no_gap_for_a_puller(world: World) {
    const ROUNDS: u8 = 12;
    let mut devices = Vec::new();
    for seed in 1..=8 {
        devices.push(Device::enrolled(&world, seed).await);
    }
    let world = Arc::new(world);
    let mut writers = tokio::task::JoinSet::new();
    for mut device in devices {
        let world = Arc::clone(&world);
        writers.spawn(async move {
            for round in 0..ROUNDS {
                let mut rid = id(round + 1);
                rid.0[15] = u8::try_from(device.dno).unwrap();
                let op = device.create_household(rid, "MB");
                let batch = device.seal(&[op]);
                device.call(&world, vec![batch]).await.unwrap();
                let rolled_back = world.province.db.write(|tx| {
                    scopes::take_numbers(tx, MUONG_BI_UNIT, 3)?;
                    Err::<(), _>(Error::Unexpected("rolled back"))
                });
                assert!(rolled_back.await.is_err());
            }
        });
    }
    let (done, db) = (Arc::new(AtomicBool::new(false)), world.province.db.clone());
    let puller = tokio::spawn(pull_until(db, Arc::clone(&done)));
    while let Some(writer) = writers.join_next().await {
        writer.unwrap();
    }
    done.store(true, Ordering::SeqCst);
    assert_eq!(puller.await.unwrap(), 8 * u64::from(ROUNDS), "every op was seen, none late");
}

/// Pulls as fast as it can; each look must go on exactly where the last ended and reach the scope's own number.
async fn pull_until(db: Db, done: Arc<AtomicBool>) -> u64 {
    let mut cursor = 0;
    loop {
        let last_look = done.load(Ordering::SeqCst);
        let (seen, seq) = db
            .read(move |tx| {
                let seq = scopes::find(tx, MUONG_BI_UNIT)?.map_or(0, |scope| scope.seq);
                Ok((ops::list_after(tx, MUONG_BI_UNIT, cursor, 100_000)?, seq))
            })
            .await
            .unwrap();
        for entry in seen {
            assert_eq!(entry.seq, cursor + 1, "no gap and no late arrival");
            cursor = entry.seq;
        }
        assert_eq!(cursor, seq, "the number and the log are of one moment");
        if last_look {
            return cursor;
        }
    }
}

/// How a feed numbers its rows.
#[derive(Clone, Copy)]
enum Numbering {
    CounterRow,
    DatabaseSequence,
}

fn append(tx: &mut dyn Tx, numbering: Numbering) -> Result<()> {
    match numbering {
        Numbering::CounterRow => tx.execute(
            "WITH next AS (UPDATE feed_counter SET n = n + 1 RETURNING n) INSERT INTO feed(n) SELECT n FROM next",
            &[],
        )?,
        Numbering::DatabaseSequence => tx.execute("INSERT INTO feed(n) SELECT nextval('feed_sequence')", &[])?,
    };
    Ok(())
}

/// The first writer takes its number and commits late; the second comes in between. Answers what a puller saw and what stands.
async fn seen_and_stored(db: &Db, numbering: Numbering) -> (Vec<i64>, i64) {
    for sql in ["CREATE TABLE feed(n bigint)", "CREATE TABLE feed_counter(n bigint)", "CREATE SEQUENCE feed_sequence"] {
        db.write(move |tx| tx.execute(sql, &[])).await.unwrap();
    }
    db.write(|tx| tx.execute("INSERT INTO feed_counter(n) VALUES (0)", &[])).await.unwrap();
    let (taken, has_taken) = mpsc::channel();
    let (release, wait) = mpsc::channel::<()>();
    let (taken, wait) = (Mutex::new(taken), Mutex::new(wait));
    let late = db.clone();
    let first = tokio::spawn(async move {
        late.write(move |tx| {
            append(tx, numbering)?;
            taken.lock().unwrap().send(()).unwrap();
            wait.lock().unwrap().recv().unwrap();
            Ok(())
        })
        .await
    });
    tokio::task::spawn_blocking(move || has_taken.recv().unwrap()).await.unwrap();
    let between = db.clone();
    let second = tokio::spawn(async move { between.write(move |tx| append(tx, numbering)).await });
    while !second.is_finished() && !somebody_waits_for_a_lock(db).await {}

    let mut seen = Vec::new();
    look(db, &mut seen).await;
    release.send(()).unwrap();
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    look(db, &mut seen).await;
    let stored = db.read(|tx| tx.get("SELECT count(*) FROM feed", &[])?.int(0)).await.unwrap();
    (seen, stored)
}

async fn somebody_waits_for_a_lock(db: &Db) -> bool {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    db.read(move |tx| tx.get(sql, &[])?.int(0)).await.unwrap() > 0
}

async fn look(db: &Db, seen: &mut Vec<i64>) {
    let cursor = seen.last().copied().unwrap_or(0);
    let rows = db.read(move |tx| tx.query("SELECT n FROM feed WHERE n > $1 ORDER BY n", &[cursor.into()])).await.unwrap();
    seen.extend(rows.iter().map(|row| row.int(0).unwrap()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_row_shows_numbers_in_the_order_of_commits() {
    let world = World::postgresql().await;
    assert_eq!(seen_and_stored(&world.province.db, Numbering::CounterRow).await, (vec![1, 2], 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_sequence_loses_a_late_commit_so_these_tests_see_the_fault() {
    let world = World::postgresql().await;
    assert_eq!(seen_and_stored(&world.province.db, Numbering::DatabaseSequence).await, (vec![2], 2));
}
