//! Serving: binds, speaks TLS (or plain HTTP on loopback), says that it is ready, and ends gracefully.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio::task::JoinHandle;

use crate::config::ListenConfig;
use crate::error::{Error, Result};
use crate::province::Province;
use crate::routes;

/// What running requests get to end before they are cut.
const GRACE: Duration = Duration::from_secs(20);

/// A server that runs.
pub struct Running {
    address: SocketAddr,
    url: String,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

/// Starts serving; the address is bound when this returns.
pub fn start(province: Arc<Province>, config: &ListenConfig) -> Result<Running> {
    let name = config.certificate_name()?.map(str::to_owned);
    let listener = TcpListener::bind(config.listen).map_err(Error::io("listening"))?;
    listener.set_nonblocking(true).map_err(Error::io("listening"))?;
    let address = listener.local_addr().map_err(Error::io("listening"))?;
    let handle = Handle::new();
    let app = routes::app(Arc::clone(&province)).into_make_service();
    let task = match &name {
        Some(name) => {
            let tls = RustlsConfig::from_config(Arc::new(province.authority.tls(name)?));
            let server = axum_server::from_tcp_rustls(listener, tls).map_err(Error::io("listening"))?.handle(handle.clone());
            tokio::spawn(server.serve(app))
        }
        None => {
            let server = axum_server::from_tcp(listener).map_err(Error::io("listening"))?.handle(handle.clone());
            tokio::spawn(server.serve(app))
        }
    };
    let url = match &name {
        Some(name) if name.contains(':') => format!("https://[{name}]:{}", address.port()),
        Some(name) => format!("https://{name}:{}", address.port()),
        None => format!("http://{address}"),
    };
    tracing::info!(%address, tls = name.is_some(), storage = province.db.name(), "listening");
    let running = Running { address, url, handle, task };
    if let Some(path) = &config.ready_file {
        running.write_ready(path)?;
    }
    Ok(running)
}

impl Running {
    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address for devices.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// One JSON line that says where the server listens.
    pub fn ready_line(&self) -> String {
        serde_json::json!({"ready": true, "address": self.address.to_string(), "url": self.url, "pid": std::process::id()})
            .to_string()
    }

    /// Takes no new requests, lets the running ones end, and returns when the last is done.
    pub async fn stop(self) -> Result<()> {
        self.handle.graceful_shutdown(Some(GRACE));
        self.ended().await
    }

    /// Serves until the process is told to end (SIGTERM, Ctrl+C), then stops gracefully.
    pub async fn until_told(self) -> Result<()> {
        let handle = self.handle.clone();
        tokio::spawn(async move {
            told_to_end().await;
            tracing::info!("stopping");
            handle.graceful_shutdown(Some(GRACE));
        });
        self.ended().await
    }

    async fn ended(self) -> Result<()> {
        let ended = self.task.await.map_err(|_| Error::Unexpected("the server ended abnormally"))?;
        tracing::info!("stopped");
        ended.map_err(Error::io("serving"))
    }

    /// Appears complete or not at all: whoever waits for the file may read it at once.
    fn write_ready(&self, path: &std::path::Path) -> Result<()> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        std::fs::write(&beside, self.ready_line() + "\n")
            .and_then(|()| std::fs::rename(&beside, path))
            .map_err(Error::io("writing the ready file"))
    }
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}
