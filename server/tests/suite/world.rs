//! A province for one scenario: its storage, a clock that stands still, a real server, and a small HTTP client.

use std::net::SocketAddr;
use std::sync::Arc;

use server::Province;
use server::admin::{self, AdminCommand, CodeCommand, CommuneCommand};
use server::clock::MovableClock;
use server::config::ListenConfig;
use server::db::{Db, Embedded, Postgres};
use server::key_file::KeyFile;
use server::serve::{self, Running};
use sync::enrolment::{EnrolAnswer, EnrolRequest, EnrolmentCode};
use sync::wire::{ENROL_PATH, Refusal};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// 2026-11-23 01:00 UTC.
pub const NOW_MS: u64 = 1_795_395_600_000;
/// Xã Mường Bi.
pub const MUONG_BI: &str = "05158";
pub const MUONG_BI_UNIT: u32 = 51_582;

pub struct World {
    pub folder: TempDir,
    pub province: Arc<Province>,
    pub clock: MovableClock,
    pub running: Running,
}

impl World {
    pub async fn embedded() -> World {
        let folder = tempfile::tempdir().unwrap();
        let key = KeyFile::open_or_make(&folder.path().join("key")).unwrap();
        let db = Db::new(Embedded::open(&folder.path().join("province.db"), &key).unwrap());
        World::on(folder, &key, db).await
    }

    pub async fn postgresql() -> World {
        let folder = tempfile::tempdir().unwrap();
        let key = KeyFile::open_or_make(&folder.path().join("key")).unwrap();
        let config = super::cluster::fresh_database().await;
        let db = Db::new(Postgres::new(config, 12).unwrap());
        World::on(folder, &key, db).await
    }

    async fn on(folder: TempDir, key: &KeyFile, db: Db) -> World {
        let clock = MovableClock::at(NOW_MS);
        let recovery = folder.path().join("recovery-key");
        let province = Province::assemble(key, db, Arc::new(clock.clone()), &recovery).await.unwrap();
        let running = serve::start(Arc::clone(&province), &ListenConfig::loopback()).unwrap();
        let world = World { folder, province, clock, running };
        world.add_commune(MUONG_BI).await;
        world
    }

    /// The province of another folder in the place of this one, under the same clock.
    pub async fn opened_again(world: World, folder: &std::path::Path) -> World {
        let World { folder: kept, running, clock, .. } = world;
        running.stop().await.unwrap();
        let data = server::config::DataConfig::embedded(folder);
        let province = Province::open_with(&data, Arc::new(clock.clone()), None).await.unwrap();
        let running = serve::start(Arc::clone(&province), &ListenConfig::loopback()).unwrap();
        World { folder: kept, province, clock, running }
    }

    pub async fn admin(&self, command: AdminCommand) -> serde_json::Value {
        admin::execute(&self.province, command).await.unwrap().json
    }

    pub async fn add_commune(&self, code: &str) -> u32 {
        let added = self.admin(AdminCommand::Commune(CommuneCommand::Add { code: code.to_owned() })).await;
        u32::try_from(added["unit"].as_u64().unwrap()).unwrap()
    }

    pub async fn new_code(&self, commune: &str) -> EnrolmentCode {
        let command = CodeCommand::New { commune: commune.to_owned(), name: "may 1".to_owned() };
        let made = self.admin(AdminCommand::Code(command)).await;
        EnrolmentCode::read(made["code"].as_str().unwrap()).unwrap()
    }

    pub async fn post_enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, (u16, Refusal)> {
        let (status, body) = self.post(ENROL_PATH, None, &request.encode()).await;
        if status == 200 { Ok(EnrolAnswer::decode(&body).unwrap()) } else { Err((status, Refusal::decode(&body).unwrap())) }
    }

    pub async fn post(&self, path: &str, authorization: Option<&str>, body: &[u8]) -> (u16, Vec<u8>) {
        let mut head =
            format!("POST {path} HTTP/1.1\r\nHost: province\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
        if let Some(value) = authorization {
            head.push_str(&format!("Authorization: {value}\r\n"));
        }
        let answer = exchange(self.running.address(), &[head.as_bytes(), b"\r\n", body].concat()).await;
        (answer.status, answer.body)
    }
}

pub struct HttpAnswer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Sends a request and reads the answer to its end.
pub async fn exchange(address: SocketAddr, request: &[u8]) -> HttpAnswer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    parse(&answer)
}

pub fn parse(answer: &[u8]) -> HttpAnswer {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    assert!(!head.to_lowercase().contains("transfer-encoding"), "answers have a length");
    HttpAnswer { status, body: answer[end + 4..].to_vec() }
}
