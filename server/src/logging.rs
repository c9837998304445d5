//! Logs: one JSON object a line on standard error, without personal data. They hold routes, statuses, durations, device numbers,
//! codes and counts; never a name, a body, a query, or the text of a foreign error.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// A subscriber that writes to `writer`; `filter` in the words of `RUST_LOG`. Other crates' events are left out, since nobody here
/// knows what they quote.
pub fn subscriber<W>(writer: W, filter: &str) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(format!("off,server={filter}"));
    tracing_subscriber::fmt().json().flatten_event(true).with_target(false).with_env_filter(filter).with_writer(writer).finish()
}

/// Logs to standard error for the length of the program. A panic is logged by its place alone: its message may quote anything.
pub fn install(filter: &str) {
    std::panic::set_hook(Box::new(|panic| {
        let (file, line) = panic.location().map_or(("", 0), |place| (place.file(), place.line()));
        tracing::error!(file, line, "panic");
    }));
    // A second call, in a test process, keeps the first subscriber.
    let _ = tracing::subscriber::set_global_default(subscriber(std::io::stderr, filter));
}
