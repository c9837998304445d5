//! `development-host --data DIR`: serves the UI and the commands on a loopback address until it is told to end.
//!
//! Nothing but a signal ends it: not a reader of its output that went away, not a panic, which is told by its place only.

use std::fmt::Display;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use casework::{Desk, Host as _, Session};
use chrono::{DateTime, Utc};
use clap::Parser;
use development_host::{Clock, Door, Running, routes};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use transport::{Background, HttpRoad};

/// The UI in a browser on this machine, for development, tests and the sample.
#[derive(Parser)]
struct Arguments {
    /// Data folder.
    #[arg(long)]
    data: PathBuf,
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Where to write {"url": …} once it listens.
    #[arg(long)]
    ready_file: Option<PathBuf>,
    /// The instant at which the clock of the commands starts.
    #[arg(long)]
    clock: Option<DateTime<Utc>>,
    /// Password of the first worker; read only in a sample.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// A register made here is one of invented people.
    #[arg(long)]
    sample: bool,
    /// Folder of the built UI.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/dist"))]
    pages: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // The words of a panic may quote a person.
        say(std::io::stderr(), panic.location().map_or_else(String::new, |place| format!("panicked at {place}")));
    }));
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(std::io::stderr(), error);
            ExitCode::FAILURE
        }
    }
}

/// Says a line to whoever still listens. A pipe that nobody reads any more is no reason to end.
fn say(mut out: impl Write, line: impl Display) {
    let _ = writeln!(out, "{line}");
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port))).await?;
    let clock = Clock::starting(arguments.clock);
    let (touched, _) = broadcast::channel(256);
    let road = road(&clock)?;
    let desk = open_desk(&arguments, clock.clone(), Arc::clone(&road), touched.clone());
    if let Some(file) = &arguments.password_file {
        let password = std::fs::read_to_string(file)?;
        let desk = Arc::clone(&desk);
        let signed_in = tokio::task::spawn_blocking(move || desk.sign_in_to_sample(password.trim_end())).await?;
        signed_in.map_err(|problem| format!("sign-in to the sample: {:?}", problem.code))?;
    }
    let door = Arc::new(Door::new(listener.local_addr()?)?);
    let url = door.url();
    let running = Running { desk: Arc::clone(&desk), door, clock, touched };
    let shown = Arc::downgrade(&desk);
    road.listen(move || shown.upgrade().iter().for_each(|desk| desk.note_road()));
    let syncing = Arc::clone(&desk);
    let _sync = Background::start(road, move || syncing.store_for_sync())?;
    let closing = Arc::clone(&desk);
    let background = tokio::spawn(beat(desk));
    if let Some(file) = &arguments.ready_file {
        announce(file, &url)?;
    }
    say(std::io::stdout(), &url);
    // No graceful end of the connections: a page that listens for events would hold them open for ever.
    tokio::select! {
        served = async { axum::serve(listener, routes(running, &arguments.pages)).await } => served?,
        () = told_to_end() => {}
    }
    background.abort();
    closing.close();
    closing.session().finish();
    Ok(())
}

fn road(clock: &Clock) -> std::io::Result<Arc<HttpRoad>> {
    let clock = clock.clone();
    HttpRoad::new(env!("CARGO_PKG_VERSION"), move || clock.now().timestamp_millis()).map(Arc::new)
}

fn open_desk(arguments: &Arguments, clock: Clock, road: Arc<HttpRoad>, touched: broadcast::Sender<String>) -> Arc<Desk> {
    let session = Session::new(arguments.data.clone(), arguments.sample, clock.now());
    let tell = move |names: &std::collections::BTreeSet<&'static str>| {
        // Nobody may be listening: then there is nobody to tell.
        let _ = touched.send(json!({ "touched": names }).to_string());
    };
    Arc::new(Desk::new(session, move || clock.now(), road, env!("CARGO_PKG_VERSION"), tell))
}

/// The background of a running program: the lock.
async fn beat(desk: Arc<Desk>) {
    let mut ticks = tokio::time::interval(Duration::from_secs(5));
    loop {
        ticks.tick().await;
        let desk = Arc::clone(&desk);
        let _ = tokio::task::spawn_blocking(move || desk.tick()).await;
    }
}

/// Written beside and renamed, so that a reader sees all of it or nothing.
fn announce(file: &Path, url: &str) -> std::io::Result<()> {
    let beside = file.with_extension("new");
    std::fs::write(&beside, format!("{}\n", json!({ "url": url })))?;
    std::fs::rename(beside, file)
}

/// Waits for the signal to end. Where a signal cannot be listened to, it never comes: the other one still does.
async fn told_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            return interrupted.await;
        };
        tokio::select! { () = interrupted => {}, _ = ended.recv() => {} }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
