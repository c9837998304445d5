//! A screen that nobody sees, for the real window.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::progress::{Failure, Outcome};

/// A running Xvfb; it ends with its owner.
pub struct Screen {
    server: Child,
    /// What `DISPLAY` must say.
    pub display: String,
}

impl Screen {
    /// Starts one of the design's size on a free number.
    pub fn start() -> Outcome<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1366x768x24"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::new(format!("Xvfb does not start ({error}): is the package xvfb installed?")))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output).read_line(&mut number)?;
        }
        let display = format!(":{}", number.trim());
        let screen = Self { server, display };
        if screen.display == ":" { Err(Failure::new("Xvfb ended before it had a display")) } else { Ok(screen) }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
