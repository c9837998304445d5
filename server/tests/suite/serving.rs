//! The server as a process: TLS under its own authority, health, readiness, a graceful end, and the command line.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};
use server::config::{DataConfig, ListenConfig};
use server::{Province, serve};

use crate::on_both_storages;
use crate::world::{World, exchange, parse};

on_both_storages!(health_is_told_without_a_key, a_running_request_ends_before_the_server_does);

const HEALTH: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: province\r\nConnection: close\r\n\r\n";

async fn health_is_told_without_a_key(world: World) {
    let answer = exchange(world.running.address(), HEALTH).await;
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((answer.status, &body["status"]), (200, &"ok".into()));
    world.province.db.write(|tx| tx.execute("ALTER TABLE scope RENAME TO scope_gone", &[])).await.unwrap();
    assert_eq!(exchange(world.running.address(), HEALTH).await.status, 503);
}

async fn a_running_request_ends_before_the_server_does(world: World) {
    let address = world.running.address();
    let mut open = TcpStream::connect(address).unwrap();
    let (head, rest) = HEALTH.split_at(20);
    open.write_all(head).unwrap();
    // A second request on its own connection proves that the server has accepted the first.
    exchange(address, HEALTH).await;
    let stopping = tokio::spawn(world.running.stop());
    let answer = tokio::task::spawn_blocking(move || {
        open.write_all(rest).unwrap();
        let mut answer = Vec::new();
        open.read_to_end(&mut answer).unwrap();
        answer
    });
    assert_eq!(parse(&answer.await.unwrap()).status, 200, "what was begun is answered");
    stopping.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

/// Speaks TLS to the server, trusting only `roots`.
fn health_over_tls(address: std::net::SocketAddr, name: &str, roots: RootCertStore) -> std::io::Result<Vec<u8>> {
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut connection = ClientConnection::new(Arc::new(config), ServerName::try_from(name.to_owned()).unwrap()).unwrap();
    let mut socket = TcpStream::connect(address)?;
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.write_all(HEALTH)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    assert_eq!(stream.conn.peer_certificates().unwrap().len(), 2, "the authority is in the chain");
    Ok(answer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_pins_the_authority_reaches_the_server_and_no_other() {
    let world = World::embedded().await;
    let running = serve::start(Arc::clone(&world.province), &ListenConfig::loopback_tls("may-chu.example")).unwrap();
    let (address, ca) = (running.address(), world.province.authority.ca_certificate.clone());
    assert_eq!(running.url(), format!("https://may-chu.example:{}", address.port()));
    let other = World::embedded().await;
    let wrong = other.province.authority.ca_certificate.clone();
    let roots = |der: Vec<u8>| {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(der)).unwrap();
        roots
    };
    tokio::task::spawn_blocking(move || {
        let answer = health_over_tls(address, "may-chu.example", roots(ca.clone())).unwrap();
        assert_eq!(parse(&answer).status, 200);
        assert!(health_over_tls(address, "may-chu.example", roots(wrong)).is_err(), "another province's authority is no proof");
        assert!(health_over_tls(address, "other.example", roots(ca)).is_err(), "nor is another name");
    })
    .await
    .unwrap();
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_province_opened_again_has_the_same_authority() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataConfig::embedded(folder.path().join("province"));
    let first = Province::open(&data).await.unwrap();
    let second = Province::open(&data).await.unwrap();
    assert_eq!(first.authority.ca_certificate, second.authority.ca_certificate);
    assert_eq!(first.authority.signing.to_bytes(), second.authority.signing.to_bytes());
    std::fs::remove_file(data.key_path()).unwrap();
    assert!(Province::open(&data).await.is_err(), "without its key file the database does not open");
}

#[tokio::test]
async fn a_backup_made_while_serving_opens_as_the_province() {
    let world = World::embedded().await;
    let restored = world.folder.path().join("restored");
    std::fs::create_dir(&restored).unwrap();
    let to = restored.join("province.db");
    world.admin(server::admin::AdminCommand::Backup { to: to.clone() }).await;
    assert!(world.province.db.backup(to).await.is_err(), "a backup never overwrites a file");
    std::fs::copy(world.folder.path().join("key"), restored.join("key")).unwrap();
    let again = Province::open(&DataConfig::embedded(&restored)).await.unwrap();
    assert_eq!(again.authority.ca_certificate, world.province.authority.ca_certificate);
    assert_eq!(again.db.read(server::db::scopes::list).await.unwrap().len(), 2);
}

#[test]
fn plain_http_is_for_loopback_only() {
    let config = |listen: &str| ListenConfig { listen: listen.parse().unwrap(), ..ListenConfig::loopback() };
    assert!(config("127.0.0.1:0").certificate_name().is_ok());
    assert!(config("0.0.0.0:0").certificate_name().is_err());
    assert!(config("192.168.1.5:0").certificate_name().is_err());
}

#[test]
fn the_program_serves_administers_and_ends_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let (data, ready) = (folder.path().join("province"), folder.path().join("ready.json"));
    let program = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ansinh-server"));
        command.arg("--data").arg(&data).args(arguments).stdin(Stdio::null()).stderr(Stdio::piped()).stdout(Stdio::piped());
        command
    };
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = program(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    };
    assert_eq!(json(&["migrate"])["migrated"], true);
    let mut serving = program(&["serve", "--http-on-loopback", "--listen", "127.0.0.1:0", "--ready-file"]);
    let mut serving = serving.arg(&ready).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(serving.stdout.take().unwrap()), &mut line).unwrap();
    let said: serde_json::Value = serde_json::from_str(&line).unwrap();
    let written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&ready).unwrap()).unwrap();
    assert_eq!(said, written);

    // Administration goes on while the server runs.
    assert_eq!(json(&["admin", "--json", "commune", "add", "--code", "05158"])["unit"], 51_582);
    let code = json(&["admin", "code", "new", "--commune", "05158", "--name", "may 1", "--json"]);
    assert!(sync::enrolment::EnrolmentCode::read(code["code"].as_str().unwrap()).is_ok());
    assert_eq!(json(&["admin", "device", "list", "--json"])["devices"], serde_json::json!([]));
    assert_eq!(json(&["admin", "household", "find", "bui", "--json"])["results"], serde_json::json!([]));
    let failed = program(&["admin", "code", "new", "--commune", "99999", "--name", "x", "--json"]).output().unwrap();
    assert_eq!(failed.status.code(), Some(2));

    let mut stream = TcpStream::connect(said["address"].as_str().unwrap()).unwrap();
    stream.write_all(HEALTH).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert_eq!(parse(&answer).status, 200);
    let told = Command::new("kill").arg("-TERM").arg(serving.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(serving.wait().unwrap().success(), "it ends in order");
}
