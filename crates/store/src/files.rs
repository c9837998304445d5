//! Small files of a data folder: written whole or not at all, readable by their owner only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Result;

/// Where damaged and replaced files are kept.
pub(crate) const SET_ASIDE: &str = "set-aside";

/// Makes a folder, and those above it, for its owner only.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(path)?)
}

/// The bytes of a file, or `None` where there is none.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Options for a new file that only its owner reads.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Replaces a file: temporary name, fsync, rename, fsync of the folder. A power cut leaves the old or the new one.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".tmp");
    let temporary = PathBuf::from(temporary);
    let written = private().open(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&temporary, path)) {
        // What is left of our own temporary file is no use to anybody; failing to remove it changes nothing.
        let _ = fs::remove_file(&temporary);
        return Err(error.into());
    }
    sync_parent(path)
}

/// Makes the names in the folder of `path` durable.
pub(crate) fn sync_parent(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), sync_folder)
}

/// Makes the names in `folder` durable, where the system can.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            // FAT and some network file systems cannot: the rename was then as durable as it gets.
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {}
            result => result?,
        }
    }
    Ok(())
}

/// A path in `set-aside/` that is not taken yet, for something called `name`. Makes the folder.
pub(crate) fn free_place_aside(folder: &Path, name: &str) -> Result<PathBuf> {
    let aside = folder.join(SET_ASIDE);
    make_folder(&aside)?;
    let mut number = 1;
    loop {
        let place = aside.join(format!("{number:04}-{name}"));
        if !place.try_exists()? {
            return Ok(place);
        }
        number += 1;
    }
}

/// Keeps a copy of `bytes` in `set-aside/`.
pub(crate) fn set_aside_bytes(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    write_whole(&free_place_aside(folder, name)?, bytes)
}

/// Moves a file of the folder into `set-aside/`, where there is one.
pub(crate) fn set_aside(folder: &Path, name: &str) -> Result<()> {
    let path = folder.join(name);
    if path.try_exists()? {
        fs::rename(&path, free_place_aside(folder, name)?)?;
    }
    Ok(())
}

/// Finds out whether the folder can be written, before anything depends on it.
pub(crate) fn probe_writable(folder: &Path) -> Result<()> {
    let probe = folder.join(".probe");
    private().open(&probe)?;
    Ok(fs::remove_file(&probe)?)
}
