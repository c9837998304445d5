//! The one window: as `tauri.conf.json` describes it, on our own pages only.

use tauri::{AppHandle, Manager, Runtime, WebviewWindowBuilder};

const LABEL: &str = "main";

/// Opens the window. It keeps nothing of what it showed (incognito), fills no forms by itself, and leaves our pages for nowhere.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let Some(config) = app.config().app.windows.iter().find(|window| window.label == LABEL) else {
        return Err(tauri::Error::WindowNotFound);
    };
    WebviewWindowBuilder::from_config(app, config)?
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
