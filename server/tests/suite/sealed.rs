//! What must not be readable in the database is not, on either storage, and devices get it all the same.

use server::authority::Authority;
use server::db::{Tx, Value};
use server::error::Error;
use server::key_file::KeyFile;

use crate::device::{Device, HOUSEHOLD, RESTRICTED, id, text, write};
use crate::on_both_storages;
use crate::world::{MUONG_BI_UNIT, World};

on_both_storages!(
    restricted_values_and_batches_are_not_readable_in_the_rows,
    a_key_file_of_another_province_is_refused,
    migrating_again_changes_nothing,
    servers_that_start_together_make_one_authority,
);

const SECRET: &str = "restricted-value-7419";
const PLAIN: &str = "MB-PLAIN-1";

async fn restricted_values_and_batches_are_not_readable_in_the_rows(world: World) {
    let mut one = Device::enrolled(&world, 1).await;
    let mut two = Device::enrolled(&world, 2).await;
    let person = one.save(2, id(2), None, vec![write(2, Some(sync::value::encode_scope(MUONG_BI_UNIT)), &[])]);
    let health = one.save(RESTRICTED, id(3), Some(id(2)), vec![write(16, text(SECRET), &[])]);
    let household = one.create_household(id(1), PLAIN);
    let batch = one.seal(&[person, health, household]);
    one.call(&world, vec![batch]).await.unwrap();
    // The same record's next op in another commune's hands goes to quarantine: sealed as well.
    let elsewhere = world.add_commune("04792").await;
    let mut stranger = Device::enrolled_in(&world, 3, "04792", elsewhere).await;
    let foreign = stranger.save(RESTRICTED, id(3), Some(id(2)), vec![write(16, text(SECRET), &[])]);
    let other = stranger.save(HOUSEHOLD, id(1), None, vec![write(16, text(PLAIN), &[])]);
    let batch = stranger.seal(&[foreign, other]);
    let brought = stranger.call(&world, vec![batch]).await.unwrap();
    assert_eq!(brought.receipts[0].quarantined.len(), 2);

    let rows = world.province.db.read(everything).await.unwrap();
    let has = |what: &str| rows.windows(what.len()).any(|window| window == what.as_bytes());
    assert!(has(PLAIN), "this test reads what is readable");
    assert!(!has(SECRET), "no row shows a restricted value");
    let batches = world.province.db.read(|tx| column(tx, "SELECT bytes FROM batch")).await.unwrap();
    assert!(!batches.windows(4).any(|four| four == b"HSB1"), "no batch lies there as it came");
    for file in std::fs::read_dir(world.folder.path()).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        for word in [SECRET, PLAIN] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} in {:?}", file.file_name());
        }
    }

    let seen = two.pull_all(&world).await;
    assert_eq!(two.replica[&id(3)].shown(16).unwrap().value, text(SECRET));
    assert_eq!(seen.digests[&MUONG_BI_UNIT].1, two.digest(MUONG_BI_UNIT), "digests are over plain values");
}

fn everything(tx: &mut dyn Tx) -> server::Result<Vec<u8>> {
    let mut all = Vec::new();
    for sql in [
        "SELECT body FROM op",
        "SELECT heads FROM rec",
        "SELECT op FROM quarantine",
        "SELECT receipt FROM batch",
        "SELECT folded FROM person_line",
        "SELECT folded FROM household_line",
        "SELECT code FROM household_line",
    ] {
        all.extend(column(tx, sql)?);
    }
    Ok(all)
}

fn column(tx: &mut dyn Tx, sql: &str) -> server::Result<Vec<u8>> {
    let no_arguments: &[Value] = &[];
    let rows = tx.query(sql, no_arguments)?;
    Ok(rows.iter().flat_map(|row| row.blob(0).unwrap_or_else(|_| row.text(0).unwrap_or_default().into_bytes())).collect())
}

async fn a_key_file_of_another_province_is_refused(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let other = KeyFile::open_or_make(&folder.path().join("key")).unwrap();
    let opened = Authority::open_or_make(&world.province.db, &other, &folder.path().join("recovery-key")).await;
    assert!(matches!(opened, Err(Error::KeyFile(_))), "before anything is written with it");
}

async fn migrating_again_changes_nothing(world: World) {
    let (one, two) = tokio::join!(world.province.db.migrate(), world.province.db.migrate());
    assert_eq!((one.unwrap(), two.unwrap()), (0, 0));
}

async fn servers_that_start_together_make_one_authority(world: World) {
    world.province.db.write(|tx| tx.execute("DELETE FROM setting WHERE k <> 'key_check'", &[])).await.unwrap();
    let key = KeyFile::open(&world.folder.path().join("key")).unwrap();
    let (one, two) = (world.folder.path().join("recovery-1"), world.folder.path().join("recovery-2"));
    let db = &world.province.db;
    let (first, second) = tokio::join!(Authority::open_or_make(db, &key, &one), Authority::open_or_make(db, &key, &two));
    assert_eq!(first.unwrap().ca_certificate, second.unwrap().ca_certificate);
    assert!(one.exists() != two.exists(), "only the recovery key that counts is kept");
}
