//! What a server is told when it starts: where its data lies, where it listens, what it is called.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::db::{Db, Embedded, Postgres};
use crate::error::{Error, Result};
use crate::key_file::KeyFile;

/// Where the data lies. Without `--database-url` it is the embedded storage in the data folder.
#[derive(Debug, Clone, Args)]
pub struct DataConfig {
    /// Folder of the embedded database and of the key file
    #[arg(long, env = "ANSINH_SERVER_DATA", value_name = "DIR", global = true, default_value = "ansinh-province")]
    pub data: PathBuf,
    /// PostgreSQL instead of the embedded database: postgres://user@host/database
    #[arg(long, env = "ANSINH_SERVER_DATABASE_URL", value_name = "URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Key file; keep a copy of it apart from the backups of the database [default: DIR/key]
    #[arg(long, env = "ANSINH_SERVER_KEY_FILE", value_name = "FILE", global = true)]
    pub key_file: Option<PathBuf>,
}

/// Connections of the pool: at most one blocking thread each.
const POOL: usize = 16;

impl DataConfig {
    /// An embedded province in this folder.
    pub fn embedded(data: impl Into<PathBuf>) -> DataConfig {
        DataConfig { data: data.into(), database_url: None, key_file: None }
    }

    /// Where the key file lies.
    pub fn key_path(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("key"))
    }

    /// Opens key file and storage, making both where they are missing. Nothing is migrated yet.
    pub fn open(&self) -> Result<(KeyFile, Db)> {
        make_private_folder(&self.data)?;
        let key_file = KeyFile::open_or_make(&self.key_path())?;
        let db = match &self.database_url {
            Some(url) => Db::new(Postgres::from_url(url, POOL)?),
            None => Db::new(Embedded::open(&self.data.join("province.db"), &key_file)?),
        };
        Ok((key_file, db))
    }
}

/// How a server is reached.
#[derive(Debug, Clone, Args)]
pub struct ListenConfig {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "ANSINH_SERVER_LISTEN", value_name = "ADDR", default_value = "0.0.0.0:8443")]
    pub listen: SocketAddr,
    /// Host name or IP address that devices reach this server by; it stands in the certificate
    #[arg(long, env = "ANSINH_SERVER_NAME", value_name = "HOST", required_unless_present = "http_on_loopback")]
    pub name: Option<String>,
    /// Plain HTTP, on a loopback address only: for trying out, or behind a proxy on the same machine
    #[arg(long, env = "ANSINH_SERVER_HTTP_ON_LOOPBACK", conflicts_with = "name")]
    pub http_on_loopback: bool,
    /// File that gets one JSON line with the address once the server listens
    #[arg(long, env = "ANSINH_SERVER_READY_FILE", value_name = "FILE")]
    pub ready_file: Option<PathBuf>,
}

impl ListenConfig {
    /// Plain HTTP on a free loopback port: for tests and for the sample.
    pub fn loopback() -> ListenConfig {
        ListenConfig { listen: SocketAddr::from(([127, 0, 0, 1], 0)), name: None, http_on_loopback: true, ready_file: None }
    }

    /// TLS on a free loopback port under this name.
    pub fn loopback_tls(name: &str) -> ListenConfig {
        ListenConfig { name: Some(name.to_owned()), http_on_loopback: false, ..ListenConfig::loopback() }
    }

    /// The certificate's name, or `None` for plain HTTP. Refuses plain HTTP anywhere but on loopback.
    pub fn certificate_name(&self) -> Result<Option<&str>> {
        match (&self.name, self.http_on_loopback) {
            (Some(name), false) => Ok(Some(name)),
            (None, true) if self.listen.ip().is_loopback() => Ok(None),
            (None, true) => Err(Error::Configuration("--http-on-loopback needs a loopback address in --listen".to_owned())),
            (Some(_), true) => Err(Error::Configuration("--name and --http-on-loopback exclude each other".to_owned())),
            (None, false) => Err(Error::Configuration("--name HOST is needed for the certificate".to_owned())),
        }
    }
}

fn make_private_folder(path: &std::path::Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Error::io("making the data folder"))
}
