//! The desktop shell: a window, a data folder, and one door through which every command goes.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod hardening;
mod window;

use arguments::Arguments;

fn main() {
    hardening::forbid_core_dumps();
    let arguments = Arguments::from_words(std::env::args_os().skip(1));
    let _ = arguments;
    tauri::Builder::default()
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .callback(|app, _, _| window::show(app))
                .dbus_id("vn.gov.ansinh.so.x")
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(tauri_plugin_window_state::StateFlags::SIZE).build())
        .setup(|app| Ok(window::open(app.handle())?))
        .run(tauri::generate_context!())
        .unwrap();
}
