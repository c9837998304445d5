//! The log of the shell: one JSON line an event, codes and durations only, in one file that is begun anew when it grows.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

const FULL: u64 = 4 << 20;

/// Writes into `file` from now on, or nowhere when that cannot be: the program works without its log.
pub fn begin(file: &Path) {
    if fs::metadata(file).is_ok_and(|about| about.len() > FULL) {
        let _ = fs::rename(file, file.with_extension("old.jsonl"));
    }
    if let Some(folder) = file.parent() {
        let _ = fs::create_dir_all(folder);
    }
    let Ok(log) = OpenOptions::new().create(true).append(true).open(file) else { return };
    let filter = EnvFilter::new("warn,casework=info,transport=info,store=info,so_an_sinh=info");
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(Mutex::new(log)).try_init();
}
