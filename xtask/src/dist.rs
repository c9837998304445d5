//! Release build and `.deb`, made by the bundler of npm's `@tauri-apps/cli`: no cargo subcommand to install.

use std::path::PathBuf;
use std::process::Command;

use crate::progress::{Failure, Outcome, Progress};
use crate::test::cargo;
use crate::{packages, tree, ui};

/// `./x dist`.
pub fn dist(arguments: &[&str]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure { message: "./x dist".into(), code: 2 });
    }
    let mut progress = Progress::new();
    packages::ensure(&mut progress, packages::SHELL)?;
    ui::ensure_built(&mut progress)?;
    let package = make(&mut progress)?;
    println!("{} ({:.1} MB)", package.display(), package.metadata()?.len() as f64 / 1e6);
    Ok(())
}

/// Release programs and the package; answers where it lies.
pub fn make(progress: &mut Progress) -> Outcome<PathBuf> {
    let features = ["build", "--release", "--workspace", "--features", "desktop/custom-protocol"];
    progress.quiet("release build", &mut cargo(&features))?;
    let mut bundle = Command::new(tree::root().join("ui/node_modules/.bin/tauri"));
    bundle.current_dir(tree::root().join("src-tauri")).args(["bundle", "--bundles", "deb"]);
    progress.quiet("make the .deb", &mut bundle)?;
    let packages = tree::files(&tree::target().join("release/bundle/deb"), &[".deb"]);
    packages.into_iter().next_back().ok_or_else(|| Failure::new("the bundler made no .deb"))
}
