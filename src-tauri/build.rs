//! Reads `tauri.conf.json`, the capabilities and `ui/dist` into the program.

fn main() {
    tauri_build::build();
}
