//! Writes the generated files below the folder given: `ui/src/bindings/*.ts` and `docs/commands.md`.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let root = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let folder = root.join("ui/src/bindings");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in casework::bindings::typescript() {
        std::fs::write(folder.join(name), text)?;
    }
    std::fs::create_dir_all(root.join("docs"))?;
    std::fs::write(root.join("docs/commands.md"), casework::bindings::reference())
}
