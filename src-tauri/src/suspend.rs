//! Before the machine sleeps, the key is wiped: a sleeping laptop holds its memory for whoever takes it.
//!
//! On Linux the login manager tells beforehand and waits for us a few seconds. Where nobody tells, the gap between two
//! ticks of the background shows the sleep afterwards.

use std::sync::Arc;

use casework::Desk;

/// Listens for as long as the program runs; without a login manager it ends at once.
#[cfg(target_os = "linux")]
pub fn watch(desk: &Arc<Desk>) {
    let desk = Arc::clone(desk);
    std::thread::spawn(move || {
        if let Err(error) = listen(&desk) {
            tracing::info!(kind = %error, "nobody tells of sleep");
        }
    });
}

/// Elsewhere the gap between two ticks shows it.
#[cfg(not(target_os = "linux"))]
pub fn watch(_desk: &Arc<Desk>) {}

#[cfg(target_os = "linux")]
fn listen(desk: &Desk) -> zbus::Result<()> {
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::OwnedFd;

    let manager = Proxy::new(
        &Connection::system()?,
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
    )?;
    let ask_to_wait = || manager.call::<_, _, OwnedFd>("Inhibit", &("sleep", "so-an-sinh", "closing the register", "delay"));
    let sleeps = manager.receive_signal("PrepareForSleep")?;
    // Holding it delays the sleep; letting go of it tells that we are ready.
    let mut waiting = ask_to_wait().ok();
    for signal in sleeps {
        let going_to_sleep: bool = signal.body().deserialize()?;
        if going_to_sleep {
            desk.close();
            waiting = None;
        } else if waiting.is_none() {
            waiting = ask_to_wait().ok();
        }
    }
    Ok(())
}
