//! TypeScript bindings and `docs/commands.md`, made from the one list of commands in casework.

use std::fs;
use std::path::Path;

use crate::progress::{Failure, Outcome, Progress};
use crate::test::cargo;
use crate::tree;

/// `./x codegen [--check]`.
pub fn codegen(arguments: &[&str]) -> Outcome {
    let mut progress = Progress::new();
    match arguments {
        [] => write(&mut progress, &tree::root()),
        ["--check"] => check(&mut progress),
        _ => Err(Failure { message: "./x codegen [--check]".into(), code: 2 }),
    }
}

/// Fails where a committed file is not what the list gives now.
pub fn check(progress: &mut Progress) -> Outcome {
    let fresh = tree::build().join("bindings");
    write(progress, &fresh)?;
    let stale: Vec<String> = tree::files(&fresh, &[""])
        .iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&fresh).ok()?;
            let committed = fs::read(tree::root().join(name)).unwrap_or_default();
            (committed != fs::read(path).unwrap_or_default()).then(|| name.display().to_string())
        })
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("stale, run ./x codegen: {}", stale.join(", "))))
}

fn write(progress: &mut Progress, root: &Path) -> Outcome {
    fs::create_dir_all(root.join("docs"))?;
    let mut command = cargo(&["run", "--package", "casework", "--example", "bindings", "--"]);
    progress.quiet("bindings of the commands", command.arg(root))
}
