//! The desktop shell: a window, a data folder, and one door through which every command goes.
//!
//! Owes its user that nothing waits for the network, that a second start brings the first window to the front, and
//! that no memory of the program reaches a disk. All work is done by `casework`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod beat;
mod clock;
mod folders;
mod hardening;
mod log;
mod suspend;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use casework::Desk;
use casework::Problem;
use casework::Session;
use serde_json::{Value, json};
use tauri::{AppHandle, Emitter, Manager, RunEvent, State};
use tauri_plugin_window_state::StateFlags;
use transport::{Background, HttpRoad};
use zeroize::Zeroizing;

use arguments::Arguments;

/// The one door: every command of the window goes through it, off the thread that draws.
#[tauri::command]
async fn call(desk: State<'_, Arc<Desk>>, name: String, payload: Value) -> Result<Value, Problem> {
    let desk = Arc::clone(&desk);
    let ran = tauri::async_runtime::spawn_blocking(move || desk.call(&name, payload)).await;
    ran.unwrap_or_else(|_| Err(Problem::new(casework::Code::Unexpected)))
}

fn main() -> ExitCode {
    hardening::forbid_core_dumps();
    let arguments = Arguments::from_words(std::env::args_os().skip(1));
    if let Some(file) = folders::log() {
        log::begin(&file);
    }
    let Some(register) = arguments.data.clone().or_else(folders::register) else {
        tracing::error!("no home folder");
        return ExitCode::FAILURE;
    };
    match run(arguments, register) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments, register: PathBuf) -> tauri::Result<()> {
    let single = tauri_plugin_single_instance::Builder::new()
        .callback(|app, _, _| window::show(app))
        .dbus_id(instance_name(&register))
        .build();
    let state = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build();
    tauri::Builder::default()
        .plugin(single)
        .plugin(tauri_plugin_dialog::init())
        .plugin(state)
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |app| {
            let road = Arc::new(HttpRoad::new(env!("CARGO_PKG_VERSION"), || clock::now().timestamp_millis())?);
            let desk = Arc::new(open_desk(app.handle(), register, Arc::clone(&road)));
            app.manage(Arc::clone(&desk));
            let shown = Arc::downgrade(&desk);
            road.listen(move || shown.upgrade().iter().for_each(|desk| desk.note_road()));
            let syncing = Arc::clone(&desk);
            app.manage(Background::start(road, move || syncing.store_for_sync())?);
            if let Some(file) = &arguments.password_file {
                sign_in_to_sample(&desk, file);
            }
            suspend::watch(&desk);
            beat::begin(desk);
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                app.state::<Arc<Desk>>().close();
            }
        });
    Ok(())
}

fn open_desk(app: &AppHandle, register: PathBuf, road: Arc<HttpRoad>) -> Desk {
    let app = app.clone();
    let told = move |names: &std::collections::BTreeSet<&'static str>| {
        // A window that is closing hears nothing more.
        let _ = app.emit("touched", json!({ "touched": names }));
    };
    let session = Session::new(register, false, clock::now());
    Desk::new(session, clock::now, road, env!("CARGO_PKG_VERSION"), told)
}

fn sign_in_to_sample(desk: &Desk, file: &Path) {
    let Ok(password) = std::fs::read_to_string(file).map(Zeroizing::new) else { return };
    if let Err(problem) = desk.sign_in_to_sample(password.trim_end()) {
        tracing::warn!(code = ?problem.code, "sign-in to the sample");
    }
}

/// One program a data folder: a sample may be open beside the real register.
fn instance_name(register: &Path) -> String {
    let path = std::path::absolute(register).unwrap_or_else(|_| register.to_path_buf());
    let sum = path
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("vn.gov.ansinh.so.folder{sum:016x}")
}
