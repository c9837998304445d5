//! Logs hold nothing that identifies a person, whatever happens.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use server::admin::{AdminCommand, HouseholdCommand};
use server::logging;

use crate::device::{Device, PERSON, id, text, write};
use crate::world::World;

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One subscriber for the whole process: this test's own lines are among those of all others, which hold no names either.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_carry_no_personal_data() {
    let captured = Captured::default();
    let writer = captured.clone();
    tracing::subscriber::set_global_default(logging::subscriber(move || writer.clone(), "trace")).unwrap();
    for world in [World::embedded().await, World::postgresql().await] {
        let mut device = Device::enrolled(&world, 1).await;
        let person =
            device.save(PERSON, id(2), None, vec![write(16, text("Logged Nowhere"), &[]), write(21, text("017090000999"), &[])]);
        let household = device.create_household(id(1), "LOG-CODE-1");
        let batch = device.seal(&[person, household]);
        device.call(&world, vec![batch.clone()]).await.unwrap();
        device.call(&world, vec![batch[1..].to_vec()]).await.unwrap_err();
        world.post("/v1/Logged-Nowhere?who=017090000999", Some("HS1 LOG-CODE-1"), b"Logged Nowhere").await;
        world.admin(AdminCommand::Household(HouseholdCommand::Find { text: "Logged Nowhere".to_owned() })).await;
        // A database error quotes the row that it fails on: provoke one, and let the handler report it.
        world.province.db.write(|tx| tx.execute("DELETE FROM epoch", &[])).await.unwrap();
        world.province.db.write(|tx| tx.execute("DROP TABLE person_line", &[])).await.unwrap();
        let person = device.save(PERSON, id(3), None, vec![write(16, text("Logged Nowhere"), &[])]);
        let batch = device.seal(&[person]);
        assert_eq!(device.call(&world, vec![batch]).await.unwrap_err().0, 500);
        world.running.stop().await.unwrap();
    }
    let logged = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("\"incident\""), "the error is in the log, by number");
    assert!(logged.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "one JSON object a line");
    for word in ["Logged", "Nowhere", "017090000999", "LOG-CODE", "person_line"] {
        assert!(!logged.contains(word), "{word} stands in the log");
    }
}
