//! The one window: as `tauri.conf.json` describes it, on our own pages only.

use tauri::{AppHandle, Manager, Runtime, WebviewWindowBuilder};

const LABEL: &str = "main";

/// What WebKit's driver sets while it drives the window: it can reach only a web view that is not incognito.
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Opens the window. It keeps nothing of what it showed (incognito), fills no forms by itself, and leaves our pages for nowhere.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let Some(config) = app.config().app.windows.iter().find(|window| window.label == LABEL) else {
        return Err(tauri::Error::WindowNotFound);
    };
    let driven = std::env::var(DRIVEN).is_ok_and(|value| value == "true");
    WebviewWindowBuilder::from_config(app, config)?
        .incognito(!driven)
        .on_navigation(|url| matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost"))
        .build()?;
    Ok(())
}

/// Brings the window to the front: a second start of the program ends here.
pub fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A window manager may refuse each of these; the program is open all the same.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}
