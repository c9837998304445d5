//! A PostgreSQL cluster of the test process's own: started on first use, ended by the kernel with the process.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

static CLUSTER: OnceLock<PathBuf> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a fresh database.
pub async fn fresh_database() -> tokio_postgres::Config {
    let folder = tokio::task::spawn_blocking(|| CLUSTER.get_or_init(start).clone()).await.unwrap();
    let mut config = tokio_postgres::Config::new();
    config.host_path(&folder).user("postgres").dbname("postgres");
    let (client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0")).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
    config.dbname(&name);
    config
}

fn start() -> PathBuf {
    let programs = programs();
    sweep();
    let folder = std::env::temp_dir().join(format!("ansinh-pg-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    if is_root() {
        let owned = Command::new("chown").arg("postgres:postgres").arg(&folder).status().unwrap();
        assert!(owned.success(), "the cluster's folder must belong to the user postgres");
    }
    let data = folder.join("data");
    let made = as_postgres(&programs.join("initdb"))
        .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
        .arg(&data)
        .output()
        .unwrap();
    assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));

    // The kernel ends the cluster with the *thread* that started it, so this thread lives as long as the process.
    let (ready, wait) = mpsc::channel();
    let (program, socket) = (programs.join("postgres"), folder.clone());
    std::thread::spawn(move || {
        let mut server = as_postgres(&program)
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&socket)
            .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=300"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = String::new();
        for line in BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok) {
            if line.contains("ready to accept connections") {
                ready.send(Ok(())).unwrap();
            }
            log.push_str(&line);
            log.push('\n');
        }
        let _ = ready.send(Err(log));
        let _ = server.wait();
    });
    wait.recv().unwrap().unwrap_or_else(|log| panic!("postgres did not start:\n{log}"));
    folder
}

fn programs() -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|found| found.flatten().map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).collect())
        .unwrap_or_default();
    versions.sort();
    versions.pop().expect("PostgreSQL is not installed: run ./x test, or apt-get install postgresql")
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

fn as_postgres(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.arg("--pdeathsig=QUIT").arg(program).current_dir("/");
    command
}

/// Removes the folders of clusters whose test process is gone.
fn sweep() {
    for entry in std::fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let gone = name.strip_prefix("ansinh-pg-").is_some_and(|process| !Path::new("/proc").join(process).exists());
        if gone {
            // Another test process may be sweeping too.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
