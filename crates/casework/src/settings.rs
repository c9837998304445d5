//! Choices of this machine: language, theme, density. Kept in a small readable file: they say nothing of anybody.

use std::path::Path;

use crate::host::Host;
use crate::problem::Result;
use crate::views::settings::Settings;

const FILE: &str = "settings.json";

/// The choices; the usual ones where the file is missing or damaged.
#[must_use]
pub fn read(folder: &Path) -> Settings {
    let bytes = std::fs::read(folder.join(FILE)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Keeps the choices. A folder that cannot be written keeps the old ones: nothing is lost by that.
pub fn change_settings(host: &dyn Host, req: Settings) -> Result<Settings> {
    let folder = host.session().path();
    if let Ok(bytes) = serde_json::to_vec_pretty(&req)
        && folder.is_dir()
        && std::fs::write(folder.join(FILE), bytes).is_err()
    {
        tracing::warn!("settings were not kept");
    }
    Ok(req)
}
