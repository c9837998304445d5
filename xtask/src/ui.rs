//! npm packages and the built UI: done again only when their sources changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::progress::{Outcome, Progress};
use crate::tree;

/// `npm` in `folder` of the checkout.
pub fn npm(folder: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(tree::root().join(folder)).args(arguments);
    command
}

/// The packages of the lock file in `folder`, where it changed since the last time.
pub fn ensure_packages(progress: &mut Progress, folder: &str) -> Outcome {
    let here = tree::root().join(folder);
    let lock = fs::read(here.join("package-lock.json"))?;
    let stamp = format!("{:016x}", tree::checksum(&lock));
    let kept = here.join("node_modules/.sas-lock");
    if fs::read_to_string(&kept).is_ok_and(|text| text == stamp) {
        return Ok(());
    }
    progress.quiet(&format!("npm ci in {folder}"), &mut npm(folder, &["ci", "--no-fund", "--no-audit"]))?;
    fs::write(kept, stamp)?;
    Ok(())
}

/// `ui/dist`, built again only when its sources changed: the shell embeds it, the development host serves it.
pub fn ensure_built(progress: &mut Progress) -> Outcome {
    ensure_packages(progress, "ui")?;
    let stamp = fingerprint();
    let kept = tree::build().join("ui-sources");
    let built = tree::root().join("ui/dist/index.html").exists();
    if built && fs::read_to_string(&kept).is_ok_and(|text| text == stamp) {
        return Ok(());
    }
    progress.quiet("build the UI", &mut npm("ui", &["run", "build"]))?;
    fs::write(kept, stamp)?;
    Ok(())
}

fn fingerprint() -> String {
    let root = tree::root();
    let mut sum = 0u64;
    let mut take = |path: &Path| {
        if let Ok(bytes) = fs::read(path) {
            sum = sum.rotate_left(1) ^ tree::checksum(tree::shown(path).as_bytes()) ^ tree::checksum(&bytes);
        }
    };
    for folder in ["ui/src", "ui/public", "assets"] {
        tree::files(&root.join(folder), &[""]).iter().for_each(|path| take(path));
    }
    for file in [
        "ui/index.html",
        "ui/package-lock.json",
        "ui/package.json",
        "ui/vite.config.ts",
        "ui/svelte.config.js",
        "ui/tsconfig.json",
    ] {
        take(&root.join(file));
    }
    format!("{sum:016x}")
}
