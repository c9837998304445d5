//! Where this person's register and the program's log lie.

use std::path::PathBuf;

use directories::ProjectDirs;

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("vn", "", "so-an-sinh")
}

/// The data folder where none was given; none on a system without a home.
pub fn register() -> Option<PathBuf> {
    Some(project()?.data_local_dir().join("register"))
}

/// The log: codes, incidents, durations; nothing of a person.
pub fn log() -> Option<PathBuf> {
    let project = project()?;
    Some(project.state_dir().unwrap_or_else(|| project.data_local_dir()).join("log.jsonl"))
}
